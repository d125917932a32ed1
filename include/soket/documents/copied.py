"""Sentences that are not their unit's own: long ones that another report has, too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz

from soket.documents.figures import Summary
from soket.narrative.prose import words
from soket.narrative.unit_names import UnitNames
from soket.plan.model import Section, Unit

_LONG = 25  # words that two do not put in one way by chance
_MANY_UNITS, _MANY_SHARE = 10, 0.05  # what more units say is nobody's
_ENDS = 10  # words at its beginning or its end by which another is found that may be it
_ALIKE = 85.0  # of 100
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")

Place = tuple[str, str, int, str]
"""A unit, a heading, the number of a sentence, and what of it is told by itself."""


class Quotable(Protocol):
    """A sentence of a report."""

    @property
    def unit(self) -> Unit:
        """Whose report it is in."""

    @property
    def section(self) -> Section:
        """Under which heading."""

    @property
    def number(self) -> int:
        """Which sentence there."""

    @property
    def text(self) -> str:
        """What it says."""

    @property
    def plain(self) -> str:
        """The same without marks and case."""


@dataclass(frozen=True)
class Copy:
    """What a sentence is that is not its unit's own, and whose it is, where that is plain."""

    counted: bool  # whether it may be its unit's all the same
    of: Place | None = None


def place_of(said: Quotable) -> Place:
    """Return what a sentence is known by."""
    return said.unit.code, said.section.code, said.number, said.text


def copies(summary: Summary, said: Iterable[Quotable]) -> Mapping[Place, Copy]:
    """Return the sentences that are copied.

    Of those that several have, one is another's that names another of them and not its own unit; where none does, those
    are that came later. Which of them did what it says is not known: such a one is not quoted.
    """
    found: dict[Place, Copy] = {}
    begun: defaultdict[tuple[str, ...], list[Quotable]] = defaultdict(list)
    for each in said:
        if each.text.count(" ") < _LONG / 2:
            continue
        told = tuple(words(each.text))
        if len(told) >= _LONG:
            begun[told[:_ENDS]].append(each)
            begun["", *told[-_ENDS:]].append(each)
    many = max(_MANY_UNITS, _MANY_SHARE * len(summary.basis))
    names = UnitNames(summary.plan.units, (summary.plan.place,))
    for near in begun.values():
        if 1 < len({each.unit.code for each in near}) <= many:
            for same in _alike(near):
                found = _copied(summary, names, same) | found
    return found


def _alike(near: Sequence[Quotable]) -> Iterator[list[Quotable]]:
    """Yield those of some sentences that are all but one: in the same words, with the same figures."""
    left = list(near)
    while left:
        first, *others = left
        same = [each for each in others if _is_like(first, each)]
        left = [each for each in others if each not in same]
        if {each.unit.code for each in same} - {first.unit.code}:
            yield [first, *same]


def _is_like(one: Quotable, other: Quotable) -> bool:
    if one.text == other.text:
        return True
    figures = [set(_FIGURE.findall(each.text)) for each in (one, other)]
    return figures[0] == figures[1] and fuzz.ratio(one.text, other.text) >= _ALIKE


def _copied(summary: Summary, names: UnitNames, same: Sequence[Quotable]) -> dict[Place, Copy]:
    units = {each.unit.code for each in same}
    named = {place_of(each): {code for *_, code in names.found(each.plain)} for each in same}
    strange = [each for each in same if each.unit.code not in (told := named[place_of(each)]) and told & units]
    if strange:
        owner = next((each for each in same if each not in strange), None)
        return {place_of(each): Copy(counted=False, of=place_of(owner) if owner else None) for each in strange}
    first = _first_of(summary, units)
    of = next((each for each in same if each.unit.code == first), None)
    others = [each for each in same if each.unit.code != first]
    return {place_of(each): Copy(counted=True, of=place_of(of) if of else None) for each in others}


def _first_of(summary: Summary, units: Iterable[str]) -> str | None:
    """Return the unit whose report came before those of the others; None where that is not known."""
    came = sorted((summary.receipts[code].received_at, code) for code in units if code in summary.receipts)
    return came[0][1] if len(came) > 1 and came[0][0] < came[1][0] else None
