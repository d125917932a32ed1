"""Whoever comes by a link that is used up, or asks for one at the door, on a telephone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from soket.plan.unit_page import UnitPage
from soket.record.handover import hand_over
from soket.record.one_time_codes import code_of, codes_asked_for
from soket.record.sending import door_link, handover_link

from .conftest import PHONE, Office, an_office, breaches

pytestmark = pytest.mark.browser


def test_a_key_is_shown_once(office: Office, open_page: Callable[..., Page]) -> None:
    desk, unit = office.desk, "huyen_20"
    token = hand_over(desk(), unit, "AK", f"Mã bí mật: {'x' * 60}")
    page = open_page(PHONE)
    page.goto(str(handover_link(desk.plan, desk.campaign.code, unit, token)))
    assert breaches(page) == []
    page.get_by_role("button", name="Xem khóa").click()
    expect(page.get_by_text("Mã bí mật")).to_be_visible()
    assert breaches(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    page.reload()
    expect(page.get_by_text("Khóa đã được xem lúc")).to_be_visible()


def test_a_link_is_asked_for_at_the_door(office: Office, open_page: Callable[..., Page]) -> None:
    desk = office.desk
    page = open_page(PHONE)
    page.goto(str(door_link(desk.plan, desk.campaign.code)))
    assert breaches(page) == []
    page.get_by_label("Đơn vị").select_option("huyen_21")
    page.get_by_role("button", name="Gửi đường dẫn").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi yêu cầu")
    assert breaches(page) == []
    assert [key for key in desk.store.objects if "/links/" in key and "-huyen_21-" in key]


def test_a_code_lets_a_telephone_in(open_page: Callable[..., Page]) -> None:
    unit = "huyen_22"
    with an_office(unit_page=UnitPage(one_time_code=True)) as office:
        page = open_page(PHONE)
        page.goto(office.link(unit))
        assert breaches(page) == []
        page.get_by_role("button", name="Gửi mã").click()
        field = page.get_by_label("Mã trong thư")
        expect(field).to_be_focused()
        assert (field.get_attribute("inputmode"), field.get_attribute("autocomplete")) == ("numeric", "one-time-code")
        assert breaches(page) == []
        (asked,) = codes_asked_for(office.desk())
        code = code_of(office.desk(), unit, asked.mark)
        field.fill(f"{(int(code) + 1) % 10**6:06}")
        page.get_by_role("button", name="Vào trang").click()
        expect(page.get_by_role("alert")).to_contain_text("còn 4 lần")
        assert breaches(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
        page.get_by_label("Mã trong thư").fill(code)
        page.keyboard.press("Enter")
        expect(page.get_by_label("Chọn tệp")).to_be_attached()
        page.goto(office.link(unit))
        expect(page.get_by_label("Chọn tệp")).to_be_attached()
