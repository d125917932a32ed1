"""The indicator table: found by its headings wherever it starts, read row by row by code or, without one, by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from soket.campaign.records import Fault, Figure
from soket.intake.findings import Cell, Sheet, Special
from soket.intake.guard_package import column_letters
from soket.intake.messages import fault
from soket.intake.numbers import Ambiguous, Blank, NoFigure, NotANumber, Number, parse_number
from soket.plan.model import Indicator, IndicatorForm
from soket.text import fold, format_number

_YEAR = re.compile(r"(?:nam|th|thuc hien|kq|ket qua)?(?: nam)? ?((?:19|20)\d\d)")
_CODE = re.compile(r"CT ?(\d{1,2})(?:\.(\d{1,2}))?")
_SAME_NAME, _CLEARLY = 90.0, 5.0


@dataclass
class FormTable:
    """One filled-in form as it was found."""

    file: str
    sheet: str
    figures: dict[tuple[str, int], Figure] = field(default_factory=dict)
    declared: set[tuple[str, int]] = field(default_factory=set)  # the unit says it has no figure there
    unread: set[tuple[str, int]] = field(default_factory=set)  # something stands there that is no figure
    faults: list[Fault] = field(default_factory=list)

    @property
    def where(self) -> str:
        """The table's place, for a message."""
        return f"«{self.file}»" + (f", trang tính «{self.sheet}»" if self.sheet else "")


def find_tables(form: IndicatorForm, file: str, sheets: Iterable[Sheet]) -> list[FormTable]:
    """Return each sheet's table of a form, in the sheets' order; several sheets of one file are named in places."""
    found = list(sheets)
    tables = (_TableReader(form, file, sheet, name_sheets=len(found) > 1).read() for sheet in found)
    return [table for table in tables if table is not None]


