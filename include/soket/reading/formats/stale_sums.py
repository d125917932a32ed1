"""Sums of a workbook that asks to be computed when it is opened, held against the results kept in it.

A program that leaves the computing to Excel may keep results of before: Excel shows others than stand in the file, and
LibreOffice those. Only sums and differences of cells are computed here; of any other formula nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from soket.reading.findings import Cell, Special
from soket.reading.formats.cells import MOST_COLUMNS, MOST_ROWS
from soket.reading.formats.xlsx_styles import children, in_groups, is_on
from soket.reading.guards.extent import column_letters, column_number
from soket.reading.xml import child

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_CELLS = 500_000  # added up in one workbook
_NEAR = 1e-6  # of a sum
_CORNER = r"\$?[A-Z]{1,3}\$?\d{1,7}"
_SHEET = r"(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!"
_PLACE = re.compile(rf"(?P<sheet>{_SHEET})?(?P<one>{_CORNER})(?::(?P<other>{_CORNER}))?")
_TERM = re.compile(rf"\s*(?P<sign>[+-])?\s*(?:SUM\((?P<places>[^()]*)\)|(?P<place>(?:{_SHEET})?{_CORNER}))\s*")
_REFERENCE = re.compile(r"(?<![A-Za-z_'.])(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?![\d(!'])")

NOT_COMPUTED = Special("uncached", stored=0.0)
"""A nought that may be no result yet, until it is held against what the cells make."""

At = tuple[str, int, int]
"""A cell: its sheet's name, its row and its column, from 0."""


class _UnknownError(Exception):
    """What cannot be computed here."""


