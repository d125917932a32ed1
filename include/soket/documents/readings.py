"""What else a figure may be that is read with doubts: each reading that its sentence allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from soket.documents.known import KnownFigures
from soket.narrative.figures.kinds import CHANGES, FigureKind
from soket.narrative.figures.stated_figure import Doubt, StatedFigure
from soket.narrative.quantities.measures import PERCENT, measure_of
from soket.plan.model import Indicator
from soket.plan.periods import PeriodId


class Readings:
    """Finds the readings of a figure."""

    def __init__(self, known: KnownFigures, indicators: Mapping[str, Indicator]) -> None:
        self._known = known
        self._indicators = indicators

    def of(self, stated: StatedFigure) -> Iterator[tuple[StatedFigure, int]]:
        """Yield the readings of a figure, each with how many things it takes that the words around it do not say."""
        own, doubts = stated.indicator, stated.doubts
        shared = stated.amount.percent and not stated.points
        codes = [own]
        if Doubt.INDICATOR in doubts:
            codes += [code for code in stated.likely if shared or self._alike(code, own)]
        times = self._known.periods.get(own, ())
        spoken_of = {stated.period, *stated.around}
        periods = [stated.period, *(stated.around if Doubt.TIME in doubts else ())]
        if Doubt.TIME in doubts and stated.period is None:  # "tăng từ 49 lên 64 điểm"
            periods += times
        units = [stated.unit, *((None, *stated.units) if Doubt.UNIT in doubts else ())]
        bases = [stated.base]
        if Doubt.BASE in doubts or stated.base is None:
            bases += [*stated.around, *times]
        kinds = self._kinds(stated)
        natural = {kind: self._bases(stated, times, kind) for kind in kinds}
        for code, period, unit in product(dict.fromkeys(codes), dict.fromkeys(periods), dict.fromkeys(units)):
            root = code.partition(".")[0]
            for kind, told in kinds.items():
                open_ones = kind is FigureKind.OF_TOTAL and not stated.rate
                wholes = [stated.against, *((*stated.likely, root) if open_ones else ())]
                strange = (not told) + (period not in spoken_of)
                for base, whole in product(
                    dict.fromkeys(bases) if kind in CHANGES else [stated.base], dict.fromkeys(wholes)
                ):
                    read = replace(
                        stated, indicator=code, period=period, unit=unit, kind=kind, base=base, against=whole
                    )
                    yield read, strange + (base not in natural[kind])

    def _kinds(self, stated: StatedFigure) -> dict[FigureKind, bool]:
        """Return what a figure may be, and whether that is what the words around it say, or leave open."""
        if stated.amount.percent:
            measure = measure_of(self._indicators[stated.indicator].unit_of_measure)
            others = [FigureKind.GROWTH, FigureKind.OF_YEAR, FigureKind.OF_TOTAL]
            others += [FigureKind.VALUE] if measure.base == PERCENT else []
            return {stated.kind: True} | {
                each: stated.kind is FigureKind.VALUE for each in others if each is not stated.kind
            }
        if stated.kind in (FigureKind.VALUE, FigureKind.SUM):
            # "Đã mở 757 lớp" tells no time: those of all of them.
            other = FigureKind.SUM if stated.kind is FigureKind.VALUE else FigureKind.VALUE
            return {stated.kind: True, other: stated.period is None or not stated.around, FigureKind.MEAN: False}
        return {stated.kind: True}

    def _bases(self, stated: StatedFigure, times: Sequence[PeriodId], kind: FigureKind) -> tuple[PeriodId | None, ...]:
        """Return what a change may be from that nothing says more of: the first time, or the one before its own."""
        if kind not in CHANGES or stated.beside:
            return (stated.base,)
        period = stated.period if stated.period is not None else self._known.last(stated.indicator)
        before = times[times.index(period) - 1 :][:1] if period in times[1:] else ()
        return (stated.base, *stated.around, *times[:1], *before)

    def _alike(self, code: str, other: str) -> bool:
        one, two = (measure_of(self._indicators[each].unit_of_measure) for each in (code, other))
        return (one.base == PERCENT) == (two.base == PERCENT)
