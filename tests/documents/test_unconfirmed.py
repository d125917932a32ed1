"""A figure in doubt counts in tables, is left out of sentences, and every paper says that nobody confirmed it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from soket.documents.appraisal import render_appraisal
from soket.documents.comparison import compare
from soket.documents.dossier import Dossier
from soket.documents.draft import write_draft
from soket.documents.figures import Summary, summarise
from soket.documents.judging import FigureJudge
from soket.documents.known import KnownFigures
from soket.documents.official import read_official
from soket.documents.press import render_press_note
from soket.documents.sentences import form_sentences, headline
from soket.faults import Fault, fault
from soket.narrative.stated import FigureReader
from soket.plan.model import Plan, Severity
from soket.record.confirming import confirmation_of
from soket.record.decisions import ConferenceFormat, Review
from soket.record.records import ParsedReport
from soket.record.register import Register

from .builders import NOW, make_receipt, make_register, make_verdict
from .conftest import text_of

ODD = Fault(
    code="BD-CT01",
    severity=Severity.WARNING,
    file="bieu.xlsx",
    place="ô E5, F5",
    message="CT01 “Tổng lượt khách” năm 2021 là 270 lượt, gấp 6,5 lần năm 2020 (40).",
)
DENIED = Fault(
    code="TB-01",
    severity=Severity.WARNING,
    message="Báo cáo viết “đón 27 lượt”, nhưng biểu số liệu ghi CT01 “Tổng lượt khách” năm 2021 là 270 lượt",
    denies=("bieu.xlsx", "F5"),
)
FAR = ODD.model_copy(update={"code": "PB-CT01", "place": "ô F5", "message": "Gấp 11 lần mức của khối."})
UNREAD = fault("SL-07", "bieu.xlsx", "ô F6", found="9 tỷ", one="9", unit="tỷ đồng")
SENTENCE = (
    "Số chưa ai xác nhận, bảng tính như đơn vị ghi, lời văn không tính: Huyện ủy Đức Thọ: CT01 “Tổng lượt khách” "
    "năm 2021 là 270 lượt, "
    "gấp 6,5 lần năm 2020 (40) (chiếm 75% tổng)."
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
    assert SENTENCE in text_of(draft)
    comparison = compare(odd, official=read_official(plan, draft))
    assert SENTENCE in text_of(render_appraisal(Dossier(plan.stage("vptu_appraisal"), 1, comparison), made_at=NOW))
    assert SENTENCE.replace(":", ":**", 1) in comparison.markdown()
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
    assert (
        f"Số chưa ai xác nhận, bảng tính như đơn vị ghi, lời văn không tính: Huyện ủy Đức Thọ: {denied.message}" in text
    )
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
