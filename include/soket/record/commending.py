"""Who is proposed for commendation, on what evidence, and whom people decided to commend."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import datetime
from enum import StrEnum

from soket.plan.model import Plan
from soket.record.decisions import Commendation
from soket.record.register import Register
from soket.store.record import Record


class Origin(StrEnum):
    """What a proposal comes from."""

    FIGURES = "figures"
    NOMINATION = "nomination"  # that the unit sent
    REPORT = "report"  # a sentence of the unit's report


class Nominee(Record):
    """One unit, collective or person that is proposed; nothing is decided by it."""

    id: str
    unit: str
    name: str
    individual: bool = False
    source: Origin
    merit: str
    evidence: str
    concern: str = ""  # why a person has to look first


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


def proposal_id(*parts: object) -> str:
    """Return what a proposal is called: the same for the same content, whenever the list is made."""
    told = "\x1f".join(map(str, parts))
    return f"BD-{hashlib.sha256(told.encode()).hexdigest()[:6].upper()}"


def commendations_in_force(register: Register) -> dict[str, Commendation]:
    """Return the last decision on each proposal."""
    return {code: act for act in register.acts.in_force if isinstance(act, Commendation) for code in act.proposals}


def owing_by_block(plan: Plan, register: Register) -> Counter[str]:
    """Return how many units of each block owe a report."""
    units = (plan.unit(entry.unit) for entry in register.reporting(plan))
    return Counter(unit.block for unit in units if not unit.beside)
