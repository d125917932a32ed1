"""Tables of formats that write text in a line: marks end a paragraph in a cell, a cell, and a row."""

from __future__ import annotations

from enum import Enum, auto

from soket.reading.findings import Row, Table
from soket.reading.formats.paragraphs import Paragraphs


class Mark(Enum):
    """What ends at a place in the text."""

    PARAGRAPH = auto()  # outside any table
    IN_CELL = auto()
    CELL = auto()
    ROW = auto()


class CellMarks:
    """Ends paragraphs at marks, and puts the tables together that lie between them."""

    def __init__(self, result: Paragraphs) -> None:
        self._result = result
        self._rows: list[Row] = []
        self._row: list[tuple[int, int, int]] = []
        self._start: int | None = None  # of the cell that is being read

    def end(self, mark: Mark) -> None:
        """End what a mark ends."""
        before = self._result.count
        self._result.end()
        if mark is Mark.PARAGRAPH:
            self._close(before)
            return
        if self._start is None:
            self._start = before
        if mark is Mark.CELL:
            self._row.append((len(self._row), self._start, self._result.count))
        elif mark is Mark.ROW:
            self._rows.append(tuple(self._row))
            self._row = []
        if mark is not Mark.IN_CELL:
            self._start = self._result.count

    def close(self) -> None:
        """End the text."""
        self.end(Mark.PARAGRAPH)

    def _close(self, after: int) -> None:
        rows = [row for row in self._rows if row]
        if rows:
            self._result.tables.append(Table(rows[0][0][1], after, tuple(rows), counted=True))
        self._rows, self._row, self._start = [], [], None
