"""Gathers a document's paragraphs as readers come by them: old fonts converted, one normal form, within limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from soket.reading.findings import Area, Content, Finding, FindingError, Table
from soket.reading.legacy import Coding, Run, converted, run_of
from soket.reading.marks import is_mark
from soket.text import SOFT_HYPHEN, WIDE, nfc

_LONGEST_PARAGRAPH = 20_000
_MOST_TEXT = 2_000_000


# Marks of notes and powers are written raised, as Unicode has them: beside a figure they are none of its digits.
RAISED = str.maketrans("0123456789()+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁺⁻")
MARGINS = {"header": "đầu trang", "footer": "chân trang"}
"""Where what stands in the margins of pages is said to be, by what the formats call them."""
_MARK = re.compile(r"[\s\d(),+*-]+")
_BETWEEN_FIGURES = re.compile(rf"(?<=\d)(?:\s*([\n{WIDE}])\s*|\s{{2,}})(?=\d)")

_Runs = list[Run]


@dataclass
class _OpenTable:
    """A table while it is read."""

    rows: list[list[tuple[int, int, int]]] = field(default_factory=list)
    merged: dict[tuple[int, int], Area] = field(default_factory=dict)  # by row and column of the last row's first cell
    inside: list[Table] = field(default_factory=list)  # its cells

    @property
    def is_frame(self) -> bool:
        """Whether it is no more than a frame, of one column, around others."""
        return bool(self.inside) and all(len(row) == 1 for row in self.rows)


class Paragraphs:
    """The paragraphs of one document, in order; blank ones are left out, notes follow the paragraph they belong to."""

    def __init__(self) -> None:
        self._done: list[_Runs] = []
        self._runs: _Runs = []
        self._noted = 0
        self._around: list[tuple[int, _Runs]] = []  # of the notes that are being read: their numbers, what is outside
        self._notes: list[_Runs] = []
        self._size = 0
        self._open: list[_OpenTable] = []  # the outermost first
        self.tables: list[Table] = []
        self.comments: list[int] = []  # the paragraph that each is beside
        self.remarks: list[tuple[int, str]] = []  # and what it says
        self.loose_comments = 0  # beside none, and in the file all the same
        self.tracked = 0  # changes that nobody has accepted or refused
        self.margins: list[tuple[str, str]] = []  # of its pages: where, and what

    def add(self, text: str, font: str = "", *, raised: int = 0) -> None:
        """Add text of one font to the paragraph that is being read.

        Marks of notes are raised above their line (1) or, behind a figure, lowered below it (-1).
        """
        self._size += len(text)
        if self._size > _MOST_TEXT:
            raise FindingError("TEP-32", limit=_MOST_TEXT // 1_000_000)
        if raised and _MARK.fullmatch(text) and (raised > 0 or (self._runs and self._runs[-1].text[-1:].isdigit())):
            text = text.translate(RAISED)
        run = run_of(text, font)
        # A letter and its mark may lie in two runs of one font.
        if self._runs and (self._runs[-1].coding, self._runs[-1].capitals) == (run.coding, run.capitals):
            self._runs[-1] = replace(run, text=self._runs[-1].text + text)
        else:
            self._runs.append(run)

    def end(self) -> None:
        """End the paragraph, and put the notes that it refers to after it."""
        self._done += [runs for runs in (self._runs, *self._notes) if any(_shows(run) for run in runs)]
        self._runs = []
        self._notes.clear()

    @contextmanager
    def table(self) -> Iterator[None]:
        """Take what is read meanwhile for a table's."""
        first = len(self._done)
        self._open.append(table := _OpenTable())
        yield
        self._open.pop()
        if table.is_frame:
            found = table.inside
        else:
            found = [Table(first, len(self._done), tuple(map(tuple, table.rows)), tuple(table.merged.values()))]
        (self._open[-1].inside if self._open else self.tables).extend(found)

    def row(self) -> None:
        """Begin the next row of a table."""
        if self._open:
            self._open[-1].rows.append([])

    @contextmanager
    def cell(self, column: int, wide: int = 1, high: int = 1, *, goes_on: bool = False) -> Iterator[None]:
        """Take what is read meanwhile for a cell's, which begins in a column, from 0; `goes_on` from the row above."""
        own, first = self._open[-1] if self._open else None, len(self._done)
        yield
        if own and own.rows:
            own.rows[-1].append((column, first, len(self._done)))
            row = top = len(own.rows) - 1
            if goes_on and row:
                top = own.merged.pop((row - 1, column), (row - 1,))[0]
            bottom = row + high - 1
            if wide > 1 or bottom > top:
                own.merged[bottom, column] = (top, column, bottom, column + wide - 1)

    def comment(self, text: str) -> None:
        """Keep what somebody remarked in the paragraph that is being read."""
        self.comments.append(self.count)
        self.remarks.append((self.count, text))

    def begin_note(self) -> None:
        """Begin the next note, in the middle of a paragraph, where its mark is left."""
        self._noted += 1
        self.add(f"[{self._noted}]")
        self._around.append((self._noted, self._runs))
        self._runs = []

    def end_note(self) -> None:
        """Keep what was added since the note began as one of the paragraph around it."""
        number, around = self._around.pop()
        if self.has_begun:
            self._notes.append([Run(f"[{number}] "), *self._runs])
        self._runs = around

    @property
    def has_begun(self) -> bool:
        """Whether the paragraph that is being read shows anything yet: a symbol before that is a bullet."""
        return any(map(_shows, self._runs))

    @property
    def count(self) -> int:
        """How many paragraphs there are so far."""
        return len(self._done)

    @cached_property
    def _read(self) -> tuple[tuple[str, ...], set[Coding]]:
        texts, codings = converted(self._done)
        in_tables = {at for table in self.tables for at in range(table.first, table.after)}
        lines = (_line(text, in_cell=at in in_tables) for at, text in enumerate(texts))
        return tuple(nfc(line)[:_LONGEST_PARAGRAPH].rstrip() for line in lines), codings

    @property
    def texts(self) -> tuple[str, ...]:
        """All paragraphs, once they are read."""
        return self._read[0]

    @property
    def content(self) -> Content:
        """All that was read."""
        return Content(
            paragraphs=self.texts,
            tables=tuple(self.tables),
            findings=self.findings,
            comments=tuple(self.comments),
            loose_comments=self.loose_comments,
            tracked=self.tracked,
            remarks=tuple((at, nfc(text.strip())) for at, text in self.remarks if text.strip() and not is_mark(text)),
            margins=tuple((place, nfc(text.strip())) for place, text in self.margins if text.strip()),
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be told of the fonts."""
        return tuple(Finding("TEP-21", facts={"coding": coding.value}) for coding in sorted(self._read[1]))


def _shows(run: Run) -> bool:
    return bool(run.text.strip().strip(SOFT_HYPHEN))


def _line(text: str, *, in_cell: bool) -> str:
    """Return a text with single blanks, but for what parts two figures in a cell of a table."""
    gaps = [gap[1] or "  " for gap in _BETWEEN_FIGURES.finditer(text)] if in_cell else []
    parts = _BETWEEN_FIGURES.sub("\0", text).split("\0") if gaps else [text]
    return "".join(" ".join(part.split()) + gap for part, gap in zip(parts, [*gaps, ""], strict=True))
