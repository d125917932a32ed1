"""When a campaign stops waiting, what did not come is missing: nobody owes it, and no day is counted on."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from board.browser import Browser
from conftest import Desk
from record import story
from record.builders import answer, extend, owing, reopen, submit
from record.story import Story
from record.verbs import communications, conference, ubnd_draft
from soket.board.access import Viewer
from soket.board.app import create_app
from soket.board.choosing import Filters
from soket.board.rows import unit_row
from soket.board.standing import Group
from soket.board.views import board_of
from soket.cli import register as cli
from soket.documents.weekly import render_weekly_report
from soket.notices.digests import weekly_notice
from soket.notices.ladder import due
from soket.notices.ledger import Intent
from soket.notices.render import write
from soket.plan.model import Duty, Plan
from soket.record.keeping import read_register
from soket.record.records import Ruling
from soket.record.register import Register
from soket.record.tally import Progress, is_overdue, progress_of, tally
from soket.record.undecided import undecided

MEETING = date(2021, 11, 29)  # the day that the story's conference is called for


def register_at(desk: Desk, at: str) -> Register:
    return read_register(desk(at))


def chased(desk: Desk, at: str) -> tuple[int, int]:
    """Return how many reporters and press agencies somebody waits for."""
    register = register_at(desk, at)
    return tuple(  # type: ignore[return-value]
        sum(entry.to_chase for entry in entries)
        for entries in (register.reporting(desk.plan), register.press(desk.plan))
    )


def test_reports_are_waited_for_until_the_conference_and_plans_of_coverage_until_the_end(after: Story) -> None:
    desk = after(story.called)
    press = sum(unit.owes is Duty.COVERAGE_PLAN for unit in desk.plan.units)
    assert chased(desk, "2021-11-29 23:59") == (story.SILENT, press)
    assert chased(desk, "2021-11-30 00:00") == (0, press)
    assert chased(desk, "2021-12-03 23:59") == (0, press)
    assert chased(desk, "2021-12-04 00:00") == (0, 0)


def test_the_archive_closes_too_but_not_before_ones_own_date(after: Story, plan: Plan) -> None:
    desk = after(story.reported)
    for unit in plan.units:
        if unit.owes is Duty.COVERAGE_PLAN:
            extend(desk("2021-11-20 09:00"), unit.code, date(2021, 12, 3), f"extension-{unit.code}")
    press = chased(desk, "2021-12-03 07:29")[1]
    communications.archive(desk("2021-12-03 07:30"))
    assert chased(desk, "2021-12-03 07:30") == (0, press)


def test_a_campaign_that_never_met_closes_at_its_end(after: Story) -> None:
    desk = after(story.reported)
    assert chased(desk, "2021-12-03 23:59")[0] == story.SILENT
    assert chased(desk, "2021-12-04 00:00") == (0, 0)


def test_a_conference_put_off_closes_nothing(after: Story) -> None:
    desk = after(story.approved)
    conference.open_round(desk("2021-11-22 09:00"))
    conference.record_format(desk(), answer("postponed", day="2021-11-29", place="Phòng họp số 1"))
    conference.prepare_papers(desk())
    conference.send_invitations(desk())
    assert chased(desk, "2021-12-01 09:00")[0] == story.SILENT


def test_what_a_meeting_closed_stays_closed_when_the_conference_is_reopened(after: Story) -> None:
    desk = after(story.called)
    reopen(desk("2021-12-01 08:00"), "conference")
    conference.open_round(desk("2021-12-01 09:00"))
    assert chased(desk, "2021-12-01 10:00")[0] == 0
    register, line = register_at(desk, "2021-12-01 10:00"), owing(desk.plan)[-1]
    row = unit_row(desk(), register, line, register.units[line.code])
    assert row.given_up == "Thôi chờ từ hết ngày 29/11/2021 (ngày hội nghị), khi đã quá hạn 17 ngày làm việc"
    waits = [each.in_words(desk.plan) for each in undecided(desk(), register)]
    assert [each for each in waits if each.startswith("Thông báo kết luận: hồ sơ chưa có bản đã ban hành")]


def test_a_day_on_which_nobody_met_closes_nothing(after: Story) -> None:
    """The conference is called for another day while the first is still to come."""
    desk = after(story.called)
    reopen(desk("2021-11-26 08:00"), "conference")
    conference.open_round(desk("2021-11-26 09:00"))
    assert chased(desk, "2021-12-01 09:00")[0] == story.SILENT
    hours = {"starts": "07:30", "chair": "Thường trực Tỉnh ủy", "line_test": "14:00"}
    chosen = answer("online", day="2021-12-02", place="Phòng họp số 1", **hours)
    conference.record_format(desk("2021-11-26 10:00"), chosen)
    conference.prepare_papers(desk())
    conference.send_invitations(desk())
    assert chased(desk, "2021-12-02 23:59")[0] == story.SILENT
    assert chased(desk, "2021-12-03 00:00")[0] == 0


def test_who_was_given_longer_than_the_conference_is_waited_for(after: Story, plan: Plan) -> None:
    desk = after(story.called)
    extend(desk("2021-11-24 09:00"), owing(plan)[-1].code, date(2021, 12, 1))
    assert chased(desk, "2021-11-30 09:00")[0] == 1
    assert chased(desk, "2021-12-02 00:00")[0] == 0


def test_what_did_not_come_is_missing_and_its_days_stand_still(after: Story, plan: Plan) -> None:
    desk = after(story.called)
    sent_back, silent = (unit.code for unit in owing(plan)[-2:])
    submit(desk("2021-11-24 09:00"), sent_back, ruling=Ruling.RETURNED)
    said = set()
    for at in ("2021-11-30 00:00", "2021-12-10 09:00", "2022-02-01 09:00"):
        register = register_at(desk, at)
        assert not is_overdue(register.units[silent], register.as_of)
        assert progress_of(register.units[silent]) is Progress.MISSED
        assert progress_of(register.units[sent_back]) is Progress.RETURNED
        counted = tally(register.reporting(plan), register.as_of)
        assert (counted.over, counted.missed, counted.to_chase, counted.overdue, counted.late) == (True, 2, 0, 0, 0)
        rows = [unit_row(desk(), register, plan.unit(code), register.units[code]) for code in (sent_back, silent)]
        assert [row.overdue for row in rows] == [None, None]
        said |= {row.given_up for row in rows}
    assert said == {"Thôi chờ từ hết ngày 29/11/2021 (ngày hội nghị), khi đã quá hạn 17 ngày làm việc"}


def test_it_is_said_why_nobody_waits_any_more(after: Story, plan: Plan) -> None:
    desk = after(story.reported)
    silent = owing(plan)[-1]

    def said(at: str) -> str | None:
        register = register_at(desk, at)
        return unit_row(desk(), register, silent, register.units[silent.code]).given_up

    assert said("2021-12-03 23:59") is None
    assert said("2021-12-04 00:00") == (
        "Thôi chờ từ hết ngày 03/12/2021 (ngày cuối của đợt), khi đã quá hạn 21 ngày làm việc"
    )
    extend(desk("2021-12-03 09:00"), silent.code, date(2021, 12, 6))
    assert said("2021-12-07 00:00") == "Thôi chờ từ hết ngày 06/12/2021 (hạn riêng của đơn vị)"


def test_nobody_is_urged_to_send_what_nobody_waits_for(after: Story, plan: Plan) -> None:
    desk = after(story.called)
    reporters = {unit.code for unit in owing(plan)}
    assert reporters & {notice.addressee for notice in due(desk("2021-11-26 07:30"), read_register(desk()))}
    assert not reporters & {notice.addressee for notice in due(desk("2021-12-01 07:30"), read_register(desk()))}


def test_the_board_and_the_list_of_campaigns_say_missing(after: Story, plan: Plan) -> None:
    desk = after(story.archived)
    workspace = desk("2021-12-20 09:00")
    browser = Browser(create_app(lambda *_: workspace, lambda: ([plan], []), lambda: Viewer("vptu", lambda _: True)))
    home = f"/{plan.id}/{desk.campaign.code}"
    page = browser.get(home).text
    assert '<span class="label">Thiếu</span> <strong>2</strong>' in page
    assert "Còn phải gửi" not in page
    assert "Chưa gửi" not in page
    assert 'Không gửi</span> <span class="note why">' in page
    assert "Quá hạn" not in page.partition("<tbody>")[2]
    assert "Thôi chờ từ hết ngày 29/11/2021 (ngày hội nghị)" in page
    for each in ("", "/stages", "/decisions", "/notices"):
        assert "Đã qua ngày cuối của đợt, 03/12/2021" in browser.get(home + each).text
    assert "tự làm mới" not in page  # nothing will change
    assert 'http-equiv="refresh"' not in browser.get(f"{home}?live=1").text
    assert len(board_of(workspace, read_register(workspace), Filters(Group.LACKING)).rows) == 2
    unit = browser.get(f"{home}/units/{owing(plan)[-1].code}").text
    assert "Không gửi</span>" in unit
    assert "Chưa gửi" not in unit
    assert '<span class="flag">thiếu 2</span>' in browser.get("/").text
    assert "quá hạn" not in browser.get("/").text


def test_a_campaign_whose_days_are_over_does_not_seem_ended_above_a_stage_that_is_open(
    after: Story, plan: Plan
) -> None:
    desk = after(story.approved)  # no conference was called, nothing is archived
    workspace = desk("2021-12-20 09:00")
    browser = Browser(create_app(lambda *_: workspace, lambda: ([plan], []), lambda: Viewer("vptu", lambda _: True)))
    home = f"/{plan.id}/{desk.campaign.code}"
    left = [plan.stage(each).title for each in ("conference", "communications")]
    page = browser.get(home).text
    assert f"Đã qua ngày cuối của đợt, 03/12/2021; chưa khép lại: {'; '.join(left)}" in page
    assert "Đợt đã kết thúc" not in page
    assert "còn 2 giai đoạn chưa khép lại" in browser.get("/").text
    unit = browser.get(f"{home}/units/{owing(plan)[0].code}").text
    assert "Không có quyết định nào về riêng đơn vị này." in unit  # of the campaign there are


def test_after_the_last_day_only_the_draft_of_an_open_round_is_said_to_be_read(after: Story, plan: Plan) -> None:
    desk = after(story.archived)
    workspace = desk("2021-12-20 09:00")

    def page() -> str:
        app = create_app(lambda *_: workspace, lambda: ([plan], []), lambda: Viewer("vptu", lambda _: True))
        return Browser(app).get(f"/{plan.id}/{desk.campaign.code}").text

    assert "Từ đó hệ thống không tự đọc tệp, thư gửi đến.</span>" in page()
    reopen(workspace, "ubnd_draft")
    ubnd_draft.open_round(workspace)
    assert "không tự đọc tệp, thư gửi đến, trừ dự thảo chính thức của vòng đang mở.</span>" in page()


def test_mail_and_its_paper_say_missing(after: Story, plan: Plan, capsys: pytest.CaptureFixture[str]) -> None:
    desk = after(story.called)
    for unit in plan.units:
        if unit.owes is Duty.COVERAGE_PLAN:
            submit(desk("2021-11-24 09:00"), unit.code)
    workspace = desk("2021-12-01 07:30")
    notice = weekly_notice(workspace, read_register(workspace))
    assert notice is not None
    mail = write(workspace, Intent(notice=notice, posted_at=workspace.now))
    assert mail.subject.endswith("; thiếu 2")
    assert "2 không gửi; 0 gửi muộn; thiếu 2." in mail.text
    assert "không gửi, quá hạn 17 ngày làm việc" in mail.text
    for words in ("chưa gửi", "Quá hạn ("):
        assert words not in mail.text
    paper = "\n".join(Document(BytesIO(render_weekly_report(plan, notice.context, workspace.now))).element.itertext())
    assert "2 không gửi; 0 gửi muộn." in paper
    assert "Đơn vị còn thiếu" in paper
    assert not re.search("chưa gửi|quá hạn(?! 17)", paper, re.IGNORECASE)
    cli._print(workspace, as_json=False, use_snapshot=False)
    shown = capsys.readouterr().out
    assert "không gửi" in shown
