"""Reads .xlsx: by calamine and, where its answer would lose something, by openpyxl."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

from soket.intake.findings import Cell, FindingError, Sheet, Special

_MOST_ROWS, _MOST_COLUMNS = 3_000, 200
_LONGEST_TEXT = 2_000

# calamine gives '' for error cells and for formulas that were never computed, and does not tell percentages.
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*\bt="e"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_PERCENT_STYLE = re.compile(rb'<(?:\w+:)?xf\b[^>]*\bnumFmtId="(?:9|10)"|formatCode="[^"]*%')


def read_workbook(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets that hold anything."""
    sheets = _by_openpyxl(data) if _needs_care(data) else _by_calamine(data)
    return tuple(sheet for sheet in sheets if any(cell is not None for row in sheet.cells for cell in row))


def _needs_care(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        if "xl/styles.xml" in names and _PERCENT_STYLE.search(package.read("xl/styles.xml")):
            return True
        for name in names:
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                content = package.read(name)
                if _ERROR_CELL.search(content) or _FORMULA.search(content):
                    return True
    return False


def _by_calamine(data: bytes) -> list[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for entry in workbook.sheets_metadata:
        if entry.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(entry.name)
        start = sheet.start or (0, 0)
        rows = sheet.to_python(skip_empty_area=True, nrows=_MOST_ROWS + 1)
        sheets.append(_sheet(entry.name, start[0] + 1, start[1] + 1, [[_plain(cell) for cell in row] for row in rows]))
    return sheets


def _by_openpyxl(data: bytes) -> list[Sheet]:
    from openpyxl import load_workbook

    values = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    formulas = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    sheets = []
    for sheet in values.worksheets:
        sources = formulas[sheet.title]
        used = sheet.iter_rows(max_row=min(sheet.max_row, _MOST_ROWS + 1), max_col=min(sheet.max_column, _MOST_COLUMNS))
        rows = [
            [_careful(cell, sources.cell(row, column)) for column, cell in enumerate(line, 1)]
            for row, line in enumerate(used, 1)
        ]
        sheets.append(_sheet(sheet.title, 1, 1, rows))
    return sheets


def _careful(cell: Any, source: Any) -> Cell:  # noqa: ANN401 - openpyxl's cells have no usable type
    if cell.data_type == "e":
        return Special("error", str(cell.value))
    if cell.value is None and source.data_type == "f":
        return Special("uncached")
    value = _plain(cell.value)
    if isinstance(value, float) and "%" in str(cell.number_format):
        return Special("percent", value)
    return value


def _plain(value: Any) -> Cell:  # noqa: ANN401 - whatever a reader gives
    match value:
        case None | "":
            return None
        case bool():
            return value
        case int() | float():
            return float(value)
        case datetime() | date() | time() | timedelta():
            return Special("date", str(value))
    return str(value)[:_LONGEST_TEXT]


def _sheet(name: str, row: int, column: int, rows: list[list[Cell]]) -> Sheet:
    if len(rows) > _MOST_ROWS:
        raise FindingError("TEP-13", sheet=name, cell=f"A{row + len(rows) - 1}")
    return Sheet(name, row, column, tuple(tuple(line[:_MOST_COLUMNS]) for line in rows))
