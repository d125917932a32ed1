"""Workbooks as people lay them out: merged heads, units of measure, hidden rows, turned tables."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from intake.plans import FORM, YEARS, make_plan
from reading import corpus
from soket.documents.forms import form_workbook
from soket.intake.table import FormTable, find_tables
from soket.plan.model import IndicatorForm, Plan
from soket.reading.findings import Layout, Sheet

Lines = Sequence[Sequence[Any]]
UNITS = {"CT01": "lượt", "CT01.1": "lượt", "CT01.2": "lượt", "CT02": "tỷ đồng", "CT03": "%", "CT04": "điểm"}


def submission(table: bytes, name: str = corpus.TABLE) -> dict[str, bytes]:
    """A good report beside a table."""
    return {corpus.REPORT: corpus.report(), name: table}


def sheet(
    lines: Lines,
    *,
    merged: Iterable[str] = (),
    formats: Mapping[str, str] | None = None,
    then: Callable[[Worksheet], object] | None = None,
) -> bytes:
    """A workbook of one sheet that starts at A1; `then` does to it what else is wanted."""
    made = Workbook()
    page = made.worksheets[0]
    page.title = "Biểu"
    for line in lines:
        page.append(list(line))
    for area in merged:
        page.merge_cells(area)
    for cell, code in (formats or {}).items():
        page[cell].number_format = code
    if then:
        then(page)
    return corpus.saved(made)


def rows(**changed: Sequence[Any]) -> list[list[Any]]:
    """A good table's rows without its head: code, name, one figure a year."""
    return corpus.rows({code.replace("__", "."): values for code, values in changed.items()})[1:]


def with_units(lines: Lines, **units: str) -> list[list[Any]]:
    """The same rows with a column of units of measure before the figures."""
    stated = UNITS | {code.replace("__", "."): unit for code, unit in units.items()}
    return [[*line[:2], stated[line[0]], *line[2:]] for line in lines]


HEAD = ["Mã", "Chỉ tiêu", *(f"Năm {year}" for year in YEARS)]
HEAD_WITH_UNITS = ["Mã", "Chỉ tiêu", "Đơn vị tính", *(f"Năm {year}" for year in YEARS)]


def planned_and_done(lines: Lines) -> list[list[Any]]:
    """Rows with a planned figure, a wrong one, before each that was reached."""
    return [[*line[:2], *(each for value in line[2:] for each in (7, value))] for line in lines]


def read_table(lines: Lines, *, name: str = "Biểu", asides: Sequence[tuple[str, str]] = ()) -> FormTable:
    """The one table of the small form on a sheet of these lines, with what is said beside its cells."""
    cells = tuple(tuple(float(cell) if type(cell) is int else cell for cell in line) for line in lines)
    (table,) = find_tables(small_form()[1], "a.xlsx", [Sheet(name, 1, 1, cells, Layout(asides=tuple(asides)))])
    return table


def turned(lines: Lines) -> list[list[Any]]:
    """A table with its years as rows."""
    return [list(column) for column in zip(*lines, strict=True)]


def small_form() -> tuple[Plan, IndicatorForm]:
    plan = make_plan()
    return plan, next(form for form in plan.forms if form.code == FORM)


def filled_form(
    then: Callable[[Worksheet], object] | None = None, *, plan: Plan | None = None, form: IndicatorForm | None = None
) -> bytes:
    """The plan's own form with good figures in it; `then` does to its sheet what a clerk does."""
    own_plan, own_form = small_form()
    book = openpyxl.load_workbook(io.BytesIO(form_workbook(plan or own_plan, form or own_form)))
    page = book.worksheets[0]
    columns = {cell.value: cell.column for row in page.iter_rows() for cell in row if cell.value is not None}
    for row in page.iter_rows(min_row=5):
        for year, value in zip(YEARS, corpus.GOOD.get(str(row[1].value), ()), strict=False):
            page.cell(row[0].row, columns[f"Năm {year}"]).value = value  # type: ignore[arg-type]
    page["C2"] = "Huyện ủy 1"
    if then:
        then(page)
    return corpus.saved(book)
