"""Where an indicator has several rows, a plan's and one of what was done, the latter is read, or it is asked which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest

from intake.plans import FORM, YEARS
from intake.sheets import with_units
from reading import corpus
from soket.intake.table import FormTable, find_tables
from soket.plan.model import IndicatorForm, Plan
from soket.reading.findings import Cell, Sheet, Special

PLANNED = (9, 9, 9)
HEAD = ["TT", "Chỉ tiêu", "ĐVT", None, *(f"Năm {year}" for year in YEARS)]


@pytest.fixture(scope="module")
def form(small_plan: Plan) -> IndicatorForm:
    return next(form for form in small_plan.forms if form.code == FORM)


def table_of(form: IndicatorForm, lines: Iterable[Sequence[Any]]) -> FormTable:
    cells: list[tuple[Cell, ...]] = [
        tuple(float(cell) if type(cell) is int else cell for cell in line) for line in lines
    ]
    (table,) = find_tables(form, "a.xlsx", [Sheet("Biểu", 1, 1, tuple(cells))])
    return table


def lines_with(code: str, *rows: Sequence[Any], **units: str) -> list[list[Any]]:
    """A good table without codes, one indicator's row in whose place are others: name, unit, words, its figures."""
    made: list[list[Any]] = [HEAD]
    for line in with_units(corpus.rows()[1:], **units):
        if line[0] == code:
            made += [[None, *row] for row in rows]
        else:
            made.append([None, line[1], line[2], None, *line[3:]])
    return made


def values(table: FormTable, code: str = "CT02") -> list[float | None]:
    return [table.figures[code, year].value for year in YEARS]


DONE = corpus.GOOD["CT02"]
NAME = "Doanh thu du lịch"


@pytest.mark.parametrize(("plan", "done"), [("KH", "TH"), ("Kế hoạch giao", "Thực hiện"), ("Mục tiêu", "Kết quả")])
@pytest.mark.parametrize("name_again", [None, NAME])
def test_the_row_that_says_it_was_done_is_read(form: IndicatorForm, plan: str, done: str, name_again: Any) -> None:
    first, then = [NAME, "tỷ đồng", plan, *PLANNED], [name_again, None, done, *DONE]
    share = [name_again, None, "Tỷ lệ (%)", 87, 86, 88]
    for rows in ([first, then], [first, then, share], [[NAME, "tỷ đồng", done, *DONE], [name_again, None, plan, 9, 9]]):
        table = table_of(form, lines_with("CT02", *rows))
        assert (values(table), table.faults) == (list(DONE), [])


@pytest.mark.parametrize(
    "rows",
    [
        [["Doanh thu du lịch (kế hoạch)", None, None, *PLANNED], ["Doanh thu du lịch (thực hiện)", None, None, *DONE]],
        [[NAME], ["- Kế hoạch", None, None, *PLANNED], ["- Thực hiện", None, None, *DONE]],
        [[NAME, None, "Nữ", 1, 1, 1], [None, None, "Nam", 2, 2, 2], [None, None, "Cộng", *DONE]],
    ],
)
def test_it_may_say_so_in_its_name_or_under_it_or_be_the_sum(form: IndicatorForm, rows: list[list[Any]]) -> None:
    table = table_of(form, lines_with("CT02", *rows))
    assert (values(table), table.faults) == (list(DONE), [])


def test_the_unit_stands_with_the_name(form: IndicatorForm) -> None:
    rows = [NAME, "triệu đồng", "KH", *PLANNED], [None, None, "TH", 12_500, 14_250, 9_000]
    for head in ("ĐVT", None):
        lines = lines_with("CT02", *rows)
        lines[0] = [*HEAD[:2], head, *HEAD[3:]]
        table = table_of(form, lines)
        assert values(table) == [12.5, 14.25, 9]
        assert [told.code for told in table.faults] == ["BS-15"]


@pytest.mark.parametrize(
    "rows",
    [
        [[NAME, None, None, *PLANNED], ["Thực hiện", None, None, *DONE]],
        [[NAME, None, None, *PLANNED], ["Đạt", None, None, *DONE]],
        [[NAME, None, None, *PLANNED], [None, None, None, *DONE]],
        [[NAME, None, "Chỉ tiêu giao", *PLANNED], [None, None, None, *DONE]],
        [[NAME, None, "KH", *PLANNED], [None, None, "đạt", *DONE]],
        [[NAME, None, "KH", *PLANNED], [None, None, "TH", *DONE], [None, None, "Ước TH", *DONE]],
        [[NAME, None, "Nữ", 1, 1, 1], [None, None, "Nam", 2, 2, 2]],
    ],
)
def test_where_no_row_says_it_it_is_asked(form: IndicatorForm, rows: list[list[Any]]) -> None:
    table = table_of(form, lines_with("CT02", *rows))
    assert values(table) == [None, None, None]
    (told,) = table.faults
    assert told.code == "BS-08"
    assert "dòng 5" in told.message or "dòng 6" in told.message


def test_a_plan_alone_is_not_taken(form: IndicatorForm) -> None:
    table = table_of(form, lines_with("CT02", [NAME, "tỷ đồng", "KH", *PLANNED], [None, None, "Tỷ lệ (%)", 1, 2, 3]))
    assert values(table) == [None, None, None]
    assert [(told.code, told.place) for told in table.faults] == [("BS-32", "dòng 5")]
    assert "«KH»" in table.faults[0].message


FURTHER = [
    ["Trong đó: nữ", None, None, 1, 2, 3],
    ["Tốc độ tăng so với năm trước", "%", None, None, 14.0, -36.8],
    [None, None, None, None, Special("percent", 0.14), "-36,8%"],
    [None, None, None, None, "(+14%)", "(-36,8%)"],
    [None, None, None, None, None, 1],
    ["Tổng cộng", None, None, 1, 2, 3],
    ["B", None, None, 1, 2, 3],
    [1, 2, 3, 4, 5, 6],
    ["1", "2", "3", "4", "5", "6"],
]
WOMEN = [None, None, "Nữ", 1, 2, 3]


@pytest.mark.parametrize("said", [None, "Tổng số", "Chi cục Thống kê", "Dự toán"])
def test_what_else_stands_below_changes_nothing(form: IndicatorForm, said: str | None) -> None:
    for further in FURTHER + ([WOMEN] if said in (None, "Tổng số") else []):
        table = table_of(form, lines_with("CT02", [NAME, "tỷ đồng", said, *DONE], further))
        assert (values(table), table.faults) == (list(DONE), [])
