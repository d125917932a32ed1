from __future__ import annotations

import pytest

from intake import corpus
from soket.campaign.records import Submission
from soket.intake.classify import classify
from soket.intake.outline import read_sections
from soket.plan.model import Plan

TEXT = "Đơn vị đã triển khai các nội dung của Nghị quyết, đạt kết quả bước đầu và có những hạn chế."


def headings(plan: Plan, *paragraphs: str) -> dict[str, str | None]:
    return {section.section: section.heading for section in read_sections(plan, paragraphs)}


def test_a_report_that_follows_the_outline(small_plan: Plan) -> None:
    sections = read_sections(small_plan, [line for heading in corpus.HEADINGS for line in (heading, TEXT)])
    assert [section.heading for section in sections] == list(corpus.HEADINGS)
    assert [section.text for section in sections] == [TEXT] * 4


@pytest.mark.parametrize(
    "heading",
    [
        "II. KẾT QUẢ ĐẠT ĐƯỢC",
        "2. Kết quả đạt được:",
        "Phần II: Kết quả đạt được",
        "Kết quả đạt được",
        "II) Những kết quả đạt được sau 05 năm",
        "II.1. Kết quả thực hiện các chỉ tiêu",
        "Kêt quả đạt đựơc",
    ],
)
def test_headings_as_people_write_them(small_plan: Plan, heading: str) -> None:
    assert headings(small_plan, "BÁO CÁO", TEXT, heading, TEXT)["ket_qua"] == heading


def test_sentences_are_no_headings(small_plan: Plan) -> None:
    assert set(headings(small_plan, "BÁO CÁO", TEXT, "- Có những hạn chế;", TEXT * 4).values()) == {None}


def test_a_missing_section_is_none_and_the_text_before_it_does_not_end_early(small_plan: Plan) -> None:
    sections = read_sections(small_plan, [corpus.HEADINGS[0], TEXT, "1. Việc khác", TEXT, corpus.HEADINGS[3]])
    assert [section.heading is None for section in sections] == [False, True, True, False]
    assert sections[0].text == f"{TEXT}\n1. Việc khác\n{TEXT}"


def kind(plan: Plan, *paragraphs: str, unit: str = "huyen_1", name: str = "a.docx", found: int = 4) -> Submission:
    return classify(plan.unit(unit), name, paragraphs, found)


@pytest.mark.parametrize(
    ("expected", "paragraphs", "options"),
    [
        (Submission.REPORT, ("BÁO CÁO", "Sơ kết 05 năm", TEXT), {}),
        (Submission.REPORT, ("BÁO CÁO", "Sơ kết", TEXT * 40, "Không phát sinh vi phạm."), {}),
        (Submission.REPORT, ("BÁO CÁO", "Trong kỳ không phát sinh điểm nóng."), {"found": 3}),
        (Submission.NIL_RETURN, ("BÁO CÁO", "Đơn vị không phát sinh nội dung."), {"found": 0}),
        (Submission.NIL_RETURN, ("CÔNG VĂN", "Đơn vị không có nội dung báo cáo."), {"found": 1}),
        (Submission.OWN_REVIEW, ("BÁO CÁO", "Kết quả tổ chức sơ kết 05 năm"), {}),
        (Submission.OWN_REVIEW, ("BÁO CÁO", "Sơ kết"), {"name": "bao-cao-ket-qua-hoi-nghi-so-ket.docx"}),
        (Submission.OWN_REVIEW_PLAN, ("KẾ HOẠCH", "Tổ chức sơ kết 05 năm"), {"found": 0}),
        (Submission.REPORT, ("BÁO CÁO", "Sơ kết", "Thực hiện Kế hoạch tổ chức sơ kết của tỉnh, báo cáo:"), {}),
        (Submission.COVERAGE_PLAN, ("KẾ HOẠCH", "Không phát sinh"), {"unit": "bao_ht", "found": 0}),
    ],
)
def test_what_a_document_is(
    small_plan: Plan, expected: Submission, paragraphs: tuple[str, ...], options: dict[str, object]
) -> None:
    assert kind(small_plan, *paragraphs, **options) == expected  # type: ignore[arg-type]
