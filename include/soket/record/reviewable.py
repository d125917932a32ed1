"""Which submissions a person may say a word on, and why each waits for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from soket.faults import Fault
from soket.plan.model import Plan
from soket.record.records import Ruling
from soket.record.reviewing import is_settled
from soket.record.units import UnitEntry


@dataclass(frozen=True)
class Reviewable:
    """A submission on which a person may say a word, and why it waits for one."""

    number: int
    counts: bool  # now
    returned: bool  # now
    matters: tuple[Fault, ...]  # all that an acceptance settles: in doubt, left to a person, or to be mended
    outcomes: tuple[str, ...]  # which a review may have
    needs_paper: bool  # to be accepted: intake returned it


@dataclass(frozen=True)
class InQuestion:
    """A unit with something that counts, and waits for a word: figures that are odd, or not as in its signed copy."""

    code: str  # the unit's
    name: str
    number: int  # of the submission
    messages: tuple[str, ...]


def in_question(
    plan: Plan, entries: Iterable[UnitEntry], matters: Callable[[UnitEntry], Sequence[Fault]]
) -> tuple[InQuestion, ...]:
    """Return the units with some matters in what counts of theirs, on which no person has said a word."""
    names = {unit.code: unit.name for unit in plan.units}
    return tuple(
        InQuestion(entry.unit, names[entry.unit], entry.accepted, tuple(fault.message for fault in found))
        for entry in entries
        if entry.accepted and (found := matters(entry))
    )


def unlike_signed(entry: UnitEntry) -> tuple[Fault, ...]:
    """Return where the submission that counts is not as its signed copy, and nobody has said which is right."""
    return tuple(
        fault
        for each in entry.outcomes
        if each.number == entry.accepted
        for fault in each.faults
        if fault.is_unlike_signed
    )


def reviewable(entry: UnitEntry) -> tuple[Reviewable, ...]:
    """Return the submissions of a unit that may be reviewed, by number.

    Those that were left to a person or are reviewed already (a change of mind), the one that counts with figures in
    doubt, and the last one where it was returned: that can only be accepted in spite of it. What counts when the
    campaign stopped waiting is not returned any more: nobody would wait for the next, and it was never missing.
    """
    ruled = {each.number: each.ruling for each in entry.verdicts}
    open_to = {number for number, ruling in ruled.items() if ruling is Ruling.REFERRED}
    open_to |= {each.number for each in entry.reviews}
    if entry.accepted and entry.unconfirmed:
        open_to.add(entry.accepted)
    last = entry.last_verdict
    only_accepted = {last.number} - open_to if last and last.ruling is Ruling.RETURNED else set()
    if entry.closed and entry.accepted in open_to:
        only_accepted.add(entry.accepted)
    return tuple(
        Reviewable(
            each.number,
            counts=each.number == entry.accepted,
            returned=each.ruling is Ruling.RETURNED,
            matters=entry.unconfirmed if each.number == entry.accepted else tuple(filter(is_settled, each.faults)),
            outcomes=("accepted",) if each.number in only_accepted else ("accepted", "returned"),
            needs_paper=ruled[each.number] is Ruling.RETURNED,
        )
        for each in entry.outcomes
        if each.number in open_to | only_accepted
    )
