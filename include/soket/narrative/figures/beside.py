"""What beside a figure tells of what it is: names after it, what is denied, what it goes on from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from soket.narrative.figures.kinds import CHANGES, FigureKind
from soket.narrative.figures.memory import Memory
from soket.narrative.figures.named import Sentence, WrittenAmount
from soket.narrative.names.naming import Mention
from soket.narrative.quantities.measures import MONEY, PERCENT, Measure
from soket.text import YEAR

_NOT = re.compile(r"\b(?:chua|khong)(?: (?:duoc|he|co))? $")
_CLOSE = 30  # letters after a figure in which stands what it counts
_COUNTS_NOTHING = re.compile(r"\s*(?:so (?:voi|cung)\b|[,;.)]|va\b|$)")
_NOT_COUNTED = re.compile(r"[,;(]|\bva\b|\btrong\b|\bcho\b|\bso voi\b")
_NEAR, _FAR = 3, 4  # words
_OTHERWISE = re.compile(rf"[,;:.()”]|\b{YEAR}\b")  # "gấp 2 lần năm 2040; có 14 khu": of a time, not of areas
_NO_COUNTS = {MONEY, PERCENT}  # so much money is never so many times a count


def named_after(sentence: Sentence, written: WrittenAmount, usable: Sequence[Mention], right: int) -> list[Mention]:
    """Return the indicators named right after a figure, as what it counts."""
    start, until = written.measured
    return [
        each
        for each in usable
        if start <= each.start < min(until, right)
        and sentence.between(start, each.start) <= _NEAR
        and not _NOT_COUNTED.search(sentence.text[start : each.start])
    ]


def denied_by(sentence: Sentence, written: WrittenAmount) -> Mention | None:
    """Return the indicator that a figure is what is left of: "3.910 người chưa qua đào tạo"."""
    here = (
        each
        for each in sentence.mentions
        if (
            written.floor <= each.start < written.start
            or written.end <= each.start < min(written.end + _CLOSE, written.ceiling)
        )
        and _NOT.search(sentence.text, written.floor, each.start)
    )
    return next(here, None)


def changes_the_last(sentence: Sentence, kind: FigureKind, written: WrittenAmount, memory: Memory, after: str) -> bool:
    """Whether a change that counts nothing is one of the figure before: "64 điểm; tăng 15 so với năm 2030"."""
    if kind not in CHANGES or written.amount.percent or not memory.end or memory.kind is None:
        return False
    named = any(memory.end <= each.start < written.start for each in sentence.mentions)
    return not named and _COUNTS_NOTHING.match(after) is not None


def is_part_of_nothing(sentence: Sentence, start: int, left: int, before: Sequence[Mention]) -> bool:
    """Whether a figure is a part of another, and neither a time, a unit nor a name of its own says which."""
    at = sentence.inside_from(start)
    if at < left or any(each.end > at for each in before) or not any(each.start < at for each in sentence.amounts):
        return False
    own_time = any(at <= each.start < start for each in sentence.times)
    return not own_time and not any(at <= each[0] < start for each in sentence.scopes)


def times_another(
    sentence: Sentence, written: WrittenAmount, code: str, measures: Mapping[str, Measure]
) -> Mention | None:
    """Return where another indicator is named that a figure is so many times: "gấp 10 lần vốn ngân sách"."""
    after = (each for each in sentence.mentions if each.start >= written.end and each.code != code)
    found = next(after, None)
    if found is None or sentence.between(written.end, found.start) > _FAR:
        return None
    bases = {measures[each].base for each in (code, found.code)}
    if _OTHERWISE.search(sentence.text, written.end, found.start) or (len(bases) > 1 and bases & _NO_COUNTS):
        return None
    return found
