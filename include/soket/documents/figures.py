"""What the accepted reports add up to. Every total can say from which cell of which submission each part came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from soket.documents.indicators import IndicatorSummary, with_parts
from soket.documents.standing import PLACES, BlockRates, PaperList, StandingList, block_rates, standing_list
from soket.documents.unconfirmed import Unconfirmed, doubted, footnotes, unconfirmed, unlike_signed
from soket.documents.year_figures import UnitValue, YearFigure, total_of
from soket.narrative.sentences.asides import says_none, says_nothing
from soket.plan.model import Campaign, Duty, IndicatorForm, Plan, Section, Unit
from soket.plan.periods import PeriodId
from soket.record.records import ParsedReport, Receipt, Submission
from soket.record.register import Register
from soket.record.tally import Progress, progress_of
from soket.text import vietnamese_order

_LAST_QUARTER = 10  # the month that it begins with


@dataclass(frozen=True)
class FormSummary:
    """One form: the units that fill it in, and its indicators."""

    form: IndicatorForm
    units: tuple[Unit, ...]  # those that owe it, the Vietnamese way
    indicators: tuple[IndicatorSummary, ...]

    @cached_property
    def wholes(self) -> tuple[IndicatorSummary, ...]:
        """The indicators that are told by themselves; the others are told within what they are parts of."""
        parts = {part.indicator.code for item in self.indicators for part in item.parts}
        return tuple(item for item in self.indicators if item.indicator.code not in parts)

    @cached_property
    def absent(self) -> tuple[Unit, ...]:
        """The units that owe the form and gave no figure in it at all."""
        given = {value.unit.code for item in self.indicators for year in item.years for value in year.values}
        return tuple(unit for unit in self.units if unit.code not in given)


@dataclass(frozen=True)
class Excerpt:
    """What one unit's report says under a heading."""

    unit: Unit
    submission: int
    heading: str
    text: str


@dataclass(frozen=True)
class SectionSummary:
    """One heading of the outline: what the units say under it, and which accepted reports have nothing there."""

    section: Section
    excerpts: tuple[Excerpt, ...]
    silent: tuple[Unit, ...]
    nil: tuple[Unit, ...] = ()  # those whose report says there that there is nothing
    unseen: tuple[Unit, ...] = ()  # of the silent those in whose report no heading of it was known


@dataclass(frozen=True)
class Summary:
    """A campaign at one moment, as a report tells it."""

    plan: Plan
    campaign: Campaign
    as_of: datetime
    units: tuple[StandingList, ...]
    blocks: tuple[BlockRates, ...]
    forms: tuple[FormSummary, ...]
    sections: tuple[SectionSummary, ...]
    receipts: dict[str, Receipt]  # of the submission that counts, by unit
    basis: dict[str, int]  # which submission of each unit it rests on
    unconfirmed: tuple[Unconfirmed, ...] = ()
    footnotes: tuple[Unconfirmed, ...] = ()  # what units were asked, and say is right
    unplaced: tuple[Excerpt, ...] = ()  # what reports say under headings of their own that are of no section
    unlike_signed: tuple[Unconfirmed, ...] = ()  # where signed copies say otherwise than what it rests on

    @cached_property
    def overall(self) -> BlockRates:
        """The rates over all blocks."""
        return BlockRates.total(self.blocks)

    def listed(self, name: PaperList) -> tuple[Unit, ...]:
        """Return the units of a list."""
        return next(each.units for each in self.units if each.name == name)

    @property
    def missing(self) -> tuple[Unit, ...]:
        """The units that owe something and have nothing accepted, nor anything that is being looked at."""
        names = (PaperList.RETURNED, PaperList.SILENT)
        return in_order(unit for name in names for unit in self.listed(name))

    @property
    def pending(self) -> tuple[Unit, ...]:
        """The units that handed in what nobody has looked at to the end."""
        return self.listed(PaperList.PENDING)

    def named(self, units: Iterable[Unit]) -> list[str]:
        """Return the names of units; who was returned and had not sent again is marked."""
        returned, mark = self.listed(PaperList.RETURNED), f" ({PLACES[PaperList.RETURNED].phrase})"
        return [f"{unit.name}{mark if unit in returned else ''}" for unit in units]

    @property
    def missing_in_words(self) -> str:
        """Whose reports are not there, and whose are being looked at; nothing where it has all of them."""
        missing = "; ".join(self.named(self.missing))
        pending = "; ".join(unit.name for unit in self.pending)
        return f"{missing or 'không'}; {PLACES[PaperList.PENDING].phrase}: {pending}" if pending else missing


