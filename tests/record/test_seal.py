"""Links to units' pages: of one unit, one campaign, one bucket, and none after they were renewed."""

from __future__ import annotations

import string

import pytest

from conftest import Desk
from record.builders import first, renew_link
from soket.plan.model import Campaign, Plan
from soket.record.keeping import read_register
from soket.record.seal import UnitLinks
from soket.record.sending import UPLOAD_VARIABLE, entry_link, upload_link

LINKS = UnitLinks(b"a seal", "nq06", "2021")


def test_a_link_opens_its_unit_in_its_campaign() -> None:
    token = LINKS.token("h_can_loc", 0)
    assert LINKS.opens("h_can_loc", token, 0)
    assert not LINKS.opens("h_loc_ha", token, 0)
    assert not UnitLinks(b"a seal", "nq06", "2026").opens("h_can_loc", token, 0)
    assert not UnitLinks(b"a seal", "nq08", "2021").opens("h_can_loc", token, 0)
    assert not UnitLinks(b"another", "nq06", "2021").opens("h_can_loc", token, 0)


def test_a_renewed_link_opens_nothing_and_no_later_one_can_be_guessed() -> None:
    assert not LINKS.opens("h_can_loc", LINKS.token("h_can_loc", 0), 1)
    assert not LINKS.opens("h_can_loc", LINKS.token("h_can_loc", 2), 1)


@pytest.mark.parametrize("token", ["", "x", "0", "MA", "MA.", ".abc", "é" * 40, "%00", "A" * 10_000])
def test_nothing_else_opens_it(token: str) -> None:
    assert not LINKS.opens("h_can_loc", token, 0)


def test_a_changed_letter_closes_it_the_last_one_too() -> None:
    token = LINKS.token("h_can_loc", 0)
    for place, letter in enumerate(token):
        for other in f"{string.ascii_letters}{string.digits}_-":
            if other != letter:
                assert not LINKS.opens("h_can_loc", token[:place] + other + token[place + 1 :], 0)


def test_a_mail_carries_the_link_of_today_and_an_act_renews_it(
    plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(UPLOAD_VARIABLE, "https://nop.example/{plan}/{campaign}/{unit}")
    desk, unit = Desk(plan, campaign), first(plan)
    workspace = desk("2021-11-02 09:00")
    before = entry_link(workspace, read_register(workspace).units[unit])
    page = upload_link(plan, campaign.code, unit)
    assert before is not None
    assert page is not None
    assert before.startswith(f"{page}/vao/")
    renew_link(workspace, unit)
    entry = read_register(workspace).units[unit]
    after = entry_link(workspace, entry)
    assert after != before
    links = UnitLinks(workspace.seal, plan.id, campaign.code)
    assert not links.opens(unit, before.rpartition("/")[2], entry.link)
    assert links.opens(unit, str(after).rpartition("/")[2], entry.link)


def test_somebody_elses_page_gets_no_token(plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = Desk(plan, campaign)()
    entry = read_register(workspace).units[first(plan)]
    assert entry_link(workspace, entry) is None
    monkeypatch.setenv(UPLOAD_VARIABLE, "https://nop.example/")
    assert entry_link(workspace, entry) == "https://nop.example/"
