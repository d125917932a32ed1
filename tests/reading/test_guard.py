from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import corpus, hostile
from soket.reading.findings import Finding, FindingError
from soket.reading.guards import guard

RELATIONS = "word/_rels/document.xml.rels"
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'


def stopped(extension: str, data: bytes) -> Finding:
    with pytest.raises(FindingError) as caught:
        guard(extension, data)
    return caught.value.finding


def report() -> bytes:
    return corpus.report()


def with_part(name: str, content: str) -> bytes:
    return corpus.repacked(corpus.workbook(), added={name: f"<connections>{content}</connections>".encode()})


def macro_type() -> bytes:
    """A workbook of the type that may hold macros, without one."""
    data, types = corpus.workbook(), "[Content_Types].xml"
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    said = corpus.part(data, types).replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    return corpus.repacked(data, changed={types: said})


def apples() -> bytes:
    return corpus.zipped({"Index/Document.iwa": b"x", "Index/CalculationEngine.iwa": b"x"})


def with_macro_under_another_name(relations: str) -> bytes:
    data, usual = macro_type(), "xl/_rels/workbook.xml.rels"
    kind = b"http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    link = b'<Relationship Id="rId99" Type="%s" Target="a.bin"/></Relationships>' % kind
    part = {relations: corpus.part(data, usual).replace(b"</Relationships>", link)}
    return corpus.repacked(data, changed=part, added={"xl/a.bin": b"x"} | ({} if relations == usual else part))


@pytest.mark.parametrize(
    ("extension", "make"),
    [
        ("docx", report),
        ("xlsx", corpus.workbook),
        ("csv", corpus.csv_table),
        ("csv", lambda: corpus.csv_table(encoding="utf-16")),
        ("csv", lambda: corpus.csv_table(encoding="cp1258")),
    ],
)
def test_good_files_pass(extension: str, make: Callable[[], bytes]) -> None:
    kind, findings = guard(extension, make())
    assert kind == extension
    assert findings == []


