"""The script tells every story that a demonstration is to show."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from operator import itemgetter
from pathlib import Path
from types import SimpleNamespace

import pytest

from conftest import REPOSITORY, moment
from demo.hours import at_work
from demo.scenario import Content, Drop, Scenario, load
from demo.stage import FASTEST, SLOWEST, USUAL, busier_by, slowness
from soket.clock import VIETNAM, Pace, ReplayClock
from soket.plan.model import Campaign, Duty, Plan
from soket.record.register import Standing
from soket.record.workspace import Workspace
from soket.store.store import MemoryStore

SCRIPT = REPOSITORY / "samples" / "nq06_du_lich" / "scenario.yaml"

FAULTY = {Content.TOTAL_DIFFERS, Content.AMBIGUOUS_NUMBER, Content.WITHOUT_INDICATOR, Content.WITHOUT_TABLE}
BROKEN = {Content.TRUNCATED, Content.INFLATED}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(SCRIPT)


@pytest.fixture
def drops(scenario: Scenario, plan: Plan) -> list[Drop]:
    return scenario.drops(plan)


def first_drops(drops: list[Drop]) -> dict[str, Drop]:
    return {drop.owner: drop for drop in reversed(drops)}


def test_it_speaks_of_this_plan_and_campaign(scenario: Scenario, plan: Plan, campaign: Campaign) -> None:
    assert (scenario.plan, scenario.campaign) == (plan.id, campaign.code)
    codes = {unit.code for unit in plan.units}
    assert {story.unit for story in scenario.stories} <= codes
    assert not {stray.folder for stray in scenario.strays} & codes
    assert {form.unit for form in scenario.officials.forms if form.unit} <= codes


def test_papers_are_numbered_as_they_were_written(scenario: Scenario) -> None:
    officials = scenario.officials
    papers = [(form.at, form.document_number) for form in officials.forms]
    papers += [(each.not_before, each.fields["document_number"]) for each in officials.appraisals]
    papers += [(each.not_before, each.fields["document_number"]) for each in officials.conference]
    numbers = [int(re.findall(r"\d+", paper or "")[0]) for _, paper in sorted(papers, key=itemgetter(0))]
    assert numbers == sorted(set(numbers))


def test_the_same_script_always_tells_the_same(scenario: Scenario, plan: Plan) -> None:
    assert scenario.drops(plan) == load(SCRIPT).drops(plan)


def test_every_owing_unit_sends_but_two(drops: list[Drop], plan: Plan, scenario: Scenario) -> None:
    owing = {unit.code for unit in plan.units if unit.owes is not Duty.EXEMPT}
    silent = owing - {drop.owner for drop in drops}
    silent -= {form.unit for form in scenario.officials.forms if form.act in ("nil_return", "exemption")}
    assert len(silent) == 2
    assert {scenario.expected(plan)[code] for code in silent} == {Standing.NOT_SENT}


def test_most_are_good_and_in_time(drops: list[Drop], campaign: Campaign) -> None:
    first = first_drops(drops).values()
    in_time = [drop for drop in first if drop.at < campaign.stages["unit_reports"].moment]
    good = [drop for drop in first if drop.content in (Content.GOOD, Content.TABLE_AS_CSV)]
    assert len(in_time) > 0.85 * len(first)
    assert len(good) > 0.65 * len(first)


def test_they_come_over_two_weeks_with_a_rush_at_the_end(drops: list[Drop], campaign: Campaign) -> None:
    deadline = campaign.stages["unit_reports"].moment
    days = Counter(drop.at.date() for drop in drops if drop.at < deadline)
    assert min(days) >= date(2021, 10, 20)
    assert len(days) >= 10
    assert days[date(2021, 11, 3)] + days[date(2021, 11, 4)] >= 15


def test_some_are_late(drops: list[Drop], campaign: Campaign, plan: Plan) -> None:
    reporting = {unit.code for unit in plan.units if unit.owes is not Duty.COVERAGE_PLAN}
    deadline = campaign.stages["unit_reports"].moment
    late = [drop for drop in first_drops(drops).values() if drop.owner in reporting and drop.at >= deadline]
    assert 3 <= len(late) <= 5
    assert max(drop.at for drop in late) < moment("2021-11-11 00:00")


def test_every_fault_occurs_and_most_are_put_right(drops: list[Drop], scenario: Scenario) -> None:
    assert {drop.content for drop in drops} == set(Content)
    faulty = [story for story in scenario.stories if any(send.content in FAULTY for send in story.sends)]
    broken = [story for story in scenario.stories if any(send.content in BROKEN for send in story.sends)]
    assert 4 <= len(faulty) <= 6
    assert len(broken) == 2
    right = [story for story in faulty if story.ends is not Standing.RETURNED]
    assert len(faulty) > len(right) > len(faulty) / 2


def test_one_corrects_what_was_accepted(scenario: Scenario) -> None:
    stories = [[send.content for send in story.sends] for story in scenario.stories]
    assert [Content.GOOD, Content.AMENDED] in stories


def test_own_reviews_a_nil_return_and_a_stray(drops: list[Drop], scenario: Scenario) -> None:
    contents = Counter(drop.content for drop in drops)
    assert 1 <= contents[Content.OWN_REVIEW] <= 2
    assert contents[Content.NIL_RETURN] == 1
    assert contents[Content.STRAY] == len(scenario.strays) == 1


def test_one_unit_gets_an_extension_and_keeps_to_it(scenario: Scenario, drops: list[Drop], campaign: Campaign) -> None:
    (form,) = [form for form in scenario.officials.forms if form.act == "extension"]
    assert form.last_day is not None
    assert form.last_day > campaign.stages["unit_reports"].last_day
    (sent,) = [drop for drop in drops if drop.owner == form.unit]
    assert campaign.stages["unit_reports"].last_day < sent.at.date() <= form.last_day
    assert form.at < datetime.combine(sent.at.date(), sent.at.time(), sent.at.tzinfo)


def test_the_appraisal_is_returned_once_then_approved(scenario: Scenario) -> None:
    first, *rest = scenario.officials.appraisals
    assert first.option == "Trả lại"
    assert first.fields["reason"]
    assert [answer.option for answer in rest] == ["Đồng ý trình"]
    assert len(scenario.officials.drafts) == 2


def test_what_officials_say_names_no_date_that_may_turn_out_otherwise(scenario: Scenario) -> None:
    officials = scenario.officials
    said = [form.reason for form in officials.forms] + [draft.adds for draft in officials.drafts]
    said += [text for answer in (*officials.appraisals, *officials.conference) for text in answer.fields.values()]
    assert not [text for text in said if re.search(r"\d{1,2}/\d{1,2}(?!\d)|\bngày \d", text)]


def test_what_waits_for_another_comes_a_day_after_it(scenario: Scenario) -> None:
    returned, approved = scenario.officials.appraisals
    (postponement,) = [form for form in scenario.officials.forms if form.act == "postponement"]
    assert postponement.once == "returned"
    day = timedelta(days=1)
    assert returned.not_before + day <= postponement.at
    assert returned.not_before + day <= scenario.officials.drafts[1].not_before <= approved.not_before - day


def test_the_conference_is_in_the_campaign(scenario: Scenario, campaign: Campaign) -> None:
    (answer,) = scenario.officials.conference
    day = date.fromisoformat(answer.fields["day"])
    assert answer.not_before.date() < day <= campaign.stages["conference"].last_day


def test_the_pace_covers_the_campaign_in_minutes(scenario: Scenario, campaign: Campaign) -> None:
    pace = Pace.parse(scenario.pace)
    assert pace.stretches[0][0] <= campaign.opens
    assert pace.end > campaign.closes
    start = datetime(2030, 1, 1, tzinfo=UTC)
    end = datetime.combine(pace.end, time(), VIETNAM)
    assert ReplayClock.starting(start, pace).real_time(end) - start < timedelta(minutes=6.5)


def test_a_slow_machine_gets_longer_days(scenario: Scenario) -> None:
    usual, slow = (Pace.parse(scenario.pace_for(slowness)) for slowness in (1, 2.5))
    assert usual == Pace.parse(scenario.pace)
    assert slow.end == usual.end
    assert [(day, seconds / 2.5) for day, seconds in slow.stretches] == list(usual.stretches)


@pytest.mark.parametrize(("took", "times"), [(1.0, FASTEST), (USUAL, 1.0), (2 * USUAL, 2.0), (100 * USUAL, SLOWEST)])
def test_how_long_the_samples_took_tells_how_slow_the_machine_is(took: float, times: float) -> None:
    assert slowness(took) == times


def test_who_sees_a_demonstration_fail_is_told_that_the_machine_became_busy() -> None:
    assert busier_by(1.0, 1.1) == ""
    assert "chậm hơn lúc bắt đầu 1,8 lần" in busier_by(1.0, 1.8)


def test_officials_have_two_days_to_act_in_before_each_date(scenario: Scenario, plan: Plan, campaign: Campaign) -> None:
    postponed = {form.stage: form.last_day for form in scenario.officials.forms if form.act == "postponement"}
    dates = {stage: dates.last_day for stage, dates in campaign.stages.items()}
    first_draft, second_draft = scenario.officials.drafts
    approval = scenario.officials.appraisals[-1]
    (conference,) = scenario.officials.conference
    acts = [
        (first_draft, dates["ubnd_draft"]),
        (second_draft, postponed["ubnd_draft"]),
        (approval, dates["vptu_appraisal"]),
        (conference, dates["conference"]),
    ]
    for act, last_day in acts:
        first = act.not_before.date()
        days = [first + timedelta(days=number) for number in range((last_day - first).days + 1)]
        assert sum(seconds_to_begin(scenario, plan, campaign, day) >= 1 for day in days) >= 2, first
    assert all(seconds_to_begin(scenario, plan, campaign, form.at.date()) >= 1 for form in scenario.officials.forms)


def seconds_to_begin(scenario: Scenario, plan: Plan, campaign: Campaign, day: date) -> float:
    """Return for how many real seconds of a day an official would begin something."""
    clock = ReplayClock.starting(datetime(2030, 1, 1, tzinfo=UTC), Pace.parse(scenario.pace))
    minutes = [datetime.combine(day, time(hour, minute), VIETNAM) for hour in range(24) for minute in range(0, 60, 10)]
    at = [SimpleNamespace(now=lambda moment=moment: moment, real_time=clock.real_time) for moment in minutes]
    open_for = sum(at_work(Workspace(plan, campaign, MemoryStore(), each)) for each in at)  # type: ignore[arg-type]
    return open_for / len(minutes) * (clock.real_time(minutes[-1]) - clock.real_time(minutes[0])).total_seconds()


def test_a_fault_in_a_script_is_told(tmp_path: Path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(SCRIPT.read_text(encoding="utf-8").replace("spread:", "spred:"), encoding="utf-8")
    with pytest.raises(ValueError, match="spred"):
        load(path)
