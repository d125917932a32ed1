"""Which indicator a figure of a sentence is of, and how surely: by what is counted, what is named, what was before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from soket.narrative.figures.beside import changes_the_last, denied_by, is_part_of_nothing, named_after
from soket.narrative.figures.counted import Counted, measured
from soket.narrative.figures.kinds import FigureKind
from soket.narrative.figures.memory import Memory
from soket.narrative.figures.named import Sentence, WrittenAmount
from soket.narrative.figures.shares import Shares, Subject
from soket.narrative.names.naming import IndicatorNames, Mention, words_in
from soket.narrative.names.whose import Whose
from soket.narrative.quantities.measures import MONEY
from soket.plan.model import Plan
from soket.plan.tables import whole_of
from soket.text import flat

_OF_SO_MANY = re.compile(r"\d/$")
_QUALIFIED = re.compile(r"[^,;.()\d]{0,24}(?:\bkhac\b|\d+ sao|\bloai\b)")
_NAMES = re.compile(r"\b(?:so|luong|tong|ty le|ti le|ty trong|von|doanh thu|kinh phi)(?! (?:voi|cung)\b) [a-z]")


def parents_of(plan: Plan) -> dict[str, str]:
    """Return what each indicator is a part of, as codes and rules of the plan's forms say."""
    found: dict[str, str] = {}
    for form in plan.forms:
        codes = {each.code for each in form.indicators}
        found |= {code: whole for code in codes if (whole := whole_of(code, codes))}
        found |= {
            part: rule.total for rule in form.rules if rule.kind == "sum" and not rule.trial for part in rule.parts
        }
    return found


