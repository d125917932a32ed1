"""What else a figure may be that is read with doubts: each reading that its sentence allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from soket.documents.known import KnownFigures
from soket.narrative.kinds import CHANGES, FigureKind
from soket.narrative.measures import PERCENT, measure_of
from soket.narrative.stated_figure import Doubt, StatedFigure
from soket.plan.model import Indicator


class Readings:
    """Finds the readings of a figure."""

    def __init__(self, known: KnownFigures, indicators: Mapping[str, Indicator]) -> None:
        self._known = known
        self._indicators = indicators

    def of(self, stated: StatedFigure) -> Iterator[StatedFigure]:
        """Yield the readings of a figure, the nearest first."""
        percent = measure_of(self._indicators[stated.indicator].unit_of_measure).base == PERCENT
        own = stated.indicator
        shared = stated.amount.percent and not stated.points
        codes = [code for code in (own, *stated.likely) if shared or self._alike(code, own)]
        doubts = stated.doubts
        codes = codes if Doubt.INDICATOR in doubts else [own]
        periods = [*dict.fromkeys([stated.period, *(stated.around if Doubt.TIME in doubts else ())])]
        if Doubt.TIME in doubts and stated.period is None:  # "tăng từ 49 lên 64 điểm"
            periods = [*dict.fromkeys([*periods, *self._known.periods.get(own, ())])]
        units = [*dict.fromkeys([stated.unit, *((None, *stated.units) if Doubt.UNIT in doubts else ())])]
        bases = [stated.base]
        if Doubt.BASE in doubts or stated.base is None:
            bases += [*stated.around, *self._known.periods.get(own, ())]
        kinds = [stated.kind]
        if stated.amount.percent:
            kinds = [*dict.fromkeys([stated.kind, FigureKind.GROWTH, FigureKind.OF_YEAR, FigureKind.OF_TOTAL])]
            kinds += [FigureKind.VALUE] if percent else []
        elif stated.kind in (FigureKind.VALUE, FigureKind.SUM):
            kinds = [FigureKind.VALUE, FigureKind.SUM, FigureKind.MEAN]
        for code, period, unit, kind in product(dict.fromkeys(codes), periods, units, kinds):
            base_choices = dict.fromkeys(bases) if kind in CHANGES else [stated.base]
            root = code.partition(".")[0]
            wholes = [stated.against, *stated.likely, root] if kind is FigureKind.OF_TOTAL else [stated.against]
            for base, whole in product(base_choices, wholes):
                yield replace(stated, indicator=code, period=period, unit=unit, kind=kind, base=base, against=whole)

    def _alike(self, code: str, other: str) -> bool:
        one, two = (measure_of(self._indicators[each].unit_of_measure) for each in (code, other))
        return (one.base == PERCENT) == (two.base == PERCENT)
