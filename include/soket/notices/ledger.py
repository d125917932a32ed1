"""What became of every notice, told by one listing of the bucket.

A notice's folder holds, each written once:

    intent.json              it is owed: to whom, with which facts
    message.eml              someone has it in hand for the first time: as it goes out, byte for byte; of a secret mail,
                             with what it hides
    attempts/<k>.json        someone is trying for the k-th time, from the second on
    attempts/<k>-failed.json that try failed, and why
    holds/<day>.json         its reader has had enough mail for that day
    reports/<outcome>-<k>-of-<n>.json   what a server said later became of it for its k-th recipient
    sent.json | partly.json | failed.json | withdrawn.json | suppressed.json     how it ended

Names and times of these objects are all that decides what happens next, so nothing is read but what is to be sent.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from pydantic import Field

from soket.notices.notice import CHASING, Kind, Notice, kind_of
from soket.notices.reports.outcome import Outcome, Said, outcome_of, parse_name
from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError

LEASE = timedelta(minutes=5)  # longer than a mail session can hang on one message


class Ending(StrEnum):
    """How a notice ended, in the order that counts where two are written at once."""

    SENT = "sent"
    PARTLY = "partly"  # some addresses never will get it
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    WITHDRAWN = "withdrawn"


_ENDINGS = frozenset(each.value for each in Ending)


class Intent(Record):
    """That a notice is owed; written first, and enough to write the mail from."""

    notice: Notice
    posted_at: datetime  # campaign time
    suppressed: str | None = None  # why it is not to be sent
    readers: dict[str, str] = Field(default_factory=dict)  # whose each address was: «h_mot.head»
    because: str = ""  # why it stands in another's place


class End(Record):
    """How a notice ended, and why."""

    ending: Ending
    at: datetime  # campaign time
    real_at: datetime
    note: str = ""
    message_id: str | None = None
    delivered: tuple[str, ...] = ()
    refused: dict[str, str] = Field(default_factory=dict)


Fate = Ending | Outcome | Literal["waiting"]  # once a relay had it, what servers reported counts


@dataclass
class NoticeState:
    """A notice as the listing shows it; times are real."""

    id: str
    posted: datetime | None = None
    tries: dict[int, datetime] = field(default_factory=dict)
    failures: dict[int, datetime] = field(default_factory=dict)
    holds: set[date] = field(default_factory=set)
    endings: set[Ending] = field(default_factory=set)
    ended: datetime | None = None
    said: set[Said] = field(default_factory=set)  # by servers, of its recipients

    @property
    def kind(self) -> Kind:
        """The notice's kind."""
        return kind_of(self.id)

    @property
    def ending(self) -> Ending | None:
        """How it ended; None while it waits."""
        return next((each for each in Ending if each in self.endings), None)

    @property
    def outcome(self) -> Outcome | None:
        """What servers reported of it; None while nothing, or not of every recipient that it was delivered."""
        return outcome_of(self.said) if self.ending in (Ending.SENT, Ending.PARTLY) else None

    @property
    def fate(self) -> Fate:
        """Where it stands."""
        # Of PARTLY, some never will get it, whatever became of the others.
        graver = self.ending is not Ending.PARTLY or self.outcome is Outcome.BOUNCED
        return (self.outcome if graver else None) or self.ending or "waiting"

    @property
    def last_try(self) -> int:
        """The number of the latest try, 0 before the first."""
        return max((*self.tries, *self.failures), default=0)

    @property
    def sendings(self) -> dict[int, datetime]:
        """The tries to send it; whoever suppressed or withdrew it claimed one like a sender, and sent nothing."""
        if self.ending is Ending.SUPPRESSED:
            return {}
        if self.ending is not Ending.WITHDRAWN or self.last_try in self.failures:
            return self.tries
        return {number: at for number, at in self.tries.items() if number != self.last_try}

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

    def is_outdated(self, workspace: Workspace) -> bool:
        """Whether it speaks of an earlier day: then the monitor's next run, not a delivery, says what becomes of it."""
        if self.posted is None or not self.kind.momentary:
            return False
        return workspace.clock.campaign_time(self.posted).date() < workspace.now.date()

    def is_claimed(self, lease: timedelta, moment: datetime) -> bool:
        """Whether someone may be sending it just now."""
        last = self.last_try
        return last > 0 and last not in self.failures and moment < self.tries[last] + lease


