"""Lists that figures answer one by one: "hai xã Một và Hai lần lượt đạt 5 và 7"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from soket.narrative.names.naming import Mention
from soket.narrative.names.times import Time, TimeKind
from soket.narrative.names.whose import Scope, Whose
from soket.plan.periods import PeriodId
from soket.text import YEAR

_JOINS = re.compile(
    r"\s*(?:\[[\d*]+\]\s*)?(?:,|va|cung|,\s*va)\s*(?:(?:cac )?nam\s*)?"
    r"(?:(?:cac|hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d{1,2}) )?"
)
IN_TURN = re.compile(
    r"\blan luot\b|\btheo thu tu\b|\bthu tu la\b"
    r"|\btuong ung ?:|\btuong ung (?=\d)|\btuong ung (?:la|dat|voi|co|don|thu)\b|\b(?:la|dat|co|don|thu) tuong ung\b"
)
"""What says that figures answer a list one by one, in text without marks."""


def series_in(text: str) -> list[tuple[int, int]]:
    """Return where three numbers or more stand with dashes between them: "5 - 6 - 7"."""
    return [each.span() for each in _SERIES.finditer(text)] if text.count(" - ") + text.count(" – ") > 1 else []


def last_turn(text: str, before: int) -> tuple[int, int] | None:
    """Return where the last words before a place stand that say that figures answer others one by one."""
    found = [each.span() for each in IN_TURN.finditer(text) if each.end() <= before]
    return found[-1] if found else None


_EACH_YEAR = re.compile(rf"(?:\btu nam |giai doan |cac nam )({YEAR})(?: ?[-–] ?| den (?:nam )?)({YEAR})\b")
_EVERY = re.compile(rf"\b(?:qua|theo|trong|cua|tung) (?:(?:cac|tung) )?nam\b(?! {YEAR})")
_SOME = re.compile(
    r"\b(?P<within>(?:qua|trong)(?: ca)? )?(?P<count>hai|ba|bon|nam|0?[2-5]) nam"
    r"(?:(?P<first> dau(?: tien)?)|(?P<next> (?:tiep theo|sau do|ke tiep)))?(?(within)|(?(first)|(?(next)|(?!))))"
    rf"(?! {YEAR})\b"
)
_COUNTS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5}
_SERIES = re.compile(r"(?<![\w.,/-])\d[\d.,]*(?:\s[-–]\s\d[\d.,]*){2,}(?![\w/]|\s?[-–]\s?\d)")
_BRACKET = re.compile(r" ?\([^()%]*\)")
_LEADS = 20  # letters before a list in which "lần lượt" may stand
_APART = 60  # letters between the figures of one list


class Turns:
    """Which time, unit or indicator of a list each figure of a sentence is of, by where the figure begins."""

    def __init__(
        self,
        text: str,
        times: Sequence[Time],
        scopes: Sequence[Scope],
        mentions: Sequence[Mention],
        amounts: Sequence[tuple[int, int]],
        known: Sequence[PeriodId] = (),
    ) -> None:
        self.times: dict[int, Time] = {}
        self.units: dict[int, Whose] = {}
        self.indicators: dict[int, str] = {}
        self.listed: set[int] = set()  # where the times begin that stand in a list
        self.last: list[Time] = []  # the last list of times
        told = [match.start() for match in IN_TURN.finditer(text)]
        times = [each for each in times if each.told is TimeKind.ITSELF and not each.base]
        years = list(runs(text, [(each.start, each.end) for each in times]))
        self.listed.update(times[at].start for run in years for at in run)
        self.last = [times[at] for run in years[-1:] for at in run]
        self._series(text, [[times[at] for at in run] for run in years], amounts)
        self._in_bracket(text, scopes, amounts)
        if not told:
            return
        for run in years:
            for at, start in _answers(text, told, amounts, [(times[each].start, times[each].end) for each in run]):
                self.times[start] = times[run[at]]
        self._each_year(text, told, amounts)
        self._every_year(text, told, amounts, [each for each in known if isinstance(each, int)])
        self._some_years(text, told, amounts, [each for each in known if isinstance(each, int)], times)
        for run in runs(text, [each[:2] for each in scopes]):
            for at, start in _answers(text, told, amounts, [scopes[each][:2] for each in run]):
                self.units[start] = scopes[run[at]].whose
        for run in runs(text, [(each.start, each.end) for each in mentions]):
            named = [mentions[each] for each in run]
            for at, start in _answers(text, told, amounts, [(each.start, each.end) for each in named]):
                if start not in self and named[at].strong:
                    self.indicators[start] = named[at].code

    def _series(self, text: str, lists: Sequence[Sequence[Time]], amounts: Sequence[tuple[int, int]]) -> None:
        """Let numbers with dashes between them answer as many years: "5 - 6 - 7 lượt (từ năm 2030 đến năm 2032)"."""
        for start, end in series_in(text):
            own = [each for each, _ in amounts if start <= each < end]
            fitting = [each for each in (*lists, *_years_of_spans(text)) if len(each) == len(own)]
            if fitting:
                nearest = min(fitting, key=lambda times: abs(times[0].start - start))
                self.times.update(zip(own, nearest, strict=True))

    def _in_bracket(self, text: str, scopes: Sequence[Scope], amounts: Sequence[tuple[int, int]]) -> None:
        """Let as many figures in a bracket as units stand before it answer these: "Một và Hai (5 và 7 lượt)"."""
        for run in runs(text, [each[:2] for each in scopes]):
            end = scopes[run[-1]].end
            if bracket := _BRACKET.match(text, end):
                own = [start for start, _ in amounts if end < start < bracket.end()]
                if len(own) == len(run):
                    self.units.update(zip(own, (scopes[at].whose for at in run), strict=True))

    def _each_year(self, text: str, told: Sequence[int], amounts: Sequence[tuple[int, int]]) -> None:
        """Let figures answer the years of a span: "từ năm 2030 đến năm 2032 lần lượt là 5, 6, 7"."""
        for years in _years_of_spans(text):
            mark = next((each for each in told if each >= years[0].end), None)
            after = [start for start, _ in amounts if mark is not None and start >= mark][: len(years)]
            if len(years) == len(after):
                self.times.update(zip(after, years, strict=True))

    def _every_year(
        self, text: str, told: Sequence[int], amounts: Sequence[tuple[int, int]], years: Sequence[int]
    ) -> None:
        """Let as many figures as there are years answer all of them: "qua các năm lần lượt là 5, 6, 7"."""
        all_years = _EVERY.search(text)
        mark = next((each for each in told if all_years and each >= all_years.end()), None)
        after = [start for start, _ in amounts if mark is not None and start >= mark]
        if all_years and not self.times and len(after) == len(years):
            at = all_years.start()
            self.times.update(
                (start, Time(at, at, TimeKind.ITSELF, year)) for start, year in zip(after, years, strict=True)
            )

    def _some_years(
        self,
        text: str,
        told: Sequence[int],
        amounts: Sequence[tuple[int, int]],
        years: Sequence[int],
        named: Sequence[Time],
    ) -> None:
        """Let figures answer so many years, the first ones or those up to one that is named: "qua ba năm lần lượt"."""
        for match in _SOME.finditer(text):
            count = _COUNTS.get(match["count"]) or int(match["count"])
            last = [each.period for each in named if each.end <= match.start() and each.period in years]
            until = count if match["first"] or count == len(years) else years.index(last[-1]) + 1 if last else 0
            until += count if match["next"] and last else 0
            mark = next((each for each in told if each >= match.end() and ";" not in text[match.end() : each]), None)
            after = [start for start, _ in amounts if mark is not None and start >= mark][:count]
            if count <= until <= len(years) and len(after) == count and not self.times:
                at = match.start()
                which = years[until - count : until]
                self.times.update(
                    (start, Time(at, at, TimeKind.ITSELF, year)) for start, year in zip(after, which, strict=True)
                )

    def go_on(self, text: str, before: Sequence[Time], amounts: Sequence[int]) -> None:
        """Let figures answer the list of times of a sentence before: "Khách quốc tế tương ứng: 5; 7; 9."."""
        mark = IN_TURN.search(text)
        after = [start for start in amounts if mark and start >= mark.end()]
        if not self.times and len(after) == len(before) > 1:
            self.times.update(zip(after, before, strict=True))

    def answer(self, start: int, indicator: str, period: PeriodId | None, unit: Whose) -> None:
        """Let a figure answer another of the same sentence."""
        self.indicators[start], self.units[start] = indicator, unit
        if period is not None:
            self.times[start] = Time(start, start, TimeKind.ITSELF, period)

    def __contains__(self, start: object) -> bool:
        """Whether the figure that begins there answers a list."""
        return start in self.times or start in self.units or start in self.indicators


def _years_of_spans(text: str) -> Iterator[list[Time]]:
    """Yield the years of each span that a text names: "từ năm 2030 đến năm 2032"."""
    for match in _EACH_YEAR.finditer(text):
        years = range(int(match[1]), int(match[2]) + 1)
        if len(years) > 1:
            yield [Time(match.start(), match.end(), TimeKind.ITSELF, year) for year in years]


def runs(text: str, places: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield which places stand in a row, with nothing but commas and "và" between them."""
    run: list[int] = []
    for at, (start, _) in enumerate(places):
        if run and not _JOINS.fullmatch(text, places[run[-1]][1], start):
            if len(run) > 1:
                yield run
            run = []
        run.append(at)
    if len(run) > 1:
        yield run


def _answers(
    text: str, told: Sequence[int], amounts: Sequence[tuple[int, int]], places: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Yield for the figures that answer a list which of its places each is of, and where the figure begins."""
    first, last = places[0][0], places[-1][1]
    marks = [each for each in told if each >= first - _LEADS]
    for index, mark in enumerate(marks):
        until = marks[index + 1] if index + 1 < len(marks) else len(text)
        after = [each for each in amounts if max(mark, last) <= each[0] < until][: len(places)]
        if len(after) == len(places) and all(other[0] - one[1] <= _APART for one, other in pairwise(after)):
            yield from enumerate(start for start, _ in after)
