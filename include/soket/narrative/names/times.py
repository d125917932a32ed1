"""The times that prose speaks of: years, parts of them, spans, and those told by others: "cùng kỳ", "đến nay"."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from soket.narrative.quantities.in_words import PART, SO_MANY
from soket.plan.period_words import MONTH, parts_in, rare_in
from soket.plan.periods import PeriodId, in_order_of_time, is_span, part_of, rare_kinds, several_years, year_of
from soket.text import YEAR

_SPAN = re.compile(
    rf"(?:giai doan|trong cac nam|tu nam|cac nam|nhiem ky)?\s*(?<![\w./-])({YEAR})\s?[-–]\s?({YEAR})(?![\w/])"
    rf"|(?:giai doan|tu(?= nam)) (?:tu )?(?:nam )?({YEAR}) den (?:het )?(?:nam )?({YEAR})"
    rf"|(?:ca )?hai nam ({YEAR}) va (?:nam )?({YEAR})(?= (?:cong|gop) lai)"
)
_ALL = re.compile(
    rf"(?:trong|qua|sau(?! 0?[1-4] nam)) (?:hon |gan )?(?:0?\d|muoi) nam\b(?! {YEAR})|\bca giai doan\b"
    r"|\bluy ke\b(?! den)"
    r"|\b0?[2-9] nam (?=\d|dat\b|co\b|la\b|uoc\b|tong\b|da\b|len\b|duoc\b|cua\b|gap\b|bang\b|chiem\b|chi\b)"
    r"|\b(?:tinh chung |cong )?ca 0?[2-9] nam\b|\b(?:tinh chung|cong) 0?[2-9] nam\b"
    rf"|\b0?\d nam qua\b|(?<=/)0?\d nam\b(?! {YEAR})|(?<=huy dong )0?\d nam\b|\b0[2-9] nam(?= ?:)"
)
_YEAR = re.compile(rf"(?<![\w./-])({YEAR})(?![\w/]|[.,]\d|-\d)")
_LAST_DAY = "12-31"
_ANY_YEAR = re.compile(rf"(?<![\d.])(?<!\d,){YEAR}(?![\d/]|[.,]\d)")
_DIGITS = re.compile(r"\d+")
_YEAR_NEXT = re.compile(rf"\s*(?:nam )?({YEAR})\b")
_LATEST = re.compile(
    r"\b(?:den nay|hien nay|hien co|hien tai|den thoi diem (?:nay|hien tai)"
    r"|cuoi ky|cuoi giai doan|cuoi nhiem ky|nam cuoi|tinh chung"
    r"|(?:(?<=[,;\d] )|(?<=nhung ))nay(?= (?:uoc |chi )*(?:la|con|dat|len|co|xuong|da)\b)"
    r"|(?<!thuc )(?<!the )(?<!bieu )(?<!phat )hien)\b"
)
_FIRST = re.compile(
    r"\b(?:dau ky|dau giai doan|dau nhiem ky|nam dau)\b"
    r"|\b(?:khi|luc|luc bat dau|thoi diem|truoc khi)(?: [^\W\d_]+){0,3} (?:nghi quyet|ke hoach|chuong trinh|de an)"
    r"(?: (?:duoc )?(?:ra doi|ban hanh|co hieu luc|di vao cuoc song))?\b(?! (?:so|cua|nam|\d))"
)
_BEFORE = re.compile(
    r"\b(?:cung ky(?: nam (?:truoc|ngoai))?|nam (?:truoc|ngoai)(?: do)?|nam lien (?:ke )?truoc(?: do)?|cung ky nam)\b"
)
_RARE_BEFORE = re.compile(
    rf"\b(?:cung ky )?(?:nam hoc|giai doan) (?:truoc|lien truoc|lien ke truoc)(?: do)?\b|{_BEFORE.pattern}"
)
_MONTH_BEFORE = re.compile(r"\bthang (?:lien |lien ke )?truoc(?: do)?\b")
_COUNTS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4}
_LATER = re.compile(
    r"\b(?:(?:hai|ba|bon|0?[2-5]) nam (?:sau|tiep theo|ke tiep)|(?:sau )?(?P<count>(?<!sau )(?:mot|01)(?= nam sau)"
    r"|(?<=sau )(?:mot|hai|ba|bon|0?[1-4])) nam(?: sau)?)\b"
    rf"(?! \(?{YEAR})"
)
_THE_SAME = re.compile(rf"\bcung (?:nam|giai doan|thoi gian)\b(?! {YEAR})|(?<!cung )\b(?:nam|giai doan) (?:nay|do)\b")
_AGAINST = re.compile(
    r"\b(?:so (?:voi|cung)|(?:cao|thap|nhieu|it|lon|nho) hon)"
    r"(?: (?:muc|moc|con so|ket qua|thoi diem|dau|cuoi|ca|cung ky|cung thoi diem|nam|quy|cua)){0,3}\s*$"
    r"|\bso voi (?:khi|luc|truoc)\b[^,;()]{0,40}\(?(?:nam )?$"
    r"|\b(?:bang|gap|tuong duong|ung|kem|vuot)\b[^;()]{0,30}(?:\([^()]*)?"
    rf"(?:%|phan tram|\blan|\b{PART}|{SO_MANY})\)?\s*(?:(?:cua|muc|nam) )*$"
    rf"|\b{PART} \([^()]*%\) (?:(?:cua|so voi|muc|nam) )*$"
)


class TimeKind(Enum):
    """How a time is told."""

    ITSELF = auto()
    SPAN = auto()
    OTHER = auto()  # a time that the plan has no figures of
    LATEST = auto()
    FIRST = auto()
    BEFORE = auto()
    RELATIVE = auto()  # to the one named before it


@dataclass(frozen=True)
class Time:
    """A time that a text names, from one place to another."""

    start: int
    end: int
    told: TimeKind
    period: PeriodId | None = None
    span: tuple[int, int] | None = None
    base: bool = False  # something else is held against it
    later: int = 0  # years after the one named before it
    since: PeriodId | None = None  # what it is so many years after: "sau hai năm tăng 7%"

    @property
    def known(self) -> PeriodId | None:
        """The period that it is by itself."""
        return self.period if self.told is not TimeKind.BEFORE else None


def times_in(text: str, known: Sequence[PeriodId], last: Time | None = None) -> list[Time]:
    """Return the times that a text without marks names, in order; `known` are those of the plan's figures.

    `last` is what was spoken of before: "cùng năm" is the same.
    """
    found: list[Time] = []
    for each in _candidates(text, in_order_of_time(known)):
        if not any(each.start < other.end and other.start < each.end for other in found):
            against = _AGAINST.search(text[max(0, each.start - 60) : each.start])
            found.append(replace(each, base=each.told is TimeKind.BEFORE or against is not None))
    placed: list[Time] = []
    for each in sorted(found, key=lambda each: each.start):
        before = next((other for other in reversed(placed) if not other.base), last)
        if each.told is not TimeKind.RELATIVE:
            placed.append(each)
        else:
            here = {other.known for other in placed if ";" not in text[other.end : each.start] and not other.base}
            placed += _placed_after(each, before, known, here)
    return placed


def years_in(text: str, start: int = 0) -> list[int]:
    """Return the years that a text names from a place on, as days and months too: "30/6/2030", no "12/2030/QĐ-UBND"."""
    return [int(each[0]) for each in _ANY_YEAR.finditer(text, start)]


def _placed_after(
    time: Time, before: Time | None, known: Sequence[PeriodId], named: Container[PeriodId | None]
) -> Iterator[Time]:
    """Yield a time that is so many years after the one named before it, or the same; `named` are those before it.

    "Từ 5 năm 2030 lên 7 năm 2032, sau hai năm tăng 40%", "đến năm 2032 có 7, tăng 2 sau hai năm": until that year.
    """
    if time.later and before and isinstance(before.known, int):
        after, earlier = before.known + time.later, before.known - time.later
        until = before.known if earlier in named or (after not in known and earlier in known) else after
        since = until - time.later
        yield replace(time, told=TimeKind.ITSELF if until in known else TimeKind.OTHER, period=until, since=since)
    elif time.later:  # which, only who reads the sentence before can say
        yield replace(time, told=TimeKind.OTHER)
    elif before:
        yield replace(before, start=time.start, end=time.end, base=time.base)


def _candidates(text: str, known: Sequence[PeriodId]) -> Iterator[Time]:
    """Yield what may be times, those first that others may be parts of."""
    yield from _rare_times(text, known)
    for match in _SPAN.finditer(text):
        first, last = (int(each) for each in match.groups() if each)
        yield Time(match.start(), match.end(), TimeKind.SPAN, span=(first, last))
    years = [year_of(each) for each in known if several_years(each) is None]
    for start, end, part, year in parts_in(text):
        of_year = year if year is not None else max(years, default=0)
        # A year's figures are those of its last day.
        which: PeriodId = f"{of_year}-{part}" if part != _LAST_DAY or f"{of_year}-{part}" in known else of_year
        yield Time(start, end, TimeKind.ITSELF if which in known else TimeKind.OTHER, which)
    yield from _spans_of_all(text, years)
    yield from _years_before(text, _RARE_BEFORE if rare_kinds(known) else _BEFORE)
    for match in _LATER.finditer(text):
        if count := match["count"]:
            later = _COUNTS.get(count) or int(count)
            yield Time(match.start(), match.end(), TimeKind.RELATIVE, later=later)
        else:  # "hai năm sau": each of them, or the second
            yield Time(match.start(), match.end(), TimeKind.OTHER)
    for match in _THE_SAME.finditer(text):
        yield Time(match.start(), match.end(), TimeKind.RELATIVE)
    for match in _YEAR.finditer(text):
        said = int(match[1])
        yield Time(match.start(), match.end(), TimeKind.ITSELF if said in known else TimeKind.OTHER, said)
    for pattern, told, period in ((_LATEST, TimeKind.LATEST, known[-1:]), (_FIRST, TimeKind.FIRST, known[:1])):
        for match in pattern.finditer(text):
            yield Time(match.start(), match.end(), told, next(iter(period), None))


def _rare_times(text: str, known: Sequence[PeriodId]) -> Iterator[Time]:
    """Yield the times of kinds that few plans ask for, and this one does."""
    for start, end, part, year in rare_in(text, rare_kinds(known)):
        named = f"{year or max(map(year_of, known))}-{part}"
        if is_span(named) and named not in known:
            continue  # what its years came to
        yield Time(start, end, TimeKind.ITSELF if named in known else TimeKind.OTHER, named)
    for match in _MONTH_BEFORE.finditer(text) if MONTH in rare_kinds(known) else ():
        yield Time(match.start(), match.end(), TimeKind.OTHER)


def _spans_of_all(text: str, years: Sequence[int]) -> Iterator[Time]:
    for match in _ALL.finditer(text) if years else ():
        count = _DIGITS.search(match[0])
        whole = count is None or int(count[0]) == len({*years})
        told = TimeKind.SPAN if whole else TimeKind.OTHER  # "sau 02 năm": which of them?
        yield Time(match.start(), match.end(), told, span=(min(years), max(years)) if whole else None)


def _years_before(text: str, before: re.Pattern[str]) -> Iterator[Time]:
    for match in before.finditer(text):
        if match[0] == "cung ky" and not _AGAINST.search(text[max(0, match.start() - 60) : match.start()]):
            continue  # "cùng kỳ, huyện Một tăng 5%": in the same time
        after = _YEAR_NEXT.match(text, match.end())
        yield Time(match.start(), (after or match).end(), TimeKind.BEFORE, period=int(after[1]) if after else None)


def held_against(base: Time, period: PeriodId | None) -> tuple[PeriodId | None, bool]:
    """Return what a time means beside another ("cùng kỳ", a year beside a part of one), and whether that is sure."""
    if period is None:
        return base.known, base.told is TimeKind.ITSELF
    if base.told is TimeKind.BEFORE:
        first, last = (several_years(period) if is_span(period) else None) or (0, 0)
        year = base.period if isinstance(base.period, int) else year_of(period) - 1 - (last - first)
    elif isinstance(base.period, int):
        year = base.period
    else:
        return base.period, base.period is not None
    part = part_of(period)
    return (f"{year}-{part}" if part else year), True