def real_now() -> datetime:
    """Return the present real moment: mail servers, leases and back-off do not live in campaign time."""
    return datetime.now(UTC)


def back_off(tries: int) -> timedelta:
    """Return how long to wait after so many failed tries: 20 s, four times longer each time, at most 4 hours."""
    return timedelta(seconds=min(20 * 4.0 ** (tries - 1), 4 * 3600))


def states(workspace: Workspace, begins: str = "") -> dict[str, NoticeState]:
    """Return every notice of the campaign by id, or whose id begins so, from one listing and nothing else."""
    prefix = workspace.keys.notices
    found: dict[str, NoticeState] = {}
    for entry in workspace.store.list(prefix + begins):
        notice, _, name = entry.key.removeprefix(prefix).partition("/")
        state = found.setdefault(notice, NoticeState(notice))
        stem = name.removesuffix(".json")
        if name == "intent.json":
            state.posted = entry.last_modified
        elif name == "message.eml":
            state.tries.setdefault(1, entry.last_modified)  # of editions that wrote it before, attempts/1.json tells
        elif stem in _ENDINGS:
            state.endings.add(Ending(stem))
            state.ended = entry.last_modified
        elif report := parse_name(name):
            state.said.add(report)
        elif name.startswith("holds/"):
            state.holds.add(date.fromisoformat(stem.removeprefix("holds/")))
        elif name.startswith("attempts/"):
            number, _, failed = stem.removeprefix("attempts/").partition("-")
            (state.failures if failed else state.tries)[int(number)] = entry.last_modified
    return {notice: state for notice, state in found.items() if state.posted is not None}


def last_reminders(notices: Iterable[NoticeState], kinds: Collection[Kind] = CHASING) -> dict[str, NoticeState]:
    """Return the last mail that left and urges a unit, by its code: of any kind that does, or of some.

    When it left, its record says (`left_at`): the store's stamp is later, in a replay by hours.
    """
    left: dict[str, tuple[datetime, NoticeState]] = {}
    for notice in notices:
        if notice.kind in kinds and notice.ended and notice.ending in (Ending.SENT, Ending.PARTLY):
            addressee = notice.id.split(".")[1]
            if addressee not in left or left[addressee][0] < notice.ended:
                left[addressee] = notice.ended, notice
    return {addressee: notice for addressee, (_, notice) in left.items()}


def to_superiors(notices: Iterable[NoticeState], offices: Collection[str]) -> list[NoticeState]:
    """Return the escalations to offices that were not withdrawn: each names units below."""
    posted = (each for each in notices if each.kind is Kind.ESCALATION and each.ending is not Ending.WITHDRAWN)
    return [each for each in posted if each.id.split(".")[1] in offices]


def left_at(workspace: Workspace, notice: NoticeState) -> datetime | None:
    """Return when a mail ended, as its record says or, where that is spoilt, the store; None while it waits."""
    if notice.ending is None:
        return None
    try:
        return read_end(workspace, notice.id, notice.ending).at
    except (MissingObjectError, ValueError):
        return workspace.clock.campaign_time(notice.ended) if notice.ended else None


def read_intent(workspace: Workspace, notice: str) -> Intent:
    """Return a notice's intent; raise ValueError where it is spoilt, or another's."""
    key = workspace.keys.notice(notice, "intent.json")
    intent = Intent.model_validate_json(workspace.in_hand.take(workspace.store, key) or workspace.store.get(key))
    if intent.notice.id != notice:
        raise ValueError(f"{notice} holds the intent of {intent.notice.id}")
    return intent


def read_end(workspace: Workspace, notice: str, ending: Ending) -> End:
    """Return the record of how a notice ended."""
    return End.model_validate_json(workspace.store.get(workspace.keys.notice(notice, f"{ending}.json")))


def write_end(workspace: Workspace, notice: str, end: End) -> bool:
    """Record how a notice ended; return whether this call did."""
    return workspace.store.create(workspace.keys.notice(notice, f"{end.ending}.json"), end.to_json())
