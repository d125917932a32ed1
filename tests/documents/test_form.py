"""Templates, official form, stability: what holds of every document."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Pt
from docxtpl import DocxTemplate
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from soket.documents.appraisal import render_answers, render_appraisal, render_transmittal
from soket.documents.archive import Manifest, render_manifest
from soket.documents.commending import proposed, render_commendations
from soket.documents.comparison import compare
from soket.documents.draft import render_figures, write_draft
from soket.documents.figures import Summary, summarise
from soket.documents.framing import StyleNames
from soket.documents.letterhead import LETTER, by_order, letterhead
from soket.documents.meeting import Meeting
from soket.documents.nominations import render_nomination_form, render_nomination_slip
from soket.documents.official import OfficialDraft
from soket.documents.points import AnsweredPoint
from soket.documents.press import render_press_note
from soket.documents.rendering import clean, environment, lower_first, percent, render
from soket.documents.request import (
    form_workbook,
    render_coverage_request,
    render_document_request,
    render_outline,
    render_request,
)
from soket.documents.slip import render_slip
from soket.documents.urging import render_urging_letter
from soket.documents.weekly import render_weekly_report
from soket.folders import templates_folder
from soket.plan.model import Campaign, Plan
from soket.record.decisions import Appraisal, ConferenceFormat
from soket.record.stage_details import AppraisalPoint

from .builders import (
    CRITICAL,
    NOW,
    WHOLE,
    make_dossier,
    make_plan,
    make_receipt,
    make_register,
    make_report,
    make_state_plan,
    make_verdict,
)
from .conftest import text_of
from .meetings import papers_of
from .test_urging import late

NAMES = sorted(path.stem for path in (templates_folder() / "documents").glob("*.docx"))
FORMS = ("party", "state")
# What goes with another paper, and has no number of its own.
# Made by a machine, enclosed in a letter that is signed, or to be filled in by others.
UNSIGNED = ("nomination_form", "nomination_slip", "report_outline", "return_slip", "conference_registration")
ATTACHED = (
    *("appraisal_answers", "archive_manifest", "conference_delegates"),
    *("nomination_form", "nomination_slip", "report_outline", "return_slip"),
    *("conference_agenda", "conference_script", "conference_registration"),
    *("conference_summary", "conference_prompts", "conference_speeches", "conference_seating", "conference_attendance"),
)


POINTS = (
    AnsweredPoint(AppraisalPoint(id="Y1.1", text="Bổ sung số liệu"), "Sửa lời: Cũ. → Mới.", settled=True),
    AnsweredPoint(AppraisalPoint(id="Y1.2", text="Nêu rõ trách nhiệm"), "", settled=False),
)
COUNTS = {
    "owing": 4,
    "sent": 2,
    "pending": 0,
    "in_hand": 0,
    "returned": 1,
    "not_sent": 1,
    "late": 2,
    "sent_late": 1,
    "overdue": 1,
}
BLOCK = {"name": "Các huyện ủy", **COUNTS, "over": False}
WEEK = {
    "undecided": ["Biểu dương: chờ quyết định."],
    "roots": [{"day": "31/10/2021", "count": 12, "root": "0" * 64}],
    "date": "08/11/2021",
    "last_week": "07 giờ 30, ngày 01/11/2021",
    "total": BLOCK | {"over": False},
    "total_before": BLOCK | {"sent": 1},
    "blocks": [BLOCK],
    "blocks_before": [BLOCK | {"sent": 1}],
    "to_chase": [each | {"late": True} for each in late(2)],
    "missed": [],
    "extensions": [
        {"name": "Thị ủy Kỳ Anh", "last_day": "09/11/2021", "document_number": "1-CV/TU", "reason": "Mưa lũ"}
    ],
    "next": [
        {
            "title": "Dự thảo",
            "owner": "Ban cán sự đảng",
            "called": False,
            "last_day": "09/11/2021",
            "days": "còn 01 ngày làm việc",
            "waits": None,
        }
    ],
}


_RENDERED: dict[str, bytes] = {}


def render_all(plan: Plan, summary: Summary, decision: ConferenceFormat) -> dict[str, bytes]:
    """Return every document, by its template's name."""
    campaign = plan.campaigns[0]
    chased = [each | {"owed": f"báo cáo {plan.review_word}"} for each in late(7)]
    week = WEEK | {"to_chase": [each | {"late": True} for each in chased[:2]]}
    appraisal = Appraisal(
        id="a", decided_at=NOW, account="v", granted_by="A", reason="Đồng ý.", round=1, outcome="approved"
    )
    dossier = make_dossier(summary, points=POINTS, earlier=1, round=2)
    meeting = Meeting(plan, campaign, plan.stage("conference"), decision)
    return {
        "return_slip": render_slip(plan, campaign, plan.units[0], make_receipt(plan.units[0].code), [CRITICAL]),
        "nomination_form": render_nomination_form(plan, campaign, plan.stage("unit_reports")),
        "nomination_slip": render_nomination_slip(plan, plan.units[0], "de-nghi.docx", [CRITICAL], NOW),
        "request_letter": render_request(plan, campaign, plan.stage("unit_reports")),
        "report_outline": render_outline(plan, campaign, plan.stage("unit_reports")),
        "document_request": render_document_request(plan, campaign, plan.stage("unit_reports")),
        "coverage_request": render_coverage_request(plan, campaign, plan.stage("communications")),
        "draft_report": write_draft(summary).word,
        "appraisal_report": render_appraisal(dossier, made_at=NOW),
        "appraisal_answers": render_answers(dossier, made_at=NOW),
        "transmittal": render_transmittal(dossier, campaign, appraisal),
        **{name: paper() for name, paper in papers_of(meeting).items()},
        "conference_commendations": render_commendations(
            plan, plan.stage("conference"), proposed(summary, make_register(plan, [], [])), decision.day
        ),
        "press_note": render_press_note(summary, decision),
        "archive_manifest": render_manifest(plan, campaign, plan.stage("communications"), Manifest(files=()), (), ()),
        "urging_letter": render_urging_letter(plan, plan.roles.lead, chased, NOW),
        "weekly_report": render_weekly_report(plan, week, NOW),
    }


