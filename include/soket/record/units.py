"""One unit's line in the register, derived from what is on record of the unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TypeVar

from soket.faults import Fault
from soket.plan.dates import last_day_of
from soket.plan.model import Deadline, Duty, Unit
from soket.record.confirming import Confirmation, as_confirmed, by_matter
from soket.record.decisions import (
    Decision,
    Exemption,
    Extension,
    LinkRenewal,
    NilReturn,
    Postponement,
    Retry,
    Review,
)
from soket.record.drops import Drop
from soket.record.records import Attempt, Receipt, Ruling, Submission, Verdict
from soket.record.reviewing import outcome_of
from soket.record.standing import Standing, UnitRecords
from soket.record.taking_back import TakeBack, Withdrawal, own_arrivals, that_takes_back
from soket.store.keys import Keys
from soket.store.record import Record

Numbered = TypeVar("Numbered", Receipt, Verdict, Attempt, Confirmation, Withdrawal)


class UnitEntry(Record):
    """One unit's line in the register."""

    unit: str
    standing: Standing
    deadline: datetime  # first moment too late, with any extension
    extension: Extension | None = None  # that its date comes from
    receipts: tuple[Receipt, ...] = ()  # by number, those of what was taken back too
    verdicts: tuple[Verdict, ...] = ()  # by number, as intake wrote them
    reviewed: tuple[Verdict, ...] = ()  # by number: those verdicts that a person's review changed, as it left them
    reviews: tuple[Review, ...] = ()  # by time
    confirmations: tuple[Confirmation, ...] = ()  # by submission: what it says is right of what it was asked
    take_backs: tuple[TakeBack, ...] = ()  # by time: what it asked for back
    withdrawals: tuple[Withdrawal, ...] = ()  # by number: what it took back before it was judged
    attempts: tuple[Attempt, ...] = ()  # by submission, then by time
    retried_at: datetime | None = None  # campaign time of the last order to try again at once
    link: int = 0  # which link to its page holds: as often as it was renewed
    locked: tuple[int, ...] = ()  # numbers of the submissions that came after the plan's lock
    accepted: int | None = None  # number of the submission that counts
    late: bool = False  # what counts was late or, where nothing does, the date has passed
    pending: tuple[Drop, ...] = ()  # in the inbox, not received yet, and within the folder's quota
    unread: tuple[int, ...] = ()  # numbers of the submissions that another version of soket received or judged
    last_number: int = 0  # the highest that a submission ever had, also one whose receipt is lost
    closed: datetime | None = None  # when the campaign stopped waiting for the unit

    @property
    def to_chase(self) -> bool:
        """Whether the unit owes something, and somebody waits for it."""
        return self.standing.to_chase and self.closed is None

    @property
    def missed(self) -> bool:
        """Whether the campaign closed without what the unit owed."""
        return self.standing.to_chase and self.closed is not None

    @property
    def last_day(self) -> date:
        """The last day in time."""
        return last_day_of(self.deadline)

    @property
    def outcomes(self) -> tuple[Verdict, ...]:
        """The verdicts by number, as they stand now."""
        changed = {verdict.number: verdict for verdict in self.reviewed}
        said = by_matter(self.confirmations)
        return tuple(as_confirmed(changed.get(verdict.number, verdict), said) for verdict in self.verdicts)

    @property
    def last_verdict(self) -> Verdict | None:
        """The verdict on the latest judged submission, as it stands now."""
        return self.outcomes[-1] if self.verdicts else None

    @property
    def unconfirmed(self) -> tuple[Fault, ...]:
        """What is odd in the submission that counts, as long as no person has said a word on it."""
        return tuple(
            fault for each in self.outcomes if each.number == self.accepted for fault in each.faults if fault.is_odd
        )

    @property
    def lost(self) -> tuple[Verdict, ...]:
        """The verdicts whose receipts are not there."""
        received = {*self.unread, *(receipt.number for receipt in self.receipts)}
        return tuple(verdict for verdict in self.verdicts if verdict.number not in received)

    @property
    def sent(self) -> tuple[Receipt, ...]:
        """What it sent and did not take back, by number."""
        withdrawn = {each.number for each in self.withdrawals}
        return tuple(receipt for receipt in self.receipts if receipt.number not in withdrawn)

    @property
    def unruled(self) -> tuple[Receipt, ...]:
        """The submissions that are neither judged nor taken back, those that the plan's lock keeps out too."""
        done = {*self.unread, *(verdict.number for verdict in self.verdicts)}
        return tuple(receipt for receipt in self.sent if receipt.number not in done)

    @property
    def unjudged(self) -> tuple[Receipt, ...]:
        """The submissions that are to be judged and are not yet."""
        return tuple(receipt for receipt in self.unruled if receipt.number not in self.locked)

    @property
    def asked_back(self) -> tuple[Drop, ...]:
        """What lies in the inbox and the unit asks for back."""
        return tuple(drop for drop in self.pending if that_takes_back(self.take_backs, [drop.arrival]))

    def asks_back(self, receipt: Receipt, more: Sequence[TakeBack] = ()) -> TakeBack | None:
        """Return by which word a unit asks for a submission back; None where it does not. `more` came meanwhile."""
        return that_takes_back((*self.take_backs, *more), own_arrivals(receipt, self.receipts))

    @property
    def failures(self) -> tuple[Attempt, ...]:
        """The last attempt at each submission that our own code failed on, and has not judged since."""
        waiting = {receipt.number for receipt in self.unjudged}
        return tuple({each.number: each for each in self.attempts if each.number in waiting}.values())

    def again_at(self, number: int) -> datetime | None:
        """Return the real moment before which a submission is not to be tried again."""
        attempt = next((each for each in self.failures if each.number == number), None)
        if attempt is None or (self.retried_at is not None and attempt.at < self.retried_at):
            return None
        return attempt.again_at


