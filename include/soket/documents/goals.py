"""How far figures are from what is wanted, inside a sentence: in points of a share, else as a share of the target."""

from __future__ import annotations

from collections.abc import Iterator

from soket.documents.indicators import IndicatorSummary, TargetComparison
from soket.documents.provenance import Reckoning, told_figure
from soket.documents.quantities import say_amount, say_percent, say_points
from soket.documents.year_figures import YearFigure
from soket.plan.model import Indicator, Target
from soket.plan.periods import PeriodId, label_of, months_of, say_period
from soket.plan.words import SCOPES


def goals_of(item: IndicatorSummary, latest: YearFigure) -> Iterator[str]:
    """Yield how far a figure is from what the plan's source wants."""
    comparison, each = item.comparison, item.at_target
    if comparison is not None:
        when = "" if comparison.year == latest.year else f"{say_period(comparison.year)} "
        yield when + target_phrase(comparison, item.indicator)
    if each is not None:
        when = "" if each.year == latest.year else f"{say_period(each.year)} "
        counted = f"{each.reached}/{each.units}"
        reached = told_figure(counted, item.indicator.code, each.year, made=Reckoning.GOAL)
        yield f"{when}{reached} đơn vị đạt {goal_of(each.target, item.indicator.unit_of_measure)}"


def is_reached(item: IndicatorSummary) -> bool | None:
    """Return whether what the plan's source wants is reached, by all or by each unit.

    None where it wants nothing, and where nobody has said whether figures are to go up or down to it.
    """
    if (comparison := item.comparison) is not None:
        unsure = comparison.may_go_down and comparison.actual != comparison.target.value
        return None if unsure else comparison.target.is_reached_by(comparison.actual)
    each = item.at_target
    return None if each is None else each.reached == each.units


def is_early(item: IndicatorSummary) -> bool:
    """Return whether a target is of a time that has yet to come when the figure is reported that it is held against."""
    judged = item.comparison or item.at_target
    return judged is not None and months_of(judged.target.year)[1] > months_of(judged.year)[1]


def may_go_down(item: IndicatorSummary) -> bool:
    """Return whether a target was passed before anything was done: it may be meant as one to go down to."""
    return item.comparison is not None and item.comparison.may_go_down


def target_phrase(comparison: TargetComparison, indicator: Indicator) -> str:
    """Return how far a figure is from its target: in points of a share, else as a share of the target."""
    goal = goal_of(comparison.target, indicator.unit_of_measure)

    def against(text: str) -> str:
        return told_figure(text, indicator.code, comparison.year, made=Reckoning.GOAL)

    if (beyond := round(comparison.actual - comparison.target.value, 6)) == 0:
        return f"đạt {goal}"
    if comparison.target.at_most and indicator.nature != "share":
        distance = against(say_amount(abs(beyond), indicator.unit_of_measure))
        return f"còn cao hơn {goal} {distance}" if beyond > 0 else f"đạt {goal}, thấp hơn {distance}"
    if indicator.nature == "share":
        return f"{'cao' if beyond > 0 else 'thấp'} hơn {goal} {against(say_points(beyond))}"
    return f"so với {goal}" if comparison.share is None else f"bằng {against(say_percent(comparison.share))} {goal}"


def year_of_goal(target: Target) -> PeriodId:
    """Return by when a target is to be reached, where there is little room; of each unit's, that it is so."""
    year = label_of(target.year)
    return f"{year}, {SCOPES['unit'].phrase}" if target.scope == "unit" else year


def goal_of(target: Target, unit_of_measure: str) -> str:
    """Return what is to be reached, by when and by whom."""
    whose = " của mỗi đơn vị" if target.scope == "unit" else ""
    amount = target.in_words(say_amount(target.value, unit_of_measure))
    return f"mục tiêu{whose} {say_period(target.year)} ({amount})"
