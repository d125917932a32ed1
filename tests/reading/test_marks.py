"""What is marked in a unit's file: all else in it stays, and the marks are known again when it comes back.

Of the corpus that is made by code a case in twenty; all of them by `make parity`.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from intake.cases import Case, all_cases
from intake.folders import FIELD
from soket.reading.findings import Content
from soket.reading.formats.marked_files import MARKED, edited
from soket.reading.marks import ANSWER_HEAD, FaultMark, FaultMarks, paper_mark, slip_id
from soket.reading.process import child

SLIP = slip_id("2021", "huyen_1", 2)
FILES = sorted(  # sets share many of their reports: each once
    {each.read_bytes(): each for each in FIELD.glob("*/files/*") if each.suffix[1:] in MARKED}.values()
)
CASES = dict(all_cases())
SOME = dict(list(CASES.items())[:: int(os.environ.get("PARITY_EVERY", "20"))])
CELLS = ("D7", "E8", "AA3")
TOUCHED = ("[Content_Types].xml", ".rels", "styles.xml", "comments.xml", ".vml")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist() if not name.endswith("/")}


def canonical(part: bytes) -> bytes:
    try:
        return bytes(etree.tostring(etree.fromstring(part, etree.XMLParser(huge_tree=True)), method="c14n"))
    except etree.XMLSyntaxError:
        return part


def differ(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return [
        name
        for name in sorted({*one, *other})
        if one.get(name) != other.get(name) and canonical(one.get(name, b"")) != canonical(other.get(name, b""))
    ]


def marks_for(content: Content) -> FaultMarks:
    cells = tuple((sheet.name, cell) for sheet in content.sheets[:2] for cell in CELLS)
    words = tuple(text for text in content.paragraphs if len(text) > 25)[3:4]
    lines = (
        FaultMark(1, "Phải sửa", "Sai <b> & «x»", "Sửa lại.", cells[:2], words),
        FaultMark(2, "Cần xem lại", "Số lớn", "", cells[1:], ("không có câu nào như thế này",), asks=True),
        FaultMark(3, "Cần xem lại", "Cả tệp", asks=True),
    )
    return FaultMarks(SLIP, "Ban Tuyên giáo", "Các điểm", "2021-11-01T09:00:00", ("Đã kiểm tra lại",), lines)


def as_read(extension: str, data: bytes) -> Content:
    return child.read(extension, data)


@pytest.mark.parametrize("path", FILES, ids=[f"{each.parent.parent.name}-{each.suffix[1:]}" for each in FILES])
def test_all_but_the_marks_stays_and_is_read_as_before(path: Path) -> None:
    all_but_the_marks_stays(path.suffix[1:], path.read_bytes())


@pytest.mark.parametrize("case", SOME.values(), ids=SOME)
def test_so_it_does_in_what_is_made_by_code(case: Case) -> None:
    for name, data in case.files().items():
        if (extension := name.rpartition(".")[2].lower()) in MARKED:
            all_but_the_marks_stays(extension, data)


def all_but_the_marks_stays(extension: str, data: bytes) -> None:
    """Hold a file that was marked against what was sent; what no reader takes is never marked."""
    before = as_read(extension, data)
    if not (before.paragraphs or before.sheets):
        return
    marks = marks_for(before)
    marked = edited(extension, data, marks)
    sent, made = parts_of(data), parts_of(marked)
    changed = {name for name in sent if sent[name] != made.get(name)}
    assert not [name for name in changed if not name.endswith(".xml") and not name.endswith(TOUCHED)]
    if extension == "xlsx":
        for name in changed:
            if b"sheetData" in sent[name]:  # cells, formulas, looks of cells: not one letter is another
                assert cells_of(made[name]) == cells_of(sent[name])
    assert not differ(sent, parts_of(edited(extension, marked, None)))
    assert not differ(made, parts_of(edited(extension, marked, marks)))
    after = as_read(extension, marked)
    assert (after.paragraphs, after.sheets, after.tables, after.findings) == (
        before.paragraphs,
        before.sheets,
        before.tables,
        before.findings,
    )


def cells_of(part: bytes) -> bytes:
    (data,) = etree.fromstring(part).iter("{*}sheetData")
    return bytes(etree.tostring(data, method="c14n"))


def sample(name: str) -> bytes:
    return (FIELD / name / "files" / "so-lieu.xlsx").read_bytes()


def test_a_note_of_the_units_own_stays_and_gets_no_second_one() -> None:
    data = sample("T05-placeholder-zero")
    first = edited("xlsx", data, marks_for(as_read("xlsx", data)))
    theirs = repacked(first, lambda text: text.replace("[SK 2021", "[2021"))
    again = edited("xlsx", theirs, marks_for(as_read("xlsx", data)))
    notes = b"".join(part for name, part in parts_of(again).items() if "notes" in name and name.endswith(".xml"))
    assert notes.count(b'ref="D7"') == 1
    assert b"[SK 2021" not in notes


def repacked(data: bytes, change: object) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts_of(data).items():
            text = change(part.decode()) if "notes" in name else part  # type: ignore[operator]
            package.writestr(name, text)
    return out.getvalue()


def answered(data: bytes, line: int, words: str) -> bytes:
    """Return a marked workbook with an answer, as whoever fills in the sheet of faults leaves it."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["Điểm cần sửa"]
    (row,) = [row for row in sheet.iter_rows() if str(row[0].value) == str(line)]
    row[5].value = words
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_answers_in_the_sheet_of_faults_are_read_whatever_program_saved_it() -> None:
    data = sample("T05-placeholder-zero")
    marked = edited("xlsx", data, marks_for(as_read("xlsx", data)))
    assert as_read("xlsx", marked).answered is not None
    content = as_read("xlsx", answered(marked, 2, " Số đúng,\n do mở rộng địa bàn "))
    assert content.answered is not None
    assert content.answered.slip == SLIP
    assert (2, "Số đúng, do mở rộng địa bàn") in content.answered.lines
    assert [sheet.cells for sheet in content.sheets] == [sheet.cells for sheet in as_read("xlsx", data).sheets]
    assert not [text for sheet in content.sheets for _, text in sheet.layout.asides if "SK 2021" in text]


def test_a_slip_that_comes_back_is_no_report() -> None:
    import docx

    paper = docx.Document()
    paper.add_paragraph(paper_mark(SLIP))
    table = paper.add_table(rows=3, cols=3)
    for row, texts in zip(
        table.rows, (("Số", "Nội dung", ANSWER_HEAD), ("1", "Sai", ""), ("2", "Số lớn", "Đúng")), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    out = io.BytesIO()
    paper.save(out)
    content = as_read("docx", out.getvalue())
    assert content.paragraphs == ()
    assert content.answered is not None
    assert (content.answered.whole, content.answered.lines) == (True, ((2, "Đúng"),))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_a_marked_workbook_and_what_it_saves_is_read_alike(tmp_path: Path) -> None:
    data = sample("T17l-pivot-with-groups")
    before = as_read("xlsx", data)
    (tmp_path / "so-lieu.xlsx").write_bytes(edited("xlsx", data, marks_for(before)))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "ods:calc8",
            "--outdir",
            tmp_path,
            tmp_path / "so-lieu.xlsx",
        ],
        check=True,
        capture_output=True,
    )
    after = as_read("ods", (tmp_path / "so-lieu.ods").read_bytes())
    assert after.answered is not None
    assert [sheet.name for sheet in after.sheets] == [sheet.name for sheet in before.sheets]
    assert not [text for sheet in after.sheets for _, text in sheet.layout.asides if "SK 2021" in text]
