"""The ledger line by line, as people and programs read it: the records of each notice are read for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import cast

from soket.notices.ledger import Ending, Fate, Intent, NoticeState, read_end, read_intent, real_now, states
from soket.notices.notice import Kind, Notice, ascii_address
from soket.notices.reports.outcome import Outcome, reports_of
from soket.notices.reports.reasons import say_reported
from soket.notices.switch import held_by
from soket.notices.trail import Hold, hold_key, read_failure
from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError

_READERS = 8


class Entry(Record):
    """One line of the ledger, for people and for `--json`."""

    id: str
    kind: Kind
    addressee: str
    to: tuple[str, ...]
    posted_at: datetime
    state: Fate
    tries: int
    note: str = ""  # why it waits, failed, came back, was withdrawn or is not sent
    undelivered: tuple[str, ...] = ()  # addresses that did not or never will get it
    at: datetime | None = None  # campaign time it ended
    about: str = ""  # what was handed in that it answers
    late: tuple[str, ...] = ()  # the units that it names to those above them


def entries(workspace: Workspace, known: Iterable[NoticeState] | None = None) -> list[Entry]:
    """Return the ledger, by time of posting; reads the records of each notice (or of those given)."""
    listed = list(states(workspace).values() if known is None else known)
    held = held_by(workspace.store) if any(state.ending is None for state in listed) else None
    with ThreadPoolExecutor(_READERS) as pool:
        lines = list(pool.map(lambda state: _entry(workspace, state, str(held) if held else ""), listed))
    return sorted(lines, key=lambda line: (line.posted_at, line.id))


def _entry(workspace: Workspace, state: NoticeState, held: str) -> Entry:
    try:
        intent = read_intent(workspace, state.id)
        end = read_end(workspace, state.id, state.ending) if state.ending else None
        waits = "" if end else held or _why_waiting(workspace, state, intent)
    except (MissingObjectError, ValueError):
        return _spoilt_entry(workspace, state)
    addresses = intent.notice.addresses
    got = {address.casefold() for address in end.delivered} if end else set()
    missed = state.ending in (Ending.FAILED, Ending.PARTLY)
    reports = reports_of(workspace, state.id, state.said) if state.outcome in (Outcome.BOUNCED, Outcome.DELAYED) else ()
    back = {each.address for each in reports if each.outcome is Outcome.BOUNCED}
    notes = [end.note if end else waits]
    notes += [say_reported(each) for each in reports if each.outcome is not Outcome.DELIVERED]
    return Entry(
        id=state.id,
        kind=state.kind,
        addressee=intent.notice.addressee,
        to=addresses,
        posted_at=intent.posted_at,
        state=state.fate,
        tries=max(state.sendings, default=0),
        note="; ".join(filter(None, notes)),
        undelivered=tuple(
            each for each in addresses if each in back or (missed and ascii_address(each).casefold() not in got)
        ),
        at=end.at if end else None,
        about=_about(intent.notice),
        late=_late(intent.notice),
    )


def _about(notice: Notice) -> str:
    """Return what an answer to something handed in answers; "" of other mail."""
    told = notice.context
    if notice.kind not in (Kind.RECEIPT, Kind.RETURN) or not told.get("sent"):
        return ""
    return f"{told['sent']}, lần nộp {told['number']}"


def _late(notice: Notice) -> tuple[str, ...]:
    """Return the units that an escalation to an office names; those to a unit's own head are the unit's."""
    rows = cast("Sequence[Mapping[str, str]]", notice.context.get("late_units") or ())
    return tuple(row["code"] for row in rows if "code" in row)


def _spoilt_entry(workspace: Workspace, state: NoticeState) -> Entry:
    """Return what the listing alone tells of a notice whose records cannot be read."""
    tell = workspace.clock.campaign_time
    return Entry(
        id=state.id,
        kind=state.kind,
        addressee=state.id.split(".")[1],
        to=(),
        posted_at=tell(state.posted or real_now()),
        state=state.fate,
        tries=max(state.sendings, default=0),
        note="bản ghi của thư này bị hỏng",
        at=tell(state.ended) if state.ended else None,
    )


def _why_waiting(workspace: Workspace, state: NoticeState, intent: Intent) -> str:
    today = workspace.now.date()
    if today in state.holds:
        return Hold.model_validate_json(workspace.store.get(hold_key(workspace, state.id, today))).reason
    if state.last_try in state.failures:
        return read_failure(workspace, state.id, state.last_try).reason
    return intent.suppressed or ""
