"""What papers rest on, kept beside them: each passage, how each figure was made, which files and rulings stand behind.

It says all of it by itself, so that it can be read, and held against the bucket, without the campaign's record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from soket.documents.figures import FormSummary, Summary
from soket.documents.indicators import IndicatorSummary
from soket.documents.provenance import CountSource, FigureSource, SentenceSource, Source, ToldPassage, Tracer
from soket.documents.year_figures import UnitValue
from soket.faults import Fault
from soket.plan.model import Severity
from soket.plan.natures import Aggregate
from soket.plan.periods import PeriodId
from soket.record.decision_lines import decision_line
from soket.record.decisions import Review
from soket.record.records import Receipt
from soket.record.register import Register
from soket.store.record import Record
from soket.text import format_date


class TracedPaper(Record):
    """A paper as it was when it was made, and what it tells."""

    name: str
    sha256: str
    passages: tuple[ToldPassage, ...]


class TracedFile(Record):
    """A unit's file as it is kept."""

    name: str
    key: str
    sha256: str
    carried: bool  # it came with an earlier submission, and was not sent again


class TracedRuling(Record):
    """What was found odd in a submission, or what a person said of it."""

    words: str
    file: str | None = None
    cell: str | None = None
    open: bool = False  # no person has said a word on it


class TracedUnit(Record):
    """A unit's submission that counted."""

    code: str
    name: str
    submission: int
    received_at: datetime | None
    files: tuple[TracedFile, ...]
    rulings: tuple[TracedRuling, ...]


class TracedRow(NamedTuple):
    """A unit's figures of an indicator out of one file, a value and a cell for each period."""

    unit: str
    file: str
    values: tuple[float | None, ...]
    cells: tuple[str | None, ...]


class TracedIndicator(Record):
    """How the totals of an indicator were made, period by period."""

    code: str
    name: str
    unit_of_measure: str
    aggregate: Aggregate
    weight_by: str | None  # the indicator that weighs its mean
    periods: tuple[PeriodId, ...]
    estimated: tuple[PeriodId, ...]
    totals: tuple[float | None, ...]
    counted: tuple[int, ...]  # how many units' figures each total rests on
    rows: tuple[TracedRow, ...]
    missing: tuple[tuple[str, ...], ...]  # who of those that gave any figure gave none, by period
    sound: tuple[float | None, ...] = ()  # the totals without figures in doubt, where there are any


class TracedForm(Record):
    """A form, and the units that gave no figure in it."""

    title: str
    owing: int
    absent: tuple[str, ...]
    indicators: tuple[TracedIndicator, ...]


class Trace(Record):
    """What the papers of one step rest on."""

    title: str
    campaign: str
    as_of: datetime
    papers: tuple[TracedPaper, ...]
    forms: tuple[TracedForm, ...]
    units: tuple[TracedUnit, ...]
    names: dict[str, str]  # of units that gave nothing of what is told, by code
    headings: dict[str, str]  # of the outline, by code

    def to_json(self) -> bytes:
        """Return the trace as it is stored: thousands of figures take no line each."""
        return self.model_dump_json(exclude_defaults=True).encode()

    @property
    def sources(self) -> Iterator[Source]:
        """Everything that the papers rest on, as often as they tell it."""
        return (
            each for paper in self.papers for told in paper.passages for piece in told.pieces for each in piece.sources
        )


def trace_of(summary: Summary, register: Register, tracer: Tracer, papers: Mapping[str, bytes]) -> Trace:
    """Return the trace of some papers that were made of a summary; one that tells nothing is not in it."""
    told = tuple(
        TracedPaper(name=name, sha256=hashlib.sha256(paper).hexdigest(), passages=passages)
        for name, paper in papers.items()
        if (passages := tracer.passages_of(paper))
    )
    sources = {each for paper in told for one in paper.passages for piece in one.pieces for each in piece.sources}
    wanted = _indicators(summary, sources)
    forms = tuple(_form(form, wanted) for form in summary.forms if any(_is_in(form, wanted)))
    behind = {row.unit for form in forms for item in form.indicators for row in item.rows}
    behind |= {each.unit for each in sources if isinstance(each, SentenceSource)}
    behind |= {each.unit for each in sources if isinstance(each, FigureSource) and each.unit}
    behind |= {code for each in sources if isinstance(each, CountSource) for code in each.counted}
    left = {code for form in forms for code in form.absent}
    left |= {code for form in forms for item in form.indicators for codes in item.missing for code in codes}
    plan = summary.plan
    return Trace(
        title=plan.title,
        campaign=summary.campaign.title,
        as_of=summary.as_of,
        papers=told,
        forms=forms,
        units=tuple(_unit(summary, register, unit.code) for unit in plan.units if unit.code in behind),
        names={unit.code: unit.name for unit in plan.units if unit.code in left - behind},
        headings={each.code: f"{each.number.rstrip('.')}. {each.title}" for each in plan.outline},
    )


