from __future__ import annotations

from typing import Any

import pytest

from campaign.builders import first
from conftest import Desk
from soket.campaign.actions import ActRefusedError, record_act
from soket.campaign.reading import read_register
from soket.campaign.register import Standing
from soket.plan.model import Plan, StageName

WHY = {"reason": "Mưa lũ", "granted_by": "Đồng chí Phó Bí thư"}


def enter(desk: Desk, entry: str = "manual__1", **form: Any) -> str:
    return record_act(desk(), form={**WHY, **form}, entry=entry, account="quan_tri")


def test_an_extension(workspace: Desk, plan: Plan) -> None:
    workspace("2021-11-03 09:00")
    unit = first(plan)
    note = enter(workspace, act="extension", unit=unit, last_day="2021-11-09", document_number="12-CV/TU")
    assert note.startswith(f"Đã ghi quyết định «extension-{unit}-")
    (decision,) = read_register(workspace()).decisions
    assert (decision.account, decision.granted_by, decision.document_number) == (
        "quan_tri",
        "Đồng chí Phó Bí thư",
        "12-CV/TU",
    )
    assert read_register(workspace()).units[unit].deadline.isoformat() == "2021-11-10T00:00:00+07:00"


@pytest.mark.parametrize(("act", "standing"), [("exemption", Standing.EXEMPT), ("nil_return", Standing.NIL_RETURN)])
def test_acts_on_what_a_unit_owes(workspace: Desk, plan: Plan, act: str, standing: Standing) -> None:
    enter(workspace, act=act, unit=first(plan))
    assert read_register(workspace()).units[first(plan)].standing is standing


def test_acts_on_a_stage(workspace: Desk) -> None:
    enter(workspace, "manual__1", act="postponement", stage="ubnd_draft", last_day="2021-11-15")
    enter(workspace, "manual__2", act="reopening", stage="unit_reports")
    register = read_register(workspace())
    assert register.stages[StageName.UBND_DRAFT].deadline.isoformat() == "2021-11-16T00:00:00+07:00"
    assert {decision.kind for decision in register.decisions} == {"postponement", "reopening"}


def test_the_same_entry_is_filed_once_and_another_anew(workspace: Desk, plan: Plan) -> None:
    form = {"act": "extension", "unit": first(plan), "last_day": "2021-11-09"}
    assert enter(workspace, "manual__1", **form).startswith("Đã ghi")
    assert enter(workspace, "manual__1", **form).startswith("Đã có")
    assert enter(workspace, "manual__2", **form).startswith("Đã ghi")
    assert len(read_register(workspace()).decisions) == 2


REFUSED = [
    ({"act": "party"}, "Không có việc «party»"),
    ({}, "Không có việc"),
    ({"act": "extension"}, "Chưa điền: Đơn vị, Hạn mới"),
    ({"act": "exemption", "unit": "UNIT", "reason": ""}, "Chưa điền: Lý do"),
    ({"act": "exemption", "unit": "UNIT", "granted_by": None}, "Chưa điền: Người cho phép"),
    ({"act": "exemption", "unit": "huyện Can Lộc"}, "Không có đơn vị «huyện Can Lộc»"),
    ({"act": "reopening", "stage": "lunch"}, "Không có giai đoạn «lunch»"),
    ({"act": "extension", "unit": "UNIT", "last_day": "09/11/2021"}, "Điền chưa đúng: Hạn mới"),
    ({"act": "extension", "unit": "UNIT", "last_day": "2021-11-02"}, "phải từ 03/11/2021 đến 03/12/2021"),
    ({"act": "postponement", "stage": "conference", "last_day": "2021-12-04"}, "phải từ 03/11/2021 đến 03/12/2021"),
]


@pytest.mark.parametrize(("form", "complaint"), REFUSED)
def test_a_form_that_makes_no_decision_is_refused(
    workspace: Desk, plan: Plan, form: dict[str, Any], complaint: str
) -> None:
    workspace("2021-11-03 09:00")
    named = {key: first(plan) if value == "UNIT" else value for key, value in form.items()}
    with pytest.raises(ActRefusedError, match=complaint):
        enter(workspace, **named)
    assert not list(workspace.store.list(workspace().keys.decisions))


def test_the_last_day_may_be_today_and_the_campaigns_last(workspace: Desk, plan: Plan) -> None:
    workspace("2021-11-03 23:59")
    enter(workspace, "manual__1", act="extension", unit=first(plan), last_day="2021-11-03")
    enter(workspace, "manual__2", act="extension", unit=first(plan), last_day="2021-12-03")
