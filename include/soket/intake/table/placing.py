"""Which row each indicator has under a head, and what is wrong with the rows as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from soket.intake.table.done import RowWords, beside_name, has_figures, rows_below, settle
from soket.intake.table.grid import Grid, first_named
from soket.intake.table.header import Header, begins_another
from soket.intake.table.rows import Labels, RowFinder
from soket.intake.table.spans import Spans
from soket.intake.table.strange_names import strange_names
from soket.narrative.quantities.columns import Role
from soket.narrative.quantities.numbers import NotANumber, parse_number
from soket.plan.model import Indicator
from soket.plan.periods import head_of
from soket.reading.findings import Cell, Fact, Finding
from soket.text import fold, quoted

_REACH = 20  # columns around those of figures in which labels are looked for


@dataclass(frozen=True)
class PlacedRow:
    """One row of an indicator; `blank` where it has nothing under any year, `doubtful` where another may be meant."""

    index: int
    labels: Labels
    blank: bool
    said: RowWords | None = None  # beside the name; None where that isn't left of the figures
    doubtful: bool = False

    @property
    def named_at(self) -> int:
        """The row that the name stands in, at or above the one with the figures."""
        return self.said.index if self.said else self.index


@dataclass
class Placement:
    """The row of each indicator, the columns that labels stand in, and what is to be told."""

    label_columns: list[int]
    until: int  # the row after the last one that may be of this head
    rows: dict[str, PlacedRow] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)  # rows with figures of which nothing tells the indicator


def parts_of(
    grid: Grid, headers: list[Header], further: list[Header], finder: RowFinder
) -> list[tuple[Header, Placement]]:
    """Return the parts of a table, top down: the likeliest head that has rows, and each further one above or below it.

    A head may come again on each page, with other columns or with the years in another order.
    """
    first = next((each for each in headers if place_rows(grid, each, finder, grid.height).rows), None)
    chosen = [first] if first else []
    for header in further if first else ():
        apart = all(header.top > each.bottom or header.bottom < each.top for each in chosen)
        if apart and any(not row.blank for row in place_rows(grid, header, finder, grid.height).rows.values()):
            chosen.append(header)
    chosen.sort(key=lambda header: header.top)
    parts: list[tuple[Header, Placement]] = []
    tops = [*(header.top for header in chosen[1:]), grid.height]
    spans = Spans(grid, lambda row: finder.is_data(grid.lines[row]))
    for header, until in zip(chosen, tops, strict=False):
        placed = place_rows(grid, header, finder, until)
        before = {code: part for part in parts for code in part[1].rows}
        again = placed.rows.keys() & before.keys()
        if len(again) < len(before) or len(again) < len(placed.rows):  # else it is another table, as whole as this
            for code in sorted(again):
                _tell_apart(grid, finder.by_code[code], before[code], header, placed.rows.pop(code))
        if placed.rows and (not parts or placed.rows.keys() - before.keys()):
            _ask_of_unheaded(grid, spans, header, placed)
            _ask_of_strange_names(grid, finder, placed)
            parts.append((header, placed))
    return parts


def _ask_of_unheaded(grid: Grid, spans: Spans, header: Header, placed: Placement) -> None:
    """Leave rows unread that have figures in columns without a head: which of their figures is whose, nobody can tell.

    The cells of a row may have been moved to the right, or its figures broken at blanks.
    """
    columns = [*header.years.values()]
    notes = (column for column, said in header.columns.items() if any("ghi chu" in fold(text) for text in said.texts))
    aside = {*header.measure_columns, *notes}
    strays = []
    for code, row in placed.rows.items():
        others = spans.displaced(columns, aside, row.index)
        if found := others + spans.unheaded(header.top, header.bottom, [*columns, *others], row.index):
            placed.rows[code] = replace(row, doubtful=True)
            strays += [
                grid.place(row.index, column) for column in found if column in others or column not in header.columns
            ]
    if strays:
        placed.findings.append(Finding("BS-38", f"ô {first_named(strays)}"))


def _ask_of_strange_names(grid: Grid, finder: RowFinder, placed: Placement) -> None:
    """Leave rows unread that are named as something else than their code says."""
    said = {code: (row.labels, row.named_at) for code, row in placed.rows.items()}
    for code, shown in strange_names(grid, said, finder.by_code):
        row = placed.rows[code]
        facts: dict[str, Fact] = {"indicator": code, "name": finder.by_code[code].name, "found": quoted(shown)}
        placed.findings.append(Finding("BS-39", grid.row_name(row.named_at), facts))
        placed.rows[code] = replace(row, doubtful=True)


def _tell_apart(
    grid: Grid, indicator: Indicator, part: tuple[Header, Placement], header: Header, row: PlacedRow
) -> None:
    """Leave an indicator's row unread where a row under a further head says otherwise, and tell of both."""
    above, placed = part
    one = placed.rows[indicator.code]
    shared = above.years.keys() & header.years.keys()
    says = [(grid.cell(one.index, above.years[year]), grid.cell(row.index, header.years[year])) for year in shared]
    if not row.blank and any(here != there for here, there in says):
        placed.findings.append(_in_two_places(grid, indicator, one, row))
        placed.rows[indicator.code] = replace(one, doubtful=True)


