"""Plans of school years, spans, months, parts of parts: their form filled in by other hands, judged as intake does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from pydantic import ValidationError

from intake.turns import PlainValidator
from plan.school import SCHOOL, deep_plan, school_plan
from reading import corpus
from soket.cli import report
from soket.documents.forms import form_workbook
from soket.intake.table.rows import RowFinder
from soket.plan.model import Indicator, Plan
from soket.plan.periods import PeriodId
from soket.record.records import Ruling

FIGURES = {"CT01": (612, 640, 655), "CT02": (97.5, 98, 98.25), "CT03": (6, 5, 4)}


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch, inline: None) -> None:
    monkeypatch.setattr(report, "Validator", PlainValidator)


def judged(plan: Plan, unit: str, table: bytes) -> report.Judged:
    headings = tuple(f"{each.number}. {each.title}" for each in plan.outline)
    files = {corpus.REPORT: corpus.report("Tổng kết", headings), corpus.TABLE: table}
    return report.judge_offline(plan, plan.campaigns[0], plan.unit(unit), files)


def filled_in(
    plan: Plan, code: str, figures: Mapping[str, Sequence[float]], heads: Sequence[Any] = (), *, own: bool = False
) -> bytes:
    """Return a plan's form with figures and heads renamed; `own` is a table of the unit's, without our marks."""
    form = next(each for each in plan.forms if each.code == code)
    made = openpyxl.load_workbook(BytesIO(form_workbook(plan, form)))
    sheet = made.worksheets[0]
    for at, values in enumerate(figures.values()):
        for column, value in enumerate(values):
            sheet.cell(5 + at, 5 + column).value = value
    for column, head in enumerate(heads):
        sheet.cell(4, 5 + column).value = head
    if own:
        lines = [[cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=4)]
        made = openpyxl.Workbook()
        for line in lines:
            made.worksheets[0].append(line)
    return corpus.saved(made)


def read(found: report.Judged) -> dict[tuple[str, PeriodId], float | None]:
    return {(each.indicator, each.year): each.value for each in found.parsed.figures}


def told(found: report.Judged) -> list[str]:
    return [f"{each.code} {each.message}" for each in found.verdict.faults]


def of(years: Sequence[PeriodId], figures: Mapping[str, Sequence[float]]) -> dict[Any, float]:
    return {(code, year): value for code, values in figures.items() for year, value in zip(years, values, strict=True)}


SCHOOL_YEARS = ("năm học 2023-2024", "năm học 2024-2025", "năm học 2025-2026")
SPANS = ("giai đoạn 2016-2020", "2025", "giai đoạn 2021-2025")
MONTHS = ("tháng 9/2025", "tháng 8/2026", "tháng 9/2026")
# By the columns of a plan: the periods that they are, and what people head them with.
PERIODS: dict[tuple[str, ...], Sequence[PeriodId]] = {
    SCHOOL_YEARS: ("2024-SY", "2025-SY", "2026-SY"),
    SPANS: ("2020-Y5", 2025, "2025-Y5"),
    MONTHS: ("2025-M09", "2026-M08", "2026-M09"),
}
HEADS: dict[tuple[str, ...], Sequence[Sequence[Any]]] = {
    SCHOOL_YEARS: [
        (),
        ("Năm học 2023 - 2024", "Năm học 2024 - 2025", "Ước năm học 2025 - 2026"),
        ("NH 2023-2024", "NH 2024-2025", "NH 2025-2026"),
        ("2023-2024", "2024–2025", "2025 - 2026"),
        ("2023-24", "2024–25", "TH 2025 - 26"),
        ("NH 23-24", "Năm học 2024/2025", "Năm học 2025/26"),
        ("TH năm học 2023-2024", "TH năm học (2024-2025)", "Năm học 2025-2026 (ước TH)"),
    ],
    SPANS: [
        (),
        ("GĐ 2016-2020", "Năm 2025", "GĐ 2021-2025"),
        ("5 năm 2016-2020", 2025, "5 năm (2021 - 2025)"),
        ("2016–2020", "TH 2025", "Ước TH 2021–2025"),
        ("Tổng giai đoạn 2016-2020", "Năm 2025", "Lũy kế giai đoạn 2021-2025"),
    ],
    MONTHS: [
        (),
        ("T9/2025", "T8/2026", "T9/2026"),
        ("T9/25", "T.8/26", "Ước tháng 9/'26"),
        ("9/2025", "8/2026", "9/2026"),
        (date(2025, 9, 1), date(2026, 8, 1), date(2026, 9, 1)),  # 9/2025, as a spreadsheet takes it
        ("TH tháng 9 năm 2025", "Tháng 8", "Ước TH tháng 9/2026"),
        ("Tháng 09/2025", "Tháng 08-2026", "Tháng 09 năm 2026"),
    ],
}
# What stands over the last column and is no figure of its period.
OTHERS = {
    SPANS: ["Bình quân giai đoạn 2021-2025", "KH giai đoạn 2021-2025", "Giai đoạn 2021-2030", "Năm 2021", "2021-2026"],
    MONTHS: [
        "9T/2026",
        "9 tháng năm 2026",
        "9 tháng",
        "Lũy kế đến hết tháng 9/2026",
        "Đến tháng 9/2026",
        "Năm 2026",
        "Quý III/2026",
        "KH tháng 9/2026",
        "30/9/2026",
        "Tháng 7, 8, 9/2026",
    ],
}


@pytest.mark.parametrize("own", [False, True])
@pytest.mark.parametrize(("columns", "heads"), [(columns, each) for columns, every in HEADS.items() for each in every])
def test_columns_as_people_head_them(columns: tuple[str, ...], heads: Sequence[Any], own: bool) -> None:
    plan = school_plan(*columns)
    found = judged(plan, "thpt_ben_go", filled_in(plan, "bieu_truong", FIGURES, heads, own=own))
    assert found.verdict.ruling is Ruling.ACCEPTED
    assert told(found) == []
    assert read(found) == of(PERIODS[columns], FIGURES)


@pytest.mark.parametrize(("columns", "head"), [(columns, each) for columns, every in OTHERS.items() for each in every])
def test_what_is_no_figure_of_a_column_is_not_taken(columns: tuple[str, ...], head: str) -> None:
    plan = school_plan(*columns)
    *before, last = PERIODS[columns]
    table = filled_in(plan, "bieu_truong", FIGURES, (*HEADS[columns][1][: len(before)], head))
    found = judged(plan, "thpt_ben_go", table)
    assert found.verdict.ruling is Ruling.RETURNED
    assert not {value for (_, year), value in read(found).items() if year == last} - {None}


def test_a_school_year_is_held_against_the_one_before() -> None:
    plan = SCHOOL
    table = filled_in(plan, "bieu_truong", FIGURES | {"CT03": (6, 5, 50)})
    (jump,) = [each for each in judged(plan, "thpt_ben_go", table).verdict.faults if each.code == "BD-CT03"]
    assert "năm học 2025-2026 là 50 lượt, gấp 10 lần năm học 2024-2025 (5)" in jump.message


def test_what_is_of_no_school_year_asked_for_is_not_taken() -> None:
    plan = SCHOOL
    for heads, said in (
        (("2022-2023", "2024-2025", "2025-2026"), "BS-25"),
        (("Năm 2023", "2024-2025", "2025-2026"), "BS-26"),
        (("2023-25", "2024-2025", "2025-2026"), "BS-26"),
        (("22-23", "2024-2025", "2025-2026"), "BS-25"),
        (("Đầu năm học 2023-2024", "2024-2025", "2025-2026"), "BS-26"),
        (("Kế hoạch năm học 2023-2024", "2024-2025", "2025-2026"), "BS-25"),
        (("So với 2022-2023 (%)", "2024-2025", "2025-2026"), "BS-25"),
    ):
        found = judged(plan, "thpt_ben_go", filled_in(plan, "bieu_truong", FIGURES, heads))
        assert [each for each in told(found) if each.startswith(said)], (heads, told(found))
        assert not {value for (_, year), value in read(found).items() if year == "2024-SY"} - {None}


def test_a_span_is_held_against_one_as_long_and_no_year() -> None:
    figures = FIGURES | {"CT03": (50, 400, 40)}
    plan = school_plan(*SPANS)
    assert told(judged(plan, "thpt_ben_go", filled_in(plan, "bieu_truong", figures))) == []
    figures |= {"CT03": (50, 5, 400)}
    (jump,) = judged(plan, "thpt_ben_go", filled_in(plan, "bieu_truong", figures)).verdict.faults
    assert "giai đoạn 2021-2025 là 400 lượt, gấp 8 lần giai đoạn 2016-2020 (50)" in jump.message


def test_a_month_is_held_against_the_same_a_year_before() -> None:
    plan = school_plan(*MONTHS)
    figures = FIGURES | {"CT03": (40, 5, 45)}
    assert told(judged(plan, "thpt_ben_go", filled_in(plan, "bieu_truong", figures))) == []
    figures |= {"CT03": (5, 40, 45)}
    (jump,) = judged(plan, "thpt_ben_go", filled_in(plan, "bieu_truong", figures)).verdict.faults
    assert "tháng 9/2026 là 45 lượt, gấp 9 lần tháng 9/2025 (5)" in jump.message


PARTS = FIGURES | {
    "CT01": (612, 640, 655),
    "CT01.1": (300, 310, 320),
    "CT01.1.1": (20, 21, 22),
    "CT01.1.2": (40, 41, 42),
    "CT01.2": (2, 3, 4),
}
IN_ORDER = {code: PARTS[code] for code in ("CT01", "CT01.1", "CT01.1.1", "CT01.1.2", "CT01.2", "CT02", "CT03")}


@pytest.mark.parametrize("own", [False, True])
def test_parts_of_parts_are_read_by_their_codes(own: bool) -> None:
    plan = deep_plan()
    table = filled_in(plan, "bieu_truong", IN_ORDER, own=own)
    found = judged(plan, "thpt_ben_go", table)
    assert found.verdict.ruling is Ruling.ACCEPTED
    assert told(found) == []
    assert read(found) == of(PERIODS[SCHOOL_YEARS], IN_ORDER)
    larger = IN_ORDER | {"CT01.1.1": (20, 21, 400)}
    (fault,) = judged(plan, "thpt_ben_go", filled_in(plan, "bieu_truong", larger, own=own)).verdict.faults
    assert fault.code == "SS-CT01.1.1"


def test_a_form_without_parts_of_parts_knows_no_such_code() -> None:
    deep, flat = (RowFinder(plan.forms[0]) for plan in (deep_plan(), SCHOOL))
    assert (found := deep.labels(["CT 1.1.2", "Nữ học bán trú"]).indicator) is not None
    assert found.code == "CT01.1.2"
    assert deep.labels(["CT01.1.3", "Nữ"]).unknown == "CT01.1.3"
    assert flat.labels(["CT01.1.2", "Nữ"]).unknown is None
    with pytest.raises(ValidationError, match=r"CT01\.1\.1\.1"):
        Indicator(code="CT01.1.1.1", name="Nữ", unit_of_measure="người")


def test_parts_of_parts_stand_deeper_in_the_form() -> None:
    plan = deep_plan()
    sheet = openpyxl.load_workbook(BytesIO(form_workbook(plan, plan.forms[0]))).worksheets[0]
    assert [sheet.cell(row, 3).alignment.indent for row in range(5, 10)] == [0, 2, 4, 4, 2]
