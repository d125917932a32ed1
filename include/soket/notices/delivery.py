"""Sends what waits in the outbox, in one mail session.

Two deliveries at once: each try is claimed by creating an object, the first by the mail's message, a later one by
`attempts/<k>.json` (`claims`), so for one k only one of them sends. A try with no outcome belongs to whoever claimed it
until its lease is over; the lease is longer than a mail session can hang on one message, so only the dead lose it.
Before a second or later try the ledger is asked once more whether the mail went out meanwhile. What remains is a
process frozen for longer than the lease in the middle of a message: that one mail may go out twice, with the same
Message-ID.

Back-off and leases are real time, as the store tells it: a mail server does not live in campaign time, and the clocks
of two machines may differ.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from soket.notices.alerts import spoilt_notice
from soket.notices.attempt import attempt
from soket.notices.invitations import why_past
from soket.notices.ledger import LEASE, Ending, NoticeState, read_intent, real_now, states
from soket.notices.limits import Gate, Readers, StoreClock
from soket.notices.notice import Kind
from soket.notices.outbox import mark_suppressed, post, supersede, withdraw
from soket.notices.readers import readdressed, say_change
from soket.notices.senders import MailServerError, Sender
from soket.notices.timely import RENEWALS, Renewal, has_to_wait, is_quiet, renewed
from soket.notices.trail import Hold, hold_key
from soket.record.keeping import keep_apart
from soket.record.one_time_codes import LIVES
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

log = logging.getLogger(__name__)

_SERVER_FAULTS = 2  # in a row: then it is the server, not a message it chokes on
_AT_WORK = timedelta(minutes=1)  # a claim older than this is probably of someone dead


@dataclass(frozen=True)
class Delivery:
    """What one delivery did."""

    sent: tuple[str, ...] = ()  # to all or some of its readers
    failed: tuple[str, ...] = ()  # for good
    waiting: int = 0  # still in the outbox: to be tried again, in someone else's hands, held or over a limit
    error: str | None = None  # why the mail server could not be used
    held: str | None = None  # why the rest was not tried: the switch, or the pace


@dataclass
class _Tally:
    sent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    error: str | None = None
    held: str | None = None

    @property
    def broken_off(self) -> bool:
        return self.error is not None or self.held is not None


def deliver(
    workspace: Workspace,
    sender: Sender,
    *,
    per_minute: int | None = None,
    patience: timedelta = timedelta(0),
    again: bool = False,
    lease: timedelta = LEASE,
    now: Callable[[], datetime] = real_now,
    renewals: Mapping[Kind, Renewal] = RENEWALS,
    pause: Callable[[float], None] = time.sleep,
) -> Delivery:
    """Try to send every waiting notice whose time has come: answers first, then the oldest.

    Waits for its turn where `per_minute` asks for it and, with `again`, for what a server put off; `patience` at most.
    Costs one listing, and reads only what it sends. In quiet hours, what chases or tells the news waits, and till
    morning what stages send; after them, what has waited is looked at anew by `renewals`. A server that is down is no
    exception: it is the outcome's `error`.
    """
    clock = StoreClock(workspace.store, now)
    gate = Gate(workspace.store, clock, pause, per_minute, patience)
    tally = _Tally()
    until = now() + patience
    while True:
        waiting = [state for state in _waiting(workspace) if not _is_over(workspace, state, clock)]
        waiting = renewed(workspace, waiting, clock, renewals, quiet=is_quiet(workspace))
        ready = [state for state in waiting if _is_ready(workspace, state, lease, clock)]
        ready = [state for state in ready if not has_to_wait(workspace, state)]
        ready.sort(key=lambda state: (not state.kind.answers, state.posted, state.id))
        left = len(waiting) - (_Postman(workspace, gate, clock, lease, tally).send_all(sender, ready) if ready else 0)
        wait = _until_next(_waiting(workspace), lease, clock) if again and left and not tally.broken_off else None
        if wait is None or now() + wait > until:
            return Delivery(tuple(tally.sent), tuple(tally.failed), left, tally.error, tally.held)
        pause(wait.total_seconds())


def _waiting(workspace: Workspace) -> list[NoticeState]:
    return [state for state in states(workspace).values() if state.ending is None]


def _is_over(workspace: Workspace, state: NoticeState, clock: StoreClock) -> bool:
    """Withdraw a code that opens nothing any more, or what outlived its campaign; return whether that was done."""
    if state.kind.secret and state.posted is not None and clock() - state.posted >= LIVES:
        return withdraw(workspace, state, "mã hết hạn khi chưa gửi được", clock())
    ended = state.kind.momentary and workspace.is_over
    return ended and withdraw(workspace, state, "đợt đã kết thúc", clock())


def _is_ready(workspace: Workspace, state: NoticeState, lease: timedelta, clock: StoreClock) -> bool:
    at = state.ready_at(lease)
    if (at is not None and at > clock()) or workspace.now.date() in state.holds:
        return False
    return not (state.kind.momentary and state.is_outdated(workspace))


def _until_next(waiting: list[NoticeState], lease: timedelta, clock: StoreClock) -> timedelta | None:
    """Return how long until something can be tried that was put off, or was left by somebody dead; None: nothing is."""
    moments = [
        at
        for state in waiting
        if (at := state.ready_at(lease)) is not None
        and at > clock()
        and (state.last_try in state.failures or clock() > state.tries[state.last_try] + _AT_WORK)
    ]
    return min(moments) - clock() if moments else None


class _Postman:
    """Sends a batch in one session."""

    def __init__(self, workspace: Workspace, gate: Gate, clock: StoreClock, lease: timedelta, tally: _Tally) -> None:
        self.workspace = workspace
        self.gate = gate
        self.clock = clock
        self.lease = lease
        self.tally = tally
        self.readers = Readers(workspace)

    def send_all(self, sender: Sender, batch: list[NoticeState]) -> int:
        """Send a batch until a server fault or the gate breaks it off; return how many notices came to an end."""
        self.tally.held = self.gate.closed()
        if self.tally.held:
            return 0
        faults = ended = 0
        try:
            with sender as session:
                for number, state in enumerate(batch):
                    if has_to_wait(self.workspace, state):
                        continue  # night fell over the batch
                    if number and (closed := self.gate.closed()):
                        self.tally.held = closed
                        break
                    try:
                        ended += self._send_one(session, state)
                        faults = 0
                    except MailServerError as error:
                        log.warning("notice %s: %s", state.id, error)
                        faults += 1
                        if faults == _SERVER_FAULTS:
                            self.tally.error = str(error)
                            break
        except MailServerError as error:
            log.warning("no mail session: %s", error)
            self.tally.error = str(error)
        return ended

    def _send_one(self, session: Sender, state: NoticeState) -> bool:
        """Try to send one notice; return whether it came to an end."""
        try:
            intent = read_intent(self.workspace, state.id)
        except (MissingObjectError, ValueError):
            self._set_apart(state)
            return False
        if intent.suppressed:  # whoever posted it died before saying so in the listing
            mark_suppressed(self.workspace, intent)
            return True
        if past := why_past(self.workspace, intent.notice):
            return withdraw(self.workspace, state, f"chưa kịp gửi thì {past}", self.clock())
        if new := readdressed(self.workspace, state, intent):
            if not supersede(self.workspace, state, new, say_change(intent.notice, new), self.clock()):
                return False
            state, intent = NoticeState(new.id, posted=self.clock()), read_intent(self.workspace, new.id)
        if too_much := self.readers.too_much_for(intent.notice):
            self._hold(state, too_much)
            return False
        ending = attempt(self.workspace, session, state, intent, self.readers, self.lease, self.clock)
        if ending in (Ending.SENT, Ending.PARTLY):
            self.tally.sent.append(state.id)
        elif ending is Ending.FAILED:
            self.tally.failed.append(state.id)
        return ending is not None

    def _set_apart(self, state: NoticeState) -> None:
        """Clear the place of an intent that cannot be read: whoever owes the notice posts it anew, and nobody twice."""
        key = self.workspace.keys.notice(state.id, "intent.json")
        for entry in (each for each in self.workspace.store.list(key) if each.key == key):
            done = "để riêng; thư còn phải gửi thì tự soạn lại"
            post(self.workspace, spoilt_notice(self.workspace, {key: done}), suppressed=self.workspace.silent)
            keep_apart(self.workspace.store, entry)

    def _hold(self, state: NoticeState, reason: str) -> None:
        now = self.workspace.now
        self.workspace.store.create(
            hold_key(self.workspace, state.id, now.date()), Hold(at=now, reason=reason).to_json()
        )
