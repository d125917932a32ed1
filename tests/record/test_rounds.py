"""Rounds: what is told of a stage between two of them, and of a date that an earlier one met."""

from __future__ import annotations

from datetime import date

from conftest import Desk
from documents.conftest import text_of
from record import builders, story
from record.story import Story
from record.verbs import ubnd_draft, unit_reports, vptu_appraisal
from soket.board.ribbon import StageState, stage_step
from soket.notices.alerts import overdue_notice
from soket.notices.compose import draft_notice
from soket.notices.compose.drafts import appraisal_returned_notice
from soket.notices.ladder import due
from soket.notices.ledger import Intent, read_intent, states
from soket.notices.letters import with_letters
from soket.notices.news import news
from soket.notices.notice import Notice
from soket.notices.progress import next_dates
from soket.notices.render import Written, write
from soket.record.filing import file_stage_record
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.record.rounds import say_between, say_met
from soket.record.workspace import Workspace
from soket.stages.provisional import renew

DRAFT, APPRAISAL = "ubnd_draft", "vptu_appraisal"
MET = "hạn này đã đạt ở vòng 1; vòng 2 chưa có hạn riêng"


def lines(desk: Desk, register: Register) -> dict[str, tuple[object, object]]:
    return {str(row["title"]): (row["days"], row["waits"]) for row in next_dates(desk(), register)}


def mailed(workspace: Workspace, notice: Notice) -> Written:
    return write(workspace, Intent(notice=notice, posted_at=workspace.now))


def test_what_was_returned_and_what_returned_it_are_still_to_come(after: Story) -> None:
    desk = after(story.returned)
    register, stage = read_register(desk("2021-11-15 07:30")), desk.plan.stage
    drafter = desk.plan.office(stage(DRAFT).owner).name
    told = lines(desk, register)
    assert told[stage(DRAFT).title] == (MET, f"vòng 1 bị trả lại, chờ {drafter} gửi lại")
    waits = f"đã trả lại vòng 1, chờ {drafter} gửi lại dự thảo"
    assert told[stage(APPRAISAL).title] == ("còn 04 ngày làm việc", waits)


def test_what_is_over_is_between_no_rounds(after: Story) -> None:
    desk = after(story.approved)
    register = read_register(desk("2021-11-22 07:30"))
    assert [say_between(desk.plan, register, desk.plan.stage(code)) for code in (DRAFT, APPRAISAL)] == [None, None]


def test_a_reopened_stage_says_so(after: Story) -> None:
    desk = after(story.drafted)
    builders.reopen(desk("2021-11-10 09:00"), DRAFT)
    assert say_between(desk.plan, read_register(desk()), desk.plan.stage(DRAFT)) == "được mở lại"


def test_a_further_round_is_not_overdue_by_a_date_that_the_first_met(after: Story) -> None:
    desk = after(story.drafted)
    file_stage_record(desk("2021-11-10 17:00"), DRAFT, 2, "opened", "Báo cáo của 1 đơn vị đến sau.")
    register, stage = read_register(desk("2021-11-11 07:30")), desk.plan.stage(DRAFT)
    assert lines(desk, register)[stage.title][0] == MET
    assert overdue_notice(desk(), register, stage, 24) is None
    step = stage_step(desk(), register, stage)
    assert (step.state, step.time_left) == (StageState.RUNNING, MET)
    assert not [line for line in news(desk.plan, register, desk.campaign.start) if "chưa xong" in line]


def ahead(desk: Desk) -> Workspace:
    """Let a report come after the draft, on its day, so that a second round opens while the first is appraised."""
    unit = next(each for each in builders.owing(desk.plan) if not read_register(desk()).units[each.code].accepted)
    vptu_appraisal.open_round(desk("2021-11-09 15:30"))
    vptu_appraisal.prepare_dossier(desk())
    builders.submit(desk("2021-11-09 16:00"), unit.code)
    at = desk("2021-11-09 17:00")
    ubnd_draft.open_round(at)
    ubnd_draft.consolidate(at)
    return at


def test_a_round_that_opens_before_the_date_has_none_of_its_own_where_the_first_met_it(after: Story) -> None:
    desk = after(story.drafted)
    at = ahead(desk)
    register, stage = read_register(at), desk.plan.stage(DRAFT)
    assert lines(desk, register)[stage.title] == (MET, "chờ kết luận thẩm định vòng 1")
    record = register.of(stage).record("working")
    assert record is not None
    mail = mailed(at, draft_notice(at, register, stage, record))
    said = f"hết ngày 09/11/2021, {MET}; chờ kết luận thẩm định vòng 1 rồi gửi dự thảo vòng 2; có hạn mới sẽ có thư"
    assert f"Thời hạn: {said}" in mail.text
    assert said[1:] in mail.html
    assert "hôm nay" not in mail.text
    assert mail.subject.endswith("Dự thảo làm việc (vòng 2)")