def place_rows(grid: Grid, header: Header, finder: RowFinder, until: int) -> Placement:
    """Find the rows under a head; tell of doubles, unknown codes and labels that contradict each other."""
    below = (row for row in range(header.bottom + 1, until) if not finder.is_data(grid.lines[row]))
    until = next((row for row in below if begins_another(grid, header, row)), until)
    years = set(header.years.values())
    figures = years | {
        column for column, said in header.columns.items() if said.year is not None or said.role is Role.DERIVED
    }
    first = min(years)
    # Labels stand to the left of figures, as a rule.
    near = [column for column in range(first - _REACH, max(years) + _REACH) if 0 <= column < grid.width]
    order = sorted(set(near) - figures, key=lambda column: (column > first, column))
    placement = Placement(order, until)
    naming: set[int] = set()
    seen: set[int] = set()
    for year, column, another in header.doubled:
        one, other = grid.column_name(column), grid.column_name(another)
        placement.findings.append(Finding("BS-09", None, {"period": head_of(year), "one": one, "other": other}))
    for index in range(header.bottom + 1, until):
        labels = _labels_of(grid, header, finder, index, order, until)
        if labels.unknown and not labels.marked:
            placement.findings.append(Finding("BS-07", grid.row_name(index), {"found": labels.unknown}))
        if labels.indicator or labels.unknown:
            naming.add(index)
        if labels.indicator is not None:
            # A name that is merged over the whole table stands over the years, too, and is no figure.
            own = (column for column in years if grid.merged.get((index, column), (index, column))[1] not in order)
            under = [cell for column in own if (cell := grid.heading(index, column)) is not None]
            blank = not under or (labels.by_name_alone and _are_heads(under))
            said = beside_name(grid, header, index, labels.by, labels.indicator.name)
            _place(grid, placement, labels.indicator, PlacedRow(index, labels, blank, said))
    for code, row in placement.rows.items():
        if row.said:
            rows = rows_below(grid, header, row.said, naming, until, blank=row.blank)
            seen.update(each.index for each in rows)
            placement.rows[code] = _done(grid, placement, finder.by_code[code], row, row.said, rows)
    others = (index for index in range(header.bottom + 1, until) if index not in naming | seen)
    placement.nameless = [index for index in others if has_figures(grid, header, index)]
    for code, row in list(placement.rows.items()):
        if row.blank and row.labels.by_name_alone and row.index + 1 in placement.nameless:
            del placement.rows[code]  # the heading of a group, whose parts have names of their own
    return placement


def _are_heads(cells: Sequence[Cell]) -> bool:
    """Return whether cells are the heads of a list below a table, one of which is named as an indicator is."""
    words = {cell for cell in cells if isinstance(cell, str) and isinstance(parse_number(cell), NotANumber)}
    return len(words) == len(cells) > 1 and not any(map(str.isdigit, "".join(map(str, cells))))


def _labels_of(grid: Grid, header: Header, finder: RowFinder, index: int, columns: list[int], until: int) -> Labels:
    """Return what a row's labels say or, where that is nothing, what a name says that is broken over two rows."""
    own = [grid.cell(index, column) for column in columns]
    labels = finder.labels(own)
    if labels.indicator or labels.unknown or not has_figures(grid, header, index):
        return labels
    for other, is_above in ((index - 1, True), (index + 1, False)):
        if header.bottom < other < until and not has_figures(grid, header, other):
            rest = [grid.cell(other, column) for column in columns]
            if finder.labels(rest).indicator is None:
                pairs = zip(rest, own, strict=True) if is_above else zip(own, rest, strict=True)
                joined = [f"{one} {two}" for one, two in pairs if isinstance(one, str) and isinstance(two, str)]
                if (both := finder.labels(joined)).indicator:
                    return both
    return labels


def _done(
    grid: Grid, placement: Placement, indicator: Indicator, row: PlacedRow, said: RowWords, rows: list[RowWords]
) -> PlacedRow:
    """Return the row of what was done, of one that names an indicator and those below it; tell where none says so."""
    chosen, other = settle(said, rows, blank=row.blank)
    found = replace(row, index=chosen.index, blank=row.blank and chosen is said)
    if other:
        placement.findings.append(_in_two_places(grid, indicator, found, replace(row, index=other.index)))
    elif not found.blank and chosen.planned:
        facts: dict[str, Fact] = {"indicator": indicator.code, "name": indicator.name, "found": chosen.planned}
        placement.findings.append(Finding("BS-32", grid.row_name(found.index), facts))
    else:
        return found
    return replace(found, doubtful=True)


def _place(grid: Grid, placement: Placement, indicator: Indicator, row: PlacedRow) -> None:
    if other := row.labels.contradiction:
        code = "BS-24" if row.labels.marked else "BS-10"
        facts: dict[str, Fact] = {"indicator": indicator.code, "other": other.code, "name": other.name}
        placement.findings.append(Finding(code, grid.row_name(row.index), facts))
        row = replace(row, doubtful=True)
    before = placement.rows.get(indicator.code)
    if before and (one := _role(before)) and (another := _role(row)) and one is not another:
        placement.rows[indicator.code] = min(before, row, key=_role)  # both say what they are of
        return
    if before and before.labels.marked and row.labels.marked and before.labels.is_shown != row.labels.is_shown:
        # A row of the form that was copied for one of the unit's own has its hidden mark, too.
        placement.rows[indicator.code] = before if before.labels.is_shown else row
        return
    # A heading over a group may have the name of its total; the row with the figures is the one meant.
    if before is None or (before.blank and before.labels.by_name_alone and not row.blank):
        placement.rows[indicator.code] = row
    elif not (row.blank and row.labels.by_name_alone):
        placement.findings.append(_in_two_places(grid, indicator, before, row))
        placement.rows[indicator.code] = replace(before, doubtful=True)


def _role(row: PlacedRow) -> Role:
    return row.said.role if row.said else Role.UNSAID


def _in_two_places(grid: Grid, indicator: Indicator, one: PlacedRow, other: PlacedRow) -> Finding:
    places: dict[str, Fact] = {"one": grid.row_name(one.index), "other": grid.row_name(other.index)}
    named: dict[str, Fact] = {"indicator": indicator.code, "name": indicator.name}
    return Finding("BS-08", None, named | places)