@pytest.fixture
def papers(plan: Plan, summary: Summary, decide: Callable[..., ConferenceFormat]) -> Callable[[], dict[str, bytes]]:
    """Give every document, rendered anew at each call."""
    return lambda: render_all(plan, summary, decide())


@pytest.fixture
def rendered(papers: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
    """Give every document, rendered once for all who only read: the same data gives the same bytes."""
    if not _RENDERED:
        _RENDERED.update(papers())
    return _RENDERED


@pytest.fixture
def state_papers(decide: Callable[..., ConferenceFormat]) -> dict[str, bytes]:
    """Give every document of a plan of the state's."""
    plan = make_state_plan()
    sent = plan.units[0].code
    register = make_register(plan, [make_receipt(sent)], [make_verdict(sent)])
    summary = summarise(plan, plan.campaigns[0], register, [make_report(sent)])
    return render_all(
        plan, summary, decide(place="Hội trường Ủy ban nhân dân tỉnh", chair="Chủ tịch Ủy ban nhân dân tỉnh")
    )


def test_every_template_is_rendered_and_leaves_no_tag(rendered: dict[str, bytes]) -> None:
    assert sorted(rendered) == NAMES
    for name, document in rendered.items():
        assert not re.search(r"\{[{%]|[%}]\}|None", text_of(document)), name


def test_the_same_data_gives_the_same_bytes(papers: Callable[[], dict[str, bytes]], summary: Summary) -> None:
    assert papers() == papers()
    assert render_figures(summary) == render_figures(summary)
    assert form_workbook(summary.plan, summary.plan.forms[0]) == form_workbook(summary.plan, summary.plan.forms[0])


def test_every_document_leaves_number_day_and_signature_blank(rendered: dict[str, bytes]) -> None:
    for name, document in rendered.items():
        text = text_of(document)
        assert bool(re.search(r"Số_{5,}-", text)) == (name not in ATTACHED), name
        month = "_{5,}" if name == "conference_conclusion" else " 1[012] "  # it comes after the day of the meeting
        assert re.search(rf"Hà Tĩnh, ngày_{{5,}}tháng{month}năm 2021", text), name


@pytest.mark.parametrize("name", NAMES)
def test_templates_keep_to_the_official_form(name: str) -> None:
    document = docx.Document(templates_folder() / "documents" / f"{name}.docx")
    page = document.sections[0]
    assert [round(side.mm) for side in (page.page_width, page.page_height) if side is not None] == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [20, 20, 30, 15]
    assert page.different_first_page_header_footer  # the first page has no number
    normal = document.styles["Normal"].font
    assert (normal.name, normal.size) == ("Times New Roman", Pt(14))


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_the_head_the_line_and_the_foot_of_its_rules(form: str) -> None:
    document = docx.Document(templates_folder() / "documents" / "forms" / f"{form}.docx")
    head, foot = document.tables
    left, right = (cell.paragraphs for cell in head.rows[0].cells)
    label = foot.rows[0].cells[0].paragraphs[0]
    assert label.text == "Nơi nhận:"
    if form == "state":
        assert right[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        assert right[1].text == "Độc lập - Tự do - Hạnh phúc"
        assert document.styles["Nơi nhận"].font.size == Pt(11)
        assert document.styles["Nhãn nơi nhận"].font.italic
        assert document.styles["Tên loại"].font.size == Pt(14)
        assert not document.styles["Dưới số"].font.italic
    else:
        assert right[0].text == "ĐẢNG CỘNG SẢN VIỆT NAM"
        assert right[0].runs[0].underline
        assert left[-1].text == "*"
        assert label.runs[0].underline
        assert document.styles["Dưới số"].font.italic
        assert document.paragraphs[0].text == "-----"


@pytest.mark.parametrize("name", NAMES)
def test_templates_leave_the_form_to_the_forms(name: str) -> None:
    document = docx.Document(templates_folder() / "documents" / f"{name}.docx")
    words = "".join(paragraph.text for paragraph in document.paragraphs)
    assert not re.search("CỘNG SẢN|CỘNG HÒA|head.agency|head.number|head.post|-----$", words)
    if name not in UNSIGNED:
        assert [each.text for each in document.paragraphs if each.style.name == "Nơi nhận"][-1] == "{{ head.archive }}"


def test_a_state_plans_documents_are_state_documents(state_papers: dict[str, bytes]) -> None:
    for name, document in state_papers.items():
        text = text_of(document)
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text, name
        assert bool(re.search(r"Số:_{5,}/", text)) == (name not in ATTACHED), name
        assert not re.search(r"ĐẢNG CỘNG SẢN|\*\n|T/[LM]|K/T|TỈNH ỦY|Tỉnh ủy|Số_", text), name
        assert not re.search("sơ kết|{review}", text), name
        if name not in UNSIGNED:
            assert "- Lưu: VT" in text, name
            assert re.search(r"\bTM\. |\bTL\. |GIÁM ĐỐC|CHÁNH VĂN PHÒNG", text), name


def test_templates_ask_only_for_fields_they_are_given(
    papers: Callable[[], dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in the branches that a rendering does not take."""
    asked: list[set[str]] = []
    real = DocxTemplate.render

    def watched(self: DocxTemplate, fields: dict[str, object], *args: object, **options: object) -> None:
        asked.append(self.get_undeclared_template_variables(environment()) - set(fields))
        real(self, fields, *args, **options)

    monkeypatch.setattr(DocxTemplate, "render", watched)
    assert len(papers()) == len(asked)
    assert set().union(*asked) == set()


@pytest.mark.parametrize("name", NAMES)
def test_templates_bring_no_macros_and_fetch_nothing(name: str) -> None:
    with zipfile.ZipFile(templates_folder() / "documents" / f"{name}.docx") as package:
        parts = package.namelist()
        relations = b"".join(package.read(part) for part in parts if part.endswith(".rels"))
    assert not [part for part in parts if "vba" in part.lower()]
    assert b'TargetMode="External"' not in relations


def test_an_unknown_field_is_an_error_and_not_a_gap(plan: Plan) -> None:
    with pytest.raises(UndefinedError):
        render("transmittal", {"plan": plan, "head": letterhead(plan, "vptu", "TTr", NOW.date())})


def test_templates_can_lie_elsewhere_but_cannot_reach_python(
    plan: Plan, campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "documents"
    shutil.copytree(templates_folder() / "documents", folder)
    monkeypatch.setenv("SOKET_TEMPLATES", str(tmp_path))
    document = docx.Document(folder / "coverage_request.docx")
    document.add_paragraph("Bản của tỉnh. {{ plan.short_title }}")
    document.save(folder / "coverage_request.docx")
    assert "Bản của tỉnh. sơ kết 05 năm" in text_of(
        render_coverage_request(plan, campaign, plan.stage("communications"))
    )
    document.add_paragraph("{{ plan.__class__.__mro__ }}")
    document.save(folder / "coverage_request.docx")
    with pytest.raises(SecurityError):
        render_coverage_request(plan, campaign, plan.stage("communications"))


def test_names_with_markup_and_control_characters_are_text(campaign: Campaign) -> None:
    name = "Huyện ủy <b>A</b> & “{{ 7*7 }}” {% raw %}"
    plan = make_plan({"huyen_a": name})
    text = text_of(render_slip(plan, campaign, plan.units[0], make_receipt("huyen_a"), [WHOLE]))
    assert f"Kính gửi: {name}" in text
    assert "Thiếu biểu số liệu <&>." in text


@pytest.mark.parametrize("count", [0, 1, 60])
def test_a_draft_of_any_number_of_reports(count: int) -> None:
    codes = {f"huyen_{number:02d}": f"Huyện ủy số {number:02d}" for number in range(1, 61)}
    plan = make_plan(codes)
    sent = list(codes)[:count]
    register = make_register(plan, [make_receipt(code) for code in sent], [make_verdict(code) for code in sent])
    summary = summarise(plan, plan.campaigns[0], register, [make_report(code) for code in sent])
    document = write_draft(summary).word
    text = text_of(document)
    assert f"{count}/60 đơn vị đã hoàn thành báo cáo" in text
    assert ("Chưa gửi (" in text) == (count < 60)
    assert text.count("Huyện ủy số 60") >= 1
    sections = docx.Document(io.BytesIO(document)).sections
    assert [section.orientation for section in sections] == [0, 1]  # the annex of figures lies on its side
    for check in compare(summary, official=OfficialDraft((), ())).figures:
        assert check.owing == 60


def test_letterheads_say_what_the_plan_says_of_an_office(plan: Plan) -> None:
    committee = letterhead(plan, "thuong_truc", "BC", NOW.date())
    assert (committee.parent, committee.agency, committee.authority) == ("", "TỈNH ỦY HÀ TĨNH", "T/M BAN THƯỜNG VỤ")
    assert committee.number.replace("\u00a0", "") == "Số-BC/TU"
    assert committee.archive == "- Lưu Văn phòng Tỉnh ủy."
    lead = letterhead(plan, "btg", LETTER, NOW.date())
    assert (lead.parent, lead.agency, lead.post) == ("TỈNH ỦY HÀ TĨNH", "BAN TUYÊN GIÁO", "TRƯỞNG BAN")
    assert lead.number.endswith("-CV/BTGTU")
    state = letterhead(plan, "ubnd", "BC", NOW.date().replace(month=2))
    assert (state.agency, state.authority) == ("ỦY BAN NHÂN DÂN\nTỈNH HÀ TĨNH", "TM. ỦY BAN NHÂN DÂN")
    assert state.number.endswith("/BC-UBND")
    assert state.place_date.endswith("tháng 02 năm 2021")


@pytest.mark.parametrize(
    ("recipients", "kept"),
    [
        (["Các ban Đảng", "Lưu Văn phòng Tỉnh ủy."], "- Lưu Văn phòng Tỉnh ủy."),
        (["- Lưu: VT, TH."], "- Lưu VT, TH."),
        (["Lưu trữ lịch sử tỉnh"], "- Lưu Thường trực Tỉnh ủy."),
    ],
)
def test_papers_of_the_plans_issuer_are_kept_where_the_plan_is(plan: Plan, recipients: list[str], kept: str) -> None:
    at = next(at for at, each in enumerate(plan.offices) if each.code == plan.roles.standing)
    office = plan.offices[at].model_copy(
        update={"letterhead": plan.offices[at].letterhead.model_copy(update={"archive": None})}
    )
    offices = (*plan.offices[:at], office, *plan.offices[at + 1 :])
    own = plan.model_copy(update={"offices": offices, "recipients": tuple(recipients)})
    assert letterhead(own, office.code, "BC", NOW.date()).archive == kept
    assert letterhead(own, "vptu", "BC", NOW.date()).archive == "- Lưu Văn phòng Tỉnh ủy."


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "ỦY BAN NHÂN_DÂN TỈNH_LẠNG_SƠN"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "ỦY BAN NHÂN_DÂN THÀNH_PHỐ_HỒ_CHÍ_MINH"),
        ("VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH", "VĂN PHÒNG ỦY BAN NHÂN_DÂN TỈNH"),
        ("SỞ NỘI VỤ (CƠ QUAN CHỦ TRÌ)", "SỞ NỘI VỤ (CƠ_QUAN_CHỦ_TRÌ)"),
        ("BAN TUYÊN GIÁO VÀ DÂN VẬN TỈNH ỦY", "BAN TUYÊN GIÁO VÀ DÂN VẬN TỈNH ỦY"),
    ],
)
def test_no_line_of_a_bodys_name_ends_inside_a_place(plan: Plan, body: str, whole: str) -> None:
    named = plan.model_copy(update={"party_committee": body})
    assert letterhead(named, "thuong_truc", "BC", NOW.date()).agency == whole.replace("_", "\u00a0")


def test_a_sign_and_a_signer_that_the_plan_does_not_give_stay_blank(plan: Plan) -> None:
    caucus = letterhead(plan, "bcsd", "BC", NOW.date())
    assert (caucus.parent, caucus.agency) == ("TỈNH ỦY HÀ TĨNH", "BAN CÁN SỰ ĐẢNG ỦY BAN NHÂN\u00a0DÂN TỈNH")
    assert (caucus.authority, caucus.post) == ("", "")
    assert re.fullmatch(r"Số\u00a0+-BC/\u00a0+", caucus.number)


def test_who_signs_for_nobody_else_is_named_once(plan: Plan) -> None:
    own = plan.office("btg")
    signs = own.letterhead.model_copy(update={"authority": "BỘ TRƯỞNG", "post": "BỘ TRƯỞNG"})
    offices = [own.model_copy(update={"letterhead": signs}) if each is own else each for each in plan.offices]
    minister = letterhead(plan.model_copy(update={"offices": tuple(offices)}), "btg", "BC", NOW.date())
    assert (minister.authority, minister.post) == ("", "BỘ TRƯỞNG")


def test_who_signs_by_order_may_be_another_than_who_appraises(plan: Plan) -> None:
    assert by_order(plan, "vptu", "GM", NOW.date()).authority == "T/L BAN THƯỜNG VỤ"
    other = plan.model_copy(update={"roles": plan.roles.model_copy(update={"signer": "btg"})})
    own = by_order(other, "vptu", "GM", NOW.date())  # the plan does not say how it signs by order
    assert (own.agency, own.authority, own.post) == ("BAN TUYÊN GIÁO", "", "TRƯỞNG BAN")


def test_a_party_letter_begins_as_its_edition_does(plan: Plan) -> None:
    early = text_of(render_urging_letter(plan, "btg", late(2), NOW))
    later = text_of(render_urging_letter(plan, "btg", late(2), NOW.replace(year=2026)))
    assert " / Đôn đốc gửi báo cáo" in early
    assert " / về việc đôn đốc gửi báo cáo" in later
    assert "V/v đôn đốc" in text_of(render_urging_letter(plan, "ubnd", late(2), NOW))


def test_an_annex_says_of_what_it_is_one_and_counts_its_pages_as_its_edition_asks(plan: Plan) -> None:
    party, state = (docx.Document(io.BytesIO(render_urging_letter(plan, by, late(60), NOW))) for by in ("btg", "ubnd"))
    for document, sections in ((party, 1), (state, 2)):
        texts = [each.text for each in document.paragraphs]
        label = texts.index("Phụ lục")
        assert texts[label + 2].startswith("(Kèm theo Công văn số")
        assert len(document.sections) == sections
    first, annex = (each._sectPr for each in state.sections)
    assert (first.find(qn("w:pgNumType")), annex.find(qn("w:pgNumType")).get(qn("w:start"))) == (None, "1")
    spacing = first.getparent().find(qn("w:spacing"))  # behind a full page a line of any height is another page
    assert [spacing.get(qn(f"w:{each}")) for each in ("before", "after", "line", "lineRule")] == [
        "0",
        "0",
        "20",
        "exact",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_an_annex_begins_a_page(name: str, rendered: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(rendered[name]))
    before = ""
    for paragraph in document.paragraphs:
        style, last = paragraph.style.name, paragraph._p.getprevious()
        if style == "Tên phụ lục" != before and last is not None:
            new_section = last.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
            assert paragraph.paragraph_format.page_break_before or new_section, paragraph.text
        before = style


@pytest.mark.parametrize("name", NAMES)
def test_the_signature_stays_with_the_end_of_the_text(name: str, rendered: dict[str, bytes]) -> None:
    document = docx.Document(io.BytesIO(rendered[name]))
    named = StyleNames(document)
    foot = next((each for each in document.tables if named.has(each._tbl, "Nhãn nơi nhận")), None)
    if foot is None:
        assert name in UNSIGNED
        return
    assert foot._tbl.tr_lst[0].trPr.find(qn("w:cantSplit")) is not None
    before = foot._tbl.getprevious()
    while before.tag == qn("w:p") and not "".join(before.itertext()).strip():
        before = before.getprevious()
    last = before if before.tag == qn("w:p") else list(before.iter(qn("w:p")))[-1]
    assert last.pPr.find(qn("w:keepNext")) is not None
    signature = [each.text for each in foot.rows[0].cells[1].paragraphs]
    assert signature[-5:] == ["", "", "", "", "……………………"]


def test_headings_with_roman_numbers_stand_in_capitals_where_the_plan_asks(summary: Summary) -> None:
    plan = summary.plan.model_copy(update={"upper_headings": True})
    document = docx.Document(io.BytesIO(write_draft(replace(summary, plan=plan)).word))
    headings = [each for each in document.paragraphs if each.style.name == "Đề mục lớn"]
    assert headings
    assert all(run.font.all_caps for each in headings for run in each.runs)


def test_a_paper_carries_nothing_that_no_reader_needs(rendered: dict[str, bytes]) -> None:
    for name, document in rendered.items():
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            parts = package.infolist()
        assert not [
            each.filename for each in parts if re.search("thumbnail|stylesWithEffects|customXml", each.filename)
        ]
        without_charts = sum(each.compress_size for each in parts if not each.filename.startswith("word/media/"))
        assert without_charts < 40_000, name


def test_small_words() -> None:
    assert clean("a\x00b\x0bc\ud800\nd\te") == "abc\nd\te"
    assert (lower_first("Sơ kết"), lower_first("UBND tỉnh"), lower_first("")) == ("sơ kết", "UBND tỉnh", "")
    assert (percent(0.12345), percent(1.0), percent(None)) == ("12,3%", "100%", "…")


def test_no_cell_is_left_without_a_line_and_nobody_is_sent_a_paper_twice(state_papers: dict[str, bytes]) -> None:
    for name, document in state_papers.items():
        opened = docx.Document(io.BytesIO(document))
        assert all(cell.find(qn("w:p")) is not None for cell in opened.element.body.iter(qn("w:tc"))), name
        sent = [each.text for table in opened.tables for each in table._cells[0].paragraphs if each.text[:1] == "-"]
        assert len(sent) == len({*sent}), name


@pytest.mark.parametrize(
    ("place", "room"), [("Hà Tĩnh", 7), ("Tuyên Quang", 6), ("Buôn Ma Thuột", 4), ("Thừa Thiên Huế", 4)]
)
def test_the_date_of_a_place_with_a_long_name_stands_on_one_line(plan: Plan, place: str, room: int) -> None:
    head = letterhead(plan.model_copy(update={"place": place}), "btg", LETTER, NOW.date())
    assert head.place_date == f"{place}, ngày{chr(160) * room}tháng 11 năm 2021"
