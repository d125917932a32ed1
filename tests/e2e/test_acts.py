"""Acts on a real Airflow: what is filled in in the trigger form, the next run of the monitor obeys."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from conftest import moment
from e2e.live import living, register_of, until
from soket.demo.world import World
from soket.notices.ledger import Ending, Entry, entries
from soket.notices.notice import Kind

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(480)]

EXTENDED, MUTED, OTHER = "h_loc_ha", "h_can_loc", "h_duc_tho"
WHY = {"reason": "Mưa lũ", "granted_by": "Đồng chí Phó Bí thư", "document_number": "12-CV/TU"}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A whole stack from the last weekend before the units' date, at 30 real seconds a day."""
    with living(tmp_path_factory.mktemp("e2e"), "2021-10-30 30, 2021-11-06") as opened:
        yield opened


def reminders(world: World, unit: str, since: str) -> list[Entry]:
    """Return the reminders of a unit posted from a campaign moment on, the latest first."""
    found = [
        entry
        for entry in entries(world.workspace)
        if entry.kind is Kind.REMINDER and entry.addressee == unit and entry.posted_at >= moment(since)
    ]
    return found[::-1]


def enter(world: World, run: str, form: dict[str, str]) -> None:
    """Send the trigger form of acts as the leading office does, once Airflow has read the DAG."""
    plan = world.workspace.plan
    lead = world.user_of(plan.roles.lead)

    def is_taken() -> bool:
        try:
            lead.trigger(f"{plan.id}.actions", run, form)
        except httpx.HTTPStatusError as error:
            if error.response.status_code != httpx.codes.NOT_FOUND:
                raise
            return False
        return True

    until(is_taken, "Airflow knows the DAG of acts")


def test_the_next_run_of_the_monitor_obeys_the_form(world: World) -> None:
    plan = world.workspace.plan
    enter(world, "extend", {"act": "extension", "unit": EXTENDED, "last_day": "2021-11-10", **WHY})
    enter(world, "mute", {"act": "mute", "unit": MUTED, "last_day": "2021-11-05", **WHY})
    enter(world, "wrong", {"act": "exemption", "unit": OTHER, **WHY})
    until(lambda: len(register_of(world).decisions) == 3, "the acts are on the record")
    (wrong,) = [act for act in register_of(world).decisions if act.kind == "exemption"]
    assert (wrong.account, wrong.document_number) == (plan.office(plan.roles.lead).account, "12-CV/TU")
    enter(world, "undo", {"act": "undo", "undoes": wrong.id, **WHY})
    until(lambda: register_of(world).units[OTHER].standing.to_chase, "the exemption is taken back")

    # 03/11, one working day before the common date: the monitor reminds who still owes.
    until(lambda: bool(reminders(world, OTHER, "2021-11-03 00:00")), "the monitor reminds the others")
    assert reminders(world, EXTENDED, "2021-11-03 00:00") == []
    assert {entry.state for entry in reminders(world, MUTED, "2021-11-01 00:00")} == {Ending.SUPPRESSED}
    assert "tạm ngừng thư đến hết ngày 05/11/2021: Mưa lũ" in reminders(world, MUTED, "2021-11-01 00:00")[0].note
    mails: set[str] = set()

    def told() -> bool:
        mails.update(world.mailbox.look())
        return any(each.startswith(f"new_date.{EXTENDED}.") and each.endswith(".2021-11-10") for each in mails)

    until(told, "the unit is told of its date")


def test_the_watchman_looks(world: World) -> None:
    assert (world.state.root / "watch.json").exists()
    heartbeat = world.workspace.keys.heartbeat
    until(lambda: [each.key for each in world.workspace.store.list(heartbeat)] == [heartbeat], "the monitor lives")
