"""One indicator over its periods: totals, what they are made of, how they moved, how far they are from what is wanted.

Whatever a paper says of an indicator is reckoned here, by what the plan says it is: flows are added up over periods,
stocks are not, shares are averaged and never added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum

from soket.documents.year_figures import UnitValue, YearFigure, total_of
from soket.plan.model import Indicator, Target
from soket.plan.periods import PeriodId, consecutive, in_order_of_time, is_span, period_kind
from soket.plan.tables import whole_of
from soket.text import flat


@dataclass(frozen=True)
class Growth:
    """From one period to another, among units that gave both, so that a gap is never read as a fall."""

    first: PeriodId
    last: PeriodId
    before: float
    after: float
    units: int

    @property
    def difference(self) -> float:
        """How much more or less; of shares, in points."""
        return round(self.after - self.before, 6)

    @property
    def share(self) -> float | None:
        """The change as a share of what there was; None where there was nothing: it grew from nought."""
        return self.after / self.before - 1 if self.before > 0 else None


@dataclass(frozen=True)
class TargetComparison:
    """How far the latest total is from what the plan wants of all units together."""

    target: Target
    year: PeriodId
    actual: float
    may_go_down: bool = False  # passed before anything was done: it may be meant as one to go down to

    @property
    def share(self) -> float | None:
        """The actual figure as a share of a target that is to be grown to; None where that is not sure."""
        down = self.target.at_most or self.may_go_down
        return self.actual / self.target.value if self.target.value and not down else None


@dataclass(frozen=True)
class UnitsAtTarget:
    """How many of the units that gave a figure have reached what each of them is to reach."""

    target: Target
    year: PeriodId
    reached: int
    units: int


@dataclass(frozen=True)
class IndicatorSummary:
    """One indicator over the periods of its form, with those that are parts of it."""

    indicator: Indicator
    years: tuple[YearFigure, ...]
    parts: tuple[IndicatorSummary, ...] = ()

    @cached_property
    def doubts(self) -> tuple[tuple[YearFigure, UnitValue], ...]:
        """The figures that are in doubt, each with its period."""
        return tuple((year, value) for year in self.years for value in year.doubts)

    @cached_property
    def sound(self) -> IndicatorSummary:
        """The same without the figures in doubt: what a sentence may say; itself where there are none."""
        if not self.doubts and all(part.sound is part for part in self.parts):
            return self
        return IndicatorSummary(
            self.indicator,
            tuple(year.sound(self.indicator) for year in self.years),
            tuple(part.sound for part in self.parts),
        )

    @property
    def latest(self) -> YearFigure | None:
        """The last period with a total."""
        return next((each for each in reversed(self.years) if each.total is not None), None)

    @cached_property
    def course(self) -> tuple[YearFigure, ...]:
        """The periods with a total that compare: of a stock all, else those of the kind that there are most of.

        What came of a year so far compares with no whole one.
        """
        told = [each for each in self.years if each.total is not None]
        whole = [each for each in told if not (each.so_far and self.adds_up)] or told
        filled = {each.year: each for each in whole}
        ordered = [filled[period] for period in in_order_of_time(filled)]
        if self.is_stock and not any(is_span(each.year) for each in ordered):
            return tuple(ordered)
        kinds = [period_kind(each.year) for each in ordered]
        usual = max(reversed(kinds), key=kinds.count, default="")
        return tuple(each for each in ordered if period_kind(each.year) == usual)

    @property
    def is_stock(self) -> bool:
        """Whether the plan says that this is what there is at a moment; of what it says nothing, nothing is claimed."""
        return self.indicator.nature == "stock" and "nature" in self.indicator.model_fields_set

    @property
    def adds_up(self) -> bool:
        """Whether what a period's figure is grows while it lasts: a sum of what happened, of which part is no whole."""
        named = flat(f"{self.indicator.name} {self.indicator.unit_of_measure}")
        return not self.is_stock and self.indicator.aggregate == "sum" and "luy ke" not in named

    @cached_property
    def comparable(self) -> frozenset[str]:
        """The units that every period of the course rests on."""
        counted = [frozenset(each.counted) for each in self.course]
        return frozenset.intersection(*counted) if counted else frozenset()

    @cached_property
    def peak(self) -> YearFigure | None:
        """The highest period of a course; None where two are, or where other units reporting made it the highest."""
        among = self.comparable
        highest = _highest([(each, each.total) for each in self.course])
        of_the_same = _highest([(each, self._of(each, among)) for each in self.course])
        return highest if highest is of_the_same else None

    def change(self, first: YearFigure, last: YearFigure, among: Collection[str] | None = None) -> Growth | None:
        """Return how it moved between two periods among the units that gave both; None where there are none."""
        both = first.counted.keys() & last.counted.keys()
        both = both if among is None else both & set(among)
        before, after = self._of(first, both), self._of(last, both)
        return None if before is None or after is None else Growth(first.year, last.year, before, after, len(both))

    def _of(self, figure: YearFigure, among: Collection[str]) -> float | None:
        return total_of(self.indicator, {code: figure.counted[code] for code in among}, figure.weights)

    @property
    def growth(self) -> Growth | None:
        """The change from the first period of the course to the last; None without two."""
        return self.change(self.course[0], self.course[-1]) if len(self.course) > 1 else None

    @property
    def period_sum(self) -> float | None:
        """What a flow comes to over its course; None for what is no flow, and where a period between is missing."""
        if self.indicator.nature != "flow" or self.indicator.aggregate != "sum" or len(self.course) < 2:
            return None
        if not consecutive([each.year for each in self.course]) or any(is_span(each.year) for each in self.years):
            return None  # of what the years came to, the units say it themselves
        return round(fsum(each.total for each in self.course if each.total is not None), 6)

    def share_in(self, whole: IndicatorSummary, year: PeriodId) -> float | None:
        """Return which share of a whole this part is in a period; None where other units gave it, or it is no part."""
        mine, its = self.at(year), whole.at(year)
        added = self.indicator.aggregate == whole.indicator.aggregate == "sum"
        same = added and self.indicator.unit_of_measure == whole.indicator.unit_of_measure
        if not same or mine is None or its is None or mine.total is None or not its.total:
            return None
        return mine.total / its.total if mine.counted.keys() == its.counted.keys() and mine.total <= its.total else None

    def at(self, year: PeriodId) -> YearFigure | None:
        """Return a period's figure."""
        return next((each for each in self.years if each.year == year), None)

    @property
    def target(self) -> Target | None:
        """What the plan's source wants; an example is nobody's target."""
        target = self.indicator.target
        return None if target is None or target.example else target

    @property
    def comparison(self) -> TargetComparison | None:
        """A target of all units against the total of its own period or, before that is reported, of the latest."""
        target, judged = self.target, self._judged
        if target is None or target.scope != "total" or judged is None or judged.total is None:
            return None
        first = next((year.total for year in self.years if year.total is not None), judged.total)
        passed = not target.at_most and first > target.value
        return TargetComparison(target, judged.year, judged.total, may_go_down=passed)

    @property
    def at_target(self) -> UnitsAtTarget | None:
        """A target of each unit against the units' own figures, of the same period."""
        target, judged = self.target, self._judged
        if target is None or target.scope != "unit" or judged is None or not judged.values:
            return None
        reached = sum(target.is_reached_by(each.value) for each in judged.values)
        return UnitsAtTarget(target, judged.year, reached, len(judged.values))

    @property
    def _judged(self) -> YearFigure | None:
        """The period that a target is held against."""
        filled = next((each for each in reversed(self.years) if each.values), None)
        return (self.at(self.target.year) if self.target else None) or filled


def leaders(figure: YearFigure, most: int = 3) -> tuple[UnitValue, ...]:
    """Return the units with the largest figures, the largest first; no more than can be told from the next."""
    ranked = sorted(figure.values, key=lambda each: (-each.value, each.unit.code))
    while 0 < most < len(ranked) and ranked[most - 1].value == ranked[most].value:
        most -= 1
    return tuple(each for each in ranked[:most] if each.value > 0)


def with_parts(items: Iterable[IndicatorSummary]) -> tuple[IndicatorSummary, ...]:
    """Return a form's indicators, each total with its parts, and those with theirs: CT01.1 is a part of CT01."""
    listed = {each.indicator.code: each for each in items}
    wholes = {code: whole_of(code, listed) for code in listed}

    def placed(code: str) -> IndicatorSummary:
        parts = tuple(placed(part) for part, whole in wholes.items() if whole == code)
        return replace(listed[code], parts=parts)

    return tuple(map(placed, listed))


def _highest(figures: list[tuple[YearFigure, float | None]]) -> YearFigure | None:
    ranked = sorted(((total, each) for each, total in figures if total is not None), key=lambda each: -each[0])
    return ranked[0][1] if ranked and (len(ranked) == 1 or ranked[0][0] > ranked[1][0]) else None
