"""Who comes in by a link, and everybody who does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import Desk
from record.builders import renew_link
from soket.page.app import _WRONG_LINKS
from soket.store.store import MemoryStore, StoreFailedError

from .conftest import NEIGHBOUR, UNIT, Clerk

SORRY = "Không mở được trang nộp hồ sơ"


def test_the_link_leads_to_the_page_and_leaves_the_address(clerk: Clerk) -> None:
    entered = clerk.get(clerk.link_of())
    assert (entered.status_code, entered.headers["location"]) == (303, clerk.home())
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Path={clerk.home()}" in cookie
    page = clerk.get(clerk.home())
    assert page.status_code == 200
    assert clerk.desk.plan.unit(UNIT).name in page.text
    assert "/vao/" not in page.text


def test_the_address_as_a_slip_prints_it_leads_to_the_page(clerk: Clerk) -> None:
    printed = clerk.home().rstrip("/")
    assert clerk.get(printed).headers["location"].endswith(clerk.home())
    clerk.come_in()
    assert "nop" not in clerk.get(printed).request.headers.get("cookie", "")  # browsers keep it for the page alone
    assert clerk.get(clerk.get(printed).headers["location"]).status_code == 200


def test_opening_it_changes_nothing(clerk: Clerk) -> None:
    store = clerk.desk.store
    link = clerk.link_of()
    before = dict(store.objects)
    clerk.get(link)
    clerk.get(clerk.home())
    clerk.head(link)
    assert store.objects == before


@pytest.mark.parametrize("address", ["", "dau", "thu", "bien-nhan/1", "tai/inbox/x", "tep/0123456789abcdef"])
def test_without_the_link_nothing_opens(clerk: Clerk, address: str) -> None:
    clerk.link_of()  # makes the seal
    answer = clerk.get(clerk.home() + address)
    assert answer.status_code == 404
    assert SORRY in answer.text
    assert clerk.desk.plan.unit(UNIT).name not in answer.text


def test_nobody_learns_which_units_there_are(clerk: Clerk) -> None:
    token = clerk.link_of().rpartition("/")[2]
    for place in ("nq06/2021/khong_co", "nq06/1999/huyen_1", "khac/2021/huyen_1", f"nq06/2021/{NEIGHBOUR}"):
        answer = clerk.get(f"/{place}/vao/{token}")
        assert answer.status_code == 404
        assert SORRY in answer.text


def test_a_neighbours_page_stays_shut(clerk: Clerk) -> None:
    clerk.come_in()
    for address in ("", "dau", "thu", "bien-nhan/1"):
        assert clerk.get(clerk.home(NEIGHBOUR) + address).status_code == 404
    assert clerk.post(clerk.home(NEIGHBOUR) + "tep", json={"name": "a.docx", "size": 1}).status_code == 404
    # Even a browser that sends everybody's cookies everywhere.
    clerk.cookies.set("nop", clerk.link_of().rpartition("/")[2], path="/")
    assert clerk.get(clerk.home(NEIGHBOUR)).status_code == 404


def test_two_units_in_one_browser_do_not_meet(clerk: Clerk) -> None:
    clerk.come_in().come_in(NEIGHBOUR)
    for unit in (UNIT, NEIGHBOUR):
        assert clerk.desk.plan.unit(unit).name in clerk.get(clerk.home(unit)).text


def test_several_clerks_work_on_one_set_by_one_link(clerk: Clerk) -> None:
    colleague = Clerk(clerk.desk)
    for each in (clerk, colleague):
        each.come_in()
    clerk.put_in("bao-cao.docx", b"x")
    colleague.put_in("so-lieu.xlsx", b"y")
    for each in (clerk, colleague):
        page = each.get(each.home()).text
        assert "bao-cao.docx" in page
        assert "so-lieu.xlsx" in page
    assert colleague.hand_in() == 303
    assert clerk.hand_in() == 409  # and is told that nothing lies ready any more
    keys = sorted(key.rpartition("/")[2] for key in clerk.desk.store.objects if key.startswith("inbox/"))
    assert keys == ["bao-cao.docx", "so-lieu.xlsx"]


def test_a_renewed_link_shuts_the_page_at_once_and_the_new_one_opens_it(clerk: Clerk) -> None:
    old = clerk.link_of()
    clerk.come_in()
    renew_link(clerk.desk(), UNIT)
    assert clerk.get(old).status_code == 404
    assert clerk.get(clerk.home()).status_code == 404
    assert clerk.post(clerk.home() + "nop", data={"no_secret": "yes"}).status_code == 404
    assert clerk.come_in().get(clerk.home()).status_code == 200
    assert clerk.come_in(NEIGHBOUR).get(clerk.home(NEIGHBOUR)).status_code == 200


@pytest.mark.parametrize("moment", ["2021-10-31", "2021-11-01T08:00", "khong-phai-ngay"])
def test_no_earlier_day_opens_what_a_renewed_link_opened_then(clerk: Clerk, moment: str) -> None:
    old, home = clerk.link_of(), clerk.home()
    clerk.come_in()
    renew_link(clerk.desk(), UNIT)
    then = f"/{clerk.desk.plan.id}/{clerk.desk.campaign.code}@{moment}/{UNIT}/"
    assert clerk.get(old.replace(home, then)).status_code == 404
    token = old.rpartition("/")[2]
    assert clerk.get(then, headers={"Cookie": f"nop={token}"}).status_code == 404
    assert clerk.come_in().get(then, headers={"Cookie": f"nop={clerk.link_of().rpartition('/')[2]}"}).status_code == 404


def test_the_page_outlives_the_campaign_by_a_month(office: Desk) -> None:
    office(office.campaign.end + timedelta(days=20))
    Clerk(office).come_in()
    office(office.campaign.end + timedelta(days=40))
    clerk = Clerk(office)
    assert "đã kết thúc" in clerk.get(clerk.link_of()).text


def test_once_the_campaign_is_over_its_page_takes_nothing_and_asks_for_nothing(office: Desk) -> None:
    clerk = Clerk(office).come_in()
    offers = ('id="files"', "trao-doi", "gia-han")
    assert [each in clerk.get(clerk.home()).text for each in offers] == [True] * 3
    office(office.campaign.end)
    clerk = Clerk(office).come_in()
    page = clerk.get(clerk.home())
    assert page.status_code == 200
    assert "hệ thống không đọc tệp, lời gửi đến nữa" in page.text
    assert [f"{clerk.home()}{each}" in page.text or each in page.text for each in offers] == [False] * 3
    for address in ("nop", "tep", "tai-len", "trao-doi", "gia-han", "rut-lai"):
        refused = clerk.post(clerk.home() + address, data={"no_secret": "yes"})
        assert refused.status_code == 410, address
        assert "hệ thống không đọc tệp, lời gửi đến nữa. Cần gửi, cần hỏi: viết thư tới" in refused.text
    forms = ("so-dung/1", "trao-doi", "gia-han", "khong-phat-sinh", "bieu-duong", "ke-hoach", "rut-lai", "giay-moi/c")
    for address in forms:
        shown = clerk.get(clerk.home() + address)
        assert (shown.status_code, "<form" in shown.text) == (410, False), address
        assert "hệ thống không đọc tệp, lời gửi đến nữa. Cần gửi, cần hỏi: viết thư tới" in shown.text
    assert not [key for key in office.store.objects if key.startswith(("inbox/", "staging/"))]


@pytest.mark.parametrize("wrong", ["x", "MA.abc", "..%2f..%2fetc", "%00", "a" * 3000, "MQ.aaaaaaaaaaaaaaaa"])
def test_wrong_tokens_are_refused(clerk: Clerk, wrong: str) -> None:
    assert clerk.get(clerk.home() + "vao/" + wrong).status_code == 404


def test_guessing_is_slowed_down_and_says_so_and_keeps_nobody_out(clerk: Clerk) -> None:
    right = clerk.link_of()
    for number in range(_WRONG_LINKS):
        assert clerk.get(f"{clerk.home()}vao/guess-{number}").status_code == 404
    slowed = clerk.get(f"{clerk.home()}vao/one-more")
    assert slowed.status_code == 429
    assert "đợi 10 phút" in slowed.text
    assert clerk.get(clerk.home(NEIGHBOUR) + "vao/" + right.rpartition("/")[2]).status_code == 429
    assert clerk.get(right).status_code == 303
    assert clerk.get(clerk.home()).status_code == 200


def test_who_lost_the_cookie_is_not_taken_for_a_guesser(clerk: Clerk) -> None:
    for _ in range(_WRONG_LINKS + 5):
        clerk.get(clerk.home())
    assert clerk.get(clerk.link_of()).status_code == 303


def test_a_form_of_another_site_does_nothing(clerk: Clerk) -> None:
    clerk.come_in()
    clerk.put_in("bao-cao.docx", b"x")
    answer = clerk.post(clerk.home() + "nop", data={"no_secret": "yes"}, headers={"Origin": "https://la.example"})
    assert answer.status_code == 403
    assert not [key for key in clerk.desk.store.objects if key.startswith("inbox/")]
    own = clerk.post(clerk.home() + "nop", data={"no_secret": "yes"}, headers={"Origin": "http://testserver"})
    assert own.status_code == 303


def test_behind_a_proxy_with_a_path(office: Desk) -> None:
    clerk = Clerk(office, root_path="/so-ket")
    entered = clerk.get("/so-ket" + clerk.link_of())
    assert entered.headers["location"] == "/so-ket" + clerk.home()
    page = clerk.get("/so-ket" + clerk.home())
    assert page.status_code == 200
    assert 'href="/so-ket/-/style.css' in page.text
    assert f'action="/so-ket{clerk.home()}tai-len"' in page.text


def test_over_https_the_cookie_never_leaves_it(office: Desk) -> None:
    clerk = Clerk(office, base_url="https://testserver")
    assert "Secure" in clerk.get(clerk.link_of()).headers["set-cookie"]


def test_no_script_but_our_own_and_no_frame(clerk: Clerk) -> None:
    page = clerk.come_in().get(clerk.home())
    policy = page.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in page.text
    for part in ("style.css", "page.js"):
        assert clerk.get(f"/-/{part}").headers["x-content-type-options"] == "nosniff"


def test_a_bucket_that_is_down_is_said_in_words(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.come_in()

    def down(*_: object) -> None:
        raise StoreFailedError("down")

    monkeypatch.setattr(MemoryStore, "list", down)
    answer = clerk.get(clerk.home())
    assert answer.status_code == 503
    assert "Tệp đã gửi vẫn còn" in answer.text
