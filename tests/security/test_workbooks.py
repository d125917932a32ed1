"""No text of anybody's is worked out by the workbooks that we make, nor once somebody goes into its cell."""

from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree
from openpyxl import Workbook, load_workbook

from intake.plans import make_plan
from soket.documents.forms import form_workbook
from soket.documents.long_sheets import LongTable, workbook_of
from soket.documents.rendering import blank_paper
from soket.documents.sheets import save, write
from soket.documents.word_charts import Series, WordChart

from .strangers import LEADS

TEXTS = [f'{lead}HYPERLINK("http://evil.vn")' for lead in LEADS]


def formulas(data: bytes) -> list[str | None]:
    """Return what a workbook works out, and what of its texts it would once they are edited."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sheets = [etree.fromstring(package.read(name)) for name in package.namelist() if "/sheet" in name]
    assert sheets
    found: list[str | None] = [each.text for sheet in sheets for each in sheet.iter("{*}f")]
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        found += [
            str(cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str) and cell.value.startswith(LEADS) and not cell.quotePrefix
        ]
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_stays_one_in_every_kind_of_sheet(text: str) -> None:
    book = Workbook()
    write(book.worksheets[0], 1, 1, "Huyện A")
    write(book.worksheets[0], 2, 1, text)
    write(book.worksheets[0], 3, 1, -1.5)
    short, long = save(book), workbook_of([LongTable("Tiến độ", text, [("TT", 5)], [(text,), ("Huyện A",), (-1.5,)])])
    for data, texts in ((short, 1), (long, 2)):
        assert formulas(data) == []
        cells = [cell for row in load_workbook(io.BytesIO(data)).worksheets[0].iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.quotePrefix] == [text.replace("\r", "")] * texts
        assert -1.5 in [cell.value for cell in cells]


@pytest.mark.parametrize("text", TEXTS)
def test_so_do_those_of_a_plan_in_forms_and_charts(text: str) -> None:
    plan = make_plan()
    (form,) = plan.forms
    indicators = tuple(each.model_copy(update={"name": text, "unit_of_measure": text}) for each in form.indicators)
    named = plan.model_copy(update={"confidentiality": text, "short_title": text})
    assert formulas(form_workbook(named, form.model_copy(update={"title": text, "indicators": indicators}))) == []
    part = blank_paper().part
    WordChart(text, (text,), (Series(text, (1.0,), "000000"),)).drawing(part)
    (chart,) = (each for each in part.package.iter_parts() if each.partname.endswith(".xlsx"))
    assert formulas(chart.blob) == []
