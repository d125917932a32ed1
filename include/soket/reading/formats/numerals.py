"""Automatic numbers as a reader sees them: counters of nested levels, each written in its own way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 4_000
_PLACEHOLDER = re.compile(r"%(\d)")


def numeral(number: int, style: str) -> str:
    """Return a number in a style: "1", "01", "i", "I", "a", "A"; another style counts in plain figures."""
    if not 0 < number <= _MOST or style.lower() not in ("i", "a"):
        return f"{number:02}" if style == "01" else str(number)
    text = _roman(number) if style.lower() == "i" else _letters(number)
    return text.upper() if style.isupper() else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letters(number: int) -> str:
    """Return a, b, …, z, aa, bb, …: as Word and LibreOffice count."""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


@dataclass(frozen=True)
class NumberedLevel:
    """How one level is numbered: the style of its numeral and its text, in which %1 stands for level 1's."""

    style: str = "1"  # "-" for a bullet, "" for none
    text: str = ""
    start: int = 1


@dataclass
class Counters:
    """The counters of one list."""

    levels: Mapping[int, NumberedLevel]
    numbers: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int) -> str:
        """Count one more at a level (from 0), start those below anew, and return what stands before the text."""
        level = self.levels.get(depth)
        if level is None or not level.style:
            return ""
        if level.style == "-":
            return "-"
        self.numbers[depth] = self.numbers.get(depth, level.start - 1) + 1
        self.numbers = {at: number for at, number in self.numbers.items() if at <= depth}
        return _PLACEHOLDER.sub(lambda match: self._number(int(match[1]) - 1), level.text)

    def _number(self, depth: int) -> str:
        level = self.levels.get(depth, NumberedLevel())
        return numeral(self.numbers.get(depth, level.start), level.style)
