"""What headings stand over without being merged: the columns of figures beside their own that nothing else heads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise, takewhile

from soket.intake.table.grid import Grid
from soket.narrative.quantities.columns import ColumnHead
from soket.narrative.quantities.numbers import Ambiguous, Number, parse_number
from soket.reading.findings import Cell, Special

MOST_TEXTS = 3
"""How many texts a row with a title or a note has at most; more head columns, or are a table's."""

_MOST = 0.75  # of the rows in which a heading's own column has figures: in as many has one that it stands over, too
_NEAR = 2  # rows around a head in which a column may have a head of its own


class Spans:
    """Knows how far the headings of one sheet reach; `is_data` knows rows of indicators."""

    def __init__(self, grid: Grid, is_data: Callable[[int], bool]) -> None:
        self._grid = grid
        self._is_data = is_data

    def spread(
        self, found: Mapping[int, ColumnHead], below: Mapping[int, ColumnHead], row: int
    ) -> dict[int, ColumnHead]:
        """Return a row's headings, each over the blank cells beside it that it stands over; `below` are the next row's.

        They stand over what is right of them or, where figures begin left of the first year, over what is left.
        """
        times = [column for column, heading in found.items() if _names_a_time(heading)]
        if not times:
            return {**found, **{at: found[of] for at, of in self._reach(found, below, row, 1).items()}}
        right, left = self._reach(found, below, row, 1), self._reach(found, {}, row, -1)
        between = [*right.values()]
        widest = max((between.count(time) for time in times if time != max(times)), default=self._grid.width)
        leads = 0 < sum(column < min(times) for column in left) <= widest
        trailing = [column for column in right if column > max(times)]
        if len(trailing) > widest and not self._has_text_below(row, max(times)):
            for column in trailing:  # what is there in addition to as many columns as a year has is not the last one's
                del right[column]
        spread = dict(found)
        for column in {*right, *(left if leads else ())}:
            one, other = right.get(column), left.get(column) if leads else None
            if one is None or (other is not None and not (trailing and column - one <= other - column)):
                one = other
            if one is not None:
                spread[column] = found[one]
        return spread

    def unheaded(self, top: int, bottom: int, columns: Iterable[int], row: int) -> list[int]:
        """Return the columns at once right of some in which a row holds numbers and nothing stands in the head."""
        found: list[int] = []
        for column in columns:
            at = column + 1
            while at < self._grid.width and self._is_stray(top, bottom, column, row, at):
                found.append(at)
                at += 1
        return found

    def displaced(self, columns: Sequence[int], others: Collection[int], row: int) -> list[int]:
        """Return the columns at once beside some in which a row holds a number, where it lacks one in theirs.

        `others` are those of units of measure and of notes, where none belongs.
        """
        lacks = any(self._grid.heading(row, column) is None for column in columns)
        beside = {min(columns) - 1, max(columns) + 1} & set(others) if lacks else set()
        return [column for column in sorted(beside) if is_number(self._grid.cell(row, column))]

    def _is_stray(self, top: int, bottom: int, beside: int, row: int, column: int) -> bool:
        headed = any(self._grid.heading(each, column) is not None for each in range(top, bottom + 1))
        return not headed and is_number(self._grid.cell(row, column)) and self._is_bare(bottom, column, beside)

    def _reach(
        self, found: Mapping[int, ColumnHead], below: Mapping[int, ColumnHead], row: int, step: int
    ) -> dict[int, int]:
        """Return the blank cells in a row beside headings that these may stand over, each with the heading's column."""
        over: dict[int, int] = {}
        for column in range(self._grid.width)[::step]:
            of = over.get(column - step, column - step)
            if of not in found or self._is_merged_across(row, of) or self._grid.heading(row, column) is not None:
                continue
            under = below.get(column)
            if under is not None and (found[of].year is None) != (under.year is None):
                over[column] = of  # a year over roles, or a role over years
            elif _names_a_time(found[of]) and self._is_full(column, of, row) and self._is_bare(row, column, of):
                over[column] = of
        return over

    def _is_merged_across(self, row: int, column: int) -> bool:
        area = self._grid.merged.get((row, column))
        return area is not None and area[1] != area[3]

    @cached_property
    def _rows(self) -> list[int]:
        return [row for row in range(self._grid.height) if self._is_data(row)]

    @cached_property
    def _figures(self) -> dict[int, dict[int, Cell]]:
        """The numbers in rows of indicators, by column and row."""
        found: dict[int, dict[int, Cell]] = {}
        for row in self._rows:
            for column, cell in enumerate(self._grid.lines[row]):
                if is_number(cell):
                    found.setdefault(column, {})[row] = cell
        return found

    def _is_full(self, column: int, beside: int, above: int) -> bool:
        """Return whether a column holds figures in most rows below one in which another does."""
        mine, others = ([row for row in self._figures.get(at, ()) if row > above] for at in (column, beside))
        return bool(mine) and len(mine) >= _MOST * len(others) and not self._is_of_row_numbers(column)

    def _is_of_row_numbers(self, column: int) -> bool:
        cells = [*self._figures[column].values()]
        return len(cells) > 1 and all(
            isinstance(one, float) and isinstance(other, float) and one + 1 == other for one, other in pairwise(cells)
        )

    def _is_bare(self, row: int, column: int, beside: int) -> bool:
        """Return whether nothing heads a column near a row that heads another, and not this.

        A row of sub-heads has one for each; what is over or below one alone is that column's own head.
        """
        above = (each for each in range(max(row - _NEAR, 0), row) if self._is_of_heads(each))
        if any(isinstance(self._grid.cell(each, column), str) for each in above):
            return False
        return self._has_text_below(row, beside) or not self._has_text_below(row, column)

    def _has_text_below(self, row: int, column: int) -> bool:
        rows = takewhile(lambda each: not self._is_data(each), range(row + 1, min(row + 1 + _NEAR, self._grid.height)))
        return any(isinstance(self._grid.heading(each, column), str) for each in rows)

    def _is_of_heads(self, row: int) -> bool:
        return sum(isinstance(cell, str) for cell in self._grid.lines[row]) > MOST_TEXTS


def is_number(cell: Cell) -> bool:
    """Return whether a cell holds a number, however it is written or shown."""
    if isinstance(cell, str):
        return isinstance(parse_number(cell), Number | Ambiguous)
    return isinstance(cell, float | Special)


def _names_a_time(heading: ColumnHead) -> bool:
    return heading.year is not None or heading.part is not None
