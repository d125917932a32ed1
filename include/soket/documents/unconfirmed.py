"""Figures that a rule found odd and nobody has said a word on: they count as they are, and no paper hides them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from soket.documents.indicators import IndicatorSummary, UnitValue, YearFigure
from soket.documents.rendering import percent
from soket.faults import Fault
from soket.plan.model import Plan, Unit
from soket.record.records import ParsedReport
from soket.record.register import Register

_NAMED = 5


@dataclass(frozen=True)
class Unconfirmed:
    """One unit's figure that is odd, in the words in which it was told to the unit."""

    unit: Unit
    number: int  # of the submission
    fault: Fault

    def is_about(self, value: UnitValue) -> bool:
        """Whether it is this figure: the last cell that the fault names, in the same file."""
        place = self.fault.place or ""
        named = place == f"ô {value.cell}" or place.endswith(f", {value.cell}")
        return named and (value.unit, value.submission, value.file) == (self.unit, self.number, self.fault.file)


def unconfirmed(plan: Plan, register: Register, reports: Iterable[ParsedReport]) -> tuple[Unconfirmed, ...]:
    """Return what is odd in some reports and is still without a word of a person, in the plan's order."""
    numbers = {report.unit: report.number for report in reports}
    return tuple(
        Unconfirmed(unit, verdict.number, fault)
        for unit in plan.units
        if unit.code in numbers
        for verdict in register.units[unit.code].outcomes
        if verdict.number == numbers[unit.code]
        for fault in verdict.faults
        if fault.is_odd
    )


def unconfirmed_note(found: Iterable[Unconfirmed], items: Iterable[IndicatorSummary]) -> str | None:
    """Return in one sentence which figures in some totals nobody has confirmed, for who works on them; None: none."""
    told = _told(found, items)
    if not told:
        return None
    said = [
        f"{each.unit.name}: {each.fault.message.rstrip('.')}{_share(item, year, value)}"
        for each, item, year, value in told
    ]
    more = [f"và {len(said) - _NAMED} số khác"] if len(said) > _NAMED else []
    return f"Số chưa ai xác nhận, đã tính như đơn vị ghi: {'; '.join([*said[:_NAMED], *more])}."


def unconfirmed_in_short(found: Iterable[Unconfirmed], items: Iterable[IndicatorSummary]) -> str | None:
    """Return the same for outsiders: whose figures are still being looked at, and in what."""
    told = _told(found, items)
    if not told:
        return None
    said = list(dict.fromkeys(f"{item.indicator.name} của {each.unit.name}" for each, item, _, _ in told))
    more = [f"và {len(said) - _NAMED} số khác"] if len(said) > _NAMED else []
    return f"Số liệu chưa được xác nhận, còn có thể thay đổi: {'; '.join([*said[:_NAMED], *more])}."


def _told(
    found: Iterable[Unconfirmed], items: Iterable[IndicatorSummary]
) -> list[tuple[Unconfirmed, IndicatorSummary, YearFigure, UnitValue]]:
    """Return what is in some totals, with the figure that it is about; of one that breaks two rules, the first."""
    odd = list(found)
    values = ((item, year, value) for item in items for year in item.years for value in year.values)
    return [
        (first, item, year, value)
        for item, year, value in values
        if (first := next((each for each in odd if each.is_about(value)), None))
    ]


def _share(item: IndicatorSummary, year: YearFigure, value: UnitValue) -> str:
    """Return how much of a sum a figure makes, in brackets."""
    if item.indicator.aggregate != "sum" or not year.total:
        return ""
    return f" (chiếm {percent(value.value / year.total)} tổng)"
