"""One indicator over the years: its totals, what they are made of, how far they are from what the plan wants."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from soket.plan.model import Indicator, Target, Unit
from soket.plan.periods import PeriodId, period_kind


@dataclass(frozen=True)
class UnitValue:
    """One unit's figure, and where it was read."""

    unit: Unit
    value: float
    submission: int
    file: str
    cell: str


@dataclass(frozen=True)
class YearFigure:
    """One indicator in one year: the total, its parts, and who is missing from it."""

    year: PeriodId
    total: float | None  # None where nobody gave a figure, or where the plan says not to add up
    values: tuple[UnitValue, ...]
    missing: tuple[Unit, ...]

    @cached_property
    def by_unit(self) -> dict[str, UnitValue]:
        """The parts, by unit."""
        return {each.unit.code: each for each in self.values}


@dataclass(frozen=True)
class Growth:
    """The change between two years among the units that gave both, so that a gap is never read as a fall."""

    first: PeriodId
    last: PeriodId
    share: float
    units: int


@dataclass(frozen=True)
class TargetComparison:
    """How far the latest total is from what the plan wants of all units together."""

    target: Target
    year: PeriodId
    actual: float

    @property
    def share(self) -> float | None:
        """The actual figure as a share of the target."""
        return self.actual / self.target.value if self.target.value else None


@dataclass(frozen=True)
class UnitsAtTarget:
    """How many of the units that gave a figure have reached what each of them is to reach."""

    target: Target
    year: PeriodId
    reached: int
    units: int


@dataclass(frozen=True)
class IndicatorSummary:
    """One indicator over the years of its form."""

    indicator: Indicator
    years: tuple[YearFigure, ...]

    @property
    def latest(self) -> YearFigure | None:
        """The last year with a total."""
        return next((each for each in reversed(self.years) if each.total is not None), None)

    @property
    def comparison(self) -> TargetComparison | None:
        """A target of all units against the total of its own year or, before that year is reported, of the latest."""
        target, judged = self.indicator.target, self._judged
        if target is None or target.scope != "total" or judged is None or judged.total is None:
            return None
        return TargetComparison(target, judged.year, judged.total)

    @property
    def at_target(self) -> UnitsAtTarget | None:
        """A target of each unit against the units' own figures, of the same year."""
        target, judged = self.indicator.target, self._judged
        if target is None or target.scope != "unit" or judged is None or not judged.values:
            return None
        reached = sum(each.value >= target.value for each in judged.values)
        return UnitsAtTarget(target, judged.year, reached, len(judged.values))

    @property
    def _judged(self) -> YearFigure | None:
        """The year that a target is held against."""
        target = self.indicator.target
        filled = next((each for each in reversed(self.years) if each.values), None)
        return next((each for each in self.years if target and each.year == target.year), filled)

    @property
    def growth(self) -> Growth | None:
        """The change from the first year with a total to the last, of like periods; None without two or a base."""
        filled = [each for each in self.years if each.total is not None]
        filled = [each for each in filled if period_kind(each.year) == period_kind(filled[-1].year)]
        if len(filled) < 2:
            return None
        first, last = filled[0], filled[-1]
        pairs = [
            (value.value, last.by_unit[value.unit.code].value)
            for value in first.values
            if value.unit.code in last.by_unit
        ]
        base = sum(before for before, _ in pairs)
        if base <= 0:
            return None
        return Growth(first.year, last.year, sum(after for _, after in pairs) / base - 1, len(pairs))
