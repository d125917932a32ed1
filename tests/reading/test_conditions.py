"""A number format that a condition gives a cell of an .xlsx shows another number than the cell's own."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from soket.reading.findings import Cell, Special
from soket.reading.process.child import read


def conditional(code: str | None, area: str = "A1:A3", **rule: Any) -> list[Cell]:
    """Return what is read of 8500, 90 and a text below each other, with a format on a condition."""
    book = Workbook()
    for row, value in enumerate((8500, 90, "tỷ"), 1):
        book.active.cell(row, 1, value)
    style = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode=code) if code else None)
    book.active.conditional_formatting.add(area, Rule(dxf=style, **rule))
    file = BytesIO()
    book.save(file)
    (sheet,) = read("xlsx", file.getvalue()).sheets
    return [row[0] for row in sheet.cells]


OVER_100 = {"type": "cellIs", "operator": "greaterThan", "formula": ["100"]}


def test_a_number_is_seen_as_its_condition_has_it() -> None:
    scaled = Special("shown", 8.5, "8,5", 8500.0)
    assert conditional("0.0,", **OVER_100) == [scaled, 90.0, "tỷ"]
    assert conditional("0.0,", area="B1 A2:A3", **OVER_100) == [8500.0, 90.0, "tỷ"]


def test_what_a_formula_decides_may_be_so() -> None:
    assert conditional("0.0,", type="expression", formula=["$B1=1"])[:2] == [
        Special("shown", 8.5, "8,5", 8500.0),
        Special("shown", 0.09, "0,1", 90.0),
    ]


@pytest.mark.parametrize("code", [None, "#,##0", "#,##0.00;[Red]-#,##0.00"])
def test_what_changes_no_number_is_left(code: str | None) -> None:
    assert conditional(code, **OVER_100) == [8500.0, 90.0, "tỷ"]
