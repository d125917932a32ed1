"""Figures that a draft prints in tables: a row an indicator; or a row a unit, of one indicator or of several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from soket.documents.doubt_marks import unmarked
from soket.documents.held_columns import HeldColumn, held_columns
from soket.documents.rendering import NO_FIGURE
from soket.narrative.names.naming import IndicatorNames, words_in
from soket.narrative.names.times import times_in
from soket.narrative.names.unit_names import UnitNames
from soket.narrative.quantities.columns import Role, heading_of
from soket.narrative.quantities.measures import MONEY, PERCENT, Measure, measure_of, number_and_measure
from soket.narrative.quantities.numbers import NoFigure, NoneThere, NothingWritten, Number, parse_number
from soket.plan.model import Plan
from soket.plan.period_words import Rare
from soket.plan.periods import PeriodId, in_order_of_time, rare_kinds
from soket.text import flat, nfc

_DECIMALS = re.compile(r",(\d+)\D*$")
_ALL_UNITS = re.compile(r"(?:(?:tong )?cong )?(?:toan|ca) (?:tinh|nganh)")
_SUM = re.compile(r"(?:(?:tong )?cong(?: chung| lai)?|tong(?: so)?)(?: \d+ (?:don vi|dia phuong|noi))?")
_ENGLISH = re.compile(r"\s*-?\d{1,3}(?:,\d{3})+\.\d+(?!\d)")  # it can be nothing else: "1,276.3"
_ENGLISH_DECIMALS = re.compile(r"\.(\d+)\D*$")
_POINT = re.compile(r"(\s*-?\d+)\.(\d{1,2}(?!\d)[^.,]*)")  # a point that parts no thousands: "20.3"
_MEASURED = (PERCENT, MONEY)  # rather than counted
_COMMA = re.compile(r"\s*\d{1,3},\d{3}\s*")  # decimals, or thousands: "404,635"
_NUMBERING = re.compile(r"(?:s?tt|so tt|so thu tu)\W*")
_ANY, _PERCENT = Measure("", 0, ""), Measure("%", 0, PERCENT)
_BEFORE_A_NAME = 2  # columns in which a unit's name may stand: the first may be a number

Cells = Mapping[int, str]
"""A row's texts by the column they begin in."""
Column = tuple[str, PeriodId, Measure | None]


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as the draft prints it; `value` None where it is not a number, or could be read as two."""

    indicator: str  # "" where nothing says of which: a table of units and years without a name
    year: PeriodId
    text: str
    value: float | None
    decimals: int
    place: str
    unit: str = ""  # whose it is; "" for all units together
    row: str = field(default="", compare=False)  # the cell that says of what its row is
    units: tuple[str, ...] = ()  # those of the rows above, of which it is the sum
    marked: bool = field(default=False, compare=False)  # as one that has figures in doubt
    held: HeldColumn | None = None  # where it holds two times against each other: its year is the later one's
    readings: tuple[tuple[float, int], ...] = ()  # what it may be, where that is two things, and their decimals

    @property
    def subject(self) -> str:
        """What it is of."""
        return " ".join(filter(None, (self.indicator, str(self.year), self.unit)))

    @property
    def blank(self) -> bool:
        """Whether the cell says that there is no figure."""
        return self.text == NO_FIGURE or isinstance(parse_number(self.text), NothingWritten | NoFigure | NoneThere)


def read_number(text: str, wanted: Measure, over: Measure | None = None) -> tuple[float | None, int]:
    """Return a figure in the unit of measure wanted and how many decimals it prints; None for what is none.

    Its own unit may stand beside it, or that of its column `over` it.
    """
    text = _POINT.sub(r"\1,\2", text) if wanted.base in _MEASURED and _POINT.fullmatch(text) else text
    reading, measure = number_and_measure(text)
    if (
        not isinstance(reading, Number)
        or (reading.foreign and not _ENGLISH.match(text))
        or (reading.percent and wanted.base != PERCENT)
    ):
        return None, 0
    if measure is None and over and over.is_of(wanted):
        measure = over
    if measure and (not measure.is_of(wanted) or (measure is over and not over.base and over.scale != wanted.scale)):
        return None, 0
    written = (_ENGLISH_DECIMALS if reading.foreign else _DECIMALS).search(text)
    decimals = len(written.group(1)) if written else 0
    if measure is None:
        return reading.value, decimals
    return measure.convert(reading.value, wanted), decimals + wanted.scale - measure.scale


class TableFigures:
    """Reads the figures of a plan's indicators in a draft's tables."""

    def __init__(self, plan: Plan) -> None:
        indicators = [each for form in plan.forms for each in form.indicators]
        self._wanted = {each.code: measure_of(each.unit_of_measure) for each in indicators}
        self._names = IndicatorNames(indicators)
        self._units = UnitNames(plan.units, (plan.place,))
        self._known = tuple(in_order_of_time(year for form in plan.forms for year in form.years))
        self._rare = rare_kinds(self._known)

    def figures(self, rows: Sequence[Cells], table: str, above: Sequence[str] = ()) -> Iterator[PrintedFigure]:
        """Yield the figures of a table; `table` is what it is called, `above` the lines before it."""
        caption = nfc(" ".join(above[-1:]))
        named = {each.code for each in self._names.mentions(words_in(caption)) if each.strong}
        lines = nfc(" ".join(above))
        time = self._only_time(caption) or self._only_time(lines)
        years: dict[int, tuple[PeriodId, Measure | None]] = {}  # by column
        indicators: dict[int, str] = {}
        held: list[HeldColumn] = []
        named_heads: dict[int, Column] = {}  # where each column is of another
        listed: list[str] = []  # units whose rows stand above
        for cells in rows:
            codes = {column: text for column, text in cells.items() if text in self._wanted}
            if heads := _heads(cells, self._rare) if not codes else {}:
                years = heads
                of_years = {column: period for column, (period, _) in heads.items()}
                held = [*held_columns({at: nfc(text) for at, text in cells.items()}, of_years, self._known)]
            if not codes and len({*(found_heads := self._heads(cells, time)).values()}) > 1:
                named_heads = found_heads
                continue
            if len(codes) > 1:
                indicators = codes
            elif codes:
                (code,) = codes.values()
                columns = {column: (code, *of) for column, of in years.items()}
                yield from self._row(cells, columns, f"{table}, dòng {code}", row=code, held=held)
            elif found := self._unit(cells, whole=bool(named_heads), summed=len(listed) > 1):
                unit, row = found
                if named_heads:
                    columns = named_heads
                elif indicators and time is not None:
                    columns = {column: (code, time, None) for column, code in indicators.items()}
                else:
                    code = next(iter(named)) if len(named) == 1 else ""
                    columns = {column: (code, *of) for column, of in years.items()}
                of = self._row(
                    cells, columns, f"{table}, dòng {row}", unit, row, held=held if columns != named_heads else ()
                )
                summed = tuple(listed) if not unit and _SUM.fullmatch(flat(row)) else ()
                yield from (replace(each, units=summed) for each in of)
                listed = [*listed, unit] if unit else []
            elif years and (spoken_of := self._indicator(cells)):
                code, row, measure = spoken_of
                columns = {column: (code, year, over or measure) for column, (year, over) in years.items()}
                yield from self._row(cells, columns, f"{table}, dòng {row}", row=row, held=held)

    def _indicator(self, cells: Cells) -> tuple[str, str, Measure | None] | None:
        """Return the indicator that a row names without its code, the cell that does, and the unit of measure there.

        That stands in brackets behind the name, or in a column of its own.
        """
        for column in sorted(cells)[:_BEFORE_A_NAME]:
            name, _, bracket = cells[column].partition("(")
            found = list(self._names.mentions(words_in(name)))
            if len({each.code for each in found}) != 1:
                continue
            code, wanted = found[0].code, self._wanted[found[0].code]
            beside = [bracket.rstrip(") "), *(text for at, text in cells.items() if at > column)]
            measures = [each for text in beside if (each := _measure_alone(text))]
            measure = next((each for each in measures if each.is_of(wanted)), None)
            if measures and not measure:
                continue
            if measure or any(each.strong for each in found):
                return code, cells[column].strip(), measure
        return None

    def _only_time(self, text: str) -> PeriodId | None:
        """Return the one time of the plan that a text names; None for none, or several."""
        named = {each.known for each in times_in(flat(text), self._known) if each.known in self._known}
        return next(iter(named)) if len(named) == 1 else None

    def _heads(self, cells: Cells, time: PeriodId | None) -> dict[int, Column]:
        """Return what the columns are of whose heads each name an indicator: "Buồng 2031 (buồng)".

        `time` is what they are of that name none.
        """
        found: dict[int, Column] = {}
        if any(isinstance(parse_number(text), Number) for text in cells.values()):
            return found
        for column, text in cells.items():
            name, _, bracket = nfc(text).partition("(")
            if _NUMBERING.fullmatch(flat(name)):
                continue
            when = self._only_time(name) if times_in(flat(name), self._known) else time
            if when is not None and (code := self._head(text)):
                found[column] = (code, when, _measure_alone(bracket.rstrip(") ")))
        return found

    def _head(self, text: str) -> str:
        """Return the one indicator that the head of a column names, or counts; "" for none."""
        words = words_in(text)
        named = {each.code for each in self._names.mentions(words)}
        if not named:
            said = {each.text for each in words}
            counted = (code for code, each in self._wanted.items() if each.base and set(each.base.split()) <= said)
            named = {self._names.roots[code] for code in counted}
        return next(iter(named)) if len(named) == 1 else ""

    def _unit(self, cells: Cells, *, whole: bool, summed: bool) -> tuple[str, str] | None:
        """Return the unit that a row is of ("" for all of them, or all above), and the cell that names it."""
        for column in sorted(cells)[:_BEFORE_A_NAME]:
            name = cells[column].strip()
            if ((whole or summed) and _ALL_UNITS.fullmatch(flat(name))) or (summed and _SUM.fullmatch(flat(name))):
                return "", name
            if name and [(start, end) for start, end, _ in self._units.found(flat(name))] == [(0, len(nfc(name)))]:
                return self._units.found(flat(name))[0][2], name
        return None

    def _row(
        self,
        cells: Cells,
        columns: Mapping[int, Column],
        place: str,
        unit: str = "",
        row: str = "",
        *,
        held: Sequence[HeldColumn],
    ) -> Iterator[PrintedFigure]:
        for column, (code, year, over) in columns.items():
            text = cells.get(column, "")
            plain, marked = unmarked(text)
            value, decimals = read_number(plain, self._wanted.get(code, _ANY), over)
            ways = (f"{plain}0", plain.replace(",", ".")) if value is None and _COMMA.fullmatch(plain) else ()
            read = (read_number(way, self._wanted.get(code, _ANY), over) for way in ways)
            readings = tuple((number, places) for number, places in read if number is not None)
            yield PrintedFigure(code, year, text, value, decimals, place, unit, row, marked=marked, readings=readings)
        code = next((code for code, *_ in columns.values()), "")
        for each in held:
            text = cells.get(each.column, "")
            value, decimals = read_number(unmarked(text)[0].replace("+", ""), _PERCENT)
            if value is not None:
                yield PrintedFigure(code, each.pairs[0][0], text, value, decimals, place, unit, row, held=each)


def _measure_alone(text: str) -> Measure | None:
    """Return the unit of measure that a text is, with no number; None where it is none."""
    return number_and_measure(f"1 {text}")[1] if text.strip() and not any(map(str.isdigit, text)) else None


def _heads(cells: Cells, rare: Rare) -> dict[int, tuple[PeriodId, Measure | None]]:
    """Return the times that the cells of a row are heads of, by column."""
    return {
        column: (period, head.measure)
        for column, text in cells.items()
        if (head := heading_of(text, rare)) and (period := head.period) is not None and head.beside <= Role.ACTUAL
    }
