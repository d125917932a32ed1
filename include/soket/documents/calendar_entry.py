"""A conference as an entry of calendars: asked for, moved and withdrawn as iTIP (RFC 5546) has it, guest by guest."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from soket.clock import VIETNAM
from soket.documents.meeting import Meeting
from soket.documents.programme import ends_at
from soket.documents.rendering import clean
from soket.plan.guests import Guest, hosts_of, point_of
from soket.record.words import FORMATS
from soket.text import lower_first


def invitation_ics(
    meeting: Meeting, uid: str, organiser: str, guest: Guest | None = None, *, cancel: bool = False
) -> bytes:
    """Return the conference as a calendar file: for one guest, to be answered; for a host or nobody in
    particular, to be read.

    `organiser` is the address that answers go to. The UID stays a guest's own whatever becomes of the conference, and
    the sequence counts its invitations, so that a later one moves, or takes away, the same entry.
    """
    event = _event(meeting, uid, guest)
    if guest:
        event.add("organizer", _address(organiser, meeting.plan.office(meeting.stage.owner).name))
        attendee = _address(guest.contact.email, guest.person or guest.contact.name)
        if not cancel:
            hosts = guest.code in hosts_of(meeting.plan, meeting.stage)
            attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
            attendee.params["PARTSTAT"] = vText("ACCEPTED" if hosts else "NEEDS-ACTION")
            attendee.params["RSVP"] = vText("FALSE" if hosts or meeting.unread else "TRUE")
        event.add("attendee", attendee, encode=False)
    if cancel:
        event["status"] = vText("CANCELLED")
    calendar = Calendar()
    calendar.add("prodid", "-//soket//hoi-nghi//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancel else "REQUEST" if guest else "PUBLISH")
    calendar.add("x-wr-timezone", VIETNAM.key)
    calendar.add_component(_timezone())
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


@cache
def _timezone() -> Timezone:
    """Return the zone of Vietnam, as calendars tell it: worked out once, from all its years."""
    return Timezone.from_tzinfo(VIETNAM)


def _event(meeting: Meeting, uid: str, guest: Guest | None) -> Event:
    event, decision = Event(), meeting.decision
    # Who attends at an own point is not to travel to the main one.
    own = point_of(meeting.plan, guest) if guest and decision.format == "online" else ""
    event.add("uid", uid)
    event.add("dtstamp", decision.decided_at)
    event.add("sequence", meeting.round - 1)
    begins, ends = meeting.starts, ends_at(meeting)
    if begins is None or ends is None or meeting.postponed:
        event.add("dtstart", decision.day)
        event.add("dtend", decision.day + timedelta(days=1))
    else:
        event.add("dtstart", begins)
        event.add("dtend", ends)
    event.add("summary", clean(f"Hội nghị {lower_first(meeting.plan.title)}"))
    hour = "" if begins else " Giờ họp theo giấy mời."
    test = f" Thử đường truyền: {meeting.fields['line_test']}." if meeting.fields["line_test"] else ""
    main = f" Điểm cầu chính: {decision.place}." if own else ""
    event.add("description", clean(f"Hình thức: {FORMATS[decision.format].phrase}.{hour}{test}{main}"))
    event["location"] = vText(clean(own or decision.place))
    event.add("status", "TENTATIVE" if meeting.postponed else "CONFIRMED")
    return event


def _address(address: str, name: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{address}")
    found.params["CN"] = vText(clean(name))
    return found