@pytest.mark.parametrize(
    ("code", "extension", "make"),
    [
        ("TEP-01", "docx", lambda: b""),
        ("TEP-02", "exe", lambda: b"MZ..."),
        ("TEP-02", "", report),
        ("TEP-44", "numbers", apples),
        ("TEP-44", "xlsx", apples),
        ("TEP-44", "et", lambda: corpus.ole("Workbook")),
        ("TEP-44", "gsheet", lambda: b'{"url": "x"}'),
        ("TEP-64", "heic", lambda: b"x"),
        ("TEP-03", "docx", corpus.workbook),
        ("TEP-03", "xlsx", report),
        ("TEP-03", "docx", lambda: b"%PDF-1.7"),
        ("TEP-03", "docx", lambda: "Báo cáo".encode()),
        ("TEP-03", "csv", corpus.workbook),
        ("TEP-03", "csv", lambda: b"a;b\x00c"),
        ("TEP-03", "pdf", lambda: b"MZ program"),
        ("TEP-03", "docx", lambda: corpus.ole("WordDocument")),
        ("TEP-05", "docx", lambda: report()[: len(report()) * 3 // 5]),
        ("TEP-05", "docx", lambda: report()[:-10]),
        ("TEP-05", "docx", lambda: corpus.ole("WordDocument")[:600]),
        ("TEP-06", "docx", lambda: corpus.ole("EncryptedPackage", "EncryptionInfo")),
        ("TEP-06", "xlsx", lambda: corpus.ole("EncryptionInfo", "EncryptedPackage")),
        ("TEP-43", "docm", report),
        ("TEP-43", "xlsb", corpus.workbook),
        ("TEP-07", "docm", lambda: corpus.repacked(report(), added={"word/vbaProject.bin": b"x"})),
        ("TEP-07", "xlsb", lambda: corpus.repacked(corpus.workbook(), added={"xl/vbaProject.bin": b"x"})),
        ("TEP-07", "xlsm", lambda: corpus.repacked(macro_type(), added={"xl/vbaProject.bin": b"x"})),
        ("TEP-07", "xlsm", lambda: corpus.repacked(macro_type(), added={"xl/macrosheets/sheet1.bin": b"x"})),
        ("TEP-07", "xlsm", lambda: with_macro_under_another_name("xl/_rels/workbook.xml.rels")),
        ("TEP-07", "xlsm", lambda: with_macro_under_another_name("xl/_rels/b.xml.RELS")),
        ("TEP-07", "xlsx", lambda: corpus.repacked(macro_type(), added={"xl/vbaProject.bin": b"x"})),
        ("TEP-03", "xlsx", macro_type),
        ("TEP-03", "xls", macro_type),
        ("TEP-03", "xlsb", report),
        ("TEP-06", "xlsm", lambda: corpus.ole("EncryptionInfo", "EncryptedPackage")),
        ("TEP-07", "docx", lambda: corpus.repacked(report(), added={"word/vbaProject.bin": b"x"})),
        ("TEP-07", "xlsx", lambda: corpus.repacked(corpus.workbook(), added={"xl/macrosheets/sheet1.xml": b"<x/>"})),
        ("TEP-08", "docx", lambda: corpus.inflated(report())),
        ("TEP-08", "docx", lambda: corpus.overlapping(report())),
        ("TEP-08", "docx", lambda: corpus.repacked(report(), added={f"x/{n}.txt": b"" for n in range(2100)})),
        ("TEP-08", "docx", lambda: corpus.repacked(report(), added={"../../evil.xml": b"<x/>"})),
        ("TEP-08", "docx", lambda: corpus.repacked(report(), added={"word/Document.xml": b"<x/>"})),
        ("TEP-09", "docx", lambda: corpus.repacked(report(), changed={"docProps/core.xml": DTD})),
        ("TEP-09", "docx", lambda: corpus.repacked(report(), added={"word/x.xml": DTD.decode().encode("utf-16")})),
        ("TEP-09", "xlsx", lambda: corpus.repacked(corpus.workbook(), added={"xl/x.rels": DTD})),
        (
            "TEP-10",
            "docx",
            lambda: corpus.with_relation(report(), RELATIONS, "attachedTemplate", "https://x.vn/a.dotm"),
        ),
        ("TEP-10", "docx", lambda: corpus.with_relation(report(), RELATIONS, "oleObject", "\\\\x.vn\\a\\b.docx")),
        ("TEP-12", "docx", lambda: corpus.repacked(report(), added={"word/embeddings/a.exe": b"MZ"})),
        ("TEP-12", "docx", lambda: corpus.repacked(report(), added={"word/activeX/activeX1.xml": b"<x/>"})),
        (
            "TEP-12",
            "docx",
            lambda: corpus.repacked(report(), added={"word/embeddings/oleObject1.bin": corpus.ole("\x01Ole10Native")}),
        ),
        ("TEP-10", "docx", lambda: corpus.with_relation(report(), RELATIONS, "oleObject", "ms-msdt:/id PCWDiagnostic")),
        ("TEP-10", "docx", lambda: corpus.with_relation(report(), RELATIONS, "frame", " smb://x.vn/a.docx")),
        ("TEP-10", "docx", lambda: corpus.with_relation(report(), RELATIONS, "image", "file://x.vn/a/b.png")),
        ("TEP-10", "docx", lambda: corpus.with_relation(report(), RELATIONS, "image", "file:///\\\\x.vn\\a\\b.png")),
        ("TEP-10", "docx", lambda: corpus.with_relation(report(), RELATIONS, "image", "//x.vn/a/b.png")),
        ("TEP-10", "docx", lambda: hostile.field(r'INCLUDEPICTURE "\\\\x.vn\\a\\b.png" \d')),
        ("TEP-10", "docx", lambda: hostile.field(r"LINK Word.Document.8 &quot;https://x.vn/a.doc&quot; \a")),
        ("TEP-10", "docx", lambda: hostile.field(r'DATABASE \d "C:\\a.mdb" \c "DSN=x"')),
        ("TEP-10", "xlsx", lambda: with_part("xl/connections.xml", '<connection id="1"><webPr url="http://x.vn"/>')),
        ("TEP-10", "xlsx", lambda: with_part("xl/connections.xml", '<connection id="1" refreshOnLoad="1">')),
        ("TEP-10", "xlsx", lambda: hostile.sheet('<row><c><f>_xlfn.WEBSERVICE("http://x.vn")</f></c></row>')),
        ("TEP-10", "xlsx", lambda: hostile.sheet('<row><c><f>1+_xlfn.IMAGE("http://x.vn")</f></c></row>')),
        ("TEP-10", "xls", lambda: hostile.with_supbook(b"\x00cmd\x03/c calc")),
        ("TEP-10", "doc", lambda: hostile.with_old_field("DDEAUTO cmd")),
        ("TEP-10", "odt", lambda: hostile.open_text(hostile.linked_picture("file://x.vn/a/b.png"))),
        ("TEP-10", "odt", lambda: hostile.open_text(hostile.linked_picture("//x.vn/a/b.png"))),
        ("TEP-24", "pdf", lambda: hostile.one_page(b"", catalog=b"/OpenAction<</S/GoToR/F(\\\\\\\\x.vn\\a)>>")),
        ("TEP-24", "pdf", lambda: hostile.one_page(b"", catalog=b"/OpenAction<</S/URI/URI(http://x.vn)>>")),
        ("TEP-24", "pdf", lambda: hostile.pdf_that_opens(b"<</S/URI/URI(http://x.vn)>>")),
        ("TEP-13", "xlsx", corpus.sparse_workbook),
        ("TEP-03", "xls", lambda: corpus.ole("WordDocument")),
        ("TEP-03", "doc", report),
        ("TEP-03", "odt", report),
        ("TEP-05", "doc", lambda: corpus.ole("WordDocument")),
        ("TEP-05", "pdf", lambda: b"%PDF-1.7\n"),
        ("TEP-17", "dotx", report),
    ],
)
def test_what_must_not_be_read_is_stopped(code: str, extension: str, make: Callable[[], bytes]) -> None:
    assert stopped(extension, make()).code == code


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="9"><c r="XFD9"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        '<row r="&#49;048576"><c r="&#88;FD1048576"><v>1</v></c></row>',
        "<row r='1048576'><c\n t='n' r = 'xfd1048576'><is/></c></row>",
        '<row r="1048576"><c t=">" r="$XFD$1048576"><f>1</f></c></row>',
    ],
)
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/elsewhere.dat"])
def test_a_sparse_sheet_is_seen_however_it_is_written(name: str, cells: str) -> None:
    data = corpus.workbook()
    sheet = corpus.part(data, "xl/worksheets/sheet1.xml").replace(b"</sheetData>", f"{cells}</sheetData>".encode())
    assert stopped("xlsx", corpus.repacked(data, changed={name: sheet}, added={name: sheet} if "dat" in name else {}))


