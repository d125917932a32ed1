"""What a change that words tell of should be by the figures, and whether it may be told so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from soket.narrative.claims.changes import ToldChange
from soket.narrative.figures.kinds import FigureKind
from soket.narrative.quantities.measures import PERCENT, measure_of
from soket.text import format_amount, format_number

_ROUND_TIMES = 0.15  # "gấp 2 lần" may be 1,7 or 2,3
_PLAUSIBLE = (0.6, 1.6)  # times the first year's figure, what there may have been the year before
_COUNTED = frozenset({FigureKind.SUM, FigureKind.MEAN, FigureKind.DIFFERENCE, FigureKind.MEAN_DIFFERENCE})


def may_be_told(change: ToldChange, values: Sequence[float], lost: Sequence[float]) -> bool:
    """Whether a change may be told so of the figures of its years; each may have `lost` so much to rounding."""
    amount = change.amount
    if change.kind is FigureKind.MEAN_GROWTH and change.years.loose and _may_be_since_before(change, values):
        return True
    unit = measure_of(change.indicator.unit_of_measure).factor if change.kind in _COUNTED else 1.0
    for readings in zip(*(_readings(change, each) for each in _as_rounded(values, lost)), strict=True):
        low, high = min(readings) * unit - _cut_off(change), max(readings) * unit + _cut_off(change)
        if amount.agrees(min(max(amount.value, low), high), unit):
            return True
    return False


def _may_be_since_before(change: ToldChange, values: Sequence[float]) -> bool:
    """Whether a mean growth may count the first year's own, from a figure before it that is not known."""
    yearly = 1 + (-1 if change.rises is False else 1) * change.amount.value / 100
    low, high = _PLAUSIBLE
    return yearly > 0 and low <= values[-1] / yearly ** len(values) / values[0] <= high


def should_be(change: ToldChange, values: Sequence[float]) -> str:
    """Return in words what the figures of a change's years are and come to."""
    measure, (since, until, _) = change.indicator.unit_of_measure, change.years
    if change.kind in (FigureKind.SUM, FigureKind.MEAN):
        mean = change.kind is FigureKind.MEAN
        value = sum(values) / len(values) if mean else sum(values)
        means = "bình quân mỗi năm" if mean else "cộng lại"
        return f"từ năm {since} đến năm {until} {means} là {format_amount(value, measure)}"
    first, last = (format_amount(each, measure) for each in (values[0], values[-1]))
    if change.kind is FigureKind.OF_TOTAL:
        share = format_number(round(_readings(change, values)[0], 1))
        return f"năm {until} là {last}, mục tiêu là {format_amount(_target_of(change), measure)}, tức là đạt {share}%"
    told = f"năm {since} là {first}, năm {until} là {last}"
    yearly = "" if change.is_of_two else "bình quân mỗi năm "
    return f"{told}, tức là {yearly}{_comes_to(change, values)}"


def _comes_to(change: ToldChange, values: Sequence[float]) -> str:
    first, last = values[0], values[-1]
    if change.kind is FigureKind.TIMES:
        return f"gấp {format_number(last / first)} lần" if last > first else f"bằng {format_number(last / first)} lần"
    if change.kind is FigureKind.OF_YEAR:
        return f"bằng {format_number(round(100 * last / first, 1))}%"
    measure = change.indicator.unit_of_measure
    if change.points or (change.kind is FigureKind.GROWTH and measure_of(measure).base == PERCENT):
        amount = f"{format_number(abs(last - first))} điểm phần trăm"
    elif change.kind in _COUNTED:
        amount = format_amount(abs(last - first) / (1 if change.is_of_two else len(values) - 1), measure)
    else:
        amount = f"{format_number(round(abs(_readings(change, values)[0]), 1))}%"
    return f"{'tăng' if last >= first else 'giảm'} {amount}"


def _as_rounded(values: Sequence[float], lost: Sequence[float]) -> list[list[float]]:
    """Return figures as they are, all larger or smaller by what they may have lost, and the ends apart or together."""
    ways = [[way] * len(values) for way in (0.0, 1.0, -1.0)]
    if len(values) > 1:
        between = [0.0] * (len(values) - 2)
        ways += [[1.0, *between, -1.0], [-1.0, *between, 1.0]]
    return [[value + way * by for value, way, by in zip(values, each, lost, strict=True)] for each in ways]


def _cut_off(change: ToldChange) -> float:
    """Return by how much an amount may be cut off rather than rounded."""
    amount = change.amount
    if change.kind is FigureKind.TIMES:
        return min(amount.step / 2, _ROUND_TIMES * amount.value)
    return min(amount.step, 1.0) / 2 if amount.percent or change.points else amount.step / 2


def _readings(change: ToldChange, values: Sequence[float]) -> list[float]:
    """Return what figures come to, as an amount like the one that is told: each way in which that may be meant."""
    first, last = values[0], values[-1]
    turned = -1.0 if change.rises is False else 1.0
    match change.kind:
        case FigureKind.TIMES:
            times = first / last if change.rises is False else last / first
            return [times] if change.rises is None else [times, times - 1]
        case FigureKind.OF_YEAR:
            return [100 * last / first]
        case FigureKind.GROWTH:
            points, growth = turned * (last - first), turned * 100 * (last / first - 1)
            of_shares = measure_of(change.indicator.unit_of_measure).base == PERCENT
            return [points] if change.points else [growth, points] if of_shares else [growth]
        case FigureKind.DIFFERENCE:
            return [turned * (last - first)]
        case FigureKind.MEAN_GROWTH:
            mean = over_years(change.kind, values) or 0.0
            growths = [turned * 100 * each for each in (mean, *other_mean_growths(values))]
            by_points = [turned * (last - first) / steps for steps in (len(values) - 1, len(values))]
            return [*growths, *by_points] if measure_of(change.indicator.unit_of_measure).base == PERCENT else growths
        case FigureKind.MEAN_DIFFERENCE:
            return [turned * (last - first) / steps for steps in (len(values) - 1, len(values))]
        case FigureKind.OF_TOTAL:
            return [100 * last / _target_of(change)]
        case FigureKind.MEAN:
            return [sum(values) / len(values)]
        case _:  # what several years come to may be told of each, or of the best or the last of them
            return [sum(values), sum(values) / len(values), max(values), last]


def _target_of(change: ToldChange) -> float:
    return change.indicator.target.value if change.indicator.target else 0.0


def over_years(kind: FigureKind, values: Sequence[float]) -> float | None:
    """Return what the figures of the years of a span come to; None where they come to nothing."""
    match kind:
        case FigureKind.SUM:
            return sum(values)
        case FigureKind.MEAN:
            return sum(values) / len(values)
        case FigureKind.MEAN_DIFFERENCE:
            return (values[-1] - values[0]) / (len(values) - 1) if len(values) > 1 else None
        case _:
            steps = len(values) - 1
            return (values[-1] / values[0]) ** (1 / steps) - 1 if steps and values[0] > 0 < values[-1] else None


def other_mean_growths(values: Sequence[float]) -> Iterator[float]:
    """Yield the plain mean of the years' growths, and the whole growth by the number of years."""
    if len(values) > 1 and all(values):
        steps = [after / before - 1 for before, after in pairwise(values)]
        yield sum(steps) / len(steps)
        yield (values[-1] / values[0] - 1) / len(steps)
