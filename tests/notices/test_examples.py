"""Every mail can be looked at beforehand, whatever days and stages a plan has."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from notices.plans import make_plan
from soket.notices.examples import examples
from soket.notices.ledger import Intent
from soket.notices.render import write
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


@pytest.mark.parametrize("name", sorted(file.name for file in (PLANS / "unlike").iterdir()))
def test_examples_speak_of_the_plan_s_own_headings_indicators_and_files(name: str) -> None:
    plan, _ = examine(PLANS / "unlike" / name)
    assert plan is not None
    workspace, notice = examples(plan)["return"]
    mail = write(workspace, Intent(notice=notice, posted_at=workspace.now))
    here, form = workspace.plan, workspace.plan.form_of(workspace.plan.units[0])
    assert f"Báo cáo {here.review_word}.docx" in mail.text
    assert here.outline[-1].title in mail.text
    assert ("Biểu số liệu" in mail.text) == bool(form)
    assert form is None or form.indicators[0].name in mail.text
    whole = "\n".join(str(each[1].context) for each in examples(plan).values())
    assert [word for word in ("lượt khách", "Doanh thu", "ky_anh", "can_loc", "ki_anh") if word in whole] == []


def test_a_digest_tells_of_nothing_that_comes_after_it() -> None:
    plan = make_plan()
    stage = plan.stages_of(StageKind.COLLECT)[0]
    dates = plan.campaigns[-1].stages[stage.id]
    later = dates.model_copy(
        update={"units": {plan.units[1].code: StageDates(opens=dates.opens, by=date(2021, 12, 20))}}
    )
    workspace, notice = examples(with_dates(plan, {stage.id: later}))["digest"]
    mail = write(workspace, Intent(notice=notice, posted_at=workspace.now))
    told = re.findall(r"^- \d\d giờ \d\d, ngày (\d\d)/(\d\d)/(\d{4})", mail.text, re.MULTILINE)
    assert told
    assert max(date(int(year), int(month), int(day)) for day, month, year in told) <= workspace.now.date()


def test_how_files_are_sent_is_no_heading() -> None:
    workspace, notice = examples(make_plan())["unreceived"]
    html = write(workspace, Intent(notice=notice, posted_at=workspace.now)).html
    assert re.search(r">Cách gửi</td>\s*<td[^>]*>(?!<strong>)", html)
