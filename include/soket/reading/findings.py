"""What is found while a file is guarded and read: plain data that crosses from the reader's process to ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Fact = str | int | float
TOOK_TOO_MUCH = "TEP-14"
"""Of a file that takes more time or memory than a file may."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong: a code of the catalogue in `messages`, where, and the facts that its message names."""

    code: str
    place: str | None = None  # "ô D7"
    facts: dict[str, Fact] = field(default_factory=dict)


class FindingError(Exception):
    """A file cannot be read any further, for a reason a unit can act on."""

    def __init__(self, code: str, place: str | None = None, **facts: Fact) -> None:
        super().__init__(code)
        self.finding = Finding(code, place, facts)


@dataclass(frozen=True)
class Special:
    """A cell that is neither blank, text nor a plain number."""

    # "error", "uncached" (a formula never computed), "stale" (one to be computed anew), "percent", "date", "shown" (see
    # number_format)
    kind: str
    value: str | float = ""
    text: str = ""  # of a number whose format shows another: what is seen
    stored: float | None = None


@dataclass(frozen=True)
class Member:
    """One file in an archive, with its folders in its name; without its bytes where it is beyond the limits."""

    name: str
    size: int
    data: bytes | None


def members_of(said: Any, rest: memoryview) -> list[Member]:  # noqa: ANN401 - JSON
    """Return an archive's files as a reader told of them: names and sizes, and after them all their bytes."""
    members, at = [], 0
    for name, size, follows in said:
        members.append(Member(name, size, bytes(rest[at : at + size]) if follows else None))
        at += size if follows else 0
    return members


Cell = str | float | bool | Special | None

Area = tuple[int, int, int, int]
"""First row and column, last row and column."""


@dataclass(frozen=True)
class Layout:
    """What a sheet shows of its cells, all counted from 0 at the sheet's first cell."""

    merged: tuple[Area, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    hidden: bool = False  # the whole sheet
    asides: tuple[tuple[str, str], ...] = ()  # texts outside the cells: where, in Vietnamese, and what

    def to_data(self) -> list[Any]:
        """Return the layout as JSON holds it."""
        return [self.merged, self.hidden_rows, self.hidden_columns, self.hidden, self.asides]

    @classmethod
    def from_data(cls, data: list[Any]) -> Layout:
        """Return the layout that `to_data` wrote."""
        merged, rows, columns, hidden, asides = data
        said = tuple((place, text) for place, text in asides)
        return cls(_areas(merged), tuple(rows), tuple(columns), hidden, said)


@dataclass(frozen=True)
class Sheet:
    """The used part of one sheet; `row` and `column` (from 1) are where its first cell lies."""

    name: str
    row: int
    column: int
    cells: tuple[tuple[Cell, ...], ...]
    layout: Layout = Layout()


Row = tuple[tuple[int, int, int], ...]
"""The cells of a row: the column each begins in, from 0, and the first of its paragraphs and the one after its last."""


@dataclass(frozen=True)
class Table:
    """Where a table lies among a document's paragraphs; one in a cell of another, but a frame's, is part of it."""

    first: int
    after: int
    rows: tuple[Row, ...]
    merged: tuple[Area, ...] = ()  # counted from 0 at the table's first cell
    counted: bool = False  # columns are a count of cells alone: how wide one is isn't known


@dataclass(frozen=True)
class Answered:
    """What a unit wrote beside the lines of a slip of ours, or of the sheet of faults in its own workbook."""

    slip: str  # the unit's and submission's: see soket.reading.marks
    lines: tuple[tuple[int, str], ...]  # number of the line, and what was answered
    whole: bool = False  # the file is the slip, and nothing else


@dataclass(frozen=True)
class Content:
    """What a reader got out of one file."""

    paragraphs: tuple[str, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    scan: str | None = None  # of a scan, what it seems to say: for search, never for the report
    trouble: str = ""  # what a library failed with, for our log
    tables: tuple[Table, ...] = ()  # of a document
    comments: tuple[int, ...] = ()  # beside which paragraphs people left some
    loose_comments: int = 0  # that stand beside nothing any more, and are in the file all the same
    tracked: int = 0  # changes that nobody has accepted or refused
    answered: Answered | None = None  # of a slip, or a sheet of faults, that came back
    remarks: tuple[tuple[int, str], ...] = ()  # beside which paragraphs people left some, and what they say
    margins: tuple[tuple[str, str], ...] = ()  # of a document's pages: where, in Vietnamese, and what

    @property
    def is_slip(self) -> bool:
        """Whether the file is a slip of ours, and nothing else."""
        return self.answered is not None and self.answered.whole

    def to_data(self) -> dict[str, Any]:
        """Return the content as JSON holds it."""
        return {
            "paragraphs": self.paragraphs,
            "tables": [[table.first, table.after, table.rows, table.merged, table.counted] for table in self.tables],
            "sheets": [_sheet_to_data(sheet) for sheet in self.sheets],
            "findings": [[finding.code, finding.place, finding.facts] for finding in self.findings],
            "scan": self.scan,
            "trouble": self.trouble,
            "comments": self.comments,
            "loose_comments": self.loose_comments,
            "tracked": self.tracked,
            "remarks": self.remarks,
            "margins": self.margins,
            "answered": self.answered and [self.answered.slip, self.answered.lines, self.answered.whole],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Content:
        """Return the content that `to_data` wrote."""
        return cls(
            paragraphs=tuple(data["paragraphs"]),
            tables=tuple(
                Table(first, after, tuple(_triples(row) for row in rows), _areas(merged), counted)
                for first, after, rows, merged, counted in data["tables"]
            ),
            sheets=tuple(_sheet_from_data(*sheet) for sheet in data["sheets"]),
            findings=tuple(Finding(code, place, facts) for code, place, facts in data["findings"]),
            scan=data["scan"],
            trouble=data["trouble"],
            comments=tuple(data["comments"]),
            loose_comments=data["loose_comments"],
            tracked=data["tracked"],
            answered=_answered_from_data(*data["answered"]) if data["answered"] else None,
            remarks=tuple((at, text) for at, text in data["remarks"]),
            margins=tuple((place, text) for place, text in data["margins"]),
        )


def _triples(row: list[Any]) -> Row:
    return tuple((column, start, end) for column, start, end in row)


def _areas(merged: list[Any]) -> tuple[Area, ...]:
    return tuple((top, left, bottom, right) for top, left, bottom, right in merged)


def _answered_from_data(slip: str, lines: list[Any], whole: bool) -> Answered:
    return Answered(slip, tuple((number, text) for number, text in lines), whole)


def _sheet_to_data(sheet: Sheet) -> list[Any]:
    cells = [[_cell_to_data(cell) for cell in row] for row in sheet.cells]
    return [sheet.name, sheet.row, sheet.column, cells, sheet.layout.to_data()]


def _sheet_from_data(name: str, row: int, column: int, cells: list[list[Any]], layout: list[Any]) -> Sheet:
    read = tuple(tuple(_cell_from_data(cell) for cell in line) for line in cells)
    return Sheet(name, row, column, read, Layout.from_data(layout))


def _cell_to_data(cell: Cell) -> object:
    return [cell.kind, cell.value, cell.text, cell.stored] if isinstance(cell, Special) else cell


def _cell_from_data(cell: Any) -> Cell:  # noqa: ANN401 - JSON
    return Special(*cell) if isinstance(cell, list) else cell
