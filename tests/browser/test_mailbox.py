"""The embedded mail server's page shows its mail at once, in Vietnamese."""

from __future__ import annotations

import smtplib
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from soket.stack import mailbox
from soket.stack.ports import HOST, choose
from stack.test_mailbox import PASSWORD, mail, server


@pytest.mark.integration
@pytest.mark.browser
def test_mail_is_there_before_the_page_asks_again(chromium: Browser, tmp_path: Path) -> None:
    found, _ = choose({})
    ports = found["smtp"], found["imap"], found["mail_http"]
    with server(tmp_path / "box", *ports):
        with smtplib.SMTP(HOST, ports[0]) as smtp:
            smtp.send_message(mail("Nhắc nộp"))
        known = {"username": "soket@localhost", "password": PASSWORD}
        context = chromium.new_context(http_credentials=known)
        page = context.new_page()
        page.add_init_script("window.setTimeout = () => 0")  # by which it would ask again
        page.goto(f"http://{HOST}:{ports[2]}/")
        expect(page.locator("#mailbox tbody .subject")).to_have_text(["Nhắc nộp"])
        expect(page).to_have_title("Hộp thư đi kèm")
        assert page.locator("#mail-header th").all_inner_texts() == [
            "Ngày:", "Từ:", "Đến:", "Đồng gửi:", "Gửi kín:", "Tiêu đề:",
        ]  # fmt: skip
        context.close()


def test_each_word_that_is_ours_has_one_of_the_page() -> None:
    resources = files("mail_devel.resources")
    page = "".join(resources.joinpath(name).read_text(encoding="utf-8") for name in ("index.html", "main.js"))
    assert [word for word in mailbox._WORDS if word not in page] == []
