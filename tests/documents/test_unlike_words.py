"""What papers say of plans unlike the first: gaps between years, signed copies, other bodies, other names."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from soket.documents.appraisal import render_transmittal
from soket.documents.draft import render_figures, write_draft
from soket.documents.meeting import Meeting
from soket.documents.meeting_papers import render_conclusion
from soket.documents.nominations import render_nomination_form
from soket.documents.request import form_workbook, render_document_request, render_outline, render_request
from soket.plan.doubts import papers_left_blank
from soket.plan.model import Campaign, Plan
from soket.plan.papers import who_report
from soket.record.decisions import Appraisal, ConferenceFormat
from soket.text import name_inside, subject_of
from usual import with_stage

from .builders import NOW, blank_summary, make_dossier, make_plan, make_state_plan
from .conftest import text_of


def changed(plan: Plan, **changes: Any) -> Plan:
    return Plan.model_validate({**plan.model_dump(), **changes}, strict=False)


def in_years(plan: Plan, *years: object) -> Plan:
    form = plan.forms[0].model_dump() | {"years": years}
    return changed(plan, forms=[form], estimated_years=[])


def letter(plan: Plan) -> str:
    return text_of(render_request(plan, plan.campaigns[0], plan.stage("unit_reports")))


def outline(plan: Plan) -> str:
    return text_of(render_outline(plan, plan.campaigns[0], plan.stage("unit_reports")))


def test_an_outline_speaks_of_hints_where_it_has_some(plan: Plan) -> None:
    hint = "dòng chữ nghiêng là gợi ý, xóa đi khi viết."
    guided, plain = (
        changed(plan, outline=[{**each.model_dump(), "guidance": said} for each in plan.outline])
        for said in ("Nêu kết quả.", None)
    )
    assert hint in outline(guided)
    assert hint not in outline(plain)
    assert "giữ nguyên số và tên mục. Báo cáo gửi về" in outline(plain)


@pytest.mark.parametrize(
    ("years", "asked", "guided"),
    [
        ((2016, 2020, 2021), "Ghi số liệu các năm 2016, 2020, 2021 vào", "mỗi cột là một năm: 2016, 2020, 2021."),
        ((2019, 2020, 2021), "Ghi số liệu từng năm 2019–2021 vào", "mỗi cột là một năm, từ 2019 đến 2021."),
        ((2021,), "Ghi số liệu năm 2021 vào", "mỗi cột là một năm: 2021."),
        (
            ("6 tháng đầu năm 2020", 2020),
            "Ghi số liệu 06 tháng đầu năm 2020, năm 2020 vào",
            "mỗi cột là một kỳ: 06 tháng đầu năm 2020, năm 2020.",
        ),
    ],
)
def test_a_range_is_said_only_where_years_follow_each_other(
    plan: Plan, years: tuple[object, ...], asked: str, guided: str
) -> None:
    other = in_years(plan, *years)
    assert asked in letter(other)
    sheets = openpyxl.load_workbook(io.BytesIO(form_workbook(other, other.forms[0]))).worksheets
    told = [str(row[0].value) for sheet in sheets for row in sheet.iter_rows()]
    assert [line for line in told if line.endswith(guided)]


def test_whoever_must_send_a_signed_copy_is_asked_for_it(plan: Plan, campaign: Campaign) -> None:
    wanted, stage = "bản ký số của chính văn bản ấy (tệp PDF đã ký số", plan.stage("unit_reports")
    required = with_stage(plan, "unit_reports", signed_copy="required")
    beside = render_document_request(required, campaign, required.stage("unit_reports"))
    for paper in (letter(required), outline(required), text_of(beside)):
        assert wanted in paper
    assert "Thiếu bản ký số thì báo cáo được trả lại" in letter(required)
    assert "(tệp Word), bản ký số" in letter(required)
    assert "(tệp Word) và bản ký số" in letter(changed(required, forms=[], estimated_years=[]))
    assert "ký số" not in letter(plan) + outline(plan) + text_of(render_document_request(plan, campaign, stage))


def for_the_state(plan: Plan) -> Plan:
    """Return a plan of the Party with a draft for the People's Committee, too."""
    draft = {"kind": "draft", "after": ["unit_reports"], "owner": "bcsd", "receiver": "ubnd", "title": "Dự thảo khác"}
    appraisal = {"kind": "appraise", "after": ["khac"], "owner": "vptu", "receiver": "ubnd", "title": "Thẩm định khác"}
    more = {"delivers": "Báo cáo", "source": "III"}
    data = plan.model_dump()
    stages = [*data["stages"], {"id": "khac", **draft, **more}, {"id": "khac_tham_dinh", **appraisal, **more}]
    dates = data["campaigns"][0]["stages"]
    dates |= {"khac": dates["ubnd_draft"], "khac_tham_dinh": dates["vptu_appraisal"]}
    return changed(plan, stages=stages, campaigns=data["campaigns"])


