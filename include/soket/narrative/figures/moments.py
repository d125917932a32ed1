"""Times that figures are of where the order of words does not tell: beside brackets, held against others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from soket.narrative.figures.named import Sentence, WrittenAmount
from soket.narrative.figures.rows import FROM
from soket.narrative.names.times import Time, TimeKind, held_against
from soket.narrative.names.whose import Scope
from soket.plan.periods import PeriodId

_IN_BRACKETS = re.compile(r"\(\s*(?:[^\W\d_]+\s+){0,2}$")
_HELD = re.compile(r"\bso voi (?:[^\W\d_]+ ){0,4}$|\bhon (?:muc|ty trong|ty le|con so) $")
_BECAME = re.compile(r"\b(?:len|xuong|con|den|thanh)(?: [^\W\d_]+){0,2} $")
_NEXT_TO = re.compile(r" \(?(?:cua |vao |trong )?(?:nam )?")
_OF_TIME = re.compile(r"^[^,;()]{0,40}\b(?:cua|vao|trong)? ?(?:nam )?$")
_TURNS = re.compile(r",| (?:va|roi|len|xuong|con|den|toi|thanh) ")  # from one time to the next
_FIGURE_NEXT = re.compile(r"\s?[:(]?\s?(?:la |dat |con )?\d")
_THEN_YEAR = re.compile(r"(?: [^\W\d_]+){0,4}, (?:nam )?")
_CLOSE = 3  # words of a measure and "trong năm"


def turns_to(sentence: Sentence, written: WrittenAmount, fresh: Sequence[Time], gap: str, following: Time) -> bool:
    """Whether a time right after a figure is its own, whatever came before: "sau đỉnh cao năm 2030, còn 5 năm 2031"."""
    apart = len(gap.split()) <= _CLOSE and not _FIGURE_NEXT.match(sentence.text, following.end)
    return bool(fresh and apart and _TURNS.search(sentence.text, fresh[-1].end, written.start))


def told_before(sentence: Sentence, written: WrittenAmount, lead: Sequence[Time]) -> tuple[Time | None, bool]:
    """Return the time that clauses before tell, and whether it is the only one; none that a bracket has shut in."""
    place, text = lead[-1].start, sentence.text
    opened = text.rfind("(", 0, place)
    shut = opened >= 0 and ")" not in text[opened:place] and 0 <= text.find(")", place) < written.start
    if shut and any(each.end <= opened and len(text[each.end : opened].split()) <= _CLOSE for each in sentence.amounts):
        return None, False  # "64 điểm (năm 2030: 49; tăng 15); Một có 7"
    return lead[-1], len(lead) == 1


def told_by_place(sentence: Sentence, written: WrittenAmount, last: Time | None) -> tuple[Time | None, bool] | None:
    """Return the time that a figure is of by where it stands, and whether that is sure; `last` was spoken of last."""
    if held := _held_with(sentence, written):
        return held, True
    if shut_in := _shut_in(sentence, written):
        return shut_in, True
    left, right = sentence.clause(written.start)
    if _HELD.search(sentence.text[max(left, written.floor) : written.start]):  # of another time, told further on
        return next((each for each in sentence.times if written.end <= each.start < right), None), False
    if ends := _end_of_span(sentence, written):
        return ends, True
    if beside := _beside_bracket(sentence, written):
        return _itself(beside, last.known if last else None)
    return _before_it_became(sentence, written)


def _itself(time: Time, period: PeriodId | None) -> tuple[Time, bool]:
    known, told = held_against(time, period)
    return replace(time, told=TimeKind.ITSELF, period=known), told


def _before_it_became(sentence: Sentence, written: WrittenAmount) -> tuple[Time | None, bool] | None:
    """Return the time of the first figure in "từ 117 lên 156 điểm": its own, or what the other's is held against."""
    text, (left, right) = sentence.text, sentence.clause(written.start)
    became = _BECAME.search(text, written.end, min(written.ceiling, right))
    if became is None or not FROM.search(text[max(left, written.floor) : written.start]):
        return None
    if own := next((each for each in sentence.times if written.end <= each.start < became.start()), None):
        return own, True
    here = [each for each in sentence.times if left <= each.start < right]
    base = next((each for each in here if each.base), None)
    current = next((each for each in here if not each.base), None)
    return _itself(base, current.known if current else None) if base else (None, False)


