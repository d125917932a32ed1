"""Rows of numbers of which one alone carries the unit of measure: "257.248, 241.314 và 81.708 lượt khách"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from soket.narrative.names.turns import IN_TURN, series_in
from soket.narrative.quantities.measures import MONEY, PERCENT, Measure
from soket.narrative.quantities.numbers import Number, parse_number
from soket.narrative.sentences.stops import lies_in
from soket.text import YEAR

_NEXT = re.compile(r"\s*(?:[,;]|va|[,;] va)\s+(?:~\s?)?")
_AFTER_FIRST = re.compile(r"\s*(?:[^\W\d_]+(?:\s+|(?=[,;]))){0,4}(?:[,;]|\bva|[,;] va)\s+")  # "31 cơ sở, 44, 19"
_BECAME = re.compile(
    rf"\s*(?:\(?(?:nam )?{YEAR}\)?)?,?\s*(?:tang |giam )?(?:len|xuong|den|con|thanh)\s+"
    r"(?:(?:con|den|toi|hon|tren|gan|khoang|xap xi|chi|muc) )*"
)
BECAME = re.compile(r"\s*(?:len|xuong)\b")
"""What follows a figure that is counted in nothing before it becomes another: "từ 49 lên 64"."""
FROM = re.compile(r"\btu (?:[^\W\d_]+ ){0,2}$")
"""What stands before a figure that became another, in text without marks."""
_TO = re.compile(r"\s*(?:[^\W\d_]+\s+){0,2}?(?:den|toi)\s+")
DASH = re.compile(r"\s[-–]\s")
_MOVES = re.compile(r"\b(?:tang|giam|nang|dua|chuyen|keo|len|xuong)\b[^,;.]{0,40}$")
_WORD = re.compile(r"\s*([^\W\d_]+)")
_ENDS = re.compile(r"\s*(?:[,;.)]|va\b|$)")


@dataclass(frozen=True)
class Row:
    """Numbers in a row, by their places among those of a sentence; `carrier` is the one with the measure."""

    first: int
    last: int
    carrier: int
    became: bool = False  # "từ 112 lên 178 lớp": not of one time
    between: bool = False  # "từ 112 đến 178 lớp": one figure, told by its ends

    def __contains__(self, at: object) -> bool:
        return isinstance(at, int) and self.first <= at <= self.last


def rows_in(text: str, numbers: Sequence[re.Match[str]], measures: Sequence[tuple[int, Measure]]) -> list[Row]:
    """Return the rows in a text without marks; `measures` are those of the indicators named, and where."""
    told = [match.end() for match in IN_TURN.finditer(text)]
    found: list[Row] = []
    for row in _joined(text, numbers):
        first, carrier = numbers[row.first], numbers[row.carrier]
        named = [measure for at, measure in measures if at < first.start()]
        alike = row.carrier != row.first and (row.became or not named or _counts(carrier, named[-1]))
        if alike or any(each <= first.start() for each in told):
            found.append(row)
    return found


def _joined(text: str, numbers: Sequence[re.Match[str]]) -> Iterator[Row]:
    """Yield numbers that follow each other, all but the last or the first without a unit of measure."""
    first = 0
    series = series_in(text)
    for at, (one, other) in enumerate(pairwise(numbers)):
        dashed = any(start <= one.start() and other.start() < end for start, end in series)
        if not _bare(one) or not (dashed or _NEXT.fullmatch(text, one.end(), other.start())):
            became = _BECAME.fullmatch(text, one.end(), other.start()) and FROM.search(text[: one.start()])
            if between(text, one, other):
                yield Row(at, at + 1, at + 1, between=True)
            elif became and (_bare(one) or one["scale"]) and _carries(text, other):
                yield Row(at, at + 1, at + 1, became=True)
            first = at + 1
        elif _carries(text, other):
            yield Row(first, at + 1, at + 1)
            first = at + 1
    for at, one in enumerate(numbers):
        last = at
        while last + 1 < len(numbers) and _bare(numbers[last + 1]) and _ENDS.match(text, numbers[last + 1].end()):
            join = _AFTER_FIRST if last == at else _NEXT
            if not join.fullmatch(text, numbers[last].end(), numbers[last + 1].start()):
                break
            last += 1
        if last > at and _carries(text, one):
            yield Row(at, last, at)


def between(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two numbers are the ends of one figure, and of no change: "từ 1.000 đến 1.100 lượt", "40 - 45 lớp"."""
    if lies_in(one.start(), series_in(text)):
        return False
    joins = DASH.fullmatch(text, one.end(), other.start()) or (
        FROM.search(text[: one.start()]) and _TO.fullmatch(text, one.end(), other.start())
    )
    if not joins or not (_bare(one) or one["scale"] == other["scale"]) or not _carries(text, other):
        return False
    low, high = (parse_number(each["first"]) for each in (one, other))
    ordered = isinstance(low, Number) and isinstance(high, Number) and low.value < high.value
    return ordered and not _MOVES.search(text[: one.start()])


def _bare(number: re.Match[str]) -> bool:
    return number["scale"] is None and number["percent"] is None


def _carries(text: str, number: re.Match[str]) -> bool:
    following = _WORD.match(text, number.end())
    return not _bare(number) or (following is not None and following[1] != "va")


def _counts(number: re.Match[str], measure: Measure) -> bool:
    """Whether a number is counted in a measure, by what follows it."""
    if number["percent"] is not None or measure.base == PERCENT:
        return number["percent"] is not None and measure.base == PERCENT
    following = _WORD.match(number.string, number.end())
    return (following is not None and following[1] in measure.words) or (
        number["scale"] is not None and measure.base == MONEY
    )
