"""The guard of sheets: how far apart their cells lie, and how many hold something.

Readers fill what is between two cells; a few bytes can ask for much.
"""

from __future__ import annotations

import re
from typing import Protocol
from xml.parsers import expat

from soket.reading.broken import whole
from soket.reading.findings import FindingError

MOST_AREA = 600_000  # cells between the first and the last used one of a sheet
MOST_CELLS = 60_000  # cells of a file that hold something
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_CONTENTS = {"v", "is", "f"}


class Extent:
    """The bounds of the cells that hold something."""

    def __init__(self) -> None:
        self.rows: tuple[int, int] | None = None
        self.columns: tuple[int, int] | None = None

    def hold(self, row: int, column: int) -> None:
        """Take in a cell that holds something."""
        self.rows = _with(self.rows, row)
        self.columns = _with(self.columns, column)

    @property
    def area(self) -> int:
        """How many cells lie between the bounds."""
        if self.rows is None or self.columns is None:
            return 0
        return (self.rows[1] - self.rows[0] + 1) * (self.columns[1] - self.columns[0] + 1)

    def check(self, sheet: str) -> None:
        """Raise FindingError where the bounds are too far apart."""
        if self.area > MOST_AREA and self.rows and self.columns:
            raise FindingError("TEP-13", sheet=sheet, cell=f"{column_letters(self.columns[1])}{self.rows[1]}")


class _Follower(Protocol):
    cells: int

    def element(self, name: str, attributes: dict[str, str]) -> None: ...

    def end(self) -> None: ...


class _Sheet:
    """Follows the cells of a sheet in .xlsx."""

    def __init__(self, part: str) -> None:
        self._name = part.rpartition("/")[2].removesuffix(".xml")
        self._extent = Extent()
        self._row = self._column = 0
        self.cells = 0

    def element(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                # Rows and cells that do not say where they are follow the one before.
                self._row, self._column = whole(attributes.get("r") or str(self._row + 1)), 0
            case "c":
                self.cells += 1
                self._move_to(attributes.get("r", ""))
            case content if content in _CONTENTS and self._column:
                self._extent.hold(self._row, self._column)

    def _move_to(self, reference: str) -> None:
        if not reference:
            self._column += 1
        elif match := _REFERENCE.fullmatch(reference):
            self._row, self._column = int(match[2]), column_number(match[1])
        else:
            # A reader may take it for a place all the same, and for a far one.
            raise FindingError("TEP-05")

    def end(self) -> None:
        self._extent.check(self._name)


class _OpenSheets:
    """Follows the cells of all sheets in .ods, where one element may stand for many cells."""

    def __init__(self) -> None:
        self._name = ""
        self._extent = Extent()
        self._row = self._rows = self._column = self._columns = 0
        self.cells = 0

    def element(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "table":
                self.end()
                self._name, self._extent = attributes.get("table:name", ""), Extent()
                self._row = self._rows = 0
            case "table-row":
                self._row, self._rows = self._row + self._rows, _repeated(attributes, "rows")
                self._column = self._columns = 0
            case "table-cell" | "covered-table-cell":
                self._column, self._columns = self._column + self._columns, _repeated(attributes, "columns")
                if any(key.endswith((":value-type", ":formula")) for key in attributes):
                    self._hold()
            case "p" if self._columns:
                self._hold()

    def _hold(self) -> None:
        self._extent.hold(self._row + 1, self._column + 1)
        self._extent.hold(self._row + self._rows, self._column + self._columns)
        self.cells += self._rows * self._columns

    def end(self) -> None:
        self._extent.check(self._name)


def _repeated(attributes: dict[str, str], what: str) -> int:
    return max(whole(attributes.get(f"table:number-{what}-repeated", "1")), 1)


def check_area(part: str, content: bytes) -> int:
    """Return how many cells a sheet of .xlsx has; raise FindingError where those that are used span too much."""
    return _follow(_Sheet(part), content)


def check_open_area(content: bytes) -> None:
    """Raise FindingError where a sheet of .ods spans too much, or all together hold too much."""
    check_cells(_follow(_OpenSheets(), content))


def check_cells(count: int) -> None:
    """Raise FindingError where a workbook holds more than any report does."""
    if count > MOST_CELLS:
        raise FindingError("TEP-29", count=count, limit=MOST_CELLS)


def _follow(follower: _Follower, content: bytes) -> int:
    """Show a follower every element; `content` holds no declarations."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = follower.element
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise FindingError("TEP-05") from None
    follower.end()
    return follower.cells


def _with(bounds: tuple[int, int] | None, number: int) -> tuple[int, int]:
    return (min(bounds[0], number), max(bounds[1], number)) if bounds else (number, number)


def column_number(letters: str) -> int:
    """Return the number of a column's letters: A is 1, AB is 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return a column's letters: 1 is A, 28 is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