def summarise(
    plan: Plan,
    campaign: Campaign,
    register: Register,
    accepted: Iterable[ParsedReport],
    *,
    doubts_of: Register | None = None,
) -> Summary:
    """Add up the accepted reports, one a unit at most; nil returns and plans of coverage carry nothing to add.

    `doubts_of` is the register that tells which figures are in doubt, where that is not the one of the reports.
    """
    reports = {report.unit: report for report in accepted if report.kind in (Submission.REPORT, Submission.OWN_REVIEW)}
    reporting = in_order(unit for unit in plan.units if unit.code in reports)
    doubts = unconfirmed(plan, doubts_of or register, reports.values())
    return Summary(
        plan=plan,
        campaign=campaign,
        as_of=register.as_of,
        units=standing_list(plan, register),
        blocks=block_rates(plan, register),
        forms=tuple(_form(plan, campaign, register, form, reports, doubts) for form in plan.forms),
        sections=tuple(_section(section, reporting, reports) for section in plan.outline),
        unplaced=tuple(
            Excerpt(unit, reports[unit.code].number, each.heading or "", each.text)
            for unit in reporting
            for each in reports[unit.code].unplaced
        ),
        receipts={
            code: receipt
            for code, report in reports.items()
            for receipt in register.units[code].receipts
            if receipt.number == report.number
        },
        basis={code: report.number for code, report in reports.items()},
        unconfirmed=doubts,
        footnotes=footnotes(plan, doubts_of or register, reports.values()),
        unlike_signed=unlike_signed(plan, doubts_of or register, reports.values()),
    )


def in_order(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Return units by name, the Vietnamese way."""
    return tuple(vietnamese_order(units, lambda unit: unit.name))


def _form(
    plan: Plan,
    campaign: Campaign,
    register: Register,
    form: IndicatorForm,
    reports: Mapping[str, ParsedReport],
    doubts: Iterable[Unconfirmed],
) -> FormSummary:
    units = in_order(
        unit
        for unit in plan.units
        if plan.form_of(unit) == form
        and unit.owes in (Duty.REPORT, Duty.OWN_REVIEW)
        and (unit.code in reports or progress_of(register.units[unit.code]) not in (Progress.EXEMPT, Progress.NIL))
    )
    found: dict[tuple[str, PeriodId, str], UnitValue] = {}
    in_doubt: defaultdict[str, list[Unconfirmed]] = defaultdict(list)
    for each in doubts:
        in_doubt[each.unit.code].append(each)
    for unit in units:
        report = reports.get(unit.code)
        for cell in report.figures if report else ():
            if report and cell.value is not None:
                value = UnitValue(unit, cell.value, report.number, cell.file, cell.cell)
                found[cell.indicator, cell.year, unit.code] = doubted(value, in_doubt[unit.code])
    indicators = []
    for indicator in form.indicators:
        years = []
        estimated = plan.estimated_years if indicator.estimated_years is None else indicator.estimated_years
        for year in form.years:
            given = {unit.code: found.get((indicator.code, year, unit.code)) for unit in units}
            values = tuple(value for value in given.values() if value is not None)
            missing = tuple(unit for unit in units if given[unit.code] is None)
            weights = None
            if indicator.weight_by is not None and indicator.aggregate == "mean":
                weighing = {unit.code: found.get((indicator.weight_by, year, unit.code)) for unit in units}
                weights = {code: weight.value for code, weight in weighing.items() if weight is not None}
            total = total_of(indicator, {value.unit.code: value.value for value in values}, weights)
            expected = year in estimated
            so_far = not expected and _is_so_far(year, campaign)
            years.append(YearFigure(year, total, values, missing, weights, expected, so_far=so_far))
        indicators.append(IndicatorSummary(indicator, tuple(years)))
    return FormSummary(form, units, with_parts(indicators))


def _is_so_far(period: PeriodId, campaign: Campaign) -> bool:
    """Whether a campaign asks for a whole year before the last quarter of it: what came until then is all there is."""
    return isinstance(period, int) and (campaign.opens.year, campaign.opens.month) < (period, _LAST_QUARTER)


def _section(section: Section, reporting: Iterable[Unit], reports: Mapping[str, ParsedReport]) -> SectionSummary:
    excerpts: list[Excerpt] = []
    silent: list[Unit] = []
    nil: list[Unit] = []
    unseen: list[Unit] = []
    for unit in reporting:
        report = reports[unit.code]
        said = [each for each in report.sections if each.section == section.code and each.text.strip()]
        if not said and not any(each.heading for each in report.sections if each.section == section.code):
            unseen.append(unit)
        if all(says_nothing(each.text) for each in said):
            (nil if any(says_none(each.text) for each in said) else silent).append(unit)
        else:
            excerpts.extend(Excerpt(unit, report.number, each.heading or section.title, each.text) for each in said)
    return SectionSummary(section, tuple(excerpts), tuple(silent), tuple(nil), tuple(unseen))
