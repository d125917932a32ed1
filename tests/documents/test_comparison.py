from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml import parse_xml

from reading.hostile import open_text
from reading.reader_files import made
from soket.documents.appraisal import render_appraisal
from soket.documents.checks.changed import Change, compare_texts
from soket.documents.comparison import compare
from soket.documents.draft import write_draft
from soket.documents.figure_checks import Match
from soket.documents.figures import Summary, summarise
from soket.documents.official import (
    OfficialDraft,
    UnreadableDraftError,
    read_official,
)
from soket.documents.printed import PrintedFigure, read_number
from soket.narrative.quantities.measures import measure_of, parse_measure
from soket.plan.model import Campaign, Plan
from soket.reading.pool import ReaderPool
from soket.record.resting import Late
from soket.record.stale import LaterReport

from .builders import CRITICAL, NOW, make_dossier, make_receipt, make_register, make_report, make_verdict
from .conftest import text_of

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def edited(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def table_row(document: docx.document.Document, code: str) -> docx.table._Row:
    return next(row for table in document.tables for row in table.rows if row.cells[0].text == code)


def test_the_working_draft_agrees_with_itself(plan: Plan, summary: Summary) -> None:
    draft = read_official(plan, write_draft(summary).word)
    comparison = compare(summary, official=draft, working=draft)
    assert {check.match for check in comparison.figures} == {Match.EQUAL}
    assert sum(check.unit is None for check in comparison.figures) == 9
    assert comparison.outline_gaps == ()
    assert comparison.changes == ()
    assert not comparison.clean  # Kỳ Anh town is missing


def test_what_people_changed_is_found(plan: Plan, summary: Summary) -> None:
    content = write_draft(summary).word
    document = edited(content)
    visitors, rooms = table_row(document, "CT01"), table_row(document, "CT03")
    visitors.cells[2].text = "401"
    visitors.cells[3].text = "12.34"
    visitors.cells[4].text = "…"
    rooms._tr.getparent().remove(rooms._tr)
    heading = next(each for each in document.paragraphs if each.text == "III. Hạn chế, nguyên nhân")
    heading.text = "III. Nội dung khác"
    added = document.paragraphs[-1].insert_paragraph_before("Đoạn thêm vào.")
    assert added.text
    official = read_official(plan, saved(document))
    comparison = compare(summary, official=official, working=read_official(plan, content))
    found = {(check.indicator.code, check.year): check for check in comparison.figures if check.unit is None}
    assert found["CT01", 2019].match is Match.DIFFERS
    assert found["CT01", 2019].difference == 1
    assert found["CT01", 2020].match is Match.UNREADABLE
    assert found["CT01", 2021].match is Match.NOT_FOUND
    assert found["CT03", 2021].match is Match.NOT_FOUND
    assert found["CT02", 2020].match is Match.EQUAL
    assert [section.code for section in comparison.outline_gaps] == ["han_che"]
    assert comparison.changes is not None
    kinds = [(change.kind, change.after) for change in comparison.changes]
    assert ("Thêm", "III. Nội dung khác") in kinds
    assert ("Thêm", "Đoạn thêm vào.") in kinds
    text = comparison.markdown(amended=[LaterReport(plan.unit("thi_ky_anh"), Late.CAME)])
    first = text.splitlines()[0]
    assert first.startswith(f"**Phát hiện:** {comparison.verdict}. Số liệu trong bảng: 16 số (khớp 10, lệch 1, ")
    assert first.endswith("; trong lời văn: không có số lệch.")
    assert all(f"- {each.in_words}" in text for each in comparison.findings), "what is counted is listed"
    assert "Lệch · Số liệu trong bảng: CT01 Tổng lượt khách, năm 2019: lệch +1" in text
    assert "(dự thảo ghi 401, báo cáo cộng lại 400)" in text
    assert "thiếu III. Hạn chế, nguyên nhân" in text
    assert "Báo cáo đến sau bản tổng hợp, dự thảo chưa tính:** Thị ủy Kỳ Anh" in text


def test_tables_and_prose_are_counted_apart(summary: Summary) -> None:
    said = ("Tổng lượt khách năm 2021 đạt 306 lượt.",)
    draft = OfficialDraft(said, (PrintedFigure("CT01", 2019, "401", 401, 0, "bảng 1, dòng CT01"),))
    found = compare(summary, official=draft)
    assert "lệch 1, dự thảo không có " in found.headline
    assert found.headline.endswith("; trong lời văn: lệch 1.")
    paper = text_of(render_appraisal(make_dossier(summary, draft), made_at=NOW))
    assert "trong lời văn của dự thảo (lệch 1)" in paper


def test_missing_units_are_counted_and_few_are_named(summary: Summary) -> None:
    found = compare(summary, official=OfficialDraft((), ()))
    unit, owing = summary.plan.units[0], summary.overall.owing
    assert f"đủ {owing}/{owing} đơn vị" in replace(found, missing=()).markdown()
    one = f"dự thảo chưa có phần của 1/{owing} đơn vị: 1 chưa có báo cáo khi tổng hợp ({unit.name})."
    assert one in replace(found, missing=(unit,)).markdown()
    many = replace(found, missing=(unit,) * 59).markdown()
    assert f"dự thảo chưa có phần của 59/{owing} đơn vị: " in many
    assert many.partition("**Đơn vị:**")[2].count(unit.name) == 5
    assert "và 54 đơn vị khác)." in many


def test_who_sent_nothing_and_whose_report_is_looked_at_are_told_apart(plan: Plan, campaign: Campaign) -> None:
    codes = ("huyen_can_loc", "huyen_duc_tho", "thi_ky_anh")
    judged = [make_verdict("huyen_can_loc"), make_verdict("thi_ky_anh", faults=(CRITICAL,))]
    register = make_register(plan, [make_receipt(code) for code in codes], judged)
    summary = summarise(plan, campaign, register, [make_report("huyen_can_loc")])
    dossier = make_dossier(summary, OfficialDraft((), ()))
    unsent = "Huyện ủy Kỳ Anh; Thị ủy Kỳ Anh (bị trả lại, chưa gửi lại)"
    paper = text_of(render_appraisal(dossier, made_at=NOW))
    pending = "1 đã gửi, đang kiểm tra khi tổng hợp (Huyện ủy Đức Thọ)"
    assert f"Dự thảo chưa có phần của 3/4 đơn vị: 2 chưa có báo cáo khi tổng hợp ({unsent}); {pending}." in paper
    asked = next(each for each in dossier.to_decide if "Còn thiếu" in each)
    assert asked.startswith(f"Còn thiếu báo cáo của 2/4 đơn vị: {unsent}. Đã gửi, đang kiểm tra khi")
    assert pending in dossier.markdown


@pytest.mark.parametrize(
    ("printed", "decimals", "match"),
    [(400, 0, Match.EQUAL), (400.4, 1, Match.DIFFERS), (399.6, 0, Match.EQUAL), (400.04, 1, Match.EQUAL)],
)
def test_a_figure_is_right_to_half_of_its_last_place(
    summary: Summary, printed: float, decimals: int, match: Match
) -> None:
    draft = OfficialDraft((), (PrintedFigure("CT01", 2019, str(printed), printed, decimals, "bảng 1, dòng 1"),))
    check = next(each for each in compare(summary, official=draft).figures if each.year == 2019)
    assert check.match is match


def test_a_draft_that_contradicts_itself_is_told_twice(summary: Summary) -> None:
    once, again = (PrintedFigure("CT01", 2019, text, float(text), 0, "") for text in ("400", "500"))
    checks = compare(summary, official=OfficialDraft((), (once, again))).figures
    assert [check.match for check in checks[:2]] == [Match.EQUAL, Match.DIFFERS]


def test_tracked_insertions_count_and_deletions_do_not(plan: Plan) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Giữ ")
    paragraph._p.append(parse_xml(f'<w:ins {WORD} w:id="1"><w:r><w:t>thêm</w:t></w:r></w:ins>'))
    paragraph._p.append(parse_xml(f'<w:del {WORD} w:id="2"><w:r><w:delText>bỏ</w:delText></w:r></w:del>'))
    assert read_official(plan, saved(document)).paragraphs == ("Giữ thêm",)


def test_text_boxes_and_content_controls_are_read_once(plan: Plan) -> None:
    document = docx.Document()
    namespaces = WORD + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    run = "<w:r><w:t>Một lần</w:t></w:r>"
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {namespaces}><w:sdtContent><w:p><mc:AlternateContent><mc:Choice>{run}</mc:Choice>"
            f"<mc:Fallback>{run}</mc:Fallback></mc:AlternateContent></w:p></w:sdtContent></w:sdt>"
        ),
    )
    assert read_official(plan, saved(document)).paragraphs == ("Một lần",)


