from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Desk
from record import builders, story
from record.story import Story
from record.verbs import ubnd_draft
from soket.plan.model import Campaign, Plan
from soket.record.filing import file_stage_record
from soket.record.keeping import read_register
from soket.record.slack import Slack, critical_path

Open = Callable[..., object]


def slack(desk: Desk, at: str) -> Slack:
    workspace = desk(at)
    return critical_path(workspace, read_register(workspace))


def all_but(desk: Desk, at: str, *codes: str) -> None:
    """Let every unit send but some."""
    workspace = desk(at)
    for unit in builders.owing(workspace.plan):
        if unit.code not in codes:
            builders.submit(workspace, unit.code)


@pytest.fixture
def desk(plan: Plan, campaign: Campaign) -> Desk:
    return Desk(plan, campaign)


def test_while_all_goes_as_planned_there_is_nothing_to_say(desk: Desk) -> None:
    found = slack(desk, "2021-10-20 07:30")
    assert found.sentences == []
    assert [(each.stage, each.planned, each.left) for each in found.stages] == [
        ("ubnd_draft", 3, 3),
        ("vptu_appraisal", 8, 8),
        ("conference", 7, 7),
    ]


def test_a_late_unit_takes_days_from_the_draft(desk: Desk) -> None:
    all_but(desk, "2021-11-03 10:00", "h_can_loc")
    found = slack(desk, "2021-11-08 07:30")
    title, late = desk.plan.stage("ubnd_draft").title, "Huyện ủy Can Lộc quá hạn 01 ngày làm việc"
    assert found.sentences == [f"{late}: {title} còn 01 ngày làm việc sau ngày 08/11/2021 (kế hoạch 03)."]


def test_who_has_sent_today_is_not_said_to_owe(desk: Desk) -> None:
    all_but(desk, "2021-11-03 10:00", "h_can_loc", "h_ky_anh")
    builders.submit(desk("2021-11-05 10:00"), "h_ky_anh")
    late = [each.partition(":")[0] for each in slack(desk, "2021-11-05 17:00").sentences]
    assert late == ["Huyện ủy Can Lộc vừa quá hạn"]


def test_what_was_returned_has_another_round_before_it(after: Story) -> None:
    desk = after(story.returned)
    builders.postpone(desk("2021-11-12 10:00"), "ubnd_draft", date(2021, 11, 17))
    left = {each.stage: each.left for each in slack(desk, "2021-11-12 11:00").stages}
    assert left["vptu_appraisal"] == 2


def test_what_comes_after_the_next_date_holds_up_everything(desk: Desk) -> None:
    all_but(desk, "2021-11-03 10:00", "h_can_loc", "h_ky_anh")
    (sentence,) = slack(desk, "2021-11-11 07:30").sentences
    stages = desk.plan.stage
    assert sentence == (
        "Huyện ủy Can Lộc và 1 đơn vị khác quá hạn 04 ngày làm việc: "
        f"{stages('ubnd_draft').title} sẽ chậm ít nhất 02 ngày làm việc; "
        f"{stages('vptu_appraisal').title} còn 06 ngày làm việc sau ngày 11/11/2021 (kế hoạch 08)."
    )


def test_an_extension_takes_days_too(desk: Desk) -> None:
    all_but(desk, "2021-11-03 10:00", "h_can_loc")
    builders.extend(desk(), "h_can_loc", date(2021, 11, 9))
    (sentence,) = slack(desk, "2021-11-04 07:30").sentences
    title = desk.plan.stage("ubnd_draft").title
    assert sentence == (
        f"Huyện ủy Can Lộc có hạn đến hết ngày 09/11/2021: {title} không còn ngày làm việc nào trước hạn 09/11/2021."
    )


def test_an_exempt_unit_holds_nobody_up(desk: Desk) -> None:
    all_but(desk, "2021-11-03 10:00", "h_can_loc")
    builders.exempt(desk("2021-11-04 10:00"), "h_can_loc")
    file_stage_record(desk(), "unit_reports", 1, "done", "Xong.")
    assert slack(desk, "2021-11-08 07:30").sentences == []


def test_a_late_stage_takes_days_from_the_next(desk: Desk) -> None:
    all_but(desk, "2021-11-03 10:00")
    file_stage_record(desk("2021-11-05 08:00"), "unit_reports", 1, "done", "Xong.")
    (sentence,) = slack(desk, "2021-11-12 07:30").sentences
    stages = desk.plan.stage
    assert sentence == (
        f"{stages('ubnd_draft').title} quá hạn 02 ngày làm việc: "
        f"{stages('vptu_appraisal').title} còn 05 ngày làm việc sau ngày 12/11/2021 (kế hoạch 08)."
    )


