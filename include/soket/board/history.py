"""What the board tells of one unit, and of the stages' rounds; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from soket.faults import Fault
from soket.plan.dates import last_day_of
from soket.plan.model import Plan, Severity, Stage, StageKind, Unit
from soket.record.commending import names_of_nominations
from soket.record.fault_lines import FaultLine, group_faults
from soket.record.issued import names_of_issued
from soket.record.nominees import NominationTaken
from soket.record.provisional import ROUND
from soket.record.records import Receipt, StageRecord, Verdict
from soket.record.register import Register, UnitEntry
from soket.record.replaced import replaced_invitations
from soket.record.taking_back import TakeBack, Withdrawal
from soket.record.words import RULINGS, STEPS, product_names
from soket.text import format_date, format_moment

_GRAVEST_FIRST = tuple(Severity)


@dataclass(frozen=True)
class ToldPoint:
    """One point of a submission, and what is told of it to officials alone."""

    file: str | None  # as the unit named it
    line: FaultLine
    asides: tuple[str, ...]


@dataclass(frozen=True)
class SubmissionStory:
    """A unit's n-th submission, and what became of it."""

    receipt: Receipt
    verdict: Verdict | None  # as it stands now
    state: str  # in words, where there is no verdict
    counts: bool  # it is the one that counts
    carried: frozenset[str] = frozenset()  # keys of its files that came with an earlier one
    first: Verdict | None = None  # how it was judged before a person decided otherwise
    withdrawal: Withdrawal | None = None
    too_late: TakeBack | None = None  # by which word the unit asked for it back once it was judged

    @property
    def ruling(self) -> str:
        """How it was judged, in words."""
        return RULINGS[self.verdict.ruling].label if self.verdict else self.state

    @property
    def first_ruling(self) -> str:
        """How it was judged before a person decided otherwise, in words; "" where nobody did."""
        return RULINGS[self.first.ruling].label if self.first else ""

    @property
    def late(self) -> bool:
        """Whether it came after the unit's last day, and stands."""
        return self.withdrawal is None and (self.verdict.late if self.verdict else self.receipt.late)

    @property
    def last_day(self) -> str:
        """The last day it was measured against."""
        return format_date(last_day_of(self.receipt.deadline))

    @property
    def points(self) -> list[ToldPoint]:
        """Every point, as many as the unit is told of, the gravest first."""
        faults = self.verdict.faults if self.verdict else ()
        found = [
            ToldPoint(group.file, line, _asides(line, faults))
            for group in group_faults(self.receipt.files, faults)
            for line in group.lines
        ]
        return sorted(found, key=lambda each: _GRAVEST_FIRST.index(each.line.severity))


def _asides(line: FaultLine, faults: Iterable[Fault]) -> tuple[str, ...]:
    """Return what is told to officials alone of the faults of a line."""
    own = (each.aside for each in faults if each.aside and each.model_copy(update={"aside": None}) in line.faults)
    return tuple(dict.fromkeys(own))


def submissions_of(entry: UnitEntry) -> list[SubmissionStory]:
    """Return a unit's submissions, the latest first."""
    verdicts = {verdict.number: verdict for verdict in entry.outcomes}
    before_review = {
        verdict.number: verdict for verdict in entry.verdicts if verdict.ruling is not verdicts[verdict.number].ruling
    }
    withdrawn = {each.number: each for each in entry.withdrawals}
    return [
        SubmissionStory(
            receipt,
            verdicts.get(receipt.number),
            _state_without_verdict(entry, receipt.number),
            receipt.number == entry.accepted,
            frozenset(file.key for file in receipt.files if before and file.arrived_at <= before.received_at),
            before_review.get(receipt.number),
            withdrawn.get(receipt.number),
            entry.asks_back(receipt) if receipt.number in verdicts else None,
        )
        for before, receipt in reversed(tuple(pairwise((None, *entry.receipts))))
        if receipt
    ]


def _state_without_verdict(entry: UnitEntry, number: int) -> str:
    if back := next((each for each in entry.withdrawals if each.number == number), None):
        return f"Đã rút lại lúc {format_moment(back.at)}"
    if number in entry.locked:
        return "Nộp sau khi khóa, chưa nhận"
    failed = next((attempt for attempt in entry.failures if attempt.number == number), None)
    return f"Hệ thống chưa chấm được, đã thử {failed.attempt} lần" if failed else "Đang kiểm tra"


@dataclass(frozen=True)
class Round:
    """One round of a stage: what it recorded, by time."""

    number: int
    records: tuple[StageRecord, ...]
    replaced_by: int | None = None  # of a conference: the round whose papers took the place of these

    @property
    def products(self) -> tuple[str, ...]:
        """The keys of everything it made, each once, in the order they were made."""
        return tuple(dict.fromkeys(key for record in self.records for key in record.products))


def step_word(stage: Stage, record: StageRecord) -> str | None:
    """Return the word that a stage's record begins with; None where its note says as much.

    A conference's last record is of its invitations: it has yet to be held.
    """
    word = STEPS.get(record.step)
    if word is None or record.note.startswith(word) or (stage.kind is StageKind.CONFER and record.step == "done"):
        return None
    return word


def rounds_of(register: Register, stage: Stage) -> list[Round]:
    """Return the rounds of a stage, the latest first."""
    records = register.of(stage).records
    numbers = sorted({record.round for record in records} - {ROUND}, reverse=True)
    later = max((each.round for each in records if each.step == "done"), default=0)
    replaced = {each.round for each in replaced_invitations(register, stage, later)}
    return [
        Round(number, tuple(each for each in records if each.round == number), later if number in replaced else None)
        for number in numbers
    ]


def titles_of(plan: Plan, register: Register) -> dict[str, str]:
    """Return what the files of stages are called, by their names: also those that somebody sent under their own."""
    return product_names(plan) | names_of_issued(plan, register) | names_of_nominations(plan, register)


def nominations_sent(plan: Plan, register: Register, unit: Unit) -> list[StageRecord]:
    """Return the records of what a unit sent of nominations, taken or returned, by time."""
    return [
        each
        for each in register.of(plan.stage_of(unit)).records
        if isinstance(each.details, NominationTaken) and each.details.unit == unit.code
    ]
