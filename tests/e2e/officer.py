"""An officer at Debian's Chromium, who comes in through Airflow's own login."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from demo.world import World
from soket.stack.credentials import Credentials

PATIENCE = 60_000  # milliseconds
CHROMIUM = shutil.which("chromium")

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no `chromium` on PATH: apt-get install chromium")


@contextmanager
def officer(world: World, account: str) -> Iterator[Page]:
    """Give the board's page of the campaign, as an account sees it that Airflow's login let in."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        page = browser.new_page(locale="vi-VN", base_url=world.url)
        page.set_default_timeout(PATIENCE)
        board = f"/soket/{world.workspace.plan.id}/{world.workspace.campaign.code}"
        page.goto(board)
        page.get_by_role("link", name="Đăng nhập").click()
        page.locator("input:not([type=password])").first.fill(account)
        page.locator("input[type=password]").fill(Credentials.load(world.state).accounts[account])
        page.locator("button[type=submit]").click()
        page.wait_for_url(f"**{board}")
        yield page
        browser.close()


def writes_down(page: Page, act: str, **filled: str) -> None:
    """Fill in the form of an act that a page leads to, look at what it changes, and have it written down."""
    page.locator(f"a[href*='/acts/{act}?']").first.click()
    fill(page, **filled)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Điều sẽ đổi")).to_be_visible()
    page.get_by_role("button", name="Ghi quyết định").click()
    expect(page.get_by_text("Đã ghi").first).to_be_visible()


def fill(page: Page, **filled: str) -> None:
    """Fill in a form of the board, whatever its fields are."""
    for name, value in filled.items():
        field = page.locator(f"form.act [name={name}]")
        if field.first.get_attribute("type") == "radio":
            page.locator(f"form.act [name={name}][value='{value}']").check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
