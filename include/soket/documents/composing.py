"""Composes the working draft: under each heading its themes, how many reports speak of each, and who is quoted.

Nothing is written that no report says: a theme has its lead from the plan, its count of units, and one to three whole
sentences of different units and blocks. What few speak of is one sentence together. It shrinks until it fits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from soket.documents.budget import budgets
from soket.documents.said import Saying, Sayings, SayingsUnder
from soket.narrative.addressees import rank_of
from soket.narrative.prose import words
from soket.plan.themes import Theme

_FEW = 0.04  # of the reports: who speaks of a theme is no more than that, so it has no line of its own
_QUOTES, _TYPICAL_QUOTES = 3, 8  # of a theme; of a block, where there are no themes
_ALIKE = 72.0  # of 100
_LOOKED_AT = 800  # sentences on a theme: of thousands some are enough
_TRIED = 60  # sentences, until one is found that is like none
_FAIR = 1.8  # of its share that the first quote of a point may take, so that some is left for the others
_SHORT, _LONG = 10, 45  # words
_AROUND_POINT, _AROUND_QUOTE = 8, 5  # words that stand around them

_ALL_REQUESTS = "Các kiến nghị"
NOBODY = "Chưa nêu rõ nơi nhận kiến nghị"


@dataclass(frozen=True)
class Point:
    """A line of the draft: what it is about, how many units say so, and those that are quoted."""

    lead: str
    units: int
    said: tuple[Saying, ...]
    quotes: tuple[Saying, ...] = ()

    @property
    def size(self) -> int:
        """How many words it takes."""
        return len(self.lead.split()) + _AROUND_POINT + sum(map(cost_of, self.quotes))


@dataclass(frozen=True)
class PointGroup:
    """Points under a small heading or under none; those of few, or that nobody is quoted on, are one sentence."""

    title: str
    points: tuple[Point, ...]
    folded: tuple[Point, ...] = ()


@dataclass(frozen=True)
class ComposedSection:
    """What is written under a heading."""

    under: SayingsUnder
    groups: tuple[PointGroup, ...]

    @cached_property
    def quotes(self) -> tuple[Saying, ...]:
        """What is quoted, in order."""
        return tuple(quote for group in self.groups for point in group.points for quote in point.quotes)


@dataclass(frozen=True)
class Composition:
    """The draft, before it is a document."""

    sayings: Sayings
    sections: tuple[ComposedSection, ...]

    @cached_property
    def quoted(self) -> frozenset[Saying]:
        """Every sentence that is quoted."""
        return frozenset(quote for section in self.sections for quote in section.quotes)

    @cached_property
    def share_quoted(self) -> float | None:
        """The share of units that are quoted, of those that say anything."""
        units = self.sayings.units
        return len({each.unit.code for each in self.quoted}) / len(units) if units else None


def compose(sayings: Sayings, taken: Mapping[str, int] | None = None) -> Composition:
    """Compose a draft of what the reports say; `taken` are words by heading that figures take of its room."""
    room = budgets(sayings.summary.plan.outline, taken or {})
    quoting = _Quoting()
    sections = [
        ComposedSection(under, _Composer(under, len(sayings.units), room[under.section.code], quoting).groups())
        for under in sayings.sections
    ]
    return Composition(sayings, tuple(sections))


def cost_of(quote: Saying) -> int:
    """Return how many words a quote takes, with who says it."""
    return quote.words + len(quote.unit.name.split()) + _AROUND_QUOTE


class _Quoting:
    """Chooses who is quoted: units quoted less first, other blocks, sentences with a figure, none like another."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()
        self._texts: set[str] = set()

    def next(self, point: Point, room: int, ranks: Mapping[Saying, float]) -> Saying | None:
        """Return the next sentence to be quoted; None where none fits."""
        units = {each.unit.code for each in point.quotes}
        blocks = {each.unit.block for each in point.quotes}
        fitting = [
            each for each in point.said[:: len(point.said) // _LOOKED_AT + 1]
            if each.unit.code not in units and each.text not in self._texts
            if cost_of(each) <= room
        ]  # fmt: skip
        fitting.sort(
            key=lambda each: (
                self._times[each.unit.code],
                each.unit.block in blocks,
                not each.with_figure,
                each.words < _SHORT or each.words > _LONG,
                -ranks.get(each, 0.0),
            )
        )
        for each in fitting[:_TRIED]:
            if not any(fuzz.token_sort_ratio(each.text, other.text) >= _ALIKE for other in point.quotes):
                self._times[each.unit.code] += 1
                self._texts.add(each.text)
                return each
        return None


class _Composer:
    """Composes one heading within so many words."""

    def __init__(self, under: SayingsUnder, reports: int, room: int, quoting: _Quoting) -> None:
        self._under, self._reports, self._room, self._quoting = under, reports, room, quoting
        self._ranks = {} if under.themes else _typical(under.said)

    def groups(self) -> tuple[PointGroup, ...]:
        """Return the groups in their order, quotes chosen."""
        found = {title: points for title, points in self._points() if points}
        own = {title: [each for each in points if not self._few(each)] for title, points in found.items()}
        self._fit(own)
        room = self._room - sum(each.size for points in own.values() for each in points)
        most = _QUOTES if self._under.themes else _TYPICAL_QUOTES
        for turn in range(most):
            waiting = sum(map(len, own.values()))
            for points in own.values():
                for index, point in enumerate(points):
                    fair = room if turn else round(_FAIR * room / waiting)
                    waiting -= 1
                    if quote := self._quoting.next(point, min(fair, room), self._ranks):
                        points[index] = Point(point.lead, point.units, point.said, (*point.quotes, quote))
                        room -= cost_of(quote)
        groups = []
        for title, points in found.items():
            quoted = [each for each in own[title] if each.quotes]
            told = {each.lead for each in quoted}
            groups.append(PointGroup(title, tuple(quoted), tuple(each for each in points if each.lead not in told)))
        return tuple(groups)

    def _few(self, point: Point) -> bool:
        return bool(self._under.themes) and point.units < _FEW * self._reports

    def _fit(self, own: dict[str, list[Point]]) -> None:
        """Fold what fewest speak of until the leads leave as much room again for quotes."""
        while sum(map(len, own.values())) > 1:
            points = [(each.units, each.size, title, each) for title, found in own.items() for each in found]
            if 2 * sum(size for _, size, *_ in points) <= self._room:
                return
            *_, title, least = min(points, key=lambda each: (each[0], -each[1]))
            own[title].remove(least)

    def _points(self) -> Iterator[tuple[str, list[Point]]]:
        under = self._under
        if under.requests:
            asked: defaultdict[str | None, list[Saying]] = defaultdict(list)
            for each in under.said:
                asked[each.addressee].append(each)
            for addressee in sorted(asked, key=rank_of):
                title = f"Đối với {addressee}" if addressee else NOBODY
                yield (
                    title,
                    self._by_theme(asked[addressee]) if under.themes else [_point("Các kiến nghị", asked[addressee])],
                )
        elif under.themes:
            for group in dict.fromkeys(each.group or "" for each in under.themes):
                of_group = [each for each in under.themes if (each.group or "") == group]
                yield group, self._by_theme(under.said, of_group)
        else:
            by_block: defaultdict[str, list[Saying]] = defaultdict(list)
            for each in under.said:
                by_block[each.unit.block].append(each)
            yield "", [_point(code, said) for code, said in by_block.items()]

    def _by_theme(self, said: list[Saying] | tuple[Saying, ...], themes: list[Theme] | None = None) -> list[Point]:
        by_theme: defaultdict[str, list[Saying]] = defaultdict(list)
        for each in said:
            if each.theme:
                by_theme[each.theme.code].append(each)
        return [
            _point(theme.lead or theme.name, by_theme[theme.code])
            for theme in themes or self._under.themes
            if theme.code in by_theme
        ]


def _point(lead: str, said: list[Saying]) -> Point:
    return Point(lead, len({each.unit.code for each in said}), tuple(said))


def _typical(said: tuple[Saying, ...]) -> dict[Saying, float]:
    """Return how much each sentence says what many units say: the share of units, on average, that use its words."""
    used: defaultdict[str, set[str]] = defaultdict(set)
    for each in said:
        for word in words(each.text):
            used[word].add(each.unit.code)
    units = len({each.unit.code for each in said}) or 1
    return {
        each: round(sum(len(used[word]) for word in own) / len(own) / units, 2)
        for each in said
        if (own := set(words(each.text)))
    }
