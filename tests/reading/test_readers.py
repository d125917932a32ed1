from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from reading import corpus, hostile
from reading.reader_files import made
from soket.reading.findings import Content, Finding, Sheet, Special
from soket.reading.formats.cells import PICTURED, tell_of_picture
from soket.reading.marks import form_prompt
from soket.reading.pool import ReaderPool
from soket.reading.process import child
from soket.reading.process.child import read
from soket.reading.reader import Reader, ReaderDiedError, ReaderFailedError, UnreadFileError

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(1) as readers:
        yield readers


def sheet_of(data: bytes) -> Sheet:
    content = read("xlsx", data)
    assert content.findings == ()
    return content.sheets[0]


def test_a_document_is_read_in_order_with_its_tables() -> None:
    made = docx.Document()
    made.add_paragraph("Một")
    made.add_table(1, 2).rows[0].cells[1].text = "Hai"
    made.add_paragraph("Ba")
    result = io.BytesIO()
    made.save(result)
    assert read("docx", result.getvalue()).paragraphs == ("Một", "Hai", "Ba")


def test_automatic_numbers_and_tracked_insertions_are_text() -> None:
    made = docx.Document()
    made.add_paragraph("Kết quả")
    properties = made.paragraphs[0]._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'))
    inserted = f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t> đạt được</w:t></w:r></w:ins>'
    made.paragraphs[0]._p.append(parse_xml(inserted))
    result = io.BytesIO()
    made.save(result)
    assert read("docx", result.getvalue()).paragraphs == ("1. Kết quả đạt được",)


def test_a_sheet_starts_where_it_starts() -> None:
    sheet = sheet_of(corpus.workbook([["a", 1], [None, 2.5]], at=(3, 2)))
    # A1 holds the form's title.
    assert (sheet.row, sheet.column) == (1, 1)
    assert sheet.cells[2][1:] == ("a", 1.0)
    assert sheet.cells[3][1:] == (None, 2.5)


def test_errors_and_formulas_that_were_never_computed_are_not_blank() -> None:
    made = Workbook()
    made.worksheets[0].append(["=A2+1", "#REF!", 3, None])
    cells = sheet_of(corpus.saved(made)).cells[0]
    assert cells[:3] == (Special("uncached"), Special("error", "#REF!"), 3.0)


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        ('<c r="A1" t="str"><f>IF(B1,"")</f><v></v></c>', None),  # as Excel and LibreOffice write it
        ('<c r="A1"><f>IF(B1,"")</f><v></v></c><c r="B1"><f>1+1</f><v>2</v></c>', None),
        ('<c r="A1"><f>IF(B1,"")</f><v></v></c><c r="B1"><f>1+1</f><v></v></c>', Special("uncached")),
        ('<c r="A1"><f>IF(B1,"")</f><v></v></c><c r="B1"><f>1+1</f><v>0</v></c>', Special("uncached")),
        ('<c r="A1"><f>IF(B1,"")</f></c><c r="B1"><f>1+1</f><v>2</v></c>', Special("uncached")),
        ('<c r="A1"><f>SUM(C1)</f><v></v></c><c r="B1"><f>1+1</f><v>2</v></c>', Special("uncached")),
    ],
)
def test_a_formula_that_came_to_an_empty_text_is_blank(cells: str, held: Special | None) -> None:
    assert sheet_of(hostile.sheet(f'<row r="1">{cells}<c r="C1"><v>1</v></c></row>')).cells[0][0] == held


@pytest.mark.parametrize(
    ("picture", "words", "told"),
    [
        ("xl/media/image1.png", [], True),
        ("xl/media/image1.JPEG", [["Biểu 01"], ["Người lập"]], True),
        ("xl/media/image1.png", [["Biểu 01"], [1]], False),
        ("xl/media/image1.png", [["Mã", "Chỉ tiêu"]] * 6, False),
        ("xl/drawings/drawing1.xml", [], False),
        ("Pictures/1.png", [], True),
    ],
)
def test_a_picture_in_a_tables_place_is_told_of(picture: str, words: list[Any], told: bool) -> None:
    data = corpus.zipped({picture: b"x"})
    sheets = tell_of_picture((Sheet("a", 1, 1, tuple(map(tuple, words))),), data)
    assert any((PICTURED, PICTURED) in sheet.layout.asides for sheet in sheets) is told


