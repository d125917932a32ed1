from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from icalendar import Calendar, Event

from soket.clock import VIETNAM
from soket.documents.conference import invitation_ics
from soket.plan.model import Campaign, Plan
from soket.record.decisions import ConferenceFormat

from .builders import NOW

Decide = Callable[..., ConferenceFormat]


def event(content: bytes) -> Event:
    return Calendar.from_ical(content).events[0]


def test_without_an_hour_the_conference_takes_the_whole_day(plan: Plan, campaign: Campaign, decide: Decide) -> None:
    found = event(invitation_ics(plan, campaign, decide()))
    assert (found["dtstart"].dt, found["dtend"].dt) == (date(2021, 11, 29), date(2021, 11, 30))
    assert found["location"] == "Hội trường Tỉnh ủy"
    assert str(found["summary"]).startswith("Hội nghị sơ kết 05 năm")


def test_an_hour_is_vietnam_time(plan: Plan, campaign: Campaign, decide: Decide) -> None:
    content = invitation_ics(plan, campaign, decide(), starts=time(8), duration=timedelta(hours=3))
    found = event(content)
    assert found["dtstart"].dt == datetime(2021, 11, 29, 8, tzinfo=VIETNAM)
    assert found["dtend"].dt == datetime(2021, 11, 29, 11, tzinfo=VIETNAM)
    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20211129T080000" in content
    assert b"BEGIN:VTIMEZONE" in content


def test_a_later_decision_moves_the_same_entry(plan: Plan, campaign: Campaign, decide: Decide) -> None:
    first = event(invitation_ics(plan, campaign, decide()))
    later = decide("postponed", decided_at=NOW + timedelta(days=1), day=date(2021, 12, 20))
    second = event(invitation_ics(plan, campaign, later))
    assert first["uid"] == second["uid"]
    assert second["sequence"] > first["sequence"]
    assert (first["status"], second["status"]) == ("CONFIRMED", "TENTATIVE")


@pytest.mark.parametrize("place", ["", "Phòng A; tầng 2, nhà B\nHà Tĩnh"])
def test_places_are_written_safely(plan: Plan, campaign: Campaign, decide: Decide, place: str) -> None:
    content = invitation_ics(plan, campaign, decide(place=place))
    assert event(content)["location"] == place
    assert content == invitation_ics(plan, campaign, decide(place=place))
