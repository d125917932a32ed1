from __future__ import annotations

import re

import pytest

from reading import corpus, hostile
from reading.reader_files import made
from soket.reading.kinds import FileKind, kinds_in_set
from soket.reading.process.child import read

WORDS = (
    "BÁO CÁO",
    "Sơ kết 05 năm thực hiện Nghị quyết",
    "I. Công tác lãnh đạo, chỉ đạo, quán triệt",
    corpus.SENTENCE.strip(),
    "II. Kết quả đạt được",
    corpus.SENTENCE.strip(),
    "Nội dung",
    "Kết quả",
    "Hội nghị quán triệt",
    "12",
    "III. Tồn tại, hạn chế và nguyên nhân",
    corpus.SENTENCE.strip(),
    "IV. Kiến nghị, đề xuất",
    corpus.SENTENCE.strip(),
    "Toàn ngành đón một triệu lượt khách[1] trong năm.",
    "[1] Theo số liệu của Sở Du lịch",
)


@pytest.mark.parametrize("name", ["report", "legacy"])
@pytest.mark.parametrize("extension", ["docx", "doc", "odt", "rtf"])
def test_every_format_says_the_same(name: str, extension: str) -> None:
    """Numbers, accepted changes, tables, notes and old fonts: whatever program wrote them."""
    content = read(extension, made(f"{name}.{extension}"))
    said = [text.replace(corpus.SENTENCE * 2, "") for text in content.paragraphs]
    # What Word of old counts by itself is not counted here: headings are known by their words.
    assert said == [re.sub(r"^[IV]+\. ", "", word) if extension == "doc" else word for word in WORDS]
    assert [finding.code for finding in content.findings] == (["TEP-21"] if name == "legacy" else [])


def test_a_pdf_is_read_as_paragraphs() -> None:
    content = read("pdf", made("report.pdf"))
    assert content.scan is None
    assert [text for text in content.paragraphs if text[0] in "IV"] == [
        "I.Công tác lãnh đạo, chỉ đạo, quán triệt",
        "II.Kết quả đạt được",
        "III.Tồn tại, hạn chế và nguyên nhân",
        "IV.Kiến nghị, đề xuất",
    ]
    assert (corpus.SENTENCE * 3).strip() in content.paragraphs


def scanned_page(text: bytes, *, area: int = 842) -> bytes:
    """A page with a picture on it and, under that, what a scanner's own program recognised."""
    return hostile.pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</P 6 0 R>>>>>>",
        hostile.stream(b"q 595 0 0 %d 0 0 cm /P Do Q BT /F 12 Tf 3 Tr 50 700 Td (%s) Tj ET" % (area, text)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        hostile.stream(
            b"\xff", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"
        ),
    )


def test_text_that_a_scanner_put_under_its_picture_is_no_report() -> None:
    text = b"Bao cao so ket nam nam thuc hien Nghi quyet ve du lich"
    scan, illustrated = read("pdf", scanned_page(text)), read("pdf", scanned_page(text, area=100))
    assert (scan.paragraphs, scan.scan, [finding.code for finding in scan.findings]) == ((), text.decode(), ["TEP-22"])
    assert (illustrated.paragraphs, illustrated.scan) == ((text.decode(),), None)


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        (["a.pdf", "b.xlsx"], [FileKind.DOCUMENT, FileKind.TABLE]),
        (["a.pdf", "b.docx"], [FileKind.ATTACHMENT, FileKind.DOCUMENT]),
        (["a.pdf", "b.PDF", "c.png"], [FileKind.DOCUMENT, FileKind.DOCUMENT, FileKind.ATTACHMENT]),
        (["~$a.pdf", "a.png"], [FileKind.LITTER, FileKind.ATTACHMENT]),
    ],
)
def test_a_pdf_stands_for_the_document_where_there_is_no_other(names: list[str], kinds: list[FileKind]) -> None:
    assert kinds_in_set(names) == kinds


RICH = r"{\rtf1\ansi\ansicpg1258{\fonttbl{\f0\fcharset163 Times;}{\f1\fcharset0 .VnTime;}}%s}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (r"\f0 M\'f4\'f2t\par Hai\par", ("Một", "Hai")),
        (r"\u7889?\u-3913?x", ("\u1ed1\uf0b7x",)),
        (r"{\f1 c\'f1a} Sở", ("của Sá»Ÿ",)),
        (r"a{\deleted b}{\*\unknown c}{\pict\bin3 }}}d}e", ("ae",)),
        (r"a\cell b\cell\row c", ("a", "b", "c")),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}", ("shown",)),
        (r"{\listtext I.\tab}T\'ean{\footnote note\par more} x\par", ("I. Tên[1] x", "[1] note more")),
    ],
)
def test_rich_text(body: str, expected: tuple[str, ...]) -> None:
    data = (RICH % body).encode()
    assert read("rtf", data).paragraphs == expected


def test_a_workbook_is_read_as_what_the_guard_looked_at() -> None:
    """Parts of another format beside its own are nothing to its reader: no guard has measured them."""
    plain = corpus.workbook()
    both = corpus.repacked(plain, added={"content.xml": b"<office:document-content xmlns:office='o'/>"})
    assert read("xlsx", both) == read("xlsx", plain)
