"""Reads a draft that people wrote, or rewrote, in Word: its paragraphs, and the figures it prints by indicator code.

It is read as reports are, by readers of the same limits: tracked changes as if accepted, moved text once, automatic
numbers written out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from soket.documents.rendering import NO_FIGURE
from soket.faults import MESSAGES, fault_of
from soket.narrative.columns import Role, heading_of
from soket.narrative.measures import PERCENT, Measure, measure_of, number_and_measure
from soket.narrative.numbers import NoFigure, NothingWritten, Number, parse_number
from soket.plan.model import Plan, Severity
from soket.plan.periods import PeriodId
from soket.reading.findings import Content, Row, Table
from soket.reading.pool import ReaderPool

_DECIMALS = re.compile(r",(\d+)\D*$")
_NUMBERED = re.compile(r"(?:Biểu|Bảng|Phụ lục)(?: số)? (?:\d+|[IVX]+)\b", re.IGNORECASE)
_TITLE_LINES, _LONGEST_TITLE = 3, 80  # above a table, and letters of a title without a number


class UnreadableDraftError(ValueError):
    """The file is no Word document that can be read; the message says so to a person."""


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as the draft prints it; `value` None where it is not a number, or could be read as two."""

    indicator: str
    year: PeriodId
    text: str
    value: float | None
    decimals: int
    place: str

    @property
    def blank(self) -> bool:
        """Whether the cell says that there is no figure."""
        return self.text == NO_FIGURE or isinstance(parse_number(self.text), NothingWritten | NoFigure)


@dataclass(frozen=True)
class OfficialDraft:
    """What a draft says."""

    paragraphs: tuple[str, ...]  # outside tables, without empty ones
    figures: tuple[PrintedFigure, ...]
    tables_read: bool = True  # whether figures in tables would have been found
    comments: tuple[int, ...] = ()  # beside which paragraphs people left some, from 0; those of a table before it
    tracked: int = 0  # changes that nobody has accepted or refused


def read_official(plan: Plan, content: bytes, extension: str = "docx") -> OfficialDraft:
    """Read a draft; raise UnreadableDraftError for what no reader can read, UnreadFileError where ours failed."""
    with ReaderPool(1) as readers:
        draft = _draft_of(plan, readers.read(extension, content))
    # Readers of .doc tell no tables: their cells are paragraphs like others.
    return replace(draft, tables_read=extension != "doc" or bool(draft.figures))


def _draft_of(plan: Plan, content: Content) -> OfficialDraft:
    for finding in content.findings:
        if MESSAGES[finding.code].severity is Severity.CRITICAL:
            found = fault_of(finding, "")
            raise UnreadableDraftError(f"{found.message} {found.advice or ''}".strip())
    if not content.paragraphs:
        raise UnreadableDraftError("Không đọc được lời văn trong tệp. Lưu thành .docx rồi gửi lại.")
    wanted = {each.code: measure_of(each.unit_of_measure) for form in plan.forms for each in form.indicators}
    inside = {index for table in content.tables for index in range(table.first, table.after)}
    figures = [
        figure
        for number, table in enumerate(content.tables, 1)
        for figure in _figures([_cells(content, row) for row in table.rows], _called(content, table, number), wanted)
    ]
    outside = [index for index in range(len(content.paragraphs)) if index not in inside]
    return OfficialDraft(
        tuple(content.paragraphs[index] for index in outside),
        tuple(figures),
        comments=tuple(max(bisect_right(outside, index) - 1, 0) for index in content.comments),
        tracked=content.tracked,
    )


def _called(content: Content, table: Table, number: int) -> str:
    """Return what a draft calls a table: by the number or the title above it, else by its place among tables."""
    above = [text for text in content.paragraphs[max(0, table.first - _TITLE_LINES) : table.first] if text]
    for text in reversed(above):
        if named := _NUMBERED.match(text):
            return named[0]
    title = above[-1].rstrip(".:") if above else ""
    return f"bảng “{title}”" if 0 < len(title) <= _LONGEST_TITLE and title[-1:] not in ";,)" else f"bảng {number}"


def read_number(text: str, wanted: Measure, over: Measure | None = None) -> tuple[float | None, int]:
    """Return a figure in the unit of measure wanted and how many decimals it prints; None for what is none.

    Its own unit may stand beside it, or that of its column `over` it.
    """
    reading, measure = number_and_measure(text)
    if not isinstance(reading, Number) or reading.foreign or (reading.percent and wanted.base != PERCENT):
        return None, 0
    if measure is None and over and over.is_of(wanted):
        measure = over
    if measure and (not measure.is_of(wanted) or (measure is over and not over.base and over.scale != wanted.scale)):
        return None, 0
    written = _DECIMALS.search(text)
    decimals = len(written.group(1)) if written else 0
    if measure is None:
        return reading.value, decimals
    return measure.convert(reading.value, wanted), decimals + wanted.scale - measure.scale


def _cells(content: Content, row: Row) -> dict[int, str]:
    """Return a row's texts by the column they begin in: merged cells take several."""
    return {column: " ".join(content.paragraphs[first:after]) for column, first, after in row}


def _figures(rows: list[dict[int, str]], table: str, wanted: Mapping[str, Measure]) -> Iterator[PrintedFigure]:
    years: dict[int, tuple[PeriodId, Measure | None]] = {}  # by column
    for cells in rows:
        codes = [text for text in cells.values() if text in wanted]
        heads = {
            column: (period, head.measure)
            for column, text in cells.items()
            if (head := heading_of(text)) and (period := head.period) is not None and head.beside <= Role.ACTUAL
        }
        if heads and not codes:
            years = heads
        if len(codes) != 1:
            continue
        for column, (year, over) in years.items():
            text = cells.get(column, "")
            value, decimals = read_number(text, wanted[codes[0]], over)
            yield PrintedFigure(codes[0], year, text, value, decimals, f"{table}, dòng {codes[0]}")
