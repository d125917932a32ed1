"""A line to the office's channels: that there is mail and where, never what it says; no mail waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import apprise
import pytest
from apprise.decorators import notify

from conftest import Desk
from record.builders import first, owing
from soket.notices.delivery import Delivery, deliver
from soket.notices.ledger import states
from soket.notices.notice import Kind
from soket.notices.outbox import post
from soket.notices.senders import RecordingSender
from soket.notices.webhooks import VARIABLE, announce, failure_notice, line_of
from soket.stages import collect

BOARD = "https://soket.tinh.example/soket"


@pytest.fixture
def channel() -> Iterator[SimpleNamespace]:
    """A channel of Apprise's own kind, `thu://`, that keeps what it is told, or fails as it is asked to."""
    found = SimpleNamespace(told=[], answer=True)

    @notify(on="thu")  # type: ignore[untyped-decorator]
    def keep(body: str, title: str, *_: Any, **__: Any) -> bool:
        found.told.append((title, body))
        if isinstance(found.answer, Exception):
            raise found.answer
        return bool(found.answer)

    yield found
    apprise.plugins.N_MGR.remove("thu")


@pytest.fixture
def mailed(workspace: Desk) -> Delivery:
    """One delivery: a request to every unit, and an alert and a digest to offices."""
    at = workspace("2021-10-18 08:00")
    collect.open_stage(at, at.plan.stage("unit_reports"))
    post(at, failure_notice(at, ["9 (thu)"]))
    delivery = deliver(at, RecordingSender())
    assert len(delivery.sent) > len(owing(at.plan))
    return delivery


def test_it_is_off_unless_the_environment_names_channels(
    workspace: Desk, mailed: Delivery, channel: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in (None, "", "  "):
        monkeypatch.delenv(VARIABLE, raising=False) if value is None else monkeypatch.setenv(VARIABLE, value)
        announce(workspace(), mailed.sent, lambda: BOARD)
    assert channel.told == []


def test_a_line_has_a_link_and_no_content(
    workspace: Desk, mailed: Delivery, channel: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "thu://mot thu://hai")
    before = len(states(workspace()))
    announce(workspace(), mailed.sent, lambda: BOARD)
    line = f"{workspace.campaign.title}: 01 thư “cảnh báo người vận hành”. Xem: {BOARD}/{workspace.plan.id}/2021"
    assert channel.told == [("", line)] * 2
    assert len(states(workspace())) == before


def test_mail_to_units_alone_is_no_news_for_an_office(workspace: Desk) -> None:
    unit = first(workspace.plan)
    assert line_of(workspace(), [f"request.{unit}.round-1", f"reminder.{unit}.m3.2021-11-04"], BOARD) is None
    assert line_of(workspace(), [], BOARD) is None


@pytest.mark.parametrize("answer", [False, RuntimeError("mật khẩu sai")])
def test_a_channel_that_fails_is_the_operators_to_hear_of_once_a_day_and_mail_went_out(
    workspace: Desk,
    mailed: Delivery,
    channel: SimpleNamespace,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    answer: object,
) -> None:
    monkeypatch.setenv(VARIABLE, "thu://khoa-bi-mat@mot khongco://khoa-bi-mat@hai")
    channel.answer = answer
    workspace("2021-10-19 08:00")
    for _ in range(2):
        announce(workspace(), mailed.sent, lambda: BOARD)
    (told,) = [each for each in states(workspace()).values() if each.kind is Kind.ALERT and each.ending is None]
    assert told.id == "alert.quan_tri.webhooks.2021-10-19"
    sender = RecordingSender()
    announce(workspace(), deliver(workspace(), sender).sent, lambda: BOARD)
    (mail,) = sender.messages
    text = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "1 (thu), 2 (khongco)" in text
    assert "khoa-bi-mat" not in text + caplog.text
    assert all(each.ending is not None for each in states(workspace()).values())  # and no alert of the alert