def test_a_provisional_draft_asks_no_more_of_such_a_round(after: Story) -> None:
    desk = after(story.drafted)
    ahead(desk)
    late = next(each for each in builders.owing(desk.plan) if not read_register(desk()).units[each.code].accepted)
    builders.submit(desk("2021-11-10 10:00"), late.code)
    renew(desk("2021-11-11 09:48"))
    sent = (states(desk())[each].id for each in states(desk()) if each.startswith("provisional."))
    mail = mailed(desk(), read_intent(desk(), max(sent)).notice)
    said = f"hết ngày 09/11/2021, {MET}; chờ kết luận thẩm định vòng 1 rồi gửi dự thảo vòng 2; có hạn mới sẽ có thư"
    assert said in mail.text
    assert said in mail.html
    assert "đã qua" not in mail.text


def test_a_draft_that_came_back_before_its_date_is_to_meet_it_again(after: Story) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk("2021-11-09 15:30"))
    vptu_appraisal.prepare_dossier(desk())
    vptu_appraisal.record_appraisal(desk("2021-11-09 16:00"), builders.answer("returned", reason="Bổ sung số liệu"))
    vptu_appraisal.return_draft(desk())
    assert say_met(desk.plan, read_register(desk("2021-11-09 17:00")), desk.plan.stage(DRAFT)) is None


def test_the_drafter_is_waited_for_from_the_return_on(after: Story) -> None:
    desk = after(story.drafted)
    ahead(desk)
    stage = desk.plan.stage(DRAFT)
    drafter = desk.plan.office(stage.owner).name
    assert lines(desk, read_register(desk("2021-11-10 07:30")))[stage.title][1] == "chờ kết luận thẩm định vòng 1"
    vptu_appraisal.record_appraisal(desk("2021-11-11 09:00"), builders.answer("returned", reason="Bổ sung số liệu"))
    vptu_appraisal.return_draft(desk())
    told = lines(desk, read_register(desk("2021-11-15 07:30")))[stage.title][1]
    assert told == f"chờ {drafter} gửi lại dự thảo từ 11/11/2021"


def test_leaders_are_not_told_that_units_hold_up_what_went_on_without_them(after: Story) -> None:
    desk = after(story.consolidated)

    def urgent(at: str) -> tuple[Written, str]:
        workspace = desk(at)
        told = due(workspace, read_register(workspace))
        (notice,) = (each for each in told if each.addressee == desk.plan.roles.standing)
        letter = with_letters(workspace, [notice])[0].attachments
        return mailed(workspace, notice), text_of(desk.store.get(letter[0].key)) if letter else ""

    mail, letter = urgent("2021-11-09 07:30")
    closed = (
        "Giai đoạn thu báo cáo đã khép lại ngày 05/11/2021; dự thảo chưa có phần của 2 đơn vị này; "
        "báo cáo đến sau cần tổng hợp lại mới được tính"
    )
    assert closed in mail.text
    assert closed in mail.html
    assert "ảnh hưởng" not in mail.text
    assert closed in letter
    assert "Để bảo đảm tiến độ chung" not in letter
    builders.reopen(desk("2021-11-09 08:00"), "unit_reports")
    mail, letter = urgent("2021-11-10 07:30")
    assert "Việc chậm này ảnh hưởng trực tiếp tiến độ các bước sau" in mail.text
    assert "Để bảo đảm tiến độ chung" in letter


def test_a_date_that_was_moved_after_the_delivery_is_for_the_next_round(after: Story) -> None:
    desk = after(story.returned)
    builders.postpone(desk("2021-11-12 10:00"), DRAFT, date(2021, 11, 17))
    register, stage = read_register(desk("2021-11-19 07:30")), desk.plan.stage(DRAFT)
    assert say_met(desk.plan, register, stage) is None
    assert lines(desk, register)[stage.title][0] == "quá hạn 01 ngày làm việc"


def test_a_date_that_was_moved_and_put_back_is_still_the_one_that_was_met(after: Story) -> None:
    desk = after(story.returned)
    before = say_met(desk.plan, read_register(desk("2021-11-12 09:00")), desk.plan.stage(DRAFT))
    builders.postpone(desk("2021-11-12 10:00"), DRAFT, date(2021, 11, 17))
    builders.undo(desk("2021-11-12 11:00"), f"postponement-{DRAFT}")
    assert before
    assert say_met(desk.plan, read_register(desk("2021-11-12 14:00")), desk.plan.stage(DRAFT)) == before