def test_a_postponed_stage_leaves_less_to_the_next(desk: Desk) -> None:
    builders.postpone(desk("2021-11-08 08:00"), "ubnd_draft", date(2021, 11, 16))
    all_but(desk, "2021-11-03 10:00")
    file_stage_record(desk("2021-11-05 08:00"), "unit_reports", 1, "done", "Xong.")
    found = slack(desk, "2021-11-09 07:30")
    assert [(each.left, each.planned) for each in found.stages if each.stage == "vptu_appraisal"] == [(3, 8)]
    assert "có hạn đến hết ngày 16/11/2021" in found.sentences[0]


def test_a_postponed_stage_that_has_more_time_than_planned_is_not_pressed_by_who_is_late(desk: Desk) -> None:
    all_but(desk, "2021-11-03 10:00", "h_can_loc")
    builders.postpone(desk("2021-11-05 08:00"), "ubnd_draft", date(2021, 11, 12))
    found = slack(desk, "2021-11-05 15:00")
    assert [(each.left, each.planned) for each in found.stages if each.stage == "ubnd_draft"] == [(5, 3)]
    title = desk.plan.stage("ubnd_draft").title
    assert not [each for each in found.sentences if title in each.partition(": ")[2]]
    (sentence,) = [each for each in slack(desk, "2021-11-11 15:00").sentences if title in each.partition(": ")[2]]
    assert "còn 01 ngày làm việc sau ngày 11/11/2021 (kế hoạch 03)" in sentence


def test_a_date_put_back_to_one_that_an_earlier_round_met_leaves_nothing_to_say(after: Story) -> None:
    desk = after(story.returned)
    builders.postpone(desk("2021-11-12 10:00"), "ubnd_draft", date(2021, 11, 17))
    ubnd_draft.open_round(desk("2021-11-12 10:05"))
    builders.undo(desk("2021-11-12 14:00"), "postponement-ubnd_draft")
    assert "ubnd_draft" not in [each.stage for each in slack(desk, "2021-11-12 14:30").stages]


def test_what_is_done_is_out_of_it(desk: Desk) -> None:
    for stage in desk.campaign.stages:
        file_stage_record(desk("2021-11-25 08:00"), stage, 1, "done", "Xong.")
    assert slack(desk, "2021-11-26 07:30").stages == ()


def test_whom_a_closed_stage_went_on_without_keeps_nobody_waiting(desk: Desk) -> None:
    all_but(desk, "2021-11-03 10:00", "h_can_loc", "h_ky_anh")
    file_stage_record(desk("2021-11-05 00:00"), "unit_reports", 1, "done", "Xong.")
    assert slack(desk, "2021-11-09 07:30").sentences == []
    builders.submit(desk("2021-11-09 09:00"), "h_ky_anh")  # after the close: told as what the draft doesn't rest on
    assert slack(desk, "2021-11-09 11:00").sentences == []


def test_a_stage_that_waited_for_an_extended_unit_is_itself_what_took_the_days(desk: Desk) -> None:
    all_but(desk, "2021-11-03 10:00", "h_can_loc", "h_ky_anh")
    builders.extend(desk("2021-11-04 08:00"), "h_can_loc", date(2021, 11, 8))
    builders.submit(desk("2021-11-08 10:00"), "h_can_loc")
    file_stage_record(desk("2021-11-08 11:00"), "unit_reports", 1, "done", "Xong.")
    (sentence,) = slack(desk, "2021-11-08 12:00").sentences
    stages = desk.plan.stage
    assert sentence == (
        f"{stages('unit_reports').title} chậm 02 ngày làm việc: "
        f"{stages('ubnd_draft').title} còn 01 ngày làm việc sau ngày 08/11/2021 (kế hoạch 03)."
    )


