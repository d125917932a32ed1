"""Figures in doubt: odd by a rule, or gainsaid by their report's own words, and nobody has said a word on them.

Tables count them as they are, with a mark and a note (`doubt_marks`); sentences leave them out
(`IndicatorSummary.sound`), name them and give the sum with them (`doubt_phrase`). Whoever prints a figure asks these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from soket.documents.indicators import IndicatorSummary
from soket.documents.provenance import Reckoning, told_figure
from soket.documents.quantities import say_amount
from soket.documents.rendering import percent
from soket.documents.year_figures import UnitValue, YearFigure
from soket.faults import Fault
from soket.plan.model import Plan, Unit
from soket.plan.periods import PeriodId, say_period, say_periods
from soket.record.records import ParsedReport
from soket.record.register import Register
from soket.record.words import DOUBTED

_NAMED, _NAMED_IN_SENTENCES = 5, 2
_WHY = "lý do từng số ghi ở trang “Cần xem” của sổ chứng cứ"
_UNLIKE = (
    "Báo cáo của đơn vị có bản ký khác bản dùng để tổng hợp, chưa ai xác nhận bản nào đúng "
    "(chỗ nêu là của báo cáo đơn vị, dự thảo có thể không dẫn)"
)


@dataclass(frozen=True)
class Unconfirmed:
    """One unit's figure that is odd, in the words in which it was told to the unit."""

    unit: Unit
    number: int  # of the submission
    fault: Fault

    def is_about(self, value: UnitValue) -> bool:
        """Whether it is this figure: the one that is gainsaid, or the last cell that the fault names, in its file."""
        if (value.unit, value.submission) != (self.unit, self.number):
            return False
        if self.fault.denies is not None:
            return self.fault.denies == (value.file, value.cell)
        place = self.fault.place or ""
        named = place == f"ô {value.cell}" or place.endswith(f", {value.cell}")
        return named and value.file == self.fault.file


def unconfirmed(plan: Plan, register: Register, reports: Iterable[ParsedReport]) -> tuple[Unconfirmed, ...]:
    """Return what is in doubt in some reports and is still without a word of a person.

    In the plan's order; what their own words gainsay comes first.
    """
    return _found(plan, register, reports, lambda each: each.is_odd)


def footnotes(plan: Plan, register: Register, reports: Iterable[ParsedReport]) -> tuple[Unconfirmed, ...]:
    """Return what units say is right of what they were asked, and why: whoever drafts may note it at the figure."""
    return _found(plan, register, reports, lambda each: each.confirmed is not None)


def unlike_signed(plan: Plan, register: Register, reports: Iterable[ParsedReport]) -> tuple[Unconfirmed, ...]:
    """Return where some reports are not as their signed copies, and nobody has said which is right."""
    return _found(plan, register, reports, lambda each: each.is_unlike_signed)


def unlike_signed_note(found: Iterable[Unconfirmed]) -> str:
    """Return in one sentence whose signed copies say otherwise than what papers are made of; "" where none do."""
    said = [
        f"{each.unit.name}{f', {each.fault.place} của báo cáo ấy' if each.fault.place else ''}: "
        f"{each.fault.message.rstrip('.')}"
        for each in found
    ]
    more = [f"và {len(said) - _NAMED} chỗ khác"] if len(said) > _NAMED else []
    told = "; ".join([*said[:_NAMED], *more])
    return f"{_UNLIKE}: {told}." if said else ""


def _found(
    plan: Plan, register: Register, reports: Iterable[ParsedReport], wanted: Callable[[Fault], bool]
) -> tuple[Unconfirmed, ...]:
    numbers = {report.unit: report.number for report in reports}
    return tuple(
        Unconfirmed(unit, verdict.number, fault)
        for unit in plan.units
        if unit.code in numbers
        for verdict in register.units[unit.code].outcomes
        if verdict.number == numbers[unit.code]
        for fault in sorted(verdict.faults, key=lambda each: not each.is_of_words)
        if wanted(fault)
    )


def doubted(value: UnitValue, doubts: Collection[Unconfirmed]) -> UnitValue:
    """Return a figure, marked where it is in doubt."""
    return replace(value, doubtful=True) if any(each.is_about(value) for each in doubts) else value


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
    return f"Số chưa ai xác nhận, {DOUBTED}: {'; '.join([*said[:_NAMED], *more])}."


def unconfirmed_list(found: Iterable[Unconfirmed], items: Iterable[IndicatorSummary]) -> str | None:
    """Return in one sentence whose figures in some totals nobody has confirmed, and of what; None where there are none.

    Why each is in doubt is long, and stands in the annex and in the evidence.
    """
    of_units: defaultdict[str, defaultdict[str, list[PeriodId]]] = defaultdict(lambda: defaultdict(list))
    for each, item, year, _ in _told(found, items):
        of_units[each.unit.name][item.indicator.code].append(year.year)
    said = [
        f"{name} ({'; '.join(f'{code} {say_periods(periods)}' for code, periods in of_unit.items())})"
        for name, of_unit in of_units.items()
    ]
    return f"Số chưa ai xác nhận, {DOUBTED}: {'; '.join(said)}; {_WHY}." if said else None


def _told(
    found: Iterable[Unconfirmed], items: Iterable[IndicatorSummary]
) -> list[tuple[Unconfirmed, IndicatorSummary, YearFigure, UnitValue]]:
    """Return what is in some totals, with the figure that it is about; of one that breaks two rules, the first."""
    odd = list(found)
    return [
        (first, item, year, value)
        for item in items
        for year, value in item.doubts
        if (first := next((each for each in odd if each.is_about(value)), None))
    ]


def _share(item: IndicatorSummary, year: YearFigure, value: UnitValue) -> str:
    """Return how much of a sum a figure makes, in brackets."""
    if item.indicator.aggregate != "sum" or not year.total:
        return ""
    return f" (chiếm {percent(value.value / year.total)} tổng)"


def doubt_phrase(item: IndicatorSummary) -> str:
    """Return, in brackets after a space, what of an indicator a sentence leaves out; "" where nothing is in doubt."""
    if not item.doubts:
        return ""
    said = [
        f"{value.unit.called} {say_period(year.year)} ghi {_of_unit(item, year, value)}"
        for year, value in item.doubts[:_NAMED_IN_SENTENCES]
    ]
    more = [f"và {len(item.doubts) - _NAMED_IN_SENTENCES} số khác"] if len(item.doubts) > _NAMED_IN_SENTENCES else []
    latest = item.latest
    whole = ""
    if latest is not None and any(year is latest for year, _ in item.doubts) and item.indicator.aggregate == "sum":
        amount = say_amount(latest.total or 0, item.indicator.unit_of_measure)
        whole = f"; cộng cả số ấy là {told_figure(amount, item.indicator.code, latest.year)}"
    return f" (chưa kể số chưa được xác nhận: {', '.join([*said, *more])}{whole})"


def _of_unit(item: IndicatorSummary, year: YearFigure, value: UnitValue) -> str:
    amount = say_amount(value.value, item.indicator.unit_of_measure)
    return told_figure(amount, item.indicator.code, year.year, made=Reckoning.UNIT, unit=value.unit.code)
