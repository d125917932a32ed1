"""Reads one form's table off a sheet, whichever way it lies: its head, its rows, and each cell of a year."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from soket.faults import fault, fault_of
from soket.intake.table.captions import Groups, Stated, stated_by, stated_for_all
from soket.intake.table.cells import LONGEST_QUOTE, Reading, Value, read_cell, serials_in, without_estimate
from soket.intake.table.conversions import Conversions, Unit, stated_in_row, told_of_shares
from soket.intake.table.dots import Dots
from soket.intake.table.form_marks import head_by_marks, marked_years, take_marks
from soket.intake.table.form_table import FormTable
from soket.intake.table.grid import Grid, first_named
from soket.intake.table.header import Header, find_headers
from soket.intake.table.partial_years import partial_years
from soket.intake.table.placing import PlacedRow, Placement, parts_of
from soket.intake.table.planned_titles import planned_by
from soket.intake.table.rounding import note_rounding
from soket.intake.table.row_notes import Units, notes_of
from soket.intake.table.rows import RowFinder
from soket.narrative.quantities.numbers import NoFigure
from soket.plan.model import Indicator, IndicatorForm
from soket.plan.periods import PeriodId, head_of, rare_kinds, say_period, say_periods
from soket.reading.findings import Fact, Finding
from soket.text import format_exactly, quoted

# Remarks that are made once for a table, on all cells that they are on.
_TOGETHER = {"SL-11", "SL-13", "SL-14", "SL-20"}


@dataclass
class TableReader:
    """Reads one sheet lying one way."""

    form: IndicatorForm
    table: FormTable
    grid: Grid
    conversions: Conversions = field(init=False)
    finder: RowFinder = field(init=False)
    shares: dict[str, list[tuple[PeriodId, bool]]] = field(default_factory=dict)
    seen: dict[tuple[str, PeriodId], float] = field(default_factory=dict)  # figures as they are written
    dots: Dots = field(default_factory=Dots)
    remarks: dict[str, list[tuple[str, Finding]]] = field(default_factory=dict)  # by code: cells, and what of them

    def __post_init__(self) -> None:
        self.conversions = Conversions(self.form.indicators)
        self.finder = RowFinder(self.form)

    def read(self) -> FormTable | None:
        """Return the table; None where the sheet holds none."""
        named = self._naming_years()
        parts = parts_of(self.grid, self._marked(self._likely(named)), named, self.finder)
        for header, placed in parts:
            for finding in placed.findings:
                self._tell(finding)
            self._read_rows(header, placed)
        if not parts:
            return None
        self.table.planned_by = next(filter(None, (planned_by(self.grid, header) for header, _ in parts)), "")
        if not self.grid.is_turned:
            self.table.rows = tuple(range(header.top, placed.until) for header, placed in parts)
        for finding in (*self.conversions.findings(self.form.indicators), *self.dots.leave_open(self.table)):
            self._tell(finding)
        for code, remarks in self.remarks.items():
            cells = [cell for cell, _ in remarks]
            at = f" (như ở ô {cells[0]})" if len(cells) > 1 else ""
            self._fault(code, f"ô {first_named(cells)}", at=at, **remarks[0][1].facts)
        self.table.nameless = [self.grid.row_name(row) for _, placed in parts for row in placed.nameless]
        self._missing(parts)
        for header, placed in parts:
            self._hidden(placed.rows, header)
        return self.table

    def headers(self) -> list[Header]:
        """Return what may be the table's head, the likeliest first."""
        return self._likely(self._naming_years())

    def _naming_years(self) -> list[Header]:
        """Return all heads, also those that name but a few of the years."""
        return find_headers(self.grid, self.form.years, self._is_data)

    def years_named(self) -> set[PeriodId]:
        """Return the years that the likeliest head names, however few."""
        return set().union(*(each.years for each in self._naming_years()[:1]))

    def _is_data(self, row: int) -> bool:
        return self.finder.is_data(self.grid.lines[row])

    def _likely(self, found: list[Header]) -> list[Header]:
        return [each for each in found if 2 * len(each.years) >= len(self.form.years)]

    def indicator_rows(self) -> list[int]:
        """Return the rows that some indicator's code or name stands in."""
        return [row for row, cells in enumerate(self.grid.lines) if self.finder.is_data(cells)]

    def _marked(self, found: list[Header]) -> list[Header]:
        """Return the heads to try: hidden marks of our form outweigh what its headings have become."""
        row, marks = marked_years(self.grid, self.form.years)
        if not marks:
            return found
        header = found[0] if found else head_by_marks(self.grid, row, self._is_data, rare_kinds(self.form.years))
        for column, year, shown in take_marks(self.grid, header, marks, self.form.years, self._is_data):
            place = self.grid.column_name(column)
            if shown is None:
                self._only_in_part(place, year, " ".join(header.columns[column].texts))
            else:
                self._fault("BS-26", place, found=shown, period=say_period(year))
        return [header]

    def _read_rows(self, header: Header, placed: Placement) -> None:
        rows = placed.rows
        after = max(row.index for row in rows.values()) + 1
        general = stated_for_all(self.grid, header, after)
        partial = partial_years(self.grid, header, after)
        for year, said in partial.items():
            self._only_in_part(said.place, year, said.text)
        # Which of two columns or rows is meant, and whether a note is right that a year is not whole, is asked.
        unsure = {year for year, _, _ in header.doubled} | header.doubtful | set(partial)
        indices = {each for row in rows.values() for each in (row.index, row.named_at)}
        groups = Groups(self.grid, header, placed.label_columns, indices, placed.until)
        for indicator in self.form.indicators:
            if row := rows.get(indicator.code):
                wanted = self.conversions.wanted[indicator.code]
                labels = placed.label_columns
                own = stated_in_row(self.grid, row, labels, header, wanted)
                notes = notes_of(self.grid, header, row.index, after, labels, indicator, wanted)
                for period, told in notes.parts.items():
                    self._only_in_part(told.place, period, told.text)
                for finding in notes.findings:
                    self._tell(finding)
                open_years = set(header.years) if row.doubtful else {*unsure, *notes.parts, *notes.doubtful}
                units = Units(own, notes, [*groups.over(row.index), *general])
                self._read_row(indicator, row, header, units, open_years)

    def _read_row(
        self,
        indicator: Indicator,
        row: PlacedRow,
        header: Header,
        units: Units,
        unsure: Collection[PeriodId],
    ) -> None:
        for year, column in header.years.items():
            if year in unsure:
                self.table.leave((indicator.code, year), self.grid.place(row.index, column))
                continue
            stated = list(units.general)
            if said := header.columns.get(column):
                stated += stated_by(said, self.grid.column_name(column))
            unit = self.conversions.settle(indicator, [*units.own, *units.notes.units_of(year)], stated)
            self._read_cell(indicator, year, row.index, column, unit)
        note_rounding(self.grid, self.table, self.seen, header, row.index, indicator.code)
        # A count has no decimals that could have become a day.
        years = header.years if indicator.type != "integer" else {}
        numbers = {year: self.grid.cell(row.index, column) for year, column in years.items()}
        for year, finding in serials_in({year: each for year, each in numbers.items() if isinstance(each, float)}):
            self.table.leave((indicator.code, year), place := self.grid.place(row.index, header.years[year]))
            self._fault(finding.code, f"ô {place}", **finding.facts)
        for finding in told_of_shares(indicator, self.table, self.shares.get(indicator.code, [])):
            self._tell(finding)

    def _read_cell(
        self,
        indicator: Indicator,
        year: PeriodId,
        row: int,
        column: int,
        unit: Unit,
    ) -> None:
        name, at = self.grid.place(row, column), (indicator.code, year)
        whole = indicator.type == "integer" and not isinstance(unit, Stated)
        reading = self._reading(indicator, row, column, whole=whole, ends=year == self.form.years[-1])
        unit = self.conversions.fitting(indicator, unit, reading)
        self.dots.note(indicator, year, name, self.grid.cell(row, column), reading)
        value: float | None = None
        match reading:
            case Value(measure=None) if isinstance(unit, Finding):
                self.table.unread.add(at)
                self._tell(unit)
            case Value(number, measure):
                value = self.seen[at] = number
                if measure:
                    value = measure.convert(number, self.conversions.wanted[indicator.code])
                elif isinstance(unit, Stated):
                    value = self.conversions.convert(indicator, unit, number, name)
                if reading.told and reading.told.code in _TOGETHER:
                    self.remarks.setdefault(reading.told.code, []).append((name, reading.told))
                elif reading.told:
                    self._fault(reading.told.code, f"ô {name}", **reading.told.facts)
                if number:
                    self.shares.setdefault(indicator.code, []).append((year, reading.share))
            case NoFigure():
                self.table.declared.add(at)
            case Finding(code, place, facts):
                self.table.unread.add(at)
                self._tell(Finding(code, place or f"ô {name}", facts))
        self.table.note(at, value, name)

    def _reading(self, indicator: Indicator, row: int, column: int, *, whole: bool, ends: bool) -> Reading:
        area = self.grid.merged.get((row, column))
        if area and area[:2] != area[2:]:
            shared = self.grid.heading(row, column)
            shown = format_exactly(shared) if isinstance(shared, float) else str(shared)
            if shared is not None:
                return Finding("BS-14", f"ô {self.grid.area_name(area)}", {"found": quoted(shown, LONGEST_QUOTE)})
        cell = self.grid.figure(row, column)
        cell, wanted = without_estimate(cell) if ends else cell, self.conversions.wanted[indicator.code]
        return read_cell(cell, wanted, whole=whole, flow=indicator.nature == "flow")

    def _missing(self, parts: list[tuple[Header, Placement]]) -> None:
        for header, _ in parts:
            self._missing_years(header)
        for indicator in self.form.indicators:
            gaps = [year for year in self.form.years if (indicator.code, year) in self.table.declared]
            if gaps and indicator.required:
                cells = ", ".join(self.table.figures[indicator.code, year].cell for year in gaps)
                named = {"indicator": indicator.code, "name": indicator.name}
                self._fault("BS-06", f"ô {cells}", **named, years=say_periods(gaps))

    def _missing_years(self, header: Header) -> None:
        absent = [year for year in self.form.years if year not in header.years]
        planned = [year for year in absent if year in header.elsewise]
        for year in planned:
            column = header.elsewise[year]
            shown = " ".join(header.columns[column].texts)
            self._only_in_part(self.grid.column_name(column), year, shown)
        if other := [year for year in absent if year not in planned]:
            self._fault("BS-03", None, years=say_periods(other))

    def _only_in_part(self, place: str, year: PeriodId, shown: str) -> None:
        whole = "cả năm" if isinstance(year, int) else "của kỳ"
        found = quoted(shown)
        self._tell(Finding("BS-25", place, {"period": head_of(year), "found": found, "whole": whole}))

    def _hidden(self, rows: dict[str, PlacedRow], header: Header) -> None:
        """Ask about figures that nobody sees who looks at the sheet."""
        places = self.grid.hidden_among([row.index for row in rows.values()], list(header.years.values()))
        if places:
            self._fault("BS-20", ", ".join(places))

    def _fault(self, code: str, place: str | None, **facts: Fact) -> None:
        self.table.faults.append(fault(code, self.table.file, place, **facts))

    def _tell(self, finding: Finding) -> None:
        told = fault_of(finding, self.table.file)
        if told not in self.table.faults:  # a unit of measure, or a merged cell, is met in several cells
            self.table.faults.append(told)
