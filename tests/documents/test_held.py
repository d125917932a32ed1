"""What a sentence says against its heading is not counted there, nor quoted; the evidence says why."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl

from soket.documents.composing import compose
from soket.documents.discussion import prompts_of
from soket.documents.draft import write_draft
from soket.documents.said import Saying, gather
from soket.documents.unconfirmed import Unconfirmed
from soket.documents.unlike import remarks
from soket.documents.year_figures import UnitValue
from soket.faults import Fault
from soket.narrative.said.stances import Held
from soket.plan.model import Severity

from .builders import nq06
from .worded import lexicon, summary_of

NOT_DONE = "Huyện ủy chưa thành lập ban chỉ đạo phát triển du lịch."
LATE = "Ngoài ra, 03 dự án nghỉ dưỡng triển khai chậm, để đất hoang hóa."
DONE = "Nâng cấp 12 km đường vào khu du lịch; dự kiến năm 2023 làm thêm 05 km đường."


def said(**told: list[str]) -> dict[str, Saying]:
    found = gather(summary_of(nq06(), {"h_can_loc": told}), lexicon())
    return {each.text: each for under in found.sections for each in under.said}


def test_what_is_not_done_has_no_theme_and_what_is_planned_is_not_quoted() -> None:
    found = said(lanh_dao_chi_dao=[NOT_DONE], ket_qua=[DONE])
    assert [(each.theme and each.theme.code, each.held) for each in found.values()] == [
        (None, Held.LACKING),
        ("K2", Held.AHEAD),
    ]


def test_a_lack_told_among_results_stands_among_the_lacks_and_is_still_what_its_report_says_there() -> None:
    summary = summary_of(nq06(), {"h_can_loc": {"ket_qua": [DONE, LATE]}, "h_duc_tho": {"han_che": [LATE]}})
    sayings = gather(summary, lexicon())
    results, lacks = (next(x for x in sayings.sections if x.section.code == code) for code in ("ket_qua", "han_che"))
    assert [each.text for each in results.said] == [DONE]
    assert [(each.unit.code, each.section.code, each.number) for each in lacks.said] == [
        ("h_can_loc", "ket_qua", 2),
        ("h_duc_tho", "han_che", 1),
    ]
    assert {each.theme and each.theme.code for each in lacks.said} == {"H4"}
    (quoted,) = compose(sayings).quoted
    assert quoted.text == LATE


def test_without_themes_all_that_only_tells_of_a_lack_stands_among_the_lacks() -> None:
    told = [
        LATE,
        "Tiền trực của 05 trạm từ năm 2020 đến nay chưa trả.",
        "Làm 127 hộ mẫu (chỉ tiêu 300).",
        "Ký cam kết với 1.940 hộ không có người ngoài.",
        "Độ phủ đạt 95%, tăng 9%, tuy nhiên nhóm làm nghề biển mới đạt 62%.",
    ]
    sayings = gather(summary_of(nq06(), {"h_can_loc": {"ket_qua": told}}))
    results, lacks = (next(x for x in sayings.sections if x.section.code == code) for code in ("ket_qua", "han_che"))
    assert [each.text for each in lacks.said] == [LATE, told[1]]
    assert [(each.text, each.held) for each in results.said] == [
        (told[2], Held.LACKING),
        (told[3], Held.LACKING),
        ("Độ phủ đạt 95%, tăng 9%", None),
        ("nhóm làm nghề biển mới đạt 62%.", Held.LACKING),
    ]
    quoted = [[each.text for each in section.quotes] for section in compose(sayings).sections if section.quotes]
    assert quoted == [["Độ phủ đạt 95%, tăng 9%"], [told[1]]]


def test_without_themes_a_cause_of_a_few_words_is_told() -> None:
    told = ["Hạ tầng còn yếu.", "1. Nguyên nhân", "- Phong tục.", "- Ngại khó."]
    sayings = gather(summary_of(nq06(), {"h_can_loc": {"han_che": told}}))
    (lacks,) = (each for each in sayings.sections if each.said)
    assert [(each.text, each.cause) for each in lacks.said] == [
        ("Hạ tầng còn yếu.", None),
        ("Phong tục.", ""),
        ("Ngại khó.", ""),
    ]
    assert {each.text for each in compose(sayings).quoted} == {"Hạ tầng còn yếu.", "Phong tục.", "Ngại khó."}


def test_a_figure_in_doubt_by_its_own_sentence_is_for_the_drafter_to_ask() -> None:
    unsure = "Đào tạo 86 lượt lao động du lịch (thực tế 61 lượt hoàn thành)."
    sayings = gather(summary_of(nq06(), {"h_can_loc": {"ket_qua": [unsure]}}), lexicon())
    (remark,) = remarks(sayings, [])
    assert (remark.kind, remark.said and remark.said.text) == ("Số trong lời văn không rõ", unsure)
    assert not compose(sayings).quoted


def test_what_is_a_cause_among_the_lacks_or_says_of_a_thing_done_is_not_moved_there() -> None:
    told = [
        "Hạn chế là người đứng đầu một số chi bộ chưa quyết liệt.",
        "Rác thải được thu gom đạt 91%, tăng 17 điểm phần trăm, chưa đạt mục tiêu đề ra.",
    ]
    assert {each.section.code for each in said(ket_qua=told).values()} == {"ket_qua"}
    sayings = gather(summary_of(nq06(), {"h_can_loc": {"ket_qua": told}}), lexicon())
    assert [len(each.said) for each in sayings.sections if each.said] == [2]


def test_a_sentence_of_a_person_is_for_the_drafter_to_see() -> None:
    voice = "Chị Hoàng Thị Mơ, chủ nhà nghỉ bên hồ, kể: “Mùa hè phòng kín khách”."
    sayings = gather(summary_of(nq06(), {"h_can_loc": {"ket_qua": [voice]}}), lexicon())
    (remark,) = remarks(sayings, [])
    assert (remark.kind, remark.said and remark.said.text) == ("Nêu người, vụ việc", voice)
    assert not prompts_of(sayings.summary, lexicon())
    assert not compose(sayings).quoted


def test_what_was_hard_is_no_advantage() -> None:
    found = said(dac_diem=["Huyện có lợi thế về biển.", "Bãi biển bị ảnh hưởng nặng bởi sự cố môi trường năm 2016."])
    assert [each.theme and each.theme.code for each in found.values()] == ["D1", "D2"]


def test_words_against_an_open_table_are_not_quoted_until_somebody_answers() -> None:
    claim = "Lượng khách tham quan các điểm trên địa bàn tăng rõ, năm 2019 đón 52 nghìn lượt khách tại hồ."
    summary = summary_of(nq06(), {"h_can_loc": {"ket_qua": [claim]}})
    (before,) = compose(gather(summary, lexicon())).quoted
    fault = Fault(code="TB-01", severity=Severity.WARNING, message=f"Báo cáo viết “{claim}”", denies=("b.xlsx", "F5"))
    open_one = replace(summary, unconfirmed=(Unconfirmed(before.unit, 1, fault),))
    (said,) = (each for under in gather(open_one, lexicon()).sections for each in under.said)
    assert (said.theme, said.held) == (before.theme, Held.GAINSAID)
    assert not compose(gather(open_one, lexicon())).quoted


def test_a_change_that_the_table_has_otherwise_is_not_quoted_and_no_figure_is_in_doubt_for_it() -> None:
    claim = "Lượng khách tham quan các điểm trên địa bàn tăng rõ, năm 2019 tăng 52% so với năm 2018."
    summary = summary_of(nq06(), {"h_can_loc": {"ket_qua": [claim]}})
    (before,) = compose(gather(summary, lexicon())).quoted
    fault = Fault(code="TB-03", severity=Severity.WARNING, message=f"Báo cáo viết “{claim}”", weighs=("E5", "F5"))
    asked = Unconfirmed(before.unit, 1, fault)
    open_one = replace(summary, unconfirmed=(asked,))
    sayings = gather(open_one, lexicon())
    assert [each.held for under in sayings.sections for each in under.said] == [Held.GAINSAID]
    assert not compose(sayings).quoted
    assert [each.kind for each in remarks(sayings, [])] == ["Lời văn khác biểu số liệu"]
    assert fault.is_odd
    assert not any(asked.is_about(UnitValue(before.unit, 52, 1, "b.xlsx", cell)) for cell in fault.weighs)


def test_the_evidence_says_why_a_sentence_is_not_quoted() -> None:
    summary = summary_of(nq06(), {"h_can_loc": {"ket_qua": [DONE]}})
    rows = list(openpyxl.load_workbook(io.BytesIO(write_draft(summary, lexicon()).evidence))["Mọi câu"].values)[2:]
    assert [row[-3] for row in rows] == ["không trích: có việc dự kiến, kiến nghị"]


def test_what_is_copied_out_of_the_plan_is_no_words_of_the_unit() -> None:
    purpose = " ".join(nq06().purposes[1].split())
    own = "Huyện ủy tổ chức quán triệt Nghị quyết cho 3.215 đảng viên, nâng cao nhận thức về vai trò của du lịch."
    named = f"Huyện ủy ban hành Chương trình hành động số 12-CTr/HU thực hiện {nq06().resolution}."
    found = said(lanh_dao_chi_dao=[purpose, f"Mục đích của việc này là {purpose[18:]}", own, named])
    assert [each.held for each in found.values()] == [Held.PASTED, Held.PASTED, None, None]
    assert [each.theme is None for each in found.values()] == [True, True, False, False]


def test_a_distinction_is_told_of_who_has_it_for_what_the_plan_is_about() -> None:
    told = [
        "Chi bộ Công ty Cổ phần Du lịch Thiên Ý được tặng Bằng khen vì đã hiến 420 suất quà cho người nghèo.",
        "Các cấp Hội đã nấu 56.000 suất cơm cho khu cách ly, hiện các chị còn mong được biểu dương.",
        "Hội Nông dân huyện được UBND tỉnh tặng Bằng khen về thành tích phòng, chống dịch.",
        "Đã có 03 tập thể được UBND tỉnh khen thưởng về thành tích phát triển du lịch.",
        "Có 04 tập thể có thành tích xuất sắc trong thực hiện Nghị quyết được tặng Bằng khen.",
        "Có 02 tập thể, 05 cá nhân được tặng Bằng khen của Chủ tịch UBND tỉnh.",
    ]
    assert [each.theme and each.theme.code for each in said(ket_qua=told).values()] == [None] * 3 + ["K11"] * 3
