"""A conference in calendars: asked for, moved, taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from icalendar import Calendar, Event

from soket.clock import VIETNAM
from soket.documents.calendar_entry import invitation_ics
from soket.documents.meeting import Meeting
from soket.plan.guests import guests_of, point_of
from soket.plan.model import Campaign, Plan
from soket.record.decisions import ConferenceFormat

Decide = Callable[..., ConferenceFormat]
Call = Callable[..., Meeting]


@pytest.fixture
def call(plan: Plan, campaign: Campaign, decide: Decide) -> Call:
    """Give a calling of the conference."""

    def meeting(how: str = "in_person", round_number: int = 1, **changes: object) -> Meeting:
        return Meeting(plan, campaign, plan.stage("conference"), decide(how, **changes), round_number)

    return meeting


def read(content: bytes) -> tuple[str, Event]:
    calendar = Calendar.from_ical(content)
    return str(calendar["method"]), calendar.events[0]


def test_without_an_hour_the_conference_takes_the_whole_day(call: Call) -> None:
    _, found = read(invitation_ics(call(starts=None), "u@x", "o@x.vn"))
    assert (found["dtstart"].dt, found["dtend"].dt) == (date(2021, 11, 29), date(2021, 11, 30))
    assert found["location"] == "Hội trường Tỉnh ủy"
    assert str(found["summary"]).startswith("Hội nghị sơ kết 05 năm")


def test_an_hour_is_vietnam_time_and_the_programme_ends_it(call: Call) -> None:
    content = invitation_ics(call(), "u@x", "o@x.vn")
    _, found = read(content)
    assert found["dtstart"].dt == datetime(2021, 11, 29, 7, 30, tzinfo=VIETNAM)
    assert found["dtend"].dt == datetime(2021, 11, 29, 9, 40, tzinfo=VIETNAM)
    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20211129T073000" in content
    assert b"BEGIN:VTIMEZONE" in content


def test_a_guest_is_asked_to_answer_the_organiser(call: Call) -> None:
    meeting = call("online")
    guest = meeting.guests[-1]
    method, found = read(invitation_ics(meeting, "u@x", "soket@tinh.example", guest))
    assert method == "REQUEST"
    assert found["organizer"] == "mailto:soket@tinh.example"
    assert found["attendee"] == f"mailto:{guest.contact.email}"
    parameters = found["attendee"].params
    assert (parameters["PARTSTAT"], parameters["RSVP"]) == ("NEEDS-ACTION", "TRUE")
    chair = next(each for each in meeting.guests if each.code == meeting.plan.roles.standing)
    _, own = read(invitation_ics(meeting, "u@x", "soket@tinh.example", chair))
    assert own["attendee"].params["RSVP"] == "FALSE", "who presides is not asked"
    assert "Thử đường truyền: 14 giờ 00" in str(found["description"])
    assert read(invitation_ics(meeting, "u@x", "o@x.vn"))[0] == "PUBLISH", "the one for nobody asks nothing"


def test_a_later_calling_moves_the_same_entry_by_one(call: Call) -> None:
    guest = call().guests[-1]
    _, first = read(invitation_ics(call(), "u@x", "o@x.vn", guest))
    method, then = read(invitation_ics(call("postponed", 2, day=date(2021, 12, 20)), "u@x", "o@x.vn", guest))
    assert (first["uid"], first["sequence"], first["status"]) == ("u@x", 0, "CONFIRMED")
    assert (method, then["uid"], then["sequence"], then["status"]) == ("REQUEST", "u@x", 1, "TENTATIVE")
    assert then["dtstart"].dt == date(2021, 12, 20), "of a conference that is put off, no hour is promised"


def test_who_is_not_invited_any_more_loses_the_entry(call: Call) -> None:
    guest = call().guests[-1]
    method, found = read(invitation_ics(call("online", 3), "u@x", "o@x.vn", guest, cancel=True))
    assert (method, found["status"], found["sequence"]) == ("CANCEL", "CANCELLED", 2)


@pytest.mark.parametrize("place", ["", "Phòng A; tầng 2, nhà B\nHà Tĩnh"])
def test_places_are_written_safely(call: Call, place: str) -> None:
    content = invitation_ics(call(place=place), "u@x", "o@x.vn")
    assert read(content)[1]["location"] == place
    assert content == invitation_ics(call(place=place), "u@x", "o@x.vn")


def test_a_guest_with_a_point_of_its_own_is_not_sent_to_the_main_one(call: Call) -> None:
    meeting = call("online")
    away = next(each for each in meeting.guests if point_of(meeting.plan, each))
    _, found = read(invitation_ics(meeting, "u@x", "o@x.vn", away))
    assert found["location"] == f"Điểm cầu {away.name}"
    assert "Điểm cầu chính: Hội trường Tỉnh ủy." in found["description"]
    _, found = read(invitation_ics(call("in_person"), "u@x", "o@x.vn", away))
    assert found["location"] == "Hội trường Tỉnh ủy"


def test_an_empty_list_of_own_points_is_none_and_no_list_is_all(plan: Plan) -> None:
    def away(own: tuple[str, ...] | None) -> set[str]:
        held = plan.model_copy(update={"conference": plan.conference.model_copy(update={"own_points": own})})
        return {guest.group for guest in guests_of(held) if point_of(held, guest)}

    assert away(None) == away(("huyen",)) == {"huyen"}
    assert away(()) == away(("bao_chi",)) == set()
