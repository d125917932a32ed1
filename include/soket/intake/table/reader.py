"""Reads one form's table off a sheet, whichever way it lies: its head, its rows, and each cell of a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from soket.faults import Fault, fault, fault_of
from soket.intake.table.captions import Groups, Stated, stated_for_all
from soket.intake.table.cells import Value, read_cell
from soket.intake.table.conversions import Conversions, stated_in_row
from soket.intake.table.grid import Grid
from soket.intake.table.header import Header, find_headers, marked_years
from soket.intake.table.placing import PlacedRow, Placement, parts_of
from soket.intake.table.rows import RowFinder
from soket.narrative.numbers import NoFigure, NothingWritten
from soket.plan.model import Indicator, IndicatorForm
from soket.plan.periods import PeriodId, head_of, say_columns, say_period, say_periods
from soket.reading.findings import Fact, Finding, Sheet
from soket.record.records import Figure

_MOST_TURNED = 500  # rows of a sheet whose columns are tried as rows


@dataclass
class FormTable:
    """One filled-in form as it was found."""

    file: str
    sheet: str
    figures: dict[tuple[str, PeriodId], Figure] = field(default_factory=dict)
    declared: set[tuple[str, PeriodId]] = field(default_factory=set)  # the unit says it has no figure there
    unread: set[tuple[str, PeriodId]] = field(default_factory=set)  # something stands there that is no figure
    faults: list[Fault] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The table's place, for a message."""
        return f"«{self.file}»" + (f", trang tính «{self.sheet}»" if self.sheet else "")


def find_tables(form: IndicatorForm, file: str, sheets: Iterable[Sheet]) -> list[FormTable]:
    """Return each sheet's table of a form, in the sheets' order; where several hold it, places name the sheet.

    A hidden sheet counts only where no other holds the table.
    """
    sheets = tuple(sheets)
    tables = _tables(form, file, [sheet for sheet in sheets if not sheet.layout.hidden])
    if tables:
        return tables
    hidden = _tables(form, file, [sheet for sheet in sheets if sheet.layout.hidden])
    for table in hidden:
        table.faults.insert(0, fault("BS-21", file, sheet=table.sheet))
    return hidden


def explain_absence(form: IndicatorForm, file: str, sheets: Iterable[Sheet]) -> Fault:
    """Say why none of the sheets has the form's table: which half of it is there, and where."""
    facts: dict[str, Fact] = {"form": form.title, "columns": say_columns(form.years)}
    for sheet in sheets:
        reader = _TableReader(form, FormTable(file, sheet.name), Grid(sheet))
        place = f"trang tính «{sheet.name}»" if sheet.name else None
        if len(rows := reader.indicator_rows()) > 1:
            return fault("BS-12", file, place, **facts, count=len(rows), one=reader.grid.row_name(rows[0]))
        if headers := reader.headers():
            return fault("BS-13", file, place, **facts, one=reader.grid.row_name(headers[0].bottom))
    return fault("BS-01", file, None, **facts)


def _tables(form: IndicatorForm, file: str, sheets: list[Sheet]) -> list[FormTable]:
    found = [(sheet, table) for sheet in sheets if (table := _best(form, file, sheet))]
    if len(found) < 2:
        return [table for _, table in found]
    tables = (_best(form, file, sheet, name_sheet=True) for sheet, _ in found)
    return [table for table in tables if table]


def _best(form: IndicatorForm, file: str, sheet: Sheet, *, name_sheet: bool = False) -> FormTable | None:
    """Return the table as it lies or, where that gives more, with its years as rows."""
    upright = _TableReader(form, FormTable(file, sheet.name), Grid(sheet, name_sheet=name_sheet)).read()
    most = len(form.years) * len(form.indicators)
    if (upright and 2 * len(upright.figures) >= most) or len(sheet.cells) > _MOST_TURNED:
        return upright
    grid = Grid(sheet, turned=True, name_sheet=name_sheet)
    turned = _TableReader(form, FormTable(file, sheet.name), grid).read()
    return max((table for table in (upright, turned) if table), key=lambda table: len(table.figures), default=None)


