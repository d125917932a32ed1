"""Figures as sentences of a report. A sentence never hides a gap: it says how many units it rests on."""

from __future__ import annotations

from collections.abc import Iterable

from soket.documents.figures import FormSummary
from soket.documents.indicators import IndicatorSummary, TargetComparison
from soket.documents.rendering import percent
from soket.plan.model import Target, Unit
from soket.plan.periods import PeriodId, say_period, say_periods
from soket.plan.words import AGGREGATES
from soket.text import format_amount


def indicator_sentence(item: IndicatorSummary, *, examples: bool = True) -> str:
    """Return what an indicator came to: the latest total, its change, its target (an example only if asked for)."""
    indicator, latest = item.indicator, item.latest
    if indicator.aggregate == "none":
        return f"{indicator.name}: {AGGREGATES[indicator.aggregate].phrase}, xem số liệu từng đơn vị tại Phụ lục 2."
    if latest is None or latest.total is None:
        return f"{indicator.name}: chưa có số liệu."
    word = AGGREGATES["mean"].phrase if indicator.aggregate == "mean" else "đạt"
    owing = len(latest.values) + len(latest.missing)
    total = format_amount(latest.total, indicator.unit_of_measure)
    parts = [
        f"{indicator.name}: {say_period(latest.year)} {word} {total} ({len(latest.values)}/{owing} đơn vị có số liệu)"
    ]
    if (growth := item.growth) is not None:
        moved = f"{'tăng' if growth.share > 0 else 'giảm'} {percent(abs(growth.share))}"
        change = f"{moved if round(growth.share, 3) else 'không thay đổi'} so với {say_period(growth.first)}"
        if growth.units < len(latest.values):
            both = "cả hai năm" if isinstance(growth.first, int) else "cả hai kỳ"
            change += f" (tính trên {growth.units} đơn vị có số liệu {both})"
        parts.append(change)
    text = ", ".join(parts)
    comparison = item.comparison
    if comparison is not None and (examples or not comparison.target.example):
        text += "; " + target_phrase(comparison, indicator.unit_of_measure)
    each = item.at_target
    if each is not None and (examples or not each.target.example):
        when = "" if each.year == each.target.year else f"{say_period(each.year)} "
        text += f"; {when}{each.reached}/{each.units} đơn vị đạt {goal_of(each.target, indicator.unit_of_measure)}"
    return text + "."


def target_phrase(comparison: TargetComparison, unit_of_measure: str) -> str:
    """Return how far a figure is from its target; says so where the target is only an example."""
    goal = goal_of(comparison.target, unit_of_measure)
    if comparison.share is None:
        return f"so với {goal}"
    when = "" if comparison.year == comparison.target.year else f"{say_period(comparison.year)} "
    return f"{when}bằng {percent(comparison.share)} {goal}"


def goal_of(target: Target, unit_of_measure: str) -> str:
    """Return what is to be reached, by when and by whom."""
    whose = " của mỗi đơn vị" if target.scope == "unit" else ""
    example = ", số minh họa" if target.example else ""
    return f"mục tiêu{whose} {say_period(target.year)} ({format_amount(target.value, unit_of_measure)}{example})"


def gap_sentence(form: FormSummary) -> str | None:
    """Return which units are missing from a form altogether; None if none is."""
    absent = absent_units(form)
    if not absent:
        return None
    return f"Số liệu trên chưa có phần của {len(absent)}/{len(form.units)} đơn vị: {names(absent)}."


def absent_units(form: FormSummary) -> tuple[Unit, ...]:
    """Return the units that owe a form and gave no figure in it at all."""
    given = {value.unit.code for item in form.indicators for year in item.years for value in year.values}
    return tuple(unit for unit in form.units if unit.code not in given)


def partial_gaps(form: FormSummary) -> list[str]:
    """Return, for units that gave some figures, which indicators and years they left out."""
    absent = {unit.code for unit in absent_units(form)}
    lines = []
    for unit in form.units:
        if unit.code in absent:
            continue
        gaps = []
        for item in form.indicators:
            years = [year.year for year in item.years if unit.code not in year.by_unit]
            if years:
                every = f"tất cả các {'năm' if all(isinstance(year, int) for year in years) else 'kỳ'}"
                gaps.append(f"{item.indicator.code} {every if len(years) == len(item.years) else _years(years)}")
        if gaps:
            lines.append(f"{unit.name}: {'; '.join(gaps)}")
    return lines


def _years(periods: list[PeriodId]) -> str:
    in_years = all(isinstance(each, int) for each in periods)
    return f"năm {', '.join(map(str, periods))}" if in_years else say_periods(periods)


def names(units: Iterable[Unit]) -> str:
    """Return units' names in one line."""
    return "; ".join(unit.name for unit in units)
