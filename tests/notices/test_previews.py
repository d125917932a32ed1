"""Previews are of the plan that they are made from: its conference, dates of blocks, ladders, forms and numbers."""

from __future__ import annotations

from typing import Any

import pytest

from soket.notices.examples import examples
from soket.notices.ledger import Intent
from soket.notices.render import write
from soket.plan.model import Plan

from .plans import LADDER, make_plan


def mail(plan: Plan, name: str) -> str:
    workspace, notice = examples(plan)[name]
    written = write(workspace, Intent(notice=notice, posted_at=workspace.now))
    return f"{written.subject}\n{written.text}"


def changed(plan: Plan, **changes: Any) -> Plan:
    return Plan.model_validate({**plan.model_dump(), **changes}, strict=False)


def dated(plan: Plan, stage: str, **dates: Any) -> Plan:
    campaigns = plan.model_dump()["campaigns"]
    campaigns[0]["stages"][stage] |= {"by": None, "before": None} | dates
    return changed(plan, campaigns=campaigns)


def test_the_conference_is_held_as_the_plan_says() -> None:
    told = {"starts": "09:15", "chair": "Chủ tịch nước", "line_test": "16:45"}
    plan = dated(changed(make_plan(2), conference=told), "conference", by="2021-11-28")  # a Sunday
    text = mail(plan, "invitation")
    assert "09 giờ 15, ngày 26/11/2021" in text
    assert "Chủ trì: Chủ tịch nước" in text
    assert "16 giờ 45, ngày 25/11/2021" in text


@pytest.mark.parametrize("name", ["reminder", "return"])
def test_a_unit_is_told_of_its_own_block_s_date(name: str) -> None:
    plan = dated(make_plan(2), "unit_reports", before="2021-11-05", blocks={"huyen": {"before": "2021-10-29"}})
    text = mail(plan, name)
    assert "28/10/2021" in text
    assert "04/11/2021" not in text
    assert "quá hạn" not in text
    workspace, _ = examples(plan)["receipt"]
    assert f"{workspace.now:%d/%m}" == "26/10"  # two working days before


def test_an_office_above_is_told_of_the_late_where_no_ladder_goes_to_the_top() -> None:
    low = [step for step in LADDER if step["to"] != "standing_board"]
    assert "Kính gửi: Ủy ban nhân dân tỉnh" in mail(make_plan(2, ladder=low), "escalation-superior")
    assert "Kính gửi: Thường trực Tỉnh ủy" in mail(make_plan(2), "escalation-superior")


def test_no_figure_is_told_where_the_plan_asks_for_none() -> None:
    plan = changed(make_plan(2), forms=[], estimated_years=[])
    for name in ("receipt-warnings", "return", "receipt-referred", "draft"):
        text = mail(plan, name)
        assert "xlsx" not in text
        assert "Doanh thu" not in text
    assert f"Mục “{plan.outline[0].title}” chỉ có 35 từ" in mail(plan, "receipt-warnings")


def test_numbers_of_papers_are_of_the_plan_s_form() -> None:
    assert "123-CV/ABC" in mail(make_plan(2), "new_date")
    assert "123/ABC-VP" in mail(make_plan(2, form="state"), "new_date")


@pytest.mark.parametrize(
    ("form", "code", "number"), [("party", "BC/TU", "127-BC/TU"), ("state", "BC-UBND", "127/BC-UBND")]
)
def test_an_issued_paper_has_the_number_of_whoever_issues_it(form: str, code: str, number: str) -> None:
    assert f"số {number}," in mail(make_plan(2, form=form, document_code=code), "issued-taken")
