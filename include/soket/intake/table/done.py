"""Which of an indicator's rows holds what was done: by what they say beside its name, and by rows below without one."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from soket.intake.table.grid import Grid
from soket.intake.table.header import Header
from soket.intake.table.spans import is_number
from soket.narrative.quantities.columns import SIGNS, Role, heading_of, is_all_of_it
from soket.narrative.quantities.measures import parse_measure
from soket.reading.findings import Special
from soket.text import fold

_REACHED = "dat"  # a figure or a share of what was planned: which, it doesn't say
_BUDGET = frozenset(["du toan", "dt"])  # what is allotted is planned, and yet the figure of an allotment
_IN_BRACKETS = re.compile(r"\(([^()]+)\)[\s.:;,]*$")


@dataclass(frozen=True)
class RowWords:
    """What a row says between an indicator's name, or where that would stand, and the figures."""

    index: int
    name_at: int  # the name's column
    words: dict[int, str]  # by column
    role: Role

    @property
    def beside(self) -> set[int]:
        """The columns of its words, other than the name's."""
        return self.words.keys() - {self.name_at}

    @property
    def planned(self) -> str | None:
        """The words that make the row one of a plan, where they can mean nothing else."""
        found = (word for word in self.words.values() if _role_of(word) is Role.PLAN)
        return next((word for word in found if fold(word).strip(SIGNS) not in _BUDGET), None)


def beside_name(grid: Grid, header: Header, index: int, name: str | None, known_as: str) -> RowWords | None:
    """Return what an indicator's row says beside its name; None where that isn't left of the figures.

    `name` is as the row has it, `known_as` as the plan does.
    """
    columns = range(min(header.years.values()))
    name_at = next((column for column in columns if name and grid.cell(index, column) == name), None)
    if name is None or name_at is None:
        return None
    words = _words(grid, header, index, name_at + 1)
    # Brackets that the plan's own name has make no other row of it.
    if (match := _IN_BRACKETS.search(name)) and fold(match[1]) not in fold(known_as) and _role_of(match[1]):
        words[name_at] = match[1]
    return _of(index, name_at, words)


def rows_below(
    grid: Grid, header: Header, named: RowWords, naming: Collection[int], until: int, *, blank: bool
) -> list[RowWords]:
    """Return the rows with figures below one that has a name, up to the first that has another.

    Under a name without figures of its own, "Tổng số" at once below it is that name's.
    """
    found = []
    for row in range(named.index + 1, until):
        words, full = _words(grid, header, row, 0), has_figures(grid, header, row)
        names = [word for column, word in words.items() if column <= named.name_at]
        is_total = blank and row == named.index + 1 and all(is_all_of_it(word) for word in names)
        if row in naming or not (words or full) or not (is_total or all(map(_is_no_name, names))):
            break
        if is_number(grid.cell(row, named.name_at)):  # the columns' own numbers
            break
        shares = not words and _are_shares(grid, header, row) and not _are_shares(grid, header, named.index)
        if full and not shares:
            found.append(_of(row, named.name_at, words))
    return found


def settle(named: RowWords, rows: Sequence[RowWords], *, blank: bool) -> tuple[RowWords, RowWords | None]:
    """Return the row to read, and another that may be meant as well: which of them is to be asked.

    `named` has the name, and no figures where it is `blank`; `rows` are below it.
    """
    done = [each for each in (*([] if blank else [named]), *rows) if each.role is Role.ACTUAL]
    if len(done) > 1:
        return done[0], done[1]
    if done and (blank or done[0] is named or done[0].beside & named.beside):
        return done[0], None
    doubts = done or [each for each in rows if each.role is Role.UNSAID]
    if not (done or named.planned or named.role is Role.PARTIAL):
        # Parts of a figure are told apart in one column; the figure itself may say nothing there.
        doubts = [each for each in doubts if not each.beside or each.beside & named.beside]
    return named, None if blank else next(iter(doubts), None)


def _words(grid: Grid, header: Header, row: int, start: int) -> dict[int, str]:
    """Return the words of a row left of the figures, by column, without units of measure."""
    found = {}
    for column in range(start, min(header.years.values())):
        cell, head = grid.cell(row, column), header.columns.get(column)
        if column in header.measure_columns or (head and head.year) or not isinstance(cell, str):
            continue
        # "Tỷ lệ %" is a unit, and a row beside the one of the figures, too.
        measured = (measure := parse_measure(cell)) and measure.certain and _role_of(cell) is not Role.DERIVED
        if any(map(str.isalpha, cell)) and not measured:
            found[column] = cell
    return found


def _of(index: int, name_at: int, words: dict[int, str]) -> RowWords:
    return RowWords(index, name_at, words, max(map(_role_of, words.values()), default=Role.UNSAID))


def _role_of(words: str) -> Role:
    if is_all_of_it(words):
        return Role.ACTUAL
    heading = heading_of(words)
    return heading.role if heading and fold(words).strip(SIGNS) != _REACHED else Role.UNSAID


def _is_no_name(words: str) -> bool:
    """Return whether words where a name would stand are none: they tell what of the name above a row holds."""
    if fold(words).strip(SIGNS) == _REACHED:
        return True
    return not is_all_of_it(words) and _role_of(words) is not Role.UNSAID


def has_figures(grid: Grid, header: Header, row: int) -> bool:
    """Return whether a row holds figures under most years."""
    cells = [grid.cell(row, column) for column in header.years.values()]
    figures = [
        cell
        for cell in cells
        if isinstance(cell, float | Special) or (isinstance(cell, str) and cell.strip()[:1].isdigit())
    ]
    return 2 * len(figures) >= len(cells)


def _are_shares(grid: Grid, header: Header, row: int) -> bool:
    cells = [cell for column in header.years.values() if (cell := grid.cell(row, column)) is not None]
    return all(
        cell.kind == "percent" if isinstance(cell, Special) else isinstance(cell, str) and cell.strip().endswith("%")
        for cell in cells
    )
