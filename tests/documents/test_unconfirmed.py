"""A figure in doubt is marked in tables, left out of sentences, and every paper says that nobody confirmed it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import docx
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from soket.documents.appraisal import render_appraisal
from soket.documents.checks.finding import DraftCheck, DraftFinding, FindingLevel
from soket.documents.comparison import compare
from soket.documents.dossier import Dossier, marked_copy
from soket.documents.doubt_marks import unmarked
from soket.documents.draft import render_figures, write_draft
from soket.documents.excerpt import shortened
from soket.documents.figures import Summary, summarise
from soket.documents.form_sentences import form_sentences
from soket.documents.judging import FigureJudge
from soket.documents.known import KnownFigures
from soket.documents.official import OfficialDraft, read_official
from soket.documents.press import render_press_note
from soket.documents.sentences import headline
from soket.faults import fault
from soket.narrative.figures.stated import FigureReader
from soket.plan.model import Plan
from soket.record.confirming import confirmation_of
from soket.record.decisions import ConferenceFormat, Review
from soket.record.records import ParsedReport
from soket.record.register import Register

from .builders import DENIED, NOW, ODD, make_receipt, make_register, make_report, make_verdict
from .conftest import text_of

FAR = ODD.model_copy(update={"code": "PB-CT01", "place": "ô F5", "message": "Gấp 11 lần mức của khối."})
UNREAD = fault("SL-07", "bieu.xlsx", "ô F6", found="9 tỷ", one="9", unit="tỷ đồng")
SENTENCE = (
    "Số chưa ai xác nhận, bảng tổng hợp của dự thảo có cộng, đánh dấu (*), câu chữ của dự thảo không cộng: "
    "Huyện ủy Đức Thọ: CT01 “Tổng lượt khách” "
    "năm 2021 là 270 lượt, "
    "gấp 6,5 lần năm 2020 (40) (chiếm 75% tổng)."
)


IN_DRAFT = (
    "Số chưa ai xác nhận, bảng tổng hợp của dự thảo có cộng, đánh dấu (*), câu chữ của dự thảo không cộng: "
    "Huyện ủy Đức Thọ (CT01 năm 2021); lý do từng số ghi ở trang “Cần xem” của sổ chứng cứ."
)


def told(plan: Plan, *decisions: Review) -> Register:
    units = ("huyen_can_loc", "huyen_duc_tho")
    verdicts = [make_verdict(units[0], faults=(UNREAD,)), make_verdict(units[1], faults=(ODD, FAR, UNREAD))]
    return make_register(plan, [make_receipt(unit) for unit in units], verdicts, decisions)


@pytest.fixture
def odd(plan: Plan, reports: list[ParsedReport]) -> Summary:
    return summarise(plan, plan.campaigns[0], told(plan), reports)


def test_every_paper_says_what_nobody_confirmed(
    plan: Plan, odd: Summary, decide: Callable[..., ConferenceFormat]
) -> None:
    draft = write_draft(odd).word
    assert IN_DRAFT in text_of(draft)
    assert ODD.message.rstrip(".") in text_of(draft), "its annex says why"
    comparison = compare(odd, official=read_official(plan, draft))
    assert SENTENCE in text_of(render_appraisal(Dossier(plan.stage("vptu_appraisal"), 1, comparison), made_at=NOW))
    shown = unescape(re.sub(r"<[^>]+>", "", MarkdownIt("commonmark").render(comparison.markdown())))
    assert SENTENCE in shown
    assert "()" not in shown, "the mark (*) is no Markdown"
    assert shown.count("(*)") > 2
    note = text_of(render_press_note(odd, decide()))
    assert "Tổng lượt khách" not in note, "a figure in doubt is not for the press"
    assert "Công suất phòng" in note


def test_the_figure_counts_all_the_same(odd: Summary) -> None:
    latest = odd.forms[0].indicators[0].latest
    assert latest is not None
    assert latest.total == 90 + 270


HEADLINE = (
    "Tổng lượt khách năm 2020 đạt mức cao nhất với 480 lượt, tăng 20% so với năm 2019; năm 2021 ước đạt 90 lượt, "
    "bằng 75% so với năm 2020 (so sánh trên 1 đơn vị có đủ số liệu) (chưa kể số chưa được xác nhận: huyện Đức Thọ "
    "năm 2021 ghi 270 lượt; cộng cả số ấy là 360 lượt)"
)


def test_no_sentence_leads_with_it_nor_keeps_quiet_of_it(odd: Summary) -> None:
    visitors = odd.forms[0].indicators[0]
    assert HEADLINE in headline(visitors)
    assert "nhiều nhất" not in form_sentences(odd.forms[0])[0]
    assert HEADLINE in text_of(write_draft(odd).word)
    assert visitors.sound.doubts == ()
    assert odd.forms[0].indicators[1].sound is odd.forms[0].indicators[1]


def test_what_its_own_report_gainsays_is_in_doubt_and_found_first(plan: Plan, reports: list[ParsedReport]) -> None:
    denied = DENIED.model_copy(update={"file": "bao-cao.docx", "place": "mục III"})
    verdicts = [make_verdict("huyen_can_loc"), make_verdict("huyen_duc_tho", faults=(ODD, denied))]
    register = make_register(plan, [make_receipt(each.unit) for each in verdicts], verdicts)
    assert register.units["huyen_duc_tho"].unconfirmed == (ODD, denied)
    summary = summarise(plan, plan.campaigns[0], register, reports)
    assert HEADLINE in headline(summary.forms[0].indicators[0])
    text = text_of(write_draft(summary).word)
    assert IN_DRAFT in text
    places = text[text.index("Số liệu khác thường, nội dung trái nhau: 2 chỗ") :].splitlines()
    assert places[1].startswith("- Lời văn khác biểu số liệu. Huyện ủy Đức Thọ, mục III: Báo cáo viết")
    assert places[2].startswith("- Số liệu trái quy tắc. Huyện ủy Đức Thọ, ô E5, F5: CT01")


def test_an_official_draft_may_say_either(plan: Plan, odd: Summary) -> None:
    judge = FigureJudge(KnownFigures(odd))
    reader = FigureReader(plan)

    def wrong(text: str) -> list[str]:
        return [each.text for each in reader.figures(text) if judge.judge(each)]

    assert wrong("Tổng lượt khách năm 2021 đạt 90 lượt.") == wrong("Tổng lượt khách năm 2021 đạt 360 lượt.") == []
    assert wrong("Tổng lượt khách năm 2021 đạt 370 lượt.") == ["370"]


def test_what_a_person_confirmed_is_told_of_no_more(plan: Plan, reports: list[ParsedReport]) -> None:
    word = Review(
        id="r1",
        decided_at=NOW,
        account="btg",
        granted_by="Đ/c A",
        reason="Đã hỏi đơn vị",
        unit="huyen_duc_tho",
        number=1,
        outcome="accepted",
    )
    summary = summarise(plan, plan.campaigns[0], told(plan, word), reports)
    assert "xác nhận" not in text_of(write_draft(summary).word)


def test_what_a_unit_confirmed_is_in_no_doubt_and_offered_as_a_footnote(
    plan: Plan, reports: list[ParsedReport]
) -> None:
    unit = "huyen_duc_tho"
    verdicts = [make_verdict("huyen_can_loc"), make_verdict(unit, faults=(ODD,))]
    word = confirmation_of(unit, 1, ODD, at=NOW, reason="Có đường cao tốc mới", person="Nguyễn Thị Hoa")
    register = make_register(plan, [make_receipt(each.unit) for each in verdicts], verdicts)
    entry = register.units[unit].model_copy(update={"confirmations": (word,)})
    register = register.model_copy(update={"units": {**register.units, unit: entry}})
    summary = summarise(plan, plan.campaigns[0], register, reports)
    assert summary.unconfirmed == ()
    assert summary.forms[0].indicators[0].doubts == ()
    text = text_of(write_draft(summary).word)
    assert "Số chưa ai xác nhận" not in text
    (line,) = [each for each in text.splitlines() if "Nên chú thích" in each]
    assert line.startswith("- Nên chú thích. Huyện ủy Đức Thọ, ô E5, F5: CT01")
    assert "lý do: Có đường cao tốc mới (Nguyễn Thị Hoa, ngày" in line


NOTE = (
    "(*) Gồm số của đơn vị chưa được xác nhận: CT01 năm 2021 là 90 lượt nếu không tính số chưa được xác nhận "
    "(Huyện ủy Đức Thọ ghi 270 lượt)."
)


def test_a_table_marks_it_and_says_below_what_the_total_is_without_it(odd: Summary) -> None:
    text = text_of(write_draft(odd).word)
    rows = [line for line in text.splitlines() if line.startswith("CT01 |")]
    assert [row.split(" | ")[2:] for row in rows] == [["400", "480", "360_(*)", "5.000 (2025)", "7,2%_(*)"]]
    assert NOTE in text.splitlines()
    (own,) = [line for line in text.splitlines() if " | Huyện ủy Đức Thọ | " in line]
    assert own.split(" | ")[2:] == ["270_(*)", "…", "120", "27"]
    assert "(*) Số đơn vị ghi, chưa được xác nhận." in text.splitlines()
    assert text.count("_(*)") == 3


def test_nothing_is_marked_where_nothing_is_in_doubt(summary: Summary) -> None:
    assert "(*)" not in text_of(write_draft(summary).word)


def test_the_overall_judgement_says_that_it_leaves_it_out(odd: Summary, summary: Summary) -> None:
    said = " (không tính số chưa được xác nhận)."
    lines = text_of(write_draft(odd).word), text_of(write_draft(summary).word)
    assert [f"so với năm 2019{said}" in text for text in lines] == [True, False]


def test_the_workbook_marks_it_and_it_stays_a_number(odd: Summary) -> None:
    workbook = load_workbook(io.BytesIO(render_figures(odd)))
    shown = {
        (sheet.title, cell.value)
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.number_format.endswith('"(*)"')
    }
    assert shown == {("Tổng hợp", 360), ("Biểu 1", 270)}
    notes = [cell.value for cell in workbook["Tổng hợp"][4]]
    assert str(notes[-1]).endswith("; (*) " + NOTE.partition(": ")[2].rstrip("."))
    sources = [[cell.value for cell in row] for row in workbook["Nguồn số liệu"].iter_rows(min_row=4)]
    assert [row[:3] for row in sources if row[-1]] == [["huyen_duc_tho", "Huyện ủy Đức Thọ", "CT01"]]


@pytest.mark.parametrize(
    ("cell", "plain"),
    [("2.431 (*)", "2.431"), ("2.431*", "2.431"), ("46,6% (**)", "46,6%"), ("2.431\u00a0(*)", "2.431")],
)
def test_a_mark_is_read_however_it_is_written(cell: str, plain: str) -> None:
    assert unmarked(cell) == (plain, True)
    assert unmarked(plain) == (plain, False)


@pytest.fixture
def drafted(plan: Plan, odd: Summary) -> OfficialDraft:
    """A draft as it was made, without what its annex lists for who drafts."""
    draft = read_official(plan, write_draft(odd).word)
    return replace(draft, paragraphs=tuple(each for each in draft.paragraphs if "trái quy tắc" not in each))


def doubts(summary: Summary, draft: OfficialDraft) -> list[DraftFinding]:
    found = compare(summary, official=draft).findings
    assert not [each for each in found if each.check is DraftCheck.TABLE]
    return [each for each in found if each.check is DraftCheck.UNCONFIRMED]


def without_marks(draft: OfficialDraft) -> OfficialDraft:
    """Return a draft whose drafter took the marks and what explains them out."""
    figures = tuple(replace(each, text=unmarked(each.text)[0], marked=False) for each in draft.figures)
    paragraphs = tuple(each for each in draft.paragraphs if "xác nhận" not in each and "270" not in each)
    return replace(draft, figures=figures, paragraphs=paragraphs)


def test_the_appraiser_looks_at_each_that_is_printed(odd: Summary, drafted: OfficialDraft) -> None:
    (marked,) = doubts(odd, drafted)
    assert marked.level is FindingLevel.LOOK
    assert marked.reason.startswith("Tổng lượt khách: CT01 năm 2021 là 90 lượt nếu không tính số chưa được xác nhận")
    assert "chưa ghi rõ" not in marked.reason
    (bare,) = doubts(odd, without_marks(drafted))
    assert "360 ở bảng “Biểu số liệu du lịch địa phương”, dòng CT01 (chưa ghi rõ)" in bare.reason
    assert "270 ở" in bare.reason
    assert "đã ghi rõ" not in bare.reason
    assert bare.id == marked.id
    assert bare.cell == ("CT01", "360")


def test_a_mark_that_nothing_explains_says_nothing(odd: Summary, drafted: OfficialDraft) -> None:
    paragraphs = tuple(each for each in drafted.paragraphs if not each.startswith("(*)"))
    (found,) = doubts(odd, replace(drafted, paragraphs=paragraphs))
    assert "360 (*) ở" in found.reason
    assert "chưa ghi rõ" in found.reason


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Tổng lượt khách năm 2021 đạt 360 lượt.", "360 ở đoạn 1 (chưa ghi rõ)"),
        ("Tổng lượt khách năm 2021 đạt 360 lượt, có số chưa được đơn vị xác nhận.", "360 ở đoạn 1 (đã ghi rõ)"),
        ("Tổng lượt khách của huyện Đức Thọ năm 2021 đạt 270 lượt.", "270 ở đoạn 1 (chưa ghi rõ)"),
        ("Tổng lượt khách giai đoạn 2019 - 2021 đạt 1.240 lượt.", "1.240 ở đoạn 1 (chưa ghi rõ)"),
        ("Tổng lượt khách giai đoạn 2019 - 2021 đạt 970 lượt.", ""),
        ("Tổng lượt khách năm 2021 đạt 90 lượt.", ""),
        ("Tổng lượt khách năm 2020 đạt 480 lượt.", ""),
    ],
)
def test_prose_is_looked_at_too(odd: Summary, said: str, found: str) -> None:
    reasons = [each.reason for each in doubts(odd, OfficialDraft((said,), ()))]
    assert [reason.partition("Dự thảo ghi ")[2] for reason in reasons] == ([found] if found else [])


def test_a_draft_may_leave_it_out_of_its_tables(odd: Summary, drafted: OfficialDraft) -> None:
    bare = without_marks(drafted)
    left_out = {("CT01", 2021, ""): ("90", 90.0), ("CT01", 2021, "huyen_duc_tho"): ("…", None)}
    figures = tuple(
        replace(each, text=left_out[what][0], value=left_out[what][1])
        if (what := (each.indicator, each.year, each.unit)) in left_out
        else each
        for each in bare.figures
    )
    assert doubts(odd, replace(bare, figures=figures)) == []


def test_the_letter_asks_about_it_once(odd: Summary, drafted: OfficialDraft) -> None:
    asked = Dossier(odd.plan.stage("vptu_appraisal"), 1, compare(odd, official=drafted)).to_decide
    assert asked[0] == f"{SENTENCE} Đề nghị cho ý kiến: dùng, hay để ngoài số tổng hợp đến khi đơn vị xác nhận."
    assert not [each for each in asked[1:] if "số chưa được xác nhận" in each]


def test_the_report_in_short_has_no_note_to_a_table_that_it_has_not(plan: Plan, drafted: OfficialDraft) -> None:
    kept = [each for section in shortened(drafted.paragraphs, plan.outline) for each in section.paragraphs]
    assert kept
    assert not [each for each in kept if each.startswith(("(*)", "“…”"))]


def test_growth_is_told_of_whom_the_totals_beside_it_are_of(odd: Summary) -> None:
    visitors = odd.forms[0].indicators[0]
    first = visitors.years[0]
    more = replace(first.values[1], value=340.0)
    years = (replace(first, values=(first.values[0], more), total=440.0), *visitors.years[1:])
    said = headline(replace(visitors, years=years))
    assert "với 480 lượt, tăng 9,1% so với năm 2019;" in said, "480 of 440, not 120 of 100"
    assert "bằng 75% so với năm 2020 (so sánh trên 1 đơn vị có đủ số liệu) (chưa kể" in said


def test_a_sum_over_years_says_that_it_leaves_figures_in_doubt_out(odd: Summary, summary: Summary) -> None:
    whole = "Cả giai đoạn 2019 - 2021 ước đạt"
    assert f"{whole} 970 lượt, chưa kể số chưa được xác nhận." in form_sentences(odd.forms[0])[0]
    assert f"{whole} 1.240 lượt." in form_sentences(summary.forms[0])[0]


def test_each_place_of_it_is_marked_in_the_copy_for_the_appraiser(plan: Plan, odd: Summary) -> None:
    content = write_draft(odd).word
    comparison = compare(odd, official=read_official(plan, content))
    (found,) = [each for each in comparison.findings if each.check is DraftCheck.UNCONFIRMED]
    assert len(found.also) > 1  # sentences, the total, the unit's own
    copy = docx.Document(io.BytesIO(marked_copy(content, comparison) or b""))
    (number, *more) = [each.comment_id for each in copy.comments if each.text.startswith(found.id)]
    assert len(more) == len({*found.also} - {found.cell})
    starts = {each.get(qn("w:id")): each for each in copy.element.body.iter(qn("w:commentRangeStart"))}
    paragraphs = [starts[str(at)].getparent() for at in (number, *more)]
    assert {"360\u00a0(*)", "270\u00a0(*)"} <= {
        "".join(t.text or "" for t in each.iter(qn("w:t"))) for each in paragraphs
    }


def test_a_signed_copy_that_says_otherwise_is_named_to_drafter_and_appraiser(plan: Plan) -> None:
    unlike = fault("KS-21", "ban-ky.pdf", "mục II", signed="182", source="281", quote="đón 281 đoàn khách")
    register = make_register(plan, [make_receipt("huyen_duc_tho")], [make_verdict("huyen_duc_tho", faults=(unlike,))])
    summary = summarise(plan, plan.campaigns[0], register, [make_report("huyen_duc_tho")])
    said = "Huyện ủy Đức Thọ, mục II: Bản ký ghi 182, bản Word ghi 281: “đón 281 đoàn khách”."
    draft = write_draft(summary)
    assert f"Bản ký khác bản đang dùng. {said}" in text_of(draft.word)
    rows = load_workbook(io.BytesIO(draft.evidence))["Cần xem"].iter_rows(values_only=True)
    assert ("Huyện ủy Đức Thọ", 1, "mục II", "Bản ký khác bản đang dùng", unlike.message) in {row[:5] for row in rows}
    comparison = compare(summary, official=OfficialDraft((), ()))
    note = (
        "Báo cáo của đơn vị có bản ký khác bản dùng để tổng hợp, chưa ai xác nhận bản nào đúng "
        "(chỗ nêu là của báo cáo đơn vị, dự thảo có thể không dẫn): "
        + said.rstrip(".").replace("mục II", "mục II của báo cáo ấy")
    )
    assert note in text_of(render_appraisal(Dossier(plan.stage("vptu_appraisal"), 1, comparison), made_at=NOW))
    assert note.partition(":")[0] in comparison.markdown()
    confirmed = unlike.model_copy(update={"confirmed": "confirmation-1"})
    register = make_register(
        plan, [make_receipt("huyen_duc_tho")], [make_verdict("huyen_duc_tho", faults=(confirmed,))]
    )
    assert not summarise(plan, plan.campaigns[0], register, [make_report("huyen_duc_tho")]).unlike_signed


def test_a_table_whose_columns_a_plan_leaves_out_is_as_wide_as_its_template_all_the_same(odd: Summary) -> None:
    document = docx.Document(io.BytesIO(write_draft(odd).word))
    tables = document.element.body.iter(qn("w:tbl"))
    (grid,) = [table.find(qn("w:tblGrid")) for table in tables if "Tổng lượt khách" in "".join(table.itertext())][:1]
    assert 9_500 < sum(int(column.get(qn("w:w"))) for column in grid) < 9_550
