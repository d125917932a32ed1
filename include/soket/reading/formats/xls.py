"""Reads .xls by xlrd: calamine tells neither its percentages from shares nor its errors from blanks."""

from __future__ import annotations

import sys
from datetime import timedelta
from typing import Any

from soket.reading.broken import library
from soket.reading.findings import Cell, Sheet, Special
from soket.reading.formats.cells import MOST_COLUMNS, MOST_ROWS, plain, sheet_of


def read_xls(data: bytes) -> list[Sheet]:
    """Return the sheets of an Excel 97-2003 workbook."""
    import xlrd

    # What it has to say of a file's oddities is not for its standard output.
    with library(xlrd.XLRDError, xlrd.compdoc.CompDocError):
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=sys.stderr)
    return [_read(book, sheet) for sheet in book.sheets()]


def _read(book: Any, sheet: Any) -> Sheet:  # noqa: ANN401 - xlrd has no types
    columns = min(sheet.ncols, MOST_COLUMNS)
    rows = [
        [_cell(book, sheet.cell(row, column)) for column in range(columns)]
        for row in range(min(sheet.nrows, MOST_ROWS + 1))
    ]
    return sheet_of(
        sheet.name,
        (0, 0),
        rows,
        merged=((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells),
        hidden_rows=(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=(column for column, info in sheet.colinfo_map.items() if info.hidden),
        hidden=sheet.visibility != 0,
    )


def _cell(book: Any, cell: Any) -> Cell:  # noqa: ANN401
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_ERROR:
            return Special("error", xlrd.error_text_from_code.get(cell.value, "#?"))
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_DATE:
            return Special("date", _moment(book, cell.value))
        case xlrd.XL_CELL_NUMBER if "%" in _format(book, cell):
            return Special("percent", cell.value)
    return plain(cell.value)


def _moment(book: Any, value: float) -> str:  # noqa: ANN401
    import xlrd

    try:
        return str(timedelta(days=value) if value < 1 else xlrd.xldate_as_datetime(value, book.datemode))
    except (ValueError, OverflowError):
        return str(value)  # beyond any calendar


def _format(book: Any, cell: Any) -> str:  # noqa: ANN401
    style = cell.xf_index
    if style is None or style >= len(book.xf_list):
        return ""
    found = book.format_map.get(book.xf_list[style].format_key)
    return found.format_str or "" if found else ""
