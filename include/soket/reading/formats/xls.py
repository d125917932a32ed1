"""Reads .xls by xlrd: calamine tells neither its percentages from shares nor its errors from blanks."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from struct import error, pack_into, unpack_from
from typing import Any

from soket.reading.broken import library
from soket.reading.containers import open_ole
from soket.reading.findings import Area, Cell, Sheet, Special
from soket.reading.formats.cells import (
    BOXED,
    MOST_COLUMNS,
    MOST_ROWS,
    PRINTED,
    PRINTED_BELOW,
    names_of,
    note_on,
    plain,
    printed,
    prompts,
    sheet_of,
    struck,
    with_marks,
)
from soket.reading.formats.colours import unseen
from soket.reading.formats.number_format import number_cell
from soket.reading.formats.xls_styles import font_of, format_of, is_bare, is_in_white, is_struck
from soket.reading.guards.extent import column_letters

_OFF_LINE = {1, 2}  # raised, lowered
_STRINGS, _CONTINUED = 0x00FC, 0x003C
_BEGINS, _WORKSHEET = 0x0809, b"\x10\x00"
_MARGINS = {0x0014: PRINTED, 0x0015: PRINTED_BELOW}
_CHECK, _SHOWS_PROMPT = 0x01BE, 1 << 18  # of what is put into cells, and that it says something as one is chosen
_OBJECT, _NOTE, _TEXT = 0x005D, 0x0019, 0x01B6  # what may have a text, the kind that is a note, that it has one


def read_xls(data: bytes) -> list[Sheet]:
    """Return the sheets of an Excel 97-2003 workbook."""
    import xlrd

    with library(xlrd.XLRDError, xlrd.compdoc.CompDocError):
        try:
            book = _open(data)
        except (AssertionError, IndexError):
            # Programs that report out of a database count their strings wrongly; nobody else minds.
            book = _open(_recounted(data))
    beside = _said_beside(data)
    return [_read(book, sheet, beside[index]) for index, sheet in enumerate(book.sheets())]


def _said_beside(data: bytes) -> defaultdict[int, list[tuple[str, str]]]:
    """Return what stands in the margins of each sheet's printed pages and in its text boxes, by the sheet's number.

    xlrd does not tell it. The text of a box follows it in a record of its own, as the text of a note does.
    """
    with open_ole(data) as ole:
        stream = ole.read("Workbook") if ["Workbook"] in ole.paths else b""
    found: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    at, sheet, object_, before = 0, -1, 0, 0
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + size]
        if kind == _BEGINS and body[2:4] == _WORKSHEET:
            sheet += 1
        elif kind in _MARGINS and size > 3:
            found[sheet] += printed(_MARGINS[kind], _text_in(body[2:]))
        elif kind == _CHECK:
            with suppress(error, IndexError):
                found[sheet] += _prompts(body)
        elif kind == _OBJECT and size > 5:
            object_ = unpack_from("<H", body, 4)[0]
        elif kind == _CONTINUED and before == _TEXT and object_ != _NOTE:
            found[sheet].append((BOXED, _text_in(body)))
        at, before = at + 4 + size, kind
    return found


def _prompts(check: bytes) -> Iterator[tuple[str, str]]:
    """Yield what a check of cells says as one is chosen: behind four texts and two formulas stands where they are."""
    at, texts = 4, []
    for _ in range(4):
        length, wide = unpack_from("<HB", check, at)
        texts.append(_text_in(check[at + 2 : at + 3 + length * (1 + (wide & 1))]).strip("\0"))
        at += 3 + length * (1 + (wide & 1))
    for _ in range(2):
        at += 4 + unpack_from("<H", check, at)[0]
    areas: list[Area] = []
    for number in range(unpack_from("<H", check, at)[0]):
        top, bottom, left, right = unpack_from("<4H", check, at + 2 + 8 * number)
        areas.append((top + 1, left + 1, bottom + 1, right + 1))
    if unpack_from("<I", check)[0] & _SHOWS_PROMPT:
        yield from prompts(names_of(areas), [texts[0], texts[2]])


def _text_in(body: bytes) -> str:
    """Return a text behind the byte that says how its letters are written."""
    return body[1:].decode("utf-16-le" if body[:1] == b"\1" else "latin-1", errors="replace")


def _open(data: bytes) -> Any:  # noqa: ANN401 - xlrd has no types
    import xlrd

    # What it has to say of a file's oddities is not for its standard output.
    return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=sys.stderr)


def _recounted(data: bytes) -> bytes:
    """Return the stream of a workbook with the number of its strings as it is."""
    from xlrd.book import unpack_SST_table

    with open_ole(data) as ole:
        stream = bytearray(ole.read("Workbook"))
    at, start = 0, 0
    pieces: list[bytes] = []
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        if kind == _STRINGS:
            start = at + 4
        if kind == _STRINGS or (pieces and kind == _CONTINUED):
            pieces.append(bytes(stream[at + 4 : at + 4 + size]))
        elif pieces:
            break
        at += 4 + size
    least, most = 0, sum(map(len, pieces)) // 3  # a string takes three bytes or more
    while least < most:
        middle = (least + most + 1) // 2
        try:
            unpack_SST_table(pieces, middle)
            least = middle
        except (AssertionError, IndexError, error):
            most = middle - 1
    pack_into("<I", stream, start + 4, least)
    return bytes(stream)


def _read(book: Any, sheet: Any, beside: list[tuple[str, str]]) -> Sheet:  # noqa: ANN401 - xlrd has no types
    columns = min(sheet.ncols, MOST_COLUMNS)
    rows = [
        [_cell(book, sheet, row, column) for column in range(columns)]
        for row in range(min(_used_rows(sheet), MOST_ROWS + 1))
    ]
    return sheet_of(
        sheet.name,
        (0, 0),
        rows,
        merged=((top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells),
        hidden_rows=(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=(column for column, info in sheet.colinfo_map.items() if info.hidden),
        hidden=sheet.visibility != 0,
        asides=(*beside, *_notes(sheet)),
    )


def _notes(sheet: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    for (row, column), note in sorted(sheet.cell_note_map.items()):
        yield note_on(f"{column_letters(column + 1)}{row + 1}"), note.text


def _used_rows(sheet: Any) -> int:  # noqa: ANN401
    """Return how many rows there are to the last that holds anything; formats may be set for all 65,536."""
    import xlrd

    blank = {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}
    return next((row + 1 for row in range(sheet.nrows - 1, -1, -1) if not set(sheet.row_types(row)) <= blank), 0)


def _cell(book: Any, sheet: Any, row: int, column: int) -> Cell:  # noqa: ANN401
    cell = sheet.cell(row, column)
    font, bare = font_of(book, cell), is_bare(book, cell)
    held = _held(book, sheet, row, column, bare=bare)
    return unseen(held) if bare and is_in_white(book, font) else held


def _held(book: Any, sheet: Any, row: int, column: int, *, bare: bool) -> Cell:  # noqa: ANN401
    import xlrd

    cell = sheet.cell(row, column)
    font = font_of(book, cell)
    match cell.ctype:
        case xlrd.XL_CELL_ERROR:
            return Special("error", xlrd.error_text_from_code.get(cell.value, "#?"))
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_DATE:
            return Special("date", _moment(book, cell.value))
        case xlrd.XL_CELL_NUMBER if is_struck(book, font):
            return struck(f"{cell.value:.15g}".replace(".", ","))
        case xlrd.XL_CELL_NUMBER:
            held = plain(cell.value)
            return number_cell(held, format_of(book, cell)) if isinstance(held, float) else held
        case xlrd.XL_CELL_TEXT:
            runs = sheet.rich_text_runlist_map.get((row, column), ())
            return plain(with_marks(_runs(book, cell.value, [(0, font), *runs], bare=bare and bool(runs))))
    return plain(cell.value)


def _runs(book: Any, text: str, starts: list[tuple[int, int]], *, bare: bool) -> Iterator[tuple[str, bool]]:  # noqa: ANN401
    """Yield the parts of a text that have a font each, and whether it raises them; of a `bare` cell, no white ones."""
    ends = [start for start, _ in starts[1:]] + [len(text)]
    for (start, font), end in zip(starts, ends, strict=True):
        if bare and is_in_white(book, font):
            continue
        words = struck(text[start:end]) if is_struck(book, font) else text[start:end]
        yield words, font < len(book.font_list) and book.font_list[font].escapement in _OFF_LINE


def _moment(book: Any, value: float) -> str:  # noqa: ANN401
    import xlrd

    try:
        return str(timedelta(days=value) if value < 1 else xlrd.xldate_as_datetime(value, book.datemode))
    except (ValueError, OverflowError):
        return str(value)  # beyond any calendar