def test_moved_text_counts_once_where_it_went_to(plan: Plan) -> None:
    document = docx.Document()
    for kind, text in (("moveFrom", "Chuyển"), ("", "Giữ"), ("moveTo", "Chuyển")):
        run = f"<w:r><w:t>{text}</w:t></w:r>"
        moved = (
            f'<w:{kind} {WORD} w:id="1" w:author="a">{run}</w:{kind}>'
            if kind
            else run.replace("<w:r>", f"<w:r {WORD}>")
        )
        document.add_paragraph()._p.append(parse_xml(moved))
    assert read_official(plan, saved(document)).paragraphs == ("Giữ", "Chuyển")


def test_automatic_numbers_are_written_out(plan: Plan) -> None:
    document = docx.Document()
    for text in ("Kết quả", "Hạn chế"):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {WORD}><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'))
    assert read_official(plan, saved(document)).paragraphs == ("1. Kết quả", "2. Hạn chế")


@pytest.mark.parametrize("extension", ["doc", "odt"])
def test_other_kinds_of_document_say_the_same(plan: Plan, extension: str) -> None:
    def words(kind: str) -> set[str]:
        # Automatic numbers of .doc are not read.
        return {
            text.partition(". ")[2] or text for text in read_official(plan, made(f"report.{kind}"), kind).paragraphs
        }

    assert len(words("docx")) > 5
    assert words("docx") <= words(extension)


