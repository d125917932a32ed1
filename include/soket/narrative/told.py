"""When a figure is of, and whose, as its own clause or the sentence around it tells."""

from __future__ import annotations

import re
from dataclasses import replace

from soket.narrative.elsewhere import ELSEWHERE
from soket.narrative.kinds import CHANGES, OVER_YEARS, FigureKind
from soket.narrative.moments import told_by_place
from soket.narrative.named import Memory, Sentence, WrittenAmount
from soket.narrative.times import Time, TimeKind
from soket.narrative.unit_names import UnitNames
from soket.text import flat

_BRACKET_YEAR = re.compile(r"[^(),;]*\((?:\s*nam)?\s*$")
_AT = re.compile(r"\b(?:tai|o|cua)\s+$")
_MEASURE = re.compile(r"^\s*(?!dong\b)[^\W\d_]+, (?!nam\b|trong\b)[^\W\d_]+\b")  # "khu, điểm"
_CLOSED = re.compile(r"[^()\d]*\)")
_FAR = 8  # words between a figure and the time after it


def time_of(sentence: Sentence, written: WrittenAmount, kind: FigureKind, memory: Memory) -> tuple[Time | None, bool]:
    """Return the time that a figure is of, and whether its own clause tells it."""
    if kind in OVER_YEARS and (spans := _spans(sentence, written)):
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
        gap = _MEASURE.sub("", sentence.text[written.tail : following.start], count=1)
        near = not re.search(r"[,;]", gap) and len(gap.split()) <= _FAR
        in_bracket = _BRACKET_YEAR.match(gap) is not None
        # "(năm 2030: 189)" has a figure of its own.
        own_figure = in_bracket and not _CLOSED.match(sentence.text, following.end)
        if near and not own_figure and (in_bracket or not fresh or shared):
            memory.taken.add(following)
            return following, True
    if fresh:
        # A unit that comes after a comma may be of the sentence's time, not of that of the part before it.
        others = {each.period for each in own if each.start < written.start}
        goes_on = kind in CHANGES and memory.kind is FigureKind.VALUE and memory.end >= left
        sure = goes_on or not (shared and len(others) > 1)
        return fresh[-1], sure and fresh[-1].start not in sentence.turns.listed
    if before:
        # It belongs to a figure before; another one after may be of all that are named since.
        return before[-1], not any(written.end <= each.start < right for each in own)
    if lead := [each for each in own if each.start < left]:
        return lead[-1], len(lead) == 1
    return memory.time, False


def unit_of(sentence: Sentence, written: WrittenAmount) -> tuple[str | None, bool]:
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
        return earlier[-1][2], earlier[-1][2] is None
    return None, True


def _spans(sentence: Sentence, written: WrittenAmount) -> list[Time]:
    """Return the spans that a sentence names, or the time from the first to the last year named before a figure."""
    left, right = sentence.clause(written.start)
    spans = [each for each in sentence.times if each.told is TimeKind.SPAN]
    if here := [each for each in spans if left <= each.start < right and not each.base]:
        return here
    before = [each for each in sentence.times if each.start < written.start and isinstance(each.known, int)]
    years = [each.known for each in before if isinstance(each.known, int)]
    if len(set(years)) < 2:
        return spans
    return [replace(before[-1], told=TimeKind.SPAN, period=None, span=(min(years), max(years)))]


def quoted_unit(units: UnitNames, text: str, at: int) -> str | None:
    """Return the unit named before the quotation that a place of a text lies in; None where it is nobody's."""
    opened = text.rfind("“", 0, at)
    if opened < 0 or opened < text.rfind("”", 0, at):
        return None
    named = units.found(flat(text[:opened]))
    return named[-1][2] if named else None


def times_another(sentence: Sentence, written: WrittenAmount, code: str) -> str | None:
    """Return the other indicator that a figure is so many times: "gấp 10 lần vốn ngân sách"; None where it is none."""
    near = (each for each in sentence.mentions if each.start >= written.end and each.code != code)
    return next((each.code for each in near if sentence.between(written.end, each.start) <= _FAR / 2), None)
