"""Amounts in prose: "1,2 triệu lượt", "trên 500 tỷ đồng", and how exactly they are meant to be taken."""

from __future__ import annotations

import re
from dataclasses import dataclass

from soket.narrative.measures import SCALE, factor_of
from soket.narrative.numbers import Number, parse_number

_NUMBER = r"\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)*"
_SCALE = r"(?:\s+(?P<{name}>" + SCALE + r")\b)"
# On folded text; "1 trieu 200 nghin" is one amount.
AMOUNT = (
    rf"(?<![\w.,/-])(?P<first>{_NUMBER}){_SCALE.format(name='scale')}?"
    rf"(?:\s+(?P<second>{_NUMBER}){_SCALE.format(name='lesser')})?(?P<percent>\s*(?:%|phan tram))?(?![\w/])"
)

_LOOSE_SHARE, _TIGHT_SHARE = 0.10, 0.025  # however few digits are written, no more than this of the amount


@dataclass(frozen=True)
class Amount:
    """An amount as written; `step` is what its last digit counts."""

    value: float
    step: float
    scale: float
    percent: bool = False
    about: bool = False  # khoảng, trên, hơn, gần

    def agrees(self, value: float, unit: float) -> bool:
        """Return whether a value may have been written like this; `unit` is what the table counts in.

        Plain digits are rounded to the last one that isn't nought. Where the writer says "about", or goes over to
        thousands or millions, the last digit may also have been cut off.
        """
        loose = self.about or self.scale > unit
        most = (_LOOSE_SHARE if loose else _TIGHT_SHARE) * abs(self.value)
        tolerance = min(self.step if loose else self.step / 2, most)
        return abs(self.value - value) <= tolerance * (1 + 1e-6) + 1e-9 * abs(value)


def read_amount(match: re.Match[str], *, about: bool) -> Amount | None:
    """Return the amount that the pattern `AMOUNT` found; None where its digits can be read in two ways."""
    first, scale = _read(match["first"], match["scale"])
    if first is None:
        return None
    if match["second"]:
        second, lesser = _read(match["second"], match["lesser"])
        if second is None or match["scale"] is None or lesser >= scale:
            return None
        step = _step(match["second"], scaled=True) * lesser
        return Amount(first * scale + second * lesser, step, scale, about=about)
    step = _step(match["first"], scaled=match["scale"] is not None) * scale
    return Amount(first * scale, step, scale, percent=match["percent"] is not None, about=about)


def _read(digits: str, scale: str | None) -> tuple[float | None, float]:
    reading = parse_number(digits)
    value = reading.value if isinstance(reading, Number) and not reading.foreign else None
    return value, factor_of(scale) if scale else 1.0


def _step(digits: str, *, scaled: bool) -> float:
    """Return what the last digit counts; noughts at the end of plain digits count for nothing."""
    if "," in digits:
        return float(10.0 ** -len(digits.rpartition(",")[2]))
    plain = re.sub(r"\D", "", digits)
    noughts = 0 if scaled else len(plain) - len(plain.rstrip("0"))
    return float(10.0 ** min(noughts, len(plain) - 1))
