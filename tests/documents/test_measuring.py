"""A paper as its edition asks has no misfit; each rule broken in turn is found, and nothing else is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from intake.turns import InlineReaders
from soket.documents.appraisal import render_transmittal
from soket.documents.measuring import UnmeasuredError, edition_for, look_at, measure, remarked_copy
from soket.documents.misfits import Misfit
from soket.documents.urging import render_urging_letter
from soket.plan.edition_files import edition_named
from soket.record.decisions import Appraisal

from .builders import NOW, blank_summary, make_dossier, make_plan, make_state_plan
from .test_form import late

READERS: Any = InlineReaders()
Document = Any
Change = Callable[[Document], object]

PARTY, STATE = "hd36-2018", "nd30-2020"


def letter(by: str, day: Any = NOW) -> bytes:
    """Return a letter with a list as its annex, which an office signs."""
    return render_urging_letter(make_plan(), by, late(60), day)


def report() -> bytes:
    """Return a paper that has a name of its kind."""
    plan = make_plan()
    approved = Appraisal(
        id="a", decided_at=NOW, account="v", granted_by="A", reason="Đồng ý.", round=1, outcome="approved"
    )
    return render_transmittal(make_dossier(blank_summary(plan)), plan.campaigns[0], approved)


def state_report() -> bytes:
    plan = make_state_plan()
    approved = Appraisal(
        id="a", decided_at=NOW, account="v", granted_by="A", reason="Đồng ý.", round=1, outcome="approved"
    )
    return render_transmittal(make_dossier(blank_summary(plan)), plan.campaigns[0], approved)


BASES = {
    "party letter": (lambda: letter("btg"), PARTY),
    "party letter of a committee": (lambda: letter("thuong_truc"), PARTY),
    "party report": (report, PARTY),
    "state letter": (lambda: letter("ubnd"), STATE),
    "state report": (state_report, STATE),
}


def rules(content: bytes, edition: str) -> list[str]:
    return sorted({each.rule for each in found(content, edition)})


def found(content: bytes, edition: str) -> list[Misfit]:
    return measure(look_at(READERS, content), edition_named(edition))


def lines(document: Document) -> Iterator[Any]:
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs
    yield from document.paragraphs


def line(document: Document, words: str) -> Any:
    return next(each for each in lines(document) if words in each.text)


def says(words: str, other: str) -> Change:
    """Say something else in the first paragraph that has some words."""

    def change(document: Document) -> None:
        paragraph = line(document, words)
        text = paragraph.text.replace(words, other)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = text

    return change


def sets(words: str, **how: Any) -> Change:
    """Set the letters of a paragraph otherwise."""

    def change(document: Document) -> None:
        for run in line(document, words).runs:
            for name, value in how.items():
                setattr(run.font, name, value)

    return change


def ends(other: str) -> Change:
    """End the text otherwise."""

    def change(document: Document) -> None:
        last = [each for each in document.paragraphs if each.style.name == "Thân bài"][-1]
        last.runs[-1].text = last.runs[-1].text.rstrip("./") + other

    return change


def shapes(words: str, **how: Any) -> Change:
    """Set a paragraph otherwise."""

    def change(document: Document) -> None:
        for name, value in how.items():
            setattr(line(document, words).paragraph_format, name, value)

    return change


def removes(words: str) -> Change:
    def change(document: Document) -> None:
        element = line(document, words)._p
        element.getparent().remove(element)

    return change


def page(**how: Any) -> Change:
    def change(document: Document) -> None:
        for name, value in how.items():
            setattr(document.sections[0], name, value)

    return change


def less_room(document: Document) -> None:
    blanks = [each._p for each in document.tables[1].rows[0].cells[1].paragraphs if not each.text]
    for each in blanks[:2]:
        each.getparent().remove(each)


def splits(document: Document) -> None:
    properties = document.tables[1].rows[0]._tr.trPr
    properties.remove(properties.find(qn("w:cantSplit")))


def alone(document: Document) -> None:
    for each in document.paragraphs:
        each.paragraph_format.keep_with_next = False


def no_head_of_table(document: Document) -> None:
    properties = document.tables[-1].rows[0]._tr.trPr
    properties.remove(properties.find(qn("w:tblHeader")))


def rows_split(document: Document) -> None:
    for row in document.tables[-1].rows:
        properties = row._tr.trPr
        properties.remove(properties.find(qn("w:cantSplit")))


def no_page_number(document: Document) -> None:
    header = document.sections[0].header
    for each in list(header._element.iter(qn("w:instrText"))):
        each.text = " DATE "


def number_aside(document: Document) -> None:
    document.sections[0].header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def number_small(document: Document) -> None:
    for run in document.sections[0].header.paragraphs[0].runs:
        run.font.size = Pt(10)


def pages_go_on(document: Document) -> None:
    for section in document.sections:
        for each in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(each)


def no_rule(document: Document) -> None:
    for each in document.tables[0]._tbl.iter(qn("w:pBdr")):
        each.getparent().remove(each)


def in_style(document: Document) -> None:
    document.styles["Thân bài"].font.size = Pt(12)


BODY = "Để bảo đảm tiến độ chung"
BROKEN: dict[str, tuple[str, str, Change]] = {
    "another paper": ("party letter", "page", page(page_width=Mm(216), page_height=Mm(279))),
    "a wide margin": ("party letter", "margins", page(left_margin=Mm(35))),
    "a narrow margin of the state's": ("state letter", "margins", page(right_margin=Mm(10))),
    "another font": ("party letter", "font", sets(BODY, name="Arial")),
    "a small title": ("party letter", "titles", sets("ĐẢNG CỘNG SẢN", size=Pt(13))),
    "a title not underlined": ("party letter", "titles", sets("ĐẢNG CỘNG SẢN", underline=False)),
    "a motto not bold": ("state letter", "titles", sets("Độc lập", bold=False)),
    "a motto in other words": ("state letter", "titles", says("Độc lập - Tự do", "Độc lập – Tự do")),
    "an agency not bold": ("party report", "agency", sets("VĂN PHÒNG", bold=False)),
    "a large parent": ("party report", "agency", sets("TỈNH ỦY HÀ TĨNH", size=Pt(16))),
    "no star": ("party letter", "under_agency", says("*", "")),
    "no line under the agency": ("state letter", "under_agency", no_rule),
    "no number": ("party report", "number", removes("Số\u00a0")),
    "a colon in a Party number": ("party letter", "number", says("Số\u00a0", "Số: ")),
    "no colon in a state number": ("state letter", "number", says("Số:", "Số ")),
    "a kind that there is none of": ("party report", "number", says("-TTr/", "-PTĐ/")),
    "another kind's number": ("party report", "number", says("-TTr/", "-BC/")),
    "a number on an attachment": ("party report", "number", says("TỜ TRÌNH", "DANH SÁCH")),
    "an upright date": ("party letter", "place_date", sets("Hà Tĩnh, ngày", italic=False)),
    "no nought in a day": (
        "party letter",
        "place_date",
        says("ngày" + 7 * "\u00a0", "ngày 5 "),
    ),
    "no nought in a month": ("state letter", "place_date", says("tháng 11 năm", "tháng 2 năm")),
    "a nought too many": ("state letter", "place_date", says("tháng 11 năm", "tháng 09 năm")),
    "a small kind": ("party report", "kind", sets("TỜ TRÌNH", size=Pt(14))),
    "a large kind of the state's": ("state report", "kind", sets("TỜ TRÌNH", size=Pt(16))),
    "an abstract not bold": ("party report", "abstract", sets("về dự thảo", bold=False)),
    "no dashes": ("party report", "parting", removes("-----")),
    "V/v on a Party letter": ("party letter", "letter_abstract", says("Đôn đốc gửi", "V/v đôn đốc gửi")),
    "no V/v on a state letter": ("state letter", "letter_abstract", says("V/v đôn", "Đôn")),
    "an upright abstract of a Party letter": ("party letter", "letter_abstract", sets("Đôn đốc gửi", italic=False)),
    "a slanted one of the state's": ("state letter", "letter_abstract", sets("V/v đôn", italic=True)),
    "small text": ("party letter", "body_size", sets(BODY, size=Pt(12))),
    "small text by its style": ("party report", "body_size", in_style),
    "ragged text": ("party letter", "body_align", shapes(BODY, alignment=WD_ALIGN_PARAGRAPH.LEFT)),
    "no indent": ("party letter", "body_indent", shapes(BODY, first_line_indent=Mm(0))),
    "tight lines": ("party letter", "body_line", shapes(BODY, line_spacing=Pt(15))),
    "lines too far apart": ("state letter", "body_line", shapes(BODY, line_spacing=2.0)),
    "paragraphs too near": ("state letter", "body_between", shapes(BODY, space_after=Pt(0))),
    "the state's end on a Party paper": ("party report", "end", ends("./.")),
    "the Party's end on a state paper": ("state report", "end", ends(".")),
    "bases run together": (
        "state letter",
        "bases",
        says(BODY, "Căn cứ Nghị quyết số 1; căn cứ Kế hoạch số 2 của tỉnh. Để bảo đảm tiến độ chung"),
    ),
    "a state abbreviation": ("party letter of a committee", "authority", says("T/M BAN", "TM. BAN")),
    "an authority not bold": ("party letter of a committee", "authority", sets("T/M BAN", bold=False)),
    "in place of a collective": ("party letter of a committee", "collective", says("T/M BAN", "K/T BAN")),
    "a bold post": ("party letter", "post", sets("TRƯỞNG BAN", bold=True)),
    "a name not bold": (
        "party letter",
        "name",
        lambda document: (says("……", "Nguyễn Văn A……")(document), sets("Nguyễn Văn A", bold=False)(document)),
    ),
    "no room": ("party letter", "room", less_room),
    "a signature that splits": ("party letter", "alone", splits),
    "a signature that may go alone": ("state report", "alone", alone),
    "a small label": ("party letter", "label", sets("Nơi nhận", size=Pt(12))),
    "a label of the state's not bold": ("state letter", "label", sets("Nơi nhận", bold=False)),
    "large recipients": ("state letter", "recipients", sets("- Như trên", size=Pt(14))),
    "no recipients' label": ("party report", "recipients", says("Nơi nhận:", "Gửi:")),
    "a semicolon in a Party list": ("party letter", "recipient_ends", says("- Như trên,", "- Như trên;")),
    "a colon before the Party's archive": ("party letter", "archive", says("- Lưu Ban", "Lưu: Ban")),
    "no colon before the state's": ("state letter", "archive", says("- Lưu: VT", "- Lưu VT")),
    "no page number": ("party letter", "page_number", no_page_number),
    "a page number aside": ("party letter", "page_number", number_aside),
    "a small page number": ("party letter", "page_number", number_small),
    "a number on the first page": ("party letter", "first_page", page(different_first_page_header_footer=False)),
    "a Roman annex of the Party's": ("party letter", "annex_number", says("Phụ lục", "Phụ lục II")),
    "an annex of the state's in figures": ("state letter", "annex_number", says("Phụ lục", "Phụ lục 2")),
    "an annex's label not bold": ("party letter", "annex_label", sets("Phụ lục", bold=False)),
    "an annex of nothing": ("party letter", "enclosed", removes("(Kèm theo")),
    "upright words under an annex": ("state letter", "enclosed", sets("(Kèm theo", italic=False)),
    "an annex whose pages go on": ("state letter", "annex_pages", pages_go_on),
    "a head that is not repeated": ("party letter", "table_head", no_head_of_table),
    "rows that split": ("party letter", "table_rows", rows_split),
}


@pytest.fixture(scope="module")
def bases() -> dict[str, bytes]:
    return {name: make() for name, (make, _) in BASES.items()}


@pytest.mark.parametrize("name", BASES)
def test_a_paper_as_its_edition_asks_has_no_misfit(name: str, bases: dict[str, bytes]) -> None:
    assert found(bases[name], BASES[name][1]) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_found_and_nothing_else_is(name: str, bases: dict[str, bytes]) -> None:
    base, rule, change = BROKEN[name]
    document = docx.Document(io.BytesIO(bases[base]))
    change(document)
    out = io.BytesIO()
    document.save(out)
    assert rules(out.getvalue(), BASES[base][1]) == [rule]


def test_a_paper_is_measured_against_the_edition_of_its_side_and_day() -> None:
    day = date(2021, 11, 8)
    for content, name in (
        (letter("btg"), "hd36-2018"),
        (letter("btg", NOW.replace(year=2026)), "hd05-2026"),
        (letter("ubnd"), "nd30-2020"),
    ):
        paper = look_at(READERS, content)
        assert edition_for(paper, day).id == name
        assert measure(paper, edition_for(paper, day)) == []


def test_a_letter_of_before_is_told_what_the_new_guide_asks() -> None:
    (misfit,) = found(letter("btg"), "hd05-2026")
    assert (misfit.rule, misfit.words) == ("letter_abstract", "Trích yếu công văn mở đầu bằng «về việc».")


def test_what_is_wrong_stands_as_comments_in_a_copy() -> None:
    document = docx.Document(io.BytesIO(letter("btg")))
    sets("TRƯỞNG BAN", bold=True)(document)
    page(left_margin=Mm(35))(document)
    out = io.BytesIO()
    document.save(out)
    misfits = found(out.getvalue(), PARTY)
    copy = remarked_copy(READERS, out.getvalue(), misfits)
    assert [each.text for each in docx.Document(io.BytesIO(copy)).comments] == [each.words for each in misfits]
    assert look_at(READERS, copy).paragraphs == look_at(READERS, out.getvalue()).paragraphs
    twice = remarked_copy(READERS, copy, [Misfit("x", "Thêm một ý.", 0)])
    assert len(list(docx.Document(io.BytesIO(twice)).comments)) == len(misfits) + 1


@pytest.mark.parametrize("content", [b"", b"no document", b"PK\x03\x04 nothing"])
def test_what_is_no_word_file_is_told_in_words(content: bytes) -> None:
    with pytest.raises(UnmeasuredError, match=r"\w+"):
        look_at(READERS, content)


def test_a_paper_of_another_office_entirely_is_measured_too() -> None:
    document = docx.Document()
    document.add_paragraph("Một đoạn văn không theo thể thức nào, viết bằng phông của máy, đủ dài để là lời văn.")
    out = io.BytesIO()
    document.save(out)
    assert {"titles", "margins", "font", "body_size", "page_number"} <= {*rules(out.getvalue(), STATE)}


def test_a_package_with_a_bomb_in_it_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"<a/>" + b" " * (80 << 20))
    with pytest.raises(UnmeasuredError):
        look_at(READERS, out.getvalue())