def test_formats_without_content_may_reach_far() -> None:
    data, name = corpus.workbook(), "xl/worksheets/sheet1.xml"
    styled = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'
    sheet = corpus.part(data, name).replace(b"</sheetData>", styled)
    assert guard("xlsx", corpus.repacked(data, changed={name: sheet})) == ("xlsx", [])


def test_a_workbook_of_the_type_for_macros_is_read_where_it_holds_none() -> None:
    assert guard("xlsm", macro_type()) == ("xlsx", [])
    assert guard("xlsm", corpus.workbook()) == ("xlsx", [])


def test_it_says_what_a_file_really_is() -> None:
    assert stopped("docx", corpus.workbook()).facts["actual"] == "bảng tính Excel (.xlsx)"
    assert stopped("docx", corpus.ole("WordDocument")).facts["actual"] == "văn bản Word 97–2003 (.doc)"


@pytest.mark.parametrize(
    ("extension", "how"),
    [
        ("numbers", "Mở bằng Numbers, chọn «Tệp › Xuất ra › Excel» (trên iPhone, iPad: «Xuất»), rồi nộp tệp .xlsx"),
        ("pages", "Mở bằng Pages, chọn «Tệp › Xuất ra › Word»"),
        ("wps", "Mở bằng WPS Office, chọn “Lưu thành” (Save As) loại .docx"),
        ("gsheet", "Mở bằng Google Trang tính, chọn «Tệp › Tải xuống › Microsoft Excel»"),
    ],
)
def test_it_says_how_other_programs_save_what_is_read(extension: str, how: str) -> None:
    assert str(stopped(extension, b"x").facts["how"]).startswith(how)
    assert "Pages" in str(stopped("docx", apples()).facts["how"])


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("hyperlink", "https://hatinh.gov.vn"),
        ("attachedTemplate", "file:///C:\\Users\\a\\Normal.dotm"),
        ("attachedTemplate", "Normal.dotm"),
        ("image", "https://hatinh.gov.vn/logo.png"),
        ("image", "file:///C:\\Users\\a\\logo.png"),
        ("image", "file:///home/a/logo.png"),
    ],
)
def test_ordinary_links_pass(kind: str, target: str) -> None:
    assert guard("docx", corpus.with_relation(report(), RELATIONS, kind, target)) == ("docx", [])


