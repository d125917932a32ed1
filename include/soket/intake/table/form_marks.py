"""Which column each year has by the hidden marks of our own form, and what its headings have become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from itertools import takewhile

from soket.intake.table.grid import Grid
from soket.intake.table.header import Column, Header
from soket.narrative.quantities.columns import MARK, Role, heading_of
from soket.plan.period_words import Rare
from soket.plan.periods import PeriodId
from soket.text import quoted

_NEAR = 3  # rows below the marks in which headings stand


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


def head_by_marks(grid: Grid, row: int, is_data: Callable[[int], bool], rare: Rare) -> Header:
    """Return a head that names none of the years any more, with what stands under the row of marks over each column."""
    columns: defaultdict[int, Column] = defaultdict(Column)
    bottom = row
    for below in range(row + 1, min(row + _NEAR + 1, grid.height)):
        if is_data(below):
            break
        for column in range(grid.width):
            if heading := heading_of(grid.heading(below, column), rare):
                columns[column].add(heading)
                bottom = below
    return Header(row, bottom, dict(columns), rare=rare)


def take_marks(
    grid: Grid,
    header: Header,
    marks: dict[PeriodId, list[int]],
    years: Collection[PeriodId],
    is_data: Callable[[int], bool],
) -> Iterator[tuple[int, PeriodId, PeriodId | None]]:
    """Take the columns of years by our form's hidden marks into a head, unless its headings say otherwise of them.

    Yields columns that are headed as of another year: the column, its year by the mark, and that of its heading, None
    where it is headed as of a plan or of a part of the year. A column copied for something of the unit's own has its
    mark, too.
    """
    for year, columns in marks.items():
        if strange := _strange(grid, header, columns[0], is_data):
            header.doubtful.add(year)
            header.years[year] = columns[0]
            yield columns[0], year, strange
            continue
        said = {column: _said_of(header, column, years) for column in columns}
        plain = [column for column in columns if said[column][1] in (Role.UNSAID, Role.ACTUAL)]
        fitting = [column for column in plain if said[column][0] in (None, year)]
        if fitting:
            column = next((each for each in fitting if said[each][0] == year), fitting[0])
        elif plain:
            column = plain[0]
            header.doubtful.add(year)
            yield column, year, said[column][0] or year
        elif year in header.years:
            continue
        else:
            column = columns[0]
            header.doubtful.add(year)
            yield column, year, None
        header.years[year] = column
        header.elsewise.pop(year, None)
        header.doubled = [each for each in header.doubled if each[0] != year]


def _strange(grid: Grid, header: Header, column: int, is_data: Callable[[int], bool]) -> str:
    """Return what stands over a column where headings do, names a time and is not understood; '' for nothing.

    A heading that names none, "Kỳ gốc" say, is another name for the year of the mark.
    """
    if column in header.columns:
        return ""
    rows = takewhile(lambda row: not is_data(row), range(header.top, min(header.top + _NEAR + 1, grid.height)))
    cells = [grid.heading(row, column) for row in rows]
    texts = [cell for cell in cells if isinstance(cell, str) and not cell.startswith(MARK)]
    return quoted(texts[-1]) if texts and any(map(str.isdigit, texts[-1])) else ""


def _said_of(header: Header, column: int, years: Collection[PeriodId]) -> tuple[PeriodId | None, Role]:
    said = header.columns.get(column)
    return said.stands_for(years) if said else (None, Role.UNSAID)
