"""What the readers of spreadsheets share: their limits, and how a library's value becomes a cell of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from textwrap import wrap
from typing import Any

from soket.reading.containers import Package, open_ole
from soket.reading.findings import Area, Cell, FindingError, Layout, Sheet, Special
from soket.reading.guards.extent import column_letters, column_number
from soket.reading.marks import is_form_prompt
from soket.text import SOFT_HYPHEN, UNSEEN, nfc

MOST_ROWS, MOST_COLUMNS = 3_000, 200
_LONGEST_TEXT, _LONGEST_PLACE, _MOST_PLACES = 2_000, 200, 20
PRINTED = "đầu trang in"
"""The place of what stands at the head of printed pages."""
PRINTED_BELOW = "chân trang in"
"""The place of what stands at their foot."""
BOXED = "hộp văn bản"
PICTURED = "hình"
"""The place of a picture that stands where a table should."""

_NOTE_ON = re.compile(r"(?:ghi chú|lời nhắc) của ô ([A-Z]{1,3}\d{1,7}(?:[: ][A-Z]{1,3}\d{1,7})*)")
_CELLS = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")
_PAGE_PARTS, _PAGE_CODES = re.compile(r"&[LCR]"), re.compile(r'&(?:"[^"]*"|[A-Za-z]|\d+)')
_MARKS = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
_BREAK = "\u200b"
_UNSEEN = str.maketrans("", "", UNSEEN.replace(SOFT_HYPHEN, "").replace(_BREAK, ""))
_UNSEEN_BREAK = re.compile(rf"(?<!\d){_BREAK}+|{_BREAK}+(?!\d)")  # between digits it may part two figures
_STROKE = "\u0336"
_PICTURE = re.compile(r"(?:^|/)(?:media|Pictures)/[^/]+\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|webp)$", re.IGNORECASE)
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")  # as they begin
_MOST_WORDS = 10  # cells of a title, of a date and names below: a table has more
_DAYS = 2_958_466  # to the end of the calendar
_LARGEST = 1e300  # beyond it, and for what is no number, programs show an error


def plain(value: Any) -> Cell:  # noqa: ANN401 - whatever a library gives
    """Return a library's value as a cell."""
    match value:
        case None | "":
            return None
        case bool():
            return value
        case int() | float():
            return float(value) if -_LARGEST < value < _LARGEST else Special("error", "#NUM!")
        case datetime() | date() | time() | timedelta():
            return Special("date", str(value))
    text = str(value).translate(_UNSEEN)
    text = _UNSEEN_BREAK.sub("", text) if _BREAK in text else text
    return nfc(text)[:_LONGEST_TEXT] or None


def moment(value: float, epoch: datetime) -> Cell:
    """Return a number of days, from a program's first, as the day or the time that it is shown as."""
    if not 0 <= value < _DAYS:
        return Special("date", str(value))
    passed = timedelta(seconds=round(value * 86_400))
    return Special("date", str(epoch + passed if value >= 1 else passed))


def printed(place: str, said: str) -> Iterator[tuple[str, str]]:
    """Yield what is seen in a margin of printed pages, left, in its middle and right.

    Excel writes it as one text with codes for fonts and places.
    """
    yield from ((place, _PAGE_CODES.sub(" ", part)) for part in _PAGE_PARTS.split(said))


def note_on(cells: str, kind: str = "ghi chú") -> str:
    """Return the place of a note on cells, by their names; `kind` is what it is called."""
    return f"{kind} của ô {cells}".strip()


