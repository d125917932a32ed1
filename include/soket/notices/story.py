"""One notice's whole story: what was owed, each try and what came of it, how it ended, what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage

from soket.notices.claims import shown
from soket.notices.ledger import NoticeState, read_end, read_intent, states
from soket.notices.lines import Entry, entries
from soket.notices.notice import message_id
from soket.notices.reports.outcome import reports_of
from soket.notices.reports.reasons import say_reported
from soket.notices.trail import Hold, hold_key, read_failure
from soket.notices.words import FATES
from soket.record.seal import read_seal
from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError

_SPOILT = "bản ghi bị hỏng"
_UNREADABLE = "(bản thư trong sổ bị hỏng, không đọc được)"
_SPOILT_TEXT = (LookupError, ValueError, MessageError)  # an encoding nobody knows, bytes that are none of its text


class Event(Record):
    """Something that happened to a notice."""

    at: datetime  # campaign time
    what: str
    note: str = ""


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with a message."""

    name: str
    data: bytes


class Story(Record):
    """All there is to know of a notice."""

    entry: Entry
    message_id: str
    events: tuple[Event, ...]
    subject: str = ""  # of the message, as it went out or would now
    text: str = ""
    attachments: tuple[str, ...] = ()


def tell(workspace: Workspace, name: str) -> Story:
    """Return the story of a notice, named by its id, its Message-ID or the ENVID of a delivery report.

    Raises MissingObjectError where there is none.
    """
    state = _find(workspace, name)
    (entry,) = entries(workspace, [state])
    story = Story(
        entry=entry,
        message_id=message_id(workspace.plan, workspace.campaign.code, state.id, read_seal(workspace.store)),
        events=tuple(_events(workspace, state, entry)),
    )
    words = shown(workspace, state.id)
    if words is None:
        return story
    message = parse(words)
    return story.model_copy(
        update={
            "subject": named(message, "Subject") or _UNREADABLE,
            "text": _content(message, "plain").replace("\r\n", "\n") or _UNREADABLE,
            "attachments": tuple(each.name for each in enclosed(message)),
        }
    )


def parse(data: bytes) -> EmailMessage:
    """Return a message as it went out, to be read."""
    return message_from_bytes(data, policy=policy.default)


def named(message: EmailMessage, header: str) -> str:
    """Return whom a header names; empty where the message lacks it.

    The header as it was written: the new policy's parser leaves a space between the encoded words of one long name.
    """
    written = "".join(str(dict(message.raw_items()).get(header, "")).splitlines())
    try:
        return str(make_header(decode_header(written)))
    except _SPOILT_TEXT:
        return written.encode(errors="replace").decode()


def enclosed(message: EmailMessage) -> list[Enclosed]:
    """Return the files that go with a message."""
    parts = [(part.get_filename() or "tep", part.get_payload(decode=True)) for part in message.iter_attachments()]
    return [Enclosed(name, data if isinstance(data, bytes) else b"") for name, data in parts]


def page_of(message: EmailMessage) -> str:
    """Return what a message shows as a page; empty where it has only text."""
    return _content(message, "html")


def _content(message: EmailMessage, kind: str) -> str:
    """Return a message's text of a kind; empty where it has none that can be read."""
    with suppress(*_SPOILT_TEXT):
        if body := message.get_body((kind,)):
            return str(body.get_content())
    return ""


def _find(workspace: Workspace, name: str) -> NoticeState:
    known = states(workspace)
    if name in known:
        return known[name]
    wanted, seal = name.strip("<>"), read_seal(workspace.store)
    for state in sorted(known.values(), key=lambda state: state.id, reverse=True):  # of one mail's words, the newest
        if message_id(workspace.plan, workspace.campaign.code, state.id, seal).strip("<>") == wanted:
            return state
    raise MissingObjectError(name)


def _events(workspace: Workspace, state: NoticeState, entry: Entry) -> list[Event]:
    """Return what happened to a notice, in turn.

    A listing's moments are cut to the second, which in a replay is hours: what came after is shown as late at least.
    """
    told: list[Event] = []
    for event in _course(workspace, state, entry):
        told.append(event.model_copy(update={"at": max(event.at, told[-1].at)}) if told else event)
    return sorted([*told, *_holds(workspace, state)], key=lambda event: event.at)


def _course(workspace: Workspace, state: NoticeState, entry: Entry) -> Iterator[Event]:
    """Yield what happened, one thing after the other, each at the time that was written down."""
    seen = workspace.clock.campaign_time
    because = ""
    with suppress(MissingObjectError, ValueError):
        because = read_intent(workspace, state.id).because
    yield Event(at=entry.posted_at, what="lập thư", note=because)
    for number in sorted({*state.sendings, *state.failures}):
        if number in state.sendings:
            yield Event(at=seen(state.sendings[number]), what=f"gửi lần {number}")
        if number in state.failures:
            note = _SPOILT
            with suppress(MissingObjectError, ValueError):
                failure = read_failure(workspace, state.id, number)
                note = "; ".join([failure.reason, *_taken(failure.delivered)])
            yield Event(at=seen(state.failures[number]), what=f"lần {number} chưa được", note=note)
    if state.ending and state.ended:
        at, note = seen(state.ended), _SPOILT
        with suppress(MissingObjectError, ValueError):
            end = read_end(workspace, state.id, state.ending)
            at, note = end.at, "; ".join(filter(None, [end.note, *_taken(end.delivered)]))
        yield Event(at=at, what=FATES[state.ending].phrase, note=note)
    for report in reports_of(workspace, state.id, state.said):
        yield Event(at=report.at, what=FATES[report.outcome].phrase, note=say_reported(report))


def _taken(addresses: Iterable[str]) -> list[str]:
    """Return that a server took a mail for each address, which is not that it arrived."""
    return [f"máy chủ nhận thư gửi {each}" for each in addresses]


def _holds(workspace: Workspace, state: NoticeState) -> Iterator[Event]:
    for day in state.holds:
        with suppress(MissingObjectError, ValueError):
            hold = Hold.model_validate_json(workspace.store.get(hold_key(workspace, state.id, day)))
            yield Event(at=hold.at, what="để sang ngày khác", note=hold.reason)
