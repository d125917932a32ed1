"""The page behind a real reverse proxy: under a path, asked by another name, all units from one address."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from conftest import Desk
from reading import corpus
from soket.page.app import _WRONG_LINKS, create_app

from .conftest import Office, patched
from .proxying import proxy_of
from .serving import address_of, listener, serving
from .test_handing_in import choose, hand_in, payload

pytestmark = pytest.mark.browser

PATH = "/so-ket"


@pytest.fixture
def proxied(office: Office) -> Iterator[Office]:
    """Serve the same campaign behind a proxy, whose address is the one in the mails."""
    desk: Desk = office.desk
    outside = listener()
    with patched(address_of(outside) + PATH) as _:
        app = create_app(lambda plan, campaign: desk(), lambda: ([desk.plan], []))
        with (
            serving(app, root_path=PATH, forwarded_allow_ips="127.0.0.1") as inside,
            serving(proxy_of(inside, PATH, "203.0.113.9"), outside) as address,
        ):
            yield Office(desk, address + PATH)


def test_a_set_is_handed_in_through_it(proxied: Office, open_page: Callable[..., Page]) -> None:
    # What is sent over TLS outside has a cookie that a browser keeps for TLS alone; here there is none.
    answer = httpx.get(proxied.link("huyen_11"), follow_redirects=False)
    assert answer.headers["location"] == PATH + "/nq06/2021/huyen_11/"
    assert "Secure" in answer.headers["set-cookie"]
    page = open_page()
    page.goto(proxied.link("huyen_11"))
    assert page.url == proxied.home("huyen_11")
    choose(page, payload(corpus.REPORT, corpus.report()), payload(corpus.TABLE, corpus.table()))
    expect(page.get_by_text("Kiểm tra trước: đọc được, đủ hồ sơ")).to_be_visible()
    hand_in(page, "Nộp 2 tệp")
    expect(page.get_by_role("heading", name="Đang kiểm tra hồ sơ vừa nộp")).to_be_visible()


def test_guesses_from_the_one_address_shut_nobody_out(proxied: Office) -> None:
    with httpx.Client(base_url=proxied.home("huyen_12")) as guesser:
        said = [guesser.get(f"vao/guess-{number}").status_code for number in range(_WRONG_LINKS + 5)]
    assert said == [404] * _WRONG_LINKS + [429] * 5
    with httpx.Client() as clerk:
        assert clerk.get(proxied.link("huyen_12")).status_code == 303
