"""The indicator table: found by its headings wherever it starts, read row by row by code or, without one, by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from soket.campaign.records import Fault, Figure
from soket.intake.findings import Cell, Fact, Finding, Sheet, Special
from soket.intake.guard_sheet import column_letters
from soket.intake.messages import fault
from soket.intake.numbers import Ambiguous, Blank, NoFigure, NotANumber, Number, parse_number
from soket.plan.model import Indicator, IndicatorForm
from soket.text import fold, format_number

# "Năm 2021", "TH 2021"; a few letters of any kind, because old encodings spoil "Năm".
_YEAR = re.compile(r"(?:(?:thuc hien|ket qua|\D{0,3})(?: nam)? ?)?((?:19|20)\d\d)")
_CODE = re.compile(r"CT ?(\d{1,2})(?:\.(\d{1,2}))?")
_SAME_NAME, _CLEARLY = 90.0, 5.0
_LONGEST_QUOTE = 60


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
    """Return each sheet's table of a form, in the sheets' order; where several hold it, places name the sheet."""
    holders = [sheet for sheet in sheets if _TableReader(form, file, sheet).read() is not None]
    tables = (_TableReader(form, file, sheet, name_sheet=len(holders) > 1).read() for sheet in holders)
    return [table for table in tables if table is not None]


class _TableReader:
    """Reads one sheet."""

    def __init__(self, form: IndicatorForm, file: str, sheet: Sheet, *, name_sheet: bool = False) -> None:
        self.form = form
        self.sheet = sheet
        self.table = FormTable(file, sheet.name)
        self.name_sheet = name_sheet
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
        name = self._place(f"{column_letters(self.sheet.column + column)}{self.sheet.row + index}")
        reading = _reading(cell, percents="%" in indicator.unit_of_measure)
        at = (indicator.code, year)
        value: float | None = None
        match reading:
            case Number(number, _, foreign):
                value = number
                if foreign:
                    self._fault("SL-03", f"ô {name}", found=str(cell), one=_written(number))
            case NoFigure():
                self.table.declared.add(at)
            case Finding(code, _, facts):
                self.table.unread.add(at)
                self._fault(code, f"ô {name}", **facts)
        self.table.figures[at] = Figure(
            indicator=indicator.code, year=year, value=value, file=self.table.file, cell=name
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
                named = {"indicator": indicator.code, "name": indicator.name}
                self._fault("BS-06", f"ô {cells}", **named, years=years_named(gaps))

    def _fault(self, code: str, place: str | None, **facts: Fact) -> None:
        self.table.faults.append(fault(code, self.table.file, place, **facts))

    def _row_name(self, index: int) -> str:
        return f"dòng {self._place(str(self.sheet.row + index))}"

    def _place(self, place: str) -> str:
        return f"{self.sheet.name}!{place}" if self.name_sheet else place


def _reading(cell: Cell, *, percents: bool) -> Number | NoFigure | Blank | Finding:
    """Return what a cell in a number's place says, or what keeps it from being a number."""
    match cell:
        case None:
            return Blank()
        case bool():
            return Finding("SL-02", facts={"found": "ĐÚNG" if cell else "SAI"})
        case float() | int():
            return Number(float(cell))
        case Special("percent", float(share)):
            return Number(round(share * 100, 10) if percents else share)
        case Special("error", word):
            return Finding("SL-04", facts={"found": str(word)})
        case Special("uncached"):
            return Finding("SL-05")
        case Special(_, word):
            return Finding("SL-02", facts={"found": str(word)[:_LONGEST_QUOTE]})
    reading = parse_number(cell)
    if isinstance(reading, Ambiguous):
        facts: dict[str, Fact] = {"found": cell, "one": _written(reading.one), "other": _written(reading.other)}
        return Finding("SL-01", facts=facts)
    if isinstance(reading, NotANumber) or (isinstance(reading, Number) and reading.percent and not percents):
        return Finding("SL-02", facts={"found": cell[:_LONGEST_QUOTE]})
    return reading


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
