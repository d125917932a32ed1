"""The guard of sheets: how far apart their cells lie. Readers fill what is between; a few bytes can ask for much."""

from __future__ import annotations

import re
from xml.parsers import expat

from soket.intake.findings import FindingError

_MOST_AREA = 2_000_000  # cells between the first and the last used one
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_CONTENTS = {"v", "is", "f"}


class _Extent:
    """Follows a sheet's cells and keeps the bounds of those that hold something."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self.rows: tuple[int, int] | None = None
        self.columns: tuple[int, int] | None = None

    def element(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                # Rows and cells that do not say where they are follow the one before.
                self.row, self.column = int(attributes.get("r") or self.row + 1), 0
            case "c":
                if match := _REFERENCE.fullmatch(attributes.get("r", "")):
                    self.row, self.column = int(match[2]), column_number(match[1])
                else:
                    self.column += 1
            case content if content in _CONTENTS and self.column:
                self.rows = _with(self.rows, self.row)
                self.columns = _with(self.columns, self.column)

    @property
    def area(self) -> int:
        if self.rows is None or self.columns is None:
            return 0
        return (self.rows[1] - self.rows[0] + 1) * (self.columns[1] - self.columns[0] + 1)


def check_area(part: str, content: bytes) -> None:
    """Raise FindingError where a sheet's used cells span too much; `content` holds no declarations."""
    extent = _Extent()
    parser = expat.ParserCreate()
    parser.StartElementHandler = extent.element
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):
        raise FindingError("TEP-05") from None
    if extent.area > _MOST_AREA and extent.rows and extent.columns:
        sheet = part.rpartition("/")[2].removesuffix(".xml")
        raise FindingError("TEP-13", sheet=sheet, cell=f"{column_letters(extent.columns[1])}{extent.rows[1]}")


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
