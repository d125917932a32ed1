"""A clerk before a page that asks for a code: on a new device, with a wrong one first, and not again that day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from reading import corpus
from soket.notices.delivery import deliver
from soket.notices.senders import RecordingSender
from soket.plan.unit_page import UnitPage
from soket.stages.collect import answer_units

from .conftest import PHONE, Office, an_office, breaches
from .test_handing_in import choose, hand_in, payload

pytestmark = pytest.mark.browser

UNIT = "huyen_1"


@pytest.fixture(scope="module")
def asking() -> Iterator[Office]:
    """The units' page of a plan that asks for codes."""
    with an_office(unit_page=UnitPage(one_time_code=True)) as served:
        yield served


def code_mailed(office: Office) -> str:
    """Let a run send what is asked for; return the code that the mail to the unit's mailbox holds."""
    workspace, sender = office.desk(), RecordingSender()
    answer_units(workspace)
    deliver(workspace, sender)
    address = workspace.plan.unit(UNIT).contact.email
    (mail,) = (each for each in sender.messages if address in str(each["To"]))
    body = mail.get_body(("plain",))
    assert body is not None
    (code,) = re.findall(r"^(\d{6})$", body.get_content(), re.MULTILINE)
    return str(code)


def test_a_new_device_gets_in_by_the_code_that_comes_by_mail_and_stays_in(
    asking: Office, open_page: Callable[..., Page]
) -> None:
    page = open_page(PHONE)
    page.goto(asking.link(UNIT))
    expect(page.get_by_role("heading", name="Nhập mã để vào trang nộp hồ sơ")).to_be_visible()
    expect(page.get_by_label("Chọn tệp")).to_have_count(0)
    assert breaches(page) == []
    page.get_by_role("button", name="Gửi mã").click()
    field = page.get_by_label("Mã trong thư")
    expect(field).to_be_focused()
    assert breaches(page) == []
    code = code_mailed(asking)

    field.fill(f"{(int(code) + 1) % 10**6:06}")
    page.get_by_role("button", name="Vào trang").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert breaches(page) == []
    page.get_by_label("Mã trong thư").fill(f"{code[:3]} {code[3:]}")  # as people copy it
    page.get_by_role("button", name="Vào trang").click()
    expect(page.get_by_role("heading", name="Chưa nộp")).to_be_visible()
    assert page.url == asking.home(UNIT)

    choose(page, payload(corpus.REPORT, corpus.report()), payload(corpus.TABLE, corpus.table()))
    hand_in(page, "Nộp 2 tệp")
    page.goto(asking.link(UNIT))  # the link again: this device is known
    expect(page.get_by_role("heading", name="Đang kiểm tra hồ sơ vừa nộp")).to_be_visible()

    stranger = open_page()
    stranger.goto(asking.link(UNIT))
    expect(stranger.get_by_role("heading", name="Nhập mã để vào trang nộp hồ sơ")).to_be_visible()
    expect(stranger.get_by_text("Đang kiểm tra")).to_have_count(0)


def test_a_page_that_is_open_when_the_plan_begins_to_ask_keeps_what_was_sent_up(
    open_page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soket.board.access.PLANS_SECONDS", 0.0)
    with an_office() as office:
        page = open_page()
        page.goto(office.link(UNIT))
        choose(page, payload(corpus.REPORT, corpus.report()))
        expect(page.locator("#files-list li")).to_contain_text("đã gửi lên")
        office.desk.plan = office.desk.plan.model_copy(update={"unit_page": UnitPage(one_time_code=True)})
        page.reload()
        page.get_by_role("button", name="Gửi mã").click()
        page.get_by_label("Mã trong thư").fill(code_mailed(office))
        page.get_by_role("button", name="Vào trang").click()
        expect(page.locator("#files-list li")).to_contain_text("đã gửi lên")
