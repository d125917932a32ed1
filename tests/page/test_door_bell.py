"""The door for all units: a unit is chosen, and its link goes to its registered mailbox."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conftest import Desk
from soket.intake.receive import work_waiting
from soket.notices.ledger import read_intent, states
from soket.page.app import _LINK_ASKS
from soket.record.keeping import read_register
from soket.record.link_asks import MOST_AN_HOUR
from soket.record.sending import door_link
from soket.stages.collect import answer_units
from soket.store.store import MemoryStore

from .conftest import IN_TIME, NEIGHBOUR, UNIT, Clerk


@pytest.fixture
def door(clerk: Clerk) -> str:
    address = door_link(clerk.desk.plan, clerk.desk.campaign.code)
    assert address
    return address.removeprefix("http://testserver")


def access_mails(desk: Desk) -> list[str]:
    return sorted(each for each in states(desk()) if each.startswith("access."))


def test_the_link_goes_to_the_registered_mailbox_and_opens_the_page(clerk: Clerk, door: str) -> None:
    page = clerk.get(door)
    assert page.status_code == 200
    assert clerk.desk.plan.unit(UNIT).name in page.text
    answer = clerk.post(door, data={"unit": UNIT})
    assert "hộp thư đầu mối" in answer.text
    assert "/vao/" not in answer.text
    workspace = clerk.desk()
    register = read_register(workspace, keep=False)
    assert "xin đường dẫn" in str(work_waiting(workspace, register, now_real=IN_TIME))
    answer_units(workspace)
    (mail,) = access_mails(clerk.desk)
    notice = read_intent(workspace, mail).notice
    assert [each.email for each in notice.to] == [clerk.desk.plan.unit(UNIT).contact.email]
    assert clerk.get(str(notice.context["link"]).removeprefix("http://testserver")).status_code == 303
    answer_units(workspace)
    assert access_mails(clerk.desk) == [mail]
    assert "xin đường dẫn" not in str(work_waiting(workspace, register, now_real=IN_TIME))


def test_opening_it_asks_for_nothing(clerk: Clerk, door: str) -> None:
    clerk.get(door)
    clerk.head(door)
    assert clerk.get(door.rstrip("/")).headers["location"] == door
    assert not [key for key in clerk.desk.store.objects if "/links/" in key]


def test_known_or_not_the_answer_is_the_same(clerk: Clerk, door: str) -> None:
    told = {
        clerk.post(door, data={"unit": unit}).text for unit in (UNIT, "khong_co", "", "../x", UNIT, UNIT, UNIT, UNIT)
    }
    assert len(told) == 1
    asked = [key for key in clerk.desk.store.objects if "/links/" in key]
    assert len(asked) == MOST_AN_HOUR


def test_another_hour_is_counted_anew_and_an_old_ask_is_over(clerk: Clerk, door: str) -> None:
    for _ in range(MOST_AN_HOUR + 2):
        clerk.post(door, data={"unit": UNIT})
    answer_units(clerk.desk())
    assert len(access_mails(clerk.desk)) == MOST_AN_HOUR
    clerk.desk(IN_TIME + timedelta(hours=1))
    later = Clerk(clerk.desk)
    later.post(door, data={"unit": UNIT})
    answer_units(clerk.desk())
    assert len(access_mails(clerk.desk)) == MOST_AN_HOUR + 1
    later.post(door, data={"unit": NEIGHBOUR})
    clerk.desk(IN_TIME + timedelta(hours=4))
    answer_units(clerk.desk())
    assert len(access_mails(clerk.desk)) == MOST_AN_HOUR + 1


def test_one_address_does_not_ring_for_everybody(clerk: Clerk, door: str) -> None:
    for _ in range(_LINK_ASKS):
        assert clerk.post(door, data={"unit": "khong_co"}).status_code == 200
    slowed = clerk.post(door, data={"unit": UNIT})
    assert slowed.status_code == 429
    assert not [key for key in clerk.desk.store.objects if "/links/" in key]
    assert clerk.get(clerk.link_of()).status_code == 303


def test_other_campaigns_forms_of_others_and_late_guests_are_refused(clerk: Clerk, door: str) -> None:
    assert clerk.get(door.replace(clerk.desk.campaign.code, "1999")).status_code == 404
    assert clerk.post(door, data={"unit": UNIT}, headers={"Origin": "https://la.example"}).status_code == 403
    clerk.desk(clerk.desk.campaign.end)  # nobody would send a link any more
    assert Clerk(clerk.desk).get(door).status_code == 410
    assert isinstance(clerk.desk.store, MemoryStore)
    assert not [key for key in clerk.desk.store.objects if "/links/" in key]
