"""Charts are Word's own: it draws and edits them from a workbook in the document, and they say what the tables say."""

from __future__ import annotations

import io
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from openpyxl.chart.chartspace import ChartSpace
from openpyxl.chart.reader import read_chart
from openpyxl.xml.functions import fromstring

from soket.documents.charts import standing_chart, totals_charts
from soket.documents.draft import write_draft
from soket.documents.figures import Summary, summarise
from soket.documents.word_charts import Series, WordChart
from soket.plan.model import Plan

from .builders import make_register

_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture
def package(summary: Summary) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(write_draft(summary).word))


def test_a_draft_has_a_chart_a_form_and_one_of_how_units_stand(package: zipfile.ZipFile) -> None:
    names = [name for name in package.namelist() if name.startswith(("word/charts/chart", "word/embeddings/"))]
    assert names == [
        "word/charts/chart1.xml",
        "word/embeddings/Microsoft_Excel_Sheet1.xlsx",
        "word/charts/chart2.xml",
        "word/embeddings/Microsoft_Excel_Sheet2.xlsx",
    ]
    assert not [name for name in package.namelist() if name.endswith(".png")]


def test_chart_and_workbook_say_what_the_totals_say(package: zipfile.ZipFile, summary: Summary) -> None:
    chart = fromstring(package.read("word/charts/chart1.xml"))
    cached = [each.text for each in chart.iter(f"{_C}v")]
    assert cached == ["Tổng lượt khách", "2019", "2020", "2021 (ước)", "400.0", "480.0", "360.0"]
    sheet = openpyxl.load_workbook(io.BytesIO(package.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx"))).worksheets[
        0
    ]
    assert list(sheet.values) == [
        (None, "Tổng lượt khách"),
        ("2019", 400),
        ("2020", 480),
        ("2021 (ước)", 360),
    ]
    assert chart.find(f"{_C}externalData") is not None
    chart.remove(chart.find(f"{_C}externalData"))  # openpyxl does not know it by its namespace
    drawn = read_chart(ChartSpace.from_tree(chart))
    assert [series.val.numRef.f for series in drawn.series] == ["Sheet1!$B$2:$B$4"]


def test_a_chart_is_in_the_papers_font(package: zipfile.ZipFile) -> None:
    drawn = package.read("word/charts/chart2.xml").decode()
    assert 'typeface="Times New Roman"' in drawn
    assert "Calibri" not in drawn


def test_the_same_figures_are_the_same_bytes(summary: Summary) -> None:
    assert write_draft(summary).word == write_draft(summary).word


def test_no_chart_of_one_period_or_of_nothing(plan: Plan) -> None:
    nobody = summarise(plan, plan.campaigns[0], make_register(plan, [], []), [])
    assert totals_charts(nobody) == {}
    assert standing_chart(nobody) is not None


def test_what_a_plan_calls_its_things_breaks_no_chart() -> None:
    document = docx.Document()
    names = ("Khối <A> & “B”", "\x0bKhối C")
    chart = WordChart("Số <&> đơn vị", names, (Series('"Đúng hạn"', (1.5, None), "000000"),), stacked=True)
    drawing = chart.drawing(document.part)
    assert "Số &lt;&amp;&gt; đơn vị" in drawing
    part = next(each for each in document.part.package.iter_parts() if str(each.partname).startswith("/word/charts"))
    assert [each.text for each in fromstring(part.blob).iter(f"{_C}v")] == [
        '"Đúng hạn"',
        "Khối <A> & “B”",
        "Khối C",
        "1.5",
    ]


def test_tables_repeat_their_heads_break_no_row_and_keep_their_totals(summary: Summary) -> None:
    opened = docx.Document(io.BytesIO(write_draft(summary).word))
    tables = [
        each for each in opened.element.body.iter(qn("w:tbl")) if each.find(f".//{qn('w:tblHeader')}") is not None
    ]
    assert len(tables) >= 3
    for table in tables:
        rows = table.findall(qn("w:tr"))
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        for row in (rows[0], rows[-2]):
            assert all(each.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for each in row.iter(qn("w:p")))
