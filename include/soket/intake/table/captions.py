"""Units of measure that are stated for several rows: above the table, in its head, over a group of rows, beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from soket.intake.table.grid import Grid
from soket.intake.table.header import Header
from soket.narrative.measures import Measure, parse_measure
from soket.text import fold

_CAPTION = re.compile(
    r"(?:^|[-–—:;,.(\[*]|\s{2,})\s*(?:đơn vị tính|đơn vị|đvt|đv tính|đv|don vi tinh|don vi|dvt|tính bằng|"
    r"tiền|số tiền|giá trị)\b[^:：()]{0,30}?\s*[:：;-]?\s*(?P<units>[^()\[\]]+)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]")
_NEXT = re.compile(r"(?<!\d)[;,/]|[;,/](?!\d)| và |[:：]")
# What the unit is of, before it: "tiền - triệu đồng".
_INTRODUCED = re.compile(
    r"\s*(?:(?:số tiền|tiền|giá trị|số lượng|khách|là|tính bằng|bằng)\b\s*[-–—]?\s*)+", re.IGNORECASE
)
_OF_WHICH = re.compile(r"^[-+*\s]*(?:trong do|gom|bao gom|chia ra)\b")
_NUMBERED = re.compile(r"^(?:[ivx]+|[a-z]|\d{1,2})[.)/]")
_LONGEST = 160  # characters of a caption
_ABOVE, _BELOW = 8, 6  # rows above the head, and below the last row, in which a caption is looked for


@dataclass(frozen=True)
class Stated:
    """A unit of measure and where it stands; `own` where it stands in the indicator's own row or cell."""

    measure: Measure
    place: str
    own: bool = False
    doubtful: bool = False  # whether it is meant for the row is not certain

    def in_doubt(self) -> Stated:
        """Return the same for rows of which it may not be meant."""
        return replace(self, doubtful=True)


def units_in(text: str) -> list[Measure]:
    """Return the units of measure that a line states with certainty: "(Đơn vị tính: triệu đồng; nghìn lượt)"."""
    line = " ".join(text.split())
    if len(line) > _LONGEST:
        return []
    said = [line, *(match["units"] for match in _CAPTION.finditer(text)), *_IN_BRACKETS.findall(line)]
    found: dict[tuple[int, str], Measure] = {}
    for part in (each for words in said for each in _NEXT.split(words)):
        measure = parse_measure(_INTRODUCED.sub("", part, count=1) if _INTRODUCED.match(part) else part)
        if measure and measure.certain and _is_a_unit(measure):
            found.setdefault((measure.scale, measure.base), measure)
    return list(found.values())


def _is_a_unit(measure: Measure) -> bool:
    """Return whether the words after a scale are few enough for a unit: "nghìn lượt khách", but no sentence."""
    return len(measure.base.split()) <= 3 and not any(letter.isdigit() for letter in measure.base)


def stated_for_all(grid: Grid, header: Header, after: int) -> list[Stated]:
    """Return the units of measure that the lines above, the heads of names or what stands beside the cells state.

    `after` is the row after the last of the indicators: notes follow there.
    """
    first, taken = min(header.years.values()), {column for column, said in header.columns.items() if said.year}
    found = []
    for row in (
        *range(max(0, header.top - _ABOVE), header.bottom + 1),
        *range(after, min(after + _BELOW, grid.height)),
    ):
        for column in set(range(grid.width)) - (taken if row >= header.top else set()):
            cell = grid.cell(row, column)
            # Beside the heads, and below the table, only words that say so speak of units.
            plainly = row < header.top or (row <= header.bottom and column < first)
            if isinstance(cell, str) and (plainly or _CAPTION.search(cell)):
                found += [Stated(measure, f"ô {grid.place(row, column)}") for measure in units_in(cell)]
    return found + [Stated(measure, place) for place, text in grid.asides for measure in units_in(text)]


class Groups:
    """The units of measure that rows without figures state for the rows below them."""

    def __init__(self, grid: Grid, header: Header, labels: Sequence[int], rows: Collection[int], until: int) -> None:
        self._grid, self._header, self._labels = grid, header, labels
        self._stated: dict[int, list[Stated]] = {}
        standing: list[tuple[str, Stated]] = []  # with the manner of the heading that states it
        for row in range(header.bottom + 1, until):
            if row in rows:
                self._stated[row] = [stated for _, stated in standing]
            elif (manner := self._manner(row)) is not None:
                said = list(self._units(row))
                bases = {each.measure.base for each in said}
                # A heading like the one that states a unit begins another group, of which nobody has said the unit.
                standing = [
                    (kind, each.in_doubt() if kind == manner else each)
                    for kind, each in standing
                    if each.measure.base not in bases
                ]
                standing += [(manner, each) for each in said]

    def over(self, row: int) -> list[Stated]:
        """Return what is stated for a row."""
        return self._stated.get(row, [])

    def _manner(self, row: int) -> str | None:
        """Return how the heading of a group is written; None for a row that is none."""
        if any(self._grid.cell(row, column) is not None for column in self._header.years.values()):
            return None
        texts = [text for column in self._labels if isinstance(text := self._grid.cell(row, column), str)]
        text = next((each for each in texts if any(map(str.isalpha, each))), None)
        if text is None or _OF_WHICH.match(fold(text)):
            return None
        numbered = _NUMBERED.match(fold(text))
        return f"{text.isupper()} {bool(numbered)}"

    def _units(self, row: int) -> Iterator[Stated]:
        for column in self._labels:
            cell = self._grid.cell(row, column)
            if not isinstance(cell, str):
                continue
            own = parse_measure(cell) if column in self._header.measure_columns else None
            for measure in [own] if own else units_in(cell):
                yield Stated(measure, f"ô {self._grid.place(row, column)}")
