"""The table's head: the rows, one to three, whose headings name the form's years, and the column of each year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from soket.intake.table.grid import Grid
from soket.intake.table.spans import Spans
from soket.narrative.quantities.columns import (
    LONGEST,
    ColumnHead,
    Role,
    heading_of,
    is_all_of_it,
    names_rows,
    names_the_measure,
)
from soket.narrative.quantities.measures import Measure
from soket.plan.period_words import MONTH, NO_RARE, Rare
from soket.plan.periods import PeriodId, part_of, rare_kinds, year_of
from soket.reading.findings import Cell, Special

Headings = dict[int, dict[int, ColumnHead]]  # by row and column

_MOST_ROWS = 3
_FIGURES = 2  # numbers that make a row one of figures
_YEARS = 2  # that make a row the head of another table
_MOST_LIKELY = 25  # rows with years that are tried
_PARTS = (r"qu[ýy]\s*(?:[ivx]+|\d)", r"\bq\.?(?:[1-4]|[iv]+)\b", r"\d+\s*th[áa]ng", r"n[ửu]a\s", r"đến\s")
_MONTHS = (r"th[áa]ng\s*\d", r"\bt\.?\d")
_ABOVE = 30  # rows above the head in which another table may end


@dataclass
class Column:
    """What the headings over one column say together."""

    year: int | None = None
    part: str | None = None  # of the year
    role: Role = Role.UNSAID
    beside: Role = Role.UNSAID  # without the words that name the part
    measure: Measure | None = None
    texts: list[str] = field(default_factory=list)
    contradicts: bool = False  # two years, or two parts of one, over one column

    def add(self, heading: ColumnHead) -> None:
        """Take in one more heading."""
        if heading.year is not None:
            self.contradicts |= self.year not in (None, heading.year)
            self.year = heading.year
        if heading.part is not None:
            self.contradicts |= self.part not in (None, heading.part)
            self.part = heading.part
        self.role = max(self.role, heading.role)
        self.beside = max(self.beside, heading.beside)
        self.measure = heading.measure or self.measure
        self.texts.append(heading.text)

    def stands_for(self, wanted: Collection[PeriodId]) -> tuple[PeriodId | None, Role]:
        """Return which of the periods wanted the column is of, as far as it says, and what it holds of that."""
        if self.part is not None:
            alike = [each for each in wanted if part_of(each) == self.part]
            # What names no year means the one wanted period that is such a part of a year.
            meant = [each for each in alike if year_of(each) == self.year] if self.year else alike
            if len(meant) == 1:
                return meant[0], self.beside
        return self.year, self.role


@dataclass
class Header:
    """A head: its rows, and what they say of each column."""

    top: int
    bottom: int
    columns: dict[int, Column]
    measure_columns: frozenset[int] = frozenset()
    years: dict[PeriodId, int] = field(default_factory=dict)  # the column of each year
    doubled: list[tuple[PeriodId, int, int]] = field(default_factory=list)  # a year and its two columns
    # A year without figures of its own: plan, part of the year.
    elsewise: dict[PeriodId, int] = field(default_factory=dict)
    doubtful: set[PeriodId] = field(default_factory=set)  # years whose column may be another
    begins: int = 0  # the row after the last figures of another table above
    planned: str = ""  # what the heading over all years says where that is a plan
    rare: Rare = NO_RARE  # kinds of periods that its headings are read for


def find_headers(grid: Grid, years: Collection[PeriodId], is_data: Callable[[int], bool]) -> list[Header]:
    """Return the heads that name any of some years, the likeliest first; `is_data` knows rows of figures."""
    likely, rare = _year_rows(grid, years), rare_kinds(years)
    near = {row + step for row in likely for step in range(1 - _MOST_ROWS, _MOST_ROWS) if 0 <= row + step < grid.height}
    headings: Headings = {}
    for row in near:
        found = {
            column: heading
            for column in range(grid.width)
            if (heading := _heading(grid, row, column, rare)) and not heading.marked
            if not _is_over_labels(grid, row, column)
        }
        if found and not is_data(row) and not _is_of_figures(grid, row):
            headings[row] = found
    bands = {band for row in likely if row in headings for band in _bands_around(row, headings)}
    spans = Spans(grid, is_data)
    found_heads = [_read(grid, spans, headings, top, bottom, years) for top, bottom in sorted(bands)]
    headers = [header for header in found_heads if header.years]
    for header in headers:
        header.planned = next(filter(None, (_planned_over(header, each) for each in found_heads if not each.years)), "")
    return sorted(headers, key=lambda header: _score(header, headings), reverse=True)


def _is_over_labels(grid: Grid, row: int, column: int) -> bool:
    """Return whether a cell stands over the head of numbers or names of rows, as a title does: "TT", "Chỉ tiêu"."""
    below = (grid.cell(each, column) for each in range(row + 1, min(row + 1 + _MOST_ROWS, grid.height)))
    return any(map(names_rows, below))


def _planned_over(header: Header, taller: Header) -> str:
    """Return what a head with more rows says over all years of one that it ends with, where all are planned by that."""
    over = {header.years[year] for year in header.years if taller.elsewise.get(year) == header.years[year]}
    columns = {column for column in over if taller.columns[column].role is Role.PLAN}
    if taller.bottom != header.bottom or len(columns) < len(header.years):
        return ""
    return " ".join(taller.columns[min(columns)].texts)


def begins_another(grid: Grid, header: Header, row: int) -> bool:
    """Return whether a row below a head is the head of other years: with two years or more, and none of its own."""
    own = {said.year for said in header.columns.values()}
    years = {heading.year for cell in grid.lines[row] if (heading := heading_of(cell, header.rare)) and heading.year}
    return len(years) >= _YEARS and not years & own


def _is_of_figures(grid: Grid, row: int) -> bool:
    """Return whether a row holds figures, other than years and the columns' own numbers."""
    numbers = [cell for cell in grid.lines[row] if isinstance(cell, float) and not heading_of(cell)]
    return len(numbers) >= _FIGURES and any(one + 1 != other for one, other in pairwise(numbers))


