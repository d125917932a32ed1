"""Which units the table lists, in which order, and what thousands of them cost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from effort import within
from record.builders import ask_for_time
from soket.board.access import Viewer
from soket.board.app import create_app
from soket.board.choosing import AT_ONCE, Filters, Order
from soket.board.standing import Group
from soket.board.views import board_of
from soket.clock import VIETNAM
from soket.notices.ledger import Ending, NoticeState, last_reminders
from soket.plan.model import Duty
from soket.record.filing import file_from_unit
from soket.record.keeping import read_register
from soket.record.messages import message_of
from soket.record.workspace import Workspace
from soket.store.store import MemoryStore

from .browser import Browser
from .campaigns import NOW, a_campaign_in_the_middle

HOME = "/nq06_thu/2021"
MANY = 3_300


def names(workspace: Workspace, filters: Filters) -> list[str]:
    return [row.name for row in board_of(workspace, read_register(workspace), filters).rows]


def test_names_are_in_vietnamese_order(workspace: Workspace) -> None:
    found = names(workspace, Filters(order=Order.NAME))
    assert [name for name in found if name.startswith("Huyện ủy")][:4] == [
        "Huyện ủy Can Lộc",
        "Huyện ủy Cẩm Xuyên",
        "Huyện ủy Đức Thọ",
        "Huyện ủy Hương Khê",
    ]
    assert found.index("Cục Thuế tỉnh") < found.index("Đảng ủy Quân sự tỉnh") < found.index("Hội Nông dân tỉnh")


def test_the_overdue_come_first_and_then_who_still_has_time(workspace: Workspace) -> None:
    register = read_register(workspace)
    rows = board_of(workspace, register, Filters(order=Order.LATE)).rows
    overdue = sum(Group.OVERDUE.holds(entry, NOW) for entry in register.reporting(workspace.plan))
    assert [bool(row.overdue) for row in rows[: overdue + 1]] == [True] * overdue + [False]
    assert rows[overdue].name == "Huyện ủy Nghi Xuân"  # extended


def test_what_came_last_comes_first(workspace: Workspace) -> None:
    rows = board_of(workspace, read_register(workspace), Filters(order=Order.SENT)).rows
    sent = [row.sent_at for row in rows if row.sent_at]
    assert sent == sorted(sent, reverse=True)
    assert all(row.sent_at is None for row in rows[len(sent) :])


def test_who_was_not_reminded_for_longest_comes_first(workspace: Workspace) -> None:
    register = read_register(workspace)
    silent = [row.code for row in board_of(workspace, register, Filters(Group.TO_CHASE)).rows]
    urged = {code: NOW - timedelta(hours=number) for number, code in enumerate(silent[:3])}
    rows = board_of(workspace, register, Filters(Group.TO_CHASE, order=Order.REMINDED), reminded=urged).rows
    assert [row.code for row in rows[-3:]] == silent[2::-1]
    assert rows[-1].reminded_at == NOW


def test_a_reminder_counts_when_it_left() -> None:
    at = NOW.astimezone(VIETNAM)
    notices = [
        NoticeState("reminder.a.m3", posted=at, endings={Ending.SENT}, ended=at),
        NoticeState("escalation.a.p1", posted=at, endings={Ending.SENT}, ended=at + timedelta(days=1)),
        NoticeState("reminder.a.p2", posted=at, endings={Ending.WITHDRAWN}, ended=at + timedelta(days=2)),
        NoticeState("request.b.1", posted=at, endings={Ending.SENT}, ended=at),
        NoticeState("reminder.b.m3", posted=at),
    ]
    assert last_reminders(notices) == {"a": notices[1]}


def test_the_order_is_kept_by_filters_and_shown(browser: Browser) -> None:
    page = browser.get(f"{HOME}?order=name&progress=overdue").text
    assert '<option value="name" selected>' in page
    assert '<th scope="col" aria-sort="ascending">' in page
    assert f'href="{HOME}?progress=overdue&amp;order=late#units">Hết ngày</a>' in page
    assert browser.get(f"{HOME}?order=khong_co").status_code == 422


def test_who_waits_for_an_answer_is_one_list(browser: Browser, workspace: Workspace) -> None:
    for unit in ("huyen_uy_02", "dang_uy_01"):
        said = message_of(unit, "Tính cả xã mới không?", at=NOW, source="page", asks=True)
        file_from_unit(workspace, said)
    file_from_unit(workspace, message_of("huyen_uy_03", "Đã gửi", at=NOW, source="page", asks=False))
    ask_for_time(workspace, "huyen_uy_08")
    page = browser.get(f"{HOME}?progress=asking").text
    listed = re.findall(r'<th scope="row">.*?/units/(\w+)"', page)
    assert listed == ["huyen_uy_02", "huyen_uy_08", "dang_uy_01"]
    assert '<option value="asking" selected>Chờ cơ quan trả lời (3)</option>' in page
    assert "Đơn vị chờ trả lời (3)" in page


def test_who_to_call_is_in_the_table_and_dialled(browser: Browser) -> None:
    page = browser.get(f"{HOME}?progress=overdue").text
    assert '<a class="phone" href="tel:02393850000">0239 385 0000</a>' in page


@pytest.fixture(scope="module")
def large() -> Workspace:
    small = a_campaign_in_the_middle()
    reporting = [unit for unit in small.plan.units if unit.owes is Duty.REPORT]
    more = [
        unit.model_copy(update={"code": f"{unit.code}_{number}", "name": f"{unit.name} {number}"})
        for number in range(1, MANY // len(reporting) + 2)
        for unit in reporting
    ][: MANY - len(small.plan.units)]
    plan = small.plan.model_copy(update={"units": (*small.plan.units, *more)})
    assert isinstance(small.store, MemoryStore)
    return Workspace(plan, plan.campaign("2021"), small.store, small.clock)


def test_thousands_of_units_are_listed_a_page_at_a_time_in_time(large: Workspace) -> None:
    app = create_app(lambda *_: large, lambda: ([large.plan], []), lambda: Viewer("vptu", lambda plan: True))
    browser = Browser(app)
    owing = len(read_register(large).reporting(large.plan))
    browser.get(HOME)  # what every page needs is made
    for page in (1, 2, 3, 1):
        with within(0.3):
            answer = browser.get(f"{HOME}?page={page}&order=late")
        assert len(answer.content) < 300_000
        rows = answer.text.partition('id="units"')[2].partition('id="press"')[0].count('<th scope="row">')
        assert rows == AT_ONCE
    pages = -(-owing // AT_ONCE)
    assert f'page={pages}#units">{pages}</a>' in answer.text
    last = browser.get(f"{HOME}?page=9999").text
    assert re.search(rf'aria-current="page">{pages}</a>', last)
    assert f"{owing} đơn vị</span>" in last
    assert "Sở Y tế 60" in browser.get(f"{HOME}?words=so y te 60").text
