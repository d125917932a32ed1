"""A clerk at the unit's page: from the link in the mail to the printed receipt."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect

from reading import corpus

from .conftest import DESK_TOP, PHONE, Office, breaches

pytestmark = pytest.mark.browser

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRONG_TABLE = corpus.table(CT01=(1000, 1200, "nhiều"))


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": EXCEL if name.endswith(".xlsx") else WORD, "buffer": data}


def choose(page: Page, *files: FilePayload) -> None:
    page.set_input_files("#files", list(files))


def test_from_the_link_in_the_mail_to_the_printed_receipt(office: Office, open_page: Callable[..., Page]) -> None:
    unit = "huyen_1"
    page = open_page()
    page.goto(office.link(unit))
    assert page.url == office.home(unit)
    expect(page.get_by_role("heading", name="Chưa nộp")).to_be_visible()

    choose(page, payload(corpus.REPORT, corpus.report()), payload(corpus.TABLE, WRONG_TABLE))
    expect(page.get_by_text("Kiểm tra trước: 1 điểm phải sửa")).to_be_visible()
    expect(page.locator("#trial .group")).to_contain_text("Ô E5 (CT01, năm 2021)")
    assert breaches(page) == []

    choose(page, payload(corpus.TABLE, corpus.table()))
    expect(page.get_by_text("Kiểm tra trước: đọc được, đủ hồ sơ")).to_be_visible()
    page.get_by_label("không có bí mật nhà nước").check()
    page.get_by_role("button", name="Nộp 2 tệp").click()
    expect(page.get_by_role("heading", name="Đang kiểm tra hồ sơ vừa nộp")).to_be_visible()

    office.turn()
    expect(page.get_by_role("heading", name="Đã tiếp nhận báo cáo")).to_be_visible()
    page.get_by_role("link", name="Biên nhận").click()
    expect(page.get_by_role("heading", name="Biên nhận")).to_be_visible()
    assert breaches(page) == []
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("width", [PHONE, DESK_TOP])
def test_the_page_fits_and_is_read_by_everyone(office: Office, open_page: Callable[..., Page], width: int) -> None:
    page = open_page(width)
    page.goto(office.link("huyen_2"))
    assert breaches(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
