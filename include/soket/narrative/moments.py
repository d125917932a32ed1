"""Times that figures are of where the order of words does not tell: beside brackets, held against others."""

from __future__ import annotations

import re

from soket.narrative.named import Sentence, WrittenAmount
from soket.narrative.times import Time, TimeKind, held_against
from soket.plan.periods import PeriodId

_IN_BRACKETS = re.compile(r"\(\s*(?:[^\W\d_]+\s+){0,2}$")
_HELD = re.compile(r"\bso voi (?:[^\W\d_]+ ){0,4}$")
_OF_TIME = re.compile(r"^[^,;()]{0,40}\b(?:cua|vao|trong)? ?(?:nam )?$")


def beside_bracket(sentence: Sentence, written: WrittenAmount) -> Time | None:
    """Return the time right before a bracket that a figure stands in: "năm 2030 (1.529.732 hồ sơ)"."""
    left, _ = sentence.clause(written.start)
    floor = max(left, written.floor)
    opened = _IN_BRACKETS.search(sentence.text[floor : written.start])
    if opened is None:
        return None
    at = floor + opened.start()
    return next((each for each in sentence.times if 0 <= at - each.end <= 1), None)


def held_with(sentence: Sentence, written: WrittenAmount) -> Time | None:
    """Return the time after a figure that another is held against: "thấp hơn so với tỷ lệ 58,4% của năm 2030"."""
    left, right = sentence.clause(written.start)
    if not _HELD.search(sentence.text[max(left, written.floor) : written.start]):
        return None
    following = (each for each in sentence.times if written.end <= each.start < min(written.ceiling, right))
    found = next((each for each in following if each.told is TimeKind.ITSELF), None)
    return found if found and _OF_TIME.search(sentence.text[written.end : found.start]) else None


def base_of(sentence: Sentence, written: WrittenAmount, period: PeriodId | None) -> tuple[PeriodId | None, bool]:
    """Return the time that a change is counted from, and whether its clause tells it."""
    left, right = sentence.clause(written.start)
    bases = [each for each in sentence.times if each.base and left <= each.start < right]
    after = [each for each in bases if each.start >= written.end]
    chosen = after[0] if after else bases[-1] if bases else None
    return held_against(chosen, period) if chosen else (None, False)
