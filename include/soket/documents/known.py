"""What the accepted reports say: each indicator at each time, of all units or of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from soket.documents.figures import Summary
from soket.documents.indicators import IndicatorSummary
from soket.documents.provenance import FigureSource, Reckoning
from soket.narrative.claims.held_changes import over_years
from soket.narrative.figures.kinds import CHANGES, OVER_YEARS, WITH_DIRECTION, FigureKind
from soket.narrative.figures.stated_figure import StatedFigure
from soket.narrative.names.whose import Together, Whose
from soket.narrative.quantities.measures import measure_of
from soket.plan.periods import PeriodId, is_span, several_years, year_of

Cell = tuple[str, PeriodId, str | None]
"""An indicator, a time, a unit or None for all together."""


@dataclass(frozen=True)
class KnownFigures:
    """Figures that a draft can be held against."""

    summary: Summary

    @cached_property
    def cells(self) -> dict[Cell, float]:
        """Every figure there is."""
        found: dict[Cell, float] = {}
        for code, item in self.items.items():
            for year in item.years:
                if year.total is not None:
                    found[code, year.year, None] = year.total
                for each in year.values:
                    found[code, year.year, each.unit.code] = each.value
        return found

    def at(self, code: str, period: PeriodId | None, whose: Whose) -> float | None:
        """Return an indicator's figure at a time, of a unit, a group or all; None if unknown."""
        if period is None:
            return None
        if is_span(period) and period not in self.periods.get(code, ()):
            values = self.within(code, several_years(period) or (0, 0), whose)
            return sum(values) if values else None
        if not isinstance(whose, Together):
            return self.cells.get((code, period, whose))
        having = dict(self._having(code, period))
        units = whose.of(having)
        if units is None:
            return None
        indicator = self.items[code].indicator
        if indicator.aggregate == "mean":
            if not whose.codes:
                return self.cells.get((code, period, None))
            weights = [
                self.cells.get((indicator.weight_by, period, each), 0.0) if indicator.weight_by else 1.0
                for each in units
            ]
            return (
                sum(having[each] * by for each, by in zip(units, weights, strict=True)) / sum(weights)
                if sum(weights)
                else None
            )
        total = sum(having[each] for each in units)
        return total / len(units) if whose.mean else total

    def _having(self, code: str, period: PeriodId) -> Iterator[tuple[str, float]]:
        """Yield the units that gave an indicator at a time, with their figures."""
        item = self.items.get(code)
        for year in item.years if item else ():
            if year.year == period:
                yield from ((each.unit.code, each.value) for each in year.values)

    @cached_property
    def periods(self) -> dict[str, tuple[PeriodId, ...]]:
        """The times of each indicator."""
        return {code: tuple(year.year for year in item.years) for code, item in self.items.items()}

    def last(self, code: str) -> PeriodId | None:
        """Return the last time at which an indicator is known."""
        return next((each for each in reversed(self.periods.get(code, ())) if (code, each, None) in self.cells), None)

    def within(self, code: str, span: tuple[int, int], unit: Whose) -> list[float]:
        """Return an indicator's figures of the whole years of a span; none where one is missing."""
        years = [each for each in self.periods.get(code, ()) if _is_in(each, span)]
        values = [self.at(code, each, unit) for each in years]
        whole = len(years) == span[1] - span[0] + 1
        return [each for each in values if each is not None] if whole and None not in values else []

    def expected(self, stated: StatedFigure) -> float | None:
        """Return what a stated figure should be, in its indicator's unit of measure or as a share; None if unknown.

        Prose tells which way a change goes in words: its figure is without a sign.
        """
        value = self.signed(stated)
        return value if value is None or stated.kind not in WITH_DIRECTION else abs(value)

    def signed(self, stated: StatedFigure) -> float | None:
        """Return the same with the sign of a fall."""
        if not stated.rest:
            return self._read(stated)
        part = self._read(stated)
        whole = 1.0 if stated.against else self._read(replace(stated, indicator=stated.rest))
        linear = stated.kind in (FigureKind.VALUE, FigureKind.SUM, FigureKind.OF_TOTAL)
        return whole - part if linear and whole is not None and part is not None else None

    def _read(self, stated: StatedFigure) -> float | None:
        code, unit = stated.indicator, stated.unit
        span = stated.span or (self._all_of(stated) if stated.kind in _OVER_YEARS else None)
        if span is not None and stated.kind in _OVER_YEARS:
            values = self.within(code, span, unit)
            return over_years(stated.kind, values) if values else None
        period = stated.period if stated.period is not None else (span[1] if span else self.last(code))
        if period is None:
            return None
        of_two = stated.span is not None and (stated.beside or stated.against)
        when = stated.span if of_two and stated.span else period
        now = self._within(code, when, unit, per=stated.per)
        if stated.kind is FigureKind.VALUE:
            return now
        other, then, than = self._other_side(stated, when)
        before = self._within(other, then, than, per=stated.per) if other else None
        if stated.points and stated.against:  # of a share of one indicator in another
            now, before = (
                _percent(part, self._within(stated.against, time, whose))
                for part, time, whose in ((now, when, unit), (before, then, than))
            )
        if now is None or before is None:
            return None
        if stated.kind is FigureKind.DIFFERENCE:
            return now - before
        if not before:
            return None
        if stated.kind is FigureKind.PER and other:
            return now / before / self.factor(other)
        if stated.kind is FigureKind.TIMES and stated.rises is False:
            return before / now if now else None
        return now / before - 1 if stated.kind is FigureKind.GROWTH else now / before

    def _other_side(
        self, stated: StatedFigure, when: PeriodId | tuple[int, int]
    ) -> tuple[str | None, PeriodId | tuple[int, int] | None, Whose]:
        """Return what a figure of two sides is held against: an indicator, when, and whose."""
        than = stated.beside.whose if stated.beside else stated.unit
        if stated.kind in (FigureKind.OF_TOTAL, FigureKind.PER) or (stated.against and not stated.points):
            # A share of the indicator itself is that of one unit among all.
            return stated.against, when, None if stated.against == stated.indicator and not stated.beside else than
        base = stated.base if stated.base is not None else when if stated.beside else None
        return stated.indicator, base if base is not None or not stated.span else stated.span[0], than

    def _within(
        self, code: str, when: PeriodId | tuple[int, int] | None, whose: Whose, *, per: str | None = None
    ) -> float | None:
        """Return an indicator's figure at a time, or what the years of a span come to; for one of what `per` counts."""
        if per is not None:
            part, ones = self._within(code, when, whose), self._within(per, when, whose)
            return part / ones / self.factor(per) if part is not None and ones else None
        if not isinstance(when, tuple):
            return self.at(code, when, whose)
        return sum(values) if (values := self.within(code, when, whose)) else None

    def sources(self, stated: StatedFigure) -> tuple[FigureSource, ...]:
        """Return what a stated figure is held against; nothing where it is not known of when it is."""
        code, changes = stated.indicator, stated.kind in CHANGES
        made = Reckoning.UNIT if stated.unit else Reckoning.TOTAL
        span = stated.span or (self._all_of(stated) if stated.kind in _OVER_YEARS else None)
        periods: tuple[PeriodId | None, ...]
        if span and stated.kind in _OVER_YEARS:
            made, periods = Reckoning.SPAN, tuple(each for each in self.periods.get(code, ()) if _is_in(each, span))
        else:
            period = stated.period if stated.period is not None else span[1] if span else self.last(code)
            base = stated.base if stated.base is not None else span[0] if span else None
            periods = (base, period) if changes else (period,)
            if stated.kind is not FigureKind.VALUE:
                ratio = stated.kind in _RATIOS
                made = Reckoning.RATIO if ratio else Reckoning.CHANGE if changes else Reckoning.SHARE
        known = tuple(each for each in periods if each is not None)
        of_it = {
            "made": made,
            "unit": None if isinstance(stated.unit, Together) else stated.unit,
            "whole": stated.against,
            "units": len(stated.unit.codes) or None if isinstance(stated.unit, Together) else None,
        }
        return (FigureSource(indicator=code, periods=known, **of_it),) if known else ()

    @cached_property
    def sound(self) -> KnownFigures | None:
        """What is known without the figures in doubt; None where there are none."""
        if not any(item.doubts for item in self.items.values()):
            return None
        forms = (replace(each, indicators=tuple(item.sound for item in each.indicators)) for each in self.summary.forms)
        return KnownFigures(replace(self.summary, forms=tuple(forms)))

    @cached_property
    def items(self) -> dict[str, IndicatorSummary]:
        """The indicators, by code."""
        return {item.indicator.code: item for form in self.summary.forms for item in form.indicators}

    def _all_of(self, stated: StatedFigure) -> tuple[int, int] | None:
        """Return the years that a figure of several is of: those of its span, else all of its indicator."""
        own = several_years(stated.period) if stated.period is not None else None
        return own or self.all_of(stated.indicator)

    def all_of(self, code: str) -> tuple[int, int] | None:
        """Return the first and the last year of an indicator; None for none."""
        years = [year_of(each) for each in self.periods.get(code, ()) if isinstance(each, int)]
        return (min(years), max(years)) if years else None

    def factor(self, code: str) -> float:
        """Return how many of its base the unit of measure of an indicator is."""
        return measure_of(self.items[code].indicator.unit_of_measure).factor


def _percent(part: float | None, whole: float | None) -> float | None:
    return part * 100 / whole if part is not None and whole else None


_OVER_YEARS = OVER_YEARS | {FigureKind.SUM}
_RATIOS = (FigureKind.TIMES, FigureKind.OF_YEAR)


def _is_in(period: PeriodId, span: tuple[int, int]) -> bool:
    """Whether a period is a whole year of a span."""
    return isinstance(period, int) and span[0] <= period <= span[1]
