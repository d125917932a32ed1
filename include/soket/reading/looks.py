"""How a Word file looks: plain data that crosses from the reader's process to ours, as the screen would show it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class InTable:
    """Where in which table a paragraph stands, counted from 0 as they come."""

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class Lettering:
    """A stretch of letters set alike."""

    letters: int  # without blanks
    font: str
    size: float  # points
    bold: bool
    italic: bool
    underline: bool


@dataclass(frozen=True)
class LookedAt:
    """A paragraph: its text and how it is set; lengths in millimetres, spaces in points."""

    number: int  # among all paragraphs of the part, from 0
    text: str
    cell: InTable | None
    align: str  # "left", "center", "right", "both"
    indent: float
    before: float
    after: float
    line: float  # lines, or points where it is at least or exactly so much
    line_rule: str  # "auto", "atLeast", "exact"
    sets: tuple[Lettering, ...]
    keep_next: bool = False
    ruled: bool = False  # a line above or below it
    drawn: bool = False  # holds a drawing: a line, a picture


@dataclass(frozen=True)
class Numbered:
    """A page number's place."""

    top: bool
    of: str  # "default", "first", "even"
    align: str
    size: float


@dataclass(frozen=True)
class PageSet:
    """A section's page; lengths in millimetres."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    first_apart: bool  # the first page has a head and foot of its own
    starts: int | None  # the page number that it begins with
    begins: int  # the number of its first paragraph
    numbers: tuple[Numbered, ...]


@dataclass(frozen=True)
class TableHeld:
    """A table: what holds its rows together."""

    rows: int
    repeated: int  # rows at its top that each page repeats
    splitting: int  # rows that may be parted by a page's end
    bordered: bool
    first: int  # the number of its first paragraph


@dataclass(frozen=True)
class LaidOut:
    """A whole file."""

    paragraphs: tuple[LookedAt, ...]
    pages: tuple[PageSet, ...]
    tables: tuple[TableHeld, ...]

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> LaidOut:
        """Return what a reader said; raise TypeError or KeyError for nonsense."""
        return cls(
            tuple(
                LookedAt(
                    **each
                    | {"cell": InTable(**each["cell"]) if each["cell"] else None}
                    | {"sets": tuple(Lettering(**one) for one in each["sets"])}
                )
                for each in data["paragraphs"]
            ),
            tuple(
                PageSet(**each | {"numbers": tuple(Numbered(**one) for one in each["numbers"])})
                for each in data["pages"]
            ),
            tuple(TableHeld(**each) for each in data["tables"]),
        )
