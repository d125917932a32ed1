"""Reads a draft that people wrote, or rewrote, in Word: its paragraphs, and the figures it prints by indicator code.

It is read as reports are, by readers of the same limits: tracked changes as if accepted, moved text once, automatic
numbers written out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from soket.documents.printed import PrintedFigure, TableFigures
from soket.faults import MESSAGES, fault_of
from soket.plan.model import Plan, Severity
from soket.reading.findings import Content, Row
from soket.reading.pool import ReaderPool

_NUMBERED = re.compile(r"(?:Biểu|Bảng|Phụ lục)(?: số)? (?:\d+|[IVX]+)\b", re.IGNORECASE)
_TITLE_LINES, _LONGEST_TITLE = 3, 80  # above a table, and letters of a title without a number


class UnreadableDraftError(ValueError):
    """The file is no Word document that can be read; the message says so to a person."""


@dataclass(frozen=True)
class OfficialDraft:
    """What a draft says."""

    paragraphs: tuple[str, ...]  # outside tables, without empty ones
    figures: tuple[PrintedFigure, ...]
    tables_read: bool = True  # whether figures in tables would have been found
    comments: tuple[int, ...] = ()  # beside which paragraphs people left some, from 0; those of a table before it
    loose_comments: int = 0  # that stand beside nothing any more, and are in the file all the same
    tracked: int = 0  # changes that nobody has accepted or refused


def read_official(plan: Plan, content: bytes, extension: str = "docx") -> OfficialDraft:
    """Read a draft; raise UnreadableDraftError for what no reader can read, UnreadFileError where ours failed."""
    draft = _draft_of(plan, _content_of(content, extension))
    # Readers of .doc tell no tables: their cells are paragraphs like others.
    return replace(draft, tables_read=extension != "doc" or bool(draft.figures))


@lru_cache(maxsize=4)
def _content_of(content: bytes, extension: str) -> Content:
    """Return what a file holds: a round holds the same draft against the reports, its points and the round before."""
    with ReaderPool(1) as readers:
        return readers.read(extension, content)


def _draft_of(plan: Plan, content: Content) -> OfficialDraft:
    for finding in content.findings:
        if MESSAGES[finding.code].severity is Severity.CRITICAL:
            found = fault_of(finding, "")
            raise UnreadableDraftError(f"{found.message} {found.advice or ''}".strip())
    if not content.paragraphs:
        raise UnreadableDraftError("Không đọc được lời văn trong tệp. Lưu thành .docx rồi gửi lại.")
    inside = {index for table in content.tables for index in range(table.first, table.after)}
    reader = TableFigures(plan)
    figures: list[PrintedFigure] = []
    for number, table in enumerate(content.tables, 1):
        above = [
            content.paragraphs[at] for at in range(max(0, table.first - _TITLE_LINES), table.first) if at not in inside
        ]
        rows = [_cells(content, row) for row in table.rows]
        figures += reader.figures(rows, _called(above, number), above)
    outside = [index for index in range(len(content.paragraphs)) if index not in inside]
    return OfficialDraft(
        tuple(content.paragraphs[index] for index in outside),
        tuple(figures),
        comments=tuple(max(bisect_right(outside, index) - 1, 0) for index in content.comments),
        loose_comments=content.loose_comments,
        tracked=content.tracked,
    )


def _called(above: Sequence[str], number: int) -> str:
    """Return what a draft calls a table: by the number or the title above it, else by its place among tables."""
    for text in reversed(above):
        if named := _NUMBERED.match(text):
            return named[0]
    title = above[-1].rstrip(".:") if above else ""
    return f"bảng “{title}”" if 0 < len(title) <= _LONGEST_TITLE and title[-1:] not in ";,)" else f"bảng {number}"


def _cells(content: Content, row: Row) -> dict[int, str]:
    """Return a row's texts by the column they begin in: merged cells take several."""
    return {column: " ".join(content.paragraphs[first:after]) for column, first, after in row}