def test_each_draft_has_the_form_of_whoever_issues_it(plan: Plan) -> None:
    both = for_the_state(plan)
    summary = blank_summary(both)
    own, state = (text_of(write_draft(summary, stage=both.stage(name)).word) for name in ("ubnd_draft", "khac"))
    assert "TỈNH ỦY HÀ TĨNH" in own
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in own
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in state
    assert "/BC-UBND" in state
    assert "TỈNH ỦY" not in state
    assert "Ủy ban nhân dân tỉnh báo cáo như sau" in state
    appraisal = Appraisal(
        id="a", decided_at=NOW, account="vptu", granted_by="Đ/c", reason="", round=1, outcome="approved"
    )
    dossier = replace(make_dossier(summary), stage=both.stage("khac_tham_dinh"))
    sent_up = text_of(render_transmittal(dossier, both.campaigns[0], appraisal, asked=()))
    assert "kính trình Ủy ban nhân dân tỉnh xem xét, ban hành Báo cáo" in sent_up


def test_a_report_that_nobody_appraises_has_the_form_of_whoever_writes_it(plan: Plan) -> None:
    stages = [each for each in for_the_state(plan).model_dump()["stages"] if each["id"] != "khac_tham_dinh"]
    stages[-1] |= {"owner": "ubnd"}
    alone = changed(for_the_state(plan), stages=stages)
    assert "/BC-UBND" in text_of(write_draft(blank_summary(alone), stage=alone.stage("khac")).word)


def test_the_check_says_what_the_paper_of_another_body_lacks(plan: Plan) -> None:
    data = for_the_state(plan).model_dump()
    office = next(each for each in data["offices"] if each["code"] == "ubnd")
    office["letterhead"] |= {"sign": None}
    told = [fault.message for fault in papers_left_blank(changed(plan, **data))]
    assert "văn bản của «ubnd» còn để trống: ký hiệu («sign»)" in told


def test_a_body_of_the_state_stands_once_above_its_paper() -> None:
    data = make_state_plan().model_dump()
    for office in data["offices"]:
        office["letterhead"] = {}
    data["roles"] |= {"standing": "btg"}
    plan = changed(make_state_plan(), **data)
    text = text_of(write_draft(blank_summary(plan), stage=plan.stage("ubnd_draft")).word)
    assert text.count("ỦY BAN NHÂN_DÂN TỈNH_LẠNG_SƠN") == 1


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("Huyện ủy Can Lộc", "UBND xã Mộc Sơn"), "các địa phương"),
        (("Huyện ủy Can Lộc", "Sở Nội vụ", "Hội Nông dân tỉnh"), "các địa phương, cơ quan, đơn vị"),
        (("Sở Nội vụ", "Sở Xây dựng"), "các cơ quan, đơn vị"),
        (("Công ty Điện lực Lai Châu", "Ban Quản lý dự án phát triển điện lực"), "các đơn vị"),
        (("UBND xã Khe Sanh", "Trường Trung học phổ thông A Túc"), "các địa phương, đơn vị"),
    ],
)
def test_who_is_asked_is_called_what_it_is(names: tuple[str, ...], said: str) -> None:
    plan = make_plan({f"don_vi_{number}": name for number, name in enumerate(names)})
    assert who_report(plan) == said
    assert f"đề nghị {said}:" in letter(plan)
    assert f"báo cáo của {said}, Ban Thường vụ" in text_of(write_draft(blank_summary(plan)).word)


def test_only_who_may_hold_a_review_is_told_that_it_may(plan: Plan) -> None:
    assert "tổ chức sơ kết theo" not in letter(plan)
    assert "Xây dựng báo cáo hoặc tổ chức sơ kết theo Đề cương" in letter(changed(plan, own_reviews=True))


