"""Reads what kind of figure each figure of a sentence is: by the words around it, and by the figure before."""

from __future__ import annotations

import re

from soket.narrative.figures.counted import Counted, measured
from soket.narrative.figures.items import is_item
from soket.narrative.figures.kinds import (
    CHANGES,
    SHARES,
    WITH_DIRECTION,
    FigureKind,
    change_of,
    goes_on,
    goes_on_per_one,
    is_mean_of_one,
    kind_of,
    per_one,
    rises,
)
from soket.narrative.figures.memory import Memory
from soket.narrative.figures.named import Sentence, WrittenAmount
from soket.narrative.figures.told import held_in, is_share
from soket.narrative.names.naming import IndicatorNames
from soket.narrative.quantities.measures import PERCENT
from soket.text import flat

_BESIDE = re.compile(r"[^(),;]{0,30}\((?:nam )?[^(),;]{0,20}")
_NOTHING_MORE = re.compile(r"\s*(?:[).;]|$)")
_MOST_TIMES = 10  # that one word says: "gấp mười"; what is spelt out in more is a count
_TIMES_OVER = re.compile(r"\s*lan\b")


class KindReader:
    """Reads what figures are: values, changes, shares, means."""

    def __init__(self, names: IndicatorNames, counted: Counted) -> None:
        self._names = names
        self._counted = counted

    def kind(self, sentence: Sentence, written: WrittenAmount, memory: Memory, *, points: bool) -> FigureKind | None:
        """Return what a figure is; None for a share of what is planned, or of one of what nobody counts."""
        if memory.kind and held_in(sentence, written):  # what another is held against is the same of whom that is
            if written.amount.percent and memory.kind in SHARES:
                return memory.kind
            if not written.amount.percent and not points:
                return FigureKind.VALUE if memory.kind in CHANGES | SHARES else memory.kind
        if self._is_next(written, memory, points) and memory.written and is_item(sentence, memory.written, written):
            return memory.kind
        if not written.amount.percent and not points and self.per(sentence, written, memory):
            return FigureKind.PER
        if is_mean_of_one(sentence.before(written)):
            return None
        after = measured(sentence, written)
        kind = kind_of(
            sentence.before(written),
            after,
            percent=written.amount.percent,
            times=_TIMES_OVER.match(after) is not None or _is_so_many(written),
            points=points,
            last=memory.kind,
            joined=self._joined(sentence, written, memory),
        )
        measures = self._names.measures
        in_words = kind is FigureKind.VALUE and written.in_words and written.amount.percent
        if in_words or (kind is FigureKind.OF_YEAR and _NOTHING_MORE.match(after) and _is_part_told(memory)):
            # "hơn một nửa đã qua đào tạo", "9 người, trong đó 6 người đã qua đào tạo, bằng 67%"
            return FigureKind.OF_TOTAL
        if kind is FigureKind.VALUE and self._is_change(sentence, written, memory):
            return FigureKind.GROWTH
        counted = memory.kind in (FigureKind.VALUE, FigureKind.SUM)
        shared = kind is FigureKind.VALUE and counted and memory.code and measures[memory.code].base != PERCENT
        if shared and is_share(written, (measures[each.code] for each in sentence.mentions)):
            return FigureKind.OF_TOTAL
        return kind

    def _is_next(self, written: WrittenAmount, memory: Memory, points: bool) -> bool:
        """Whether percents may be of the same kind as those before them: "qua đào tạo: Một 62%; Hai 55%"."""
        before = memory.written if memory.end and memory.kind in SHARES else None
        if before is None or before.in_words or points:
            return False
        return before.amount.percent and written.amount.percent

    def _is_change(self, sentence: Sentence, written: WrittenAmount, memory: Memory) -> bool:
        """Whether percents that are of no share are a change, by the head of their list or the one before.

        "mức giảm so với năm đầu: Một (5%), Hai (7%)", "tăng 6% năm đầu, 7% năm sau".
        """
        named = (each for each in sentence.mentions if each.start < written.start)
        if not written.amount.percent or any(self._names.measures[each.code].base == PERCENT for each in named):
            return False
        after_one = memory.kind is FigureKind.GROWTH and memory.end > 0
        return after_one or change_of(sentence.text[: written.start]) != ""

    def _joined(self, sentence: Sentence, written: WrittenAmount, memory: Memory) -> str | None:
        """Return the words between a figure and the one before, without what that is counted in: "khu, điểm"."""
        if not (memory.kind and memory.end):
            return None
        measure = flat(self._names.by_code[memory.code].unit_of_measure) if memory.code else ""
        between = sentence.text[memory.end : written.start].lstrip().removeprefix(measure)
        return re.sub(r"^\s*(?:[^\W\d_]+\s*){0,3}?(?=[,(]|\bva\b|\btuong\b)", "", between)

    def per(self, sentence: Sentence, written: WrittenAmount, memory: Memory) -> str | None:
        """Return the indicator for one of which a figure is: "14 buồng/cơ sở"; None where it is for none."""
        before, after = sentence.before(written), measured(sentence, written)
        if one := per_one(before, after):
            fits = self._counted.counted_in(after, written.amount)
            own = any("/" in self._names.by_code[code].unit_of_measure for code in fits)
            return None if own else self._counted.per(one)
        if memory.kind is not FigureKind.PER:
            return None
        beside = _BESIDE.fullmatch(sentence.text, memory.end, written.start)  # "14,3 buồng (năm 2030 là 14,2)"
        return memory.per if beside or goes_on_per_one(before) else None

    def rises(self, sentence: Sentence, written: WrittenAmount, memory: Memory) -> bool | None:
        """Return whether a change is said to be a rise: right before it, with the one before, or by its list's head."""
        own = rises(sentence.before(written))
        if own is None and memory.kind in WITH_DIRECTION and goes_on(self._joined(sentence, written, memory) or " "):
            own = memory.rises
        return rises(sentence.text[: written.start]) if own is None and written.amount.percent else own


def _is_part_told(memory: Memory) -> bool:
    """Whether the last two figures are of a whole and of a part of it."""
    last = [(each.indicator, each.unit, each.period) for each in memory.told[-2:]]
    (whole, *of_whole), (part, *of_part) = last if len(last) > 1 else (("",), ("",))
    return bool(whole) and part.startswith(f"{whole}.") and of_whole == of_part


def _is_so_many(written: WrittenAmount) -> bool:
    """Whether words alone say how often one is another: "gấp đôi"."""
    few = written.amount.scale == 1 and written.amount.value <= _MOST_TIMES
    return written.in_words and few and not written.amount.percent
