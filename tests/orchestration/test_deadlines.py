"""Airflow's deadlines: set where they make sense, and looked at again when they pass."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest
from airflow.serialization.decoders import decode_deadline_alert
from airflow.serialization.encoders import encode_deadline_alert

from conftest import Desk, moment
from soket.clock import Pace, ReplayClock, WallClock
from soket.notices.ledger import states
from soket.notices.senders import RecordingSender
from soket.orchestration import backstop
from soket.orchestration.backstop import monitor_alert, monitor_stuck, stage_alerts, stage_overdue
from soket.orchestration.deadlines import CampaignDeadline
from soket.plan.model import Plan
from soket.record.heartbeat import beat

SPAN = ["2021", "2021-10-18T00:00:00+07:00", "2021-12-04T00:00:00+07:00"]
STAGE = CampaignDeadline([[*SPAN, "2021-11-06T00:00:00+07:00"]])
ANY = CampaignDeadline([[*SPAN, ""]])
OPENING = moment("2021-10-18 00:00")


def test_a_stage_is_to_be_over_at_its_moment() -> None:
    due = STAGE.due("scheduled", OPENING, {}, moment("2021-10-18 00:00"))
    assert due == datetime(2021, 11, 5, 17, tzinfo=UTC)


def test_a_run_of_no_fixed_moment_is_to_be_over_so_long_from_now() -> None:
    now = moment("2021-11-01 07:30")
    assert ANY.due("scheduled", now, {}, now) == now


@pytest.mark.parametrize(
    ("run_type", "logical_date", "conf", "now"),
    [
        ("backfill", OPENING, {}, "2021-10-20 00:00"),
        ("scheduled", OPENING, {}, "2021-11-06 00:01"),  # past: it would fire at once
        ("manual", OPENING, {}, "2026-11-06 00:00"),  # over
        ("manual", None, {}, "2026-11-06 00:00"),  # no campaign is open
        ("manual", moment("2021-10-01 00:00"), {}, "2021-10-01 00:00"),  # none was, then
        ("manual", None, {"campaign": "2016"}, "2021-10-20 00:00"),  # of a campaign that there is not
    ],
)
def test_where_a_deadline_is_senseless_there_is_none(
    run_type: str, logical_date: datetime | None, conf: dict[str, str], now: str
) -> None:
    assert STAGE.due(run_type, logical_date, conf, moment(now)) is None
    if run_type == "backfill" or not now.startswith("2021-11"):
        assert ANY.due(run_type, logical_date, conf, moment(now)) is None


def test_a_run_that_an_asset_woke_belongs_to_the_campaign_that_is_open() -> None:
    assert STAGE.due("asset_triggered", None, {}, moment("2021-10-20 00:00")) is not None
    assert STAGE.due("manual", None, {"campaign": "2021"}, moment("2021-10-20 00:00")) is not None


def test_a_replay_has_none() -> None:
    clock = ReplayClock.starting(datetime(2026, 11, 1, tzinfo=UTC), Pace.parse("2021-10-18 4, 2021-12-03"))
    replayed = CampaignDeadline(STAGE.campaigns, clock.to_env())
    assert replayed.due("scheduled", OPENING, {}, datetime(2026, 11, 1, tzinfo=UTC)) is None


@dataclass
class Session:
    """What Airflow's database says of one run."""

    row: tuple[Any, ...] | None

    def execute(self, _: Any) -> Session:
        return self

    def one_or_none(self) -> Any:
        if self.row is None:
            return None
        return type("Row", (), dict(zip(("run_type", "logical_date", "conf"), self.row, strict=True)))


def test_airflow_asks_by_the_run() -> None:
    opens = datetime.now(UTC) - timedelta(days=1)
    span = ["now", opens.isoformat(), (opens + timedelta(days=30)).isoformat()]
    reference = CampaignDeadline([[*span, (opens + timedelta(days=9)).isoformat()]])
    alert = decode_deadline_alert(encode_deadline_alert(_alert(reference)))  # as the scheduler has it
    found = alert.reference.evaluate_with(
        session=Session(("scheduled", opens, None)), interval=timedelta(0), dag_id="d", run_id="r"
    )
    assert found == opens + timedelta(days=9)
    for row in (("backfill", opens, None), None):
        assert (
            alert.reference.evaluate_with(session=Session(row), interval=timedelta(0), dag_id="d", run_id="r") is None
        )


