"""The lists of who comes to a conference: delegates, seats or points, and how replies and speeches stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from soket.documents.letterhead import ATTACHMENT
from soket.documents.meeting import Meeting
from soket.documents.programme import speeches_of
from soket.documents.rendering import render
from soket.plan.guests import MAIN_POINT
from soket.record.attendance import ATTENDING, CHANNELS, UNANSWERED, Attending, GuestLine
from soket.text import format_moment, format_stamp

_OPEN = (Attending.SILENT, Attending.UNSURE)


def render_delegates(meeting: Meeting, at: datetime) -> bytes:
    """Return the list of delegates by the replies till then, in order of protocol, each with where it is to be."""
    places = dict(seats(meeting))
    coming = [each for each in meeting.attendance.lines if each.comes]
    groups = _grouped(
        coming,
        lambda line: {
            "unit": line.guest.name,
            "person": _listed(meeting, line),
            "post": line.post,
            "place": _short_place(meeting, line, places[line.guest.code]),
        },
    )
    return _list("conference_delegates", meeting, at, groups=groups, told=meeting.attendance.in_words)


def render_seating(meeting: Meeting, at: datetime) -> bytes:
    """Return the points of an online conference with their line test or, of one in a hall, who sits where.

    That is by the replies till then.
    """
    places = dict(seats(meeting))
    coming = [each for each in meeting.attendance.lines if each.comes]
    points = [
        {"number": number, "name": name, "bodies": _count(meeting, lines), "contact": _contact(meeting, name, lines)}
        for number, (name, lines) in enumerate(_by_place(coming, meeting), 1)
    ]
    rows = [
        {"name": name, "seats": [_with_merit(_seated(places[line.guest.code], line), meeting, line) for line in lines]}
        for name, lines in _by_place(coming, meeting)
    ]
    return _list(
        "conference_seating", meeting, at, points=points if meeting.online else [], rows=[] if meeting.online else rows
    )


def render_attendance(meeting: Meeting, at: datetime) -> bytes:
    """Return how replies stand at a moment, guest by guest, and how the speeches do."""
    table = meeting.attendance
    groups = _grouped(
        table.lines,
        lambda line: {
            "unit": line.guest.name,
            "attending": line.said,
            "person": _with_merit(_say_person(line), meeting, line),
            "how": f"{CHANNELS[line.reply.channel].label}, {format_stamp(line.reply.at)}" if line.reply else "",
        },
    )
    return _list(
        "conference_attendance",
        meeting,
        at,
        told=table.in_words,
        groups=groups,
        speeches=speeches_of(meeting),
        own_reviews=[
            {"unit": line.guest.name, "told": line.reply.own_review}
            for line in table.lines
            if line.reply and line.reply.own_review
        ],
        refused=[{"source": each.source.rpartition("/")[2], "why": each.refused} for each in table.refused],
    )


def seats(meeting: Meeting) -> Iterable[tuple[str, str]]:
    """Yield where each guest that comes sits, by order of protocol, or at which point it attends."""
    if meeting.online:
        yield from ((each.code, meeting.place_of(each)) for each in meeting.guests)
        return
    across, number = meeting.plan.conference.row_seats, 0
    for line in meeting.attendance.lines:
        if line.guest.code == meeting.plan.roles.standing:
            yield line.guest.code, "Bàn chủ trì"
        elif not line.comes:
            yield line.guest.code, ""
        else:
            yield line.guest.code, f"Dãy {number // across + 1}, ghế {number % across + 1}"
            number += 1


def _by_place(lines: list[GuestLine], meeting: Meeting) -> list[tuple[str, list[GuestLine]]]:
    """Return who is together at a point or in a row, the main one first."""
    places = dict(seats(meeting))
    found: dict[str, list[GuestLine]] = {}
    for line in lines:
        told = line.reply.point if meeting.online and line.reply and line.reply.point else places[line.guest.code]
        found.setdefault(told.partition(",")[0] if not meeting.online else told, []).append(line)
    return list(found.items())


def _count(meeting: Meeting, lines: Sequence[GuestLine]) -> str:
    """Return how many come, and beside them how many have not said that they do, and who is invited as commended."""
    open_still = Counter(line.attending for line in lines if line.attending in _OPEN)
    told = [f"{_say_open(meeting, each)} {open_still[each]}" for each in _OPEN if open_still[each]]
    merits = filter(None, (meeting.merit_of(line.guest) for line in lines))
    return "; ".join([str(len(lines) - open_still.total()), *told, *merits])


def _short_place(meeting: Meeting, line: GuestLine, place: str) -> str:
    """Return where a guest sits or attends, in a narrow column beside its name."""
    told = line.reply.point if meeting.online and line.reply else ""
    return told if told and told != place else "Tại trụ sở" if place.endswith(f" {line.guest.name}") else place


def _contact(meeting: Meeting, point: str, lines: Sequence[GuestLine]) -> str:
    """Return who answers for the line at a point: at the main one whoever organises, else the guest that has it."""
    if point != MAIN_POINT:
        return _reached(lines[0])
    contact = meeting.plan.office(meeting.stage.owner).contact
    return f"{contact.name}, {contact.phone or contact.email}"


def _reached(line: GuestLine) -> str:
    contact = line.guest.copies[0] if line.guest.copies else line.guest.contact
    return (line.reply.phone if line.reply else "") or contact.phone or contact.email


def _listed(meeting: Meeting, line: GuestLine) -> str:
    """Return who stands in the list of delegates for a guest; of one that has not said that it comes, that."""
    said = f"({_say_open(meeting, line.attending)})" if line.attending in _OPEN else ""
    return _with_merit(" ".join(filter(None, (line.person or line.unnamed, said))), meeting, line)


def _say_open(meeting: Meeting, attending: Attending) -> str:
    """Return what one said that has not said that it comes; of nothing said, once the day is past, nobody waits."""
    past = meeting.attendance.over and attending is Attending.SILENT
    return UNANSWERED if past else ATTENDING[attending].phrase


def _with_merit(told: str, meeting: Meeting, line: GuestLine) -> str:
    """Return what is told of a guest, with who of it is commended and invited with it."""
    return "; ".join(filter(None, (told, meeting.merit_of(line.guest))))


def _say_person(line: GuestLine) -> str:
    """Return who comes, of who has said so; of who does not come, why."""
    if line.reply is None or not line.comes:
        return line.reply.note if line.reply else ""
    return ", ".join(filter(None, (line.person or line.unnamed, line.post)))


def _seated(place: str, line: GuestLine) -> str:
    _, seat, number = place.rpartition("ghế ")
    return f"{number}. {line.guest.name}" if seat else line.guest.name


def _grouped(lines: Iterable[GuestLine], row: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a function of a line
    numbered = list(enumerate(lines, 1))
    groups = groupby(numbered, key=lambda pair: pair[1].guest.heading)
    found: list[dict[str, Any]] = []
    for heading, pairs in groups:
        rows = [{"number": number, **row(line)} for number, line in pairs]
        again = any(each["name"] == heading for each in found)  # the protocol has others between them
        found.append({"name": f"{heading} (tiếp theo)" if again else heading, "count": len(rows), "rows": rows})
    return found


def _list(template: str, meeting: Meeting, at: datetime, **more: Any) -> bytes:  # noqa: ANN401 - a template's fields
    return render(template, {"head": meeting.head(ATTACHMENT), "as_of": format_moment(at), **meeting.fields, **more})
