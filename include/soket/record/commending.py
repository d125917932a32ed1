"""Who is proposed for commendation, on what evidence, and whom people decided to commend."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from pydantic import Field

from soket.plan.model import Plan, Unit
from soket.record.decisions import Commendation
from soket.record.nominees import NominationTaken, Nominee
from soket.record.register import Register
from soket.store.record import Record


class Threshold(Record):
    """What of one indicator was compared in one block, and what is above what leads; nothing where too few could be."""

    block: str
    indicator: str
    span: str
    floor: str
    able: int
    growth: str
    share: str


class NomineeList(Record):
    """All that are proposed at a moment, and by what rules those were found that figures tell of."""

    as_of: datetime
    counts: tuple[str, ...]  # of each block, in words
    thresholds: tuple[Threshold, ...]
    proposals: tuple[Nominee, ...]
    tied: tuple[str, ...] = ()  # who stands equal where room for one only is left, in words
    left_out: tuple[str, ...] = ()  # who leads and is not proposed, or was not compared, and why, in words
    decided: dict[str, str] = Field(default_factory=dict)  # what was decided already of some of them, in words, by id


def commendations_in_force(register: Register) -> dict[str, Commendation]:
    """Return the last decision on each proposal."""
    return {code: act for act in register.acts.in_force if isinstance(act, Commendation) for code in act.proposals}


def owing_by_block(plan: Plan, register: Register) -> Counter[str]:
    """Return how many units of each block owe a report."""
    units = (plan.unit(entry.unit) for entry in register.reporting(plan))
    return Counter(unit.block for unit in units if not unit.beside)


def nominations_of(plan: Plan, register: Register, unit: Unit) -> list[NominationTaken]:
    """Return what a unit sent of nominations, taken or returned, by number."""
    records = register.of(plan.stage_of(unit)).records
    own = (each.details for each in records if isinstance(each.details, NominationTaken))
    return sorted((each for each in own if each.unit == unit.code), key=lambda each: each.number)


def nominated(plan: Plan, register: Register) -> tuple[Nominee, ...]:
    """Return whom units nominate: of each its latest nomination that was not returned, in the plan's order."""
    return tuple(
        nominee
        for unit in plan.units
        if plan.stage_of(unit).id in register.stages
        for nominee in next(
            (each.nominees for each in reversed(nominations_of(plan, register, unit)) if each.nominees), ()
        )
    )
