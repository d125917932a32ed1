"""Columns of a table that hold times against each other: "2032/2030 (%)", "Tăng, giảm (%)", "So với năm 2031"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from soket.narrative.figures.kinds import FigureKind
from soket.narrative.names.times import times_in
from soket.plan.periods import PeriodId, in_order_of_time, rare_kinds
from soket.text import flat

_HELD = re.compile(r"\b(?:so (?:sanh|voi|cung)|tang|giam|chenh lech|ty le|toc do|bang)\b|/|[+]-|±")
_OTHER = re.compile(r"\b(?:ke hoach|muc tieu|du toan|nghi quyet|chi tieu|binh quan|ty trong|co cau|hoan thanh)\b")
_LONGEST = 60  # letters of a head


@dataclass(frozen=True)
class HeldColumn:
    """A column whose figures are made of two times each; `said` where its head names both."""

    column: int
    head: str
    pairs: tuple[tuple[PeriodId, PeriodId], ...]  # a time, and the one that it is held against
    said: bool

    @property
    def falls(self) -> bool:
        """Whether its head says that a figure may be of a fall: then it needs no sign."""
        return "giam" in flat(self.head)

    @property
    def ways(self) -> Iterator[tuple[FigureKind, PeriodId, PeriodId]]:
        """What its figures may be."""
        kinds = (FigureKind.OF_YEAR, FigureKind.GROWTH, FigureKind.DIFFERENCE, FigureKind.TIMES)
        yield from ((kind, *pair) for pair in self.pairs for kind in kinds)


def held_columns(
    cells: Mapping[int, str], years: Mapping[int, PeriodId], known: Sequence[PeriodId]
) -> Iterator[HeldColumn]:
    """Yield the columns in a row of heads that hold times against each other; `years` are those of the others."""
    order = in_order_of_time({*years.values()})
    for column, text in cells.items():
        head = flat(text)
        if column in years or len(head) > _LONGEST or not _HELD.search(head) or _OTHER.search(head):
            continue
        named = [
            each.known
            for each in times_in(_apart(head, known), known)
            if each.known in known and each.known is not None
        ]
        if len(named) > 1:
            yield HeldColumn(column, text.strip(), ((named[0], named[1]), (named[1], named[0])), said=True)
        elif named and (others := [each for each in order if each != named[0]]):  # "So với năm 2031"
            yield HeldColumn(column, text.strip(), tuple((each, named[0]) for each in reversed(others)), said=False)
        elif not named and len(order) > 1:
            pairs = tuple((later, first) for first, later in combinations(order, 2))
            yield HeldColumn(column, text.strip(), tuple(reversed(pairs)), said=False)


def _apart(head: str, known: Sequence[PeriodId]) -> str:
    """Return a head with its years apart from what joins them: "2032/2030"; a dash may make one time of two years."""
    joins = "/" if rare_kinds(known) else "/-"
    return re.sub(rf"(?<=\d{{4}})\s?[{joins}]\s?(?=\d{{4}})", " so voi nam ", head)


def made_of(kind: FigureKind, now: float, before: float) -> float | None:
    """Return what a figure of such a kind is, percent as a table prints it."""
    if kind is FigureKind.DIFFERENCE:
        return now - before
    if not before:
        return None
    ratio = now / before
    return {FigureKind.TIMES: ratio, FigureKind.GROWTH: ratio * 100 - 100}.get(kind, ratio * 100)
