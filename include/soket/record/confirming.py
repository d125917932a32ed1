"""What units confirm: a figure or a passage that was asked about is right, and why.

A confirmation quiets one question about one matter: the same rule on the same figures with the same values. Another
value is another matter, and is asked about again. What has to be mended is not asked about, so nothing confirms it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from soket.faults import Fault
from soket.plan.model import Severity
from soket.record.records import Verdict, ruling_of
from soket.store.record import Record
from soket.text import format_date

LONGEST_REASON = 500
MOST_CONFIRMED = 500  # matters of a unit


class Confirmation(Record):
    """That a unit says of one matter: it is right, and why."""

    id: str
    unit: str
    number: int  # of the submission in which it was asked about
    at: datetime  # campaign time
    matter: str
    code: str  # of the rule that asked
    words: str  # in which it was asked
    reason: str
    person: str = ""  # who confirms; "" where it stood in a file
    file: str = ""  # that it stood in, as the unit named it

    @property
    def whose(self) -> str:
        """Who confirmed, or in which file."""
        return self.person or f"ghi trong tệp «{self.file}»"


def can_be_confirmed(fault: Fault) -> bool:
    """Whether something is a question: what must be mended, or waits for that or for an official, is none."""
    return fault.severity is Severity.WARNING and not fault.waits


def confirmation_of(
    unit: str, number: int, fault: Fault, *, at: datetime, reason: str, person: str = "", file: str = ""
) -> Confirmation:
    """Return a unit's word on what was asked of its n-th submission; the same word on it is the same record."""
    told = (unit, str(number), fault.known_as, reason, person)
    return Confirmation(
        id=f"{unit}-{hashlib.sha256(chr(0).join(told).encode()).hexdigest()[:16]}",
        unit=unit,
        number=number,
        at=at,
        matter=fault.known_as,
        code=fault.code,
        words=fault.message,
        reason=reason,
        person=person,
        file=file,
    )


def by_matter(confirmations: Iterable[Confirmation]) -> dict[str, Confirmation]:
    """Return the last word on each matter."""
    return {each.matter: each for each in sorted(confirmations, key=lambda each: (each.at, each.id))}


def with_confirmed(faults: Iterable[Fault], said: Mapping[str, Confirmation]) -> tuple[Fault, ...]:
    """Return faults of which those that were confirmed ask nothing more, and say by whom and why instead."""
    return tuple(
        fault.model_copy(update={"severity": Severity.INFO, "advice": _told(word, fault), "confirmed": word.id})
        if can_be_confirmed(fault) and (word := said.get(fault.known_as))
        else fault
        for fault in faults
    )


def as_confirmed(verdict: Verdict, said: Mapping[str, Confirmation]) -> Verdict:
    """Return a verdict as a unit's confirmations leave it."""
    if not said or not any(can_be_confirmed(each) and each.known_as in said for each in verdict.faults):
        return verdict
    faults = with_confirmed(verdict.faults, said)
    return verdict.model_copy(update={"faults": faults, "ruling": ruling_of(faults)})


def _told(word: Confirmation, fault: Fault) -> str:
    what = fault.right or ("số đúng" if fault.is_of_figure else "là đúng")
    return f"Đơn vị xác nhận {what}, lý do: {word.reason} ({word.whose}, ngày {format_date(word.at.date())})."
