"""What else a figure may rightly be: reckoned among others, by another mean, or without what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from soket.documents.known import KnownFigures
from soket.narrative.claims.held_changes import other_mean_growths
from soket.narrative.figures.kinds import CHANGES, FigureKind
from soket.narrative.figures.stated_figure import StatedFigure
from soket.narrative.names.whose import Together


def reckoned(known: KnownFigures, stated: StatedFigure) -> Iterator[float]:
    """Yield what a figure may rightly be beside the one that it is read as.

    A change among those alone that gave both times, and every time; anything without the figures in doubt.
    """
    if (sound := known.sound) is not None and stated.unit is None:
        if (value := sound.signed(stated)) is not None:
            yield value
        yield from reckoned(sound, stated)
    if stated.kind is FigureKind.MEAN_GROWTH:
        yield from _mean_growths(known, stated)
    if isinstance(stated.unit, Together) and stated.unit.mean and stated.unit.codes:
        # Also those count that gave no figure.
        together = known.signed(replace(stated, unit=replace(stated.unit, mean=False)))
        yield from [] if together is None else [together / len(stated.unit.codes)]
    of_own = stated.rate and not isinstance(stated.unit, Together)
    if (
        stated.kind is FigureKind.OF_TOTAL
        and stated.unit is not None
        and not of_own
        and stated.against != stated.indicator
    ):
        # "Một đón 5 lượt khách quốc tế, chiếm 7%": of its own visits, or of all such
        among_all = known.signed(replace(stated, against=stated.indicator))
        yield from [] if among_all is None else [among_all]
    yield from _changes(known, stated)


def _mean_growths(known: KnownFigures, stated: StatedFigure) -> Iterator[float]:
    """Yield what a mean growth is by other means."""
    span = stated.span or known.all_of(stated.indicator)
    yield from other_mean_growths(known.within(stated.indicator, span, stated.unit) if span else [])


def _changes(known: KnownFigures, stated: StatedFigure) -> Iterator[float]:
    item = known.items.get(stated.indicator)
    period = stated.period if stated.period is not None else known.last(stated.indicator)
    if (
        item is None
        or stated.per
        or stated.unit is not None
        or stated.beside
        or stated.kind not in CHANGES
        or period is None
    ):
        return
    first, last = (item.at(each) if each is not None else None for each in (stated.base, period))
    if first is None or last is None:
        return
    for among in (None, item.comparable):
        if (change := item.change(first, last, among)) is None:
            continue
        if stated.kind is FigureKind.DIFFERENCE:
            yield change.after - change.before
        elif change.before:
            ratio = change.after / change.before
            yield ratio - 1 if stated.kind is FigureKind.GROWTH else ratio
