"""How far units are, and how many: the one count that pages, mails and papers share.

It is of those who owe a report (`Register.reporting`): who is exempt is nowhere in it, and the press, which owes a plan
of coverage to another stage, is counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from soket.clock import FrozenClock
from soket.record.records import Submission, Verdict
from soket.record.register import Register, derive
from soket.record.standing import Standing
from soket.record.units import UnitEntry
from soket.record.workspace import Workspace
from soket.store.store import StoredObject


class Progress(StrEnum):
    """How far a unit is, each in one place: in the order that bars show."""

    ON_TIME = "on_time"
    LATE = "late"
    NIL = "nil"
    ANNOUNCED = "announced"
    PENDING = "pending"
    REFERRED = "referred"
    LOCKED = "locked"
    RETURNED = "returned"
    MISSED = "missed"
    SILENT = "silent"
    EXEMPT = "exempt"

    @property
    def received(self) -> bool:
        """Whether the campaign has what the unit owes."""
        return self in (Progress.ON_TIME, Progress.LATE, Progress.NIL)


_BY_STANDING = {
    Standing.NIL_RETURN: Progress.NIL,
    Standing.ANNOUNCED: Progress.ANNOUNCED,
    Standing.PENDING: Progress.PENDING,
    Standing.REFERRED: Progress.REFERRED,
    Standing.LOCKED: Progress.LOCKED,
    Standing.RETURNED: Progress.RETURNED,
    Standing.NOT_SENT: Progress.SILENT,
}


def progress_of(entry: UnitEntry) -> Progress:
    """Return how far a unit is: a submission that counts outweighs a later one that does not."""
    if entry.standing is Standing.EXEMPT:
        return Progress.EXEMPT
    # A person's review changes neither what a submission is nor when it came: the verdict as intake wrote it will do.
    counting = next((each for each in entry.verdicts if each.number == entry.accepted), None)
    if counting is None:
        if entry.missed and entry.standing is not Standing.RETURNED:
            return Progress.MISSED
        return _BY_STANDING[entry.standing]
    if counting.late:
        return Progress.LATE
    return Progress.NIL if counting.kind is Submission.NIL_RETURN else Progress.ON_TIME


def units_left_out(owing: Iterable[UnitEntry], basis: Collection[str]) -> list[str]:
    """Return the units that owe a report and of which a draft knows nothing; who has nothing to report is known."""
    return [entry.unit for entry in owing if entry.unit not in basis and progress_of(entry) is not Progress.NIL]


def say_nil(count: int) -> str:
    """Return, in brackets after a space, how many of a count of units reported that there is nothing to report."""
    return f" (gồm {count:02} đơn vị báo không phát sinh)" if count else ""


def say_basis(owing: Collection[UnitEntry], basis: Collection[str]) -> str:
    """Return of how many of the units that owe a report a draft knows, and how many of those have nothing to report."""
    known = len(owing) - len(units_left_out(owing, basis))
    return f"{known}/{len(owing)} đơn vị{say_nil(count_nil(owing))}"


def count_nil(owing: Iterable[UnitEntry]) -> int:
    """Return how many units have nothing to report: a draft knows of each."""
    return sum(progress_of(entry) is Progress.NIL for entry in owing)


def is_overdue(entry: UnitEntry, now: datetime) -> bool:
    """Whether a unit's date passed while it owes something; a returned correction is owed, too."""
    return entry.to_chase and now >= entry.deadline


def is_late(entry: UnitEntry, now: datetime) -> bool:
    """Whether what a unit sent came after its date, or nothing did while that passed; how long we judge it is ours."""
    match progress_of(entry):
        case Progress.LATE | Progress.LOCKED:
            return True
        case Progress.REFERRED:
            return entry.late
        case Progress.PENDING:
            sent = [*(each.received_at for each in entry.unjudged), *(drop.arrived_at for drop in entry.pending)]
            return any(moment >= entry.deadline for moment in sent)
    return is_overdue(entry, now)


@dataclass(frozen=True)
class Tally:
    """How many units there are of each progress."""

    owing: int
    by: Mapping[Progress, int]
    to_chase: int
    overdue: int  # of those to chase
    late: int  # sent late, or overdue
    sent_late: int  # of those, the ones that have sent
    missed: int  # not sent, or not sent again, when the campaign closed
    over: bool  # nobody waits for any of them

    @property
    def received(self) -> int:
        """How many the campaign has everything of."""
        return sum(count for progress, count in self.by.items() if progress.received)

    @property
    def missing(self) -> int:
        """How many it lacks."""
        return self.owing - self.received

    @property
    def waiting(self) -> int:
        """How many wait for a person to look at what they sent."""
        return self.by[Progress.REFERRED] + self.by[Progress.LOCKED]


def tally(entries: Iterable[UnitEntry], now: datetime) -> Tally:
    """Count units that owe something."""
    counted = list(entries)
    return Tally(
        owing=len(counted),
        by=Counter(map(progress_of, counted)),
        to_chase=sum(entry.to_chase for entry in counted),
        overdue=sum(is_overdue(entry, now) for entry in counted),
        late=sum(is_late(entry, now) for entry in counted),
        sent_late=sum(is_late(entry, now) and not is_overdue(entry, now) for entry in counted),
        missed=sum(entry.missed for entry in counted),
        over=bool(counted) and all(entry.closed for entry in counted),
    )


def register_then(
    workspace: Workspace, register: Register, moment: datetime, known: Callable[[Verdict], bool] = lambda _: True
) -> Register:
    """Return the register of an earlier moment; of what lay in the inbox then, what lies there still is known.

    `known` leaves out verdicts of that moment that who read the register then had not seen.
    """
    entries, stages = register.units.values(), register.stages.values()
    return derive(
        workspace.plan,
        workspace.campaign,
        FrozenClock(moment),
        inbox=[
            StoredObject(each.key, each.etag, each.size, each.arrived_at)
            for entry in entries
            for each in entry.pending
            if each.arrived_at <= moment
        ],
        receipts=[each for entry in entries for each in entry.receipts if each.received_at <= moment],
        verdicts=[each for entry in entries for each in entry.verdicts if each.judged_at <= moment and known(each)],
        withdrawals=[each for entry in entries for each in entry.withdrawals if each.at <= moment],
        take_backs=[each for entry in entries for each in entry.take_backs if each.at <= moment],
        decisions=[act for act in register.decisions if act.decided_at <= moment],
        stage_records=[record for stage in stages for record in stage.records if record.at <= moment],
        attempts=[each for entry in entries for each in entry.attempts if each.at <= moment],
        replies=[each for each in register.replies if each.at <= moment],
        requests=[each for each in register.requests if each.at <= moment],
        confirmations=[each for entry in entries for each in entry.confirmations if each.at <= moment],
        messages=[each for each in register.messages if each.at <= moment],
        trees=[tree for tree in register.trees if tree.sealed_at <= moment],
    )
