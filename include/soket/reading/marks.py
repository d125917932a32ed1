"""What soket writes into files that go back to a unit, and how that is known again: by an id in its own words.

Word comments, notes on cells, a tint and a sheet of faults come back with the file that a unit corrects, whatever
program saved it since. They are no words and no figures of the unit's; its answers in the sheet, or in a slip that
comes back, are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from soket.reading.findings import Answered, Cell, Content, Sheet, Table

_SLIP = r"SK ([\w-]{1,60}/[\w-]{1,60}/\d{1,5})"
_MARK = re.compile(rf"\[{_SLIP}\.\d{{1,4}}\]")
_SHEET = re.compile(rf"\[{_SLIP}\]$")
_PAPER = re.compile(rf"Mã phiếu: \[{_SLIP}\]")
_NUMBER = re.compile(r"\d{1,4}")
_PROMPT = re.compile(r"Ghi số[^:]*, theo đơn vị tính: .*")
_MOST_ANSWERS, _LONGEST = 500, 500
_HEAD_ROWS = 5  # of a sheet of faults, in which its id stands; the unit may have put rows above

ANSWER_HEAD = "Số đúng, lý do là"
"""What stands over the column in which a unit answers."""

MUST = "(phải sửa, không trả lời ở đây)"
"""What stands there beside what is no question."""


def slip_id(campaign: str, unit: str, number: int) -> str:
    """Return what the marks on a unit's n-th submission are known by."""
    return f"{campaign}/{unit}/{number}"


def mark_of(slip: str, line: int) -> str:
    """Return what ends the words of one mark."""
    return f"[SK {slip}.{line}]"


def sheet_mark(slip: str) -> str:
    """Return what ends the first cell of a sheet of faults."""
    return f"[SK {slip}]"


def paper_mark(slip: str) -> str:
    """Return the line by which a slip is known when it comes back."""
    return f"Mã phiếu: [SK {slip}]"


def form_prompt(kind: str, measure: str) -> str:
    """Return what a form says beside a cell to be filled in, of which kind of number and in which unit."""
    return f"Ghi số{kind}, theo đơn vị tính: {measure}."


def is_form_prompt(text: str) -> bool:
    """Whether what is said beside a cell is a form's own words, and none of the unit's."""
    return _PROMPT.fullmatch(text.strip()) is not None


def is_sheet_of_faults(text: str) -> bool:
    """Whether a cell's text is by which a sheet of faults is known."""
    return _SHEET.search(text.strip()) is not None


def is_mark(text: str) -> bool:
    """Whether a comment or a note is one of ours."""
    return _MARK.search(text) is not None


@dataclass(frozen=True)
class FaultMark:
    """One line of a slip, as it is marked in a file."""

    number: int
    weight: str
    words: str
    advice: str = ""
    cells: tuple[tuple[str, str], ...] = ()  # of a workbook: sheet and cell
    passages: tuple[str | tuple[str, str], ...] = ()  # of a document: where to look, the first that is there counts
    asks: bool = False  # it may be answered

    def note(self, slip: str) -> str:
        """What stands at its place."""
        lines = (f"{self.number}. {self.weight}: {self.words}", self.advice, mark_of(slip, self.number))
        return "\n".join(filter(None, lines))


@dataclass(frozen=True)
class FaultMarks:
    """All that is marked in one file, and by whom."""

    slip: str
    author: str
    title: str
    moment: str = ""  # as Word writes it
    reasons: tuple[str, ...] = ()  # that are often given
    lines: tuple[FaultMark, ...] = field(default=())

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> FaultMarks:
        """Return what JSON holds of it."""
        lines = (
            FaultMark(
                **each
                | {
                    "cells": tuple((sheet, cell) for sheet, cell in each["cells"]),
                    "passages": tuple(at if isinstance(at, str) else (at[0], at[1]) for at in each["passages"]),
                }
            )
            for each in data["lines"]
        )
        return cls(**data | {"lines": tuple(lines), "reasons": tuple(data["reasons"])})


def unmarked(content: Content) -> Content:
    """Return what a file holds without what we wrote into it; what the unit answered to that stands apart."""
    if (
        paper := next((match[1] for text in content.paragraphs if (match := _PAPER.fullmatch(text))), None)
    ) is not None:
        return Content(findings=content.findings, answered=Answered(paper, _answers(_rows_of(content)), whole=True))
    ours = {id(sheet): slip for sheet in content.sheets if (slip := _slip_of(sheet))}
    if not ours and not any(_MARK.search(text) for sheet in content.sheets for _, text in sheet.layout.asides):
        return content
    latest = max(ours.values(), key=_number_of, default="")
    rows = [row for sheet in content.sheets if ours.get(id(sheet)) == latest for row in sheet.cells]
    return replace(
        content,
        sheets=tuple(_without_notes(sheet) for sheet in content.sheets if id(sheet) not in ours),
        answered=Answered(latest, _answers(rows)) if latest else None,
    )


def _slip_of(sheet: Sheet) -> str | None:
    """Return whose faults a sheet of ours lists; None for a sheet of the unit's."""
    heads = (cell for row in sheet.cells[:_HEAD_ROWS] for cell in row if isinstance(cell, str))
    return next((found[1] for cell in heads if (found := _SHEET.search(cell.strip()))), None)


def _number_of(slip: str) -> int:
    return int(slip.rpartition("/")[2])


def _without_notes(sheet: Sheet) -> Sheet:
    asides = tuple(each for each in sheet.layout.asides if not _MARK.search(each[1]))
    return replace(sheet, layout=replace(sheet.layout, asides=asides))


def _rows_of(content: Content) -> Iterator[Sequence[Cell]]:
    """Yield the rows of a document's tables, a text a cell."""
    tables: tuple[Table, ...] = content.tables
    for table in tables:
        for row in table.rows:
            yield [" ".join(content.paragraphs[start:end]) for _, start, end in row]


def _answers(rows: Iterable[Sequence[Cell]]) -> tuple[tuple[int, str], ...]:
    """Return the number of each line that has an answer, and that; the column is the one under its head."""
    found: dict[int, str] = {}
    column: int | None = None
    for row in rows:
        heads = [at for at, cell in enumerate(row) if isinstance(cell, str) and cell.strip().startswith(ANSWER_HEAD)]
        if heads:
            column = heads[0]
            continue
        number = _line_number(row[0]) if row else None
        if column is None or number is None or column >= len(row) or len(found) >= _MOST_ANSWERS:
            continue
        answer = row[column]
        if isinstance(answer, str) and (text := " ".join(answer.split())):
            found.setdefault(number, text[:_LONGEST])
    return tuple(found.items())


def _line_number(cell: Cell) -> int | None:
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and 0 < cell < 10_000 else None
    match = _NUMBER.fullmatch(cell.strip().rstrip(".")) if isinstance(cell, str) else None
    return int(match[0]) if match else None
