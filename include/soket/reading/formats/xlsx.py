"""Reads .xlsx: by calamine and, where its answer would lose something, by openpyxl."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from soket.reading.broken import library
from soket.reading.containers import Package
from soket.reading.findings import Cell, Sheet, Special
from soket.reading.formats.cells import MOST_COLUMNS, MOST_ROWS, plain, sheet_of

# calamine gives '' for error cells and for formulas that were never computed, and does not tell percentages.
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*\bt="e"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_PERCENT_STYLE = re.compile(rb'<(?:\w+:)?xf\b[^>]*\bnumFmtId="(?:9|10)"|formatCode="[^"]*%')

_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d{1,9})"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_FROM_TO = (re.compile(rb'\bmin="(\d{1,9})"'), re.compile(rb'\bmax="(\d{1,9})"'))
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class _Parts:
    """What the parts themselves tell, beside what a library does."""

    percents: bool = False
    errors: bool = False
    formulas: bool = False
    hidden_rows: dict[str, list[int]] | None = None  # by the sheet's name, counted from 0
    hidden_columns: dict[str, list[int]] | None = None

    def hidden(self, sheet: str) -> dict[str, list[int]]:
        """Return a sheet's hidden rows and columns, as `sheet_of` takes them."""
        return {
            "hidden_rows": (self.hidden_rows or {}).get(sheet, []),
            "hidden_columns": (self.hidden_columns or {}).get(sheet, []),
        }


def read_xlsx(data: bytes) -> list[Sheet]:
    """Return the sheets of an Excel workbook."""
    parts = _look_into(data)
    if parts.percents or parts.errors or parts.formulas:
        return _by_openpyxl(data, parts)
    return _by_calamine(data, parts)


def _look_into(data: bytes) -> _Parts:
    found = _Parts(hidden_rows={}, hidden_columns={})
    with Package(data) as package:
        if "xl/styles.xml" in package.names:
            found.percents = _PERCENT_STYLE.search(package.read("xl/styles.xml")) is not None
        sheets = _sheet_names(package)
        for name in package.names:
            if not (name.startswith("xl/worksheets/") and name.endswith(".xml")):
                continue
            content = package.read(name)
            found.errors |= _ERROR_CELL.search(content) is not None
            found.formulas |= _FORMULA.search(content) is not None
            if name in sheets and b"hidden=" in content:
                _note_hidden(found, sheets[name], content)
    return found


def _sheet_names(package: Package) -> dict[str, str]:
    """Return the name of each sheet by its part's."""
    relations, workbook = _tree(package, "xl/_rels/workbook.xml.rels"), _tree(package, "xl/workbook.xml")
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    names = {}
    for element in workbook.iter():
        if element.tag.endswith("}sheet") and (target := targets.get(element.get(_RELATION))):
            names[target.lstrip("/") if target.startswith("/") else f"xl/{target}"] = element.get("name", "")
    return names


def _tree(package: Package, part: str) -> ElementTree.Element:
    content = package.read(part)
    with library(ElementTree.ParseError, LookupError, ValueError):
        return ElementTree.fromstring(content)  # noqa: S314 - guarded


def _note_hidden(found: _Parts, sheet: str, content: bytes) -> None:
    assert found.hidden_rows is not None and found.hidden_columns is not None  # noqa: S101, PT018 - as made above
    found.hidden_rows[sheet] = [int(number) - 1 for number in _HIDDEN_ROW.findall(content)]
    columns = found.hidden_columns[sheet] = []
    for column in _HIDDEN_COLUMN.findall(content):
        first, last = (pattern.search(column) for pattern in _FROM_TO)
        if first and last:
            columns += range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS))


def _by_calamine(data: bytes, parts: _Parts) -> list[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with library(CalamineError):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for entry in workbook.sheets_metadata:
        if entry.typ is not SheetTypeEnum.WorkSheet:
            continue
        with library(CalamineError):
            sheet = workbook.get_sheet_by_name(entry.name)
            rows = sheet.to_python(skip_empty_area=True, nrows=MOST_ROWS + 1)
            merged = sheet.merged_cell_ranges or ()
        sheets.append(
            sheet_of(
                entry.name,
                sheet.start or (0, 0),
                [[plain(cell) for cell in row] for row in rows],
                merged=((*first, *last) for first, last in merged),
                hidden=entry.visible is not SheetVisibleEnum.Visible,
                **parts.hidden(entry.name),
            )
        )
    return sheets


def _by_openpyxl(data: bytes, parts: _Parts) -> list[Sheet]:
    from lxml.etree import XMLSyntaxError
    from openpyxl import load_workbook

    # Its own class of error is for names of files; of what is inside it only tells broken XML apart.
    with library(XMLSyntaxError, ElementTree.ParseError):
        values = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        formulas = load_workbook(io.BytesIO(data), data_only=False, keep_links=False) if parts.formulas else values
    sheets = []
    for sheet in values.worksheets:
        sources = formulas[sheet.title]
        used = sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS + 1), max_col=min(sheet.max_column, MOST_COLUMNS))
        rows = [
            [_careful(cell, sources.cell(row, column)) for column, cell in enumerate(line, 1)]
            for row, line in enumerate(used, 1)
        ]
        sheets.append(
            sheet_of(
                sheet.title,
                (0, 0),
                rows,
                merged=(
                    (each.min_row - 1, each.min_col - 1, each.max_row - 1, each.max_col - 1)
                    for each in sheet.merged_cells.ranges
                ),
                hidden=sheet.sheet_state != "visible",
                **parts.hidden(sheet.title),
            )
        )
    return sheets


def _careful(cell: Any, source: Any) -> Cell:  # noqa: ANN401 - openpyxl's cells have no usable type
    if cell.data_type == "e":
        return Special("error", str(cell.value))
    if cell.value is None and source.data_type == "f":
        # A formula whose result is an empty text is a blank; one without any result was never computed.
        return None if cell.data_type in ("s", "str") else Special("uncached")
    value = plain(cell.value)
    if isinstance(value, float) and "%" in str(cell.number_format):
        return Special("percent", value)
    return value