class _TableReader:
    """Reads one sheet."""

    def __init__(self, form: IndicatorForm, file: str, sheet: Sheet, *, name_sheets: bool) -> None:
        self.form = form
        self.sheet = sheet
        self.table = FormTable(file, sheet.name)
        self.name_sheets = name_sheets
        self.by_code = {indicator.code: indicator for indicator in form.indicators}
        self.by_name = {fold(indicator.name): indicator for indicator in form.indicators}

    def read(self) -> FormTable | None:
        """Return the table; None where the sheet holds none."""
        header = self._header()
        if header is None:
            return None
        top, columns = header
        first_year = min(columns.values())
        rows: dict[str, int] = {}
        for index in range(top + 1, len(self.sheet.cells)):
            indicator = self._indicator(index, self.sheet.cells[index][:first_year])
            if indicator is None:
                continue
            if indicator.code in rows:
                one, other = self._row_name(rows[indicator.code]), self._row_name(index)
                self._fault("BS-08", None, indicator=indicator.code, name=indicator.name, one=one, other=other)
                continue
            rows[indicator.code] = index
            for year, column in columns.items():
                self._read_cell(indicator, year, index, column)
        if not rows:
            return None
        self._missing(rows, columns)
        return self.table

    def _header(self) -> tuple[int, dict[int, int]] | None:
        """Return the row that names the most of the form's years, and the column of each."""
        best: tuple[int, dict[int, int]] | None = None
        doubles: list[tuple[int, int, int]] = []
        for index, row in enumerate(self.sheet.cells):
            columns: dict[int, int] = {}
            twice = []
            for column, cell in enumerate(row):
                year = _year(cell)
                if year in self.form.years and columns.setdefault(year, column) != column:
                    twice.append((year, columns[year], column))
            if columns and (best is None or len(columns) > len(best[1])):
                best, doubles = (index, columns), twice
        # A year in a title is not a heading; the form's table names half of its years at least.
        if best is None or 2 * len(best[1]) < len(self.form.years):
            return None
        for year, one, other in doubles:
            letters = [column_letters(self.sheet.column + column) for column in (one, other)]
            self._fault("BS-09", None, year=year, one=letters[0], other=letters[1])
        return best

    def _indicator(self, index: int, cells: tuple[Cell, ...]) -> Indicator | None:
        """Return the indicator that a row is of; its code decides, and its name where there is no code."""
        texts = [cell for cell in cells if isinstance(cell, str)]
        coded = next((match for text in texts if (match := _CODE.fullmatch(text.strip().upper()))), None)
        named = self._by_name(texts)
        if coded is None:
            return named
        code = f"CT{int(coded[1]):02d}" + (f".{coded[2]}" if coded[2] else "")
        indicator = self.by_code.get(code)
        if indicator is None:
            self._fault("BS-07", self._row_name(index), found=code)
        elif named is not None and named is not indicator and fold(named.name) != fold(indicator.name):
            place = self._row_name(index)
            self._fault("BS-10", place, indicator=code, other=named.code, name=named.name)
        return indicator

    def _by_name(self, texts: list[str]) -> Indicator | None:
        for text in texts:
            if exact := self.by_name.get(fold(text)):
                return exact
        from rapidfuzz import fuzz, process

        for text in texts:
            if len(text) >= 8:
                ranked = process.extract(fold(text), list(self.by_name), scorer=fuzz.ratio, limit=2)
                if ranked[0][1] >= _SAME_NAME and (len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _CLEARLY):
                    return self.by_name[ranked[0][0]]
        return None

    def _read_cell(self, indicator: Indicator, year: int, index: int, column: int) -> None:
        row = self.sheet.cells[index]
        cell = row[column] if column < len(row) else None
        name = f"{column_letters(self.sheet.column + column)}{self.sheet.row + index}"
        at = (indicator.code, year)
        value: float | None = None
        place = self._place(f"ô {name}")
        match parse_number(cell) if isinstance(cell, str) else cell:
            case float() | int() as number if not isinstance(number, bool):
                value = float(number)
            case Special("percent", share):
                value = round(float(share) * 100, 10) if "%" in indicator.unit_of_measure else float(share)
            case Number(number, percent, foreign) if not percent or "%" in indicator.unit_of_measure:
                value = number
                if foreign:
                    self._fault("SL-03", place, found=str(cell), one=format_number(number, None))
            case Ambiguous(one, other):
                self._unread(at, "SL-01", place, found=str(cell), one=_written(one), other=_written(other))
            case NoFigure():
                self.table.declared.add(at)
            case Number() | NotANumber() | bool():
                self._unread(at, "SL-02", place, found=str(cell)[:60])
            case Special("error", word):
                self._unread(at, "SL-04", place, found=str(word))
            case Special("uncached"):
                self._unread(at, "SL-05", place)
            case Special(_, word):
                self._unread(at, "SL-02", place, found=str(word)[:60])
            case None | Blank():
                pass
        self.table.figures[at] = Figure(
            indicator=indicator.code, year=year, value=value, file=self.table.file, cell=self._cell_name(name)
        )

    def _missing(self, rows: dict[str, int], columns: dict[int, int]) -> None:
        absent = [year for year in self.form.years if year not in columns]
        if absent:
            self._fault("BS-03", None, years=years_named(absent))
        for indicator in self.form.indicators:
            if indicator.required and indicator.code not in rows:
                self._fault("BS-11", None, indicator=indicator.code, name=indicator.name)
            gaps = sorted(year for code, year in self.table.declared if code == indicator.code)
            if gaps and indicator.required:
                cells = ", ".join(self.table.figures[indicator.code, year].cell for year in gaps)
                facts = {"indicator": indicator.code, "name": indicator.name, "years": years_named(gaps)}
                self._fault("BS-06", f"ô {cells}", **facts)

    def _unread(self, at: tuple[str, int], code: str, place: str, **facts: str) -> None:
        self.table.unread.add(at)
        self._fault(code, place, **facts)

    def _fault(self, code: str, place: str | None, **facts: str | int) -> None:
        self.table.faults.append(fault(code, self.table.file, place, **facts))

    def _row_name(self, index: int) -> str:
        return self._place(f"dòng {self.sheet.row + index}")

    def _place(self, place: str) -> str:
        return f"{place}, trang tính «{self.sheet.name}»" if self.name_sheets and self.sheet.name else place

    def _cell_name(self, name: str) -> str:
        return f"{self.sheet.name}!{name}" if self.name_sheets and self.sheet.name else name


def years_named(years: Iterable[int]) -> str:
    """Return years as a sentence names them: "năm 2019", "các năm 2019, 2020"."""
    texts = [str(year) for year in years]
    return f"năm {texts[0]}" if len(texts) == 1 else f"các năm {', '.join(texts)}"


def _written(value: float) -> str:
    """Return a number with all its decimals, the Vietnamese way."""
    decimals = len(f"{value:.10f}".rstrip("0").partition(".")[2])
    return format_number(value, decimals)


def _year(cell: Cell) -> int | None:
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and 1900 <= cell < 2100 else None
    if isinstance(cell, str) and (match := _YEAR.fullmatch(fold(cell).strip("(). "))):
        return int(match[1])
    return None