def test_a_draft_that_came_in_time_for_its_moved_date_takes_nothing_from_anyone(after: Story) -> None:
    desk = after(story.returned)
    builders.postpone(desk("2021-11-12 10:00"), "ubnd_draft", date(2021, 11, 17))
    (waiting,) = slack(desk, "2021-11-12 11:00").sentences
    assert waiting.startswith(f"{desk.plan.stage('ubnd_draft').title} có hạn đến hết ngày 17/11/2021: ")
    at = desk("2021-11-15 09:00")
    ubnd_draft.open_round(at)
    ubnd_draft.consolidate(at)
    story.drop_official_draft(desk, 2)
    ubnd_draft.check_official_draft(at)
    assert slack(desk, "2021-11-16 07:30").sentences == []


def test_a_draft_that_met_its_date_and_was_returned_is_not_called_overdue(after: Story) -> None:
    desk = after(story.returned)
    (sentence,) = slack(desk, "2021-11-15 07:30").sentences
    assert sentence.startswith(f"{desk.plan.stage('ubnd_draft').title} phải làm lại, chưa có hạn mới: ")


def test_a_further_round_that_nobody_asked_for_holds_up_no_appraisal(after: Story) -> None:
    desk = after(story.drafted)
    file_stage_record(desk("2021-11-10 17:00"), "ubnd_draft", 2, "opened", "Báo cáo của 1 đơn vị đến sau.")
    assert slack(desk, "2021-11-12 07:30").sentences == []


def test_a_round_that_came_late_is_not_called_overdue_while_another_is_open(after: Story) -> None:
    desk = after(story.consolidated)
    stage = desk.plan.stage("ubnd_draft")
    file_stage_record(desk("2021-11-10 15:00"), stage.id, 1, "done", "Xong.")
    file_stage_record(desk("2021-11-11 08:00"), stage.id, 2, "opened", "Báo cáo của 1 đơn vị đến sau.")
    (sentence,) = slack(desk, "2021-11-15 09:00").sentences
    assert sentence.startswith(f"{stage.title} chậm 01 ngày làm việc: ")


def test_what_was_late_for_the_first_round_takes_nothing_from_the_next(after: Story) -> None:
    desk = after(story.opened)
    all_but(desk, "2021-11-03 10:00", "h_can_loc")
    builders.submit(desk("2021-11-05 10:00"), "h_can_loc")  # a day late
    file_stage_record(desk("2021-11-05 11:00"), "unit_reports", 1, "done", "Xong.")
    assert [each for each in slack(desk, "2021-11-06 07:30").sentences if "Báo cáo của các đơn vị chậm" in each]
    file_stage_record(desk("2021-11-08 14:00"), "ubnd_draft", 1, "done", "Xong.")
    file_stage_record(desk("2021-11-09 08:00"), "ubnd_draft", 2, "opened", "Báo cáo của 1 đơn vị đến sau.")
    assert slack(desk, "2021-11-09 09:00").sentences == []
    builders.postpone(desk("2021-11-12 10:00"), "ubnd_draft", date(2021, 11, 17))
    assert not [each for each in slack(desk, "2021-11-12 11:00").sentences if "Báo cáo của các đơn vị" in each]


def test_of_units_of_one_day_those_that_are_being_looked_at_are_not_called_overdue(desk: Desk) -> None:
    all_but(desk, "2021-11-03 10:00", "h_can_loc", "h_ky_anh")
    builders.drop(desk("2021-11-05 10:29"), "h_ky_anh")
    assert slack(desk, "2021-11-05 11:00").sentences[0].startswith("Huyện ủy Can Lộc vừa quá hạn: ")


@settings(max_examples=25)
@given(
    day=st.dates(date(2021, 10, 18), date(2021, 12, 3)),
    later=st.integers(0, 10),
    sent=st.integers(0, 60),
    extended=st.integers(0, 12),
)
def test_waiting_never_makes_slack(
    plan: Plan, campaign: Campaign, day: date, later: int, sent: int, extended: int
) -> None:
    desk = Desk(plan, campaign)
    owing = builders.owing(plan)
    all_but(desk, "2021-10-19 09:00", *(unit.code for unit in owing[min(sent, len(owing) - 1) :]))
    if extended:
        builders.extend(desk("2021-10-20 09:00"), owing[-1].code, date(2021, 11, 4 + extended))
    first = slack(desk, f"{day} 08:00")
    then = slack(desk, f"{min(date.fromordinal(day.toordinal() + later), campaign.closes)} 08:00")
    assert [each.stage for each in first.stages] == [each.stage for each in then.stages]
    assert all(one.left >= other.left for one, other in zip(first.stages, then.stages, strict=True))
    assert all(each.left <= each.planned for each in (*first.stages, *then.stages))