def _indicators(summary: Summary, sources: Iterable[Source]) -> set[str]:
    """Return which indicators some figures are made of, with those that weigh them."""
    codes = {
        code for each in sources if isinstance(each, FigureSource) for code in (each.indicator, each.whole) if code
    }
    weighing = {each.code: each.weight_by for form in summary.plan.forms for each in form.indicators}
    return codes | {weight for code in codes if (weight := weighing.get(code))}


def _is_in(form: FormSummary, wanted: set[str]) -> Iterator[IndicatorSummary]:
    return (item for item in form.indicators if item.indicator.code in wanted)


def _form(form: FormSummary, wanted: set[str]) -> TracedForm:
    absent = {unit.code for unit in form.absent}
    return TracedForm(
        title=form.form.title,
        owing=len(form.units),
        absent=tuple(unit.code for unit in form.units if unit.code in absent),
        indicators=tuple(_indicator(form, item, absent) for item in _is_in(form, wanted)),
    )


def _indicator(form: FormSummary, item: IndicatorSummary, absent: set[str]) -> TracedIndicator:
    indicator, years = item.indicator, item.years
    rows: list[TracedRow] = []
    for unit in form.units:
        given = [year.by_unit.get(unit.code) for year in years]
        for file in dict.fromkeys(value.file for value in given if value):
            own: list[UnitValue | None] = [value if value and value.file == file else None for value in given]
            values = tuple(value.value if value else None for value in own)
            rows.append(TracedRow(unit.code, file, values, tuple(value.cell if value else None for value in own)))
    return TracedIndicator(
        code=indicator.code,
        name=indicator.name,
        unit_of_measure=indicator.unit_of_measure,
        aggregate=indicator.aggregate,
        weight_by=indicator.weight_by if indicator.aggregate == "mean" else None,
        periods=tuple(year.year for year in years),
        estimated=tuple(year.year for year in years if year.estimated),
        totals=tuple(year.total for year in years),
        counted=tuple(len(year.counted) for year in years),
        rows=tuple(rows),
        missing=tuple(tuple(unit.code for unit in year.missing if unit.code not in absent) for year in years),
        sound=tuple(year.total for year in item.sound.years) if item.doubts else (),
    )


def _unit(summary: Summary, register: Register, code: str) -> TracedUnit:
    receipt, number = summary.receipts.get(code), summary.basis[code]
    before = next((each for each in register.units[code].receipts if each.number == number - 1), None)
    return TracedUnit(
        code=code,
        name=summary.plan.unit(code).name,
        submission=number,
        received_at=receipt.received_at if receipt else None,
        files=tuple(_files(receipt, before)) if receipt else (),
        rulings=tuple(_rulings(summary, register, code, number)),
    )


def _files(receipt: Receipt, before: Receipt | None) -> Iterator[TracedFile]:
    for file in receipt.files:
        if file.kept:
            carried = before is not None and file.arrived_at <= before.received_at
            yield TracedFile(name=file.name, key=file.key, sha256=file.sha256, carried=carried)


def _rulings(summary: Summary, register: Register, code: str, number: int) -> Iterator[TracedRuling]:
    """Yield what a rule found odd or left to a person, and what people then decided."""
    entry = register.units[code]
    judged = next((each.faults for each in entry.verdicts if each.number == number), ())
    now = {(each.code, each.file, each.place): each for each in judged}
    now |= {(f.code, f.file, f.place): f for each in entry.outcomes if each.number == number for f in each.faults}
    for fault in judged:
        if fault.is_odd or fault.severity is Severity.REFER:
            open_ = now[fault.code, fault.file, fault.place].severity is fault.severity
            yield TracedRuling(words=fault.message, file=fault.file, cell=_cell_of(fault), open=open_)
    for each in (each for each in now.values() if each.confirmed):
        yield TracedRuling(words=f"{each.message} {each.advice}", file=each.file, cell=_cell_of(each))
    for act in register.acts.in_force:
        if isinstance(act, Review) and (act.unit, act.number) == (code, number):
            line = decision_line(summary.plan, act)
            who = f"{act.granted_by}, ngày {format_date(act.decided_at.date())}"
            on = f", {act.document_number}" if act.document_number else ""
            yield TracedRuling(words=f"{line.kind}, {line.content} ({who}{on}): {act.reason}")


def _cell_of(fault: Fault) -> str | None:
    """Return the cell that a fault is about: the last that it names."""
    last = (fault.place or "").rpartition(" ")[2]
    return last or None