def test_tables_that_are_not_read_are_no_fault_of_the_draft(plan: Plan, summary: Summary) -> None:
    draft = read_official(plan, made("report.doc"), "doc")
    comparison = compare(summary, official=draft)
    assert {check.match for check in comparison.figures} == {Match.UNREAD}
    assert "dự thảo không có" not in comparison.markdown()
    for told in (
        comparison.markdown(),
        "\n".join(p.text for p in edited(render_appraisal(make_dossier(summary, draft), made_at=NOW)).paragraphs),
    ):
        assert "không đọc được bảng trong tệp .doc" in told
        assert "đề nghị gửi bản .docx" in told


def test_figures_of_an_open_document(plan: Plan) -> None:
    row = (
        "<table:table-row>{}</table:table-row>"
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>CT01</text:p></table:table-cell>'
        "<table:covered-table-cell/><table:table-cell><text:p>1.234,5</text:p></table:table-cell></table:table-row>"
    )
    heads = "".join(
        f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("Mã", "Chỉ tiêu", "Năm 2019")
    )
    data = open_text(f"<table:table>{row.format(heads)}</table:table><text:p>Hết.</text:p>".encode())
    figures = read_official(plan, data, "odt").figures
    assert PrintedFigure("CT01", 2019, "1.234,5", 1234.5, 1, "bảng 1, dòng CT01") in figures


