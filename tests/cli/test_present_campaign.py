"""Which campaign is meant where none is named: one answer for commands, board, runs and deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from conftest import Desk, moment
from soket import clock as clocks
from soket.board.access import Campaigns
from soket.cli import session
from soket.cli.main import app
from soket.clock import FrozenClock, Pace, ReplayClock
from soket.orchestration import runs
from soket.orchestration.deadlines import CampaignDeadline
from soket.orchestration.runs import NoCampaignError, campaign_of
from soket.plan.campaigns import date_of, lanes
from soket.plan.dates import present
from soket.plan.model import Campaign, Plan
from soket.record import workspace as opening
from soket.record.workspace import open_workspaces
from soket.store.store import MemoryStore


@dataclass(frozen=True)
class Span:
    code: str
    start: datetime
    end: datetime


@pytest.fixture
def two(plan: Plan, campaign: Campaign) -> Plan:
    """A plan with two campaigns, the later one first in its file."""
    years = timedelta(days=2 * 365)
    stages = {
        name: dates.model_copy(
            update={
                "opens": dates.opens + years,
                "by": dates.by and dates.by + years,
                "before": dates.before and dates.before + years,
            }
        )
        for name, dates in campaign.stages.items()
    }
    dates = {"opens": campaign.opens + years, "closes": campaign.closes + years}
    later = campaign.model_copy(update={"code": "2023", "stages": stages, **dates})
    return plan.model_copy(update={"campaigns": (later, campaign)})


EDGES = [
    ("2021-10-17 23:59", None, "2021"),  # before the first
    ("2021-10-18 00:00", "2021", "2021"),
    ("2021-12-03 23:59", "2021", "2021"),
    ("2021-12-04 00:00", None, "2021"),  # between two
    ("2023-10-17 23:59", None, "2021"),
    ("2023-10-18 00:00", "2023", "2023"),
    ("2023-12-04 00:00", None, "2023"),  # after the last
    ("2030-01-01 00:00", None, "2023"),
]


@pytest.mark.parametrize(("now", "is_open", "meant"), EDGES)
def test_commands_board_runs_and_deadlines_mean_the_same(
    two: Plan, monkeypatch: pytest.MonkeyPatch, now: str, is_open: str | None, meant: str
) -> None:
    clock = FrozenClock(moment(now))
    monkeypatch.setattr(clocks, "from_environment", lambda: clock)
    begun = not now.startswith("2021-10-17")
    assert two.present_campaign(clock.now()).code == meant
    assert [each.code for each in two.open_campaigns(clock.now())] == ([is_open] if is_open else [])

    # The board.
    board = Campaigns(lambda *_: SimpleNamespace(now=clock.now()), lambda: ([two], []))  # type: ignore[arg-type]
    assert board.current(two).code == meant

    # Runs, by hand or woken: without a date, or with a real one as in a replay.
    for logical_date in (None, moment("2026-05-05 05:05")):
        if begun:
            assert campaign_of(two, None, logical_date, clock.now()).code == meant
        else:
            with pytest.raises(NoCampaignError, match="đợt đầu mở ngày 18/10/2021"):
                campaign_of(two, None, logical_date, clock.now())

    # Their deadlines: none but for a campaign under way.
    spans = [[each.code, each.start.isoformat(), each.end.isoformat()] for each in two.campaigns]
    ends = CampaignDeadline([[*span, span[2]] for span in spans])
    due = ends.due("manual", None, {}, clock.now())
    assert due == (two.campaign(is_open).end if is_open else None)

    # Commands, which ask where it is not plain.
    if is_open:
        assert session.the_campaign(two, None).code == is_open
    else:
        with pytest.raises(typer.BadParameter, match="chọn một đợt: 2023, 2021"):
            session.the_campaign(two, None)
    assert session.the_campaign(two, "2021").code == "2021"
    with pytest.raises(typer.BadParameter, match=r"không có đợt «2022»\. Có: 2023, 2021"):
        session.the_campaign(two, "2022")


def test_the_only_campaign_is_meant_at_any_time(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    for now in ("2020-01-01 00:00", "2030-01-01 00:00"):
        clock = FrozenClock(moment(now))
        monkeypatch.setattr(clocks, "from_environment", lambda clock=clock: clock)
        assert session.the_campaign(plan, None).code == "2021"


def test_a_run_of_an_earlier_date_belongs_to_the_campaign_of_its_date(two: Plan) -> None:
    assert campaign_of(two, None, moment("2021-11-01 00:00"), moment("2023-11-01 00:00")).code == "2021"
    assert campaign_of(two, "2023", moment("2021-11-01 00:00"), moment("2021-11-01 00:00")).code == "2023"
    with pytest.raises(NoCampaignError, match=r"không có đợt «2022»\. Có: 2023, 2021"):
        campaign_of(two, "2022", None, moment("2021-11-01 00:00"))


def test_of_two_that_overlap_the_later_one_is_meant_and_commands_ask(
    two: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    later, earlier = two.campaigns
    overlapping = two.model_copy(update={"campaigns": (earlier.model_copy(update={"closes": later.closes}), later)})
    clock = FrozenClock(moment("2023-11-01 00:00"))
    monkeypatch.setattr(clocks, "from_environment", lambda: clock)
    assert overlapping.present_campaign(clock.now()).code == "2023"
    with pytest.raises(typer.BadParameter, match="chọn một đợt"):
        session.the_campaign(overlapping, None)
    # One inside another: the outer one goes on.
    outer = Span("outer", moment("2021-01-01 00:00"), moment("2022-01-01 00:00"))
    inner = Span("inner", moment("2021-03-01 00:00"), moment("2021-04-01 00:00"))
    found = [present([outer, inner], moment(now)) for now in ("2021-03-31 23:59", "2021-04-01 00:00")]
    assert [each.code for each in found if each] == ["inner", "outer"]


def test_a_run_works_on_its_campaign(two: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FrozenClock(moment("2023-11-01 00:00"))
    monkeypatch.setattr(clocks, "from_environment", lambda: clock)
    monkeypatch.setattr(runs, "find_plan", lambda _: two)
    monkeypatch.setattr(runs, "_store_settings", lambda _: None)
    monkeypatch.setattr(runs, "open_store", lambda _: MemoryStore())

    def campaign(conf: dict[str, str] | None = None, events: Any = None) -> str:
        run = SimpleNamespace(conf=conf, run_type="manual", dag_id=f"{two.id}.intake")
        return runs.workspace_of(two.id, {"dag_run": run, "triggering_asset_events": events}).campaign.code

    assert campaign() == "2023"
    assert campaign({"campaign": "2021"}) == "2021"
    assert campaign(events={"asset": [SimpleNamespace(extra={"campaign": "2021"})]}) == "2021"


def test_of_two_open_at_once_each_has_dags_of_its_own(two: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    later, earlier = two.campaigns
    longer = earlier.model_copy(update={"closes": later.closes})
    both = two.model_copy(update={"campaigns": (longer, later)})
    monkeypatch.setattr(clocks, "from_environment", lambda: FrozenClock(moment("2023-11-01 00:00")))
    monkeypatch.setattr(runs, "find_plan", lambda _: both)
    monkeypatch.setattr(runs, "_store_settings", lambda _: None)
    monkeypatch.setattr(runs, "open_store", lambda _: MemoryStore())

    def campaign(dag: str, **conf: str) -> str:
        run = SimpleNamespace(conf=conf, run_type="scheduled", dag_id=f"{two.id}.{dag}")
        return runs.workspace_of(two.id, {"dag_run": run}).campaign.code

    assert [campaign("intake"), campaign("intake.2")] == ["2021", "2023"]
    assert [campaign("unit_reports"), campaign("unit_reports.2")] == ["2021", "2023"]
    assert [campaign("actions", campaign=code) for code in ("2021", "2023")] == ["2021", "2023"]


def test_a_campaign_that_is_added_moves_no_other_to_other_dags(two: Plan) -> None:
    later, earlier = two.campaigns
    whole = earlier.model_copy(update={"code": "whole", "closes": later.closes})
    assert lanes([earlier, later]) == [(earlier, later)]
    assert lanes([whole, later]) == [(whole,), (later,)]
    after = later.model_copy(update={"code": "after", "opens": date(2024, 1, 1), "closes": date(2024, 2, 1)})
    assert lanes([after, later, whole]) == [(whole, after), (later,)]


@pytest.mark.parametrize("run_type", ["scheduled", "manual", "asset_triggered"])
def test_a_replay_works_on_the_campaign_of_its_clock_while_another_is_open(
    two: Plan, monkeypatch: pytest.MonkeyPatch, run_type: str
) -> None:
    """Of two campaigns the machine's date is in the one, the replay's in the other, whichever comes first."""
    opens = {each.code: each.start for each in two.campaigns}
    monkeypatch.setattr(runs, "find_plan", lambda _: two)
    monkeypatch.setattr(runs, "_store_settings", lambda _: None)
    monkeypatch.setattr(runs, "open_store", lambda _: MemoryStore())
    for machine, played in (("2021", "2023"), ("2023", "2021")):
        began = opens[machine] + timedelta(days=3)
        pace = Pace.parse(f"{opens[played].date()} 4, {opens[played].date() + timedelta(days=30)}")
        clock = ReplayClock.starting(began, pace)
        now = began + timedelta(seconds=50)
        monkeypatch.setattr(ReplayClock, "now", lambda self, now=now: self.campaign_time(now))
        monkeypatch.setattr(clocks, "from_environment", lambda clock=clock: clock)
        dates = {"scheduled": date_of(clock, clock.now()), "manual": now, "asset_triggered": None}
        run = SimpleNamespace(conf={}, run_type=run_type, dag_id=f"{two.id}.intake")
        context = {"dag_run": run, "logical_date": dates[run_type]}
        assert runs.workspace_of(two.id, context).campaign.code == played


@pytest.mark.parametrize("command", ["act extend UNIT 2021-11-09 --reason a --granted-by b", "register show"])
def test_commands_say_which_campaign_they_act_on(
    workspace: Desk, plan: Plan, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(session, "enter", lambda _: None)
    monkeypatch.setattr(session, "the_plan", lambda _: plan)
    monkeypatch.setattr(session, "open_workspace", lambda *_: workspace("2021-11-01 09:00"))
    done = CliRunner().invoke(app, [part.replace("UNIT", plan.units[0].code) for part in command.split()])
    assert done.exit_code == 0, done.output
    assert done.stderr == f"{plan.short_title} (nq06_du_lich), đợt 2021: Sơ kết 05 năm (2017 - 2021).\n"


def test_the_watch_looks_at_every_campaign_that_is_open(two: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "load_all", lambda: ([two], []))
    monkeypatch.setattr(opening, "open_store", lambda _: MemoryStore())
    monkeypatch.setattr(opening.StoreSettings, "from_environment", classmethod(lambda _: None))
    for now, is_open, _ in EDGES:
        clock = FrozenClock(moment(now))
        monkeypatch.setattr(clocks, "from_environment", lambda clock=clock: clock)
        assert [each.campaign.code for each in open_workspaces()] == ([is_open] if is_open else [])
