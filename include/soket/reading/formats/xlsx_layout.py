"""How the cells of one sheet of an .xlsx are laid out: which are merged, which rows and columns nobody sees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from soket.reading.broken import whole
from soket.reading.findings import Area
from soket.reading.formats.cells import MOST_COLUMNS
from soket.reading.formats.xlsx_styles import in_groups, is_on
from soket.reading.guards.extent import column_number

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
"""A cell's name."""
_NOTHING = re.compile(r"0+(?:\.0*)?")


def merged_in(sheet: Element) -> Iterator[Area]:
    """Yield the merged areas, counted from 0 at A1."""
    for area in in_groups(sheet, "mergeCells", "mergeCell"):
        corners = [REFERENCE.fullmatch(each) for each in area.get("ref", "").split(":")]
        if len(corners) == 2 and (one := corners[0]) and (other := corners[1]):
            yield int(one[2]) - 1, column_number(one[1]) - 1, int(other[2]) - 1, column_number(other[1]) - 1


def hidden_columns_in(sheet: Element) -> Iterator[int]:
    """Yield the columns that are not shown, counted from 0."""
    for column in in_groups(sheet, "cols", "col"):
        if is_hidden(column, "width"):
            first, last = (whole(column.get(name, "1")) for name in ("min", "max"))
            yield from range(first - 1, min(last, MOST_COLUMNS))


def is_hidden(line: Element, size: str) -> bool:
    """Return whether a row or a column is hidden, or so low or narrow that nothing of it is left."""
    return is_on(line, "hidden") or _NOTHING.fullmatch(line.get(size, "")) is not None
