"""Every operation of every stage: what it does, that doing it twice changes nothing, and what it says when idle."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from conftest import Desk, moment
from documents.conftest import text_of
from notices.post import CountingStore
from record import story
from record.builders import answer, appraise, extend, first, owing, postpone, reopen, submit
from record.story import Story
from record.verbs import communications, conference, ubnd_draft, unit_reports, vptu_appraisal
from soket.documents.archive_gaps import gaps
from soket.notices.ledger import Ending, read_intent, states
from soket.notices.notice import Kind
from soket.notices.render import write
from soket.plan.model import Duty, Plan
from soket.record import products
from soket.record.keeping import read_register
from soket.record.records import Ruling
from soket.record.stage_details import AppraisalOutcome, DraftBasis, ReportsClosed
from soket.record.words import FORMATS
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError, StillWaitingError, collect, conditions, draft
from soket.stages.answers import Answer, ask_again
from soket.stages.refusing import IncompleteAnswerError, NoRightError
from soket.text import Word, format_number, lower_first

REPORTS, DRAFT = "unit_reports", "ubnd_draft"
APPRAISAL, CONFERENCE, COMMUNICATIONS = "vptu_appraisal", "conference", "communications"


def contents(desk: Desk) -> dict[str, bytes]:
    """Return what the bucket holds, without when it was written and without what is derived."""
    return {key: data for key, (data, _) in desk.store.objects.items() if key != desk().keys.register}


def twice(desk: Desk, operation: Callable[..., str], **arguments: Any) -> str:
    """Run an operation, and again as after a crash or a Clear; the second run changes nothing. Return the note.

    It reads the register once at most, whatever it writes.
    """
    store = CountingStore(desk.store)
    note = operation(replace(desk(), store=store), **arguments)
    assert store.listed[desk().keys.inbox] <= 1
    once = contents(desk)
    with suppress(NothingToDoError):
        operation(desk(), **arguments)
    changed = {key for key, data in contents(desk).items() if once.get(key) != data}
    assert not changed, f"a second run of {operation.__name__} wrote {sorted(changed)}"
    return note


def mails(workspace: Workspace) -> Counter[Kind]:
    return Counter(state.kind for state in states(workspace).values())


def round_of(desk: Desk, stage: str) -> int:
    return read_register(desk()).stages[stage].round


# Unit reports


def test_each_unit_that_owes_a_report_is_asked_once(workspace: Desk, plan: Plan) -> None:
    workspace("2021-10-18 00:00")
    note = twice(workspace, unit_reports.open_stage)
    assert note == f"Đề nghị {len(owing(plan))} đơn vị báo cáo."
    assert mails(workspace()) == {Kind.REQUEST: len(owing(plan))}
    record = read_register(workspace()).stages[REPORTS].record("opened", 1)
    assert record is not None
    assert all(workspace.store.get(key) for key in record.products)
    assert {products.form_name(form.code) for form in plan.forms} <= {key.rpartition("/")[2] for key in record.products}


@pytest.mark.parametrize("ruling", Ruling)
def test_each_verdict_is_answered_once(after: Story, plan: Plan, ruling: Ruling) -> None:
    desk = after(story.opened)
    before = mails(desk())
    submit(desk("2021-10-25 09:00"), first(plan), ruling=ruling)
    assert twice(desk, collect.answer_units) == "Thư trả lời đơn vị: 1."
    kind = Kind.RETURN if ruling is Ruling.RETURNED else Kind.RECEIPT
    assert mails(desk()) - before == {kind: 1}
    assert collect.answer_units(desk()) == "Thư trả lời đơn vị: 0."


def test_the_close_says_who_counts_and_who_is_missing(after: Story, plan: Plan) -> None:
    desk = after(story.opened)
    units = owing(plan)
    for unit in units[2:]:
        submit(desk("2021-11-03 10:00"), unit.code)
    submit(desk(), units[1].code, ruling=Ruling.RETURNED)
    desk("2021-11-05 00:00")
    note = twice(desk, unit_reports.close_stage)
    missing = f"{units[0].name}; {units[1].name}"
    assert note == f"Khép lại khi đã tiếp nhận {len(units) - 2}/{len(units)} báo cáo. Còn thiếu: {missing}."
    record = read_register(desk()).stages[REPORTS].record("done")
    assert record is not None
    assert record.details == ReportsClosed(
        basis={unit.code: 1 for unit in units[2:]}, missing=(units[0].code, units[1].code), owing=len(units)
    )
    # What comes later does not change what was closed.
    submit(desk("2021-11-06 09:00"), units[0].code)
    assert unit_reports.close_stage(desk()) == note


def test_a_reopened_stage_asks_again(after: Story) -> None:
    desk = after(story.reported)
    postpone(desk("2021-11-06 08:00"), REPORTS, date(2021, 11, 10))
    reopen(desk("2021-11-06 09:00"), REPORTS)
    twice(desk, unit_reports.open_stage)
    assert round_of(desk, REPORTS) == 2


# The draft


def test_the_first_round_rests_on_the_accepted_reports(after: Story, plan: Plan) -> None:
    desk = after(story.reported)
    desk("2021-11-05 00:05")
    assert ubnd_draft.open_round(desk()) == "Vòng 1 đang mở."
    share = f"{len(owing(plan)) - story.SILENT}/{len(owing(plan))}"
    assert twice(desk, ubnd_draft.consolidate) == f"Dự thảo làm việc vòng 1 từ báo cáo của {share} đơn vị."
    record = read_register(desk()).stages[DRAFT].record("working")
    assert record is not None
    assert record.details == DraftBasis(basis=read_register(desk()).basis(), as_of=desk().now)
    assert mails(desk())[Kind.DRAFT] == 1


def test_a_draft_out_of_nothing_is_no_draft(after: Story, plan: Plan) -> None:
    desk = after(story.opened)
    unit_reports.close_stage(desk("2021-11-05 00:00"))
    ubnd_draft.open_round(desk("2021-11-05 07:30"))
    for _ in range(2):
        with pytest.raises(StillWaitingError, match="Chưa có báo cáo nào để tổng hợp"):
            ubnd_draft.consolidate(desk())
    register = read_register(desk())
    assert [record.step for record in register.stages[DRAFT].records] == ["empty"]
    assert not register.stages[DRAFT].done
    assert mails(desk())[Kind.DRAFT] == 0
    assert conditions.report_counted(desk(), register, stage=DRAFT) is None
    with pytest.raises(NothingToDoError, match="Chưa có báo cáo nào"):
        ubnd_draft.consolidate(desk("2021-11-06 08:00", rerun=True))  # a backfill does not wait

    submit(desk("2021-11-08 09:00"), first(plan))
    register = read_register(desk())
    assert conditions.report_counted(desk(), register, stage=DRAFT) == "Đã có 1 báo cáo để tổng hợp."
    note = twice(desk, ubnd_draft.consolidate)
    assert note == f"Dự thảo làm việc vòng 1 từ báo cáo của 1/{len(owing(plan))} đơn vị."
    assert mails(desk())[Kind.DRAFT] == 1


def test_an_official_draft_is_waited_for(after: Story) -> None:
    desk = after(story.consolidated)
    with pytest.raises(StillWaitingError, match="Chưa có dự thảo chính thức"):
        ubnd_draft.check_official_draft(desk("2021-11-08 09:00"))


def test_a_draft_that_cannot_be_read_is_refused_once_and_another_waited_for(after: Story, plan: Plan) -> None:
    desk = after(story.consolidated)
    keys = desk("2021-11-08 09:00").keys
    desk.store.put(keys.inbox_folder(plan.playing("drafter")[0]) + "du-thao.docx", b"not a Word file")
    with pytest.raises(StillWaitingError, match="Không đọc được"):
        ubnd_draft.check_official_draft(desk())
    refused = contents(desk)
    with pytest.raises(StillWaitingError, match="Chưa có dự thảo chính thức"):
        ubnd_draft.check_official_draft(desk())
    assert contents(desk) == refused
    story.drop_official_draft(desk, 1)
    twice(desk, ubnd_draft.check_official_draft)
    assert read_register(desk()).stages[DRAFT].done


@pytest.mark.parametrize(("at", "late"), [("2021-11-09 23:59", False), ("2021-11-10 00:00", True)])
def test_a_late_draft_is_taken_and_said_to_be_late(after: Story, at: str, late: bool) -> None:
    desk = after(story.consolidated)
    desk(at)
    story.drop_official_draft(desk, 1)
    note = twice(desk, ubnd_draft.check_official_draft)
    assert note.startswith("Dự thảo chính thức vòng 1")
    assert ("sau hạn lúc đó (hết ngày 09/11/2021)" in note) is late


def test_what_was_taken_cannot_be_changed_in_the_inbox(after: Story, plan: Plan) -> None:
    desk = after(story.drafted)
    record = read_register(desk()).stages[DRAFT].record("official")
    assert record is not None
    kept = desk.store.get(record.products[0])
    desk.store.put(desk().keys.inbox_folder(plan.playing("drafter")[0]) + "du-thao-lan-1.docx", b"changed")
    assert ubnd_draft.check_official_draft(desk()) == record.note
    assert desk.store.get(record.products[0]) == kept


def test_with_the_report_goes_what_its_letter_says_is_enclosed(after: Story) -> None:
    notice = read_intent(after(story.approved)(), "appraised.thuong_truc.round-2").notice
    assert [each.name for each in notice.attachments] == [
        products.TRANSMITTAL,
        products.OFFICIAL_DRAFT,
        products.APPRAISAL_DECIDED,
        products.APPRAISAL_ANSWERS,
        products.FIGURES,
    ]


def test_a_draft_under_appraisal_opens_no_round(after: Story) -> None:
    with pytest.raises(NothingToDoError, match="vòng 1 đã có"):
        ubnd_draft.open_round(after(story.drafted)("2021-11-10 09:00"))


def test_a_returned_draft_opens_the_next_round(after: Story) -> None:
    desk = after(story.returned)
    note = twice(desk, ubnd_draft.open_round)
    assert note == "Mở vòng 2: Dự thảo vòng 1 bị trả lại: Bổ sung số liệu năm 2021"
    assert round_of(desk, DRAFT) == 2


def test_a_late_report_is_announced_once_and_opens_a_round(after: Story, plan: Plan) -> None:
    desk = after(story.drafted)
    with pytest.raises(NothingToDoError, match="không phải làm lại"):
        draft.announce_amendments(desk("2021-11-10 09:00"))
    late = owing(plan)[-1]
    submit(desk(), late.code)
    assert twice(desk, draft.announce_amendments) == f"Dự thảo vòng 1 chưa có báo cáo của: {late.name}."
    with pytest.raises(NothingToDoError, match="Đã báo"):
        draft.announce_amendments(desk())
    taken = f"Báo cáo của 1 đơn vị được tiếp nhận sau khi tổng hợp ({late.name})"
    why = f"{taken}; dự thảo vòng 1 đã chuyển thẩm định, kết luận sẽ báo riêng."
    assert ubnd_draft.open_round(desk()) == f"Mở vòng 2: {why}"
    ubnd_draft.consolidate(desk())
    intent = read_intent(desk(), f"draft.{plan.stage(DRAFT).owner}.round-2")
    assert f"Vòng 2 mở vì: {why}" in write(desk(), intent).text


def test_a_late_report_that_the_drafter_was_told_of_before_the_draft_opens_no_round(after: Story, plan: Plan) -> None:
    desk = after(story.consolidated)
    submit(desk("2021-11-08 09:00"), owing(plan)[-1].code)
    draft.announce_amendments(desk())
    desk("2021-11-09 09:00")
    story.drop_official_draft(desk, 1)
    ubnd_draft.check_official_draft(desk())
    with pytest.raises(NothingToDoError, match="vòng 1 đã có"):
        ubnd_draft.open_round(desk())


def test_a_new_round_names_all_reports_that_it_takes_in_also_those_told_of_before(after: Story, plan: Plan) -> None:
    desk = after(story.consolidated)
    first, second = owing(plan)[-2:]
    submit(desk("2021-11-08 09:00"), first.code)
    draft.announce_amendments(desk())
    desk("2021-11-09 09:00")
    story.drop_official_draft(desk, 1)
    ubnd_draft.check_official_draft(desk())
    submit(desk("2021-11-10 09:00"), second.code)
    taken = f"Báo cáo của 2 đơn vị được tiếp nhận sau khi tổng hợp ({first.name}; {second.name})"
    assert ubnd_draft.open_round(desk()).startswith(f"Mở vòng 2: {taken};")


def test_each_set_of_late_reports_is_announced_however_large(after: Story, plan: Plan) -> None:
    desk = after(story.drafted)
    desk("2021-11-10 09:00")
    *many, last = (unit.code for unit in owing(plan))
    for unit in many:
        submit(desk(), unit, number=2)
    assert twice(desk, draft.announce_amendments)
    submit(desk(), last, number=2)
    assert twice(desk, draft.announce_amendments).endswith(f"; {plan.unit(last).name}.")


def test_a_reopened_draft_opens_a_round(after: Story) -> None:
    desk = after(story.approved)
    reopen(desk("2021-11-16 09:00"), DRAFT)
    assert twice(desk, ubnd_draft.open_round) == "Mở vòng 3: Giai đoạn được mở lại."


# The appraisal


def test_without_a_draft_there_is_nothing_to_appraise(after: Story) -> None:
    with pytest.raises(NothingToDoError, match="Chưa có dự thảo chính thức"):
        vptu_appraisal.open_round(after(story.consolidated)())


def test_the_dossier_is_made_and_sent_once(after: Story) -> None:
    desk = after(story.drafted)
    assert twice(desk, vptu_appraisal.open_round) == "Thẩm định dự thảo vòng 1."
    assert twice(desk, vptu_appraisal.prepare_dossier)
    assert mails(desk())[Kind.APPRAISAL] == 1


def test_a_late_report_that_opens_the_next_round_leaves_the_appraisal_to_its_own(after: Story, plan: Plan) -> None:
    """Before the dossier, or between it and the question: what is appraised is the draft that was sent."""
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk("2021-11-10 09:00"))
    late = owing(plan)[-1]
    submit(desk(), late.code)
    ubnd_draft.open_round(desk())
    assert round_of(desk, DRAFT) == 2
    assert late.name in vptu_appraisal.prepare_dossier(desk())
    ubnd_draft.consolidate(desk())
    question = vptu_appraisal.appraisal_question(desk(), "https://soket.example/soket")
    assert "/ubnd_draft/1/" in question
    vptu_appraisal.record_appraisal(desk(), Answer("returned", "vptu", fields={"reason": "Thiếu báo cáo"}))
    assert vptu_appraisal.return_draft(desk()) == "Trả lại dự thảo vòng 1: Thiếu báo cáo"


def test_an_appraisal_is_held_against_the_reports_of_the_draft_and_tells_apart_what_came_later(
    after: Story, plan: Plan
) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk("2021-11-10 09:00"))
    late = owing(plan)[-1]
    submit(desk(), late.code)
    note = vptu_appraisal.prepare_dossier(desk())
    count = len(owing(plan))
    assert f"báo cáo của {count - story.SILENT}/{count} đơn vị, đến 00 giờ 05, ngày 05/11/2021" in note
    assert f"chưa có phần của {story.SILENT}/{count} đơn vị" in note
    assert "trong lời văn: không có số lệch" in note
    assert f"dự thảo chưa tính:** {late.name}. So với bản tổng hợp vòng 1: thêm báo cáo của {late.name}. " in note
    ubnd_draft.open_round(desk())
    ubnd_draft.consolidate(desk())
    second = desk.store.get(desk().keys.stage(DRAFT, 2, products.WORKING_DRAFT))
    assert f"So với bản tổng hợp vòng 1: thêm báo cáo của {late.name}. " in text_of(second)


def test_the_press_note_has_the_figures_of_the_appraised_draft(after: Story, plan: Plan) -> None:
    desk = after(story.called)
    submit(desk("2021-11-22 10:00"), owing(plan)[-1].code)
    communications.send_press_pack(desk())
    note = text_of(desk.store.get(desk().keys.stage("communications", 1, products.PRESS_NOTE)))
    assert f"Theo báo cáo của {len(owing(plan)) - story.SILENT} đơn vị, biểu số liệu của " in note


def test_it_was_decided_when_it_was_answered_however_late_it_is_recorded(after: Story) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk("2021-11-10 09:00"))
    answered = desk().clock.real_time(moment("2021-11-11 09:30"))
    desk("2021-11-12 01:57")
    vptu_appraisal.record_appraisal(desk(), Answer("approved", "vptu", at=answered))
    appraisal = read_register(desk()).appraisal(desk.plan.stage("vptu_appraisal"), 1)
    assert appraisal is not None
    assert appraisal.decided_at == moment("2021-11-11 09:30")


@pytest.mark.parametrize(
    ("name", "decider"),
    [("", "Văn phòng Tỉnh ủy"), ("vptu", "Văn phòng Tỉnh ủy"), ("Đ/c Chánh Văn phòng", "Đ/c Chánh Văn phòng")],
)
def test_who_decided_is_a_name_and_not_an_account(after: Story, name: str, decider: str) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk())
    answered = desk().clock.real_time(desk().now)
    vptu_appraisal.record_appraisal(desk(), Answer("approved", "vptu", name=name, at=answered))
    appraisal = read_register(desk()).appraisal(desk.plan.stage("vptu_appraisal"), 1)
    assert appraisal is not None
    assert (appraisal.granted_by, appraisal.account) == (decider, "vptu")


def test_a_return_needs_a_reason(after: Story) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk())
    with pytest.raises(IncompleteAnswerError, match="phải ghi lý do"):
        vptu_appraisal.record_appraisal(desk(), answer("returned", reason="  "))
    assert vptu_appraisal.appraisal_on_record(desk()) is None
    vptu_appraisal.prepare_dossier(desk())
    question = vptu_appraisal.appraisal_question(desk(), "https://soket.example/soket")
    assert question.startswith("**Câu trả lời trước chưa được ghi:** Trả lại thì phải ghi lý do")


def test_a_reason_has_a_bound(after: Story) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk())
    with pytest.raises(IncompleteAnswerError, match="dài 2001 ký tự, chỉ được nhiều nhất 2000"):
        vptu_appraisal.record_appraisal(desk(), answer("returned", reason="a" * 2001))
    assert vptu_appraisal.appraisal_on_record(desk()) is None


def test_an_approval_needs_none(after: Story) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk())
    assert vptu_appraisal.record_appraisal(desk(), answer("approved")) == "Đồng ý trình dự thảo vòng 1."


@pytest.mark.parametrize("account", ["ban_can_su", "tuyen_giao", "quan_tri", "of_another_plan", ""])
def test_an_appraisal_is_the_appraisers_alone(after: Story, account: str) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk())
    with pytest.raises(NoRightError, match="Thẩm định dự thảo"):
        vptu_appraisal.record_appraisal(desk(), answer("approved", account=account))
    assert vptu_appraisal.appraisal_on_record(desk()) is None


def test_the_question_counts_who_is_missing_and_links_to_what_is_read(after: Story, plan: Plan) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk())
    vptu_appraisal.prepare_dossier(desk())
    question = vptu_appraisal.appraisal_question(desk(), "https://soket.example/soket")
    late = owing(plan)[-story.SILENT :]
    assert f"chưa có phần của {len(late)}/{len(owing(plan))} đơn vị: " in question
    here = f"https://soket.example/soket/{plan.id}/{desk().campaign.code}"
    for words, name in (
        ("Dự thảo chính thức", products.OFFICIAL_DRAFT),
        ("Báo cáo thẩm định", products.APPRAISAL_REPORT),
    ):
        (address,) = re.findall(rf"\[{words}\]\(({here}/files/[^)]*{name})\)", question)
        assert desk.store.get(address.removeprefix(f"{here}/files/"))
    assert f"[Bảng theo dõi]({here})" in question


def test_a_question_that_nobody_answered_is_told_to_the_operator_and_asked_again(after: Story) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk())
    note = twice(desk, ask_again, stage=APPRAISAL, act="appraisal", run="manual__1", since=desk.now)
    assert "không có câu trả lời nào" in note
    assert mails(desk())[Kind.ALERT] == 1


def test_an_answer_that_lacks_something_is_asked_for_again_and_troubles_nobody(after: Story) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk())
    with pytest.raises(IncompleteAnswerError):
        vptu_appraisal.record_appraisal(desk(), answer("returned"))
    note = ask_again(desk(), stage=APPRAISAL, act="appraisal", run="manual__1", since=desk.now)
    assert note == "Hỏi lại. Trả lại thì phải ghi lý do, yêu cầu chỉnh sửa."
    assert mails(desk())[Kind.ALERT] == 0


@pytest.mark.parametrize("outcome", [None, "approved"])
def test_a_draft_goes_back_only_where_the_record_says_so(after: Story, outcome: str | None) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk())
    if outcome:
        appraise(desk(), 1, outcome)
    with pytest.raises(NothingToDoError, match="Hồ sơ không có"):
        vptu_appraisal.return_draft(desk())


@pytest.mark.parametrize("outcome", [None, "returned"])
def test_a_report_goes_up_only_where_the_record_says_so(after: Story, outcome: str | None) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk())
    if outcome:
        appraise(desk(), 1, outcome)
    with pytest.raises(NothingToDoError, match="Hồ sơ không có"):
        vptu_appraisal.transmit_report(desk())


def test_the_first_answer_stands(after: Story) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk())
    returned = answer("returned", reason="Thiếu.")
    note = twice(desk, vptu_appraisal.record_appraisal, answer=returned)
    assert note == "Trả lại dự thảo vòng 1. Thiếu."
    assert vptu_appraisal.record_appraisal(desk(), answer("approved")) == note


def test_a_returned_draft_goes_back_with_the_reasons(after: Story) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk("2021-11-12 09:00"))
    appraise(desk(), 1, "returned", "Thiếu số liệu.")
    assert twice(desk, vptu_appraisal.return_draft) == "Trả lại dự thảo vòng 1: Thiếu số liệu."
    assert mails(desk())[Kind.APPRAISAL_RETURNED] == 1
    with pytest.raises(NothingToDoError, match="vòng 1 đã thẩm định xong"):
        vptu_appraisal.open_round(desk())


def test_an_approved_report_is_sent_up(after: Story) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk("2021-11-12 09:00"))
    appraise(desk(), 1, "approved")
    note = twice(desk, vptu_appraisal.transmit_report)
    # What is still to come is not said to be there.
    assert note.endswith("trình Thường trực Tỉnh ủy; ý kiến của Thường trực Tỉnh ủy sẽ ở văn bản riêng.")
    assert mails(desk())[Kind.APPRAISED] == 1
    record = read_register(desk()).stages[APPRAISAL].record("done")
    assert record is not None
    assert isinstance(record.details, AppraisalOutcome)
    missing, points = record.details.asked
    assert record.details == AppraisalOutcome(outcome="approved", asked=(missing, points))
    assert missing.startswith("Còn thiếu báo cáo của 2/60 đơn vị: Hội Cựu chiến binh tỉnh; Tỉnh đoàn Hà Tĩnh. ")
    assert points.startswith("Dự thảo còn 02 điểm mở: (a) Chưa bỏ: ghi chú của người soạn thảo, còn 4 chỗ: ")
    assert "; (b) Chưa bỏ: ghi chú của người soạn thảo, còn 2 chú thích bên lề: " in points
    assert [key.rpartition("/")[2] for key in record.products] == [
        products.TRANSMITTAL,
        products.OFFICIAL_DRAFT,
        products.APPRAISAL_DECIDED,
        products.FIGURES,
    ]


# The conference


def test_a_conference_needs_an_approved_report(after: Story) -> None:
    for chapter in (story.drafted, story.returned):
        with pytest.raises(NothingToDoError, match="chưa qua thẩm định"):
            conference.open_round(after(chapter)())


@pytest.mark.parametrize(
    ("day", "complaint"),
    [("29/13/2021", r"«29/13/2021» không phải là ngày; ghi như 22/11/2021"), ("", "Chưa điền ngày họp"),
     ("2021-11-01", "đã qua")],
)  # fmt: skip
def test_a_day_that_will_not_do_is_asked_for_again(after: Story, day: str, complaint: str) -> None:
    desk = after(story.approved)
    conference.open_round(desk("2021-11-22 09:00"))
    with pytest.raises(IncompleteAnswerError, match=complaint):
        conference.record_format(desk(), answer("online", day=day, place="Phòng họp"))
    assert conference.format_on_record(desk()) is None


@pytest.mark.parametrize(("option", "word"), FORMATS.items())
def test_the_conference_is_called_in_the_chosen_format(after: Story, option: str, word: Word) -> None:
    desk = after(story.approved)
    desk("2021-11-22 09:00")
    twice(desk, conference.open_round)
    chosen = answer(option, day="2021-11-29", place="Hội trường Tỉnh ủy")
    note = twice(desk, conference.record_format, answer=chosen)
    assert note == f"Hội nghị {word.phrase}, ngày 29/11/2021, Hội trường Tỉnh ủy."
    with pytest.raises(conference.NotReadyError, match="chưa có tài liệu"):
        conference.check_readiness(desk())
    twice(desk, conference.prepare_papers)
    assert conference.check_readiness(desk()).startswith("Đủ điều kiện.")
    twice(desk, conference.send_invitations)
    assert mails(desk())[Kind.INVITATION] > 1
    with pytest.raises(NothingToDoError, match="Đã lập giấy mời"):
        conference.open_round(desk())


def test_an_answer_by_a_clock_that_is_behind_counts(after: Story) -> None:
    desk = after(story.approved)
    early = desk().clock.real_time(moment("2021-11-22 08:58"))
    conference.open_round(desk("2021-11-22 09:00"))
    fields = {"day": "2021-11-29", "place": "Phòng họp"}
    conference.record_format(desk("2021-11-22 09:01"), Answer("online", "vptu", at=early, fields=fields))
    assert conference.format_on_record(desk()) is not None


def test_a_day_that_passes_before_the_invitations_stops_them(after: Story) -> None:
    desk = after(story.approved)
    conference.open_round(desk("2021-11-22 09:00"))
    conference.record_format(desk(), answer("online", day="2021-11-23", place="Phòng họp"))
    conference.prepare_papers(desk())
    with pytest.raises(conference.NotReadyError, match="23/11/2021 đã qua"):
        conference.check_readiness(desk("2021-11-24 09:00"))


def test_readiness_names_reports_that_the_draft_does_not_rest_on(after: Story, plan: Plan) -> None:
    desk = after(story.approved)
    late = owing(plan)[-1]
    submit(desk("2021-11-20 09:00"), late.code)
    conference.open_round(desk("2021-11-22 09:00"))
    conference.record_format(desk(), answer("online", day="2021-11-29", place="Phòng họp"))
    conference.prepare_papers(desk())
    assert late.name in conference.check_readiness(desk())


def test_a_reopened_conference_is_decided_anew(after: Story) -> None:
    desk = after(story.called)
    reopen(desk("2021-11-25 09:00"), CONFERENCE)
    twice(desk, conference.open_round)
    assert round_of(desk, CONFERENCE) == 2
    assert conference.format_on_record(desk()) is None
    note = conference.record_format(desk(), answer("postponed", day="2021-12-02", place="Hội trường"))
    assert note.startswith("Hội nghị hoãn, ngày 02/12/2021")


# Publicity and archive


def test_each_press_agency_is_asked_once(workspace: Desk, plan: Plan) -> None:
    press = [unit for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN]
    note = twice(workspace, communications.request_coverage)
    assert note == f"Đề nghị {len(press)} cơ quan báo chí gửi kế hoạch tuyên truyền."
    assert mails(workspace()).total() == len(press)


def test_the_press_waits_for_the_invitations(after: Story) -> None:
    with pytest.raises(NothingToDoError, match="Chưa gửi giấy mời"):
        communications.send_press_pack(after(story.approved)())
    desk = after(story.called)
    twice(desk, communications.send_press_pack)
    assert mails(desk())[Kind.PRESS] >= 1


def test_the_archive_waits_for_the_last_day_and_lists_everything(after: Story) -> None:
    desk = after(story.called)
    with pytest.raises(NothingToDoError, match="Chưa đến ngày cuối"):
        communications.archive(desk("2021-12-02 23:59"))
    desk("2021-12-03 07:30")
    keys = desk().keys
    kept = [
        key
        for key in contents(desk)
        if key.startswith(
            (keys.editions, keys.receipts, keys.reports, keys.parsed(), keys.decisions, keys.stages, keys.notices)
        )
    ]
    lacking = gaps(desk(), read_register(desk()))  # that is still waited for until the archive is made
    told = twice(desk, communications.archive)
    assert told.startswith(
        f"Lưu trữ {format_number(len(kept))} tệp, kèm mã để đối chiếu; kho không có khóa chống xóa. "
    )
    assert lacking
    assert all(lower_first(gap) in told for gap in lacking)
    manifest = desk.store.get(keys.archive("manifest.json")).decode()
    assert all(key in manifest for key in kept)


# All of them


def test_the_whole_campaign_sends_each_kind_of_mail(after: Story) -> None:
    desk = after(story.archived)
    kinds = mails(desk())
    expected = {Kind.REQUEST, Kind.DRAFT, Kind.APPRAISAL, Kind.APPRAISAL_RETURNED, Kind.APPRAISED}
    assert {*expected, Kind.INVITATION, Kind.PRESS} <= set(kinds)
    assert kinds[Kind.DRAFT] == kinds[Kind.APPRAISAL] == 2  # one each round
    assert all(entry.done for entry in read_register(desk()).stages.values())


BACKFILLED: tuple[tuple[Callable[..., str], dict[str, Any]], ...] = (
    (unit_reports.open_stage, {}),
    (unit_reports.close_stage, {}),
    (ubnd_draft.open_round, {}),
    (ubnd_draft.consolidate, {}),
    (ubnd_draft.check_official_draft, {}),
    (vptu_appraisal.open_round, {}),
    (vptu_appraisal.prepare_dossier, {}),
    (vptu_appraisal.transmit_report, {}),
    (conference.open_round, {}),
    (conference.prepare_papers, {}),
    (conference.check_readiness, {}),
    (conference.send_invitations, {}),
    (communications.request_coverage, {}),
    (communications.send_press_pack, {}),
    (communications.archive, {}),
)


@pytest.mark.parametrize(
    ("operation", "arguments"),
    BACKFILLED,
    ids=[f"{op.__module__.rpartition('.')[2]}.{op.__name__}" for op, _ in BACKFILLED],
)
def test_a_backfill_makes_products_anew_and_neither_mails_nor_rewrites_the_record(
    after: Story, operation: Callable[..., str], arguments: dict[str, Any]
) -> None:
    desk = after(story.archived)
    before, waiting = contents(desk), states(desk())
    assert operation(desk("2022-03-01 09:00", rerun=True, silent=True), **arguments)
    now = contents(desk)
    keys = desk().keys
    for key in set(before) | set(now):
        is_product = (key.startswith(keys.stages) and "/records/" not in key) or key.startswith(keys.archive())
        if not is_product and not key.startswith(keys.notices):
            assert before.get(key) == now.get(key), f"{key} was changed"
    for name, state in states(desk()).items():
        if name not in waiting:
            assert state.ending is Ending.SUPPRESSED, f"{name} would be sent"
        else:
            assert state.endings == waiting[name].endings


def test_a_silent_campaign_keeps_its_mails_as_suppressed(workspace: Desk) -> None:
    unit_reports.open_stage(workspace(silent=True))
    found = states(workspace()).values()
    assert found
    assert {state.ending for state in found} == {Ending.SUPPRESSED}


def test_an_extension_is_told_to_its_unit_alone(after: Story, plan: Plan) -> None:
    from soket.stages import monitor

    desk = after(story.opened)
    extend(desk("2021-10-20 09:00"), first(plan), date(2021, 11, 9))
    desk("2021-10-21 07:30")
    twice(desk, monitor.chase)
    told = [name for name, state in states(desk()).items() if state.kind is Kind.NEW_DATE]
    assert len(told) == 1
    assert first(plan) in told[0]