def unit_entry(
    unit: Unit,
    records: UnitRecords,
    keys: Keys,
    *,
    planned: datetime,
    dating: Extension | Postponement | None,
    closing: datetime,
    now: datetime,
    locks: bool,
) -> UnitEntry:
    """Return a unit's line; `dating` is the act that its date comes from, if it isn't the one planned.

    `closing` is when the campaign stops waiting; who was given longer has longer. `locks` where the plan takes nothing
    after its date.
    """
    extension = dating if isinstance(dating, Extension) else None
    deadline = Deadline(by=dating.last_day).moment if dating else planned
    closed = max(closing, deadline)
    reviews = [act for act in records.acts if isinstance(act, Review)]
    entry = UnitEntry(
        unit=unit.code,
        standing=Standing.NOT_SENT,
        deadline=deadline,
        extension=extension,
        receipts=tuple(records.receipts),
        verdicts=tuple(records.verdicts),
        reviewed=tuple(
            outcome_of(keys, verdict, own)
            for verdict in records.verdicts
            if (own := [review for review in reviews if review.number == verdict.number])
        ),
        reviews=tuple(reviews),
        confirmations=tuple(records.confirmations),
        take_backs=tuple(records.take_backs),
        withdrawals=tuple(records.withdrawals),
        attempts=tuple(records.attempts),
        retried_at=next((act.decided_at for act in reversed(records.acts) if isinstance(act, Retry)), None),
        link=sum(isinstance(act, LinkRenewal) for act in records.acts),
        locked=_locked(records, deadline) if locks else (),
        pending=records.pending,
        unread=records.unread,
        last_number=max([records.last_number, *(receipt.number for receipt in records.receipts)]),
        closed=closed if now >= closed else None,
    )
    counting = next((each for each in reversed(entry.outcomes) if _counts(each)), None)
    standing = _standing(unit, records.acts, entry, counting)
    return entry.model_copy(
        update={
            "standing": standing,
            "accepted": counting.number if counting else None,
            "late": _late(entry, standing, counting, records.acts, now),
        }
    )


def _locked(records: UnitRecords, deadline: datetime) -> tuple[int, ...]:
    """Return the submissions that came too late; one that was judged while an extension held stays judged."""
    judged = {each.number for each in records.verdicts} | {each.number for each in records.withdrawals}
    return tuple(
        receipt.number
        for receipt in records.receipts
        if receipt.received_at >= deadline and receipt.number not in judged
    )


def _counts(verdict: Verdict) -> bool:
    return verdict.ruling.counts and verdict.kind is not Submission.OWN_REVIEW_PLAN


def _standing(unit: Unit, acts: list[Decision], entry: UnitEntry, counting: Verdict | None) -> Standing:
    last = entry.last_verdict
    if unit.owes is Duty.EXEMPT or any(isinstance(act, Exemption) for act in acts):
        return Standing.EXEMPT
    if entry.pending or entry.unjudged:
        return Standing.PENDING
    if last and last.ruling is Ruling.REFERRED:
        return Standing.REFERRED
    if last and last.ruling is Ruling.RETURNED and not _locked_after(entry, last):
        return Standing.RETURNED
    if counting:
        return Standing(counting.ruling.value)
    if any(isinstance(act, NilReturn) for act in acts):
        return Standing.NIL_RETURN
    if entry.locked:
        return Standing.LOCKED
    return Standing.ANNOUNCED if last else Standing.NOT_SENT


def _locked_after(entry: UnitEntry, verdict: Verdict) -> bool:
    """Whether something came after a verdict and was not taken: it is an official's turn then."""
    return any(number > verdict.number for number in entry.locked)


def _late(entry: UnitEntry, standing: Standing, counting: Verdict | None, acts: list[Decision], now: datetime) -> bool:
    last = entry.last_verdict
    if counting:
        return counting.late
    if standing is Standing.NIL_RETURN:  # said at the first word of it; an office notes it when it hears it
        return min(act.decided_at for act in acts if isinstance(act, NilReturn)) >= entry.deadline
    if standing is Standing.REFERRED and last:
        return last.late
    return not standing.settled and now >= entry.deadline


def by_unit(records: Iterable[Numbered]) -> defaultdict[str, list[Numbered]]:
    """Return records by unit, each unit's by number."""
    grouped: defaultdict[str, list[Numbered]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.number):
        grouped[record.unit].append(record)
    return grouped
