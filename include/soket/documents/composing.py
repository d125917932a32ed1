"""Composes the working draft: under each heading its themes, how many reports speak of each, and who is quoted.

Nothing is written that no report says: a theme has its lead from the plan, its count of units, and one to three whole
sentences of different units and blocks. What few speak of is one sentence together. It shrinks until it fits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from soket.documents.budget import budgets, given_back
from soket.documents.choosing import Point, Quoting, cost_of, stood_for, typical
from soket.documents.heading_lines import ALL_REQUESTS, ELSE, HeadingLines
from soket.documents.said import Saying, Sayings, SayingsUnder
from soket.narrative.requests.requesting import begins_to_ask
from soket.narrative.said.stances import Held

_FEW = 0.04  # of the reports: who speaks of a theme is no more than that, so it has no line of its own
_QUOTES, _TYPICAL_QUOTES = 3, 8  # of a theme; of a block, where there are no themes
_MORE, _EACH = 24, 5  # further ones of a block without themes, where there is room; of a unit in all
_MORE_ON_THEME, _EACH_ON_THEME = 6, 3
_LEAST = 60  # words for what is asked of somebody
_FAIR = 1.8  # of its share that the first quote of a point may take, so that some is left for the others


@dataclass(frozen=True)
class PointGroup:
    """Points under a small heading or under none; those of few, or that nobody is quoted on, are one sentence."""

    title: str
    points: tuple[Point, ...]
    folded: tuple[Point, ...] = ()
    part: str = ""  # of the section, of several groups

    @property
    def told(self) -> Iterator[Saying]:
        """What its lines tell of: all that is counted on a theme that is quoted; of no theme, what is quoted."""
        for point in self.points:
            yield from point.said if point.said[0].theme else point.told


@dataclass(frozen=True)
class ComposedSection:
    """What is written under a heading."""

    under: SayingsUnder
    groups: tuple[PointGroup, ...]

    @cached_property
    def quotes(self) -> tuple[Saying, ...]:
        """What is quoted, in order."""
        return tuple(quote for group in self.groups for point in group.points for quote in point.told)


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
    def left(self) -> tuple[Saying, ...]:
        """The requests that no line of the draft tells of, under any heading: who drafts it sees where they belong."""
        told = {each for section in self.sections for group in section.groups for each in group.told}
        under = [section.under for section in self.sections]
        asked = [each for one in under for each in one.said if each.asks]
        known = {(each.unit.code, each.text) for each in asked}
        elsewhere = [each for one in under if not one.requests for each in one.said if each.theme is None]
        return (
            *(each for each in asked if each not in told and each.held is not Held.NO_REQUEST),
            *(e for e in elsewhere if begins_to_ask(e.text) and e not in told and (e.unit.code, e.text) not in known),
        )

    @cached_property
    def alike(self) -> Mapping[Saying, tuple[Saying, ...]]:
        """By quote, the sentences of units not quoted anywhere that it stands for: on the same theme, the likest."""
        return stood_for([point for section in self.sections for group in section.groups for point in group.points])


def compose(sayings: Sayings, taken: Mapping[str, int] | None = None) -> Composition:
    """Compose a draft of what the reports say; `taken` are words by heading that figures take of its room."""
    room = budgets(sayings.summary.plan.outline, taken or {})
    quoting = Quoting(sayings.summary.plan)
    composers = [_Composer(under, sayings, room[under.section.code], quoting) for under in sayings.sections]
    for each in composers:
        each.fill()
    back = given_back(sayings.summary.plan.outline, taken or {}, {each.code: each.room for each in composers})
    for each in composers:
        if words := back.get(each.code):
            each.fill(words)
        each.tell_more()
    return Composition(sayings, tuple(each.composed() for each in composers))


class _Composer:
    """Composes one heading within so many words; `room` is what is left of them."""

    def __init__(self, under: SayingsUnder, sayings: Sayings, room: int, quoting: Quoting) -> None:
        self._under, self._reports, self.room, self._quoting = under, len(sayings.units), room, quoting
        self._plan = sayings.summary.plan
        self._ranks = {} if under.themes else typical(under.said)
        lines = HeadingLines(under, self._plan)
        self._found = {title: points for title, points in lines.points() if points}
        self._parts = lines.parts
        self._own = {title: [each for each in points if not self._few(each)] for title, points in self._found.items()}
        self._fit()
        self.room -= sum(each.size for points in self._own.values() for each in points)

    @property
    def code(self) -> str:
        """The heading's."""
        return self._under.section.code

    def fill(self, back: int = 0) -> None:
        """Choose quotes as long as there is room, and more of them where that gets some `back`."""
        self.room += back
        if back:
            self._unfold()
        most = _QUOTES if self._under.themes else _TYPICAL_QUOTES
        for turn in range(most):
            waiting = sum(map(len, self._own.values()))
            for title, points in self._own.items():
                for index, point in enumerate(points):
                    fair = self.room if turn else round(_FAIR * self.room / waiting)
                    waiting -= 1
                    unheard = title in self._parts and not any(each.quotes for each in points)
                    least = _LEAST if unheard else 0  # who is asked is to read something of what is asked
                    room = max(min(fair, self.room), least)
                    if len(point.quotes) < most and (quote := self._quoting.next(point, room, self._ranks)):
                        points[index] = replace(point, quotes=(*point.quotes, quote))
                        self.room -= cost_of(quote)

    def tell_more(self) -> None:
        """Quote who is quoted on a line again, as long as there is room: without themes that is all that is told."""
        most, each = (_MORE_ON_THEME, _EACH_ON_THEME) if self._under.themes else (_MORE, _EACH)
        for _ in range(most):
            for points in self._own.values():
                for index, point in enumerate(points):
                    if quote := self._quoting.next(point, self.room, self._ranks, each) if point.quotes else None:
                        points[index] = replace(point, more=(*point.more, quote))
                        self.room -= cost_of(quote)

    def composed(self) -> ComposedSection:
        """Return the heading with its groups in their order, quotes chosen."""
        groups = []
        for title, points in self._found.items():
            quoted = [each for each in self._own[title] if each.quotes]
            told = {each.lead for each in quoted}
            # What is asked says nothing to whom it is asked without its words: they stand in the annex.
            folded = tuple(each for each in points if each.lead not in {*told, ELSE, ALL_REQUESTS})
            if quoted or (folded and title not in self._parts):
                groups.append(PointGroup(title, tuple(quoted), folded, self._parts.get(title, "")))
        return ComposedSection(self._under, tuple(groups))

    def _few(self, point: Point) -> bool:
        return bool(self._under.themes) and point.lead != ELSE and point.units < _FEW * self._reports

    def _fit(self) -> None:
        """Fold what fewest speak of until the leads leave as much room again for quotes."""
        own = self._own
        while sum(map(len, own.values())) > 1:
            points = [(each.units, each.size, title, each) for title, found in own.items() for each in found]
            spare = [each for each in points if each[2] not in self._parts or len(own[each[2]]) > 1]
            if not spare or 2 * sum(size for _, size, *_ in points) <= self.room:
                return
            *_, title, least = min(spare, key=lambda each: (each[0], -each[1]))
            own[title].remove(least)

    def _unfold(self) -> None:
        """Let what was folded for want of room have a line of its own again, what most speak of first."""
        for title, points in self._found.items():
            told = {each.lead: each for each in self._own[title]}
            for each in sorted(points, key=lambda each: -each.units):
                if each.lead not in told and not self._few(each) and 2 * each.size <= self.room:
                    told[each.lead] = each
                    self.room -= each.size
            self._own[title] = [told[each.lead] for each in points if each.lead in told]
