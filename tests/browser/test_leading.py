"""A leader at the page of one minute, on a telephone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from soket.record.decisions import Promise
from soket.record.keeping import read_register
from soket.record.sending import leader_link

from .conftest import PHONE, Office, breaches

pytestmark = pytest.mark.browser

SMALL = 320


@pytest.mark.parametrize(("width", "script"), [(PHONE, True), (SMALL, False)])
def test_a_leader_marks_a_call(office: Office, open_page: Callable[..., Page], width: int, script: bool) -> None:
    workspace = office.desk("2021-11-08 09:00")
    before = read_register(workspace, keep=False)
    page = open_page(width, java_script_enabled=script)
    page.goto(str(leader_link(workspace, before.acts, "btg", workspace.now.date())))
    assert "/vao/" not in page.url
    call = page.locator(".call").first
    expect(call).to_contain_text("Quá hạn")
    if script:
        assert breaches(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    call.get_by_label("Hẹn gửi trong ngày").fill("2021-11-10")
    call.get_by_label("Ai hẹn").fill("Chánh Văn phòng")
    call.get_by_role("button", name="Đã gọi").click()
    expect(page.get_by_text("Đã ghi lời hẹn")).to_be_visible()
    expect(page.locator(".lines").first).to_contain_text("hẹn gửi trong ngày 10/11/2021")
    told = [each for each in read_register(office.desk()).decisions if isinstance(each, Promise)]
    assert len(told) == 1 + len([each for each in before.decisions if isinstance(each, Promise)])
    assert told[-1].last_day == date(2021, 11, 10)
    if script:
        assert breaches(page) == []
