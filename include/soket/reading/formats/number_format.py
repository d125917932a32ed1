"""What a spreadsheet shows of a number: the number through the cell's format, with the words that the format adds.

Only what can make a reader take another figure is worked out: rounding, scaling commas, literal per cent, words,
currencies, what hides a number. How thousands are grouped, colours and widths change nothing that is read.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from soket.reading.findings import Cell, Special

_DUST = 1e-9  # of a number; as much is the binary writing of it
_MOST_DECIMALS = 20
_OF_THOUSANDS = 3  # digits behind a point that parts thousands
# A bracket with a colour or a width of the reader's own tells nothing; one with a currency shows it.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<bracket>[^\]]*)\]|'
    r"(?P<placeholder>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+,*)|(?P<percent>%)|(?P<power>[eE][+-])|(?P<text>@)|"
    r"(?P<general>[Gg][Ee][Nn][Ee][Rr][Aa][Ll])|(?P<letters>.)",
    re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_GENERAL = re.compile(r"general", re.IGNORECASE)
_SIGN = re.compile(r"[-(–]")
_NO_WORDS = re.compile(r"[ymdhs/]", re.IGNORECASE)  # of dates and fractions


Comparison = tuple[str, float]
"""With what a number is compared, and how: "<=" and 100."""

_COMPARES: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, "=": operator.eq, "<>": operator.ne, ">=": operator.ge, ">": operator.gt
}  # fmt: skip


@dataclass(frozen=True)
class _Section:
    """One part of a format, for numbers that it is for."""

    before: str = ""
    after: str = ""
    decimals: int | None = 0  # at the most; None: as many as the number has
    least: int = 0  # of them, shown even where they are noughts
    scale: int = 0  # commas behind the digits: thousands left out
    percents: int = 0
    grouped: bool = False  # thousands are parted
    shows: bool = False  # a number, beside its words
    condition: Comparison | None = None
    unknown: bool = False  # fractions and powers, which show the number; else digits with something between them


def number_cell(value: float, code: str) -> Cell:
    """Return a number as a cell: plain where its format shows just it, else with what is seen."""
    section = _section_for(value, code)
    if section.unknown:
        return value if section.shows else Special("hidden", "", stored=value)
    if not section.shows:
        words = section.before.strip()
        if value == 0 and words in ("", "-", "–", "—"):
            return value
        return Special("hidden", words, stored=value)
    exact = _without_dust(value * 100**section.percents / 1000**section.scale)
    if section.percents:
        return Special("percent", exact / 100)
    text = f"{section.before}{_written(exact, section)}{section.after}".strip()
    if section.scale or _words_of(section):
        return Special("shown", exact, text, value)
    seen = _rounded(exact, section.decimals)
    if seen != exact:
        return Special("rounded", seen, text, exact)
    # 412 shown as 412,000 may be what became of 412.000 in a program that reads it the other way.
    in_two_ways = section.decimals == _OF_THOUSANDS and not section.grouped and exact.is_integer()
    in_two_ways &= 0 < abs(exact) < 1000
    return Special("thousandths", exact, text, exact) if in_two_ways else exact


def _words_of(section: _Section) -> str:
    """Return the words that a format adds to a number; signs of notes, and accountants' brackets, are none."""
    return re.sub(r"[\s()*'.,:;+-]", "", section.before + section.after)


def _without_dust(value: float) -> float:
    """Return a number without what binary writing adds to it."""
    near = round(value, 9)
    return near if abs(value - near) <= _DUST * abs(value) else float(f"{value:.15g}")


def _rounded(value: float, decimals: int | None) -> float:
    if decimals is None:
        return value
    step = Decimal(1).scaleb(-min(decimals, _MOST_DECIMALS))
    return float(Decimal(repr(value)).quantize(step, ROUND_HALF_UP))


