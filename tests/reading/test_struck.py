"""What is struck through: deleted by hand in documents, and in tables asked about, for it is no figure any more."""

from __future__ import annotations

import pytest

from reading.made.readers import struck_document, struck_workbook
from reading.reader_files import made
from soket.narrative.numbers import NotANumber, parse_number
from soket.reading.process.child import read


@pytest.mark.parametrize("extension", ["docx", "doc", "odt", "rtf"])
def test_in_documents_it_was_deleted_by_hand(extension: str) -> None:
    data = struck_document() if extension == "docx" else made(f"struck.{extension}")
    assert read(extension, data).paragraphs == ("Thu 12 tỷ đồng",)


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
