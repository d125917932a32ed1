"""What the ribbon says of each stage: never more than there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from conftest import Desk
from record import story
from record.builders import answer, exempt, extend, first, owing, postpone, reopen, submit
from record.story import Story
from record.verbs import communications, conference, ubnd_draft, unit_reports, vptu_appraisal
from soket.board.ribbon import StageState, StageStep, stage_steps
from soket.plan.model import Duty, Plan
from soket.record.keeping import read_register
from soket.stages import StillWaitingError

GIVEN_UP = "không chờ nữa báo cáo của 2 đơn vị"
STAGES = REPORTS, DRAFT, APPRAISAL, CONFERENCE, PUBLICITY = (
    "unit_reports",
    "ubnd_draft",
    "vptu_appraisal",
    "conference",
    "communications",
)


def step(desk: Desk, stage: str) -> StageStep:
    steps = stage_steps(desk(), read_register(desk()))
    return next(each for each in steps if each.stage.id == stage)


def said(desk: Desk, stage: str) -> tuple[StageState, str]:
    shown = step(desk, stage)
    return shown.state, shown.words


def test_a_stage_closed_short_says_so(after: Story, plan: Plan) -> None:
    desk, count = after(story.reported), len(owing(plan))
    assert said(desk, REPORTS) == (StageState.SHORT, f"Đã khép lại: {count - 2}/{count}, thiếu 2")
    for unit in owing(plan)[-2:]:
        submit(desk("2021-11-08 09:00"), unit.code)
    assert said(desk, REPORTS) == (StageState.DONE_LATE, "Đã khép lại, có hồ sơ gửi muộn")


def test_a_stage_that_closed_shorter_than_it_is_says_both(after: Story, plan: Plan) -> None:
    desk, count = after(story.reported), len(owing(plan))
    submit(desk("2021-11-08 09:00"), owing(plan)[-1].code)
    assert said(desk, REPORTS)[1] == (
        f"Khép lại ngày 05/11/2021 với {count - 2}/{count}; đến nay {count - 1}/{count}, thiếu 1"
    )


def test_how_many_there_were_when_a_stage_closed_stays_so_whoever_is_let_off_since(after: Story, plan: Plan) -> None:
    desk, count = after(story.reported), len(owing(plan))
    exempt(desk("2021-11-12 09:00"), owing(plan)[-1].code)
    assert said(desk, REPORTS)[1] == (
        f"Khép lại ngày 05/11/2021 với {count - 2}/{count}; đến nay {count - 2}/{count - 1}, thiếu 1"
    )


def test_a_date_that_was_put_off_says_from_when(after: Story) -> None:
    desk = after(story.returned)
    assert (step(desk, DRAFT).last_day, step(desk, DRAFT).moved) == ("09/11/2021", None)
    postpone(desk("2021-11-12 10:00"), DRAFT, date(2021, 11, 17))
    assert (step(desk, DRAFT).last_day, step(desk, DRAFT).moved) == ("17/11/2021", "đã lùi từ 09/11/2021")


def test_a_stage_whose_date_cannot_be_kept_says_so_since_no_date_moves_by_itself(after: Story) -> None:
    desk = after(story.returned)
    postpone(desk("2021-11-12 10:00"), DRAFT, date(2021, 11, 17))
    title = desk.plan.stage(DRAFT).title
    left = "bước này còn 02 ngày làm việc sau ngày 17/11/2021 (kế hoạch 08)"
    assert step(desk, APPRAISAL).pressed == f"{title} có hạn đến hết ngày 17/11/2021: {left}"
    assert not step(desk, APPRAISAL).missed
    desk = after(story.returned)
    postpone(desk("2021-11-12 10:00"), DRAFT, date(2021, 11, 23))
    assert step(desk, APPRAISAL).missed
    assert "sẽ chậm ít nhất 02 ngày làm việc" in (step(desk, APPRAISAL).pressed or "")


def test_a_stage_closed_on_nothing_is_not_done(after: Story, plan: Plan) -> None:
    desk, count = after(story.opened), len(owing(plan))
    unit_reports.close_stage(desk("2021-11-05 00:00"))
    assert said(desk, REPORTS) == (StageState.SHORT, f"Đã khép lại: 0/{count}, thiếu {count}")
    with pytest.raises(StillWaitingError):
        ubnd_draft.consolidate(desk("2021-11-05 07:30"))
    assert said(desk, DRAFT) == (StageState.WAITING, "Chờ báo cáo đầu tiên từ 05/11/2021")
    desk("2021-11-10 00:00")
    assert said(desk, DRAFT) == (StageState.OVERDUE, "Quá hạn, chờ báo cáo đầu tiên từ 05/11/2021")


def test_a_stage_that_waits_for_an_extended_unit_is_not_overdue(after: Story, plan: Plan) -> None:
    desk = after(story.opened)
    extend(desk("2021-11-03 09:00"), first(plan), date(2021, 11, 9))
    desk("2021-11-05 09:00")
    assert said(desk, REPORTS) == (StageState.WAITING, "Chờ 1 đơn vị được gia hạn đến 09/11/2021")
    desk("2021-11-10 00:00")
    assert said(desk, REPORTS) == (StageState.OVERDUE, "Quá hạn")


def test_a_stage_that_has_everything_in_time_is_done_whenever_it_was_closed(after: Story, plan: Plan) -> None:
    desk = after(story.opened)
    for unit in owing(plan):
        submit(desk("2021-11-04 23:00"), unit.code)
    unit_reports.close_stage(desk("2021-11-05 00:10"))
    assert said(desk, REPORTS) == (StageState.DONE, "Đã khép lại")


@pytest.mark.parametrize(("at", "state"), [("2021-11-09 23:59", StageState.DONE), ("2021-11-10", StageState.DONE_LATE)])
def test_a_draft_is_late_when_it_came_late_not_when_it_was_seen_to(after: Story, at: str, state: StageState) -> None:
    desk = after(story.consolidated)
    desk(at if " " in at else f"{at} 00:00")
    story.drop_official_draft(desk, 1)
    ubnd_draft.check_official_draft(desk("2021-11-10 00:05"))
    assert step(desk, DRAFT).state is state


def test_a_question_to_an_office_is_seen(after: Story) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk("2021-11-12 09:00"))
    vptu_appraisal.prepare_dossier(desk())
    assert said(desk, APPRAISAL) == (StageState.WAITING, "Chờ Văn phòng Tỉnh ủy trả lời từ 12/11/2021")
    desk("2021-11-20 00:00")
    assert said(desk, APPRAISAL) == (StageState.OVERDUE, "Quá hạn, chờ Văn phòng Tỉnh ủy trả lời từ 12/11/2021")


def test_of_a_stage_left_open_at_the_end_no_day_is_said_to_be_the_last(after: Story) -> None:
    desk = after(story.called)
    desk("2021-12-05 09:00")
    open_still = [each for each in stage_steps(desk(), read_register(desk())) if each.words.startswith("Chưa khép lại")]
    assert [(each.last_day, each.time_left) for each in open_still] == [("03/12/2021", None)]


def test_a_returned_draft_is_no_appraisal_done(after: Story) -> None:
    assert said(after(story.returned), APPRAISAL) == (StageState.SENT_BACK, "Đã trả lại dự thảo")
    assert said(after(story.approved), APPRAISAL) == (StageState.DONE, "Đã khép lại")


def test_invitations_are_no_conference(after: Story) -> None:
    desk = after(story.called)
    for at in ("2021-11-22 10:00", "2021-11-29 23:59"):
        desk(at)
        assert said(desk, CONFERENCE) == (StageState.DONE, "Đã mời họp ngày 29/11/2021")


def test_a_conference_that_was_called_and_not_invited_to_says_its_day(after: Story) -> None:
    desk = after(story.approved)
    conference.open_round(desk("2021-11-22 09:00"))
    told = {"day": "2021-11-29", "starts": "07:30", "place": "Trụ sở", "chair": "Thường trực", "reply_by": "2021-11-25"}
    conference.record_format(desk(), answer("in_person", **told))
    assert said(desk, CONFERENCE)[1] == "Đã chọn họp ngày 29/11/2021, chưa gửi giấy mời"


def test_a_conference_whose_day_is_past_is_not_said_to_be_ahead_nor_held(after: Story) -> None:
    desk = after(story.archived)
    desk("2021-11-30 00:00")
    words = "Đã mời họp ngày 29/11/2021 (đã qua; hệ thống gửi giấy mời, không theo dõi việc họp)"
    assert said(desk, CONFERENCE) == (StageState.DONE, words)


@pytest.mark.parametrize("sent", [0, 1])
def test_an_archive_says_what_the_press_did_not_send(after: Story, plan: Plan, sent: int) -> None:
    desk = after(story.called)
    press = [unit.code for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN]
    for code in press[:sent]:
        submit(desk("2021-11-25 09:00"), code)
    communications.archive(desk("2021-12-03 07:30"))
    lacking = len(press) - sent
    given_up = f"{GIVEN_UP}, kế hoạch tuyên truyền của {lacking} đơn vị"
    archive = f"hồ sơ lưu còn 3 loại cần bổ sung, chưa kể bản chính đã ký, {given_up}"
    words = f"Đã khép lại: {sent}/{len(press)}, thiếu {lacking}; {archive}"
    assert said(desk, PUBLICITY) == (StageState.SHORT, words)


def test_nothing_late_or_lacking_is_green(after: Story, plan: Plan) -> None:
    chapters: tuple[Callable[[Desk], None], ...] = story.CHAPTERS
    for chapter in chapters:
        desk = after(chapter)
        for stage in STAGES:
            state, words = said(desk, stage)
            assert (state is StageState.DONE) <= (not {"muộn", "thiếu", "trả lại", "hạn"} & set(words.split()))


@pytest.mark.parametrize(
    ("day", "chosen", "called_on", "words"),
    [
        ("2021-11-30", "online", "2021-11-22", "Đã mời họp ngày 30/11/2021"),
        ("2021-12-02", "online", "2021-11-22", "Đã mời họp ngày 02/12/2021, sau hạn"),
        ("2021-12-02", "online", "2021-12-01", "Đã mời họp ngày 02/12/2021, sau hạn"),
        ("2021-12-02", "postponed", "2021-11-22", "Đã báo hoãn đến ngày 02/12/2021, sau hạn"),
    ],
)
def test_a_conference_after_its_date_is_late(after: Story, day: str, chosen: str, called_on: str, words: str) -> None:
    desk = after(story.approved)
    conference.open_round(desk(f"{called_on} 09:00"))
    conference.record_format(desk(), answer(chosen, day=day, place="Phòng họp số 1"))
    conference.prepare_papers(desk())
    conference.send_invitations(desk())
    assert said(desk, CONFERENCE) == (StageState.DONE_LATE if "sau hạn" in words else StageState.DONE, words)


def test_plans_of_coverage_that_came_late_make_publicity_late(after: Story, plan: Plan) -> None:
    desk = after(story.called)
    press = [unit.code for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN]
    for code in press[1:]:
        submit(desk("2021-11-25 09:00"), code)
    communications.archive(desk("2021-12-03 07:30"))
    submit(desk("2021-12-04 09:00"), press[0])
    # The answer to the submission, the issued report and the conclusions.
    words = f"Đã khép lại, có hồ sơ gửi muộn; hồ sơ lưu còn 3 loại cần bổ sung, chưa kể bản chính đã ký, {GIVEN_UP}"
    assert said(desk, PUBLICITY) == (StageState.SHORT, words)


def test_what_was_opened_anew_after_the_end_is_not_said_to_have_been_open_then(after: Story) -> None:
    desk = after(story.archived)
    reopen(desk("2021-12-05 09:00"), DRAFT)
    ubnd_draft.open_round(desk())
    assert said(desk, DRAFT)[1].startswith("Mở lại sau khi đợt kết thúc, chưa khép lại")


def test_a_stage_that_is_reopened_is_said_to_wait_for_its_run(after: Story) -> None:
    desk = after(story.approved)
    closed = said(desk, DRAFT)[1]
    reopen(desk("2021-11-23 09:00"), DRAFT)
    assert said(desk, DRAFT)[1] == f"{closed}; đã ghi mở lại, chờ người vận hành chạy"
    ubnd_draft.open_round(desk())
    assert "chờ người vận hành chạy" not in said(desk, DRAFT)[1]


def test_what_the_end_of_the_campaign_cut_off_is_not_overdue_for_ever(after: Story) -> None:
    desk = after(story.drafted)
    vptu_appraisal.open_round(desk("2021-11-12 09:00"))
    vptu_appraisal.prepare_dossier(desk())
    left = set()
    for at in ("2021-12-04 00:00", "2022-03-01 09:00"):
        desk(at)
        shown = step(desk, APPRAISAL)
        assert (shown.state, shown.words) == (StageState.OVERDUE, "Chưa khép lại khi đợt kết thúc")
        left.add(shown.time_left)
    assert left == {"quá hạn 10 ngày làm việc"}
