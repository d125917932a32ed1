"""Tables of quarters, halves, nine months and sums to a day, as people head them, and as our own form does."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from intake.plans import FORM
from soket.documents.forms import form_workbook
from soket.intake.table import FormTable, find_tables
from soket.plan.model import IndicatorForm, Plan
from soket.plan.periods import PeriodId
from soket.reading.findings import Cell, Sheet, Special


def form_of(plan: Plan, *years: PeriodId) -> IndicatorForm:
    form = next(form for form in plan.forms if form.code == FORM)
    first = form.indicators[0].model_copy(update={"rules": ()})
    return form.model_copy(update={"years": years, "indicators": (first, form.indicators[3]), "rules": ()})


def table_of(form: IndicatorForm, *heads: Sequence[Any], values: Sequence[int]) -> FormTable:
    one, other = form.indicators
    lines = [*heads, [one.code, one.name, *values], [other.code, other.name, *(value + 1 for value in values)]]
    cells: list[tuple[Cell, ...]] = [
        tuple(float(cell) if type(cell) is int else cell for cell in line) for line in lines
    ]
    (table,) = find_tables(form, "a.xlsx", [Sheet("Biểu", 1, 1, tuple(cells))])
    return table


def read(table: FormTable) -> dict[PeriodId, float | None]:
    return {year: figure.value for (code, year), figure in table.figures.items() if code == "CT01"}


NAMES = ["Mã", "Chỉ tiêu"]


@pytest.mark.parametrize(
    ("period", "heading"),
    [
        ("2026-Q1", "Quý I/2026"),
        ("2026-Q1", "Quý 1 năm 2026"),
        ("2026-Q1", "QUÝ I"),  # the one first quarter that is asked for
        ("2026-Q1", "Thực hiện quý I năm 2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026-H1", "TH 06 tháng năm 2026"),
        ("2026-H2", "6 tháng cuối năm 2026"),
        ("2026-9M", "9 tháng đầu năm 2026"),
        ("2026-9M", "Ước thực hiện 9 tháng"),
        ("2026-06-30", "Lũy kế đến 30/6/2026"),
        ("2026-06-30", "Đến ngày 30/6/2026"),
        ("2026-06-30", "Đến hết tháng 6/2026"),
        ("2026-06-30", "30/6/2026"),
        ("2026-H1", "6T/2026"),
        ("2026-Q4", "Q4/2026"),
        ("2026-Q4", "Q.IV/2026"),
        (2026, "Cả năm 2026"),
        ("2026-SY", "Năm học 2025-2026"),
        ("2026-SY", "Ước thực hiện NH 2025 - 2026"),
        ("2026-SY", "2025–2026"),
        ("2026-M09", "Tháng 9"),
        ("2026-M09", "Ước thực hiện tháng 9 năm 2026"),
        ("2026-M09", "T9"),
        ("2025-Y5", "Giai đoạn 2021-2025"),
        ("2025-Y5", "GĐ 2021 - 2025"),
        ("2025-Y5", "Thực hiện 5 năm 2021-2025"),
        ("2025-Y5", "2021–2025"),
        ("2025-Y5", "Từ năm 2021 đến năm 2025"),
    ],
)
def test_a_period_as_people_head_it(small_plan: Plan, period: PeriodId, heading: str) -> None:
    table = table_of(form_of(small_plan, period), [*NAMES, heading], values=[10])
    assert table.faults == []
    assert read(table) == {period: 10}


def test_quarters_under_their_year(small_plan: Plan) -> None:
    form = form_of(small_plan, 2025, "2026-Q1", "2026-Q2")
    heads = [None, None, "Năm 2025", "Năm 2026", None], [*NAMES, None, "Quý I", "Quý II"]
    table = table_of(form, *heads, values=[10, 20, 30])
    assert read(table) == {2025: 10, "2026-Q1": 20, "2026-Q2": 30}


def test_what_was_planned_for_a_quarter_is_not_what_was_done(small_plan: Plan) -> None:
    table = table_of(
        form_of(small_plan, "2026-Q1"), [*NAMES, "Kế hoạch quý I/2026", "Thực hiện quý I/2026"], values=[10, 20]
    )
    assert read(table) == {"2026-Q1": 20}
    lacking = table_of(
        form_of(small_plan, "2026-Q1", "2026-Q2"), [*NAMES, "Quý I/2026", "Kế hoạch quý II/2026"], values=[10, 20]
    )
    assert [fault.message for fault in lacking.faults] == [
        "Quý II/2026 chỉ có số «Kế hoạch quý II/2026», không phải số thực hiện của kỳ."
    ]


def test_the_whole_year_and_its_parts_are_kept_apart(small_plan: Plan) -> None:
    table = table_of(form_of(small_plan, 2026), [*NAMES, "Quý I/2026", "Năm 2026"], values=[10, 40])
    assert read(table) == {2026: 40}
    table = table_of(
        form_of(small_plan, "2026-9M", 2025), [*NAMES, "9 tháng 2025", "Năm 2025", "9 tháng 2026"], values=[5, 8, 7]
    )
    assert read(table) == {2025: 8, "2026-9M": 7}


def test_a_span_is_no_year_where_years_are_asked_for(small_plan: Plan) -> None:
    for head in ("2025-2026", "Năm học 2025-2026", "Giai đoạn 2021-2026"):
        table = table_of(form_of(small_plan, 2025, 2026), [*NAMES, "2025", head, "2026"], values=[1, 2, 3])
        assert read(table) == {2025: 1, 2026: 3}
    both = table_of(
        form_of(small_plan, 2025, "2026-SY", 2026), [*NAMES, "2025", "2025-2026", "Năm 2026"], values=[1, 2, 3]
    )
    assert read(both) == {2025: 1, "2026-SY": 2, 2026: 3}


def test_school_years_under_one_word(small_plan: Plan) -> None:
    form = form_of(small_plan, "2025-SY", "2026-SY")
    heads = [None, None, "Năm học", None], [*NAMES, "2024-2025", "2025-2026"]
    assert read(table_of(form, *heads, values=[1, 2])) == {"2025-SY": 1, "2026-SY": 2}


def test_months_under_their_year(small_plan: Plan) -> None:
    form = form_of(small_plan, 2025, "2026-M08", "2026-M09")
    heads = [None, None, "Năm 2025", "Năm 2026", None], [*NAMES, None, "Tháng 8", "Tháng 9"]
    assert read(table_of(form, *heads, values=[10, 20, 30])) == {2025: 10, "2026-M08": 20, "2026-M09": 30}
    under = [None, None, "Năm 2025", "Tháng", None], [*NAMES, None, "8/2026", "9/2026"]
    assert read(table_of(form, *under, values=[10, 20, 30])) == {2025: 10, "2026-M08": 20, "2026-M09": 30}


def test_a_month_is_apart_from_the_months_until_it(small_plan: Plan) -> None:
    form = form_of(small_plan, "2026-M09", "2026-9M")
    heads = [*NAMES, "Tháng 9/2026", "Lũy kế đến hết tháng 9/2026", "9T/2026"]
    assert read(table_of(form, heads, values=[1, 2, 3])) == {"2026-M09": 1, "2026-9M": 3}
    titled = table_of(
        form_of(small_plan, "2026-M09"), ["Kết quả tháng 8 năm 2026"], [*NAMES, "Số liệu tháng 9"], values=[1]
    )
    assert [each.code for each in titled.faults] == ["BS-25"]


def test_a_span_beside_its_years(small_plan: Plan) -> None:
    form = form_of(small_plan, 2024, 2025, "2025-Y5")
    heads = [*NAMES, "2024", "2025", "2021-2025", "Bình quân giai đoạn 2021-2025", "2025 so với 2024 (%)"]
    assert read(table_of(form, heads, values=[1, 2, 3, 4, 5])) == {2024: 1, 2025: 2, "2025-Y5": 3}
    told = table_of(form, ["", "Số liệu 09 tháng"], heads, values=[1, 2, 3, 4, 5])
    assert [each.code for each in told.faults] == ["BS-25"]  # as where there is no span
    under = [None, None, "Năm", None, "Giai đoạn"], [*NAMES, "2024", "2025", "2021-2025"]
    assert read(table_of(form, *under, values=[1, 2, 3])) == {2024: 1, 2025: 2, "2025-Y5": 3}


def test_the_title_of_a_programme_is_of_no_other_span(small_plan: Plan) -> None:
    title = ["Kết quả thực hiện Chương trình giai đoạn 2021-2030"]
    table = table_of(form_of(small_plan, "2025-Y5"), title, [*NAMES, "Giai đoạn 2021-2025"], values=[1])
    assert table.faults == []
    assert read(table) == {"2025-Y5": 1}


def test_what_is_missing_is_said_in_its_words(small_plan: Plan) -> None:
    table = table_of(form_of(small_plan, "2026-Q1", "2026-Q2"), [*NAMES, "Quý I/2026"], values=[10])
    assert [(fault.code, fault.message) for fault in table.faults] == [("BS-03", "Thiếu số liệu của quý II/2026.")]


def test_our_own_form_is_read_back_even_with_its_headings_changed(small_plan: Plan) -> None:
    form = form_of(small_plan, "2026-Q1", "2026-06-30")
    sheet = openpyxl.load_workbook(BytesIO(form_workbook(small_plan, form))).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[3][4:6] == ["Quý I/2026", "Lũy kế đến 30/06/2026"]
    lines[3][4] = "Số liệu"
    for number, line in enumerate(lines[4:6]):
        line[4:6] = [float(number), float(number + 10)]
    (table,) = find_tables(form, "a.xlsx", [Sheet("Biểu", 1, 1, tuple(map(tuple, lines)))])
    assert table.faults == []
    assert read(table) == {"2026-Q1": 0, "2026-06-30": 10}


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("Quý III/2026", "BS-25"),
        ("6 tháng đầu năm 2026", "BS-25"),
        ("Tháng 12/2026", "BS-25"),
        ("Kế hoạch quý IV/2026", "BS-25"),
        ("Quý IV/2025", "BS-25"),
        ("Tháng 10, 11/2026", "BS-26"),
    ],
)
def test_a_head_of_our_own_form_that_names_another_time_is_asked_about(
    small_plan: Plan, heading: str, code: str
) -> None:
    form = form_of(small_plan, "2026-Q4")
    sheet = openpyxl.load_workbook(BytesIO(form_workbook(small_plan, form))).worksheets[0]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[3][4] == "Quý IV/2026"
    lines[3][4] = heading
    for line in lines[4:6]:
        line[4] = 10.0
    (table,) = find_tables(form, "a.xlsx", [Sheet("Biểu", 1, 1, tuple(map(tuple, lines)))])
    assert [told.code for told in table.faults] == [code]
    assert read(table) == {"2026-Q4": None}


def test_a_title_of_another_quarter_is_asked_about(small_plan: Plan) -> None:
    form = form_of(small_plan, "2026-Q4")
    titled = table_of(form, ["Kết quả quý III năm 2026"], [*NAMES, "Số liệu quý IV/2026"], values=[10])
    assert [told.code for told in titled.faults] == ["BS-25"]
    assert table_of(form, ["Kết quả quý IV năm 2026"], [*NAMES, "Quý IV/2026"], values=[10]).faults == []


@pytest.mark.parametrize(
    "heads",
    [
        ["Quý III/2026", "Quý IV/2026"],
        ["Quý I/2026", "Quý II/2026", "Quý III/2026", "Quý IV/2026"],
        ["Trước sáp nhập (đến 30/6/2025)", "Quý IV/2026"],
        ["Quý IV/2026", "Quý III/2026"],
    ],
)
@pytest.mark.parametrize("title", [[], [["KẾT QUẢ QUÝ IV NĂM 2026"]]])
def test_a_column_of_another_quarter_beside_is_no_title(
    small_plan: Plan, heads: list[str], title: list[list[str]]
) -> None:
    table = table_of(form_of(small_plan, "2026-Q4"), *title, [*NAMES, *heads], values=range(90, 90 + len(heads)))
    assert read(table) == {"2026-Q4": 90 + heads.index("Quý IV/2026")}
    assert "BS-25" not in {each.code for each in table.faults}


@pytest.mark.parametrize("label", ["TT", "STT", "Số TT", "Mã số", "S.TT"])
def test_a_title_over_the_numbers_of_rows_is_no_head_of_theirs(small_plan: Plan, label: str) -> None:
    form = form_of(small_plan, "2026-Q4")
    rows: list[tuple[Cell, ...]] = [("KẾT QUẢ QUÝ IV NĂM 2026",), (label, "Chỉ tiêu", "Quý trước", "Quý này")]
    rows += [(float(at), each.name, 170.0 + at, 180.0 + at) for at, each in enumerate(form.indicators, 1)]
    for table in find_tables(form, "a.xlsx", [Sheet("Biểu", 1, 1, tuple(rows))]):
        assert {each.value for each in table.figures.values()} <= {None, 181.0, 182.0}


@pytest.mark.parametrize(
    "heading", ["Đến ngày 30 tháng 6 năm 2026", "Tính đến 30 tháng 6 năm 2026", Special("date", "2026-06-30 00:00:00")]
)
def test_a_day_in_words_or_as_a_date_is_that_day(small_plan: Plan, heading: Cell) -> None:
    table = table_of(form_of(small_plan, 2025, "2026-06-30"), [*NAMES, "2025", heading], values=[9, 10])
    assert read(table) == {2025: 9, "2026-06-30": 10}
