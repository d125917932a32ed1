"""Which indicator a figure of a sentence is of, and how surely: by what is counted, what is named, what was before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from soket.narrative.amounts import Amount
from soket.narrative.kinds import FigureKind
from soket.narrative.measures import MONEY, PERCENT
from soket.narrative.named import Memory, Sentence, WrittenAmount
from soket.narrative.naming import IndicatorNames, Mention, words_in
from soket.narrative.rows import BECAME, FROM
from soket.narrative.shares import Shares, Subject
from soket.narrative.whose import Whose
from soket.text import flat, fold

_QUALIFIED = re.compile(r"[^,;.()\d]{0,24}(?:\bkhac\b|\d+ sao|\bloai\b)")
_NOT_COUNTED = re.compile(r"[,;(]|\btrong\b|\bcho\b|\bso voi\b")
_ENDS = re.compile(r"[.;:()]|\bso (?:voi|cung)\b")
_IN_BRACKETS = re.compile(r"^\s*\(([^\d()]{1,24})\)")
# After a unit of measure, words that are no longer of it.
_ENDS_UNIT = frozenset(
    fold(
        ", năm so tăng giảm và với trong được đã do vào là về khi ở tại của cho chiếm đạt bằng đến từ thì gấp cao thấp "
        "còn lên xuống cùng theo sau mỗi nên nhưng hơn để kể lần thuộc trên"
    ).split()
)
_MONEY_ONLY = 1e9  # a scale of so much is money's
_NEAR = 3  # words
_SHOWN = 60  # letters after a figure in which its unit of measure stands


class Subjects:
    """Finds what figures are of among a plan's indicators; `parents` are the wholes that some are parts of."""

    def __init__(self, names: IndicatorNames, parents: Mapping[str, str]) -> None:
        self._names = names
        self._shares = Shares(names, parents)

    def of(
        self,
        sentence: Sentence,
        written: WrittenAmount,
        kind: FigureKind,
        memory: Memory,
        *,
        points: bool,
        among: frozenset[str] | None = None,
        whose: Whose = None,
    ) -> Subject | None:
        """Return what a figure is of, `among` some where it can be of no other; None where nothing says of what."""
        left, right = sentence.clause(written.start)
        after = _measured(sentence, written, left, right)
        if _QUALIFIED.match(after):  # "06 sản phẩm 4 sao", "34 văn bản khác"
            return None
        if points and (share := self._shares.in_points(sentence, left, written.start)):
            return share
        relative = points or kind is FigureKind.TIMES or (written.amount.percent and kind is not FigureKind.VALUE)
        fits = self._fitting(sentence, written, after, points=points, among=among)
        if not relative and not fits and (written.amount.percent or re.match(r"\s*[^\W\d_]", after)):
            return None
        if (dealt := sentence.turns.indicators.get(written.start)) in fits and dealt:
            return Subject(dealt, certain=True)
        usable = [each for each in sentence.mentions if (relative and not points) or not fits or each.code in fits]
        wholes = sentence.wholes
        before = [each for each in usable if left <= each.start < written.start and each not in wholes]
        earlier = [each for each in usable if each.start < left and each not in wholes]
        if kind is FigureKind.OF_TOTAL:
            return self._shares.of(sentence, written, memory, before or earlier, whose)
        if relative:
            return self._relative(memory, left, before, earlier, fits if points else None)
        if counted := _counted(sentence, written, usable, right):
            if spoken_of := self._only_measured(sentence, counted[0], before or earlier):
                return spoken_of
            return self._best(counted, before, alone=len(fits) == 1)
        if _part_of_nothing(sentence, written.start, left, before):
            return None
        spoken = {each.code for each in sentence.mentions if each.start < written.start and each not in wholes}
        return self._spoken_of(sentence.text[: written.start], fits, before, earlier, memory, alone=len(spoken) == 1)

    def _fitting(
        self, sentence: Sentence, written: WrittenAmount, after: str, *, points: bool, among: frozenset[str] | None
    ) -> frozenset[str]:
        """Return the indicators that a figure may be of by what it counts, `among` some where it can be of no other."""
        fits = self._in_percent if points else self.counted_in(after, written.amount) or self._named(sentence, written)
        return fits & among if among is not None and fits & among else fits

    def _spoken_of(
        self,
        text: str,
        fits: frozenset[str],
        before: Sequence[Mention],
        earlier: Sequence[Mention],
        memory: Memory,
        *,
        alone: bool,
    ) -> Subject | None:
        """Return what was named in the clause before, what alone is counted so, or what was spoken of earlier.

        `alone` says that the sentence names no other indicator before the figure.
        """
        if before:
            best = next((each for each in reversed(before) if each.strong), before[-1])
            return Subject(best.code, best.strong or (alone and memory.code == best.code))
        if len(fits) == 1 and not fits & self._in_percent:  # every share is counted in percent
            only = next(iter(fits))
            return Subject(only, certain=self._names.measures[only].base != MONEY)
        if earlier:
            return Subject(earlier[-1].code, certain=alone and (earlier[-1].strong or memory.code == earlier[-1].code))
        if memory.code in fits:
            return Subject(memory.code, certain=False)
        return self._by_unit(text, fits)

    def counted_in(self, after: str, amount: Amount) -> frozenset[str]:
        """Return the indicators whose unit of measure the words after an amount are."""
        after = _IN_BRACKETS.sub(r" \1 ", after, count=1)  # "246 (cơ sở)"
        cut = _ENDS.search(after[:_SHOWN])
        words = [each.text for each in words_in(after[: cut.start() if cut else _SHOWN])]
        if not words and 1 < amount.scale < _MONEY_ONLY and not amount.percent:  # "Một (404,6 nghìn)"
            return frozenset(self._names.measures) - self._in_percent
        return frozenset(code for code in self._names.measures if self._fits(code, words, amount))

    def _named(self, sentence: Sentence, written: WrittenAmount) -> frozenset[str]:
        """Return the indicator whose name stands where its unit of measure would: "728 lao động"."""
        if written.amount.percent:
            return frozenset()
        start = written.measured[0]
        named = {each.code for each in sentence.mentions if 0 <= each.start - start <= 1}
        return frozenset(code for code in named if self._names.measures[code].base not in (PERCENT, MONEY))

    def _fits(self, code: str, words: Sequence[str], amount: Amount) -> bool:
        measure = self._names.measures[code]
        if amount.percent or measure.base == PERCENT:
            return amount.percent and measure.base == PERCENT
        ends = len(words) < 2 or words[1] in _ENDS_UNIT
        if measure.base == MONEY:
            said = bool(words) and words[0] in measure.words
            return said or (amount.scale > 1 and (not words or words[0] in _ENDS_UNIT))
        own = measure.base.split()
        if words[:1] == [","]:
            return False
        plain = [each for each in words if each != ","]
        if not own or not plain:
            return False
        if plain[: len(own)] == own or (len(own) > 1 and plain[0] == "".join(word[0] for word in own)):  # "VB"
            return True
        if plain[0] not in measure.words:
            return False
        name = flat(self._names.by_code[code].name).replace(",", "")
        return ends or words[1] in own or " ".join(plain[1:3]) in name

    @property
    def _in_percent(self) -> frozenset[str]:
        return frozenset(code for code, measure in self._names.measures.items() if measure.base == PERCENT)

    def _only_measured(self, sentence: Sentence, counted: Mention, before: Sequence[Mention]) -> Subject | None:
        """Return what was spoken of before where what a figure counts is its measure, and the name of another only so.

        "Khách quốc tế năm 2030 là 5.000 lượt khách": not of all of them.
        """
        # What stands right after another figure is its measure, too.
        ends = {each.end for each in sentence.amounts}
        names = (each for each in reversed(before) if each.strong and each.start - 1 not in ends)
        last = next(names, None)
        if last is None or last.code == counted.code:
            return None
        measure = flat(self._names.by_code[last.code].unit_of_measure)
        return Subject(last.code, certain=True) if sentence.text[counted.start : counted.end] == measure else None

    def _best(self, counted: Sequence[Mention], before: Sequence[Mention], *, alone: bool) -> Subject:
        best = max(counted[:2], key=lambda each: (each.words, -each.start))
        nearest = before[-1] if before else None
        if nearest is not None:
            part = self._names.roots[nearest.code] == best.code != nearest.code and not best.whole
            if part or (nearest.strong and not best.strong):
                best = nearest
        return Subject(best.code, best.strong or alone)

    def _relative(
        self,
        memory: Memory,
        left: int,
        before: Sequence[Mention],
        earlier: Sequence[Mention],
        among: frozenset[str] | None,
    ) -> Subject | None:
        """Return what a change or a share of another year is of: the figure before, or what was named since."""
        known = memory.code is not None and (among is None or memory.code in among)
        follows = memory.end >= left and memory.end > 0 and memory.kind is not None and known
        if memory.code is not None and follows and (not before or before[-1].start < memory.end):
            return Subject(memory.code, certain=True)
        if chosen := before or earlier:
            since = [each for each in before if each.start >= memory.end]
            best = next((each for each in reversed(since or chosen) if each.strong), chosen[-1])
            # A figure between that is of nothing known may well be what changed.
            other = memory.kind is None and best.start < memory.end
            # "tổng lượt khách còn 2,6 triệu lượt; năm 2031 tiếp tục giảm 32%": nothing else was spoken of.
            goes_on = {each.code for each in earlier} == {memory.code}
            return Subject(best.code, best.strong and (bool(before) or goes_on) and not other)
        return Subject(memory.code, certain=False) if memory.code is not None else None

    def _by_unit(self, before: str, fits: frozenset[str]) -> Subject | None:
        """Return the one family of indicators counted so that the words before speak of."""
        roots = {self._names.roots[code] for code in fits}
        if len(roots) > 1:
            said = {each.text for each in words_in(before)}
            roots = {code for code in roots if set(self._names.measures[code].base.split()[1:]) & said}
        return Subject(next(iter(roots)), certain=False) if len(roots) == 1 else None


def _measured(sentence: Sentence, written: WrittenAmount, left: int, right: int) -> str:
    """Return the words in which a figure's unit of measure may stand: none between "từ 49" and "lên 64"."""
    after = sentence.text[written.measured[0] : right]
    return "" if BECAME.match(after) and FROM.search(sentence.text[left : written.start]) else after


def _counted(sentence: Sentence, written: WrittenAmount, usable: Sequence[Mention], right: int) -> list[Mention]:
    """Return the indicators named right after a figure, as what it counts."""
    start, until = written.measured
    return [
        each
        for each in usable
        if start <= each.start < min(until, right)
        and sentence.between(start, each.start) <= _NEAR
        and not _NOT_COUNTED.search(sentence.text[start : each.start])
    ]


def _part_of_nothing(sentence: Sentence, start: int, left: int, before: Sequence[Mention]) -> bool:
    """Whether a figure is a part of another, and neither a time, a unit nor a name of its own says which."""
    at = sentence.inside_from(start)
    if at < left or any(each.end > at for each in before):
        return False
    own_time = any(at <= each.start < start for each in sentence.times)
    return not own_time and not any(at <= each[0] < start for each in sentence.scopes)
