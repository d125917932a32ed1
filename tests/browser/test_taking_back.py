"""A clerk who takes back what was handed in: in time, and too late; with script, on a telephone, and without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from reading import corpus
from soket.record.keeping import read_register
from soket.record.register import Standing, UnitEntry

from .conftest import PHONE, Office, breaches
from .test_handing_in import choose, hand_in, payload

pytestmark = pytest.mark.browser

WHO = "Nguyễn Văn A, Văn thư"


def entry(office: Office, unit: str) -> UnitEntry:
    return read_register(office.desk(), keep=False).units[unit]


def handed_in(office: Office, page: Page, unit: str) -> None:
    page.goto(office.link(unit))
    choose(page, payload(corpus.REPORT, corpus.report()), payload(corpus.TABLE, corpus.table()))
    hand_in(page, "Nộp 2 tệp")
    expect(page.get_by_role("heading", name="Đang kiểm tra hồ sơ vừa nộp")).to_be_visible()


def take_back(page: Page) -> None:
    page.get_by_role("link", name="Rút lại hồ sơ vừa nộp").click()
    expect(page.get_by_text("Rút lại rồi thì coi như chưa nộp")).to_be_visible()
    for name in (corpus.REPORT, corpus.TABLE):
        expect(page.locator(".files")).to_contain_text(name)
    assert breaches(page) == []
    page.get_by_label("Người rút lại").fill(WHO)
    page.get_by_role("button", name="Rút lại").click()
    expect(page.get_by_text("Đã ghi yêu cầu rút lại.")).to_be_visible()
    expect(page.get_by_role("heading", name="Đang rút lại hồ sơ")).to_be_visible()
    expect(page.get_by_role("link", name="Rút lại")).to_have_count(0)  # it is asked once


def test_what_is_taken_back_in_time_is_not_sent_and_can_be_handed_in_anew(
    office: Office, open_page: Callable[..., Page]
) -> None:
    unit = "huyen_21"
    page = open_page(PHONE)
    handed_in(office, page, unit)
    take_back(page)
    office.turn()
    expect(page.get_by_role("heading", name="Chưa nộp")).to_be_visible()  # by itself
    expect(page.locator(".submission")).to_contain_text(f"Người rút lại: {WHO}")
    assert breaches(page) == []
    page.get_by_role("link", name="Biên nhận").click()
    expect(page.get_by_text("Đơn vị đã rút lại lần nộp này")).to_be_visible()
    page.go_back()
    assert (entry(office, unit).standing, entry(office, unit).verdicts) == (Standing.NOT_SENT, ())

    office.desk(office.desk.now + timedelta(minutes=5))  # the same files again, later
    choose(page, payload(corpus.REPORT, corpus.report()), payload(corpus.TABLE, corpus.table()))
    hand_in(page, "Nộp 2 tệp")
    office.turn()
    expect(page.get_by_role("heading", name="Đã tiếp nhận báo cáo")).to_be_visible()
    assert entry(office, unit).accepted == 2


def test_what_is_judged_meanwhile_is_not_taken_back_and_the_page_says_what_to_do(
    office: Office, open_page: Callable[..., Page]
) -> None:
    unit = "huyen_22"
    page = open_page(java_script_enabled=False)
    page.goto(office.link(unit))
    choose(page, payload(corpus.REPORT, corpus.report()), payload(corpus.TABLE, corpus.table()))
    page.get_by_role("button", name="Gửi lên").click()
    hand_in(page, "Nộp 2 tệp")
    page.get_by_role("link", name="Rút lại hồ sơ vừa nộp").click()
    page.get_by_label("Người rút lại").fill(WHO)
    office.turn()
    page.get_by_role("button", name="Rút lại").click()
    expect(page.get_by_text("không rút lại được nữa. Muốn thay thì nộp bản mới")).to_be_visible()
    page.goto(office.home(unit))
    expect(page.get_by_role("heading", name="Đã tiếp nhận báo cáo")).to_be_visible()
    expect(page.get_by_role("link", name="Rút lại")).to_have_count(0)
    assert entry(office, unit).withdrawals == ()
