"""Plausible figures for a table of indicators: growth to 2019, the pandemic's fall after it, and every rule kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from soket.plan.model import Indicator, IndicatorForm, OrderRule, RangeRule, SumRule, YearlyJumpRule
from soket.plan.periods import PeriodId, year_of
from soket.text import fold

Figures = dict[str, dict[PeriodId, float]]
"""Value by indicator code and year."""

_PANDEMIC = 2020


@dataclass(frozen=True)
class _Scale:
    """How large an indicator is, and whether the pandemic cut it."""

    low: float
    high: float
    falls: bool = False


# By a word of the unit of measure.
_SCALES = {
    "luot nguoi": _Scale(150, 2_500),
    "luot": _Scale(30_000, 260_000, falls=True),
    "ty dong": _Scale(12, 240, falls=True),
    "trieu dong": _Scale(150, 4_000, falls=True),
    "ngay": _Scale(1.2, 2.4, falls=True),
    "%": _Scale(38, 62, falls=True),
    "buong": _Scale(80, 1_400),
    "phong": _Scale(80, 1_400),
    "nguoi": _Scale(60, 1_500),
    "ha": _Scale(8, 160),
    "km": _Scale(4, 60),
    "co so": _Scale(6, 70),
    "tin": _Scale(20, 300),
}
_OTHER = _Scale(3, 24)
# By a word of the name: this share of the scale.
_SHARES = {
    "quoc te": 0.02,
    "nuoc ngoai": 0.02,
    "3 sao": 0.05,
    "4 sao": 0.05,
    "5 sao": 0.05,
    "luu tru": 0.45,
    "ngan sach": 0.1,
}


def plausible(form: IndicatorForm, random: Random, *, units: int) -> Figures:
    """Return figures for each indicator and year of a form that break none of its rules.

    What so many units come to together is well on the way to the plan's targets.
    """
    sums = {rule.total: rule.parts for rule in form.rules if isinstance(rule, SumRule)}
    size = random.uniform(0.5, 1.0)  # a large unit is large in everything
    by_code = {each.code: each for each in form.indicators}
    goals: dict[str, float] = {}
    for indicator in form.indicators:
        if (target := indicator.target) is not None:
            together = target.scope == "total" and indicator.aggregate == "sum"
            _aim(indicator.code, size * target.value / (units if together else 1), goals, sums, by_code)
    figures = {
        each.code: _series(each, form.years, size, random, goals.get(each.code))
        for each in form.indicators
        if each.code not in sums
    }
    for rule in form.rules:
        if isinstance(rule, OrderRule):
            _shrink(
                rule.smaller, _largest_share(figures, sums, rule) * random.uniform(0.6, 0.95), figures, sums, by_code
            )
    return {each.code: _values(each.code, figures, sums, by_code) for each in form.indicators}


def _aim(
    code: str, goal: float, goals: dict[str, float], sums: dict[str, tuple[str, ...]], by_code: dict[str, Indicator]
) -> None:
    """Set what a series, or all parts of a total together, come to in the last year."""
    if code not in sums:
        goals[code] = goal
        return
    whole = sum(_share(by_code[part]) for part in sums[code])
    for part in sums[code]:
        _aim(part, goal * _share(by_code[part]) / whole, goals, sums, by_code)


def _share(indicator: Indicator) -> float:
    name = fold(indicator.name)
    return next((share for word, share in _SHARES.items() if word in name), 1.0)


def _series(
    indicator: Indicator, years: Sequence[PeriodId], size: float, random: Random, goal: float | None
) -> dict[PeriodId, float]:
    unit = fold(indicator.unit_of_measure)
    scale = next((scale for word, scale in _SCALES.items() if word in unit), _OTHER)
    level = random.uniform(scale.low, scale.high) * size * _share(indicator)
    low, high = _bounds(indicator)
    factor = min((rule.factor for rule in indicator.rules if isinstance(rule, YearlyJumpRule)), default=10.0)
    levels = [level]
    for year in years[1:]:
        falls = scale.falls and year_of(year) >= _PANDEMIC
        change = random.uniform(0.62, 0.78) if falls else random.uniform(1.02, 1.12)
        # Rounding must not carry a change over its bound.
        levels.append(levels[-1] * min(max(change, 1.08 / factor), 0.92 * factor))
    if goal is not None:
        levels = [each * goal / levels[-1] for each in levels]
    kept = [_rounded(indicator, min(max(each, low), high)) for each in levels]
    series: dict[PeriodId, float] = dict(zip(years, kept, strict=True))
    if indicator.type == "integer" and any(
        a and not 1 / factor <= b / a <= factor for a, b in pairwise(series.values())
    ):
        return dict.fromkeys(years, max(series.values()))  # counts too small for a gentle change
    return series


def _bounds(indicator: Indicator) -> tuple[float, float]:
    low, high = 0.0, 97.0 if indicator.unit_of_measure == "%" else float("inf")
    for rule in indicator.rules:
        if isinstance(rule, RangeRule):
            low = max(low, rule.min if rule.min is not None else low)
            high = min(high, rule.max if rule.max is not None else high)
    return low, high


def _rounded(indicator: Indicator, value: float) -> float:
    return round(value) if indicator.type == "integer" else round(value, 1)


def _values(
    code: str, figures: Figures, sums: dict[str, tuple[str, ...]], by_code: dict[str, Indicator]
) -> dict[PeriodId, float]:
    """Return an indicator's own series or, for a total, the sum of its parts'."""
    if code not in sums:
        return figures[code]
    parts = [_values(part, figures, sums, by_code) for part in sums[code]]
    return {year: _rounded(by_code[code], sum(part[year] for part in parts)) for year in parts[0]}


def _largest_share(figures: Figures, sums: dict[str, tuple[str, ...]], rule: OrderRule) -> float:
    """Return by how much the smaller one may be multiplied and still be the smaller, in each year."""

    def raw(code: str, year: PeriodId) -> float:
        return sum(raw(part, year) for part in sums[code]) if code in sums else figures[code][year]

    years = next(iter(figures.values()))
    return min(
        (raw(rule.larger, year) / raw(rule.smaller, year) for year in years if raw(rule.smaller, year)), default=1
    )


def _shrink(
    code: str, factor: float, figures: Figures, sums: dict[str, tuple[str, ...]], by_code: dict[str, Indicator]
) -> None:
    """Multiply a series, or all parts of a total, by a factor below 1."""
    if factor >= 1:
        return
    for part in sums.get(code, ()):
        _shrink(part, factor, figures, sums, by_code)
    if code not in sums:
        figures[code] = {year: _rounded(by_code[code], value * factor) for year, value in figures[code].items()}
