"""Whether what papers rest on is still there: every file under its hash, every figure in its cell, every sentence."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pydantic import ValidationError

from soket.documents.provenance import SentenceSource, digest_of
from soket.documents.trace import Trace, TracedUnit
from soket.narrative.prose import sentences, statements
from soket.plan.periods import PeriodId, label_of
from soket.record.records import ParsedReport
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


def check_traces(store: Store, keys: Keys, kept: Iterable[tuple[str, Trace]]) -> TraceCheck:
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
    for (code, number), unit in units.items():
        for file in unit.files:
            _check_object(store, file.key, file.sha256, check)
        own, said = figures[code, number], quotes[code, number]
        check.figures += len(own)
        check.quotes += len(said)
        if own or said:
            check.wrong += _unlike(store, keys.report(code, number, "parsed.json"), unit, own, said)
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
    store: Store, key: str, unit: TracedUnit, figures: set[FigureCell], quotes: set[SentenceSource]
) -> Iterator[str]:
    """Yield what a report, as it was read, does not say any more."""
    try:
        report = ParsedReport.model_validate_json(store.get(key))
    except (MissingObjectError, ValidationError):
        yield f"Không đọc được: {key}"
        return
    there = {(each.indicator, each.year, each.value, each.file, each.cell) for each in report.figures}
    for code, period, _, file, cell in sorted(figures - there, key=str):
        yield f"{unit.name}: số {code}, {label_of(period)} không còn ở {file}, {cell}"
    told = {
        (section.section, number, digest_of(text))
        for section in report.sections
        for number, text in (
            *((each.number, each.text) for each in statements(section.text)),
            *((None, each) for each in sentences(section.text)),
        )
    }
    for each in sorted(quotes, key=lambda each: (each.section, each.number or 0, each.digest)):
        if (each.section, each.number, each.digest) not in told:
            yield f"{unit.name}: hồ sơ lần {unit.submission} không còn câu {each.number or ''} mã {each.digest}"
