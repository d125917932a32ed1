"""Which column each year has by the hidden marks of our own form, and what its headings have become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from soket.intake.table.grid import Grid
from soket.intake.table.header import Header
from soket.narrative.columns import MARK, Role, heading_of
from soket.plan.periods import PeriodId


def marked_years(grid: Grid, years: Collection[PeriodId]) -> tuple[int, dict[PeriodId, list[int]]]:
    """Return the row of our form's hidden marks and the columns of each year by them; no columns without marks."""
    for row, cells in enumerate(grid.lines):
        found: defaultdict[PeriodId, list[int]] = defaultdict(list)
        for column, cell in enumerate(cells):
            mark = heading_of(cell) if isinstance(cell, str) and cell.startswith(MARK) else None
            if mark and mark.period is not None and mark.period in years:
                found[mark.period].append(column)
        if found:
            return row, found
    return 0, {}


def take_marks(
    header: Header, marks: dict[PeriodId, list[int]], years: Collection[PeriodId]
) -> Iterator[tuple[int, PeriodId, PeriodId]]:
    """Take the columns of years by our form's hidden marks into a head, unless its headings say otherwise of them.

    Yields columns that are headed as of another year: the column, its year by the mark, and that of its heading. A
    column copied for something of the unit's own has its mark, too, and one may have come to hold a part of the year.
    """
    for year, columns in marks.items():
        said = {column: _said_of(header, column, years) for column in columns}
        plain = [column for column in columns if said[column][1] in (Role.UNSAID, Role.ACTUAL)]
        fitting = [column for column in plain if said[column][0] in (None, year)]
        if fitting:
            column = next((each for each in fitting if said[each][0] == year), fitting[0])
        elif plain:
            column = plain[0]
            header.doubtful.add(year)
            yield column, year, said[column][0] or year
        else:
            continue
        header.years[year] = column
        header.elsewise.pop(year, None)
        header.doubled = [each for each in header.doubled if each[0] != year]


def _said_of(header: Header, column: int, years: Collection[PeriodId]) -> tuple[PeriodId | None, Role]:
    said = header.columns.get(column)
    return said.stands_for(years) if said else (None, Role.UNSAID)
