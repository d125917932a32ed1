"""The link that shows a folder's key once."""

from __future__ import annotations

import pytest

from conftest import Desk
from soket.page.app import _WRONG_LINKS
from soket.record.handover import HOLDS, end_handovers, hand_over
from soket.record.sending import handover_link

from .conftest import IN_TIME, NEIGHBOUR, UNIT, Clerk

SHEET = "Tên khóa: AK\nMã bí mật: rất-bí-mật"


@pytest.fixture
def link(clerk: Clerk) -> str:
    token = hand_over(clerk.desk(), UNIT, "AK", SHEET)
    address = handover_link(clerk.desk.plan, clerk.desk.campaign.code, UNIT, token)
    assert address
    return address.removeprefix("http://testserver")


def test_a_scanner_that_opens_it_uses_nothing_up(clerk: Clerk, link: str) -> None:
    before = dict(clerk.desk.store.objects)
    for _ in range(3):
        page = clerk.get(link)
        assert page.status_code == 200
        assert "bí-mật" not in page.text
        assert "Xem khóa" in page.text
    clerk.head(link)
    assert clerk.desk.store.objects == before


def test_it_is_shown_once(clerk: Clerk, link: str) -> None:
    shown = clerk.post(link)
    assert shown.status_code == 200
    assert "rất-bí-mật" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    # Under "no-referrer", browsers send forms with the origin "null", which is nobody's.
    assert shown.headers["referrer-policy"] == "same-origin"
    assert "etag" not in shown.headers
    for answer in (clerk.post(link), clerk.get(link)):
        assert answer.status_code == 410
        assert "đã được xem lúc" in answer.text
        assert "bí-mật" not in answer.text


def test_it_expires(clerk: Clerk, link: str) -> None:
    clerk.desk(IN_TIME + HOLDS)
    for answer in (clerk.get(link), clerk.post(link)):
        assert answer.status_code == 410
        assert "hết hạn" in answer.text
        assert "bí-mật" not in answer.text


def test_a_revoked_key_is_not_shown(clerk: Clerk, link: str) -> None:
    end_handovers(clerk.desk(), UNIT)
    answer = clerk.post(link)
    assert answer.status_code == 410
    assert "thu hồi" in answer.text


@pytest.mark.parametrize("wrong", ["neighbour", "tampered", "short", "other campaign"])
def test_foreign_and_tampered_links_open_nothing(clerk: Clerk, link: str, wrong: str) -> None:
    home, _, token = link.rpartition("/khoa/")
    address = {
        "neighbour": f"{clerk.home(NEIGHBOUR)}khoa/{token}",
        "tampered": f"{home}/khoa/{'B' if token[0] == 'A' else 'A'}{token[1:]}",
        "short": f"{home}/khoa/{token[:-1]}",
        "other campaign": f"/{clerk.desk.plan.id}/1999/{UNIT}/khoa/{token}",
    }[wrong]
    for answer in (clerk.get(address), clerk.post(address)):
        assert answer.status_code == 404
        assert "bí-mật" not in answer.text
    assert clerk.post(link).status_code == 200


def test_guessing_is_slowed_down(clerk: Clerk, link: str) -> None:
    for number in range(_WRONG_LINKS):
        assert clerk.get(f"{clerk.home()}khoa/{number:043}").status_code == 404
    assert clerk.get(f"{clerk.home()}khoa/{'x' * 43}").status_code == 429
    assert clerk.post(link).status_code == 200


def test_a_form_of_another_site_shows_nothing(clerk: Clerk, link: str) -> None:
    assert clerk.post(link, headers={"Origin": "https://la.example"}).status_code == 403
    assert clerk.post(link, headers={"Origin": "http://testserver"}).status_code == 200


def test_an_office_gets_its_key_the_same_way(office: Desk) -> None:
    clerk, code = Clerk(office), office.plan.offices[0].code
    token = hand_over(office(), code, "AK", SHEET)
    link = handover_link(office.plan, office.campaign.code, code, token)
    assert link
    assert "rất-bí-mật" in clerk.post(link.removeprefix("http://testserver")).text
