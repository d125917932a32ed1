"""One indicator in one period: the figures of the units, what they come to, and who gave none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum

from soket.plan.model import Indicator, Unit
from soket.plan.periods import PeriodId


@dataclass(frozen=True)
class UnitValue:
    """One unit's figure, and where it was read."""

    unit: Unit
    value: float
    submission: int
    file: str
    cell: str
    doubtful: bool = False  # nobody has confirmed what is odd about it, or gainsaid by the report's own words


@dataclass(frozen=True)
class YearFigure:
    """One indicator in one period: the units' figures, what they come to, and who is missing from it."""

    year: PeriodId
    total: float | None  # None where nobody gave a figure, or where the plan says not to add up
    values: tuple[UnitValue, ...]
    missing: tuple[Unit, ...]
    weights: Mapping[str, float] | None = None  # by unit, where the plan has a mean weighed
    estimated: bool = False
    confirmed_only: bool = False  # figures in doubt are left out of it
    at_least: bool = False  # and it is told as what it is not below
    so_far: bool = False  # asked for long before the period's end, and said to be no estimate of all of it

    @cached_property
    def by_unit(self) -> dict[str, UnitValue]:
        """The parts, by unit."""
        return {each.unit.code: each for each in self.values}

    @cached_property
    def counted(self) -> dict[str, float]:
        """The figures that the total rests on, by unit: of a weighed mean, those that have a weight."""
        return {
            code: each.value
            for code, each in self.by_unit.items()
            if self.weights is None or self.weights.get(code, 0) > 0
        }

    @cached_property
    def doubts(self) -> tuple[UnitValue, ...]:
        """The parts that are in doubt."""
        return tuple(each for each in self.values if each.doubtful)

    def sound(self, indicator: Indicator) -> YearFigure:
        """Return the same without the figures in doubt, as if those units had given none."""
        if not self.doubts:
            return self
        values = tuple(each for each in self.values if not each.doubtful)
        total = total_of(indicator, {each.unit.code: each.value for each in values}, self.weights)
        missing = (*self.missing, *(each.unit for each in self.doubts))
        return replace(self, total=total, values=values, missing=missing, confirmed_only=True)


def total_of(
    indicator: Indicator, figures: Mapping[str, float], weights: Mapping[str, float] | None = None
) -> float | None:
    """Return what units' figures come to, in whatever order they are; None where they come to nothing."""
    if weights is not None:
        figures = {code: value for code, value in figures.items() if weights.get(code, 0) > 0}
    if not figures or indicator.aggregate == "none":
        return None
    if indicator.aggregate == "sum":
        total = fsum(figures.values())
    elif weights is None:
        total = fsum(figures.values()) / len(figures)
    else:
        total = fsum(value * weights[code] for code, value in figures.items()) / fsum(weights[code] for code in figures)
    return round(total, 6)  # what a form can hold, so that 0,1 + 0,2 prints and compares as 0,3