def _end_of_span(sentence: Sentence, written: WrittenAmount) -> Time | None:
    """Return the first or the last year of "từ 306 xuống 175 nghìn lượt trong hai năm 2030 - 2032"."""
    text, (left, right) = sentence.text, sentence.clause(written.start)
    here = [each for each in sentence.times if left <= each.start < right]
    if len(here) != 1 or here[0].span is None or here[0].start < written.end:
        return None
    own = [each for each in sentence.amounts if left <= each.start < here[0].start]
    if (
        len(own) < 2
        or written.start > own[1].start
        or not (FROM.search(text[left : own[0].start]) and _BECAME.search(text[: own[1].start]))
    ):
        return None
    return replace(here[0], told=TimeKind.ITSELF, period=here[0].span[written.start == own[1].start], span=None)


def began(sentence: Sentence, written: WrittenAmount) -> bool:
    """Whether a figure is what something was before it became another, and no time is told: "từ 49 lên 64"."""
    return _before_it_became(sentence, written) == (None, False)


def _beside_bracket(sentence: Sentence, written: WrittenAmount) -> Time | None:
    """Return the time right before a bracket that a figure stands in: "năm 2030 (1.529.732 hồ sơ)"."""
    left, _ = sentence.clause(written.start)
    floor = max(left, written.floor)
    opened = _IN_BRACKETS.search(sentence.text[floor : written.start])
    if opened is None:
        return None
    at = floor + opened.start()
    return next((each for each in sentence.times if 0 <= at - each.end <= 1), None)


def _shut_in(sentence: Sentence, written: WrittenAmount) -> Time | None:
    """Return the time that ends the bracket that a figure stands in: "Một (404 lượt, 2029), Hai (9 người, 2031)"."""
    if sentence.text.rfind("(", 0, written.start) <= sentence.text.rfind(")", 0, written.start):
        return None
    after = (each for each in sentence.times if sentence.text[each.end : each.end + 1] == ")")
    return next((each for each in after if _THEN_YEAR.fullmatch(sentence.text[written.end : each.start])), None)


def _held_with(sentence: Sentence, written: WrittenAmount) -> Time | None:
    """Return the time after a figure that another is held against: "thấp hơn so với tỷ lệ 58,4% của năm 2030"."""
    left, right = sentence.clause(written.start)
    if not _HELD.search(sentence.text[max(left, written.floor) : written.start]):
        return None
    following = (each for each in sentence.times if written.end <= each.start < min(written.ceiling, right))
    found = next((each for each in following if each.told is TimeKind.ITSELF), None)
    return found if found and _OF_TIME.search(sentence.text[written.end : found.start]) else None


def _only_base(sentence: Sentence, until: int) -> Time | None:
    """Return what earlier clauses hold things against, where that is one time alone."""
    bases = {each.period: each for each in sentence.times if each.base and each.start < until}
    return next(iter(bases.values())) if len(bases) == 1 else None


def base_of(
    sentence: Sentence, written: WrittenAmount, period: PeriodId | None, beside: Scope | None
) -> tuple[PeriodId | None, bool]:
    """Return the time that a change is counted from, and whether its clause tells it.

    Where another's figure is held against, that is of the same time unless one stands right there.
    """
    left, right = sentence.clause(written.start)
    if beside:
        there = (each for each in sentence.times if _NEXT_TO.fullmatch(sentence.text[beside.end : each.start]))
        time = next(there, None)
        return held_against(time, period) if time and time.end < written.ceiling else (None, True)
    bases = [each for each in sentence.times if each.base and left <= each.start < right]
    after = [each for each in bases if each.start >= written.end]
    if own := [each for each in bases if written.floor <= each.start < written.start and after]:
        # "nhiều hơn năm 2030 5 lượt, song đến năm sau giảm 7% so với năm 2031"
        after = own[-1:] if any(written.end <= each.start < after[0].start for each in sentence.amounts) else after
    until = [each for each in sentence.times if each.since is not None and left <= each.start < written.ceiling]
    told = next((each for each in until if each.period == period), None)
    if told and not any(each.start > told.start for each in bases):
        return told.since, True
    chosen = after[0] if after else bases[-1] if bases else _only_base(sentence, left)
    if chosen is None:  # "năm 2031 lên 5 lượt, tăng 12%": most likely from the year that was told before it
        years = [each.known for each in sentence.times if each.start < written.start and isinstance(each.known, int)]
        earlier = [each for each in years if isinstance(period, int) and each < period]
        return (earlier[-1] if earlier else None), False
    return held_against(chosen, period)
