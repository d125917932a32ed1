"""Texts such as "2.500", which are thousands to us, in a table whose other figures put a dot before decimals.

A system that writes "0.420" writes two and a half as "2.500"; a clerk who copies some of its figures mixes both senses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from soket.intake.table.cells import Reading, Value
from soket.intake.table.form_table import FormTable
from soket.plan.model import Indicator
from soket.plan.periods import PeriodId
from soket.reading.findings import Cell, Fact, Finding
from soket.text import format_exactly

_DOTTED = re.compile(r"\s*[1-9]\d{0,2}\.\d{3}\s*")
_DECIMAL = re.compile(r"\s*\d+\.\d{1,2}\s*%?\s*")
_FOREIGN = "SL-03"  # what is told of a figure written with a dot before its decimals


@dataclass
class Dots:
    """The dotted texts of one table, and whether another figure of it is written the foreign way."""

    foreign: bool = False
    dotted: list[tuple[tuple[str, PeriodId], str, str]] = field(default_factory=list)  # where, its cell, its text

    def note(self, indicator: Indicator, period: PeriodId, place: str, cell: Cell, reading: Reading) -> None:
        """Note one cell of a table and what it was read as; counts have no decimals, whatever their dots."""
        self.foreign |= isinstance(reading, Value) and reading.told is not None and reading.told.code == _FOREIGN
        self.foreign |= isinstance(cell, str) and _DECIMAL.fullmatch(cell) is not None
        if isinstance(cell, str) and _DOTTED.fullmatch(cell) and indicator.type != "integer":
            self.dotted.append(((indicator.code, period), place, cell.strip()))

    def leave_open(self, table: FormTable) -> Iterator[Finding]:
        """Leave unread what can be read in two ways, and yield what is to be asked."""
        for at, place, text in self.dotted if self.foreign else ():
            table.leave(at, place)
            one, other = float(text), float(text.replace(".", ""))
            facts: dict[str, Fact] = {"found": text, "one": format_exactly(one), "other": format_exactly(other)}
            yield Finding("SL-01", f"ô {place}", facts)
