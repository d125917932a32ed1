"""A sheet as a grid with rows of indicators, whichever way it lies, and the names of its places for people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice, product, zip_longest

from soket.reading.findings import Area, Cell, Sheet, Special
from soket.reading.formats.cells import MOST_COLUMNS, noted_areas
from soket.reading.guards.extent import column_letters
from soket.text import format_exactly

_MOST_MERGED = 50_000  # cells
_BROKEN = re.compile(r"\s*\d[\d.,]*(?:\s*\n\s*[.,]\s*\d+|[.,]\s*\n\s*\d+)\s*")  # "118" and, below it, ",5"
_MOST_NOTED = 2_000  # by one note
_NAMED = 12  # in one message

TAKEN: tuple[Cell, ...] = (Special("taken"),)
"""Stands for a row that another table on the sheet has."""


class Grid:
    """A sheet's cells; `turned` puts its columns in the place of rows."""

    def __init__(self, sheet: Sheet, *, turned: bool = False, name_sheet: bool = False) -> None:
        self._sheet = sheet
        self.is_turned = turned
        self._name_sheet = name_sheet
        self.lines = tuple(zip_longest(*sheet.cells)) if turned else sheet.cells
        self.width, self.height = max(map(len, self.lines), default=0), len(self.lines)

    def cell(self, row: int, column: int) -> Cell:
        """Return what a cell holds; nothing beyond the end of its row."""
        line = self.lines[row]
        return line[column] if column < len(line) else None

    def figure(self, row: int, column: int) -> Cell:
        """Return what a cell holds and, under it in a row without words, the rest of a number that is broken there."""
        cell, below = self.cell(row, column), self.cell(row + 1, column) if row + 1 < self.height else None
        if not isinstance(below, str) or not isinstance(cell, str | float):
            return cell
        text = cell if isinstance(cell, str) else format_exactly(cell)
        words = any(isinstance(each, str) and any(map(str.isalpha, each)) for each in self.lines[row + 1])
        return f"{text}\n{below}" if not words and _BROKEN.fullmatch(f"{text}\n{below}") else cell

    def heading(self, row: int, column: int) -> Cell:
        """Return what a cell shows: a merged one shows what its first cell holds."""
        area = self.merged.get((row, column))
        return self.cell(area[0], area[1]) if area else self.cell(row, column)

    @property
    def name(self) -> str:
        """The sheet's name."""
        return self._sheet.name

    @property
    def asides(self) -> tuple[tuple[str, str], ...]:
        """What is said of the table outside its cells: where, and what."""
        free = (aside for aside in self._sheet.layout.asides if not noted_areas(aside[0]))
        return (*free, (f"tên trang tính «{self.name}»", self.name))

    @cached_property
    def notes(self) -> dict[tuple[int, int], list[tuple[str, str]]]:
        """The notes on cells: where, and what."""
        found: dict[tuple[int, int], list[tuple[str, str]]] = {}
        for place, text in self._sheet.layout.asides:
            for top, left, bottom, right in noted_areas(place):
                rows = range(top - self._sheet.row, min(bottom - self._sheet.row + 1, len(self._sheet.cells)))
                columns = range(left - self._sheet.column, min(right, MOST_COLUMNS) - self._sheet.column + 1)
                for at in islice(product(rows, columns), _MOST_NOTED):
                    found.setdefault(at[::-1] if self.is_turned else at, []).append((place, text))
        return found

    def said_above(self, row: int) -> tuple[tuple[str, str], ...]:
        """Return what is said outside the cells, and by notes on cells down to a row."""
        return (*self.asides, *(note for (at, _), notes in self.notes.items() if at <= row for note in notes))

    @cached_property
    def merged(self) -> dict[tuple[int, int], Area]:
        """The merged area that each merged cell is part of."""
        found: dict[tuple[int, int], Area] = {}
        for top, left, bottom, right in self._sheet.layout.merged:
            # What lies beyond the cells that hold anything shows nothing.
            bottom, right = min(bottom, len(self._sheet.cells) - 1), min(right, self._last_column)
            if len(found) > _MOST_MERGED:  # no table of figures has as many
                break
            area = (left, top, right, bottom) if self.is_turned else (top, left, bottom, right)
            for row in range(area[0], area[2] + 1):
                for column in range(area[1], area[3] + 1):
                    found[row, column] = area
        return found

    @property
    def _last_column(self) -> int:
        return (self.height if self.is_turned else self.width) - 1

    @property
    def hidden_rows(self) -> tuple[int, ...]:
        """The rows that are not shown."""
        layout = self._sheet.layout
        return layout.hidden_columns if self.is_turned else layout.hidden_rows

    @property
    def hidden_columns(self) -> tuple[int, ...]:
        """The columns that are not shown."""
        layout = self._sheet.layout
        return layout.hidden_rows if self.is_turned else layout.hidden_columns

    def hidden_among(self, rows: Iterable[int], columns: Iterable[int]) -> list[str]:
        """Return the names of those of some rows and columns that are not shown."""
        unseen = [self.row_name(row) for row in sorted(rows) if row in self.hidden_rows]
        return unseen + [self.column_name(column) for column in sorted(columns) if column in self.hidden_columns]

    def place(self, row: int, column: int) -> str:
        """Return a cell's name: "E8"."""
        down, across = (column, row) if self.is_turned else (row, column)
        return self._named(f"{column_letters(self._sheet.column + across)}{self._sheet.row + down}")

    def area_name(self, area: Area) -> str:
        """Return an area's name: "C8:D8"."""
        one, other = self.place(area[0], area[1]), self.place(area[2], area[3])
        return f"{one}:{other.rpartition('!')[2]}"

    def row_name(self, row: int) -> str:
        """Return a row's name, for a message: "dòng 8"; "cột E" where the sheet lies turned."""
        return self._column_name(row) if self.is_turned else self._row_name(row)

    def column_name(self, column: int) -> str:
        """Return a column's name, for a message."""
        return self._row_name(column) if self.is_turned else self._column_name(column)

    def _row_name(self, row: int) -> str:
        return f"dòng {self._named(str(self._sheet.row + row))}"

    def _column_name(self, column: int) -> str:
        return f"cột {self._named(column_letters(self._sheet.column + column))}"

    def _named(self, place: str) -> str:
        return f"{self._sheet.name}!{place}" if self._name_sheet else place


def first_named(places: Sequence[str]) -> str:
    """Return cells or rows as one message names them: of many the first."""
    return f"{', '.join(places[:_NAMED])}{'…' if len(places) > _NAMED else ''}"