def test_the_drafter_is_not_blamed_for_a_date_that_its_first_round_met(after: Story) -> None:
    desk = after(story.returned)
    at = desk("2021-11-15 09:00")
    ubnd_draft.open_round(at)
    ubnd_draft.consolidate(at)
    register, stage = read_register(at), desk.plan.stage(DRAFT)
    record = register.of(stage).record("working")
    assert record is not None
    mail = mailed(at, draft_notice(at, register, stage, record))
    assert f"Thời hạn: hết ngày 09/11/2021, {MET}; đề nghị gửi sớm nhất có thể; có hạn mới sẽ có thư" in mail.text
    assert "quá hạn" not in mail.text
    assert mail.subject.endswith("Dự thảo làm việc (vòng 2)")


def test_what_comes_back_says_of_the_date_what_every_page_says(after: Story) -> None:
    desk = after(story.returned)
    register, stage = read_register(desk()), desk.plan.stage(APPRAISAL)
    appraisal = register.appraisal(stage, 1)
    assert appraisal is not None
    mail = mailed(desk(), appraisal_returned_notice(desk(), register, stage, appraisal, None))
    told = (
        f"hết ngày 09/11/2021, {MET}; đề nghị gửi sớm nhất có thể; có hạn mới sẽ có thư. Thẩm định phải xong hết ngày"
    )
    assert f"Thời hạn: {told}" in mail.text
    assert told[1:] in mail.html  # where a line begins with a capital


def test_the_drafter_is_not_blamed_for_a_date_that_passed_before_it_got_the_draft(after: Story) -> None:
    desk = after(story.opened)
    builders.submit(desk("2021-11-03 10:00"), builders.first(desk.plan))
    unit_reports.close_stage(desk("2021-11-10 09:00"))
    at = desk("2021-11-10 10:00")
    ubnd_draft.open_round(at)
    ubnd_draft.consolidate(at)
    register, stage = read_register(at), desk.plan.stage(DRAFT)
    record = register.of(stage).record("working")
    assert record is not None
    mail = mailed(at, draft_notice(at, register, stage, record))
    assert "Thời hạn: hạn gửi dự thảo (hết ngày 09/11/2021) qua trước khi có dự thảo làm việc này" in mail.text
    assert "vừa quá hạn" not in mail.text


def test_what_comes_back_names_the_newer_working_draft(after: Story) -> None:
    desk = after(story.returned)
    at = desk("2021-11-15 09:00")
    ubnd_draft.open_round(at)
    ubnd_draft.consolidate(at)
    register, stage = read_register(at), desk.plan.stage(APPRAISAL)
    appraisal = register.appraisal(stage, 1)
    assert appraisal is not None
    mail = mailed(at, appraisal_returned_notice(at, register, stage, appraisal, None))
    assert "Bản gửi lại là dự thảo chính thức vòng 2" in mail.text
    assert "chưa tính" not in mail.text
    late = builders.owing(desk.plan)[-1]
    builders.submit(desk("2021-11-15 10:00"), late.code)
    mail = mailed(at, appraisal_returned_notice(at, read_register(at), stage, appraisal, None))
    lacks = f"Dự thảo làm việc vòng 2: chưa tính báo cáo của {late.name}. Bản tổng hợp tạm sáng làm việc tới tính đủ"
    for text in (mail.text, mail.html):
        assert lacks in text


def test_the_end_of_the_waiting_is_news(after: Story) -> None:
    desk = after(story.called)
    register = read_register(desk("2021-12-01 07:30"))
    missing = [each.unit for each in register.reporting(desk.plan) if each.missed]
    assert len(missing) == story.SILENT
    told = news(desk.plan, register, desk.campaign.start)
    (given_up,) = (line for line in told if "Không chờ nữa" in line and desk.plan.unit(missing[0]).name in line)
    assert desk.plan.unit(missing[1]).name in given_up


def test_a_date_that_passes_is_news(after: Story) -> None:
    desk = after(story.reported)
    told = news(desk.plan, read_register(desk("2021-11-10 07:30")), desk.campaign.start)
    title = desk.plan.stage(DRAFT).title
    assert f"00 giờ 00, ngày 10/11/2021: {title}: hết hạn (hết ngày 09/11/2021), chưa xong" in told
