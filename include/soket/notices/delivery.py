"""Sends what waits in the outbox, in one mail session.

Two deliveries at once: each try is claimed by creating `attempts/<k>.json`, so for one k only one of them sends. A try
with no outcome belongs to whoever claimed it until its lease is over; the lease is longer than a mail session can hang
on one message, so only the dead lose it. Before a second or later try the ledger is asked once more whether the mail
went out meanwhile. What remains is a process frozen for longer than the lease in the middle of a message: that one mail
may go out twice, with the same Message-ID.

Back-off and leases are real time, read from the objects' LastModified: a mail server does not live in campaign time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from soket.campaign.workspace import Workspace
from soket.notices.ledger import (
    LEASE,
    End,
    Ending,
    Failure,
    Intent,
    State,
    claim_try,
    read_end,
    read_intent,
    real_now,
    states,
    write_end,
)
from soket.notices.notice import message_id
from soket.notices.outbox import mark_suppressed, message_of, withdraw
from soket.notices.render import ascii_address
from soket.notices.senders import MailServerError, Refusal, Sender
from soket.notices.timely import chase, is_quiet, renewed
from soket.store.store import MissingObjectError

log = logging.getLogger(__name__)

GIVE_UP = timedelta(days=5)  # as mail servers do

_SERVER_FAULTS = 2  # in a row: then it is the server, not a message it chokes on


@dataclass(frozen=True)
class Delivery:
    """What one delivery did."""

    sent: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()  # for good
    waiting: int = 0  # still in the outbox: to be tried again, in someone else's hands, or over the limit
    error: str | None = None  # why the mail server could not be used


@dataclass
class _Tally:
    sent: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    suppressed: int = 0


def deliver(
    workspace: Workspace,
    sender: Sender,
    *,
    limit: int | None = None,
    lease: timedelta = LEASE,
    now: Callable[[], datetime] = real_now,
    renew: Callable[[Workspace], object] = chase,
) -> Delivery:
    """Try to send every waiting notice whose time has come, oldest first; at most `limit` of them.

    Costs one listing, and reads only what it sends. In quiet hours, what chases or tells the news waits. A server that
    is down is no exception: it is the outcome's `error`.
    """
    waiting = [state for state in states(workspace).values() if state.ending is None]
    if workspace.now >= workspace.campaign.end:
        waiting = [state for state in waiting if not _is_over(workspace, state, now())]
    quiet = is_quiet(workspace)
    if not quiet:
        waiting = renewed(workspace, waiting, now(), renew)
    ready = [state for state in waiting if (at := state.ready_at(lease)) is None or at <= now()]
    ready = [state for state in ready if not (quiet and state.kind.momentary)]
    ready.sort(key=lambda state: (state.posted, state.id))
    tally = _Tally()
    error = _send_all(workspace, sender, ready[:limit], now, tally) if ready[:limit] else None
    left = len(waiting) - len(tally.sent) - len(tally.failed) - tally.suppressed
    return Delivery(tuple(tally.sent), tuple(tally.failed), left, error)


def _is_over(workspace: Workspace, state: State, moment: datetime) -> bool:
    """Withdraw a reminder or digest that outlived its campaign; return whether that was done."""
    return state.kind.momentary and withdraw(workspace, state, "đợt đã kết thúc", moment)


def _send_all(
    workspace: Workspace, sender: Sender, batch: list[State], now: Callable[[], datetime], tally: _Tally
) -> str | None:
    """Send a batch; return why it was broken off, if it was."""
    faults = 0
    try:
        with sender as session:
            for state in batch:
                try:
                    _send_one(workspace, session, state, now, tally)
                    faults = 0
                except MailServerError as error:
                    log.warning("notice %s: %s", state.id, error)
                    faults += 1
                    if faults == _SERVER_FAULTS:
                        return str(error)
    except MailServerError as error:
        log.warning("no mail session: %s", error)
        return str(error)
    return None


def _send_one(workspace: Workspace, session: Sender, state: State, now: Callable[[], datetime], tally: _Tally) -> None:
    intent = read_intent(workspace, state.id)
    if intent.suppressed:  # whoever posted it died before saying so in the listing
        mark_suppressed(workspace, intent)
        tally.suppressed += 1
        return
    number = state.last_try + 1
    if not _claim(workspace, state.id, number, now()):
        return
    attempt = _Try(workspace, intent, state, number, now)
    ending = attempt.run(session)
    if ending is Ending.SENT:
        tally.sent.append(state.id)
    elif ending is Ending.FAILED:
        tally.failed.append(state.id)


def _claim(workspace: Workspace, notice: str, number: int, moment: datetime) -> bool:
    """Claim a try; return whether it is ours to make."""
    if not claim_try(workspace, notice, number, moment):
        return False
    if number == 1:
        return True
    for ending in (Ending.SENT, Ending.WITHDRAWN):  # whoever held the last claim may have been slow, not dead
        try:
            read_end(workspace, notice, ending)
        except MissingObjectError:
            continue
        return False
    return True


class _Try:
    """One claimed try of one notice: sends it to the addresses still open, and records what came of it."""

    def __init__(
        self, workspace: Workspace, intent: Intent, state: State, number: int, now: Callable[[], datetime]
    ) -> None:
        self.workspace = workspace
        self.intent = intent
        self.state = state
        self.number = number
        self.now = now
        earlier = [self._failure(each) for each in sorted(state.failures)]
        self.delivered = {address for failure in earlier for address in failure.delivered}
        self.refused = {address: why for failure in earlier for address, why in failure.refused.items()}

    def run(self, session: Sender) -> Ending | None:
        """Send; return how the notice ended, or None where it is to be tried again."""
        workspace, notice = self.workspace, self.intent.notice
        addresses = [ascii_address(address) for address in notice.addresses]
        open_addresses = [each for each in addresses if each not in self.delivered and each not in self.refused]
        try:
            message = message_of(workspace, self.intent)
        except Exception as error:
            log.exception("notice %s could not be written", notice.id)
            return self._again(f"không soạn được thư: {type(error).__name__}: {error}")
        if not open_addresses:  # the last try reached everyone it could, and died before saying so
            return self._end("")
        plan = workspace.plan
        sender = ascii_address(plan.office(plan.roles.operator).contact.email)
        try:
            refusals = session.send(message, sender, open_addresses)
        except MailServerError as error:
            self._record_failure(str(error))
            raise
        self.delivered |= {address for address in open_addresses if address not in refusals}
        self.refused |= {address: str(why) for address, why in refusals.items() if why.permanent}
        later = {address: why for address, why in refusals.items() if not why.permanent}
        if later:
            return self._again(_say(later))
        return self._end(_say(refusals))

    def _again(self, reason: str) -> Ending | None:
        """Leave the notice for another try, unless it has been tried for long enough."""
        assert self.state.posted is not None  # noqa: S101 - a state without an intent is never tried
        if self.now() - self.state.posted > GIVE_UP:
            return self._end(f"đã thử {self.number} lần trong {GIVE_UP.days} ngày: {reason}")
        self._record_failure(reason)
        return None

    def _end(self, note: str) -> Ending:
        workspace, notice = self.workspace, self.intent.notice
        end = End(
            ending=Ending.SENT if self.delivered else Ending.FAILED,
            at=workspace.now,
            real_at=self.now(),
            note=note,
            message_id=message_id(workspace.plan, workspace.campaign.code, notice.id),
            delivered=tuple(sorted(self.delivered)),
            refused=self.refused,
        )
        write_end(workspace, notice.id, end)
        return end.ending

    def _record_failure(self, reason: str) -> None:
        failure = Failure(at=self.now(), reason=reason, delivered=tuple(sorted(self.delivered)), refused=self.refused)
        self.workspace.store.create(self._key(self.number), failure.to_json())

    def _failure(self, number: int) -> Failure:
        return Failure.model_validate_json(self.workspace.store.get(self._key(number)))

    def _key(self, number: int) -> str:
        return self.workspace.keys.notice(self.intent.notice.id, f"attempts/{number}-failed.json")


def _say(refusals: Mapping[str, Refusal]) -> str:
    if len(refusals) == 1:
        return str(*refusals.values())
    return "; ".join(f"{address}: {why}" for address, why in refusals.items())
