from __future__ import annotations

from typing import Any

import pytest

from conftest import Desk
from record.builders import first
from soket.notices.lines import entries
from soket.notices.notice import Kind
from soket.plan.model import Plan, Rights
from soket.record.keeping import read_register
from soket.record.refusals import refusals
from soket.stages.actions import ACTS, record_act
from soket.stages.refusing import Actor, ActRefusedError, NoRightError, check_right

WHY = {"reason": "Theo chỉ đạo của Bí thư", "granted_by": "Đồng chí Bí thư"}
FORMS: dict[str, dict[str, Any]] = {
    "extension": {"unit": "UNIT", "last_day": "2021-11-09"},
    "exemption": {"unit": "UNIT"},
    "nil_return": {"unit": "UNIT"},
    "review": {"unit": "UNIT", "number": 1, "outcome": "accepted"},
    "retry": {"unit": "UNIT"},
    "link_renewal": {"unit": "UNIT"},
    "promise": {"unit": "UNIT", "last_day": "2021-11-09", "person": "Chánh Văn phòng"},
    "urging": {"unit": "UNIT"},
    "message": {"unit": "UNIT", "manner": "asks"},
    "request_refusal": {"unit": "UNIT"},
    "commendation": {"proposals": "BD-1", "conclusion": "commended"},
    "opinion": {"stage": "ubnd_draft"},
    "postponement": {"stage": "ubnd_draft", "last_day": "2021-11-15"},
    "reopening": {"stage": "ubnd_draft"},
    "mute": {"unit": "UNIT", "last_day": "2021-11-09"},
    "undo": {"undoes": "extension-x-1"},
}
# What the plan of Resolution 06 gives each account beside what it says of none.
MAY = {
    "tuyen_giao": {*FORMS} - {"postponement", "commendation", "opinion"},
    "quan_tri": {*FORMS} - {"postponement", "commendation", "opinion", "exemption"},
    "thuong_truc": {"postponement", "commendation", "opinion", "promise", "message", "undo"},
    "vptu": {"opinion"},
    "ban_can_su": set(),
    "ubnd": {"promise", "message"},
    "of_another_plan": set(),
    "": set(),
}


def enter(desk: Desk, plan: Plan, account: str, act: str, entry: str = "run", **form: Any) -> str:
    filled = {key: first(plan) if value == "UNIT" else value for key, value in {**FORMS[act], **form}.items()}
    return record_act(desk(), form={"act": act, **WHY, **filled}, entry=entry, actor=Actor(account))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("account", MAY)
def test_an_act_is_for_those_whom_the_plan_names(workspace: Desk, plan: Plan, account: str, act: str) -> None:
    workspace("2021-11-03 09:00")
    try:
        enter(workspace, plan, account, act)
        refused = False
    except NoRightError:
        refused = True
    except ActRefusedError:  # nothing there to review or to undo: the right was not what lacked
        refused = False
    assert refused == (act not in MAY[account])
    if refused:
        assert read_register(workspace()).decisions == ()


def test_the_drafters_exemption_does_not_count_and_the_operator_is_told(workspace: Desk, plan: Plan) -> None:
    workspace("2021-11-03 09:00")
    before = read_register(workspace())
    for entry in ("manual__1", "manual__1", "manual__2"):
        with pytest.raises(NoRightError, match=r"«ban_can_su».*Miễn báo cáo.*Ban Tuyên giáo.*tuyen_giao"):
            enter(workspace, plan, "ban_can_su", "exemption", entry)
    assert read_register(workspace()).units == before.units
    assert [(each.account, each.act, each.no_right) for each in refusals(workspace())] == [
        ("ban_can_su", "exemption", True)
    ] * 2
    (alert,) = [each for each in entries(workspace()) if each.kind is Kind.ALERT]  # one a day, however often
    assert alert.addressee == plan.roles.operator


def test_an_account_that_the_plan_does_not_know_is_told_so(workspace: Desk, plan: Plan) -> None:
    with pytest.raises(NoRightError, match="«of_another_plan» không thuộc kế hoạch này"):
        enter(workspace, plan, "of_another_plan", "extension")


def test_taking_back_is_for_those_who_may_do_it(workspace: Desk, plan: Plan) -> None:
    workspace("2021-11-03 09:00")
    enter(workspace, plan, "thuong_truc", "postponement", "1")
    (act,) = read_register(workspace()).decisions
    for account in ("tuyen_giao", "quan_tri"):
        with pytest.raises(NoRightError, match="Hủy một quyết định đã ghi: Lùi thời hạn"):
            enter(workspace, plan, account, "undo", account, undoes=act.id)
    assert enter(workspace, plan, "thuong_truc", "undo", "2", undoes=act.id).startswith("Đã ghi")


def test_what_was_not_filled_in_is_kept_as_refused_too_but_troubles_nobody(workspace: Desk, plan: Plan) -> None:
    with pytest.raises(ActRefusedError, match="Chưa điền: Đơn vị"):
        record_act(workspace(), form={"act": "extension"}, entry="manual__1", actor=Actor("tuyen_giao"))
    (kept,) = refusals(workspace())
    assert (kept.no_right, kept.why[:9]) == (False, "Chưa điền")
    assert not list(entries(workspace()))


def test_the_console_has_the_operators_rights_under_whatever_name(plan: Plan) -> None:
    check_right(plan, Actor("root", console=True), "extension", "Gia hạn")
    for name in ("root", "tuyen_giao"):
        with pytest.raises(NoRightError):
            check_right(plan, Actor(name, console=True), "exemption", "Miễn")
    with pytest.raises(NoRightError):
        check_right(plan, Actor("root"), "extension", "Gia hạn")


def test_a_plan_says_it_otherwise(plan: Plan) -> None:
    generous = plan.model_copy(update={"may": Rights(exemption=("drafter",))})
    check_right(generous, Actor("ban_can_su"), "exemption", "Miễn")
    with pytest.raises(NoRightError):
        check_right(generous, Actor("tuyen_giao"), "exemption", "Miễn")


def test_every_act_has_its_rights() -> None:
    assert {*ACTS} == {*Rights.model_fields} - {"appraisal", "conference_format"}
