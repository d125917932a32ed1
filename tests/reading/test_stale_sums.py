"""A workbook that is to be computed on opening is asked about where its kept results are others."""

from __future__ import annotations

import io
import zipfile

import pytest

from soket.reading.findings import Cell, Special
from soket.reading.formats.stale_sums import moved
from soket.reading.formats.xlsx import read_xlsx

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def book(*sheets: str, calculated: str = '<calcPr fullCalcOnLoad="1"/>') -> bytes:
    """A workbook of sheets called A, B …, each by the XML of its only row's cells."""
    made = io.BytesIO()
    entries = "".join(f'<sheet name="{chr(65 + n)}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(len(sheets)))
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_RELATIONS}/worksheet" Target="s{n}.xml"/>' for n in range(len(sheets))
    )
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{_RELATIONS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        package.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{entries}</sheets>{calculated}</workbook>',
        )
        package.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>')
        for number, cells in enumerate(sheets):
            data = f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'
            package.writestr(f"xl/s{number}.xml", data)
    return made.getvalue()


def cell(place: str, kept: float, formula: str = "", attributes: str = "") -> str:
    told = f"<f{attributes}>{formula}</f>" if formula or attributes else ""
    return f'<c r="{place}">{told}<v>{kept}</v></c>'


TWO = cell("A1", 2) + cell("B1", 3)


def last(*sheets: str, **options: str) -> Cell:
    return read_xlsx(book(*sheets, **options))[0].cells[0][-1]


@pytest.mark.parametrize(
    "formula",
    ["SUM(A1:B1)", "SUM(A1,B1)", "A1+B1", "+A1+B1", "SUM($A$1:$B$1)", "SUM(A1:A1)+B1", "SUM(A1:B1)-SUM(D1:E1)"],
)
def test_a_sum_that_its_cells_do_not_make_is_told_with_what_they_make(formula: str) -> None:
    assert last(TWO + cell("C1", 4, formula)) == Special("stale", 5.0, stored=4.0)
    assert last(TWO + cell("C1", 5, formula)) == 5.0


def test_sums_of_sums_and_of_other_sheets_are_followed() -> None:
    other = cell("A1", 9, "B!A1+'B'!B1")
    assert last(other, TWO) == Special("stale", 5.0, stored=9.0)
    assert last(TWO + cell("C1", 5, "A1+B1") + cell("D1", 6, "C1+A1")) == Special("stale", 7.0, stored=6.0)


def test_a_nought_is_kept_that_its_cells_make_or_that_stands_in_a_formula_of_several_cells() -> None:
    assert last(TWO + cell("C1", 0, "B1-A1-A1")) == Special("uncached")
    assert last(TWO + cell("C1", 0, "B1-B1")) == 0.0
    array, single = ' t="array" ref="C1:D1"', ' t="array" ref="C1"'
    for attributes, beside, expected in ((array, 2, 0.0), (array, 0, Special("uncached")),
                                         (single, 2, Special("uncached"))):  # fmt: skip
        row = read_xlsx(book(cell("C1", 0, "LOOKUP(X)", attributes) + cell("D1", beside)))[0].cells[0]
        assert row[2] == expected


def test_a_shared_formula_is_each_cells_own() -> None:
    shared = ' t="shared" si="0"'
    cells = TWO + cell("C1", 5, "SUM(A1:B1)", f'{shared} ref="C1:D1"') + cell("D1", 7, "", shared)
    assert last(cells) == Special("stale", 8.0, stored=7.0)
    assert moved("SUM(A$1:$B1)+'Ngày 1'!C3", 2, 1) == "SUM(B$1:$B3)+'Ngày 1'!D5"


@pytest.mark.parametrize(
    "formula",
    ["AVERAGE(A1:B1)", "A1*B1", "ROUND(A1,0)", "C1+A1", "SUM(X!A1)", "SUM([1]S!A1)", "A1+", "SUM(A1:B1)/2", "B1-D1%"],
)
def test_of_anything_else_nothing_is_said(formula: str) -> None:
    assert last(TWO + cell("C1", 4, formula)) == 4.0


def test_what_excel_shows_as_it_is_kept_is_taken() -> None:
    assert last(TWO + cell("C1", 4, "A1+B1"), calculated='<calcPr calcId="191029"/>') == 4.0


@pytest.mark.parametrize("said", ['calcId="0"', "", 'calcId="191029" forceFullCalc="1"'])
def test_noughts_alone_that_no_excel_computed_are_no_results(said: str) -> None:
    nought = cell("C1", 0, "A1*B1")
    assert last(TWO + nought, calculated=f"<calcPr {said}/>") == Special("uncached")
    assert last(TWO + cell("D1", 6, "A1*B1") + nought.replace("C1", "E1"), calculated=f"<calcPr {said}/>") == 0.0
    assert last(TWO + nought, calculated='<calcPr calcId="191029"/>') == 0.0


def test_an_endless_sum_ends() -> None:
    assert last(cell("A1", 1, "SUM(A1:CV1)") + cell("B1", 2, "SUM(A1:CV1)")) == 2.0