@pytest.mark.parametrize(
    "instruction",
    [
        r'LINK Excel.Sheet.12 "C:\\Users\\a\\b.xlsx" "Sheet1!R1C1" \a \f 5 \h \* MERGEFORMAT',
        r'INCLUDEPICTURE "https://hatinh.gov.vn/logo.png" \* MERGEFORMATINET',
        r'HYPERLINK "\\\\van-thu\\chung"',
        r"TOC \o &quot;1-3&quot; \h \z \u",
    ],
)
def test_ordinary_fields_pass(instruction: str) -> None:
    assert guard("docx", hostile.field(instruction)) == ("docx", [])


def test_a_pdf_that_opens_at_a_place_of_its_own_passes() -> None:
    assert guard("pdf", hostile.one_page(b"", catalog=b"/OpenAction[3 0 R/Fit]")) == ("pdf", [])
    page = b"/OpenAction<</S/GoTo/D[3 0 R/Fit]>>/Names<</X<</S/URI/URI(http://x.vn)>>>>"
    assert guard("pdf", hostile.one_page(b"", catalog=page)) == ("pdf", [])


def test_formulas_into_other_workbooks_are_told_of() -> None:
    data = corpus.with_relation(corpus.workbook(), "xl/_rels/workbook.xml.rels", "externalLinkPath", "khac.xlsx")
    assert guard("xlsx", data) == ("xlsx", [Finding("TEP-11")])


def test_an_equation_and_the_data_of_a_chart_pass() -> None:
    embedded = {
        "word/embeddings/oleObject1.bin": corpus.ole("Equation Native"),
        "word/embeddings/Microsoft_Excel_Sheet1.xlsx": corpus.workbook(),
    }
    assert guard("docx", corpus.repacked(report(), added=embedded)) == ("docx", [])


@given(st.sampled_from(["docx", "xlsx", "csv", "doc", "pdf", "zip", ""]), st.binary(max_size=300))
def test_any_bytes_are_taken_or_stopped(extension: str, data: bytes) -> None:
    with contextlib.suppress(FindingError):
        guard(extension, data)


@given(st.data())
def test_a_damaged_report_is_taken_or_stopped(data: st.DataObject) -> None:
    content = bytearray(report())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FindingError):
        guard("docx", bytes(content))
