"""Drafts of plans of school years, spans, months: their own words and those that people write, held against reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from documents.labelled import summary_of
from documents.test_prose_figures import checked_tables
from plan.school import SCHOOL, deep_plan, school_plan
from soket.documents.alike import judged_together
from soket.documents.figure_checks import FigureCheck, Match
from soket.documents.figures import Summary
from soket.documents.form_fields import forms_fields
from soket.documents.form_sentences import form_sentences
from soket.documents.indicators import with_parts
from soket.documents.judging import FigureJudge
from soket.documents.known import KnownFigures
from soket.narrative.figures.stated import FigureReader
from soket.narrative.figures.subjects import parents_of

FIGURES = {
    "thpt_suoi_trang": {"CT01": [400, 420, 430], "CT02": [96, 97, 98], "CT03": [10, 6, 4]},
    "thpt_ben_go": {"CT01": [200, 210, 220], "CT02": [98, 98, 99], "CT03": [2, 3, 2]},
    "x_may_ngan": {"CT11": [150]},
    "x_da_trang": {"CT11": [80]},
}


SUMMARY = summary_of(SCHOOL, FIGURES)


def wrong(summary: Summary, text: str) -> list[str]:
    """Return what is found wrong about the figures of a paragraph."""
    said = [*FigureReader(summary.plan).figures(text)]
    assert said, text
    return [each.why for each in judged_together(FigureJudge(KnownFigures(summary)), said) if each is not None]


def table_checks(heads: Sequence[str], cells: Sequence[str]) -> list[FigureCheck]:
    rows = [["Chỉ tiêu", *heads], ["Tổng số học sinh (học sinh)", *cells]]
    return checked_tables(SCHOOL, SUMMARY, [f"| {' | '.join(row)} |" for row in rows])


@pytest.mark.parametrize(
    "text",
    [
        "Tổng số học sinh năm học 2025 - 2026 là 650 học sinh, tăng 20 học sinh so với năm học trước.",
        "Tỷ lệ tốt nghiệp năm học 2024-2025 là 97,5%.",
        "Số lượt bỏ học năm học 2025-2026 là 6 lượt, giảm 33,3% so với cùng kỳ năm học trước (9 lượt).",
        "Tổng số học sinh 2023-2024 là 600 học sinh, 2024-2025 là 630 học sinh.",
    ],
)
def test_right_figures_of_school_years(text: str) -> None:
    assert wrong(SUMMARY, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tổng số học sinh năm học 2025 - 2026 là 630 học sinh.",
        "Tổng số học sinh năm học 2025-2026 là 650 học sinh, tăng 50 học sinh so với năm học trước.",
        "Tỷ lệ tốt nghiệp năm học 2024-2025 là 98,5%.",
    ],
)
def test_figures_of_another_school_year(text: str) -> None:
    assert len(wrong(SUMMARY, text)) == 1


def test_a_school_year_is_no_year() -> None:
    assert [*FigureReader(SCHOOL).figures("Tổng số học sinh năm 2025 là 17 học sinh.")] == []


def test_heads_of_columns_begin_with_a_capital() -> None:
    assert next(form["years"] for form in forms_fields(SUMMARY, ""))[-1] == "Năm học 2025-2026"


def test_what_a_draft_says_is_right() -> None:
    said = [each for form in SUMMARY.forms for each in form_sentences(form)]
    assert said[0].startswith(
        "Tổng số học sinh đến hết năm học 2025-2026 là 650 học sinh, tăng 50 học sinh (8,3%) so với năm học 2023-2024"
    )
    assert said[2].startswith("Số lượt bỏ học năm học 2025-2026 đạt 6 lượt, giảm 50% so với năm học 2023-2024")
    assert [each for text in said for each in wrong(SUMMARY, text)] == []


def test_tables_of_a_draft() -> None:
    found = table_checks(["Năm học 2024-2025", "2025-2026"], ["630", "651"])
    assert [(each.printed.year, each.match) for each in found if each.printed] == [
        ("2025-SY", Match.EQUAL),
        ("2026-SY", Match.DIFFERS),
    ]


SPANS = school_plan("giai đoạn 2016-2020", "giai đoạn 2021-2025")
MIXED = school_plan("2023", "2024", "2025", "giai đoạn 2021-2025")
OF_SPANS = summary_of(
    SPANS,
    {
        "thpt_suoi_trang": {"CT01": [420, 430], "CT02": [97, 98], "CT03": [6, 4]},
        "thpt_ben_go": {"CT01": [210, 220], "CT02": [98, 99], "CT03": [3, 2]},
    },
)
OF_BOTH = summary_of(
    MIXED,
    {
        "thpt_suoi_trang": {"CT01": [410, 420, 430, 430], "CT02": [97, 98, 98, 98], "CT03": [6, 4, 3, 25]},
        "thpt_ben_go": {"CT01": [210, 220, 220, 220], "CT02": [98, 99, 99, 99], "CT03": [3, 2, 2, 15]},
    },
)


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        (OF_SPANS, "Giai đoạn 2021-2025 có 6 lượt bỏ học, giảm 3 lượt so với giai đoạn trước."),
        (OF_SPANS, "Trong 5 năm 2021 - 2025, số lượt bỏ học là 6 lượt (giai đoạn 2016 - 2020 là 9 lượt)."),
        (OF_BOTH, "Giai đoạn 2021-2025 có 40 lượt bỏ học; năm 2025 là 5 lượt, giảm 44,4% so với năm 2023."),
        (OF_BOTH, "Giai đoạn 2023-2025 có 20 lượt bỏ học."),  # what its years came to
    ],
)
def test_right_figures_of_spans(summary: Summary, text: str) -> None:
    assert wrong(summary, text) == []


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        (OF_SPANS, "Số lượt bỏ học giai đoạn 2021-2025 là 9 lượt."),
        (OF_SPANS, "Số lượt bỏ học giai đoạn 2021-2025 là 6 lượt, giảm 2 lượt so với giai đoạn 2016-2020."),
        (OF_BOTH, "Số lượt bỏ học giai đoạn 2021-2025 là 20 lượt."),
        (OF_BOTH, "Số lượt bỏ học năm 2025 là 40 lượt."),
    ],
)
def test_wrong_figures_of_spans(summary: Summary, text: str) -> None:
    assert len(wrong(summary, text)) == 1


def test_a_draft_holds_spans_against_spans() -> None:
    said = [each for form in OF_SPANS.forms[:1] for each in form_sentences(form)]
    assert said[2].startswith("Số lượt bỏ học giai đoạn 2021-2025 đạt 6 lượt, giảm 33,3% so với giai đoạn 2016-2020")
    assert [each for text in said for each in wrong(OF_SPANS, text)] == []


def test_a_draft_tells_a_span_beside_years_and_adds_nothing_up() -> None:
    said = [each for form in OF_BOTH.forms[:1] for each in form_sentences(form)]
    assert said[0].startswith(
        "Tổng số học sinh đến năm 2025 là 650 học sinh, tăng 30 học sinh (4,8%) so với năm 2023; đến hết giai đoạn "
        "2021-2025 là 650 học sinh"
    )
    assert said[2].startswith(
        "Số lượt bỏ học năm 2025 đạt 5 lượt, giảm 44,4% so với năm 2023; giai đoạn 2021-2025 đạt 40 lượt"
    )
    assert "Cả giai đoạn" not in said[2]
    assert [each for text in said for each in wrong(OF_BOTH, text)] == []


MONTHS = school_plan("tháng 9/2025", "tháng 7/2026", "tháng 8/2026", "tháng 9/2026")
OF_MONTHS = summary_of(
    MONTHS,
    {
        "thpt_suoi_trang": {"CT01": [400, 410, 420, 430], "CT02": [96, 97, 98, 98], "CT03": [10, 9, 8, 7]},
        "thpt_ben_go": {"CT01": [200, 210, 220, 230], "CT02": [98, 98, 99, 98], "CT03": [2, 3, 2, 2]},
    },
)


@pytest.mark.parametrize(
    ("text", "wrongs"),
    [
        ("Tháng 9/2026 có 9 lượt bỏ học, giảm 3 lượt so với cùng kỳ năm trước.", 0),
        ("Tháng 9 năm 2026 có 9 lượt bỏ học, giảm 10% so với tháng trước.", 0),
        ("Số lượt bỏ học tháng 9 là 9 lượt, giảm 1 lượt so với tháng 8.", 0),
        ("Số lượt bỏ học tháng 8/2026 là 9 lượt.", 1),
        ("Tháng 9/2026 có 9 lượt bỏ học, giảm 1 lượt so với cùng kỳ năm trước.", 1),
    ],
)
def test_figures_of_months(text: str, wrongs: int) -> None:
    assert len(wrong(OF_MONTHS, text)) == wrongs


@pytest.mark.parametrize(
    "when",
    ["9 tháng năm 2026", "9T/2026", "Lũy kế đến hết tháng 9/2026", "Ngày 15 tháng 9 năm 2026", "Đến tháng 9/2026"],
)
def test_what_is_of_no_month_is_not_held_against_one(when: str) -> None:
    for text in (f"{when} có 77 lượt bỏ học.", f"Số lượt bỏ học {when.lower()} là 77 lượt."):
        said = [*FigureReader(MONTHS).figures(text)]
        assert not [each for each in said if each.period == "2026-M09"]


def test_a_draft_holds_a_month_against_the_same_a_year_before() -> None:
    said = [each for form in OF_MONTHS.forms[:1] for each in form_sentences(form)]
    assert said[0].startswith(
        "Tổng số học sinh tháng 9/2026 là 660 học sinh, tăng 60 học sinh (10%) so với tháng 9/2025"
    )
    assert said[2].startswith("Số lượt bỏ học tháng 9/2026 đạt 9 lượt, giảm 25% so với tháng 9/2025")
    assert [each for text in said for each in wrong(OF_MONTHS, text)] == []


def test_parts_of_parts_are_told_within_their_parts() -> None:
    plan = deep_plan()
    figures = FIGURES["thpt_suoi_trang"] | {"CT01.1": [200, 210, 220], "CT01.1.1": [20, 20, 25], "CT01.1.2": [8, 9, 9]}
    summary = summary_of(plan, {"thpt_suoi_trang": figures | {"CT01.2": [1, 2, 4]}})
    form = replace(summary.forms[0], indicators=with_parts(summary.forms[0].indicators))
    summary = replace(summary, forms=(form, *summary.forms[1:]))
    whole, *others = form_sentences(form)
    assert (
        "; trong đó học sinh nữ 220 học sinh (chiếm 51,2%; trong đó nữ nội trú 25 học sinh, nữ bán trú 9 học sinh); "
        "học sinh khuyết tật 4 học sinh (chiếm 0,9%)"
    ) in whole
    assert [each.split(" năm học")[0] for each in others] == ["Tỷ lệ tốt nghiệp", "Số lượt bỏ học"]
    assert wrong(summary, whole) == []
    assert parents_of(plan) == {"CT01.1": "CT01", "CT01.2": "CT01", "CT01.1.1": "CT01.1", "CT01.1.2": "CT01.1"}


def test_a_doubt_about_a_part_of_a_part_is_one_about_the_whole() -> None:
    summary = summary_of(deep_plan(), {"thpt_suoi_trang": {"CT01": [400, 420, 430], "CT01.1.1": [20, 20, 25]}})
    whole = next(item for item in summary.forms[0].indicators if item.indicator.code == "CT01")
    part = next(item for item in summary.forms[0].indicators if item.indicator.code == "CT01.1.1")
    doubted = replace(part.years[-1], values=tuple(replace(each, doubtful=True) for each in part.years[-1].values))
    items = with_parts([whole, replace(part, years=(*part.years[:-1], doubted))])
    assert items[0].sound is not items[0]
    assert items[0].sound.parts[0].latest != items[0].parts[0].latest
