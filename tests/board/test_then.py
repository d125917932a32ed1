"""A campaign as of an earlier moment, and its days as a curve: by when reports came."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from fastapi import FastAPI

from record import story
from record.builders import drop, judge, list_proposal, owing, receive
from record.story import Story
from soket.board.app import create_app
from soket.board.curve import curves_of
from soket.board.then import then_of
from soket.clock import VIETNAM
from soket.record.commending import names_of_proposals
from soket.record.decisions import NilReturn
from soket.record.keeping import read_register
from soket.record.register import Register, UnitEntry
from soket.record.tally import Progress, progress_of, register_then, tally
from soket.record.workspace import Workspace
from soket.stages.actions import record_act
from soket.stages.refusing import Actor
from soket.text import format_date

from .browser import Browser
from .conftest import an_official

HOME = "/nq06_thu/2021"
THEN = f"{HOME}@2021-11-03"


@pytest.mark.parametrize("page", ["", "/stages", "/units/huyen_uy_05", "/decisions", "/notices", "/curve"])
def test_every_page_goes_back_and_its_links_stay_there(browser: Browser, page: str) -> None:
    answer = browser.get(f"{HOME}{page}?den=2021-11-03", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{THEN}{page}")
    shown = browser.get(answer.headers["location"]).text
    assert "Xem lại: tình hình đến 23 giờ 59, ngày 03/11/2021" in shown
    assert f'href="{THEN}/stages"' in shown
    assert f'<a href="{HOME}">Về hiện tại</a>' in shown
    assert "làm mới" not in shown
    assert browser.get(f"{THEN}{page}?den=", follow_redirects=False).headers["location"] == f"{HOME}{page}"


def test_what_was_not_known_then_is_not_told_then_but_among_what_came_since(browser: Browser) -> None:
    late = f"{HOME}/units/huyen_uy_05"  # sent on the fifth
    assert "Lần 1: Tiếp nhận" in browser.get(late).text
    page = browser.get(late.replace("2021/", "2021@2021-11-04/")).text
    before, _, after = page.partition("Từ đó đến nay")
    assert "Lần 1" not in before + after.partition("</section>")[2]
    assert "Huyện ủy Cẩm Xuyên: bộ hồ sơ lần 1" in after


def test_what_came_since_names_who_was_commended(after: Story) -> None:
    desk = after(story.called)
    list_proposal(desk(), "BD-1")
    form = {"act": "commendation", "proposals": "BD-1", "conclusion": "commended", "document_number": "12-QĐ/TU"}
    why = {"reason": "Có thành tích", "granted_by": "Thường trực Tỉnh ủy"}
    record_act(desk("2021-11-23 09:00"), form=form | why, entry="biểu dương", actor=Actor("thuong_truc"))
    register = read_register(desk())
    (told,) = (each for each in then_of(desk(), register, desk.now - timedelta(days=1)).since if "BD-1" in each)
    named = names_of_proposals(desk(), register)["BD-1"].name
    assert f"Được biểu dương: {named} (BD-1)" in told


@pytest.mark.parametrize("code", ["hom-qua", "2021-13-01", "2021-11-03T25:00", "%3Cb%3E", "2021-11-03T10:00:00Zx"])
def test_what_is_no_moment_is_said_to_be_none(browser: Browser, code: str) -> None:
    answer = browser.get(f"{HOME}@{code}")
    assert answer.status_code == 404
    assert "không phải là ngày" in answer.text
    assert "<b>" not in answer.text


def test_a_moment_to_come_of_this_day_is_the_present_and_a_day_to_come_is_said_to_be_one(
    browser: Browser, workspace: Workspace
) -> None:
    today = workspace.now.astimezone(VIETNAM).date()
    shown = browser.get(f"{HOME}@{today}")
    assert (shown.status_code, "Xem lại: tình hình" in shown.text) == (200, False)
    answer = browser.get(f"{HOME}@2030-01-01")
    assert answer.status_code == 404
    assert f"Ngày 01/01/2030 chưa đến; hôm nay là ngày {format_date(today)}." in answer.text
    assert "10 giờ 00, ngày 03/11/2021" in browser.get(f"{HOME}@2021-11-03T10:00").text


def test_going_back_follows_where_the_board_is_mounted(board_app: Callable[..., FastAPI]) -> None:
    outer = FastAPI(root_path="/airflow")
    outer.mount("/soket", board_app())
    answer = Browser(outer).get("/airflow/soket/nq06_thu/2021/stages?den=2021-11-03", follow_redirects=False)
    assert answer.headers["location"] == "/airflow/soket/nq06_thu/2021@2021-11-03/stages"


def agree(workspace: Workspace) -> int:
    """Hold the curve against what counts now, counted by when it came."""
    register = read_register(workspace)
    curve = curves_of(workspace, register)[0]
    counting = [entry for entry in register.reporting(workspace.plan) if progress_of(entry).received]
    for each in curve.days:
        came = [entry for entry in counting if arrival(register, entry).astimezone(VIETNAM).date() <= each.day]
        late = sum(progress_of(entry) is Progress.LATE for entry in came)
        assert (each.in_time, each.late, each.owed) == (len(came) - late, late, curve.total - len(came)), each.day
    counted = tally(register.reporting(workspace.plan), register.as_of)
    assert (curve.days[-1].received, curve.days[-1].overdue) == (counted.received, counted.overdue)
    assert curve.days[-1].missed == counted.missed
    assert sum(block.total for block in curves_of(workspace, register)[1:]) == curve.total
    return curve.days[-1].received


def test_whom_nobody_waits_for_is_not_among_the_overdue_nor_lost_from_the_table(after: Story) -> None:
    desk = after(story.archived)
    board = Browser(create_app(lambda *_: desk(), lambda: ([desk.plan], []), an_official))
    page = board.get(f"/{desk.plan.id}/{desk.campaign.code}/curve").text
    days = dict(re.findall(r'>(\d\d/\d\d/\d{4})</a></th>.*<td class="number">([^<]*)</td></tr>', page))
    assert (days["29/11/2021"], days["30/11/2021"]) == ("2", "thôi chờ 2")


def arrival(register: Register, entry: UnitEntry) -> datetime:
    """Return when what counts of a unit came first."""
    came = {receipt.number: receipt.received_at for receipt in entry.receipts}
    moments = [came[each.number] for each in entry.outcomes if each.ruling.counts]
    nil = [act.decided_at for act in register.acts.in_force if isinstance(act, NilReturn) and act.unit == entry.unit]
    return min(moments or nil)


def test_the_curve_counts_by_when_reports_came(workspace: Workspace, after: Story) -> None:
    assert agree(workspace) == 37
    desk = after(story.reported)
    assert agree(desk()) == len(owing(desk.plan)) - 2


def test_what_came_in_time_and_was_judged_late_is_in_time_on_the_day_it_came(after: Story) -> None:
    desk = after(story.opened)
    waiting, judged_late = (unit.code for unit in owing(desk.plan)[:2])
    came = desk("2021-11-04 17:00")
    drop(came, judged_late)
    receipt = receive(came, judged_late)
    judge(desk("2021-11-08 10:00"), receipt)
    drop(desk("2021-11-05 09:00"), waiting)
    receive(desk(), waiting)
    workspace = desk("2021-11-08 11:00")
    days = {each.day: each for each in curves_of(workspace, read_register(workspace))[0].days}
    assert [(days[date(2021, 11, day)].in_time, days[date(2021, 11, day)].late) for day in (3, 4, 8)] == [
        (0, 0),
        (1, 0),
        (1, 0),
    ]
    total = len(owing(desk.plan))
    assert days[date(2021, 11, 5)].owed == total - 1
    assert days[date(2021, 11, 5)].overdue == total - 2  # of what is looked at, how long that takes is ours


def test_the_curve_is_drawn_with_its_deadline_and_told_in_figures(browser: Browser) -> None:
    page = browser.get(f"{HOME}/curve").text
    assert "đã tiếp nhận 37/53, đúng hạn 31 (kể cả báo không phát sinh), muộn 6, còn thiếu 16" in page
    assert page.count('class="deadline"') == 5  # all, and four blocks
    assert "vạch đứng: hết hạn 04/11/2021" in page
    assert f'<a href="{HOME}@2021-11-04">04/11/2021</a>' in page
    assert "Đợt chưa mở" in browser.get("/nq06_thu/2026/curve").text


def test_whom_nobody_waits_for_is_missing_and_no_longer_overdue(after: Story) -> None:
    desk = after(story.archived)
    workspace = desk("2021-12-05 08:00")
    agree(workspace)
    days = {each.day: each for each in curves_of(workspace, read_register(workspace))[0].days}
    assert [(days[date(2021, 11, day)].overdue, days[date(2021, 11, day)].missed) for day in (4, 29, 30)] == [
        (0, 0),
        (2, 0),
        (0, 2),
    ]
    board = Browser(create_app(lambda *_: workspace, lambda: ([desk.plan], []), an_official))
    shown = board.get(f"/{desk.plan.id}/{desk.campaign.code}/curve").text
    assert "muộn 0, thiếu 2. Mỗi cột" in shown
    assert "còn thiếu 2" in shown.partition("30/11/2021: ")[0]  # on the days before
    assert re.search(r"30/11/2021: đúng hạn \d+, muộn 0, thiếu 2<", shown)


def test_what_lay_in_folders_then_is_not_said_to_be_nothing(browser: Browser) -> None:
    unknown = "Không còn biết lúc ấy trong thư mục của các cơ quan, và ngoài thư mục của các đơn vị, có tệp nào"
    page = browser.get(f"{THEN}/stages").text
    assert unknown in page
    assert "Chưa có tệp nào" not in page
    present = browser.get(f"{HOME}/stages").text
    assert unknown not in present
    assert "Dự thảo.docx" in present


def test_nothing_is_offered_there_that_can_only_be_entered_now(browser: Browser) -> None:
    present, then = (browser.get(f"{home}/decisions").text for home in (HOME, THEN))
    assert f'href="{HOME}/acts' in present
    assert "/acts" not in then


def test_an_earlier_moment_is_worked_out_once(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[datetime] = []

    def counted(*given: object) -> object:
        made.append(given[2])  # type: ignore[arg-type]
        return register_then(*given)  # type: ignore[arg-type]

    monkeypatch.setattr("soket.board.access.register_then", counted)
    for _ in range(3):
        browser.get(f"{THEN}/stages")
    assert len(made) == 1
    assert made[0] - timedelta(hours=23, minutes=59) == datetime(2021, 11, 3, tzinfo=VIETNAM)
