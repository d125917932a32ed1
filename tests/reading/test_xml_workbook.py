"""Workbooks in one XML, which software gives out as .xls, as Excel 2003 writes them."""

from __future__ import annotations

import pytest

from intake.sheets import HEAD, rows, small_form
from soket.intake.table import find_tables
from soket.reading.findings import Cell, Sheet, Special
from soket.reading.process.child import read

STYLES = """
<Style ss:ID="Default"/><Style ss:ID="thousands"><NumberFormat ss:Format="#,##0.0,"/></Style>
<Style ss:ID="percent"><NumberFormat ss:Format="Percent"/></Style>
<Style ss:ID="day"><NumberFormat ss:Format="Short Date"/></Style>
<Style ss:ID="gone" ss:Parent="Default"><Font ss:StrikeThrough="1"/></Style>
"""


def workbook(cells: str, options: str = "") -> bytes:
    """A workbook of one sheet with these rows."""
    return f"""<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
<Styles>{STYLES}</Styles>
<Worksheet ss:Name="Biểu 01"><Table><Column ss:Index="3" ss:Span="1" ss:Hidden="1"/>{cells}</Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">{options}</WorksheetOptions>
</Worksheet></Workbook>""".encode()


def sheet_of(data: bytes) -> Sheet:
    content = read("xls", data)
    assert [finding.code for finding in content.findings] == ["TEP-40"]
    return content.sheets[0]


def cell(value: object) -> str:
    kind = "String" if isinstance(value, str) else "Number"
    return f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>'


def test_the_table_is_read() -> None:
    _, form = small_form()
    lines = [HEAD, *rows()]
    data = workbook("".join(f"<Row>{''.join(map(cell, line))}</Row>" for line in lines))
    (table,) = find_tables(form, "a.xls", read("xls", data).sheets)
    for code, _, *values in rows():
        assert [table.figures[code, year].value for year in form.years] == values


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ('<Cell><Data ss:Type="Number">12.5</Data></Cell>', 12.5),
        ('<Cell ss:StyleID="thousands"><Data ss:Type="Number">12500</Data></Cell>',
         Special("shown", 12.5, "12,5", 12500.0)),
        ('<Cell ss:StyleID="percent"><Data ss:Type="Number">0.615</Data></Cell>', Special("percent", 0.615)),
        ('<Cell ss:StyleID="day"><Data ss:Type="Number">44228</Data></Cell>', Special("date", "44228.0")),
        ('<Cell><Data ss:Type="DateTime">2021-02-01T09:00:00.000</Data></Cell>',
         Special("date", "2021-02-01 09:00:00")),
        ('<Cell ss:StyleID="gone"><Data ss:Type="Number">40</Data></Cell>', "4\u03360\u0336"),
        ('<Cell ss:Formula="=1+1"><Data ss:Type="Number">0</Data></Cell>', Special("uncached")),
        ('<Cell ss:Formula="=1+1"/>', Special("uncached")),
        ('<Cell><Data ss:Type="Error">#REF!</Data></Cell>', Special("error", "#REF!")),
        ('<Cell><Data ss:Type="Boolean">1</Data></Cell>', True),
        ('<Cell><Data ss:Type="String">30<html:Sup>1</html:Sup></Data></Cell>', "30¹"),
        ('<Cell><Data ss:Type="String">30<html:Sub>1</html:Sub></Data></Cell>', "30¹"),
        ('<Cell><Data ss:Type="String"><html:S>4</html:S>30</Data></Cell>', "4\u033630"),
        ("<Cell/>", None),
    ],
)  # fmt: skip
def test_a_cell_says_what_is_seen(written: str, read_as: Cell) -> None:
    lines = sheet_of(workbook(f"<Row>{cell('a')}{written}{cell('b')}</Row>")).cells
    assert lines == (("a", read_as, "b"),)


def test_places_are_counted_on_from_those_that_are_told() -> None:
    sheet = sheet_of(
        workbook(
            f'<Row ss:Index="3" ss:Hidden="1"><Cell ss:Index="2" ss:MergeAcross="1"><Data ss:Type="String">Năm</Data>'
            f"</Cell>{cell(1)}</Row><Row>{cell(2)}</Row>",
            "<PageSetup><Header x:Data='&amp;R&amp;12ĐVT: triệu đồng'/><Footer x:Data='Trang'/></PageSetup>"
            "<Visible>SheetHidden</Visible>",
        )
    )
    assert sheet.cells == ((), (), (None, "Năm", None, 1.0), (2.0,))
    assert (sheet.layout.merged, sheet.layout.hidden_rows) == (((2, 1, 2, 2),), (2,))
    assert (sheet.layout.hidden_columns, sheet.layout.hidden) == ((2, 3), True)
    assert "triệu đồng" in sheet.layout.asides[0][1]
    assert sheet.layout.asides[1] == ("chân trang in", "Trang")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<?xml version='1.0'?><a/>", "TEP-41"),
        (workbook("").replace(b"<Workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><Workbook', 1), "TEP-09"),
        (workbook("")[:-20], "TEP-15"),
        (workbook('<Row ss:Index="999999"><Cell><Data ss:Type="Number">1</Data></Cell></Row>'), "TEP-13"),
        (workbook('<Row ss:Index="x"><Cell><Data ss:Type="Number">1</Data></Cell></Row>'), "TEP-05"),
    ],
    ids=["other xml", "declaration", "broken off", "far away", "no number"],
)
def test_what_is_none_is_told(data: bytes, code: str) -> None:
    assert [finding.code for finding in read("xls", data).findings] == [code]