def _alert(reference: CampaignDeadline) -> Any:
    from airflow.sdk.definitions.callback import AsyncCallback
    from airflow.sdk.definitions.deadline import DeadlineAlert

    return DeadlineAlert(reference, timedelta(0), AsyncCallback(stage_overdue, {"plan": "p"}))


def test_stages_have_two_alerts_the_monitor_one_and_the_rest_none(plan: Plan) -> None:
    from dags.conftest import read_dags

    counted = {dag.partition(".")[2]: len(found.deadline or ()) for dag, found in read_dags().items() if plan.id in dag}
    others = {"monitor": 1, "intake": 0, "actions": 0, "provisional": 0}
    assert counted == {**dict.fromkeys((stage.id for stage in plan.stages), 2), **others}


def test_alerts_know_their_stage_and_their_moment(plan: Plan) -> None:
    first, second = stage_alerts(plan, plan.stage("unit_reports"), WallClock())
    assert first.callback.kwargs == {"plan": plan.id, "stage": "unit_reports", "hours": 24}
    assert [alert.reference.campaigns[-1][3] for alert in (first, second)] == [
        "2021-11-06T00:00:00+07:00",
        "2021-11-08T00:00:00+07:00",
    ]
    assert monitor_alert(plan, WallClock()).interval == timedelta(minutes=30)


@pytest.fixture
def sender(workspace: Desk, monkeypatch: pytest.MonkeyPatch) -> RecordingSender:
    """Let callbacks reach the campaign in memory, and a mail server that only records."""
    recording = RecordingSender()

    class Connection:
        host = login = password = port = None
        extra_dejson: ClassVar[dict[str, str]] = {}

        @staticmethod
        async def aget_connection(_: str) -> type[Connection]:
            return Connection

    async def reach(*_: str) -> Any:
        return workspace()

    monkeypatch.setenv("SOKET_MAIL", "send")
    monkeypatch.setattr(backstop, "reach", reach)
    monkeypatch.setattr(backstop, "BaseHook", Connection)
    monkeypatch.setattr(backstop, "sender_of", lambda *_: recording)
    return recording


RUN = {"run_id": "r", "dag_id": "nq06_du_lich.ubnd_draft", "logical_date": "2021-10-17T17:00:00Z", "conf": None}
CONTEXT = {"dag_run": RUN, "deadline": {}}


def test_a_stage_that_is_not_over_reaches_the_operator_once(
    workspace: Desk, plan: Plan, sender: RecordingSender
) -> None:
    workspace("2021-11-11 00:00")
    for _ in range(2):
        asyncio.run(stage_overdue(CONTEXT, plan.id, "ubnd_draft", 24))
    assert [str(message["X-Soket-Notice"]) for message in sender.messages] == [
        "alert.quan_tri.ubnd_draft-24h.2021-11-09"
    ]


def test_a_stage_whose_date_was_moved_does_not(workspace: Desk, plan: Plan, sender: RecordingSender) -> None:
    workspace("2021-11-09 00:00")
    asyncio.run(stage_overdue(CONTEXT, plan.id, "ubnd_draft", 24))
    assert sender.raw == []


def test_a_monitor_that_hangs_reaches_the_operator_unless_it_ran_since(
    workspace: Desk, plan: Plan, sender: RecordingSender
) -> None:
    workspace("2021-11-01 08:00")
    beat(workspace())
    asyncio.run(monitor_stuck(CONTEXT, plan.id))
    assert sender.raw == []
    workspace("2021-11-02 08:00")
    asyncio.run(monitor_stuck(CONTEXT, plan.id))
    assert [str(message["X-Soket-Notice"]) for message in sender.messages] == ["alert.quan_tri.silence-2021-11-02t0730"]


def test_a_silent_campaign_keeps_its_alerts(
    workspace: Desk, plan: Plan, sender: RecordingSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOKET_MAIL", "suppress")
    workspace("2021-11-11 00:00")
    asyncio.run(stage_overdue(CONTEXT, plan.id, "ubnd_draft", 24))
    assert sender.raw == []
    assert [state.ending for state in states(workspace()).values()] == ["suppressed"]
