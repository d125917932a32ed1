"""A number format that a condition gives a cell shows another number than the cell's own."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from reading import corpus, hostile
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


@pytest.mark.parametrize(("area", "seen"), [("A1:A3", Special("shown", 8.5, "8,5", 8500.0)), ("B1", 8500.0)])
def test_rules_of_newer_programs_have_their_own_formats(area: str, seen: Cell) -> None:
    book = Workbook()
    book.active.append([8500])
    spaces = ('xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
              'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"')  # fmt: skip
    rule = (
        f'<extLst><ext {spaces} uri="{{78C0D931-6437-407d-A8EE-F0AAD7539E65}}"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting><x14:cfRule type="cellIs" operator="greaterThan"><xm:f>100</xm:f><x14:dxf>'
        f'<numFmt numFmtId="170" formatCode="0.0,"/></x14:dxf></x14:cfRule><xm:sqref>{area}</xm:sqref>'
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    data = corpus.saved(book)
    part = "xl/worksheets/sheet1.xml"
    changed = corpus.part(data, part).replace(b"</worksheet>", rule.encode())
    (sheet,) = read("xlsx", corpus.repacked(data, changed={part: changed})).sheets
    assert sheet.cells[0][0] == seen


def of_open_document(condition: str, number: str) -> list[Cell]:
    """Return what is read of 8500 and 90 in an .ods, with a format on a condition."""
    rows = "".join(
        f'<table:table-row><table:table-cell table:style-name="own" office:value-type="float" office:value="{value}">'
        f"<text:p>{value}</text:p></table:table-cell></table:table-row>"
        for value in (8500, 90)
    )
    styles = (
        f'<number:number-style style:name="D">{number}</number:number-style>'
        '<style:style style:name="seen" style:family="table-cell" style:data-style-name="D"/>'
        '<style:style style:name="base" style:family="table-cell">'
        f'<style:map style:condition="{condition}" style:apply-style-name="seen"/></style:style>'
        '<style:style style:name="own" style:family="table-cell" style:parent-style-name="base"/>'
        "</office:automatic-styles>"
    )
    sheet = hostile.open_sheet(rows.encode())
    content = corpus.part(sheet, "content.xml").replace(b"</office:automatic-styles>", styles.encode(), 1)
    (table,) = read("ods", corpus.repacked(sheet, changed={"content.xml": content})).sheets
    return [row[0] for row in table.cells[-2:]]


THOUSANDS = '<number:number number:decimal-places="3" number:min-decimal-places="1" number:display-factor="1000"/>'


@pytest.mark.parametrize(
    ("condition", "seen"),
    [
        ("cell-content()&gt;100", [Special("shown", 8.5, "8,5", 8500.0), 90.0]),
        ("cell-content()!=8500", [8500.0, Special("shown", 0.09, "0,09", 90.0)]),
        ("is-true-formula([.B1]=1)", [Special("shown", 8.5, "8,5", 8500.0), Special("shown", 0.09, "0,09", 90.0)]),
    ],
)
def test_an_open_document_has_conditions_in_its_styles(condition: str, seen: list[Cell]) -> None:
    assert of_open_document(condition, THOUSANDS) == seen
    assert of_open_document(condition, '<number:number number:decimal-places="0"/>') == [8500.0, 90.0]