def test_percentages_are_told() -> None:
    made = Workbook()
    made.worksheets[0]["A1"] = 0.65
    made.worksheets[0]["A1"].number_format = "0.0%"
    assert sheet_of(corpus.saved(made)).cells == ((Special("percent", 0.65),),)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_delimiters_and_encodings(delimiter: str, encoding: str) -> None:
    content = read("csv", corpus.csv_table(delimiter, encoding))
    assert content.findings == ()
    assert content.sheets[0].cells[0][:3] == ("Mã", "Chỉ tiêu", "Năm 2019")
    assert content.sheets[0].cells[1][:2] == ("CT01", "Tổng lượt khách")


def test_an_old_encoding_is_told_of() -> None:
    content = read("csv", corpus.csv_table(encoding="cp1258"))
    assert content.findings == (Finding("TEP-18"),)
    assert [row[0] for row in content.sheets[0].cells[1:]] == list(corpus.GOOD)


HEADED = "Biểu 01\nMã,Chỉ tiêu,2017,2018\nCT01,Khách,412300,455120\n"


@pytest.mark.parametrize(
    ("lines", "stopped"),
    [
        ("CT02,Thu,118,5,132,25", (4, 6)),  # written 118,5 and 132,25
        ("CT02,Thu,118,5,132", (4, 5)),
        ("CT02,Thu,4,2,", (4, 5)),  # no figure for 2018
        ("CT01.1,Trong đó, khách quốc tế,3200,3820", (4, 5)),
        ('CT02,Thu,"118,5","132,25"', None),
        ('CT01.1,"Trong đó, khách quốc tế",3200,3820', None),
        ("CT02,Thu,118,132\nNgười lập, ngày 3, tháng 11, năm 2021", None),
        ("CT02,Thu,118,132\n\nMã,Chỉ tiêu,2017,2018,2019\nCT03,Buồng,1,2,3", None),
    ],
)
def test_lines_longer_than_the_head_are_cut_within_cells(lines: str, stopped: tuple[int, int] | None) -> None:
    content = read("csv", (HEADED + lines).encode())
    if stopped is None:
        assert (content.findings, len(content.sheets)) == ((), 1)
    else:
        facts = {"number": stopped[0], "count": stopped[1], "width": 4, "mark": ","}
        assert content == Content(findings=(Finding("TEP-42", facts=facts),))


def test_lines_that_all_end_alike_and_those_of_tabs_are_whole() -> None:
    ended = HEADED.replace("455120", "455120,") + "CT02,Thu,118,132,"
    for text in (ended, "Mã\t2017\t2018\nCT01\t1\t2\t3\n", "Mã;2017;2018\nCT01;1;2\nCT02;1;2;ước\n"):
        assert read("csv", text.encode()).findings == ()
    assert read("csv", "Mã;Tên;2017;2018\nCT01;Khu; điểm;1;2\n".encode()).findings[0].code == "TEP-42"


def test_excels_own_first_line_names_the_delimiter() -> None:
    sheet = read("csv", b"sep=|\r\na|b;c;d\r\n").sheets[0]
    assert (sheet.row, sheet.cells) == (2, (("a", "b;c;d"),))


def test_content_crosses_as_json() -> None:
    content = Content(
        ("Một",),
        (Sheet("Biểu", 3, 1, (("a", 1.5, None, True, Special("error", "#N/A")),)),),
        (Finding("TEP-11", "ô A1", {"x": 1}),),
    )
    assert Content.from_data(content.to_data()) == content


def test_what_no_library_can_read_is_told_of() -> None:
    broken = corpus.repacked(corpus.workbook(), changed={"xl/workbook.xml": b"<workbook"})
    assert read("xlsx", broken).findings == (Finding("TEP-15"),)


def test_the_pool_reads_what_the_child_reads(pool: ReaderPool) -> None:
    for extension, data in (("docx", corpus.report()), ("xlsx", corpus.workbook()), ("exe", b"MZ")):
        assert pool.read(extension, data) == child.read(extension, data)


# Reads files as a reader does, and tells what it loaded for them.
LOADING = """
import sys
from pathlib import Path
from soket.reading.process import child, server
server.load()
before = set(sys.modules)
for name in sys.argv[1:]:
    child.read(Path(name).suffix[1:], Path(name).read_bytes())
print(*sorted(set(sys.modules) - before))
"""