def _year_rows(grid: Grid, years: Collection[PeriodId]) -> list[int]:
    """Return the rows that name the most of some years, found without reading each cell as a heading."""
    names = dict.fromkeys(str(year_of(year)) for year in years)
    parts: tuple[str, ...] = () if all(isinstance(year, int) for year in years) else _PARTS
    parts += _MONTHS if MONTH in rare_kinds(years) else ()
    named = re.compile("|".join((*names, *parts)), re.IGNORECASE)
    counted = []
    for row, cells in enumerate(grid.lines):
        found: set[str] = set()
        for cell in cells:
            text = cell if isinstance(cell, str) else _as_text(cell)
            if text and len(text) <= LONGEST and (match := named.search(text)):
                found.add(match[0])
        if found:
            counted.append((-len(found), row))
    return [row for _, row in sorted(counted)[:_MOST_LIKELY]]


def _as_text(cell: Cell) -> str:
    match cell:
        case float() if 1900 <= cell < 2100:
            return f"{cell:.0f}"
        case Special("date", str(day)):
            return day
        case Special("shown", text=text):
            return text
    return ""


def _bands_around(row: int, headings: Headings) -> Iterator[tuple[int, int]]:
    for height in range(_MOST_ROWS):
        for top in range(row - height, row + 1):
            # The first and the last row say something; one between them may be blank.
            if top in headings and top + height in headings:
                yield top, top + height


def _read(grid: Grid, spans: Spans, headings: Headings, top: int, bottom: int, years: Collection[PeriodId]) -> Header:
    columns: defaultdict[int, Column] = defaultdict(Column)
    for row in range(top, bottom + 1):
        below = headings.get(row + 1, {}) if row < bottom else {}
        for column, heading in spans.spread(headings.get(row, {}), below, row).items():
            columns[column].add(heading)
    _note_strangers(grid, columns, bottom, rare := rare_kinds(years))
    header = Header(top, bottom, dict(sorted(columns.items())), _measure_columns(grid, top, bottom), rare=rare)
    above = range(top - 1, max(top - _ABOVE, 0) - 1, -1)
    header.begins = next((row + 1 for row in above if _is_of_figures(grid, row)), 0)
    for column, said in header.columns.items():
        period, role = said.stands_for(years)
        if said.contradicts or period not in years or period is None:
            continue
        if role in (Role.UNSAID, Role.ACTUAL):
            if header.years.setdefault(period, column) != column:
                header.doubled.append((period, header.years[period], column))
        elif role in (Role.PLAN, Role.PARTIAL):
            header.elsewise.setdefault(period, column)
    return header


def _heading(grid: Grid, row: int, column: int, rare: Rare) -> ColumnHead | None:
    """Return what a cell says as a heading; a total beside its parts is the year's figure."""
    shown = grid.heading(row, column)
    if isinstance(shown, str) and is_all_of_it(shown):
        return ColumnHead(shown, role=Role.ACTUAL, beside=Role.ACTUAL)
    return heading_of(shown, rare)


def _note_strangers(grid: Grid, columns: dict[int, Column], bottom: int, rare: Rare) -> None:
    """Set aside the columns of a year whose own last heading is none that we know: shares of something, notes."""
    for column, said in columns.items():
        if said.year is not None and isinstance(grid.heading(bottom, column), str):
            said.role = said.role if _heading(grid, bottom, column, rare) else Role.DERIVED


def _measure_columns(grid: Grid, top: int, bottom: int) -> frozenset[int]:
    return frozenset(
        column
        for row in range(top, bottom + 1)
        for column in range(grid.width)
        if names_the_measure(grid.heading(row, column))
    )


def _score(header: Header, headings: Headings) -> tuple[int, int, int, int, int]:
    """Return how much a head says: its years, without doubles, then the headings that it explains, in few rows."""
    explained = sum(len(headings.get(row, {})) for row in range(header.top, header.bottom + 1))
    contradictions = sum(column.contradicts for column in header.columns.values())
    return (
        len(header.years.keys() | header.elsewise.keys()),
        -len(header.doubled) - contradictions,
        explained,
        header.top - header.bottom,
        -header.top,
    )
