"""Amounts in prose: "1,2 triệu lượt", "trên 500 tỷ đồng", and how exactly they are meant to be taken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from soket.narrative.quantities.measures import MONEY, PERCENT, SCALE, Measure, factor_of
from soket.narrative.quantities.numbers import Ambiguous, Number, parse_number

_NUMBER = r"\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)*"
_MANY = r"\d{1,3}\.\d{3}"  # of so many: "4.015/6.879 người"
_SCALE = r"(?:\s+(?P<{name}>" + SCALE + r")\b)"
# On folded text; "1 trieu 200 nghin" is one amount.
AMOUNT = (
    r"(?=\d)"  # looked at first: at most letters no amount begins
    r"(?:(?<![\w.,/-])|(?<=[(:]-)|(?<=[(:] -)|(?<=\.\d\d\d/)|(?<=[a-z]/))"
    rf"(?P<first>(?>{_NUMBER})){_SCALE.format(name='scale')}?"
    rf"(?(scale)(?:\s+(?P<second>{_NUMBER}){_SCALE.format(name='lesser')})?)"
    rf"(?P<percent>\s*(?:%|phan tram))?+(?!(?<!tr[. ])(?<!tr\. )\w|/(?!\s?nam\b|{_MANY}))"
)

_MANY_DIGITS = 4  # of which one may be mistyped
_LOOSE_SHARE, _TIGHT_SHARE = 0.10, 0.025  # however few digits are written, no more than this of the amount


class About(Enum):
    """Which way from an amount the value lies, as its writer says: the words for it."""

    EXACTLY = ""
    ABOUT = "khoang xi uoc chung do ~ ≈"
    OVER = "tren hon qua vuot ngoai >"
    NEARLY = "gan duoi <"


_ABOUT = {word: about for about in About for word in about.value.split()}
_REACHED = frozenset({"day", "den", "toi", "dat", "bang", "duoc"})
_THAN = frozenset({"cao", "thap", "nhieu", "it", "lon", "nho", "kem"})
_BETWEEN = frozenset({"dat", "toi", "den", "duoc", "co", "mot", "len"})  # "ước đạt 500 nghìn lượt"


def about_after(before: tuple[str, str]) -> About:
    """Return what the two words before an amount say of it."""
    earlier, last = before
    if earlier in ("chua", "khong") and last in _REACHED:  # "chưa đến 15%"
        return About.NEARLY
    if last == "hon" and earlier in _THAN:  # "cao hơn 5 lượt"
        return About.EXACTLY
    if last in _ABOUT:
        return _ABOUT[last]
    return _ABOUT.get(earlier, About.EXACTLY) if last in _BETWEEN else About.EXACTLY


@dataclass(frozen=True)
class Amount:
    """An amount as written; `step` is what its last digit counts."""

    value: float
    step: float
    scale: float
    percent: bool = False
    about: About = About.EXACTLY
    round: float = 0.0  # what its last digit counts that is no nought
    until: float | None = None  # of a range: its other end
    other: float | None = None  # what its digits may say as well: "12.34"

    def agrees(self, value: float, unit: float) -> bool:
        """Return whether a value may have been written like this; `unit` is what the table counts in.

        Plain digits are rounded to the last one that isn't nought. Where the writer goes over to thousands or millions,
        the last digit may also have been cut off. "About" allows what the noughts leave open; "over" and "nearly" allow
        it to one side alone.
        """
        if self.other is not None and replace(self, value=self.other, other=None).agrees(value, unit):
            return True
        slack = 1e-6 * abs(self.value) + 1e-9 * abs(value)
        if self.until is not None:
            return self.value - slack <= value <= self.until + slack
        if self.about is not About.EXACTLY:
            near = min(self.round, _LOOSE_SHARE * abs(self.value))
            below = 0.0 if self.about is About.OVER else near
            above = 0.0 if self.about is About.NEARLY else near
            if self.about is About.OVER:
                above = max(self.round, _LOOSE_SHARE * abs(self.value))
            return self.value - below - slack <= value <= self.value + above + slack
        if self.percent and self.about is About.EXACTLY:  # "7%" may be 6,8 or 7,4
            return abs(self.value - value) <= min(self.step, 1.0) / 2 * (1 + 1e-6) + 1e-9 * abs(value)
        loose = self.scale > unit
        most = (_LOOSE_SHARE if loose else _TIGHT_SHARE) * abs(self.value)
        tolerance = min(self.step if loose else self.step / 2, most)
        return abs(self.value - value) <= tolerance * (1 + 1e-6) + 1e-9 * abs(value)


def read_amount(
    match: re.Match[str], *, about: About, carrier: re.Match[str] | None = None, either: bool = False
) -> Amount | None:
    """Return the amount that the pattern `AMOUNT` found; None where its digits can be read in two ways.

    `carrier` is the amount of a row that says how large all of it are meant; `either` takes both ways.
    """
    said = match if match["scale"] or carrier is None else carrier
    first, other = _read(match["first"])
    if first is None or (other is not None and not either):
        return None
    scale = factor_of(said["scale"]) if said["scale"] else 1.0
    if match["second"]:
        second, unclear = _read(match["second"])
        lesser = factor_of(match["lesser"]) if match["lesser"] else 1.0
        if other or unclear or second is None or match["scale"] is None or lesser >= scale:
            return None
        step = _step(match["second"], scaled=True) * lesser
        return Amount(first * scale + second * lesser, step, scale, about=about, round=step)
    step = _step(match["first"], scaled=said["scale"] is not None, foreign=other is not None) * scale
    whole = _step(match["first"], scaled=False, foreign=other is not None) * scale
    return Amount(
        first * scale,
        step,
        scale,
        percent=said["percent"] is not None,
        about=about,
        round=whole,
        other=None if other is None else other * scale,
    )


def is_counted_in(amount: Amount, unit: Sequence[str], measure: Measure) -> bool:
    """Whether an amount, with the words after it, is one of a unit of measure: "500 tỷ" is money, "500" is anything."""
    if amount.percent or measure.base == PERCENT:
        return amount.percent and measure.base == PERCENT
    if not unit:
        return amount.scale > 1 and measure.base == MONEY
    return next((word for word in unit if word != "du"), "") in measure.words


@lru_cache(maxsize=8192)
def _read(digits: str) -> tuple[float | None, float | None]:
    """Return the number that digits are, None for none, and what else they may be."""
    match parse_number(digits):
        case Number(value, foreign=foreign):
            return value, value if foreign else None
        case Ambiguous(one, other):
            return one, other
    return None, None


@lru_cache(maxsize=8192)
def _step(digits: str, *, scaled: bool, foreign: bool = False) -> float:
    """Return what the last digit counts; noughts at the end of plain digits count for nothing."""
    if foreign and "," not in digits:
        digits = digits.replace(".", ",")
    if "," in digits:
        return float(10.0 ** -len(digits.rpartition(",")[2]))
    plain = re.sub(r"\D", "", digits)
    noughts = 0 if scaled else len(plain) - len(plain.rstrip("0"))
    return float(10.0 ** min(noughts, len(plain) - 1))


def digits_of(amount: Amount) -> int:
    """Return how many digits an amount is written with, without noughts at the end."""
    return len(f"{round(amount.value / max(amount.step, 1e-9))}".rstrip("0"))


def slip_of(amount: Amount, value: float) -> str:
    """Return how a figure known was mistyped into the one written, where that is plain."""
    unit = max(min(amount.step, amount.scale), 1e-9)  # noughts at the end are digits, too
    written, known = (f"{round(each / unit)}" for each in (amount.value, value))
    if len(written) != len(known):
        return ""
    differing = [at for at, (one, other) in enumerate(zip(written, known, strict=True)) if one != other]
    if len(differing) == 1 and len(written) >= _MANY_DIGITS:
        return "sai một chữ số"
    if len(differing) != 2:
        return ""
    one, other = differing
    return "đảo chữ số" if written[one] == known[other] and written[other] == known[one] else ""