def moved(formula: str, down: int, across: int) -> str:
    """Return a formula that is shared by several cells as it is in one so far from the first."""

    def there(match: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, digits = match.groups()
        column = letters if fixed_column else column_letters(column_number(letters) + across)
        return f"{fixed_column}{column}{fixed_row}{int(digits) + (0 if fixed_row else down)}"

    return _REFERENCE.sub(there, formula)


@dataclass
class Formulas:
    """The formulas of a workbook, each as it is in its own cell."""

    found: dict[At, str] = field(default_factory=dict)
    _shared: dict[tuple[str, str], tuple[At, str]] = field(default_factory=dict)  # the first of each, by its number

    def take(self, at: At, formula: Element | None) -> None:
        """Take in what stands in a cell as its formula."""
        text = (formula.text or "") if formula is not None else ""
        if formula is not None and formula.get("t") == "shared":
            (_, row, column), first = self._shared.setdefault((at[0], formula.get("si", "")), (at, text))
            text = text or moved(first, at[1] - row, at[2] - column)
        if text:
            self.found[at] = text


def mark_stale(cells: Mapping[str, list[list[Cell]]], formulas: Formulas) -> None:
    """Put in the place of each result that is none any more what the cells make it."""
    for (name, row, column), total in list(_Sums(cells, formulas.found).stale()):
        cell = cells[name][row][column]
        if cell != NOT_COMPUTED:
            cells[name][row][column] = Special("stale", total, stored=_number(cell))
        elif not total:
            cells[name][row][column] = 0.0
    for name, row, column in formulas.found:
        if cells[name][row][column] == NOT_COMPUTED:
            cells[name][row][column] = Special("uncached")


def computed_anew(calculation: Element | None, sheets: Iterable[Element]) -> bool:
    """Return whether Excel computes a workbook as it opens it, by what it says of that, and nobody has before.

    It does so where a program asks for it, or tells of no Excel that computed it; that one did, a result shows.
    """
    if calculation is None or is_on(calculation, "fullCalcOnLoad"):
        return True
    trusted = calculation.get("calcId", "0") != "0" and not is_on(calculation, "forceFullCalc")
    return not trusted and not any(map(has_results, sheets))


def has_results(sheet: Element) -> bool:
    """Return whether a formula of a sheet has a result that no program puts where it leaves the sum to Excel."""
    cells = (cell for row in in_groups(sheet, "sheetData", "row") for cell in children(row, "c"))
    results = (child(cell, "v") for cell in cells if child(cell, "f") is not None)
    return any(each is not None and (each.text or "").strip() not in ("", "0") for each in results)


def fills_others(cell: Element, formula: Element) -> bool:
    """Return whether a formula of several cells has given the next a result: then it is computed."""
    beside = cell.getnext() if ":" in formula.get("ref", "") and formula.get("t") == "array" else None
    if beside is None or child(beside, "f") is not None:
        return False
    result = child(beside, "v")
    return result is not None and (result.text or "").strip() not in ("", "0")


@dataclass
class _Sums:
    """The cells of a workbook and those of them that have a formula."""

    cells: Mapping[str, Sequence[Sequence[Cell]]]  # by sheet
    formulas: Mapping[At, str]
    _known: dict[At, float | None] = field(default_factory=dict)
    _added: int = 0

    def stale(self) -> Iterator[tuple[At, float]]:
        """Yield the cells whose kept result is another than the sum that their formula makes, and that sum."""
        for at in self.formulas:
            kept, found = self._kept(at), self._computed(at)
            if kept is None or found is None:
                continue
            if abs(kept - found) > _NEAR * max(1.0, abs(kept), abs(found)) or not (kept or found):
                yield at, found

    def _computed(self, at: At) -> float | None:
        if at not in self._known:
            self._known[at] = None  # one that is its own part is never known
            with suppress(_UnknownError, RecursionError):
                self._known[at] = self._sum(at)
        return self._known[at]

    def _sum(self, at: At) -> float:
        formula, total, end = self.formulas[at], 0.0, 0
        while match := _TERM.match(formula, end):
            if end and not match["sign"]:
                break
            end, sign = match.end(), -1.0 if match["sign"] == "-" else 1.0
            places = match["places"] if match["places"] is not None else match["place"]
            total += sign * sum(self._values(at[0], places, alone=match["places"] is None))
        if end != len(formula) or not formula:
            raise _UnknownError
        return total

    def _values(self, sheet: str, places: str, *, alone: bool) -> Iterator[float]:
        for place in places.split(","):
            match = _PLACE.fullmatch(place.strip())
            if not match:
                raise _UnknownError
            name = match["sheet"][:-1].strip("'").replace("''", "'") if match["sheet"] else sheet
            if name not in self.cells:
                raise _UnknownError
            top, left = _corner(match["one"])
            bottom, right = _corner(match["other"] or match["one"])
            for row in range(top, min(bottom, MOST_ROWS) + 1):
                for column in range(left, min(right, MOST_COLUMNS) + 1):
                    yield self._value((name, row, column), alone=alone)

    def _value(self, at: At, *, alone: bool) -> float:
        self._added += 1
        if self._added > _MOST_CELLS:
            raise _UnknownError
        if at in self.formulas:
            found = self._computed(at)
            if found is None:
                raise _UnknownError
            return found
        cell = self._cell(at)
        if cell is None:
            return 0.0
        if isinstance(cell, str) and not alone:
            return 0.0  # a sum passes over texts
        number = _number(cell)
        if number is None:
            raise _UnknownError
        return number

    def _kept(self, at: At) -> float | None:
        return _number(self._cell(at))

    def _cell(self, at: At) -> Cell:
        lines = self.cells[at[0]]
        line = lines[at[1]] if at[1] < len(lines) else ()
        return line[at[2]] if at[2] < len(line) else None


def _number(cell: Cell) -> float | None:
    if isinstance(cell, Special):
        return cell.stored if cell.stored is not None else cell.value if isinstance(cell.value, float) else None
    return cell if isinstance(cell, float) else None


def _corner(reference: str) -> tuple[int, int]:
    letters, digits = re.findall(r"[A-Z]+|\d+", reference)
    return int(digits) - 1, column_number(letters) - 1
