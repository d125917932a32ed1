"""What notes in an indicator's row say of its figures: their unit of measure, a part of a year, a plan, another figure.

Notes stand right of the figures and, of parts of a year, in brackets behind the name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from soket.intake.table.captions import Stated, speaks_of_units, stated_in
from soket.intake.table.conversions import is_ditto
from soket.intake.table.grid import Grid
from soket.intake.table.header import Header
from soket.intake.table.partial_years import PartSaid, is_told_apart, parts_said
from soket.intake.table.planned_titles import note_says_planned
from soket.narrative.measures import Measure, measure_for, measure_of
from soket.narrative.numbers import YEAR
from soket.plan.model import Indicator
from soket.plan.periods import PeriodId, year_of
from soket.reading.findings import Fact, Finding
from soket.text import fold, quoted

_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_CORRECTS = re.compile(r"\b(?:sua lai|dinh chinh|dung la|so dung|thay bang|dieu chinh (?:lai|thanh))\b.*\d")


@dataclass
class RowNotes:
    """What the notes of one row say."""

    units: list[tuple[Stated, frozenset[int]]] = field(default_factory=list)  # and the years that the note names
    parts: dict[PeriodId, PartSaid] = field(default_factory=dict)  # years whose figure is of a part of them
    findings: list[Finding] = field(default_factory=list)
    doubtful: set[PeriodId] = field(default_factory=set)  # years whose figure may be another

    def units_of(self, period: PeriodId) -> list[Stated]:
        """Return the units of measure that the notes state for a period."""
        return [stated for stated, years in self.units if not years or year_of(period) in years]


@dataclass(frozen=True)
class Units:
    """The units of measure that are stated for one row: in it, by its notes, and for several."""

    own: list[Stated]
    notes: RowNotes
    general: list[Stated]


def notes_of(grid: Grid, header: Header, row: int, labels: Sequence[int], indicator: Indicator) -> RowNotes:
    """Return what the notes in an indicator's row say; `labels` are the columns of names."""
    found = RowNotes()
    wanted, first = measure_of(indicator.unit_of_measure), min(header.years.values())
    named: dict[str, Fact] = {"indicator": indicator.code, "name": indicator.name}
    for place, text in _notes(grid, header, row, first):
        years = frozenset(map(int, re.findall(YEAR, text)))
        found.units += [(each, years) for each in _units(place, text, wanted) if each.measure.is_of(wanted)]
        _add_parts(found, header, place, text)
        code = "BS-32" if note_says_planned(text) else "BS-34" if _CORRECTS.search(fold(text)) else None
        if code:
            found.findings.append(Finding(code, place, named | {"found": quoted(text)}))
            found.doubtful |= {each for each in header.years if not years or year_of(each) in years}
    for column in (each for each in labels if each < first):
        label = grid.heading(row, column)
        for text in _IN_BRACKETS.findall(label) if isinstance(label, str) else ():
            _add_parts(found, header, f"ô {grid.place(row, column)}", text)
    return found


def _notes(grid: Grid, header: Header, row: int, first: int) -> Iterator[tuple[str, str]]:
    taken = {column for column, said in header.columns.items() if said.year}
    for column in range(first + 1, grid.width):
        at = row
        while at > header.bottom + 1 and is_ditto(grid.heading(at, column)):
            at -= 1
        cell = grid.heading(at, column)
        if column not in taken and isinstance(cell, str):
            yield f"ô {grid.place(row, column)}", cell


def _units(place: str, text: str, wanted: Measure) -> list[Stated]:
    if speaks_of_units(text):
        return stated_in(text, place)
    measure = measure_for(text, wanted)
    return [Stated(measure, place, own=True)] if measure else []


def _add_parts(found: RowNotes, header: Header, place: str, text: str) -> None:
    years = [year for year in header.years if isinstance(year, int)]
    for said in parts_said(place, text) if years else ():
        year = said.year or max(years)
        if year in years and not is_told_apart(header, year):
            found.parts.setdefault(year, said)
