"""What parts two figures in one cell stays apart from the one blank between thousands, in every format."""

from __future__ import annotations

import pytest

from reading import corpus, hostile
from reading.word_bodies import paragraph, run
from soket.reading.findings import Content
from soket.reading.process.child import read


def of_word(inside: str) -> Content:
    cell = f"<w:tc>{paragraph(run('24') + inside + run('412'))}</w:tc>"
    return read("docx", hostile.word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>{paragraph(run('3') + inside + run('4'))}"))


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("<w:r><w:br/></w:r>", "24\n412"),
        ("<w:r><w:tab/></w:r>", "24\t412"),
        (run("   "), "24  412"),
        (run(" "), "24 412"),
    ],
)
def test_word(inside: str, shown: str) -> None:
    assert of_word(inside).paragraphs == (shown, "3 4")


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (b"<text:line-break/>", "24\n412"),
        (b"<text:tab/>", "24\t412"),
        (b" <text:s/>", "24  412"),
        (b"<text:s text:c='3'/>", "24  412"),
        (b"<text:s/>", "24 412"),
        (b"\n    ", "24 412"),
    ],
)
def test_open_documents(inside: bytes, shown: str) -> None:
    row = b"<table:table-row><table:table-cell%s><text:p>24%s412</text:p></table:table-cell></table:table-row>"
    text = hostile.open_text(b"<table:table>" + row % (b"", inside) + b"</table:table>")
    assert read("odt", text).paragraphs[0] == shown
    sheet = hostile.open_sheet(row % (b" office:value-type='string'", inside))
    cell = read("ods", sheet).sheets[0].cells[-1][0]
    assert isinstance(cell, str)
    assert cell.replace("   ", "  ") == shown


@pytest.mark.parametrize(
    ("inside", "shown"),
    [(r"\line ", "24\n412"), (r"\tab ", "24\t412"), (r"  ", "24  412"), (r"\~", "24 412"), (" \r\n", "24 412")],
)
def test_rich_text(inside: str, shown: str) -> None:
    rows = rf"\trowd\intbl 24{inside}412\cell\row\pard e\par"
    assert read("rtf", hostile.rich_text(rows)).paragraphs[0] == shown


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("<br>", ("24", "412")),
        ("&nbsp;&nbsp;", ("24  412",)),
        ("\n   ", ("24 412",)),
        (" <b> </b> ", ("24 412",)),
        ("&#160;", ("24 412",)),
    ],
)
def test_pages_of_the_web(inside: str, shown: tuple[str, ...]) -> None:
    page = f"<html><meta charset=utf-8><body><table><tr><td>24{inside}412</td></tr></table></body></html>".encode()
    assert read("doc", page).paragraphs == shown
    ((cell,),) = read("xls", page).sheets[0].cells
    assert isinstance(cell, str)
    assert cell == "\n".join(shown)


def test_workbooks() -> None:
    cells = ("24\n412", "24\t412", "24  412")
    assert cells in read("xlsx", corpus.workbook([cells])).sheets[0].cells
