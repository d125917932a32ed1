"""The first plan says what its source says."""

from __future__ import annotations

from collections import Counter
from datetime import date

from conftest import REPOSITORY
from soket.plan.check import check
from soket.plan.model import Campaign, Duty, Plan, Unit


def owing(plan: Plan) -> list[Unit]:
    return [unit for unit in plan.units if unit.owes is not Duty.COVERAGE_PLAN]


def test_the_plans_of_the_repository_have_no_faults() -> None:
    files = sorted((REPOSITORY / "include" / "plans").glob("*.yaml"))
    assert files
    assert [fault for file in files for fault in check(file)] == []


def test_who_owes_what(plan: Plan) -> None:
    assert len(owing(plan)) == 60
    assert Counter(unit.block for unit in owing(plan)) == {
        "huyen_thi_thanh_uy": 13,
        "dang_uy_truc_thuoc": 4,
        "ban_dang": 4,
        "so_ban_nganh": 33,
        "mat_tran_doan_the": 6,
    }
    press = [unit for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN]
    assert {unit.block for unit in press} == {"bao_chi"}
    assert len(press) == 4


def test_the_dates_of_the_source(campaign: Campaign) -> None:
    last_days = {stage: dates.last_day for stage, dates in campaign.stages.items()}
    assert last_days == {
        "unit_reports": date(2021, 11, 4),
        "ubnd_draft": date(2021, 11, 9),
        "vptu_appraisal": date(2021, 11, 19),
        "conference": date(2021, 11, 30),
        "communications": date(2021, 12, 3),
    }


def test_who_delivers_to_whom(plan: Plan) -> None:
    hands = {stage.id: (stage.owner, stage.receiver) for stage in plan.stages}
    assert hands["unit_reports"] == ("bt_tuyen_giao", "ubnd_tinh")
    assert hands["ubnd_draft"] == ("bcs_ubnd", "vptu")
    assert hands["vptu_appraisal"] == ("vptu", "thuong_truc")
    assert plan.recipients[-1] == "Lưu Văn phòng Tỉnh ủy"


def test_every_unit_that_reports_fills_in_a_form_and_the_press_none(plan: Plan) -> None:
    for unit in plan.units:
        assert (plan.form_of(unit) is None) == (unit.owes is Duty.COVERAGE_PLAN)
    forms = {form.code: len(form.indicators) for form in plan.forms}
    assert forms == {"bieu_01": 14, "bieu_02": 8}


def test_no_mail_leaves_for_a_real_address(plan: Plan) -> None:
    contacts = [contact for unit in plan.units for contact in (unit.contact, unit.head)]
    contacts += [office.contact for office in plan.offices]
    addresses = [contact.email for contact in contacts]
    assert len(set(addresses)) == len(addresses)
    assert all(address.isascii() and address.endswith((".hatinh.example", "@hatinh.example")) for address in addresses)


def test_targets_the_source_does_not_give_are_marked(plan: Plan) -> None:
    targets = [indicator.target for form in plan.forms for indicator in form.indicators if indicator.target]
    assert targets
    assert all(target.example for target in targets)


def test_a_plan_for_an_own_review_is_asked_of_nobody_whose_report_is_then_all_that_is_needed(plan: Plan) -> None:
    told = next(line for line in plan.request_guidance if "kế hoạch tổ chức" in line)
    assert "kế hoạch tổ chức có thể gửi trước để báo ngày họp, không bắt buộc" in told
