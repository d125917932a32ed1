"""In which unit of measure a figure is written, and what is told of it: stated by its row, its column or a caption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from soket.intake.table.captions import Stated
from soket.intake.table.cells import Reading, Value
from soket.intake.table.form_table import FormTable
from soket.intake.table.grid import Grid
from soket.intake.table.header import Header
from soket.intake.table.placing import PlacedRow
from soket.narrative.quantities.measures import FOREIGN, MONEY, PERCENT, Measure, measure_for, measure_of
from soket.plan.model import Indicator
from soket.plan.periods import PeriodId
from soket.reading.findings import Cell, Fact, Finding
from soket.text import fold, format_exactly

_OF_A_SHARE = 3  # decimals: 54,5% is 0,545; percentages are written with two at the most
_ALIKE = 2  # times as much or as little as in other years a percentage may be
# As in the row above.
_DITTO = {'"', "''", "”", "“", "″", "〃", "´´", "//", ",,", "«", "»", "~", "nt", "n.t", "nhu tren", "nhu tren nt"}
_OF_UNITS = frozenset("%‰₫$€")  # the units that are written without letters


Unit = Stated | Finding | None
"""The unit that a figure is written in: None for the plan's own, a finding where that is not certain."""


@dataclass
class _Conversion:
    """Figures turned from one unit into another, for one message."""

    stated: Stated
    unit: str
    indicators: list[str] = field(default_factory=list)
    example: str = ""


def stated_in_row(
    grid: Grid, placed: PlacedRow, columns: Iterable[int], header: Header, wanted: Measure
) -> list[Stated]:
    """Return the units of measure that a row states: in the column of units, in other labels, or beside its name.

    The first decides; another one is there to be compared with it. What the row of the name states holds for one below
    it that states nothing.
    """
    row, beside_name = placed.index, placed.labels.measure
    found: list[Stated] = []
    for column in columns:
        if column in header.measure_columns:
            cell, certain = _unit_in(grid, placed, column, header)
        else:
            shown = grid.heading(row, column)
            cell, certain = grid.heading(placed.named_at, column) if shown is None else shown, True
        if not isinstance(cell, str) or (measure := measure_for(cell, wanted)) is None:
            continue
        if not certain and not (measure.base == wanted.base and measure.scale != wanted.scale):
            continue
        plain = measure.certain and (measure.is_of(wanted) or measure.base in ("", MONEY, PERCENT))
        if column in header.measure_columns or measure.base == wanted.base or (plain and not found):
            found.append(Stated(measure, f"ô {grid.place(row, column)}", own=True, doubtful=not certain))
    if beside_name and (beside_name.is_of(wanted) or (beside_name.certain and not found)):
        # What the name says outweighs what was only said above.
        found = [each for each in found if not each.doubtful]
        found.append(Stated(beside_name, grid.row_name(row), own=True))
    return found


def _unit_in(grid: Grid, placed: PlacedRow, column: int, header: Header) -> tuple[Cell, bool]:
    """Return what a row's cell says in a column of units, or the nearest above it, and whether that is meant for it.

    A sign for "as above" says so; a blank may say that, too, or that the unit is the form's own.
    """
    row, certain = placed.index, True
    while (kind := _kind_of(cell := grid.heading(row, column))) != "unit" and row > header.bottom + 1:
        certain &= kind == "ditto" or row > placed.named_at
        row -= 1
    return cell, certain


def _kind_of(cell: Cell) -> str:
    if is_ditto(cell):
        return "ditto"
    says_one = isinstance(cell, str) and any(letter.isalnum() or letter in _OF_UNITS for letter in cell)
    return "unit" if says_one else "blank"


def is_ditto(cell: Cell) -> bool:
    """Return whether a cell says that what stands above it holds here, too."""
    text = fold(cell) if isinstance(cell, str) else ""
    return text in _DITTO or text.strip(" .-–—()") in _DITTO


def _objection(stated: Stated, wanted: Measure, row: Stated | None) -> str | None:
    """Return what is to be told of a unit stated for several rows that may not be passed over, nor taken."""
    measure = stated.measure
    if not row and wanted.base == MONEY and measure.base in FOREIGN:
        return "BS-17"
    unclear = not measure.base or (stated.doubtful and not row and measure.is_of(wanted))
    return "BS-27" if unclear and measure.scale != wanted.scale else None


