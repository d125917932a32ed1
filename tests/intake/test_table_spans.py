"""Heads of years that are not merged over their columns, and figures that no head stands over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from intake.sheets import small_form
from soket.intake.table import FormTable, find_tables
from soket.plan.model import IndicatorForm
from soket.plan.periods import PeriodId
from soket.reading.findings import Area, Cell, Layout, Sheet

PLAN, FORM = small_form()
YEARS = FORM.years
NUMBERS = [float(str(year)) for year in YEARS]
DOWN: tuple[Area, ...] = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2))  # the labels' heads, merged over two rows
LABELS = ["Mã", "Chỉ tiêu", "ĐVT"]


def table_of(
    heads: Sequence[Sequence[Any]],
    *,
    form: IndicatorForm = FORM,
    merged: Sequence[Area] = (),
    row: Any = None,
) -> FormTable:
    """A table of a form: the figures of a year are 100, 200, … and one more in each further column."""
    per = row or (lambda number: [value for year in range(len(form.years)) for value in _pair(number, year)])
    lines = [list(head) for head in heads]
    for number, indicator in enumerate(form.indicators):
        lines.append([indicator.code, indicator.name, indicator.unit_of_measure, *per(number)])
    cells: list[tuple[Cell, ...]] = [tuple(line) for line in lines]
    (table,) = find_tables(form, "a.xlsx", [Sheet("Biểu", 1, 1, tuple(cells), Layout(tuple(merged)))])
    return table


def _pair(number: int, year: int) -> tuple[float, float]:
    return 100.0 * (year + 1) + 7 * number, 150.0 * (year + 1) + 7 * number


def values(table: FormTable, code: str = "CT01") -> dict[PeriodId, float | None]:
    return {year: table.figures[code, year].value for year in FORM.years if (code, year) in table.figures}


def spaced(years: Sequence[Any], *, before: int = 0, after: int = 1) -> list[Any]:
    """The years, each over the first of its columns, or over a later one."""
    return [cell for year in years for cell in (*[None] * before, year, *[None] * after)]


FIRST = {year: 100.0 * (at + 1) for at, year in enumerate(YEARS)}
SECOND = {year: 150.0 * (at + 1) for at, year in enumerate(YEARS)}


@pytest.mark.parametrize("merged", [(), DOWN, DOWN[1:2]], ids=["none", "labels", "name"])
@pytest.mark.parametrize(
    ("below", "expected"),
    [
        (("Kế hoạch", "Thực hiện"), SECOND),
        (("6 tháng", "Cả năm"), SECOND),
        (("Thực hiện", "% so KH"), FIRST),
        (("Tổng số", "Trong đó: nữ"), FIRST),
        (("Đầu năm", "Cuối năm"), None),
        (("TT Nghèn", "Toàn huyện"), None),
        (("Đăng ký", "Giải ngân"), None),
    ],
)
def test_year_stands_over_blank_cells(
    below: tuple[str, str], expected: dict[PeriodId, float] | None, merged: Sequence[Area]
) -> None:
    labels = [None] * 3 if merged == DOWN else [None, *LABELS[1:]] if not merged else LABELS
    heads = [[*LABELS, *spaced(NUMBERS)], [*([None] * 3 if merged else labels), *below * len(YEARS)]]
    table = table_of(heads, merged=merged)
    if expected:
        assert (values(table), table.faults) == (expected, [])
    else:
        assert {fault.code for fault in table.faults} == {"BS-09"}
        assert not any(values(table).values())


def test_years_stand_over_the_second_of_two() -> None:
    heads = [[*LABELS, *spaced(NUMBERS, before=1, after=0)], [None] * 3 + ["Thực hiện", "% so KH"] * len(YEARS)]
    assert values(table_of(heads, merged=DOWN)) == FIRST


def test_years_stand_over_the_second_of_three() -> None:
    heads = [
        [*LABELS, *spaced(NUMBERS, before=1, after=1)],
        [None] * 3 + ["Thực hiện", "Kế hoạch", "Tỷ lệ %"] * len(YEARS),
    ]
    table = table_of(
        heads, merged=DOWN, row=lambda number: [each for at in range(len(YEARS)) for each in (*_pair(number, at), 98.5)]
    )
    assert values(table) == FIRST


def test_a_second_column_without_any_head_is_asked_about() -> None:
    table = table_of([[*LABELS, *spaced(NUMBERS)]])
    assert [fault.code for fault in table.faults] == ["BS-09"] * len(YEARS)
    assert not any(values(table).values())


def test_the_last_year_alone_has_two() -> None:
    heads = [
        [*LABELS, *NUMBERS, None],
        [None] * 3 + ["Thực hiện"] * (len(YEARS) - 1) + ["Ước 9 tháng", "Cả năm"],
    ]
    table = table_of(heads, row=lambda number: [100.0 + number] * len(YEARS) + [777.0 + number])
    assert values(table)[YEARS[-1]] == 777


def test_figures_right_of_the_last_head_leave_their_row_open() -> None:
    def row(number: int) -> list[Any]:
        figures: list[Any] = [100.0 + number] * len(YEARS)
        return [None, *figures] if number == 1 else figures

    table = table_of([[*LABELS, *NUMBERS]], row=row)
    code = FORM.indicators[1].code
    assert [(fault.code, fault.place) for fault in table.faults] == [("BS-38", "ô G3")]
    assert set(values(table, code).values()) <= {None}
    assert set(values(table).values()) == {100}


@pytest.mark.parametrize(
    ("unit", "figures", "places"),
    [
        ("người", [None, 1.0, 2.0, 3.0], "ô G3"),
        ("người", [None, None, 1.0, 2.0, "3"], "ô G3, H3"),
        (1.0, [2.0, 3.0], "ô C3"),
        ("người", [None, 2.0, 3.0], None),
        ("người", [None, 2.0, 3.0, "4 cơ sở mới"], None),
        ("người", ["-", 2.0, 3.0, 4.0], None),
        (1.0, [1.0, 2.0, 3.0], None),
    ],
)
def test_figures_among_units_or_notes_leave_open_a_row_that_lacks_one(
    unit: Any, figures: list[Any], places: str | None
) -> None:
    lines: list[tuple[Any, ...]] = [(*LABELS, *NUMBERS, "Ghi chú")]
    for number, each in enumerate(FORM.indicators):
        lines.append(
            (each.code, each.name, *([unit, *figures] if number == 1 else [each.unit_of_measure, 7.0, 7.0, 7.0]))
        )
    (table,) = find_tables(FORM, "a.xlsx", [Sheet("Biểu", 1, 1, tuple(lines))])
    assert [fault.place for fault in table.faults if fault.code == "BS-38"] == ([places] if places else [])
    assert not places or not any(values(table, FORM.indicators[1].code).values())


@pytest.mark.parametrize("texts", [("5", "x"), ("1.200", "7")])
def test_further_columns_than_a_year_has_leave_all_rows_open(texts: tuple[str, str]) -> None:
    table = table_of(
        [[*LABELS, *NUMBERS]], row=lambda number: [100.0 + number] * len(YEARS) + [texts[0], None, texts[1]]
    )
    assert [fault.code for fault in table.faults] == ["BS-38"]
    assert not any(values(table).values())


@pytest.mark.parametrize(
    "heads",
    [
        [[*LABELS, *NUMBERS, "Ghi chú"]],
        [["TT", *LABELS[1:], *NUMBERS, None], [None] * 6 + ["Mức tăng trung bình"]],
        [[*LABELS, "Thực hiện", None, None, "Cộng các năm"], [None] * 3 + [*NUMBERS, None]],
    ],
)
def test_columns_with_heads_of_their_own_are_let_be(heads: list[list[Any]]) -> None:
    table = table_of(heads, row=lambda number: [100.0 + number] * len(YEARS) + [3.0 * number])
    assert (set(values(table).values()), table.faults) == ({100}, [])


def test_a_note_without_a_head_is_no_figure() -> None:
    table = table_of([[*LABELS, *NUMBERS]], row=lambda number: [1.0] * len(YEARS) + ["2 lớp do tỉnh mở"])
    assert not [fault for fault in table.faults if fault.code in ("BS-09", "BS-38")]


def test_a_quarter_stands_over_a_month_and_all_of_it() -> None:
    form = FORM.model_copy(update={"years": ("2026-Q4",), "indicators": FORM.indicators[:1], "rules": ()})
    heads = [[*LABELS, "Quý IV/2026", None], [None] * 3 + ["Tháng 12", "Lũy kế quý"]]
    assert [fault.code for fault in table_of(heads, form=form, merged=DOWN).faults] == ["BS-09"]
    heads[1][3:] = ["Kế hoạch", "Thực hiện"]
    assert table_of(heads, form=form, merged=DOWN).figures["CT01", "2026-Q4"].value == 150
