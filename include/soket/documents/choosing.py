"""Who is quoted on a theme, and for which units that are quoted nowhere a quote stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from soket.documents.said import Saying
from soket.narrative.claims.values import ClaimReader
from soket.narrative.names.phrases import names_of
from soket.narrative.said.asked import asked_by
from soket.narrative.said.stances import HeadingKind
from soket.narrative.sentences.prose import words
from soket.narrative.sentences.telling import (
    asks,
    goes_on,
    introduces,
    is_fragment,
    is_linked,
    is_spoken,
    tells_lack,
    tells_result,
)
from soket.plan.model import Plan

_ALIKE = 72.0  # of 100
_LOOKED_AT = 800  # sentences on a theme: of thousands some are enough
_TRIED = 60  # sentences, until one is found that is like none
_LIKENESSES, _TOGETHER = 24, 6  # sentences of a unit that are compared; units that one quote stands for before another
_FEWEST, _SHORT, _LONG = 4, 10, 45  # words
_WITHOUT_FIGURE = 2  # times that others are quoted before a sentence that may be anybody's
_UNLIKE_A_PAPER = 2  # the same, for what is said as one speaks, or under results tells none
_AROUND_POINT, _AROUND_QUOTE = 8, 5  # words that stand around them


@dataclass(frozen=True)
class Point:
    """A line of the draft: what it is about, how many units say so, and those that are quoted; what more they say."""

    lead: str
    units: int
    said: tuple[Saying, ...]
    quotes: tuple[Saying, ...] = ()
    more: tuple[Saying, ...] = ()

    @property
    def told(self) -> tuple[Saying, ...]:
        """All that is quoted."""
        return (*self.quotes, *self.more)

    @property
    def size(self) -> int:
        """How many words it takes."""
        return len(self.lead.split()) + _AROUND_POINT + sum(map(cost_of, self.told))


class _Candidate(NamedTuple):
    """A sentence that may be quoted, with what speaks against it however often its unit is."""

    said: Saying
    fragment: bool
    unlike: int  # times that others are quoted before it
    linked: bool  # it goes on with something
    odd: int  # 1 for one short or long, 2 for one of a few words


class Quoting:
    """Chooses who is quoted: what is surely on the theme, units quoted less, with a figure; none like another."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._readers: dict[str, ClaimReader | None] = {}
        self._times: Counter[str] = Counter()
        self._texts: set[tuple[str, str | None]] = set()  # each with who is asked
        self._quoted: set[str] = set()
        self._known: dict[tuple[int, bool], tuple[tuple[Saying, ...], list[_Candidate]]] = {}

    def next(self, point: Point, room: int, ranks: Mapping[Saying, float], times: int = 1) -> Saying | None:
        """Return the next sentence to be quoted, each unit so many `times` at most; None where none fits."""
        if room < _FEWEST + _AROUND_QUOTE:
            return None
        units = Counter(each.unit.code for each in point.told)
        blocks = {each.unit.block for each in point.told}
        fitting = [
            each for each in self._candidates(point, beside=times > 1)
            if units[each.said.unit.code] < times and cost_of(each.said) <= room
            if (each.said.text, each.said.addressee) not in self._texts
        ]  # fmt: skip
        fitting.sort(
            key=lambda each: (
                each.fragment,
                not each.said.sure,
                each.said.text in self._quoted,  # of somebody else
                self._times[each.said.unit.code] + each.unlike,
                each.said.unit.block in blocks,
                each.linked,
                each.odd,
                -ranks.get(each.said, 0.0),
            )
        )
        for each in (candidate.said for candidate in fitting[:_TRIED]):
            if not any(alike(each, other) >= _ALIKE for other in point.told) and not self._is_in_its_table(each):
                self._times[each.unit.code] += 1
                self._texts.add((each.text, each.addressee))
                self._quoted.add(each.text)
                return each
        return None

    def _candidates(self, point: Point, *, beside: bool) -> list[_Candidate]:
        """Return what may be quoted on a line, or `beside` what it quotes of a unit: looked at once.

        A point is made anew with each quote, of what is said there the same.
        """
        key = id(point.said), beside
        if key not in self._known:
            asked = asked_by(point.said[0].section)
            if beside:
                found = [each for each in self._candidates(point, beside=False) if _is_worth_more(each.said, asked)]
            else:
                some = point.said[:: len(point.said) // _LOOKED_AT + 1]
                found = [_candidate(each, asked) for each in some if _stands_alone(each, asked)]
            self._known[key] = point.said, found
        return self._known[key][1]

    def _is_in_its_table(self, said: Saying) -> bool:
        """Whether a sentence says nothing but what its unit's table does: that is told with all units' figures."""
        unit = said.unit
        if unit.code not in self._readers:
            form = self._plan.form_of(unit)
            self._readers[unit.code] = ClaimReader(form, names_of(self._plan, unit)) if form else None
        reader = self._readers[unit.code]
        return said.with_figure and reader is not None and reader.says_only_figures(said.text)


def _stands_alone(said: Saying, asked: HeadingKind) -> bool:
    """Whether a sentence may be quoted at all."""
    if said.held is not None or (said.words < _FEWEST and said.cause is None) or goes_on(said.text):
        return False
    return said.theme is not None or asked is not HeadingKind.DONE or not introduces(said.text)


def _candidate(said: Saying, asked: HeadingKind) -> _Candidate:
    figure = 0 if said.with_figure else _WITHOUT_FIGURE
    return _Candidate(
        said,
        is_fragment(said.text),
        figure + (0 if _is_as_asked(said, asked) else _UNLIKE_A_PAPER),
        said.text[:1].islower() or is_linked(said.text),
        (said.words < _SHORT or said.words > _LONG) + (said.words < _FEWEST),
    )


def _is_as_asked(said: Saying, asked: HeadingKind) -> bool:
    """Whether a sentence is said as a paper has it, and of no theme tells what its heading asks."""
    if said.theme is not None or said.cause is not None:
        return not is_spoken(said.text)
    tells = {HeadingKind.DONE: tells_result, HeadingKind.LACKS: tells_lack}.get(asked)
    return not is_spoken(said.text) and (tells is None or tells(said.text))


def _is_worth_more(said: Saying, asked: HeadingKind) -> bool:
    """Whether a sentence may stand beside others of its unit: what is surely on its theme, and tells what is asked.

    Under results it has a figure, under failings a word of them; requests say that they are some.
    """
    if is_spoken(said.text) or is_fragment(said.text) or is_linked(said.text) or not (said.sure or said.theme is None):
        return False
    if said.asks:
        return said.addressee is not None or asks(said.text)
    if said.theme is None and asked is HeadingKind.DONE:
        return said.with_figure and tells_result(said.text)
    return _is_as_asked(said, asked)


def stood_for(points: Sequence[Point]) -> dict[Saying, tuple[Saying, ...]]:
    """Return, by quote, the sentences that it stands for, one of each unit that is quoted nowhere."""
    quoted = {quote.unit.code for point in points for quote in point.quotes}
    own: defaultdict[str, list[tuple[Saying, Point]]] = defaultdict(list)
    for point in points:
        for each in point.said if point.quotes else ():
            if each.unit.code not in quoted and len(own[each.unit.code]) < _LIKENESSES:
                own[each.unit.code].append((each, point))
    found: defaultdict[Saying, list[Saying]] = defaultdict(list)
    for said in own.values():
        # Shared among the quotes, so that no comment has them all.
        pairs = [(len(found[quote]) // _TOGETHER, each, quote) for each, point in said for quote in point.quotes]
        least = min(load for load, *_ in pairs)
        each, quote = max(
            ((each, quote) for load, each, quote in pairs if load == least), key=lambda pair: alike(*pair)
        )
        found[quote].append(each)
    return {quote: tuple(said) for quote, said in found.items() if said}


def alike(one: Saying, other: Saying) -> float:
    """Return how much of 100 two sentences have in common."""
    return fuzz.token_sort_ratio(one.text, other.text)


def cost_of(quote: Saying) -> int:
    """Return how many words a quote takes, with who says it."""
    return quote.words + len(quote.unit.name.split()) + _AROUND_QUOTE


def typical(said: tuple[Saying, ...]) -> dict[Saying, float]:
    """Return how much each sentence says what many units say: the share of units, on average, that use its words."""
    by_text: defaultdict[str, set[str]] = defaultdict(set)
    for each in said:
        by_text[each.text].add(each.unit.code)
    used: defaultdict[str, set[str]] = defaultdict(set)
    for text, units in by_text.items():
        for word in words(text):
            used[word] |= units
    count = len({each.unit.code for each in said})
    shares = {
        text: round(sum(len(used[word]) for word in own) / len(own) / count, 2)
        for text in by_text
        if (own := set(words(text)))
    }
    return {each: shares[each.text] for each in said if each.text in shares}
