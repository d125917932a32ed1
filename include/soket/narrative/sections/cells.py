"""Cells of a report's tables: which paragraphs hold data, and open no section, and which are no sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from soket.reading.findings import Row, Table

_LONGEST_NUMBER, _SHORTEST_TEXT = 6, 80  # characters of a row's number; of what is text beside a heading
_FIGURE = re.compile(r"[\d.,%/() –-]+|x")

Cells = Sequence[tuple[int, int]]


def data_paragraphs(paragraphs: Sequence[str], tables: Sequence[Table]) -> set[int]:
    """Return the paragraphs in rows of data: beside a heading a table has the text of its section, or nothing."""
    return {at for table in tables for row in table.rows for at in _data(paragraphs, _filled(row))}


def cell_paragraphs(paragraphs: Sequence[str], tables: Sequence[Table]) -> set[int]:
    """Return the paragraphs in cells that are no sentences.

    All of a row that has a figure by itself, and in a table that is mostly data whatever is short.
    """
    found: set[int] = set()
    for table in tables:
        rows = [_filled(row) for row in table.rows]
        short = {at for at in range(table.first, table.after) if len(paragraphs[at]) < _SHORTEST_TEXT}
        figures = [set(_beside_figures(paragraphs, cells)) for cells in rows]
        data = [own | (short & set(_data(paragraphs, cells))) for own, cells in zip(figures, rows, strict=True)]
        found.update(*data, short if sum(map(bool, data)) * 2 > len(rows) else ())
    return found


def _filled(row: Row) -> Cells:
    return [(start, end) for _, start, end in row if end > start]


def _data(paragraphs: Sequence[str], cells: Cells) -> Iterator[int]:
    lengths = [sum(map(len, paragraphs[start:end])) for start, end in cells]
    for (start, end), length in zip(cells, lengths, strict=True):
        rest = sum(lengths[1:] if lengths[0] <= _LONGEST_NUMBER else lengths) - length
        if len(cells) > 1 and 0 < rest < _SHORTEST_TEXT:
            yield from range(start, end)


def _beside_figures(paragraphs: Sequence[str], cells: Cells) -> Iterator[int]:
    if any(end - start == 1 and _FIGURE.fullmatch(paragraphs[start]) for start, end in cells[1:]):
        for start, end in cells:
            yield from range(start, end)