def _written(value: float, section: _Section) -> str:
    """Return a number as Vietnamese programs write it."""
    comma, decimals = "," if section.grouped else "", section.decimals
    text = f"{_rounded(value, decimals):{comma}.{decimals}f}" if decimals is not None else f"{value:.10g}"
    for _ in range((decimals or 0) - section.least):
        text = text.removesuffix("0").removesuffix(".")
    return text.translate(str.maketrans(",.", ".,"))


def _section_for(value: float, code: str) -> _Section:
    """Return the part of a format that a number is shown by."""
    sections = _sections(code)
    conditions = [section for section in sections[:3] if section.condition]
    if conditions:
        for section in sections[:3]:
            if section.condition is None or holds(value, section.condition):
                return section
        return _Section(unknown=True)  # programs show ####
    if value < 0 and len(sections) > 1:
        negative = sections[1]
        signed = not negative.shows or _SIGN.search(negative.before) is not None
        return negative if signed else _Section(unknown=True)
    return sections[2 if value == 0 and len(sections) > 2 else 0]


def holds(value: float, comparison: Comparison) -> bool:
    """Return whether a number compares so."""
    sign, limit = comparison
    return _COMPARES[sign](value, limit)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[_Section, ...]:
    """Return the parts of a format, parted by semicolons that are no words."""
    parts, current, quoted, at = [], "", False, 0
    while at < len(code):
        letter = code[at]
        if letter == "\\" and not quoted:
            current += code[at : at + 2]
            at += 2
            continue
        quoted ^= letter == '"'
        if letter == ";" and not quoted:
            parts.append(current)
            current = ""
        else:
            current += letter
        at += 1
    parts.append(current)
    # Nothing is shown by a part that is left empty, but a whole format that is empty shows the number.
    return tuple(_section(part) if part.strip() or len(parts) == 1 else _Section() for part in parts)


def _section(code: str) -> _Section:
    found = _Pieces()
    for match in _TOKEN.finditer(code):
        found.add(match)
    return found.section(blank=not code.strip())


@dataclass
class _Pieces:
    """What one part of a format is put together of."""

    words: list[str] = field(default_factory=lambda: ["", ""])  # before and behind the digits
    placeholders: list[str] = field(default_factory=list)
    percents: int = 0
    general: bool = False
    unknown: bool = False
    condition: Comparison | None = None

    def add(self, match: re.Match[str]) -> None:
        """Take in the next piece."""
        kind = match.lastgroup or ""
        match kind:
            case "quoted" | "escaped" | "currency" | "letters":
                self.words[bool(self.placeholders) or self.general] += match[kind]
                self.unknown |= kind == "letters" and _NO_WORDS.fullmatch(match[kind]) is not None
            case "bracket":
                found = _CONDITION.fullmatch(match[kind].strip())
                self.condition = (found[1], float(found[2])) if found else self.condition
            case "placeholder":
                self.placeholders.append(match[kind])
            case "percent":
                self.percents += 1
            case "power":
                self.unknown = True
            case "general" | "text":
                self.general = True

    def section(self, *, blank: bool) -> _Section:
        """Return the part; a blank one shows any number as it is."""
        before, after = self.words
        if not self.placeholders:
            general = self.general or blank
            return _Section(before, after, None, shows=general, condition=self.condition, unknown=self.unknown)
        if self.unknown or len(self.placeholders) > 1:
            return _Section(shows=self.unknown, condition=self.condition, unknown=True)
        digits = self.placeholders[0].rstrip(",")
        scale = len(self.placeholders[0]) - len(digits)
        whole, _, behind = digits.partition(".")
        counts = len(behind), behind.count("0"), scale, self.percents
        return _Section(before, after, *counts, grouped="," in whole, shows=True, condition=self.condition)


@lru_cache(maxsize=512)
def is_of_time(code: str) -> bool:
    """Return whether a format shows a number as a date or a time."""
    first = re.sub(r'"[^"]*"?|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', "", code.partition(";")[0])
    return _GENERAL.sub("", first) != "" and re.search(r"[ymdhs]", _GENERAL.sub("", first), re.IGNORECASE) is not None
