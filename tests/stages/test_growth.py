"""Nothing grows for looking: what an idle plan, and people who look at it, leave in the bucket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from datetime import timedelta
from uuid import uuid4

import pytest

from board.browser import Browser
from conftest import Desk, moment
from record.builders import first, owing, submit
from soket.board.access import Viewer
from soket.board.app import create_app
from soket.clock import FrozenClock
from soket.intake import batch
from soket.plan.model import Campaign, Plan
from soket.record.keeping import read_register
from soket.record.workspace import Workspace
from soket.stack.airflow import environment
from soket.stack.doctor import Usage, usage_of
from soket.stack.state import State
from soket.stages import monitor
from soket.store.connect import StoreSettings, open_store
from soket.store.s3 import S3Store

Open = Callable[..., Workspace]

PAGES = ("/", "/{0}", "/{0}/stages", "/{0}/units/{1}", "/{0}/decisions", "/{0}/notices", "/{0}/register.json")


def an_idle_moment(workspace: Workspace) -> None:
    """Do all that happens of itself while nobody sends anything."""
    read_register(workspace)  # what the gates and the watch over the inbox do
    assert batch.process(workspace) == "Không có tệp mới."
    monitor.chase(workspace)
    monitor.digest(workspace)
    monitor.count_mail(workspace)


def look(workspace: Workspace) -> None:
    """Look at every page of the board, as somebody who has just come."""
    official = Viewer("vptu", lambda plan: True)
    browser = Browser(create_app(lambda plan, campaign: workspace, lambda: ([workspace.plan], []), lambda: official))
    home = f"{workspace.plan.id}/{workspace.campaign.code}"
    for page in PAGES:
        assert browser.get(page.format(home, first(workspace.plan))).status_code == 200


def test_a_register_that_says_nothing_new_is_not_written_again(workspace: Desk) -> None:
    submit(workspace("2021-11-03 10:00"), first(workspace.plan))
    read_register(workspace())
    written = dict(workspace.store.objects)
    later = read_register(workspace("2021-11-03 11:00"))
    assert workspace.store.objects == written
    assert later.as_of == moment("2021-11-03 11:00")
    submit(workspace(), first(workspace.plan), 2)
    read_register(workspace())
    assert workspace.store.objects[workspace().keys.register] != written[workspace().keys.register]


def test_who_looks_at_the_board_leaves_nothing_behind(workspace: Desk) -> None:
    submit(workspace("2021-11-03 10:00"), first(workspace.plan))
    written = dict(workspace.store.objects)
    look(workspace())
    assert workspace.store.objects == written


@pytest.mark.integration
def test_an_idle_hour_and_an_hour_of_looking_leave_the_bucket_as_it_was(
    servers: State, plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_SOKET_STORE", environment(servers)["AIRFLOW_CONN_SOKET_STORE"])
    plan = plan.model_copy(update={"id": f"p{uuid4().hex[:12]}"})
    store = open_store(StoreSettings.from_environment())
    begins = moment("2021-11-03 10:00")

    def at(minutes: int) -> Workspace:
        return Workspace(plan, campaign, store, FrozenClock(begins + timedelta(minutes=minutes)))

    for unit in owing(plan)[:3]:
        submit(at(0), unit.code)
    an_idle_moment(at(1))
    before = usage(store, plan)
    for minutes in (20, 40, 60):
        an_idle_moment(at(minutes))
        look(at(minutes))
    after = usage(store, plan)
    assert (after.objects, after.old_versions) == (before.objects, 0)
    assert abs(after.size - before.size) < 1000  # papers made anew may pack a byte better or worse


def usage(store: S3Store, plan: Plan) -> Usage:
    roots = ("inbox", "receipts", "reports", "decisions", "stages", "notices", "register", "checks", "mail/readers")
    parts = [usage_of(store, f"{root}/{plan.id}") for root in roots] + [usage_of(store, "mail/pace/")]
    return Usage(*(sum(each) for each in zip(*(astuple(part) for part in parts), strict=True)))
