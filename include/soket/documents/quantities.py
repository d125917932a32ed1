"""Figures as a report says them: so many digits as a listener keeps, and "gần" or "trên" only where that is so."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from math import floor, log10

from soket.narrative.quantities.measures import MONEY, measure_of
from soket.plan.natures import is_share
from soket.text import format_number

_MONEY = ((1e9, "tỷ đồng"), (1e6, "triệu đồng"), (1e3, "nghìn đồng"), (1.0, "đồng"))
_SCALES = ((1e9, " tỷ"), (1e6, " triệu"), (1e3, " nghìn"))
_EXACT_BELOW, _DIGITS = 100_000, 3  # larger counts are said in so many digits
_TWICE = 2


def say_amount(value: float, unit_of_measure: str) -> str:
    """Return a figure with its unit: 246 cơ sở, gần 644 nghìn lượt khách, 1.396,9 tỷ đồng, 57,3%."""
    measure = measure_of(unit_of_measure)
    if is_share(unit_of_measure):
        return f"{_short(value, 1)}{unit_of_measure}"
    if measure.base == MONEY and value:
        amount = value * measure.factor
        scale, words = next((each for each in _MONEY if abs(amount) >= each[0]), _MONEY[-1])
        return f"{_short(amount / scale)} {words}"
    if abs(value) < _EXACT_BELOW or measure.scale:
        return f"{_short(value)} {unit_of_measure}"
    rounded = _round(value)
    scale, words = next(each for each in _SCALES if abs(rounded) >= each[0])
    about = "" if rounded == value else "gần " if abs(rounded) > abs(value) else "trên "
    return f"{about}{_short(rounded / scale, 2)}{words} {unit_of_measure}"


def say_over(value: float, unit_of_measure: str) -> str:
    """Return a figure as one that a sum is not below: trên 3,01 triệu lượt, trên 423 tỷ đồng, trên 246 cơ sở."""
    measure, words = measure_of(unit_of_measure), unit_of_measure
    if measure.base == MONEY and value:
        scale, words = next((each for each in _MONEY if value * measure.factor >= each[0]), _MONEY[-1])
        value = value * measure.factor / scale
    elif value >= _EXACT_BELOW and not measure.scale:
        scale, of = next(each for each in _SCALES if value >= each[0])
        value, words = value / scale, f"{of.strip()} {unit_of_measure}"
    else:
        return f"trên {format_number(_down(value, 1))} {words}"
    return f"trên {format_number(_down(value, max(0, _DIGITS - 1 - floor(log10(value)))))} {words}"


def _down(value: float, places: int) -> float:
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_DOWN))


def say_points(difference: float) -> str:
    """Return the distance between two shares: 3,1 điểm phần trăm."""
    return f"{_short(abs(difference), 1)} điểm phần trăm"


def say_percent(share: float) -> str:
    """Return a share as a percentage; what falls short of the whole is never said to be all of it."""
    rounded = _half_up(share * 100, 1)
    if rounded == 100 and share != 1:
        return "gần 100%" if share < 1 else "trên 100%"
    return f"{format_number(rounded)}%"


def say_times(ratio: float) -> str | None:
    """Return how many times more, where that says more than a percentage: gấp 2,3 lần."""
    return f"gấp {format_number(_half_up(ratio, 1))} lần" if ratio >= _TWICE else None


def _short(value: float, decimals: int | None = None) -> str:
    """Return a number with the decimals that matter: two of a few, one of tens and more."""
    places = decimals if decimals is not None else 2 if abs(value) < 10 else 1
    return format_number(_half_up(value, places))


def _half_up(value: float, places: int) -> float:
    """Return a number rounded as people round: 12,25 to 12,3."""
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _round(value: float) -> float:
    """Return a large number with as many digits as are said."""
    return _half_up(value, _DIGITS - 1 - floor(log10(abs(value))))
