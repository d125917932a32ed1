"""Figures that prose states: how they are written, of what they are, and how surely that can be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from soket.narrative.amounts import Amount
from soket.narrative.elsewhere import ELSEWHERE, OtherPlaces
from soket.narrative.kinds import CHANGES, OVER_YEARS, WITH_DIRECTION, FigureKind, foreign_pattern, kind_of, rises
from soket.narrative.measures import PERCENT
from soket.narrative.moments import base_of, told_by_place
from soket.narrative.named import Memory, Sentence, WrittenAmount, sentence_of
from soket.narrative.naming import IndicatorNames, UnitNames
from soket.narrative.prose import sentence_spans
from soket.narrative.subjects import Subjects
from soket.narrative.times import Time, TimeKind
from soket.plan.model import Plan
from soket.plan.periods import PeriodId, in_order_of_time
from soket.text import flat, fold, nfc

_TIME_WORDS = re.compile(r"\s*(?:nam|thang|ngay|gio|tuan|phut|quy)\b")
_POINTS = re.compile(r"\s*diem(?: phan tram| %|\b)")
_TIMES_OVER = re.compile(r"\s*lan\b")
_BRACKET_YEAR = re.compile(r"[^(),;]*\((?:\s*nam)?\s*$")
_AT = re.compile(r"\b(?:tai|o|cua)\s+$")
_OUR_SOURCE = re.compile(r"\btheo (?:\w+ ){0,2}(?:bao cao|tong hop|so lieu) (?:cua|tu) (?:cac )?(?:dia phuong|don vi)")
_NAMED_AS_SOURCE = re.compile(r"\b(?:theo|nguon|so lieu)(?: so lieu)?(?: cua)?:? $")
_FAR = 8  # words between a figure and the time after it
_LEAD = 60  # letters in which a sentence says whose figures it has


class Doubt(Enum):
    """What of a figure is not told in its own clause."""

    INDICATOR = auto()
    TIME = auto()
    UNIT = auto()
    BASE = auto()


@dataclass(frozen=True)
class StatedFigure:
    """A figure that a paragraph states; `start` and `end` say where in it."""

    text: str
    start: int
    end: int
    amount: Amount
    kind: FigureKind
    indicator: str
    against: str | None = None  # the whole that it is a share of
    period: PeriodId | None = None
    base: PeriodId | None = None
    span: tuple[int, int] | None = None
    unit: str | None = None  # None for all units together
    points: bool = False
    rises: bool | None = None  # whether a change is said to be a rise; None where nothing says which
    doubts: frozenset[Doubt] = frozenset()
    likely: tuple[str, ...] = ()  # indicators that the sentence speaks of
    around: tuple[PeriodId, ...] = ()  # times that it names
    units: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether indicator, time and unit stand in one clause with it."""
        return not self.doubts


