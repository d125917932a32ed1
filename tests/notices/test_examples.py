"""Every mail can be looked at beforehand, whatever days and stages a plan has."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from notices.plans import make_plan
from soket.notices.examples import examples
from soket.plan.check import examine
from soket.plan.model import Plan, StageDates, StageKind

PLANS = Path(__file__).parents[1] / "plan"


def with_appraisal(plan: Plan, **days: date) -> Plan:
    (stage,) = plan.stages_of(StageKind.APPRAISE)
    dates = plan.campaigns[-1].stages[stage.id].model_copy(update={"before": None, **days})
    return with_dates(plan, {stage.id: dates})


def with_dates(plan: Plan, dates: dict[str, StageDates]) -> Plan:
    last = plan.campaigns[-1]
    changed = last.model_copy(update={"stages": {**last.stages, **dates}})
    return plan.model_copy(update={"campaigns": (*plan.campaigns[:-1], changed)})


@pytest.mark.parametrize("last", [19, 20, 21])  # a Friday, and the days after it
def test_an_appraisal_may_end_on_any_day(last: int) -> None:
    plan = with_appraisal(make_plan(), by=date(2021, 11, last))
    assert {"issued", "issued-taken", "issued-refused"} <= examples(plan).keys()


def test_the_last_of_two_appraisals_issues_the_paper() -> None:
    plan = make_plan()
    (first,) = plan.stages_of(StageKind.APPRAISE)
    second = first.model_copy(update={"id": "second", "after": (first.id,), "owner": "tttu"})
    dates = plan.campaigns[-1].stages[first.id]
    later = dates.model_copy(update={"before": None, "by": date(2021, 11, 24)})
    plan = with_dates(plan.model_copy(update={"stages": (*plan.stages, second)}), {"second": later})
    assert examples(plan)["issued"][1].addressee == "tttu"


def test_a_campaign_without_a_conference_has_no_mail_of_one() -> None:
    plan = make_plan()
    last = plan.campaigns[-1]
    dates = {code: each for code, each in last.stages.items() if code != "conference"}
    found = examples(plan.model_copy(update={"campaigns": (last.model_copy(update={"stages": dates}),)}))
    assert "invitation" not in found
    assert "appraised" in found


@pytest.mark.parametrize("name", sorted(file.name for file in (PLANS / "unlike").iterdir()))
def test_plans_unlike_the_first_have_their_mails(name: str) -> None:
    plan, _ = examine(PLANS / "unlike" / name)
    assert plan is not None
    assert {"request", "appraisal", "issued", "digest"} <= examples(plan).keys()
