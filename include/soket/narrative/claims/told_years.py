"""Of which indicator and of which years a sentence speaks, clause by clause."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from soket.narrative.claims.change_signs import SignedClause
from soket.narrative.figures.kinds import CHANGES, FigureKind
from soket.plan.model import Indicator


class YearSpan(NamedTuple):
    """Years from one to another; `loose` where the growth into the first of them may be meant, too."""

    first: int
    last: int
    loose: bool = False


@dataclass
class _Led:
    """The years that stand alone, before any indicator's: "so với năm 2029, …"."""

    year: int | None = None
    base: int | None = None
    span: YearSpan | None = None


@dataclass
class ToldSoFar:
    """What a sentence has told so far: of which indicator, and of when that is."""

    indicator: Indicator | None = None
    year: int | None = None
    span: YearSpan | None = None
    led: _Led = field(default_factory=_Led)
    causes: bool = False  # the clause before told why
    listing: bool = False  # the clause before was a year alone: another may follow it

    def years_of(self, clause: SignedClause, kind: FigureKind) -> YearSpan | None:
        """Return from when to when a clause tells of a change; None where that is not told."""
        span = _span_of(clause) or (None if clause.of("y") else self.span or self.led.span)
        if kind not in CHANGES:
            return None if span is None or (span.loose and kind is FigureKind.MEAN_DIFFERENCE) else span
        named = [each[0] for at, each in clause.years.items() if clause.signs[at] == "y"]
        held = next(iter(clause.of("v")), None)
        if held is None and named and _is_held(clause, kind):
            held = named.pop()
        last = named[-1] if named else self.year or self.led.year
        if clause.says("d"):
            return YearSpan(last - 1, last) if last else None
        if held is None and not named and span:
            return None if span.loose else span
        first = held or self.led.base
        return YearSpan(first, last) if first and last and first < last else None

    def note(self, clause: SignedClause, kind: FigureKind | None) -> None:
        """Take in of when a clause speaks."""
        year, held = (next(iter(clause.of(sign)), None) for sign in "yv")
        span = _span_of(clause)
        self.listing = clause.signs == "y" and not clause.subjects
        if kind is None and not clause.subjects:
            self.led = _Led(year or (self.led.year if held else None), held or self.led.base, span or self.led.span)
            if year or span:
                self.year, self.span = None, None
        elif kind is FigureKind.VALUE and len(clause.years) > 1:  # from one to another
            first, last = (each[0] for each in clause.years.values())
            self.year, self.span = last, YearSpan(first, last) if first < last else None
        elif span:
            self.year, self.span = None, span
        elif year and not _is_held(clause, kind):
            self.year, self.span = year, None


def _span_of(clause: SignedClause) -> YearSpan | None:
    years = clause.of("zZ")
    return YearSpan(years[0], years[1], loose=clause.says("z")) if len(years) > 1 and years[0] < years[1] else None


def _is_held(clause: SignedClause, kind: FigureKind | None) -> bool:
    """Whether the last year of a clause is what it holds another against: "gấp 2 lần năm 2030"."""
    return kind in (FigureKind.TIMES, FigureKind.OF_YEAR) and clause.signs.endswith("y")