class Subjects:
    """Finds what figures are of among a plan's indicators; `parents` are the wholes that some are parts of."""

    def __init__(self, names: IndicatorNames, counted: Counted, parents: Mapping[str, str]) -> None:
        self._names = names
        self._counted = counted
        self._parents = parents
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
        after = measured(sentence, written)
        if _OF_SO_MANY.search(sentence.text, 0, written.start):  # "4.015/6.879 người": of what the first is a part
            return self._shares.whole_of(memory.code)
        if _QUALIFIED.match(after):  # "06 sản phẩm 4 sao", "34 văn bản khác"
            return None
        left, _ = sentence.clause(written.start)
        if points and (share := self._shares.in_points(sentence, left, written.start, memory)):
            return share
        relative = points or kind is FigureKind.TIMES or (written.amount.percent and kind is not FigureKind.VALUE)
        fits = self._counted.fitting(sentence, written, after, points=points, among=among)
        if not fits and memory.code and (written.goes_on or changes_the_last(sentence, kind, written, memory, after)):
            fits = frozenset({memory.code})
        if not relative and not fits and (written.amount.percent or re.match(r"\s*[^\W\d_]", after)):
            return None
        dealt = sentence.turns.indicators.get(written.start)
        if dealt and (dealt in fits or (relative and kind is not FigureKind.OF_TOTAL)):
            return Subject(dealt, certain=True)
        usable = [each for each in sentence.mentions if (relative and not points) or not fits or each.code in fits]
        usable = [each for each in usable if each.start not in memory.aside]
        named = [each for each in usable if each not in sentence.wholes]
        before = [each for each in named if left <= each.start < written.start]
        earlier = [each for each in named if each.start < left]
        if kind is FigureKind.OF_TOTAL:
            return self._shares.of(sentence, written, memory, before or earlier, whose)
        if relative:
            return self._relative(sentence, written, memory, before, earlier, fits if points else None)
        return self._of_amount(sentence, written, kind, memory, fits, usable, before, earlier)

    def unless_denied(self, subject: Subject | None, sentence: Sentence, written: WrittenAmount) -> Subject | None:
        """Return what a figure is of where its sentence says that it is not of something: then of the rest of that."""
        if subject and (denied := denied_by(sentence, written)):
            whole = self._parents.get(denied.code)
            return replace(subject, code=denied.code, rest=whole, certain=False) if whole else None
        return subject

    def _of_amount(
        self,
        sentence: Sentence,
        written: WrittenAmount,
        kind: FigureKind,
        memory: Memory,
        fits: frozenset[str],
        usable: Sequence[Mention],
        before: Sequence[Mention],
        earlier: Sequence[Mention],
    ) -> Subject | None:
        """Return what a figure is of that is no share and no change in percent."""
        left, right = sentence.clause(written.start)
        if counted := named_after(sentence, written, usable, right):
            if spoken_of := self._only_measured(sentence, counted[0], before or earlier):
                return spoken_of
            return self._best(counted, before, alone=len(fits) == 1)
        if kind is FigureKind.PER and not before and fits:  # "chi tiêu bình quân một lượt khách": of which money?
            return Subject(min(fits), certain=len(fits) == 1)
        if memory.goes_on_per_one(kind, left) and memory.code in fits:
            return Subject(memory.code, certain=True)
        wholes = [each for each in sentence.wholes if each.code in fits and left <= each.start < right]
        if wholes and not (before or earlier):  # "huyện Một ước 5 tỷ đồng, chiếm 7% tổng thu toàn tỉnh"
            return Subject(wholes[0].code, certain=False)
        if is_part_of_nothing(sentence, written.start, left, before):
            return None
        spoken = {each.code for each in sentence.mentions if each.start < written.start and each not in sentence.wholes}
        own = self._spoken_of(sentence.text[: written.start], fits, before, earlier, memory, alone=len(spoken) == 1)
        later = (each for each in usable if each.code in fits and each.start > written.start)
        # "Sau khi đạt đỉnh 5 tỷ đồng năm 2030, tổng thu giảm"
        named = next((Subject(each.code, certain=False) for each in later if each.strong), None)
        return own or named or (Subject(min(fits), certain=False, among=tuple(sorted(fits))) if fits else None)

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
        if len(fits) == 1 and not fits & self._counted.in_percent:  # every share is counted in percent
            only = next(iter(fits))
            return Subject(only, certain=self._names.measures[only].base != MONEY)
        if earlier:
            return Subject(earlier[-1].code, certain=alone and (earlier[-1].strong or memory.code == earlier[-1].code))
        if memory.code in fits:
            return Subject(memory.code, certain=False)
        return self._by_unit(text, fits)

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
        sentence: Sentence,
        written: WrittenAmount,
        memory: Memory,
        before: Sequence[Mention],
        earlier: Sequence[Mention],
        among: frozenset[str] | None,
    ) -> Subject | None:
        """Return what a change or a share of another year is of: the figure before, or what was named since."""
        left, _ = sentence.clause(written.start)
        if memory.kind is FigureKind.PER and memory.code:  # of what it is one is named after it
            before = [each for each in before if each.code != memory.per or each.start < memory.end]
        known = memory.code is not None and (among is None or memory.code in among)
        follows = memory.end >= left and memory.end > 0 and memory.kind is not None and known
        if memory.code is not None and follows and (not before or before[-1].start < memory.end):
            # What is named between, and is nothing known, may well be what changed.
            named = _NAMES.search(sentence.text, memory.end, written.start)
            return Subject(memory.code, certain=named is None)
        if chosen := before or earlier:
            since = [each for each in before if each.start >= memory.end]
            best = next((each for each in reversed(since or chosen) if each.strong), chosen[-1])
            # A figure between that is of nothing known may well be what changed.
            other = memory.kind is None and best.start < memory.end
            # "tổng lượt khách còn 2,6 triệu lượt; năm 2031 tiếp tục giảm 32%": nothing else was spoken of.
            goes_on = {each.code for each in earlier} == {memory.code}
            return Subject(best.code, best.strong and (bool(before) or goes_on) and not other)
        if memory.code is None:  # "năm đầu tăng 5%, năm sau lượng khách giảm 7%"
            later = (each for each in sentence.mentions if each.start > written.start and each not in sentence.wholes)
            return next((Subject(each.code, certain=False) for each in later), None)
        return Subject(memory.code, certain=False)

    def _by_unit(self, before: str, fits: frozenset[str]) -> Subject | None:
        """Return the one family of indicators counted so that the words before speak of."""
        roots = {self._names.roots[code] for code in fits}
        if len(roots) > 1:
            said = {each.text for each in words_in(before)}
            roots = {code for code in roots if set(self._names.measures[code].base.split()[1:]) & said}
        return Subject(next(iter(roots)), certain=False) if len(roots) == 1 else None