class Conversions:
    """Settles the unit of each figure of a table and remembers what is to be told."""

    def __init__(self, indicators: Sequence[Indicator]) -> None:
        self.wanted = {each.code: measure_of(each.unit_of_measure) for each in indicators}
        self._made: dict[tuple[str, str, str], _Conversion] = {}
        self._renamed: dict[str, tuple[str, str]] = {}

    def settle(self, indicator: Indicator, own: Sequence[Stated], others: Iterable[Stated]) -> Unit:
        """Return the unit that a figure is written in, as far as what is stated tells."""
        row, others = next(iter(own), None), (*own[1:], *others)
        wanted = self.wanted[indicator.code]
        named: dict[str, Fact] = {
            "indicator": indicator.code,
            "name": indicator.name,
            "unit": indicator.unit_of_measure,
        }
        if row and row.doubtful and not any(each.measure.is_of(wanted) for each in others):
            return Finding("BS-27", row.place, {"found": row.measure.text})
        if row and row.doubtful:
            row = None
        several = row is not None and row.measure.base[:1].isdigit()  # "10 lượt"
        if row and (several or (not row.measure.is_of(wanted) and row.measure.clashes_with(wanted))):
            return Finding("BS-17", row.place, named | {"found": row.measure.text})
        if row and not row.measure.is_of(wanted):
            self._renamed.setdefault(indicator.code, (row.place, row.measure.text))
            row = None
        applicable = [row] if row else []
        for stated in others:
            if code := _objection(stated, wanted, row):
                facts = named if code == "BS-17" else {}
                return Finding(code, stated.place, facts | {"found": stated.measure.text})
            if stated.measure.is_of(wanted) and not stated.doubtful:
                applicable.append(stated)
        if len({stated.measure.scale for stated in applicable}) > 1:
            one, other = (
                applicable[0],
                next(each for each in applicable if each.measure.scale != applicable[0].measure.scale),
            )
            places: dict[str, Fact] = {"one": one.measure.text, "other": other.measure.text}
            return Finding("BS-19", f"{one.place}; {other.place}", named | places)
        return next((stated for stated in applicable if stated.measure.scale != wanted.scale), None)

    def fitting(self, indicator: Indicator, unit: Unit, reading: Reading) -> Unit:
        """Return the unit that a figure is written in; a finding where it cannot be: "8,5" in đồng for tỷ."""
        if not isinstance(unit, Stated) or not isinstance(reading, Value) or reading.measure:
            return unit
        if not unit.measure.is_too_little(reading.number, self.wanted[indicator.code]):
            return unit
        named: dict[str, Fact] = {"indicator": indicator.code, "name": indicator.name}
        said: dict[str, Fact] = {"found": unit.measure.text, "unit": indicator.unit_of_measure}
        return Finding("BS-40", unit.place, named | said | {"number": format_exactly(reading.number)})

    def convert(self, indicator: Indicator, stated: Stated, number: float, cell: str) -> float:
        """Return a figure in the plan's unit, and remember that it was converted."""
        wanted = self.wanted[indicator.code]
        converted = stated.measure.convert(number, wanted)
        key = (stated.measure.text, stated.place, indicator.unit_of_measure)
        made = self._made.setdefault(key, _Conversion(stated, indicator.unit_of_measure))
        if indicator.code not in made.indicators:
            made.indicators.append(indicator.code)
        if not made.example and number:
            made.example = f"ô {cell} ghi {format_exactly(number)}, hệ thống tính là {format_exactly(converted)}"
        return converted

    def findings(self, indicators: Sequence[Indicator]) -> list[Finding]:
        """Return what is to be told of the conversions."""
        found = [
            Finding(
                "BS-15" if made.stated.own else "BS-16",
                made.stated.place,
                {
                    "found": made.stated.measure.text,
                    "unit": made.unit,
                    "indicators": ", ".join(made.indicators),
                    "example": f": {made.example}" if made.example else "",
                },
            )
            for made in self._made.values()
        ]
        for indicator in indicators:
            if indicator.code in self._renamed:
                place, text = self._renamed[indicator.code]
                facts: dict[str, Fact] = {"indicator": indicator.code, "found": text, "unit": indicator.unit_of_measure}
                found.append(Finding("BS-18", place, facts))
        return found


def _decimals(value: float) -> int:
    return -int(Decimal(repr(value)).as_tuple().exponent)


def told_of_shares(
    indicator: Indicator, table: FormTable, periods: Sequence[tuple[PeriodId, bool]]
) -> Iterator[Finding]:
    """Yield what is to be told of percentages that may be shares of one, 0,52 for 52%; leave those in doubt unread.

    Beside each period with a figure other than 0, whether it may be a share: not above 1, without a sign for percents.
    """
    named: dict[str, Fact] = {"indicator": indicator.code, "name": indicator.name}
    figures = [(table.figures[indicator.code, period], share) for period, share in periods]
    shares = [figure for figure, share in figures if share]
    others = [figure.value or 0.0 for figure, share in figures if not share]
    if shares and not others:
        cells = f"ô {', '.join(figure.cell for figure in shares)}"
        finest = max((figure.value or 0.0 for figure in shares), key=_decimals)
        if _decimals(finest) < _OF_A_SHARE:
            yield Finding("SL-09", cells, named)
            return
        for figure in shares:
            table.leave((figure.indicator, figure.year), figure.cell)
        both: dict[str, Fact] = {"found": format_exactly(finest), "one": format_exactly(round(finest * 100, 9))}
        yield Finding("SL-19", cells, named | both)
    for figure in shares if others else ():
        value = figure.value or 0.0
        # A hundred times as much is like the other years; else it is what it says: a growth of 0,5% after one of 12%.
        if min(others) / _ALIKE <= 100 * value <= max(others) * _ALIKE:
            table.leave((figure.indicator, figure.year), figure.cell)
            said: dict[str, Fact] = {"found": format_exactly(value), "one": format_exactly(round(value * 100, 9))}
            yield Finding("SL-15", f"ô {figure.cell}", named | said)