def prompts(cells: str, said: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what a check of cells says as one is chosen: its title, its text; a form's own words say nothing new."""
    texts = [text for text in said if text.strip()]
    if texts and not is_form_prompt(texts[-1]):
        for named in wrap(cells, _LONGEST_PLACE)[:_MOST_PLACES]:
            yield from ((note_on(named, "lời nhắc"), text) for text in texts)


def names_of(areas: Iterable[Area]) -> str:
    """Return the names of areas that follow one another, those that go on beside or below each other as one."""
    across: list[Area] = []
    for top, left, bottom, right in areas:
        goes_on = bool(across) and (across[-1][0], across[-1][2], across[-1][3]) == (top, bottom, left - 1)
        across.append((top, across.pop()[1] if goes_on else left, bottom, right))
    down: list[Area] = []
    last: dict[tuple[int, int], int] = {}
    for top, left, bottom, right in across:
        at = last.setdefault((left, right), len(down))
        if at < len(down) and down[at][2] == top - 1:
            down[at] = (down[at][0], left, bottom, right)
        else:
            last[left, right] = len(down)
            down.append((top, left, bottom, right))
    corners = ((f"{column_letters(b)}{a}", f"{column_letters(d)}{c}") for a, b, c, d in down)
    return " ".join(one if one == other else f"{one}:{other}" for one, other in corners)


def noted_areas(place: str) -> list[Area]:
    """Return the areas of cells, from 1, that a note is on; none for any other place."""
    match = _NOTE_ON.fullmatch(place)
    return list(areas_in(match[1])) if match else []


def areas_in(said: str) -> Iterator[Area]:
    """Yield the areas of cells that words name: "E8:I8 E17"; rows and columns are counted from 1."""
    for found in _CELLS.finditer(said):
        left, top, right, bottom = found.groups()
        yield int(top), column_number(left), int(bottom or top), column_number(right or left)


def with_marks(runs: Iterable[tuple[str, bool]]) -> str:
    """Return a text out of runs, some of them raised or lowered: what is so behind a digit is a mark, and none."""
    text = ""
    for words, raised in runs:
        behind_a_digit = text.rstrip(" .,%)").endswith(tuple("0123456789")) and text != ""
        text += words.translate(_MARKS) if raised and behind_a_digit else words
    return text


def struck(text: str) -> str:
    """Return a text that is struck through as it is seen: what its digits make is no figure any more."""
    return "".join(letter + _STROKE if letter.isdecimal() else letter for letter in text)


def sheet_of(
    name: str,
    start: tuple[int, int],
    rows: Sequence[Sequence[Cell]],
    *,
    merged: Iterable[tuple[int, int, int, int]] = (),
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
    hidden: bool = False,
    asides: tuple[tuple[str, str], ...] = (),
) -> Sheet:
    """Return a sheet; `start`, and all of the layout, is counted from 0 at A1. Raise FindingError for one too long."""
    top, left = start
    if len(rows) > MOST_ROWS:
        raise FindingError("TEP-13", sheet=name, cell=f"A{top + len(rows)}")
    layout = Layout(
        merged=tuple(sorted((a - top, b - left, c - top, d - left) for a, b, c, d in merged if a >= top and b >= left)),
        hidden_rows=tuple(sorted({row - top for row in hidden_rows if 0 <= row - top < len(rows)})),
        hidden_columns=tuple(sorted({each - left for each in hidden_columns if 0 <= each - left < MOST_COLUMNS})),
        hidden=hidden,
        asides=tuple((place, nfc(text)[:_LONGEST_TEXT]) for place, text in asides if text.strip()),
    )
    return Sheet(nfc(name), top + 1, left + 1, tuple(tuple(line[:MOST_COLUMNS]) for line in rows), layout)


def tell_of_picture(sheets: tuple[Sheet, ...], data: bytes) -> tuple[Sheet, ...]:
    """Return a workbook's sheets, the first telling of a picture where they hold no more than a title."""
    cells = [cell for sheet in sheets for row in sheet.cells for cell in row if cell is not None]
    if len(cells) > _MOST_WORDS or not all(isinstance(cell, str) for cell in cells) or not _has_picture(data):
        return sheets
    first = sheets[0] if sheets else Sheet("", 1, 1, ((None,),))
    told = replace(first.layout, asides=(*first.layout.asides, (PICTURED, PICTURED)))
    return (replace(first, layout=told), *sheets[1:])


def _has_picture(data: bytes) -> bool:
    if data.startswith(b"PK"):
        with Package(data) as package:
            return any(map(_PICTURE.search, package.names))
    if not data.startswith(b"\xd0\xcf"):
        return False
    with open_ole(data) as ole:
        return any(picture in ole.read(path[0]) for path in ole.paths if len(path) == 1 for picture in _PICTURES)


def holds_anything(sheet: Sheet) -> bool:
    """Return whether any cell of a sheet is filled."""
    return any(cell is not None for row in sheet.cells for cell in row)
