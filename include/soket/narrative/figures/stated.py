"""Figures that prose states: how they are written, of what they are, and how surely that can be told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from soket.narrative.figures.beside import times_another
from soket.narrative.figures.counted import Counted
from soket.narrative.figures.items import as_item
from soket.narrative.figures.kind_reader import KindReader
from soket.narrative.figures.kinds import CHANGES, WITH_DIRECTION, FigureKind, foreign_pattern, is_rate
from soket.narrative.figures.leads import LeadIn, without_bullet
from soket.narrative.figures.memory import Memory
from soket.narrative.figures.moments import base_of, began
from soket.narrative.figures.named import Sentence, WrittenAmount, sentence_of
from soket.narrative.figures.stated_figure import Doubt, StatedFigure
from soket.narrative.figures.subjects import Subjects, parents_of
from soket.narrative.figures.told import (
    beside_of,
    is_unclear,
    meant,
    quoted_unit,
    reports_itself,
    time_of,
    unit_of,
)
from soket.narrative.names.elsewhere import ELSEWHERE
from soket.narrative.names.naming import IndicatorNames, words_in
from soket.narrative.names.scopes import ScopeFinder
from soket.narrative.names.times import TimeKind, times_in
from soket.narrative.names.whose import HeldAgainst, codes_of
from soket.narrative.quantities.measures import PERCENT
from soket.narrative.sentences.prose import sentence_spans
from soket.plan.model import Plan
from soket.plan.periods import PeriodId, in_order_of_time
from soket.text import flat, fold, nfc

_TIME_WORDS = re.compile(r"\s*(?:nam|thang|ngay|gio|tuan|phut|quy)\b")
_POINTS = re.compile(r"\s*diem(?: phan tram| %|\b)")
_OUR_SOURCE = re.compile(
    r"\btheo (?:\w+ ){0,2}(?:bao cao|tong hop|so lieu) (?:cua|tu) (?:cac )?(?:dia phuong|don vi)"
    r"|\b(?:ket qua|thuc te)\b[^;]{0,40}$"  # "mục tiêu là 3 triệu lượt, kết quả mới đạt 900 nghìn lượt"
)
_BECAUSE = re.compile(r"\b(?:do|vi|nho|mac du|tuy|boi|khi)\b[^,;]{0,40}$")
_TURNED = WITH_DIRECTION | {FigureKind.TIMES}  # "kém huyện Một 16 lần"
NO_LEAD = LeadIn()
_LEAD = 60  # letters in which a sentence says whose figures it has


class FigureReader:
    """Reads the figures that prose states of a plan's indicators."""

    def __init__(self, plan: Plan) -> None:
        self._names = IndicatorNames(each for form in plan.forms for each in form.indicators)
        self._counted = Counted(self._names)
        self._kinds = KindReader(self._names, self._counted)
        self._subjects = Subjects(self._names, self._counted, parents_of(plan))
        self._whose = ScopeFinder(plan)
        self._units = self._whose.units
        self._known = tuple(in_order_of_time(year for form in plan.forms for year in form.years))
        self._foreign = foreign_pattern(plan.not_ours)
        # What each unit is asked for: of anything else it has no figures.
        forms = {unit.code: [form for form in plan.forms if unit.block in form.blocks] for unit in plan.units}
        self._codes = {
            code: frozenset(each.code for form in asked for each in form.indicators)
            for code, asked in forms.items()
            if asked
        }
        self._foreign_parts = frozenset(map(fold, plan.not_ours))

    def figures(self, paragraph: str, lead: LeadIn = NO_LEAD) -> Iterator[StatedFigure]:
        """Yield the figures of a paragraph that are, or may be, of the plan's indicators.

        `lead` is what stands above it and goes for it, as far as it does not say itself of what its figures are.
        """
        own = lead.marked(nfc(paragraph))
        begins = without_bullet(own)
        words = f"{lead.words}: " if lead.words and self._goes_on(own[begins:], lead.words) else ""
        plain, shift = (f"{words}{own[begins:]}", begins - len(words)) if words else (own, 0)
        memory = Memory(
            home=self._units.heading(lead.under) or self._whose.home(lead.title),
            speaker=self._whose.speaker(lead.title),
        )
        if lead.before and not any(self._names.mentions(words_in(own))):
            memory.spoken = dict.fromkeys(each.code for each in self._names.mentions(words_in(lead.before)))
        for start, end in sentence_spans(plain):
            sentence = sentence_of(
                plain[start:end],
                start,
                self._names,
                self._whose,
                self._known,
                before=memory.units,
                home=memory.home,
                speaker=memory.speaker,
                last=memory.time,
                above=lead.counted_in,
            )
            memory.begin()
            if not sentence.times:
                sentence.turns.go_on(sentence.text, memory.listed, [each.start for each in sentence.amounts])
            memory.listed = sentence.turns.last or memory.listed
            for each in sentence.amounts:
                written = as_item(sentence, each, memory)
                memory.deal(sentence, written)
                whose = None if sentence.scopes else quoted_unit(self._units, plain, start + written.start)
                stated = self._figure(sentence, written, memory, whose)
                if stated is None:
                    memory.pass_over(written.end)
                else:
                    memory.code, memory.kind, memory.rises = stated.indicator, stated.kind, stated.rises
                    memory.written, memory.end = written, written.end
                    memory.spoken.setdefault(stated.indicator)
                    memory.told += [stated] if stated.kind is FigureKind.VALUE else []
                    if stated.kind is FigureKind.OF_TOTAL and stated.against:
                        memory.share = stated.indicator, stated.against
                    if stated.start >= len(words):
                        text = plain[stated.start : stated.end]
                        yield replace(stated, text=text, start=stated.start + shift, end=stated.end + shift)
            memory.after(sentence)

    def _goes_on(self, text: str, lead: str) -> bool:
        """Whether a text that names no indicator, or no time, stands below a line that does."""
        said, above = words_in(text), words_in(lead)
        label = flat(text).partition(":")[0] if ":" in text[:_LEAD] else ""
        if label and not self._units.found(label) and not times_in(label, self._known) and not label[:1].isdigit():
            return False  # it has a subject of its own
        if not any(self._names.mentions(said)):
            counted = self._counted.words & {each.text for each in above}  # "1. Khách": of the visits it tells which
            return bool(counted) or any(self._names.mentions(above)) or bool(times_in(flat(lead), self._known))
        return not times_in(flat(text), self._known) and bool(times_in(flat(lead), self._known))

    def _figure(
        self, sentence: Sentence, written: WrittenAmount, memory: Memory, whose: str | None
    ) -> StatedFigure | None:
        left, right = sentence.clause(written.start)
        after = sentence.text[written.measured[0] : right]
        points = _POINTS.match(after) is not None
        kind = self._kinds.kind(sentence, written, memory, points=points)
        if kind is None or self._is_foreign(sentence, written):
            return None
        # Digits that may be a day's or a section's are figures by what they count: "55.1 tỷ đồng", "8.0%".
        bare = written.amount.other is not None and not written.amount.percent
        if (bare or _TIME_WORDS.match(after)) and not self._counted.counted_in(after, written.amount):
            return None
        if sentence.scopes:
            unit, unit_told = unit_of(sentence, written)
        else:  # after a sentence that is of a unit it may be that one's, too
            unit, unit_told = whose or memory.home, whose is not None or memory.whose in (None, memory.home)
        if unit == ELSEWHERE:
            return None
        among = next((self._codes.get(each) for each in codes_of(unit)), None)
        beside = beside_of(sentence, written, kind)
        spoken_of = self._subjects.of(sentence, written, kind, memory, points=points, among=among, whose=unit)
        subject = self._subjects.unless_denied(spoken_of, sentence, written)
        if subject is None:
            return None
        another = (
            times_another(sentence, written, subject.code, self._names.measures) if kind is FigureKind.TIMES else None
        )
        other = another.code if another else None
        memory.aside |= {another.start} if another else set()
        if kind is FigureKind.PER:
            other = memory.per = self._kinds.per(sentence, written, memory)
        if kind is FigureKind.OF_TOTAL and self._names.measures[subject.code].base == PERCENT:
            kind = FigureKind.VALUE
        measure = flat(self._names.by_code[subject.code].unit_of_measure)
        when, when_told = time_of(sentence, written, kind, memory, measure)
        period = when.known if when else self._known[0] if began(sentence, written) else None
        if period is not None and period not in self._known:
            return None
        base, base_told = base_of(sentence, written, period, beside)
        span = when.span if when and when.told is TimeKind.SPAN else None
        # What is counted at a time is not added up over times: "(lũy kế) 64 điểm".
        at_once = (
            kind in (FigureKind.VALUE, FigureKind.PER)
            or beside is not None
            or (kind is FigureKind.TIMES and other is not None)
        )
        lasting = span is not None and at_once and self._names.by_code[subject.code].nature != "flow"
        if lasting and span:
            when_told, period = False, self._last(span)
        memory.time = when or memory.time
        told = {
            Doubt.INDICATOR: subject.certain
            and not is_unclear(sentence, written)
            and not (written.in_words and kind is FigureKind.OF_TOTAL),
            Doubt.TIME: when_told
            # "năm 2031 đạt 5 lượt, sau hai năm tăng 7%": until then, or from then on
            and not (when is not None and (when.told is TimeKind.OTHER or (when.later and kind in CHANGES))),
            Doubt.UNIT: unit_told and (not written.in_row or written.start in sentence.turns),
            Doubt.BASE: kind is not FigureKind.PER
            and not (written.in_words and kind is FigureKind.TIMES)
            and (base_told or span is not None or other is not None or kind not in CHANGES),
        }
        return StatedFigure(
            text="",
            start=sentence.offset + written.start,
            end=sentence.offset + written.end,
            amount=written.amount,
            kind=FigureKind.SUM if span and kind is FigureKind.VALUE and not lasting else kind,
            indicator=subject.code,
            against=other or subject.whole,
            rate=kind is FigureKind.OF_TOTAL and is_rate(sentence.text[: written.start]),
            per=memory.per if memory.goes_on_per_one(kind, left) else None,
            rest=subject.rest,
            period=period,
            base=base,
            span=None if lasting else span,
            unit=unit,
            beside=HeldAgainst(beside.whose) if beside else None,
            points=points,
            rises=self._kinds.rises(sentence, written, memory) if kind in _TURNED else None,
            doubts=frozenset(doubt for doubt, clear in told.items() if not clear),
            likely=tuple(dict.fromkeys([*(each.code for each in sentence.mentions), *memory.spoken, *subject.among])),
            around=tuple(dict.fromkeys(found for each in sentence.times if (found := each.known) is not None)),
            units=meant(sentence, memory),
        )

    def _last(self, span: tuple[int, int]) -> PeriodId | None:
        """Return the last year of a span that the plan has figures of."""
        return max((each for each in self._known if isinstance(each, int) and span[0] <= each <= span[1]), default=None)

    def _is_foreign(self, sentence: Sentence, written: WrittenAmount) -> bool:
        """Whether words of its clause, or those that its sentence begins with, say that a figure is another's."""
        left, right = sentence.clause(written.start)
        for match in self._foreign.finditer(sentence.text):
            if match.end() <= written.start and (match.start() < _LEAD or left <= match.start()):
                # What one part of a sum is of says nothing of the figures after it.
                if match[0] in self._foreign_parts and match.start() < written.floor:
                    continue
                if (
                    _BECAUSE.search(sentence.text, 0, match.start())
                    and "," in sentence.text[match.end() : written.start]
                ):
                    continue  # "do nhiều dự án chậm, vốn huy động giảm 5%"
                # "theo Cục Thống kê … ; theo báo cáo của các địa phương …", and what that office itself reports
                if _OUR_SOURCE.search(sentence.text[match.end() : written.start]) or reports_itself(sentence, match):
                    continue
                return True
            rest = sentence.text[written.end : match.start()]
            if written.end <= match.start() < min(written.ceiling, right) and len(rest) < _LEAD / 2 and "," not in rest:
                return True
        return False
