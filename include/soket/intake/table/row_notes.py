"""What notes in an indicator's row say of its figures: their unit of measure, a part of a year, a plan, another figure.

Notes stand right of the figures, on their cells and, in brackets or behind a dash, beside the name; or below the table,
behind the mark that the name bears.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from soket.intake.table.around import texts_near
from soket.intake.table.captions import Stated, speaks_of_units, stated_in
from soket.intake.table.conversions import is_ditto
from soket.intake.table.grid import Grid
from soket.intake.table.header import Header
from soket.intake.table.partial_years import PartSaid, is_told_apart, parts_said
from soket.intake.table.planned_titles import note_says_planned
from soket.narrative.quantities.measures import Measure, measure_for
from soket.plan.model import Indicator
from soket.plan.periods import PeriodId, year_of
from soket.reading.findings import Fact, Finding
from soket.text import YEAR, fold, quoted

_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_BEHIND_A_DASH = re.compile(r"\s[-–—]\s+([^-–—()]+)$")
_MARK = r"\(\*+\)|\*+|\(\d{1,2}\)|[¹²³⁴-⁹]+"
_BEARS, _BEHIND_MARK = re.compile(rf"({_MARK})\s*$"), re.compile(rf"\s*({_MARK})[\s:.–-]*(\S.*)", re.DOTALL)
_CLAUSE = re.compile(r"[;.]\s")
_RAISED = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹", "123456789", "()")
# What makes another figure of one that has the plan's name.
_MEANS_ELSE = re.compile(
    r"\b(?:luy ke|cong don|toan tinh|toan quoc|ca .+ (?:va|lan) |gom|bao gom|ke ca|tinh ca|khong tinh|khong ke|tru|"
    rf"rieng|chi tinh|quy doi|dang ky|cap phep|ke hoach|du toan|muc tieu|du kien|dang|chua|tu (?:nam )?{YEAR})\b"
)
# What a note says of figures that lack something, or are of something else.
_DOUBTS = re.compile(
    r"\b(?:chua (?:bao )?gom|chua (?:(?:co|du|tinh|thong ke) so|tinh|day du|thong ke|tong hop)|con thieu so|"
    r"moi (?:(?:co|tinh) so|tinh|thong ke|tong hop)|tam tinh|tinh ca|(?:bao )?gom ca|ke ca|"
    r"khong (?:tinh|ke|gom|bao gom)|chi tinh|lay theo|(?:la|theo) uoc tinh)\b"
)
_CORRECTS = re.compile(
    r"\b(?:(?:sua lai|dinh chinh|dieu chinh lai)\b[^a-z]*(?:so lieu |nam [\d, ]+)?(?::|\bla\b|\bthanh\b)|dung la\b|"
    r"so dung\b|so that\b|(?:go|ghi|danh) (?:nham|sai)\b|thay bang\b).*\d|\d.*\b(?:go|ghi|danh) (?:nham|sai)\b"
)


@dataclass(frozen=True)
class _Note:
    """One note; `years` are those whose cell it is on."""

    place: str
    text: str
    years: frozenset[int] = frozenset()


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


def notes_of(
    grid: Grid, header: Header, row: int, after: int, labels: Sequence[int], indicator: Indicator, wanted: Measure
) -> RowNotes:
    """Return what the notes in an indicator's row say, and those that it refers to, from the row `after` the table on.

    `labels` are the columns of names, `wanted` is its own unit.
    """
    found, first = RowNotes(), min(header.years.values())
    named: dict[str, Fact] = {"indicator": indicator.code, "name": indicator.name}
    referred = (each for column in labels if column < first for each in _referred(grid, header, row, column, after))
    for note in (*_notes(grid, header, row, first), *referred):
        folded = fold(note.text)
        years = frozenset(map(int, re.findall(YEAR, note.text))) or note.years
        found.units += [(each, years) for each in _units(note.place, note.text, wanted) if each.measure.is_of(wanted)]
        _add_parts(found, header, note)
        code = "BS-32" if note_says_planned(note.text) else "BS-34" if _CORRECTS.search(folded) else None
        if code:
            found.findings.append(Finding(code, note.place, named | {"found": quoted(note.text)}))
            found.doubtful |= {each for each in header.years if not years or year_of(each) in years}
        elif _DOUBTS.search(folded) and not found.parts:
            found.findings.append(Finding("BS-37", note.place, named | {"found": quoted(note.text)}))
    for column in (each for each in labels if each < first):
        label = grid.heading(row, column)
        for text in _beside_name(label, indicator.name) if isinstance(label, str) else ():
            note = _Note(f"ô {grid.place(row, column)}", text)
            _add_parts(found, header, note)
            if not found.parts and _MEANS_ELSE.search(fold(text)):
                found.findings.append(Finding("BS-37", note.place, named | {"found": quoted(text)}))
    return found


def _beside_name(label: str, name: str) -> list[str]:
    """Return what stands in brackets or behind a dash in a label, and not in the name that the plan has."""
    found = _IN_BRACKETS.findall(label) + _BEHIND_A_DASH.findall(label)
    return [text for text in found if fold(text) not in fold(name)]


def _notes(grid: Grid, header: Header, row: int, first: int) -> Iterator[_Note]:
    """Yield the notes right of a row's figures, then those on its cells."""
    taken = {column for column, said in header.columns.items() if said.year}
    for column in range(first + 1, grid.width):
        at = row
        while at > header.bottom + 1 and is_ditto(grid.heading(at, column)):
            at -= 1
        cell = grid.heading(at, column)
        if column not in taken and isinstance(cell, str):
            yield _Note(f"ô {grid.place(row, column)}", cell)
    of_columns = {column: frozenset([year_of(year)]) for year, column in header.years.items()}
    for (at, column), notes in grid.notes.items():
        for place, text in notes if at == row else ():
            yield _Note(place, text, of_columns.get(column, frozenset()))


def _referred(grid: Grid, header: Header, row: int, column: int, after: int) -> Iterator[_Note]:
    """Yield the lines below the table that begin with the mark which a label ends with."""
    label = grid.heading(row, column)
    if not isinstance(label, str) or (borne := _BEARS.search(label)) is None:
        return
    for below, at, text in texts_near(grid, header, after):
        found = _BEHIND_MARK.fullmatch(text) if below >= after else None
        if found and found[1].translate(_RAISED) == borne[1].translate(_RAISED):
            yield _Note(f"ô {grid.place(below, at)}", found[2])


def _units(place: str, text: str, wanted: Measure) -> list[Stated]:
    if speaks_of_units(text):
        return stated_in(text, place)
    measure = measure_for(_CLAUSE.split(text, maxsplit=1)[0], wanted)
    return [Stated(measure, place, own=True)] if measure else []


def _add_parts(found: RowNotes, header: Header, note: _Note) -> None:
    years = [year for year in header.years if isinstance(year, int)]
    for said in parts_said(note.place, note.text) if years else ():
        year = said.year or max(note.years or years)
        if year in years and not is_told_apart(header, year):
            found.parts.setdefault(year, said)
