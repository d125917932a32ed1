"""What would go to whom if the monitor ran at a moment: the real thing, on a bucket that keeps nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from email import message_from_bytes, policy
from typing import Literal

from soket.clock import Clock
from soket.notices.claims import shown
from soket.notices.delivery import deliver
from soket.notices.ledger import Ending, states
from soket.notices.lines import Entry, entries
from soket.notices.notice import Kind
from soket.notices.senders import RecordingSender
from soket.notices.words import FATES
from soket.record.workspace import Workspace
from soket.stages.monitor import chase, digest
from soket.store.overlay import OverlayStore
from soket.store.record import Record
from soket.text import Word

Coming = Literal["goes", "waits", "withdrawn", "suppressed"]

COMING: dict[Coming, Word] = {
    "goes": Word("gửi"),
    "waits": Word("chờ"),
    "withdrawn": FATES[Ending.WITHDRAWN],
    "suppressed": FATES[Ending.SUPPRESSED],
}


class Prospect(Record):
    """What would become of one notice."""

    id: str
    kind: Kind
    addressee: str
    to: tuple[str, ...]
    subject: str
    outcome: Coming
    new: bool  # the monitor would post it; else it is in the outbox already
    note: str


@dataclass(frozen=True)
class _StandingClock:
    """A clock that stands at a moment and reads other times as the one it was made from."""

    clock: Clock
    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def campaign_time(self, real: datetime) -> datetime:
        return self.clock.campaign_time(real)

    def real_time(self, campaign: datetime) -> datetime:
        return self.clock.real_time(campaign)

    def to_env(self) -> str:
        return self.clock.to_env()


def rehearse(workspace: Workspace, at: datetime | None = None) -> list[Prospect]:
    """Return what would go out, wait or be withdrawn at a campaign moment (now unless told); writes nothing."""
    clock = _StandingClock(workspace.clock, at or workspace.now)

    def real() -> datetime:
        return clock.real_time(clock.moment)

    before = {notice for notice, state in states(workspace).items() if state.ending is None}
    known = set(states(workspace))
    there = replace(workspace, store=OverlayStore(workspace.store, real), clock=clock)
    chase(there)
    digest(there)
    deliver(there, RecordingSender(), now=real)
    touched = [state for notice, state in states(there).items() if notice in before or notice not in known]
    return [_prospect(there, entry, new=entry.id not in known) for entry in entries(there, touched)]


def _prospect(workspace: Workspace, entry: Entry, *, new: bool) -> Prospect:
    outcome: Coming = "waits"
    if entry.state in (Ending.SENT, Ending.PARTLY):
        outcome = "goes"
    elif entry.state is Ending.WITHDRAWN:
        outcome = "withdrawn"
    elif entry.state is Ending.SUPPRESSED:
        outcome = "suppressed"
    return Prospect(
        id=entry.id,
        kind=entry.kind,
        addressee=entry.addressee,
        to=entry.to,
        subject=subject_of(workspace, entry.id),
        outcome=outcome,
        new=new,
        note=entry.note,
    )


def subject_of(workspace: Workspace, notice: str) -> str:
    """Return the subject of a notice as it was written, or would be now."""
    return str(message_from_bytes(shown(workspace, notice) or b"", policy=policy.default)["Subject"] or "")