class FigureReader:
    """Reads the figures that prose states of a plan's indicators."""

    def __init__(self, plan: Plan) -> None:
        self._names = IndicatorNames(each for form in plan.forms for each in form.indicators)
        self._subjects = Subjects(self._names, _parents(plan))
        self._units = UnitNames(plan.units, (plan.place,))
        self._elsewhere = OtherPlaces(plan.units, plan.place)
        self._known = tuple(in_order_of_time(year for form in plan.forms for year in form.years))
        self._foreign = foreign_pattern(plan.not_ours)
        self._foreign_parts = frozenset(map(fold, plan.not_ours))

    def figures(self, paragraph: str) -> Iterator[StatedFigure]:
        """Yield the figures of a paragraph that are, or may be, of the plan's indicators."""
        plain = nfc(paragraph)
        memory = Memory()
        for start, end in sentence_spans(plain):
            away = self._elsewhere.found(plain[start:end])
            sentence = sentence_of(flat(plain[start:end]), start, self._names, self._units, self._known, away)
            memory.begin()
            for written in sentence.amounts:
                stated = self._figure(sentence, written, memory)
                if stated is None:
                    memory.pass_over(written.end)
                else:
                    memory.code, memory.kind, memory.end = stated.indicator, stated.kind, written.end
                    yield replace(stated, text=plain[stated.start : stated.end])

    def _figure(self, sentence: Sentence, written: WrittenAmount, memory: Memory) -> StatedFigure | None:
        _, right = sentence.clause(written.start)
        after = sentence.text[written.measured[0] : right]
        points = _POINTS.match(after) is not None
        kind = self._kind(sentence, written, memory, after, points=points)
        if kind is None or self._is_foreign(sentence, written):
            return None
        if _TIME_WORDS.match(after) and not self._subjects.counted_in(after, written.amount):
            return None
        subject = self._subjects.of(sentence, written, kind, memory, points=points)
        if subject is None:
            return None
        if kind is FigureKind.OF_TOTAL and self._names.measures[subject.code].base == PERCENT:
            kind = FigureKind.VALUE
        when, when_told = self._time(sentence, written, kind, memory)
        period = when.known if when else None
        if period is not None and period not in self._known:
            return None
        unit, unit_told = _unit(sentence, written)
        if unit == ELSEWHERE:
            return None
        base, base_told = base_of(sentence, written, period)
        span = when.span if when and when.told is TimeKind.SPAN else None
        memory.time = when or memory.time
        told = {
            Doubt.INDICATOR: subject.certain,
            Doubt.TIME: when_told,
            Doubt.UNIT: unit_told and (not written.in_row or written.start in sentence.turns),
            Doubt.BASE: base_told or span is not None or kind not in CHANGES,
        }
        return StatedFigure(
            text="",
            start=sentence.offset + written.start,
            end=sentence.offset + written.end,
            amount=written.amount,
            kind=FigureKind.SUM if span and kind is FigureKind.VALUE else kind,
            indicator=subject.code,
            against=subject.whole,
            period=period,
            base=base,
            span=span,
            unit=unit,
            points=points,
            rises=rises(sentence.before(written)) if kind in WITH_DIRECTION else None,
            doubts=frozenset(doubt for doubt, clear in told.items() if not clear),
            likely=tuple(dict.fromkeys(each.code for each in sentence.mentions)),
            around=tuple(dict.fromkeys(found for each in sentence.times if (found := each.known) is not None)),
            units=tuple(dict.fromkeys(code for *_, code in sentence.scopes if code and code != ELSEWHERE)),
        )

    def _is_foreign(self, sentence: Sentence, written: WrittenAmount) -> bool:
        """Whether words of its clause, or those that its sentence begins with, say that a figure is another's."""
        left, right = sentence.clause(written.start)
        for match in self._foreign.finditer(sentence.text):
            if match.end() <= written.start and (match.start() < _LEAD or left <= match.start()):
                # What one part of a sum is of says nothing of the figures after it.
                if match[0] in self._foreign_parts and match.start() < written.floor:
                    continue
                # "theo Cục Thống kê … ; theo báo cáo của các địa phương …", and what that office itself reports
                if _OUR_SOURCE.search(sentence.text[match.end() : written.start]) or _reports_itself(sentence, match):
                    continue
                return True
            rest = sentence.text[written.end : match.start()]
            if written.end <= match.start() < min(written.ceiling, right) and len(rest) < _LEAD / 2 and "," not in rest:
                return True
        return False

    def _time(
        self, sentence: Sentence, written: WrittenAmount, kind: FigureKind, memory: Memory
    ) -> tuple[Time | None, bool]:
        """Return the time that a figure is of, and whether its own clause tells it."""
        if kind in OVER_YEARS and (spans := [each for each in sentence.times if each.told is TimeKind.SPAN]):
            return spans[-1], True
        left, right = sentence.clause(written.start)
        if in_turn := sentence.turns.times.get(written.start):
            return in_turn, True
        if placed := told_by_place(sentence, written, memory.time):
            if placed[0] and placed[0].start >= written.end:
                memory.taken.add(placed[0])
            return placed
        own = [each for each in sentence.times if not each.base]
        before = [each for each in own if left <= each.start < written.start]
        fresh = [each for each in before if each not in memory.taken]
        shared = bool(fresh) and any(fresh[-1].end <= other.start < written.start for other in sentence.amounts)
        if following := next((each for each in own if written.tail <= each.start < min(written.ceiling, right)), None):
            gap = sentence.text[written.tail : following.start]
            near = not re.search(r"[,;]", gap) and len(gap.split()) <= _FAR
            if near and (_BRACKET_YEAR.match(gap) or not fresh or shared):
                memory.taken.add(following)
                return following, True
        if fresh:
            # A unit that comes after a comma may be of the sentence's time, not of that of the part before it.
            others = {each.period for each in own if each.start < written.start}
            return fresh[-1], not (shared and len(others) > 1) and fresh[-1].start not in sentence.turns.listed
        if before:
            # It belongs to a figure before; another one after may be of all that are named since.
            return before[-1], not any(written.end <= each.start < right for each in own)
        if lead := [each for each in own if each.start < left]:
            return lead[-1], len(lead) == 1
        return memory.time, False

    def _kind(
        self, sentence: Sentence, written: WrittenAmount, memory: Memory, after: str, *, points: bool
    ) -> FigureKind | None:
        joined = None
        if memory.kind and memory.end:
            # Without the unit of measure of the figure before, whatever commas that has: "khu, điểm".
            measure = flat(self._names.by_code[memory.code].unit_of_measure) if memory.code else ""
            between = sentence.text[memory.end : written.start].lstrip().removeprefix(measure)
            joined = re.sub(r"^\s*(?:[^\W\d_]+\s*){0,3}?(?=[,(]|\bva\b|\btuong\b)", "", between)
        return kind_of(
            sentence.before(written),
            after,
            percent=written.amount.percent,
            times=_TIMES_OVER.match(after) is not None,
            points=points,
            last=memory.kind,
            joined=joined,
        )


def _unit(sentence: Sentence, written: WrittenAmount) -> tuple[str | None, bool]:
    """Return the unit that a figure is of, None for all together, and whether its clause tells it."""
    if written.start in sentence.turns.units:
        return sentence.turns.units[written.start], True
    left, right = sentence.clause(written.start)
    if before := [each for each in sentence.scopes if left <= each[0] < written.start]:
        return before[-1][2], True
    for start, _, code in sentence.scopes:
        if written.end <= start < right and _AT.search(sentence.text[written.end : start]):
            return code, True
    if earlier := [each for each in sentence.scopes if each[0] < left and each[2] != ELSEWHERE]:
        return earlier[-1][2], False
    return None, True


def _reports_itself(sentence: Sentence, source: re.Match[str]) -> bool:
    """Whether a source is a unit of the plan that the sentence tells of, rather than cites."""
    named = any(code and start <= source.start() < end for start, end, code in sentence.scopes)
    return named and not _NAMED_AS_SOURCE.search(sentence.text[: source.start()])


def _parents(plan: Plan) -> dict[str, str]:
    """Return what each indicator is a part of, as codes and rules of the plan's forms say."""
    found: dict[str, str] = {}
    for form in plan.forms:
        codes = {each.code for each in form.indicators}
        found |= {code: whole for code in codes if (whole := code.partition(".")[0]) != code and whole in codes}
        found |= {part: rule.total for rule in form.rules if rule.kind == "sum" for part in rule.parts}
    return found