def test_a_title_that_names_a_report_says_so_once(plan: Plan) -> None:
    named = changed(plan, title="Báo cáo cải cách hành chính năm 2026", short_title="Báo cáo CCHC")
    for text in (letter(named), outline(named), text_of(write_draft(blank_summary(named)).word)):
        assert "báo cáo báo cáo" not in text.lower()
        assert "BÁO CÁO\nbáo cáo" not in text
    assert "Đề nghị báo cáo CCHC" in letter(named)
    assert subject_of("Sơ kết 05 năm") == "sơ kết 05 năm"


def test_proper_names_keep_their_capital_inside_a_sentence(plan: Plan) -> None:
    assert name_inside("Sở Nông nghiệp và Môi trường các tỉnh") == "Sở Nông nghiệp và Môi trường các tỉnh"
    assert name_inside("Các sở, ngành") == "các sở, ngành"
    data = plan.model_dump()
    data["blocks"] = [
        {**data["blocks"][0], "name": "Ủy ban nhân dân các xã"},
        {**data["blocks"][0], "code": "so", "name": "Các sở"},
        *data["blocks"][1:],
    ]
    data["units"] = [*data["units"], {**data["units"][0], "code": "so_nv", "name": "Sở Nội vụ", "block": "so"}]
    data["campaigns"][0]["stages"]["unit_reports"]["blocks"] = {"so": {"before": "2021-11-01"}}
    text = letter(changed(plan, **data))
    assert "đối với các sở; " in text
    assert "đối với Ủy ban nhân dân các xã" in text


def test_whoever_stands_for_the_chair_has_no_capital_inside_a_sentence(plan: Plan, campaign: Campaign) -> None:
    decided = ConferenceFormat(
        id="f",
        decided_at=NOW,
        account="vptu",
        granted_by="Đ/c",
        reason="",
        format="online",
        day=campaign.closes,
        place="Hội trường",
    )
    text = text_of(render_conclusion(Meeting(plan, campaign, plan.stage("conference"), decided)))
    assert "kết luận của đại diện Ban Thường vụ Tỉnh ủy tại" in text


def test_a_letter_names_the_plan_by_its_number(plan: Plan) -> None:
    assert "Thực hiện Kế hoạch số 12-KH/TU của Ban Thường vụ" in letter(changed(plan, document_number="12-KH/TU"))


def test_a_target_of_each_unit_is_told_from_one_of_all(plan: Plan) -> None:
    data = plan.model_dump()
    data["forms"][0]["indicators"][1]["target"] = {"year": 2030, "value": 5, "scope": "unit"}
    summary = blank_summary(changed(plan, **data))
    text = text_of(write_draft(summary).word)
    assert "5 (2030, của mỗi đơn vị)" in text
    assert "5.000 (2025)" in text
    totals = openpyxl.load_workbook(io.BytesIO(render_figures(summary))).worksheets[0]
    cells = [cell.value for row in totals.iter_rows() for cell in row]
    assert {"2030, của mỗi đơn vị", 2025} <= {*cells}


@pytest.mark.parametrize(
    ("heads", "signs"),
    [
        (("Bí thư chi bộ thôn A", "Bí thư chi bộ thôn B"), "BÍ THƯ"),
        (("Trưởng thôn A", "Trưởng thôn B"), "TRƯỞNG THÔN"),
        (("Chủ tịch UBND xã A", "Giám đốc Sở B"), "THỦ TRƯỞNG ĐƠN VỊ"),
        (("Nguyễn Văn A", "Trần Thị B"), "THỦ TRƯỞNG ĐƠN VỊ"),
    ],
)
def test_a_form_is_signed_by_whom_the_plan_names_as_heads(plan: Plan, heads: tuple[str, ...], signs: str) -> None:
    units = [
        {**unit.model_dump(), "head": {"name": name, "email": "x@x.example"}}
        for unit, name in zip(plan.units, heads, strict=False)
    ]
    other = changed(plan, units=[*units, plan.units[-1].model_dump()])
    sheet = openpyxl.load_workbook(io.BytesIO(form_workbook(other, other.forms[0]))).worksheets[0]
    assert signs in {cell.value for row in sheet.iter_rows() for cell in row}
    nominates = text_of(render_nomination_form(other, other.campaigns[0], other.stage("unit_reports")))
    assert f"{signs.capitalize()} (ký, ghi rõ họ tên)" in nominates
