"""What became of every notice, told by one listing of the bucket.

A notice's folder holds, each written once:

    intent.json              it is owed: to whom, with which facts
    message.eml              as it goes out, byte for byte
    attempts/<k>.json        someone is trying for the k-th time
    attempts/<k>-failed.json that try failed, and why
    sent.json | failed.json | withdrawn.json | suppressed.json     how it ended

Names and times of these objects are all that decides what happens next, so nothing is read but what is to be sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Literal

from pydantic import Field

from soket.campaign.records import Record
from soket.campaign.workspace import Workspace
from soket.notices.notice import Kind, Notice, kind_of

LEASE = timedelta(minutes=5)  # longer than a mail session can hang on one message

_READERS = 8


class Ending(StrEnum):
    """How a notice ended, in the order that counts where two are written at once."""

    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    WITHDRAWN = "withdrawn"


_ENDINGS = frozenset(each.value for each in Ending)


class Intent(Record):
    """That a notice is owed; written first, and enough to write the mail from."""

    notice: Notice
    posted_at: datetime  # campaign time
    suppressed: str | None = None  # why it is not to be sent


class Attempt(Record):
    """That someone is trying to send a notice."""

    at: datetime  # real time


class Failure(Record):
    """That a try failed, wholly or for some addresses."""

    at: datetime  # real time
    reason: str
    delivered: tuple[str, ...] = ()  # addresses that did get it
    refused: dict[str, str] = Field(default_factory=dict)  # addresses that never will


class End(Record):
    """How a notice ended, and why."""

    ending: Ending
    at: datetime  # campaign time
    real_at: datetime
    note: str = ""
    message_id: str | None = None
    delivered: tuple[str, ...] = ()
    refused: dict[str, str] = Field(default_factory=dict)


@dataclass
class State:
    """A notice as the listing shows it; times are real."""

    id: str
    posted: datetime | None = None
    written: bool = False  # message.eml is there
    tries: dict[int, datetime] = field(default_factory=dict)
    failures: dict[int, datetime] = field(default_factory=dict)
    endings: set[Ending] = field(default_factory=set)

    @property
    def kind(self) -> Kind:
        """The notice's kind."""
        return kind_of(self.id)

    @property
    def ending(self) -> Ending | None:
        """How it ended; None while it waits."""
        return next((each for each in Ending if each in self.endings), None)

    @property
    def last_try(self) -> int:
        """The number of the latest try, 0 before the first."""
        return max(self.tries, default=0)

    def ready_at(self, lease: timedelta) -> datetime | None:
        """Return the real moment from which it may be tried again; None: at once.

        A try that neither failed nor ended belongs to someone who may still be at it: until the lease is over.
        """
        last = self.last_try
        if last == 0:
            return None
        if last in self.failures:
            return self.failures[last] + back_off(last)
        return self.tries[last] + lease

    def is_held(self, lease: timedelta, moment: datetime) -> bool:
        """Whether someone may be sending it just now."""
        last = self.last_try
        return last > 0 and last not in self.failures and moment < self.tries[last] + lease


def real_now() -> datetime:
    """Return the present real moment: mail servers, leases and back-off do not live in campaign time."""
    return datetime.now(UTC)


def back_off(tries: int) -> timedelta:
    """Return how long to wait after so many failed tries: 20 s, four times longer each time, at most 4 hours."""
    return timedelta(seconds=min(20 * 4.0 ** (tries - 1), 4 * 3600))


def states(workspace: Workspace) -> dict[str, State]:
    """Return every notice of the campaign by id, from one listing and nothing else."""
    prefix = workspace.keys.notices
    found: dict[str, State] = {}
    for entry in workspace.store.list(prefix):
        notice, _, name = entry.key.removeprefix(prefix).partition("/")
        state = found.setdefault(notice, State(notice))
        stem = name.removesuffix(".json")
        if name == "intent.json":
            state.posted = entry.last_modified
        elif name == "message.eml":
            state.written = True
        elif stem in _ENDINGS:
            state.endings.add(Ending(stem))
        elif name.startswith("attempts/"):
            number, _, failed = stem.removeprefix("attempts/").partition("-")
            (state.failures if failed else state.tries)[int(number)] = entry.last_modified
    return {notice: state for notice, state in found.items() if state.posted is not None}


def read_intent(workspace: Workspace, notice: str) -> Intent:
    """Return a notice's intent."""
    return Intent.model_validate_json(workspace.store.get(workspace.keys.notice(notice, "intent.json")))


def claim_try(workspace: Workspace, notice: str, number: int, moment: datetime) -> bool:
    """Claim the n-th try of a notice; return whether it is ours."""
    key = workspace.keys.notice(notice, f"attempts/{number}.json")
    return workspace.store.create(key, Attempt(at=moment).to_json())


def read_end(workspace: Workspace, notice: str, ending: Ending) -> End:
    """Return the record of how a notice ended."""
    return End.model_validate_json(workspace.store.get(workspace.keys.notice(notice, f"{ending}.json")))


def write_end(workspace: Workspace, notice: str, end: End) -> bool:
    """Record how a notice ended; return whether this call did."""
    return workspace.store.create(workspace.keys.notice(notice, f"{end.ending}.json"), end.to_json())


class Entry(Record):
    """One line of the ledger, for people and for `--json`."""

    id: str
    kind: Kind
    addressee: str
    to: tuple[str, ...]
    posted_at: datetime
    state: Ending | Literal["waiting"]
    tries: int
    note: str = ""  # why it failed, was withdrawn or is not sent
    at: datetime | None = None  # campaign time it ended


def entries(workspace: Workspace, known: Iterable[State] | None = None) -> list[Entry]:
    """Return the ledger, by time of posting; reads the records of each notice (or of those given)."""
    listed = states(workspace).values() if known is None else known
    with ThreadPoolExecutor(_READERS) as pool:
        lines = list(pool.map(lambda state: _entry(workspace, state), listed))
    return sorted(lines, key=lambda line: (line.posted_at, line.id))


def _entry(workspace: Workspace, state: State) -> Entry:
    intent = read_intent(workspace, state.id)
    end = read_end(workspace, state.id, state.ending) if state.ending else None
    note = end.note if end else intent.suppressed or ""
    if not end and state.last_try in state.failures:
        key = workspace.keys.notice(state.id, f"attempts/{state.last_try}-failed.json")
        note = Failure.model_validate_json(workspace.store.get(key)).reason
    return Entry(
        id=state.id,
        kind=state.kind,
        addressee=intent.notice.addressee,
        to=intent.notice.addresses,
        posted_at=intent.posted_at,
        state=state.ending or "waiting",
        tries=state.last_try,
        note=note,
        at=end.at if end else None,
    )
