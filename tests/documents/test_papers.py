"""What each document says, word for word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import docx
import pytest
import segno
from docx.enum.text import WD_ALIGN_PARAGRAPH
from syrupy.assertion import SnapshotAssertion

from soket.clock import FrozenClock
from soket.documents.appraisal import render_answers, render_appraisal, render_transmittal
from soket.documents.archive import contents, manifest, render_manifest
from soket.documents.archive_gaps import gaps
from soket.documents.draft import write_draft
from soket.documents.figures import Summary
from soket.documents.meeting import Meeting
from soket.documents.meeting_papers import render_invitation
from soket.documents.official import OfficialDraft, read_official
from soket.documents.points import answered, points_of, points_said
from soket.documents.press import render_press_note
from soket.documents.printed import PrintedFigure
from soket.documents.request import render_coverage_request, render_document_request, render_request
from soket.documents.slip import render_slip
from soket.plan.model import Campaign, Plan
from soket.record.decisions import Appraisal, ConferenceFormat
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.resting import Late
from soket.record.sending import UPLOAD_VARIABLE
from soket.record.stale import LaterReport
from soket.record.workspace import Workspace
from soket.store.store import MemoryStore
from usual import with_stage

from .builders import CRITICAL, IN_TIME, NOW, WARNING, WHOLE, make_dossier, make_receipt
from .conftest import text_of

Decide = Callable[..., ConferenceFormat]
FORMATS = pytest.mark.parametrize("how", ["in_person", "online", "postponed"])


def test_return_slip(plan: Plan, campaign: Campaign, text_file: SnapshotAssertion) -> None:
    unit = plan.unit("thi_ky_anh")
    slip = render_slip(plan, campaign, unit, make_receipt(unit.code), [CRITICAL, WARNING, WHOLE])
    assert text_of(slip) == text_file


def test_return_slip_after_the_deadline(plan: Plan, campaign: Campaign) -> None:
    receipt = make_receipt("thi_ky_anh")
    at = receipt.deadline + timedelta(hours=1)
    text = text_of(render_slip(plan, campaign, plan.unit("thi_ky_anh"), receipt, [CRITICAL], now=at))
    assert "24 giờ 00, ngày 04/11/2021, đã qua" in text


def test_a_paragraph_with_a_long_address_is_not_evened_out(
    plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOKET_UPLOAD_PAGE", "https://nop-ho-so.ha-tinh.example/{plan}/{campaign}/{unit}")
    letter = docx.Document(io.BytesIO(render_request(plan, campaign, plan.stage("unit_reports"))))
    told = [each for each in letter.paragraphs if each.style.name == "Thân bài"]
    torn = [each.alignment for each in told if "https://nop-ho-so" in each.text]
    assert torn == [WD_ALIGN_PARAGRAPH.LEFT]
    assert {each.alignment for each in told if "https://" not in each.text} == {None}


def test_request_letter(plan: Plan, campaign: Campaign, text_file: SnapshotAssertion) -> None:
    assert text_of(render_request(plan, campaign, plan.stage("unit_reports"))) == text_file


@pytest.mark.parametrize(
    ("render", "stage"),
    [
        (render_request, "unit_reports"),
        (render_document_request, "unit_reports"),
        (render_coverage_request, "communications"),
    ],
)
def test_letters_lead_to_the_page_where_there_is_one(
    plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch, render: Callable[..., bytes], stage: str
) -> None:
    monkeypatch.delenv(UPLOAD_VARIABLE, raising=False)
    without = render(plan, campaign, plan.stage(stage))
    assert "Quét mã" not in text_of(without)
    monkeypatch.setenv(UPLOAD_VARIABLE, "https://nop.hatinh.example/{plan}/{campaign}/{unit}")
    letter = render(plan, campaign, plan.stage(stage))
    assert letter == render(plan, campaign, plan.stage(stage))
    door = f"https://nop.hatinh.example/{plan.id}/{campaign.code}/"
    assert text_of(letter).count(door) == 2
    with zipfile.ZipFile(io.BytesIO(letter)) as parts:
        pictures = [parts.read(name) for name in parts.namelist() if name.endswith(".png")]
        described = parts.read("word/document.xml").decode()
    drawn = io.BytesIO()
    segno.make(door, micro=False, error="m").save(drawn, kind="png", scale=6, border=3)
    assert pictures == [drawn.getvalue()]
    assert f'descr="Mã QR: {door}"' in described


def test_coverage_request(plan: Plan, campaign: Campaign, text_file: SnapshotAssertion) -> None:
    assert text_of(render_coverage_request(plan, campaign, plan.stage("communications"))) == text_file


def test_working_draft(summary: Summary, text_file: SnapshotAssertion) -> None:
    assert text_of(write_draft(summary, round_number=2).word) == text_file


def test_appraisal_report(plan: Plan, summary: Summary, text_file: SnapshotAssertion) -> None:
    working = read_official(plan, write_draft(summary).word)
    wrong = PrintedFigure("CT01", 2019, "401", 401, 0, "Biểu 01, dòng CT01")
    official = OfficialDraft(("I. Công tác lãnh đạo, chỉ đạo", "Viết lại.", "Kết quả đạt được"), (wrong,))
    later = LaterReport(summary.plan.unit("thi_ky_anh"), Late.CAME)
    dossier = make_dossier(summary, official, working=working, round=2, amended=(later,))
    assert text_of(render_appraisal(dossier, made_at=NOW)) == text_file


def test_transmittal(campaign: Campaign, summary: Summary, text_file: SnapshotAssertion) -> None:
    appraisal = Appraisal(
        id="a", decided_at=NOW, account="vptu", granted_by="Đ/c A", reason="Đồng ý.", round=2, outcome="approved"
    )
    assert text_of(render_transmittal(make_dossier(summary), campaign, appraisal)) == text_file


_CUT = re.compile(r"[^\W\d_][,;:]? ?…(?!”)|\[…\]")
_ROOM_TO_WRITE = re.compile(r"lý do: …")


def test_no_paper_of_an_appraisal_cuts_a_sentence(plan: Plan, campaign: Campaign, summary: Summary) -> None:
    long = f"Trong giai đoạn 2017 - 2021, {'cùng với cả nước và các địa phương trong vùng, ' * 8}tổng lượt khách "
    wrong = f"{long}năm 2019 đạt 1.347 lượt."
    heading = "II. Kết quả đạt được trong xây dựng hạ tầng, sản phẩm, môi trường du lịch và liên kết vùng"
    working = OfficialDraft(("I. Công tác lãnh đạo, chỉ đạo", f"{long}tăng qua các năm. {wrong}"), ())
    official = OfficialDraft((heading, wrong, f"({long}bổ sung sau)", f"{long}giảm. {long * 3}."), (), comments=(1,))
    before = make_dossier(summary, working, round=1).comparison
    points = answered(
        [*points_of(make_dossier(summary, official).comparison.findings), *points_said(f"{long}còn sai", 1)],
        before=working,
        after=official,
        findings=before.findings,
    )
    dossier = make_dossier(summary, official, working=working, round=2, points=points, earlier=1)
    appraisal = Appraisal(
        id="a", decided_at=NOW, account="vptu", granted_by="Đ/c A", reason=long, round=2, outcome="approved"
    )
    papers = {
        "thẩm định": render_appraisal(dossier, made_at=NOW),
        "giải trình": render_answers(dossier, made_at=NOW),
        "trình": render_transmittal(dossier, campaign, appraisal),
    }
    assert {name: _CUT.findall(_ROOM_TO_WRITE.sub("", text_of(paper))) for name, paper in papers.items()} == {
        name: [] for name in papers
    }
    assert long.strip() in text_of(papers["trình"])


def test_the_recipients_of_a_letter_are_those_whom_its_mail_goes_to(
    plan: Plan, campaign: Campaign, summary: Summary, decide: Decide
) -> None:
    (of_the_plan,) = (line for line in plan.recipients if "Lưu" not in line)
    assert of_the_plan in text_of(write_draft(summary).word), "the report is issued to whom the plan names"
    for letter in (
        render_request(plan, campaign, plan.stage("unit_reports")),
        render_invitation(Meeting(plan, campaign, plan.stage("conference"), decide("online"))),
    ):
        assert f"- {of_the_plan}" not in text_of(letter)
    appraisal = Appraisal(
        id="a", decided_at=NOW, account="vptu", granted_by="Đ/c A", reason="Đồng ý.", round=2, outcome="approved"
    )
    copied = with_stage(plan, "vptu_appraisal", copies=(plan.offices[0].code,))
    told = text_of(render_transmittal(make_dossier(replace(summary, plan=copied)), campaign, appraisal))
    assert f"Nơi nhận: / - Như trên, / - {plan.offices[0].name}, / - Lưu" in told


@FORMATS
def test_press_note(summary: Summary, decide: Decide, how: str, text_file: SnapshotAssertion) -> None:
    assert text_of(render_press_note(summary, decide(how))) == text_file


def test_manifest(plan: Plan, campaign: Campaign, register: Register, text_file: SnapshotAssertion) -> None:
    store, unit = MemoryStore(), plan.units[0].code
    workspace = Workspace(plan, campaign, store, FrozenClock(NOW))
    for key in ("plans/nq06/2021/0001-0.json", f"receipts/nq06/2021/{unit}/1.json", f"notices/nq06/2021/{unit}/a.json"):
        store.put(key, b"{}")
    for receipt in (receipt for entry in register.units.values() for receipt in entry.receipts):
        for key in (f"receipts/nq06/2021/{receipt.unit}/1.json", *(file.key for file in receipt.files)):
            store.put(key, b"{}")
    store.put("decisions/nq06/2021/nil-1.json", b"{}")
    letter = "stages/nq06/2021/unit_reports/1/cong-van-de-nghi-bao-cao.docx"
    store.put(letter, b"letter")
    stage, collect = plan.stage("communications"), plan.stage("unit_reports")
    opened = StageRecord(stage=collect.id, round=1, step="opened", at=IN_TIME, note="", products=(letter,))
    entries = manifest(store, ("plans/", "stages/", "receipts/", "reports/", "notices/", "decisions/"))
    groups = contents(plan, register.having(opened), entries)
    assert text_of(render_manifest(plan, campaign, stage, entries, groups, gaps(workspace, register))) == text_file


@pytest.mark.parametrize(
    ("render", "stage"), [(render_document_request, "unit_reports"), (render_coverage_request, "communications")]
)
def test_of_what_a_letter_asks_numbers_and_dates_alone_are_bold(
    plan: Plan, campaign: Campaign, render: Callable[..., bytes], stage: str
) -> None:
    paper = docx.Document(io.BytesIO(render(plan, campaign, plan.stage(stage))))
    asked = [each for each in paper.paragraphs if re.match(r"\d\.", each.text)]
    bold = [[run.text for run in each.runs if run.bold] for each in asked]
    assert [each[:1] for each in bold] == [["1."], ["2."], ["3."]]
    assert [len(each) for each in bold] == [1, 2, 1]
    assert "24 giờ 00" in bold[1][1]
