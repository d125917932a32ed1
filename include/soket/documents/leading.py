"""Who leads in an indicator among the units of a block: the top quarter by growth, or by share of the block's total.

Nobody leads from a small base, by a figure in doubt, or by being equal to the next one: no claim is made that a reader
could refute with a figure that was left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from statistics import median

from soket.documents.figures import FormSummary
from soket.documents.indicators import IndicatorSummary
from soket.documents.provenance import Reckoning, told_figure
from soket.documents.quantities import say_amount, say_percent
from soket.documents.year_figures import UnitValue, YearFigure
from soket.plan.commending import Commending
from soket.plan.model import Unit
from soket.plan.periods import say_period

QUARTER = 4


@dataclass(frozen=True)
class Lead:
    """That a unit is in the top quarter of those that can be compared, in one respect."""

    unit: str
    item: IndicatorSummary
    rank: int
    said: str


@dataclass(frozen=True)
class Contest:
    """One indicator among some units: from which period to which, on what base, who leads, and from where on."""

    item: IndicatorSummary
    first: YearFigure
    last: YearFigure
    floor: float
    able: int = 0  # units that can be compared
    above_growth: float = 0.0  # what the growth of those who lead is above
    above_share: float = 0.0
    leads: tuple[Lead, ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether enough units can be compared."""
        return self.able >= QUARTER


def compared(settings: Commending, form: FormSummary, units: Sequence[Unit]) -> Iterator[Contest]:
    """Yield what comes of each indicator that the plan has looked at; parts are told within their wholes."""
    for item in form.wholes:
        wanted = not settings.indicators or item.indicator.code in settings.indicators
        if wanted and item.indicator.aggregate == "sum" and item.course:
            yield _compared(settings, item, {unit.code for unit in units})


def _compared(settings: Commending, item: IndicatorSummary, units: Collection[str]) -> Contest:
    first, last = _span(settings, item)
    before, now = (_sound(figure, units) for figure in (first, last))
    bases = [value.value for value in before.values() if value.value > 0]
    floor = max(settings.least, median(bases) / 2) if bases else settings.least
    able = [code for code in before if code in now and 0 < before[code].value >= floor]
    if first is last or len(able) < QUARTER:
        return Contest(item, first, last, floor, 0 if first is last else len(able))
    growth = {code: now[code].value / before[code].value - 1 for code in able}
    whole = fsum(value.value for value in now.values())
    doubted = fsum(value.value for value in last.values if value.unit.code in units and value.doubtful)
    of_it = {code: now[code].value / whole for code in able} if whole > 0 else dict.fromkeys(able, 0.0)
    # Against a base that the plan names, as one before an epidemic, who fell least leads too.
    least = float("-inf") if first.year == settings.since else 0.0
    measure = item.indicator.unit_of_measure

    def own(text: str, code: str, *years: YearFigure) -> str:
        periods = (each.year for each in years)
        return told_figure(text, item.indicator.code, *periods, made=Reckoning.UNIT, unit=code)

    def grown(code: str) -> str:
        start, end = (
            own(say_amount(each[code].value, measure), code, year) for each, year in ((before, first), (now, last))
        )
        more = growth[code] > 0
        part = own(say_percent(growth[code] if more else 1 + growth[code]), code, first, last)
        moved = f"tăng {part} so với" if more else f"bằng {part}"
        return f"{moved} {say_period(first.year)} (từ {start} đến {end})"

    def held(code: str) -> str:
        share = f"chiếm {own(say_percent(of_it[code]), code, last)} tổng của khối {say_period(last.year)}"
        if not doubted:
            return share
        of_all = own(say_percent(now[code].value / (whole + doubted)), code, last)
        return f"{share} không kể số chưa được xác nhận ({of_all} nếu kể)"

    above_growth, above_share = max(_border(growth), least), max(_border(of_it), 0.0)
    leads = (*_leads(item, growth, above_growth, grown), *_leads(item, of_it, above_share, held))
    return Contest(item, first, last, floor, len(able), above_growth, above_share, leads)


def _span(settings: Commending, item: IndicatorSummary) -> tuple[YearFigure, YearFigure]:
    """Return the periods to compare: of a flow from the one that the plan names, else from the first."""
    course = item.course
    since = next((each for each in course[:-1] if each.year == settings.since), None)
    return (since if since and item.indicator.nature == "flow" else course[0]), course[-1]


def _sound(figure: YearFigure, units: Collection[str]) -> dict[str, UnitValue]:
    return {each.unit.code: each for each in figure.values if each.unit.code in units and not each.doubtful}


def _border(measured: Mapping[str, float]) -> float:
    """Return what comes first behind the top quarter: who leads is above it, so that no tie is broken by chance."""
    return sorted(measured.values(), reverse=True)[len(measured) // QUARTER]


def _leads(
    item: IndicatorSummary, measured: Mapping[str, float], above: float, say: Callable[[str], str]
) -> Iterator[Lead]:
    for code in sorted(measured, key=lambda code: (-measured[code], code)):
        if measured[code] > above:
            rank = 1 + sum(other > measured[code] for other in measured.values())
            yield Lead(code, item, rank, f"{say(code)}, thứ {rank:02}/{len(measured):02}")
