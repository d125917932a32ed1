"""Periods in officials' words: parts of a year and, where a plan asks for them, school years, spans and months."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from soket.text import YEAR

Rare = frozenset[str]
"""Kinds of periods that few plans ask for, by the first letters of their parts: only there are their words read so."""

SCHOOL = "SY"
SPAN = "Y"  # before how many years it has
MONTH = "M"  # before which of the year it is
NO_RARE: Rare = frozenset()
ALL_RARE: Rare = frozenset([SCHOOL[0], SPAN, MONTH])

Named = tuple[int, int, str, int | None]
"""From where to where words name a part of a year, which part, of which year if that follows."""

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = rf"(?:\s*(?:/|-|nam|cua nam)?\s*({YEAR}))?(?!\d)"
_DAY = r"(\d{1,2})\s*(?:[/.-]|thang)\s*(\d{1,2})"
# The parts of a year in folded words, the longer ones first; a year may follow.
_PARTS = (
    ("day", re.compile(rf"(?:luy ke|tinh)?\s*(?:tu dau nam\s*)?\bden(?: het)?(?: ngay)?\s*{_DAY}(?:\s*[/.-])?{_YEAR}")),
    ("month", re.compile(rf"(?:luy ke|tinh)?\s*(?:tu dau nam\s*)?\bden (?:het|cuoi) thang (\d\d?){_YEAR}")),
    ("quarter", re.compile(rf"\b(?:quy\s*|q\.?(?=(?:iv|iii|ii|i|[1-4])\b))(iv|iii|ii|i|[1-4])\b{_YEAR}")),
    ("second", re.compile(rf"\b(?:0?6 thang cuoi(?: nam)?|nua (?:cuoi nam|nam cuoi))\b{_YEAR}")),
    ("first", re.compile(rf"\bnua (?:dau nam|nam dau)\b{_YEAR}")),
    ("months", re.compile(rf"\b(\d\d?)(?: thang(?: dau)?|t(?=/))\b{_YEAR}")),
)  # fmt: skip
_TWO_YEARS = rf"({YEAR})\s?[-–—]\s?({YEAR})(?![\w/])"
_SCHOOL_YEAR = re.compile(
    rf"(?<!dau )\b(?:nam hoc|nh)[\s:(]*({YEAR}|\d\d)\s?[-–—/]\s?({YEAR}|\d\d)(?![\w/])"
    rf"|(?<!giai doan )(?<!gd )(?<!nhiem ky )(?<![\w./-])({YEAR})\s?[-–—]\s?({YEAR}|\d\d)(?![\w/])"
)
_SPAN = re.compile(
    r"(?:\b(?:tong(?: cong| so)?|cong|luy ke|ca|trong) )?"
    r"(?:(?:\b(?:giai doan|gd|nhiem ky|(?:\d\d?|hai|ba|bon|nam|muoi) nam)[\s:,(]*|(?<!hoc )(?<!\bnh )(?<![\w./-]))"
    rf"{_TWO_YEARS}"
    rf"|\b(?:giai doan |gd )?tu (?:nam )?({YEAR}) den (?:het )?(?:nam )?({YEAR})(?![\w/]))"
)
# After a number it is so many months, or the day of a date; after "đến", all until then.
_NO_MONTH = r"(?<!\b\d )(?<!\b\d\d )(?<!\bden )(?<!\bhet )(?<!\bcuoi )(?<!\btu )"
_MONTH = re.compile(
    rf"{_NO_MONTH}(?:\b(?:thang ?|t\.?)(1[0-2]|0?[1-9])\b{_YEAR}"
    rf"|(?<!\bthang )(?<![\w/.-])(1[0-2]|0?[1-9])[/-]({YEAR})(?![\w/-]))"
)
_LONGEST = 50  # years of a span
_SHORT = 99  # the largest year that is written without its century
_SHORT_YEAR = re.compile(
    r"\b((?:quy ?|q\.?)(?:iv|iii|ii|i|[1-4])|(?:thang ?|t\.?)(?:1[0-2]|0?[1-9])|\d{1,2}(?: thang|t)) ?/ ?['’‘`´]?"
    r"(1[3-9]|[2-4]\d)(?![\w/.,-])"
)


def with_century(folded: str) -> str:
    """Return folded words with the whole years behind parts of them: "t9/26" is of 2026."""
    return _SHORT_YEAR.sub(r"\1/20\2", folded)


def part_in(folded: str, rare: Rare = NO_RARE) -> tuple[str, int | None, str] | None:
    """Return the part of a year that folded words name, its year where one follows, and the words without both."""
    found = next(rare_in(folded, rare), None) or next(parts_in(folded), None)
    if found is None:
        return None
    start, end, part, year = found
    return part, year, f"{folded[:start]} {folded[end:]}"


def parts_in(folded: str) -> Iterator[Named]:
    """Yield the parts of years that folded words name."""
    for kind, pattern in _PARTS:
        for found in pattern.finditer(folded):
            if part := part_named(kind, found.groups()):
                year = found.groups()[-1]
                yield found.start(), found.end(), part, int(year) if year else None


def rare_in(folded: str, rare: Rare) -> Iterator[Named]:
    """Yield the periods of some rare kinds that folded words name, each by the year that it ends in."""
    for found in _SCHOOL_YEAR.finditer(folded) if SCHOOL[0] in rare else ():
        first, last = (int(each) for each in found.groups() if each)
        begins = first if first > _SHORT else 2000 + first
        if last in (begins + 1, (begins + 1) % 100):
            yield found.start(), found.end(), SCHOOL, begins + 1
    for found in _SPAN.finditer(folded) if SPAN in rare else ():
        first, last = (int(each) for each in found.groups() if each)
        if 1 <= last - first < _LONGEST:
            yield found.start(), found.end(), f"{SPAN}{last - first + 1}", last
    for found in _MONTH.finditer(folded) if MONTH in rare else ():
        month, year = found[1] or found[3], found[2] or found[4]
        yield found.start(), found.end(), f"{MONTH}{int(month):02}", int(year) if year else None


def of_several_years(part: str) -> bool:
    """Whether what ends in a year is of others, too: a school year, a span."""
    return part == SCHOOL or part[:1] == SPAN


def part_named(kind: str, groups: tuple[str | None, ...]) -> str | None:
    """Return a part of a year as the record has it, by what a pattern of its kind found; None where there is none."""
    match kind, groups:
        case "day", (str(day), str(month), _):
            known = 1 <= int(month) <= 12 and 1 <= int(day) <= monthrange(2024, int(month))[1]
            return f"{int(month):02}-{int(day):02}" if known else None
        case "month", (str(month), _):
            return f"{int(month):02}-{monthrange(2025, int(month))[1]}" if 1 <= int(month) <= 11 else None
        case "quarter", (str(number), _):
            return f"Q{_ROMAN.get(number) or int(number)}"
        case "second", _:
            return "H2"
        case "first", _:
            return "H1"
        case "months", (str(count), _):
            months = int(count)
            return {3: "Q1", 6: "H1"}.get(months) or (f"{months}M" if 1 <= months <= 11 else None)
    return None
