"""The lines around a table on its sheet, in which something may be said of it: titles above its head, notes below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile

from soket.intake.table.grid import TAKEN, Grid
from soket.intake.table.header import Header
from soket.intake.table.spans import MOST_TEXTS
from soket.text import fold

_ABOVE, _BELOW, _FAR = 8, 6, 30  # lines with words above the head, and below the last row; rows, blank ones too
_COLUMNS = 3  # that another table has
_TITLE = re.compile(r"(?:phu luc|bieu|bang)\b(?: so)? ?\d")


def is_a_title(text: str) -> bool:
    """Return whether a line is the title of a table: "Biểu số 1. …"."""
    return _TITLE.match(fold(text)) is not None


def near(grid: Grid, header: Header, after: int) -> tuple[range, range]:
    """Return the rows down to the head's last, and from the one `after` the table on, in which notes stand.

    Notes end where another table begins, with its title or with what stands right above its head.
    """
    above = _some(grid, range(header.top - 1, max(header.begins, header.top - _FAR) - 1, -1), _ABOVE)
    below = _some(grid, range(after, min(after + _FAR, grid.height)), _BELOW)
    titled = (row for row in below if any(isinstance(cell, str) and is_a_title(cell) for cell in grid.lines[row]))
    until = min(next(titled, grid.height), max(below, default=after - 1) + 1, _another_begins(grid, after))
    return range(min(above, default=header.top), header.bottom + 1), range(after, until)


def _another_begins(grid: Grid, after: int) -> int:
    """Return the row that another table below begins with, its lines right above its head among it."""
    filled = [sum(cell is not None for cell in line) for line in grid.lines[after : after + _FAR]]
    for row, (one, other) in enumerate(pairwise(filled), after):
        if min(one, other) >= _COLUMNS and any(isinstance(cell, float) for cell in grid.lines[row + 1]):
            while row > after and filled[row - 1 - after]:
                row -= 1
            return row
    return grid.height


def _some(grid: Grid, rows: Iterable[int], most: int) -> list[int]:
    """Return the first so many rows that hold anything, up to another table's."""
    own = takewhile(lambda row: grid.lines[row] != TAKEN, rows)
    filled = (row for row in own if any(cell is not None for cell in grid.lines[row]))
    return [row for row, _ in zip(filled, range(most), strict=False)]


def texts_near(grid: Grid, header: Header, after: int) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of the titles and notes there; a title may be taken for a part of the head."""
    of_years = {column for column, said in header.columns.items() if said.year}
    above, below = near(grid, header, after)
    for row in (*above, *below):
        taken = of_years if header.top <= row <= header.bottom else set()
        texts = [(column, cell) for column, cell in enumerate(grid.lines[row]) if isinstance(cell, str)]
        if len(texts) <= MOST_TEXTS and not any(isinstance(cell, float) for cell in grid.lines[row]):
            yield from ((row, column, text) for column, text in texts if column not in taken)