def test_all_that_readers_are_made_of_is_loaded_before_they_start() -> None:
    sent = [*(HERE / "made/readers").iterdir(), *(HERE.parent / "intake/field").glob("[FR]*/files/*")]
    loading = subprocess.run(
        [sys.executable, "-c", LOADING, *map(str, sent)], capture_output=True, check=True, text=True
    )
    assert loading.stdout.split("\n")[-2:] == ["", ""]


# What happens when a library ends the process.
ENDING = """
import os
from soket.reading.process import server
from soket.reading.formats import xlsx
xlsx.read_xlsx = lambda data: os._exit(11)
server.main()
"""


def test_a_file_that_ends_its_reader_is_no_faulty_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.reading.reader.COMMAND", ["-c", ENDING])
    with ReaderPool(1) as readers:
        with pytest.raises(ReaderDiedError):
            readers.read("xlsx", corpus.workbook())
        assert readers.read("docx", corpus.report()).paragraphs
        assert len(readers._started) == 1  # what starts readers lives on


def test_small_files_of_one_sender_share_a_reader_and_hold_what_they_hold_alone(
    pool: ReaderPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [("docx", corpus.report()), ("xlsx", corpus.workbook()), ("exe", b"MZ"), ("csv", b"a;b\n1;2\n")]
    asked: list[str] = []
    monkeypatch.setattr(Reader, "read", lambda _self, extension, _data: asked.append(extension))
    assert pool.read_all(files) == [child.read(*file) for file in files]
    assert asked == []


def test_large_files_and_a_file_alone_have_a_reader_each(pool: ReaderPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Reader, "read_together")
    large = b"a;b\n" + b"1;2\n" * 200_000
    assert [len(pool.read_all([("csv", large)] * times)) for times in (0, 1, 2)] == [0, 1, 2]


def test_a_file_that_ends_its_reader_takes_no_other_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.reading.reader.COMMAND", ["-c", ENDING])
    with ReaderPool(1) as readers:
        report, table = readers.read_all([("docx", corpus.report()), ("xlsx", corpus.workbook())])
    assert isinstance(report, Content)
    assert report == child.read("docx", corpus.report())
    assert isinstance(table, ReaderDiedError)


def test_of_a_file_that_does_not_read_to_its_end_beside_others_a_reader_of_its_own_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = """
from soket.reading.findings import Content, Finding
from soket.reading.process import answers, child, server
from soket.reading.process.child import read
def beside(extension, data):
    if extension == "xlsx":
        raise KeyError("nobody foresaw this")
    return Content(findings=(Finding("TEP-14"),)) if extension == "docx" else Content(("x",), trouble="a trace")
answers.read = beside
alone = answers._answer
def answer(request, data):
    answers.read = read
    return alone(request, data)
answers._answer = answer
server.main()
"""
    monkeypatch.setattr("soket.reading.reader.COMMAND", ["-c", broken])
    files = [("xlsx", corpus.workbook()), ("docx", corpus.report()), ("csv", b"a;b")]
    with ReaderPool(1) as readers:
        assert readers.read_all(files) == [child.read(*file) for file in files]


@pytest.mark.parametrize("said", ["[]", "[1]", "{}", "null"])
def test_a_reader_that_answers_nonsense_for_many_is_not_believed(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    led_astray = f"""
import json
from soket.reading.process import answers, server
answers.read_each = lambda files, data: {said.replace("null", "None")} or []
server.main()
"""
    monkeypatch.setattr("soket.reading.reader.COMMAND", ["-c", led_astray])
    files = [("csv", b"a;b"), ("csv", b"c;d")]
    with ReaderPool(1) as readers:
        assert readers.read_all(files) == [child.read(*file) for file in files]


def test_an_error_that_nobody_foresaw_is_no_faulty_file(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = """
from soket.reading.process import server
from soket.reading.formats import word
def fails(data):
    raise KeyError("nobody foresaw this")
word.read_word = fails
server.main()
"""
    monkeypatch.setattr("soket.reading.reader.COMMAND", ["-c", broken])
    with ReaderPool(1) as readers, pytest.raises(UnreadFileError, match="nobody foresaw this") as caught:
        readers.read("docx", corpus.report())
    assert "in fails" in caught.value.__notes__[0]


def test_a_library_that_fails_on_a_file_leaves_it_to_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise IndexError("of the library")

    monkeypatch.setattr("xlrd.open_workbook", fails)
    content = read("xls", made("report.xls"))
    assert content.findings == (Finding("TEP-30"),)
    assert "of the library" in content.trouble


def test_a_reader_that_cannot_start_is_no_files_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.reading.reader.COMMAND", ["-c", "raise SystemExit('no library')"])
    with ReaderPool(1) as readers, pytest.raises(ReaderFailedError, match="no library"):
        readers.read("docx", corpus.report())


def test_a_process_ended_from_outside_is_replaced_and_the_file_read_again(pool: ReaderPool) -> None:
    pool.read("csv", corpus.csv_table())
    os.kill(pool._started[-1]._process.pid, signal.SIGKILL)
    assert pool.read("csv", corpus.csv_table()).sheets


def test_a_reader_that_is_ended_from_outside_again_and_again_is_no_faulty_file(monkeypatch: pytest.MonkeyPatch) -> None:
    killed = """
import os, signal
from soket.reading.process import answers, server
answers.answer = lambda request, data: os.kill(os.getpid(), signal.SIGKILL)
server.main()
"""
    monkeypatch.setattr("soket.reading.reader.COMMAND", ["-c", killed])
    with ReaderPool(1) as readers, pytest.raises(ReaderDiedError):
        readers.read("docx", corpus.report())


def test_an_idle_process_ends_by_itself_so_that_what_it_used_is_counted() -> None:
    with ReaderPool(1) as pool:
        pool.read("csv", b"a;b")
    assert pool._started[0]._process.returncode == 0


def test_a_reader_is_given_no_credentials(pool: ReaderPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-a-test")
    with ReaderPool(1) as readers:
        readers.read("csv", corpus.csv_table())
        with open(f"/proc/{readers._started[-1]._process.pid}/environ", "rb") as environment:  # noqa: PTH123 - not a file
            assert b"secret-of-a-test" not in environment.read()


def test_lines_of_any_length_and_stray_quotation_marks_are_read() -> None:
    (sheet,) = read("csv", b"CT01;" + b"x" * 200_000 + b";1\nCT02;a;2\n").sheets
    assert [(row[0], row[2]) for row in sheet.cells] == [("CT01", "1"), ("CT02", "2")]
    (sheet,) = read("csv", b'CT01;"a"b;1\nCT02;"c;2\n').sheets
    assert sheet.cells == (("CT01", '"a"b', "1"), ("CT02", '"c', "2"))


def test_lines_in_several_encodings_are_read_each_in_its_own() -> None:
    lines = ["CT01;Lượt khách;1".encode(), b"CT02;S\xf4 ph\xf2ng;2", "CT03;Ước đạt;3".encode()]
    content = read("csv", b"\n".join(lines))
    assert [row[1] for row in content.sheets[0].cells][::2] == ["Lượt khách", "Ước đạt"]
    assert [finding.code for finding in content.findings] == ["TEP-18"]


def test_each_part_of_a_margin_and_what_a_check_says_of_its_cells_are_kept() -> None:
    book = openpyxl.load_workbook(io.BytesIO(corpus.table()))
    page = book.worksheets[0]
    page.oddFooter.left.text, page.oddFooter.center.text = "Đơn vị tính: triệu đồng", "Trang &P/&N"
    own = form_prompt(" nguyên", "tỷ đồng")
    for areas, title, text in (("C5:E5", "Nhập số", "Theo triệu đồng"), ("C6:E6", "CT02 (tỷ đồng)", own)):
        page.add_data_validation(DataValidation(sqref=areas, promptTitle=title, prompt=text, showInputMessage=True))
    asides = read("xlsx", corpus.saved(book)).sheets[0].layout.asides
    margin, note = "chân trang in", "lời nhắc của ô C5:E5"
    assert {(place, text.split(" /")[0].strip()) for place, text in asides} == {
        (margin, "Đơn vị tính: triệu đồng"), (margin, "Trang"), (note, "Nhập số"), (note, "Theo triệu đồng"),
    }  # fmt: skip


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_what_is_said_beside_cells_is_kept(extension: str) -> None:
    first, second = read(extension, made(f"beside.{extension}")).sheets
    margins = {("đầu trang in", "ở trên"), ("chân trang in", "ở dưới")}
    assert {(place, text.strip()) for place, text in second.layout.asides} == margins
    on_it = {("ghi chú của ô A1", "ở ô"), ("hộp văn bản", "trong hộp")}
    assert {(place, text.strip()) for place, text in first.layout.asides} == margins | on_it
