"""Where a unit stands, and what is on record that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from soket.record.confirming import Confirmation
from soket.record.decisions import Decision
from soket.record.drops import Drop
from soket.record.records import Attempt, Receipt, Verdict
from soket.record.taking_back import TakeBack, Withdrawal


class Standing(StrEnum):
    """Where a unit stands."""

    EXEMPT = "exempt"
    NIL_RETURN = "nil_return"
    NOT_SENT = "not_sent"
    ANNOUNCED = "announced"  # an own review is planned; its results are owed
    PENDING = "pending"  # files in the inbox or received, not judged yet
    REFERRED = "referred"  # received; a person has to look at it
    LOCKED = "locked"  # sent after the plan's lock, and not taken
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"

    @property
    def settled(self) -> bool:
        """Whether nothing is expected of the unit any more."""
        return self in (Standing.EXEMPT, Standing.NIL_RETURN, Standing.ACCEPTED, Standing.ACCEPTED_WITH_WARNINGS)

    @property
    def to_chase(self) -> bool:
        """Whether the unit owes something it has not sent (a returned report is owed again)."""
        return self in (Standing.NOT_SENT, Standing.ANNOUNCED, Standing.RETURNED)

    @property
    def waits_for_person(self) -> bool:
        """Whether it is an official's turn, not the unit's."""
        return self in (Standing.REFERRED, Standing.LOCKED)


@dataclass(frozen=True)
class UnitRecords:
    """What is on record of one unit; receipts, verdicts and attempts by number, acts by time."""

    acts: list[Decision]
    receipts: list[Receipt]
    verdicts: list[Verdict]
    attempts: list[Attempt]
    pending: tuple[Drop, ...]
    last_number: int = 0
    unread: tuple[int, ...] = ()
    confirmations: Sequence[Confirmation] = ()  # by submission
    withdrawals: Sequence[Withdrawal] = ()  # by number
    take_backs: Sequence[TakeBack] = ()  # by time
