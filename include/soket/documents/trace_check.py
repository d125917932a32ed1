"""Whether what papers rest on is still there: every file under its hash, every figure in its cell, every sentence."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from soket.documents.provenance import SentenceSource, digest_of
from soket.documents.trace import Trace, TracedUnit
from soket.narrative.sentences.clauses import cuts
from soket.narrative.sentences.prose import sentences, statements
from soket.plan.periods import PeriodId, label_of
from soket.record.parsed import named_by, parsed_into, place_of
from soket.record.records import ParsedReport
from soket.record.register import Register
from soket.store.keys import Keys
from soket.store.store import MissingObjectError, Store

FigureCell = tuple[str, PeriodId, float, str, str]
"""An indicator, a period, what it is, the file and the cell that it was read from."""


@dataclass
class TraceCheck:
    """What was held against the bucket, and what is not as it was."""

    files: int = 0
    figures: int = 0
    quotes: int = 0
    wrong: list[str] = field(default_factory=list)


def check_traces(store: Store, register: Register, kept: Iterable[tuple[str, Trace]]) -> TraceCheck:
    """Hold traces, each with the prefix that its papers lie under, against the bucket."""
    check, units = TraceCheck(), dict[tuple[str, int], TracedUnit]()
    figures: defaultdict[tuple[str, int], set[FigureCell]] = defaultdict(set)
    quotes: defaultdict[tuple[str, int], set[SentenceSource]] = defaultdict(set)
    for prefix, trace in kept:
        for paper in trace.papers:
            _check_object(store, f"{prefix}{paper.name}", paper.sha256, check)
        units |= {(each.code, each.submission): each for each in trace.units}
        turn = {each.code: each.submission for each in trace.units}
        for code, cell in _cells(trace):
            figures[code, turn[code]].add(cell)
        for source in trace.sources:
            if isinstance(source, SentenceSource):
                quotes[source.unit, source.submission].add(source)
    keys = Keys(register.plan, register.campaign)
    named = named_by(verdict for entry in register.units.values() for verdict in entry.verdicts)
    wanted = {each: named.get(each) for each in units if each in figures or each in quotes}
    unlike = parsed_into(lambda report: list(_unlike(report, units, figures, quotes)), store, keys, wanted)
    for submission, unit in units.items():
        for file in unit.files:
            _check_object(store, file.key, file.sha256, check)
        check.figures += len(figures[submission])
        check.quotes += len(quotes[submission])
        if submission in wanted:
            unread = f"Không đọc được: {place_of(keys, submission, wanted[submission])} ({unit.name})"
            check.wrong += unlike.get(submission, [unread])
    return check


def _check_object(store: Store, key: str, sha256: str, check: TraceCheck) -> None:
    check.files += 1
    try:
        same = hashlib.sha256(store.get(key)).hexdigest() == sha256
    except MissingObjectError:
        check.wrong.append(f"Thiếu: {key}")
    else:
        check.wrong += [] if same else [f"Đã đổi: {key}"]


def _cells(trace: Trace) -> Iterator[tuple[str, FigureCell]]:
    for item in (item for form in trace.forms for item in form.indicators):
        for row in item.rows:
            for period, value, cell in zip(item.periods, row.values, row.cells, strict=True):
                if value is not None and cell is not None:
                    yield row.unit, (item.code, period, value, row.file, cell)


def _unlike(
    report: ParsedReport,
    units: Mapping[tuple[str, int], TracedUnit],
    figures: Mapping[tuple[str, int], set[FigureCell]],
    quotes: Mapping[tuple[str, int], set[SentenceSource]],
) -> Iterator[str]:
    """Yield what a report, as it was read, does not say any more."""
    submission = report.unit, report.number
    unit = units[submission]
    there = {(each.indicator, each.year, each.value, each.file, each.cell) for each in report.figures}
    for code, period, _, file, cell in sorted(figures[submission] - there, key=str):
        yield f"{unit.name}: số {code}, {label_of(period)} không còn ở {file}, {cell}"
    told = {
        (section.section, number, digest_of(text))
        for section in report.sections
        for number, text in (
            *((each.number, text) for each in statements(section.text) for text in (each.text, *cuts(each.text))),
            *((None, each) for each in sentences(section.text)),
        )
    }
    for each in sorted(quotes[submission], key=lambda each: (each.section, each.number or 0, each.digest)):
        if (each.section, each.number, each.digest) not in told:
            yield f"{unit.name}: hồ sơ lần {unit.submission} không còn câu {each.number or ''} mã {each.digest}"
