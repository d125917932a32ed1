"""What is left in an official draft of the work on it, and where a finding stands in the draft."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from demo.cleaning import clean
from soket.documents.appraisal import render_appraisal, render_transmittal
from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.documents.checks.leftover import is_note, without_notes
from soket.documents.comparison import Comparison, compare
from soket.documents.dossier import bookmark, marked_copy, says_ready
from soket.documents.draft import write_draft
from soket.documents.figures import Summary
from soket.documents.official import OfficialDraft, read_official
from soket.plan.model import Campaign, Plan
from soket.record.decisions import Appraisal

from .builders import NOW, make_dossier
from .conftest import text_of

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ADDED = "Trong thời gian tới, các cấp ủy tiếp tục quan tâm chỉ đạo phát triển du lịch gắn với bảo vệ môi trường."


def of(comparison: Comparison, check: DraftCheck) -> list[str]:
    return [each.reason for each in comparison.findings if each.check is check]


def worked_on(content: bytes, *, wrong: str = "") -> bytes:
    """Return a draft with a paragraph at its end, in its last annex, and a wrong figure in its table of figures."""
    document = docx.Document(io.BytesIO(content))
    document.element.body[-1].addprevious(document.add_paragraph(ADDED)._p)
    if wrong:
        row = next(row for table in document.tables for row in table.rows if row.cells[0].text == "CT01")
        row.cells[2].paragraphs[0].runs[0].text = wrong
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_working_draft_sent_as_it_is_has_its_drafters_notes(plan: Plan, summary: Summary) -> None:
    draft = read_official(plan, write_draft(summary).word)
    comparison = compare(summary, official=draft, working=draft)
    notes, comments = of(comparison, DraftCheck.NOTES)
    assert "“(Bản tổng hợp phục vụ xây dựng dự thảo" in notes
    assert " …” (" in notes, "by its first words, not a page of it"
    assert all(len(each.split("”")[0].split()) <= 13 for each in notes.split("“")[1:])
    assert "NỘI DUNG NGƯỜI SOẠN THẢO CẦN XEM” (Phụ lục 1, đoạn " in notes
    assert comments.startswith(f"còn {len(draft.comments)} chú thích bên lề: I. Công tác lãnh đạo, chỉ đạo: ")
    assert {each.level for each in comparison.findings if each.check is DraftCheck.NOTES} == {FindingLevel.LEFT}
    assert "2 ghi chú còn lại" in comparison.verdict
    assert "lệch" not in comparison.verdict
    assert any(f"{each.id} · Ghi chú còn lại: còn " in comparison.markdown() for each in comparison.findings)
    lines = [each.in_words for each in comparison.findings if each.check is DraftCheck.NOTES]
    assert not [each for each in lines if re.search(r"đoạn \d+\)? \([^()]*đoạn \d+\)\.$", each)], "a place told once"
    assert lines[0].endswith(f"{notes}.")


def test_comments_that_stand_nowhere_and_are_in_the_file_are_found(plan: Plan, summary: Summary) -> None:
    document = docx.Document(io.BytesIO(write_draft(summary).word))
    count = len(list(document.comments))
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        for mark in list(document.element.body.iter(qn(f"w:{name}"))):
            mark.getparent().remove(mark)

    def said() -> list[str]:
        buffer = io.BytesIO()
        document.save(buffer)
        draft = read_official(plan, buffer.getvalue())
        found = of(compare(summary, official=draft), DraftCheck.NOTES)
        return [each for each in found if "chú thích không hiện" in each]

    (told,) = said()
    assert told.startswith(f"còn {count} chú thích không hiện trên trang mà lời vẫn nằm trong tệp: xóa bằng lệnh ")
    clean(plan, document)
    assert said() == []


def test_what_the_report_says_of_its_gaps_stays_where_its_drafters_notes_go(plan: Plan) -> None:
    assert not is_note(plan, "Số liệu trên chưa có phần của 1/13 đơn vị: Huyện ủy Vũ Quang.")
    assert is_note(plan, "Số chưa ai xác nhận, số tổng vẫn tính: Huyện ủy Cẩm Xuyên: lượt khách cao.")
    assert is_note(plan, "So với bản tổng hợp vòng 1: thêm báo cáo của Trường Đại học Hà Tĩnh.")


def test_a_clean_draft_has_none(plan: Plan, summary: Summary) -> None:
    official = OfficialDraft(
        ("I. Công tác lãnh đạo, chỉ đạo", "Ban hành 12 văn bản (bổ sung 02 văn bản năm 2021)."), ()
    )
    assert not of(compare(summary, official=official), DraftCheck.NOTES)


def test_changes_that_nobody_accepted_are_counted(plan: Plan, summary: Summary) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Giữ ")
    for kind, text in (("ins", "<w:t>thêm</w:t>"), ("del", "<w:delText>bỏ</w:delText>")):
        paragraph._p.append(parse_xml(f'<w:{kind} {WORD} w:id="1"><w:r>{text}</w:r></w:{kind}>'))
    buffer = io.BytesIO()
    document.save(buffer)
    (found,) = of(compare(summary, official=read_official(plan, buffer.getvalue())), DraftCheck.NOTES)
    assert found.startswith("còn 2 chỗ sửa đang theo dõi")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Doanh thu đạt 12 tỷ đồng (cần kiểm tra lại).", True),
        ("Tổng số lớp tập huấn: ??", True),
        ("[bổ sung số liệu]", True),
        ("{office} bổ sung: công tác phối hợp cần được đánh giá cụ thể hơn.", True),
        ("Đã tiếp thu ý kiến thẩm định và rà soát lại số liệu.", True),
        ("{office} ban hành 12 văn bản chỉ đạo.", False),
        ("Kiểm tra 15 cơ sở (kiểm tra đột xuất 05 cơ sở).", False),
        ("Quy hoạch đã được bổ sung, cập nhật.", False),
    ],
)
def test_what_is_a_note(plan: Plan, text: str, note: bool) -> None:
    assert is_note(plan, text.format(office=plan.offices[0].name)) is note


def test_prose_put_into_an_annex_has_a_place_and_is_told_of(plan: Plan, summary: Summary) -> None:
    content = write_draft(summary).word
    official, working = read_official(plan, worked_on(content)), read_official(plan, content)
    (found,) = [each for each in compare(summary, official=official, working=working).findings
                if each.check is DraftCheck.ASTRAY]  # fmt: skip
    assert found.level is FindingLevel.LOOK
    assert found.place == f"Phụ lục 2, đoạn {len(official.paragraphs)}"
    dossier = make_dossier(summary, official, working=working)
    assert f"Thêm (Phụ lục 2, đoạn {len(official.paragraphs)})" in text_of(render_appraisal(dossier, made_at=NOW))


def test_findings_lead_to_their_places_in_a_marked_copy(plan: Plan, summary: Summary) -> None:
    content = write_draft(summary).word
    worked = worked_on(content, wrong="999")
    dossier = make_dossier(summary, read_official(plan, worked), working=read_official(plan, content))
    copy = docx.Document(io.BytesIO(marked_copy(worked, dossier.comparison) or b""))
    at = {each.get(qn("w:name")): each.getparent() for each in copy.element.body.iter(qn("w:bookmarkStart"))}
    said = {each.text.partition(" ")[0]: each.text for each in copy.comments}
    found = {each.check: each for each in dossier.comparison.findings}
    for check, text in ((DraftCheck.TABLE, "999"), (DraftCheck.ASTRAY, ADDED)):
        one = found[check]
        assert "".join(each.text or "" for each in at[bookmark(one)].iter(qn("w:t"))) == text
        assert one.reason in said[one.id]
    paper = docx.Document(io.BytesIO(render_appraisal(dossier, made_at=NOW, linked="danh-dau.docx")))
    fields = [each.get(qn("w:instr")) for each in paper.element.body.iter(qn("w:fldSimple"))]
    assert f' HYPERLINK "danh-dau.docx" \\l "{bookmark(found[DraftCheck.TABLE])}" ' in fields


def test_what_is_of_the_whole_draft_is_marked_at_its_head_and_nothing_makes_no_copy(
    plan: Plan, summary: Summary
) -> None:
    content = write_draft(summary).word
    comparison = compare(summary, official=read_official(plan, content))
    late = DraftFinding(DraftCheck.REPLACED, FindingLevel.LOOK, "báo cáo đến sau", about="x", id="EB276")
    copy = docx.Document(io.BytesIO(marked_copy(content, replace(comparison, findings=(late,))) or b""))
    (comment,) = (each for each in copy.comments if each.text == late.in_words)
    ranges = copy.element.body.iter(qn("w:commentRangeStart"))
    (start,) = (each for each in ranges if each.get(qn("w:id")) == str(comment.comment_id))
    first = next(each for each in copy.element.body.iter(qn("w:p")) if "".join(each.itertext()).strip())
    assert start.getparent() is first
    assert marked_copy(content, replace(comparison, findings=())) is None


def test_the_letter_up_says_what_is_open_and_is_not_called_ready(
    plan: Plan, campaign: Campaign, summary: Summary
) -> None:
    approval = Appraisal(
        id="a", decided_at=NOW, account="vptu", granted_by="Đ/c A", reason="Rà tiếp", round=1, outcome="approved"
    )
    content = write_draft(summary).word
    dossier = make_dossier(summary, read_official(plan, worked_on(content, wrong="999")))
    letter = text_of(render_transmittal(dossier, campaign, approval))
    assert "cho ý kiến về các nội dung sau:" in letter
    assert "Còn thiếu báo cáo của" in letter
    assert "Chỗ lệch chưa sửa: số liệu trong bảng, CT01 Tổng lượt khách, năm 2019" in letter
    assert "đủ điều kiện" not in letter
    decided = text_of(render_appraisal(dossier, made_at=NOW, decision=approval))
    assert "☒ Đồng ý trình" in decided
    assert "Ý kiến: Rà tiếp." in decided


@pytest.mark.parametrize(
    ("opinion", "ready"),
    [("Đủ điều kiện trình.", True), ("dự thảo đủ điều kiện", True), ("Trình để xin ý kiến", False)],
)
def test_what_calls_a_draft_ready(opinion: str, ready: bool) -> None:
    assert says_ready(opinion) is ready


@pytest.mark.parametrize(
    ("told", "rest"),
    [
        ("Năm 2021 đón 5 lượt. Năm 2020 đón 7 lượt (cần bổ sung).", "Năm 2021 đón 5 lượt. Năm 2020 đón 7 lượt ."),
        ("Đón 5 lượt [Sở đề nghị kiểm tra lại: 7 lượt].", "Đón 5 lượt ."),
        ("Đón 5 lượt. TODO: hỏi lại số 7 lượt.", "Đón 5 lượt."),
        ("Đón 5 lượt.", "Đón 5 lượt."),
    ],
)
def test_notes_are_not_read_as_prose(plan: Plan, told: str, rest: str) -> None:
    read = without_notes(plan, told)
    assert len(read) == len(told)
    assert " ".join(read.split()) == rest