@dataclass
class _TableReader:
    """Reads one sheet lying one way."""

    form: IndicatorForm
    table: FormTable
    grid: Grid
    conversions: Conversions = field(init=False)
    finder: RowFinder = field(init=False)
    shares: dict[str, list[tuple[PeriodId, bool]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.conversions = Conversions(self.form.indicators)
        self.finder = RowFinder(self.form)

    def read(self) -> FormTable | None:
        """Return the table; None where the sheet holds none."""
        parts = parts_of(self.grid, self._marked(self.headers()), self.finder)
        for header, placed in parts:
            for finding in placed.findings:
                self._tell(finding)
            self._read_rows(header, placed)
        if not parts:
            return None
        for finding in self.conversions.findings(self.form.indicators):
            self._tell(finding)
        self._missing(parts)
        for header, placed in parts:
            self._hidden(placed.rows, header)
        return self.table

    def headers(self) -> list[Header]:
        """Return what may be the table's head, the likeliest first."""
        return find_headers(self.grid, self.form.years, lambda row: self.finder.is_data(self.grid.lines[row]))

    def indicator_rows(self) -> list[int]:
        """Return the rows that some indicator's code or name stands in."""
        return [row for row, cells in enumerate(self.grid.lines) if self.finder.is_data(cells)]

    def _marked(self, found: list[Header]) -> list[Header]:
        """Return the heads to try: hidden marks of our form outweigh what its headings have become."""
        row, marks = marked_years(self.grid, self.form.years)
        if not marks:
            return found
        header = found[0] if found else Header(row, row, {})
        for year, column in marks.items():
            said = header.columns.get(column)
            shown = said.stands_for(self.form.years)[0] if said else None
            if shown not in (None, year):
                self._fault("BS-26", self.grid.column_name(column), found=shown or "", period=say_period(year))
        header.doubled = [each for each in header.doubled if each[0] not in marks]
        header.years = header.years | marks
        header.elsewise = {year: column for year, column in header.elsewise.items() if year not in marks}
        return [header]

    def _read_rows(self, header: Header, placed: Placement) -> None:
        rows, general = placed.rows, stated_for_all(self.grid, header)
        indices = {row.index for row in rows.values()}
        groups = Groups(self.grid, header, placed.label_columns, indices, placed.until)
        for indicator in self.form.indicators:
            if row := rows.get(indicator.code):
                wanted = self.conversions.wanted[indicator.code]
                labels = placed.label_columns
                own = stated_in_row(self.grid, row.index, labels, header, row.labels.measure, wanted)
                self._read_row(indicator, row, header, own, [*groups.over(row.index), *general])

    def _read_row(
        self, indicator: Indicator, row: PlacedRow, header: Header, own: Stated | None, general: list[Stated]
    ) -> None:
        for year, column in header.years.items():
            stated = list(general)
            if (said := header.columns.get(column)) and said.measure:
                stated.append(Stated(said.measure, self.grid.column_name(column)))
            unit = self.conversions.settle(indicator, own, stated)
            self._read_cell(indicator, year, row.index, column, unit)
        shares = self.shares.get(indicator.code, [])
        if shares and all(share for _, share in shares):
            cells = ", ".join(self.table.figures[indicator.code, year].cell for year, _ in shares)
            self._fault("SL-09", f"ô {cells}", indicator=indicator.code, name=indicator.name)

    def _read_cell(
        self,
        indicator: Indicator,
        year: PeriodId,
        row: int,
        column: int,
        unit: Stated | Finding | None,
    ) -> None:
        name, at = self.grid.place(row, column), (indicator.code, year)
        reading = self._reading(indicator, row, column)
        value: float | None = None
        match reading:
            case Value(measure=None) if isinstance(unit, Finding):
                self.table.unread.add(at)
                self._tell(unit)
            case Value(number, measure):
                value = number
                if measure:
                    value = measure.convert(number, self.conversions.wanted[indicator.code])
                elif isinstance(unit, Stated):
                    value = self.conversions.convert(indicator, unit, number, name)
                if reading.told:
                    self._fault(reading.told.code, f"ô {name}", **reading.told.facts)
                if number:
                    self.shares.setdefault(indicator.code, []).append((year, reading.share))
            case NoFigure():
                self.table.declared.add(at)
            case Finding(code, place, facts):
                self.table.unread.add(at)
                self._tell(Finding(code, place or f"ô {name}", facts))
        self.table.figures[at] = Figure(
            indicator=indicator.code, year=year, value=value, file=self.table.file, cell=name
        )

    def _reading(self, indicator: Indicator, row: int, column: int) -> Value | NoFigure | NothingWritten | Finding:
        area = self.grid.merged.get((row, column))
        if area and area[:2] != area[2:]:
            shared = self.grid.heading(row, column)
            if shared is not None:
                return Finding("BS-14", f"ô {self.grid.area_name(area)}", {"found": str(shared)[:60]})
        return read_cell(self.grid.cell(row, column), self.conversions.wanted[indicator.code])

    def _missing(self, parts: list[tuple[Header, Placement]]) -> None:
        for header, _ in parts:
            self._missing_years(header)
        rows = {code for _, placed in parts for code in placed.rows}
        for indicator in self.form.indicators:
            if indicator.required and indicator.code not in rows:
                self._fault("BS-11", None, indicator=indicator.code, name=indicator.name)
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
            self._fault(
                "BS-25",
                self.grid.column_name(column),
                period=head_of(year),
                found=shown,
                whole="cả năm" if isinstance(year, int) else "của kỳ",
            )
        if other := [year for year in absent if year not in planned]:
            self._fault("BS-03", None, years=say_periods(other))

    def _hidden(self, rows: dict[str, PlacedRow], header: Header) -> None:
        """Ask about figures that nobody sees who looks at the sheet."""
        hidden_rows = [row.index for row in rows.values() if row.index in self.grid.hidden_rows]
        hidden_columns = [column for column in header.years.values() if column in self.grid.hidden_columns]
        places = [self.grid.row_name(row) for row in sorted(hidden_rows)]
        places += [self.grid.column_name(column) for column in sorted(hidden_columns)]
        if places:
            self._fault("BS-20", ", ".join(places))

    def _fault(self, code: str, place: str | None, **facts: Fact) -> None:
        self.table.faults.append(fault(code, self.table.file, place, **facts))

    def _tell(self, finding: Finding) -> None:
        told = fault_of(finding, self.table.file)
        if told not in self.table.faults:  # a unit of measure, or a merged cell, is met in several cells
            self.table.faults.append(told)
