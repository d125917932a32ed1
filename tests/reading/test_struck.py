"""What is struck through: deleted by hand in documents, and in tables asked about, for it is no figure any more.

And what else looks as it does in every format: marks below the line, margins of pages, prompts of cells, white letters.
"""

from __future__ import annotations

import pytest

from reading import corpus
from reading.made.readers import (
    lowered_document,
    prompted_workbook,
    struck_document,
    struck_workbook,
    styled_document,
    white_document,
    white_workbook,
)
from reading.reader_files import made
from reading.word_bodies import paragraph, run, said
from soket.narrative.quantities.numbers import NotANumber, parse_number
from soket.reading.findings import Special
from soket.reading.formats.colours import is_white
from soket.reading.process.child import read


@pytest.mark.parametrize("extension", ["docx", "doc", "odt", "rtf"])
def test_in_documents_it_was_deleted_by_hand(extension: str) -> None:
    data = struck_document() if extension == "docx" else made(f"struck.{extension}")
    assert read(extension, data).paragraphs == ("Thu 12 tỷ đồng",)


@pytest.mark.parametrize("extension", ["docx", "doc", "odt", "rtf"])
def test_what_a_style_strikes_or_hides_ends_its_paragraph_and_its_cell_all_the_same(extension: str) -> None:
    content = read(extension, styled_document() if extension == "docx" else made(f"styled.{extension}"))
    assert content.paragraphs == ("Thấy", "giữ", "412", "4", "Cuối")
    (table,) = content.tables
    assert table.rows == (((0, 2, 3), (1, 3, 4), (2, 4, 4)),)


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_in_tables_it_is_no_figure(extension: str) -> None:
    data = struck_workbook() if extension == "xlsx" else made(f"struck.{extension}")
    (sheet,) = read(extension, data).sheets
    cells = [cell for row in sheet.cells if row[0] == "CT02" for cell in row[2:]]
    assert [str(cell).replace("\u0336", "") for cell in cells] == [
        "4012",
        "14.25" if extension == "ods" else "14,25",
        "9,5",
    ]
    for cell in cells:
        assert isinstance(parse_number(str(cell)), NotANumber)


@pytest.mark.parametrize("extension", ["docx", "doc", "odt", "rtf"])
def test_below_the_line_marks_are_no_digits_and_words_in_margins_are_kept(extension: str) -> None:
    content = read(extension, lowered_document() if extension == "docx" else made(f"lowered.{extension}"))
    assert content.paragraphs == ("Có 30¹ cơ sở, khí CO2.",)
    assert [text for _, text in content.margins] == ["ở trên", "ở dưới"]
    assert {place.split()[1] for place, _ in content.margins} == {"trang"}


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_lowered_marks_and_prompts_of_cells(extension: str) -> None:
    (sheet,) = read(extension, prompted_workbook() if extension == "xlsx" else made(f"prompted.{extension}")).sheets
    assert sheet.cells == (("30¹", 5.0, 6.0),)
    prompts = [(place, text) for place, text in sheet.layout.asides if "lời nhắc" in place]
    assert prompts == [("lời nhắc của ô B1:C1", "Nhập số"), ("lời nhắc của ô B1:C1", "Theo triệu đồng")]


@pytest.mark.parametrize("extension", ["docx", "doc", "odt", "rtf"])
def test_letters_that_nobody_sees_are_none(extension: str) -> None:
    content = read(extension, white_document() if extension == "docx" else made(f"white.{extension}"))
    assert content.paragraphs == ("Thu 8,5 tỷ đồng",)
    content = read(extension, white_document("1F3864") if extension == "docx" else made(f"shaded.{extension}"))
    assert content.paragraphs == ("Thu 8,5 tỷ đồng", "2017")


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_so_they_are_in_tables_and_numbers_are_held_there(extension: str) -> None:
    (sheet,) = read(extension, white_workbook() if extension == "xlsx" else made(f"white.{extension}")).sheets
    assert sheet.cells[0] == ("8,5", Special("hidden", stored=5.0), 6.0)
    if extension == "xlsx":  # the others are saved without such heights
        assert (sheet.layout.hidden_rows, sheet.layout.hidden_columns) == ((1,), (2,))


@pytest.mark.parametrize(
    ("colour", "white"),
    [
        ("FFFFFF", True),
        ("FFFEFEFE", True),
        ("#fff", True),
        ("White", True),
        ("rgb(255, 255, 250)", True),
        ("00FFFF", False),
        ("auto", False),
        ("#eee", False),
        ("", False),
    ],
)
def test_white_is_what_is_not_told_from_paper(colour: str, white: bool) -> None:
    assert is_white(colour) is white


@pytest.mark.parametrize(
    ("around", "seen"),
    [
        ('<w:shd w:val="clear" w:fill="auto"/>', "12"),
        ('<w:shd w:val="clear" w:fill="FFFFFF"/>', "12"),
        ('<w:shd w:val="clear" w:fill="1F3864"/>', "123"),
        ('<w:shd w:val="pct50" w:fill="auto"/>', "123"),
    ],
)
def test_what_is_behind_white_letters_lets_them_be_seen(around: str, seen: str) -> None:
    white = '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>3</w:t></w:r>'
    assert said(paragraph(run("12") + white, around)) == (seen,)
    assert said(paragraph(run("12") + white.replace("</w:rPr>", f"{around}</w:rPr>"))) == (seen,)


@pytest.mark.parametrize(
    ("style", "seen"),
    [
        ("color:#fff", "12"),
        ("font-size:0", "12"),
        ("font-size: 0.5em", "123"),
        ("color:white;background:#1F3864", "123"),
        ("color:white;background-color:white", "12"),
    ],
)
def test_so_on_pages_of_the_web(style: str, seen: str) -> None:
    page = f"<html><body><p>12<span style='{style}'>3</span></p></body></html>"
    assert read("doc", page.encode()).paragraphs == (seen,)


@pytest.mark.parametrize("shape", ["custom-shape", "rect", "caption"])
def test_words_in_shapes_are_none_of_the_cell_that_they_are_anchored_in(shape: str) -> None:
    data = made("prompted.ods")
    content = corpus.part(data, "content.xml")
    drawn = f"<draw:{shape}><svg:desc>hình</svg:desc><text:p>ĐVT: triệu đồng</text:p></draw:{shape}>".encode()
    changed = content.replace(b"<text:p>", drawn + b"<text:p>")
    (sheet,) = read("ods", corpus.repacked(data, changed={"content.xml": changed})).sheets
    assert sheet.cells == (("30¹", 5.0, 6.0),)
    assert [text for place, text in sheet.layout.asides if place == "hộp văn bản"] == ["ĐVT: triệu đồng"] * 3
