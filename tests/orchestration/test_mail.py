from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from soket.clock import Pace, ReplayClock, WallClock
from soket.orchestration.operation import Operation, _monitors_patience
from soket.orchestration.runs import mail_sender, report_sources
from soket.record.workspace import Workspace
from soket.stages.monitor import count_mail


def connect(monkeypatch: pytest.MonkeyPatch, **extra: Any) -> None:
    connection = {"conn_type": "smtp", "host": "mx.example", "port": 587, "login": "soket", "password": "x"}
    monkeypatch.setenv("AIRFLOW_CONN_SOKET_SMTP", json.dumps({**connection, "extra": extra}))


def test_the_connection_says_how_mail_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    connect(monkeypatch, disable_ssl=True, timeout=10, from_email="thu@hatinh.example", per_minute=30)
    sender = mail_sender()
    assert (sender.host, sender.port, sender.user) == ("mx.example", 587, "soket")
    assert (sender.starttls, sender.implicit_tls, sender.timeout) == (True, False, 10)
    assert (sender.envelope_from, sender.per_minute) == ("thu@hatinh.example", 30)
    connect(monkeypatch)
    assert mail_sender().per_minute == 1800


def test_what_went_out_is_told_on_the_offices_channels_too(
    monkeypatch: pytest.MonkeyPatch, workspace: Callable[..., Workspace]
) -> None:
    from soket.notices import delivery, webhooks

    told: list[tuple[str, str]] = []
    connect(monkeypatch)
    monkeypatch.setenv("SOKET_WEBHOOKS", "json://kenh")
    monkeypatch.setenv("AIRFLOW__API__BASE_URL", "https://soket.tinh.example/")
    at = workspace("2021-11-04 17:00")
    sent = (f"alert.{at.plan.roles.operator}.x",)
    monkeypatch.setattr(delivery, "deliver", lambda *_, **__: delivery.Delivery(sent=sent))
    monkeypatch.setattr(webhooks, "_told", lambda channel, line: told.append((channel, line)) or True)
    Operation(task_id="x", plan="p", operation=count_mail, mails=True)._deliver(at)
    ((channel, line),) = told
    assert channel == "json://kenh"
    assert line.endswith(f"Xem: https://soket.tinh.example/soket/{at.plan.id}/2021")


@pytest.mark.parametrize("must_deliver", [True, False])
def test_every_delivery_keeps_to_the_limits(
    monkeypatch: pytest.MonkeyPatch, workspace: Callable[..., Workspace], must_deliver: bool
) -> None:
    from soket.notices import delivery

    asked: dict[str, Any] = {}

    def deliver(*_: Any, **options: Any) -> delivery.Delivery:
        asked.update(options)
        return delivery.Delivery()

    connect(monkeypatch, per_minute=30)
    monkeypatch.setattr(delivery, "deliver", deliver)
    step = Operation(task_id="x", plan="p", operation=count_mail, mails=True, must_deliver=must_deliver)
    step._deliver(workspace("2021-11-04 17:00"))
    assert asked["per_minute"] == 30
    assert asked["again"] is must_deliver
    assert asked["patience"] == timedelta(minutes=30 if must_deliver else 5)


def test_the_monitor_of_a_replay_waits_no_longer_than_its_days_allow(workspace: Callable[..., Workspace]) -> None:
    replay = ReplayClock.starting(datetime.now(UTC), Pace.parse("2021-10-18 4, 2021-12-03"))
    patience = _monitors_patience(replace(workspace("2021-11-04 17:00"), clock=replay))
    assert patience < timedelta(seconds=1)
    real = _monitors_patience(replace(workspace("2021-11-04 17:00"), clock=WallClock()))
    assert abs(real - timedelta(minutes=30)) < timedelta(seconds=1)


@pytest.mark.parametrize(
    ("connection", "names"),
    [(None, ["folder"]), ({"host": ""}, ["folder"]), ({"host": "imap.example"}, ["folder", "imap"])],
)
def test_reports_are_read_from_the_mailbox_where_one_is_named(
    connection: dict[str, str] | None,
    names: list[str],
    workspace: Callable[..., Workspace],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if connection is not None:
        fields = {"conn_type": "imap", "login": "soket", "password": "thu-bi-mat", "extra": {"use_ssl": True}}
        monkeypatch.setenv("AIRFLOW_CONN_SOKET_IMAP", json.dumps({**fields, **connection}))
    assert [each.name.partition("-")[0] for each in report_sources(workspace())] == names
