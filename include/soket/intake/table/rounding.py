"""How far rounding may have moved figures that are written in a larger unit, or shown with few digits."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from soket.intake.table.form_table import FormTable
from soket.intake.table.grid import Grid
from soket.intake.table.header import Header
from soket.plan.periods import PeriodId
from soket.reading.findings import Special

_AS_THEY_ARE = ("percent", "thousandths")  # nothing of them is left out


def note_rounding(
    grid: Grid,
    table: FormTable,
    seen: Mapping[tuple[str, PeriodId], float],
    header: Header,
    row: int,
    code: str,
) -> None:
    """Note it of an indicator's row; `seen` has its figures as they are written."""
    row_seen = {year: seen[code, year] for year in header.years if (code, year) in seen}
    exponents = (int(Decimal(repr(each)).normalize().as_tuple().exponent) for each in row_seen.values())
    decimals = -min(exponents, default=0)
    for year, written in row_seen.items():
        value = table.figures[code, year].value
        cell = grid.cell(row, header.years[year])
        ratio = value / written if written and value else _ratio(table, code, row_seen)
        if ratio > 1 or (isinstance(cell, Special) and cell.kind not in _AS_THEY_ARE):
            table.rounding[code, year] = ratio * 10.0 ** -max(decimals, 0) / 2


def _ratio(table: FormTable, code: str, seen: Mapping[PeriodId, float]) -> float:
    """Return how many of the plan's units one of the row's is, by what else it holds."""
    found = ((table.figures[code, year].value, each) for year, each in seen.items() if each)
    return next((value / each for value, each in found if value), 1.0)
