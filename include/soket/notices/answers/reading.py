"""Reads a mail, or a calendar file alone, as an answer to an invitation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

from icalendar import Calendar

from soket.documents.registration import FORM_TYPES
from soket.notices.answers.words import is_away, is_by_machine, own_words
from soket.reading.kinds import extension_of
from soket.record.attendance import Attending

_CALENDAR = "text/calendar"
_OURS = re.compile(r"[0-9a-f]{32}@[A-Za-z0-9.-]+[A-Za-z0-9]")  # the shape of our Message-IDs, without brackets
_SAID = {
    "ACCEPTED": Attending.COMES,
    "DECLINED": Attending.ABSENT,
    "TENTATIVE": Attending.UNSURE,
    "DELEGATED": Attending.DEPUTY,
}
_LONGEST_COMMENT = 300


@dataclass(frozen=True)
class CalendarAnswer:
    """What a calendar answers (iTIP, METHOD:REPLY)."""

    uid: str
    sequence: int | None  # of the invitation it answers
    attending: Attending | None  # None where it says something else
    at: datetime | None
    deputy: str = ""
    note: str = ""


@dataclass(frozen=True)
class MailedAnswer:
    """A mail, as far as it may be an answer."""

    own_id: str
    at: datetime | None
    sender: str
    subject: str
    about: frozenset[str]  # Message-IDs of ours that it answers
    calendars: tuple[CalendarAnswer, ...]
    forms: tuple[tuple[str, bytes], ...]  # attached Word files: name and content
    words: str = ""  # that somebody wrote

    @property
    def may_be_report(self) -> bool:
        """Whether it is words alone, as servers' reports are too."""
        return not self.calendars and not self.forms


def may_be_answer(headers: Message, structure: bytes = b"") -> bool:
    """Whether a mail of these headers, and of parts as IMAP tells them, may be an answer; others are left unread."""
    if "X-Soket-Notice" in headers:  # our own mail
        return False
    if headers.get_content_type() == _CALENDAR or b'"CALENDAR"' in structure.upper():
        return True
    return headers.get_content_maintype() in ("multipart", "text") and bool(_about(headers))


def read_answer(data: bytes) -> MailedAnswer | None:
    """Return what a mail answers; None where it answers nothing."""
    if data.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        found = tuple(_answers_in(data))
        return MailedAnswer("", None, "", "", frozenset(), found, ()) if found else None
    message = message_from_bytes(data)
    if "X-Soket-Notice" in message:
        return None
    calendars = [
        answer
        for part in message.walk()
        if part.get_content_type() in (_CALENDAR, "application/ics")
        for answer in _answers_in(_bytes(part))
    ]
    forms = [
        (name, _bytes(part))
        for part in message.walk()
        if (name := _text(part.get_filename())) and extension_of(name) in FORM_TYPES
    ]
    about = _about(message)
    subject = _text(message["Subject"])
    words = own_words(message) if about and not (is_by_machine(message) or is_away(subject)) else ""
    if not calendars and not (about and (forms or words)):
        return None
    unique = tuple(dict.fromkeys(calendars))  # the same answer is often there twice, as a part and attached
    own_id, sender = _text(message["Message-ID"]).strip("<> "), _text(message["From"])
    return MailedAnswer(own_id, _sent(message), sender, subject, about, unique, tuple(forms), words)


def _answers_in(data: bytes) -> Iterator[CalendarAnswer]:
    """Yield what a calendar answers; nothing of one that asks, is broken or is no calendar."""
    with suppress(ValueError, IndexError, KeyError, TypeError):
        calendar = Calendar.from_ical(data)
        if str(calendar.get("method", "")).upper() != "REPLY":
            return
        for event in calendar.walk("VEVENT"):
            attendees = event.get("attendee", [])
            for attendee in attendees if isinstance(attendees, list) else [attendees]:
                yield _answer(event, attendee)


def _answer(event: Any, attendee: Any) -> CalendarAnswer:  # noqa: ANN401 - icalendar's own
    said = str(attendee.params.get("PARTSTAT", "")).upper()
    stamp = event.get("dtstamp")
    at = stamp.dt if stamp is not None else None
    deputy = str(attendee.params.get("DELEGATED-TO", "")).strip('"').removeprefix("mailto:")
    sequence = event.get("sequence")
    comment = event.get("comment", "")
    return CalendarAnswer(
        uid=str(event.get("uid", "")),
        sequence=int(sequence) if sequence is not None else None,
        attending=_SAID.get(said),
        at=at if isinstance(at, datetime) and at.tzinfo else None,
        deputy=deputy if said == "DELEGATED" else "",
        note=" ".join(map(str, comment) if isinstance(comment, list) else [str(comment)])[:_LONGEST_COMMENT],
    )


def _about(message: Message) -> frozenset[str]:
    told = " ".join(_text(message.get(name)) for name in ("In-Reply-To", "References"))
    return frozenset(_OURS.findall(told))


def _sent(message: Message) -> datetime | None:
    with suppress(ValueError, TypeError):
        sent = parsedate_to_datetime(_text(message["Date"]))
        return sent if isinstance(sent, date) and sent.tzinfo else None
    return None


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(value: object) -> str:
    """Return a header as text, whatever was put there."""
    if value is None:
        return ""
    try:
        return str(make_header(decode_header(str(value))))
    except (ValueError, LookupError):
        return str(value)