def test_what_reads_it_is_what_reads_reports(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    document = docx.Document()
    document.add_paragraph("Một lần")
    with ReaderPool(1) as readers:
        monkeypatch.setattr("soket.documents.official.ReaderPool", lambda _: readers)
        assert read_official(plan, saved(document)).paragraphs == ("Một lần",)
        assert readers._started


def test_a_file_is_read_once_as_often_as_it_is_held_against_something(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = docx.Document()
    document.add_paragraph("Cùng một tệp")
    data = saved(document)
    read = read_official(plan, data)
    monkeypatch.setattr("soket.documents.official.ReaderPool", None)
    assert read_official(plan, bytes(bytearray(data))) == read


def test_merged_heads_and_target_columns_do_not_shift_the_years(plan: Plan) -> None:
    document = docx.Document()
    table = document.add_table(2, 5)
    for cell, text in zip(table.rows[0].cells, ["Mã", "Chỉ tiêu", "", "Năm 2019", "Mục tiêu năm 2025"], strict=True):
        cell.text = text
    table.rows[0].cells[1].merge(table.rows[0].cells[2])
    for cell, text in zip(table.rows[1].cells, ["CT01", "Khách", "lượt", "1.234,5", "5.000"], strict=True):
        cell.text = text
    figures = read_official(plan, saved(document)).figures
    assert figures == (PrintedFigure("CT01", 2019, "1.234,5", 1234.5, 1, "bảng 1, dòng CT01"),)


def broken() -> bytes:
    """A Word file whose text is cut off."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as whole, zipfile.ZipFile(buffer, "w") as cut:
        for name in whole.namelist():
            content = whole.read(name)
            cut.writestr(name, content[: len(content) // 2] if name == "word/document.xml" else content)
    return buffer.getvalue()


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(18), broken()])
def test_what_is_no_word_file_is_refused_in_words(plan: Plan, content: bytes) -> None:
    with pytest.raises(UnreadableDraftError, match=r"tệp|Tệp"):
        read_official(plan, content)


@pytest.mark.parametrize(
    ("text", "unit", "over", "number"),
    [
        ("1.234,5", "lượt", None, (1234.5, 1)),
        ("1234", "lượt", None, (1234, 0)),
        ("−3", "lượt", None, (-3, 0)),
        ("0,25", "lượt", None, (0.25, 2)),
        ("12.34", "lượt", None, (None, 0)),
        ("1,234,567", "lượt", None, (None, 0)),
        ("khoảng 5", "lượt", None, (None, 0)),
        ("12,5%", "%", None, (12.5, 1)),
        ("1,234", "lượt", None, (None, 0)),
        ("", "lượt", None, (None, 0)),
        ("12,5%", "lượt", None, (None, 0)),
        ("1.200 lượt khách", "lượt", None, (1200, 0)),
        ("1,2 nghìn lượt", "lượt", None, (1200, -2)),
        ("12,5", "tỷ đồng", "triệu đồng", (0.0125, 4)),
        ("12,5 tỷ", "tỷ đồng", "triệu đồng", (12.5, 1)),
        ("12,5 tỷ", "lượt", None, (12_500_000_000, -8)),
        ("12,5 phòng", "lượt", None, (None, 0)),
        ("12,5", "tỷ đồng", "nghìn", (None, 0)),
        ("1.200", "lượt", "triệu đồng", (1200, 0)),
    ],
)
def test_figures_are_read_as_those_of_reports(
    text: str, unit: str, over: str | None, number: tuple[float | None, int]
) -> None:
    assert read_number(text, measure_of(unit), parse_measure(over) if over else None) == number


@pytest.mark.parametrize(
    ("paragraph", "found"),
    [
        ("III. Hạn chế, nguyên nhân", True),
        ("HẠN CHẾ VÀ NGUYÊN NHÂN", True),
        ("3.1. Những hạn chế cần khắc phục", True),
        ("Tuy còn hạn chế, nguyên nhân chủ yếu là nguồn lực.", False),
        ("đạt", False),
        ("III. Kết quả", False),
        ("Phần thứ ba: Hạn chế, nguyên nhân", True),
        ("Công tác lãnh đạo vẫn còn hạn chế ở những điểm sau:", False),
        ("III. Hạn chế, nguyên nhân ........................ 12", False),
    ],
)
def test_headings_are_known_by_their_words(summary: Summary, paragraph: str, found: bool) -> None:
    """As in reports: neither a sentence that has a keyword nor a line of the table of contents is one."""
    gaps = compare(summary, official=OfficialDraft((paragraph,), ())).outline_gaps
    assert ("han_che" not in {section.code for section in gaps}) is found


@pytest.mark.parametrize(
    ("heads", "figures"),
    [
        (("Năm 2020", "2021"), {2020: 1, 2021: 2}),
        (("Thực hiện năm 2020", "Ước TH 2021"), {2020: 1, 2021: 2}),
        (("Kế hoạch năm 2020", "Năm 2021"), {2021: 2}),
        (("Năm 2020 (nghìn lượt)", "So với năm 2020"), {2020: 1000}),
    ],
)
def test_heads_of_columns_are_read_as_those_of_reports(
    plan: Plan, heads: tuple[str, str], figures: dict[int, float]
) -> None:
    document = docx.Document()
    document.add_paragraph("Số liệu như sau.")
    table = document.add_table(rows=2, cols=3)
    for row, texts in zip(table.rows, (("Mã", *heads), ("CT01", "1", "2")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    draft = read_official(plan, saved(document))
    assert {each.year: each.value for each in draft.figures} == figures


def test_texts_are_compared_by_paragraph() -> None:
    found = compare_texts(("Mở đầu", "Câu hai", "Kết"), ("Mở đầu", "Câu hai.", "Kết", "Thêm vào"))
    assert found == (Change("Câu hai", "Câu hai.", 2), Change(None, "Thêm vào", 4))
    assert [change.kind for change in compare_texts(("a", "b"), ("b",))] == ["Bỏ"]
