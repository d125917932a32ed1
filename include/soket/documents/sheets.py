"""How every Excel file of a campaign looks, and how a value gets into a cell without becoming a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from copy import copy
from functools import cache
from math import ceil
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from soket.documents.rendering import clean, stable

Value = str | float | None

FORMULA_STARTS = tuple("=+-@\t\r")
"""What spreadsheets take for the beginning of a formula: a text that begins so stays one, also where it is edited."""

_FONT = "Times New Roman"
_LINE = 16  # points of a row's line
_NARROW = 20
_TEXT = Alignment(vertical="center", wrap_text=True)
_PLAIN = Alignment(vertical="center")
_THIN = Side(style="thin", color="808080")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)

_LOOKS: WeakKeyDictionary[Workbook, dict[tuple[object, ...], StyleArray]] = WeakKeyDictionary()
"""How the cells of a workbook look that were written."""


def write(
    sheet: Worksheet, row: int, column: int, value: Value, *, bold: bool = False, size: int = 12, border: bool = True
) -> Cell:
    """Write a value into a cell, and return the cell for what is special about it."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - no cell is merged here
    assert sheet.parent is not None  # noqa: S101 - every sheet is of a workbook
    if isinstance(value, str):
        cell.value = clean(value)
        cell.data_type = "s"  # what begins with "=", as a file name may, is no formula
        number_format, guarded = None, cell.value.startswith(FORMULA_STARTS)
    else:
        cell.value = value
        number_format, guarded = "#,##0.##" if value is not None and value % 1 else "#,##0", False
    # To find a font among those of a workbook takes longer than all else: it is done once for each look.
    looks, look = _LOOKS.setdefault(sheet.parent, {}), (number_format, bold, size, border, guarded)
    if look in looks:
        cell._style = copy(looks[look])  # type: ignore[attr-defined]  # its types tell of no copies
        return cell
    cell.font = _font(size, bold)
    cell.alignment = _TEXT if number_format is None and border else _PLAIN
    if border:
        cell.border = _BORDER
    if number_format:
        cell.number_format = number_format
    if guarded:
        cell.quotePrefix = True
    looks[look] = copy(cell._style)  # type: ignore[attr-defined]
    return cell


@cache
def _font(size: int, bold: bool) -> Font:
    return Font(name=_FONT, size=size, bold=bold)


def lines_of(text: str, width: float) -> int:
    """Return how many lines a text wraps into in a column, about: rather one too many than words cut off."""
    if "\n" in text:
        return sum(lines_of(line, width) for line in text.split("\n"))
    room = width + max(0, width - _NARROW) / 3  # letters are narrower than figures; of short lines their ends take that
    return ceil(len(text) / room) or 1


def fit_rows(sheet: Worksheet, first: int) -> None:
    """Make rows from the first on as high as their texts want it: not every program finds that out by itself."""
    for number, row in enumerate(sheet.iter_rows(min_row=first), first):
        told = [(cell, cell.value) for cell in row if isinstance(cell.value, str)]
        widths = sheet.column_dimensions
        lines = max((lines_of(text, widths[cell.column_letter].width) for cell, text in told), default=1)
        if lines > 1:
            sheet.row_dimensions[number].height = _LINE * lines


def write_lines(sheet: Worksheet, lines: Iterable[Sequence[Value]]) -> None:
    """Write lines into an empty sheet that people don't read, from its first cell on."""
    for row, line in enumerate(lines, 1):
        for column, value in enumerate(line, 1):
            write(sheet, row, column, value, border=False)


def write_heads(sheet: Worksheet, row: int, heads: list[str], *, first: int = 1) -> None:
    """Write a table's header row, from its first column on; every printed page repeats it."""
    for column, head in enumerate(heads, first):
        cell = write(sheet, row, column, head, bold=True)
        cell.fill = PatternFill("solid", fgColor="EDEDED")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.print_title_rows = f"{row}:{row}"


def set_page(sheet: Worksheet) -> None:
    """Print on A4, landscape, as many pages high as it takes and one wide."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.horizontalCentered = True
    sheet.page_margins = PageMargins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.oddFooter.center.text = "Trang &P/&N"  # type: ignore[union-attr]  # a new sheet has one
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def save(workbook: Workbook) -> bytes:
    """Return a workbook as a file, the same bytes for the same content."""
    workbook.properties.creator = ""
    buffer = io.BytesIO()
    workbook.save(buffer)
    return stable(buffer.getvalue())
