"""A campaign as of an earlier moment, and its days as a curve: they agree with the register of then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from fastapi import FastAPI

from record import story
from record.builders import owing
from record.story import Story
from soket.board.curve import curves_of
from soket.clock import VIETNAM
from soket.record.keeping import read_register
from soket.record.tally import Progress, register_then, tally
from soket.record.workspace import Workspace

from .browser import Browser

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


@pytest.mark.parametrize("code", ["hom-qua", "2021-13-01", "2021-11-03T25:00", "%3Cb%3E", "2021-11-03T10:00:00Zx"])
def test_what_is_no_moment_is_said_to_be_none(browser: Browser, code: str) -> None:
    answer = browser.get(f"{HOME}@{code}")
    assert answer.status_code == 404
    assert "không phải là ngày" in answer.text
    assert "<b>" not in answer.text


def test_a_moment_to_come_is_the_present(browser: Browser) -> None:
    assert "Xem lại: tình hình" not in browser.get(f"{HOME}@2030-01-01").text
    assert "10 giờ 00, ngày 03/11/2021" in browser.get(f"{HOME}@2021-11-03T10:00").text


def test_going_back_follows_where_the_board_is_mounted(board_app: Callable[..., FastAPI]) -> None:
    outer = FastAPI(root_path="/airflow")
    outer.mount("/soket", board_app())
    answer = Browser(outer).get("/airflow/soket/nq06_thu/2021/stages?den=2021-11-03", follow_redirects=False)
    assert answer.headers["location"] == "/airflow/soket/nq06_thu/2021@2021-11-03/stages"


def agree(workspace: Workspace) -> int:
    """Hold the curve against the register of the end of each of its days."""
    register = read_register(workspace)
    curve = curves_of(workspace, register)[0]
    owed = {entry.unit for entry in register.reporting(workspace.plan)}
    for each in curve.days:
        end = min(datetime.combine(each.day, time(23, 59, 59), VIETNAM), register.as_of)
        then = register_then(workspace, register, end)
        counted = tally([entry for entry in then.units.values() if entry.unit in owed], end)
        shown = (each.in_time, each.late, each.owed)
        in_time = counted.by[Progress.ON_TIME] + counted.by[Progress.NIL]
        assert shown == (in_time, counted.by[Progress.LATE], counted.missing), each.day
    assert sum(block.total for block in curves_of(workspace, register)[1:]) == curve.total
    return curve.days[-1].received


def test_the_curve_is_that_of_the_registers_of_then(workspace: Workspace, after: Story) -> None:
    assert agree(workspace) == 37
    desk = after(story.reported)
    assert agree(desk()) == len(owing(desk.plan)) - 2


def test_the_curve_is_drawn_with_its_deadline_and_told_in_figures(browser: Browser) -> None:
    page = browser.get(f"{HOME}/curve").text
    assert "đã tiếp nhận 37/53, đúng hạn 31 (kể cả báo không phát sinh), muộn 6, còn thiếu 16" in page
    assert page.count('class="deadline"') == 5  # all, and four blocks
    assert "vạch đứng: hết hạn 04/11/2021" in page
    assert f'<a href="{HOME}@2021-11-04">04/11/2021</a>' in page
    assert "Đợt chưa mở" in browser.get("/nq06_thu/2026/curve").text


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
