"""Number formats that a workbook gives cells on a condition, beside their own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from soket.reading.broken import whole_or
from soket.reading.findings import Area, Cell, Special
from soket.reading.formats.cells import areas_in
from soket.reading.formats.number_format import Comparison, holds, number_cell
from soket.reading.formats.xlsx_styles import children, in_groups

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
Rule = tuple[Comparison | None, str]
"""A comparison with a number, None where it is another condition, and the format given then."""

_SIGNS = {"lessThan": "<", "lessThanOrEqual": "<=", "equal": "=", "notEqual": "<>", "greaterThanOrEqual": ">=",
          "greaterThan": ">"}  # fmt: skip


def conditional_formats(styles: Element | None) -> list[str | None]:
    """Return the number format of each style that conditions may give; None for one that has none."""
    found = (next(children(style, "numFmt"), None) for style in in_groups(styles, "dxfs", "dxf"))
    return [None if each is None else each.get("formatCode", "") for each in found]


def seen_as(value: float, rules: Iterable[Rule]) -> Cell:
    """Return a number as it is seen by the first format that shows another, of those whose conditions hold.

    What a formula decides is not worked out: the number may be seen so, and is asked about.
    """
    for condition, code in rules:
        if condition is None or holds(value, condition):
            seen = number_cell(value, code)
            if isinstance(seen, Special):
                return seen
    return value


class Conditions:
    """The conditions of one sheet whose formats show another number than the cell holds."""

    def __init__(self, sheet: Element, formats: list[str | None]) -> None:
        self._rules: list[tuple[Area, Rule]] = []
        for group in children(sheet, "conditionalFormatting") if any(formats) else ():
            for rule in children(group, "cfRule"):
                style = whole_or(rule.get("dxfId", ""), len(formats))
                self._take(rule, formats[style] if style < len(formats) else None, group.get("sqref", ""))
        # Rules of newer programs have their own formats, and what they are for is told beside them.
        further = (group for each in children(sheet, "extLst") for group in each.iter("{*}conditionalFormatting"))
        for group in further:
            areas = " ".join(each.text or "" for each in children(group, "sqref"))
            for rule in children(group, "cfRule"):
                formats_ = in_groups(rule, "dxf", "numFmt")
                self._take(rule, next((each.get("formatCode", "") for each in formats_), None), areas)

    def _take(self, rule: Element, code: str | None, areas: str) -> None:
        for area in areas_in(areas) if code else ():
            self._rules.append((area, (_condition(rule), code or "")))

    def shown(self, row: int, column: int, value: float) -> Cell:
        """Return a number as it is seen in a cell, from 1, whose own format shows it plainly."""
        own = (
            rule for (top, left, bottom, right), rule in self._rules if top <= row <= bottom and left <= column <= right
        )
        return seen_as(value, own)


def _condition(rule: Element) -> Comparison | None:
    """Return the comparison with a number that a rule makes; None where it makes another."""
    told = [(each.text or "").strip() for name in ("formula", "f") for each in children(rule, name)]
    sign = _SIGNS.get(rule.get("operator", ""))
    return (sign, float(told[0])) if sign and len(told) == 1 and _NUMBER.fullmatch(told[0]) else None
