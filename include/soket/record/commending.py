"""Who is proposed for commendation, on what evidence, and whom people decided to commend."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from pydantic import Field, ValidationError

from soket.plan.model import Plan, StageKind, Unit
from soket.record.decisions import Commendation
from soket.record.nominees import NominationTaken, Nominee
from soket.record.products import PROPOSALS
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.words import COMMENDED
from soket.record.workspace import Workspace
from soket.store.record import Record
from soket.store.store import MissingObjectError
from soket.text import fold, format_date


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


def say_decided(act: Commendation) -> str:
    """Return what was decided of those a decision is about, by whom, on which paper and when."""
    paper = f", số {act.document_number}" if act.document_number else ""
    return f"{COMMENDED[act.conclusion].phrase} ({act.granted_by}{paper}, ngày {format_date(act.decided_at.date())})"


def owing_by_block(plan: Plan, register: Register) -> Counter[str]:
    """Return how many units of each block owe a report."""
    return Counter(plan.unit(entry.unit).block for entry in register.reporting(plan))


def nominations_of(plan: Plan, register: Register, unit: Unit) -> list[NominationTaken]:
    """Return what a unit sent of nominations, taken or returned, by number."""
    records = register.of(plan.stage_of(unit)).records
    own = (each.details for each in records if isinstance(each.details, NominationTaken))
    return sorted((each for each in own if each.unit == unit.code), key=lambda each: each.number)


def names_of_nominations(plan: Plan, register: Register) -> dict[str, str]:
    """Return what each file of a nomination, and each slip for one, is called, by its file's name."""
    return {
        name: record.details.title(plan, name)
        for stage in register.stages.values()
        for record in stage.records
        if isinstance(record.details, NominationTaken) and record.details.unit in register.units
        for name in (key.rpartition("/")[2] for key in record.products)
    }


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


def known_proposals(workspace: Workspace, register: Register) -> dict[str, Nominee]:
    """Return every proposal that was ever listed, by its id, as it was listed last."""
    known = {each.id: each for each in nominated(workspace.plan, register)}
    for _, _, key in _lists(workspace.plan, register):
        known |= {each.id: each for each in _listed(workspace, key)}
    return known


def latest_lists(workspace: Workspace, register: Register) -> dict[str, dict[str, datetime]]:
    """Return of each conference whom the lists of its last round propose, by id: when a list of any first did."""
    first: defaultdict[str, dict[str, datetime]] = defaultdict(dict)
    last: dict[str, tuple[int, dict[str, datetime]]] = {}
    for stage, record, key in _lists(workspace.plan, register):
        round_number, proposed = last.get(stage, (record.round, {}))
        if record.round > round_number:
            proposed = {}
        found = {each.id: first[stage].setdefault(each.id, record.at) for each in _listed(workspace, key)}
        last[stage] = record.round, proposed | found
    return {stage: proposed for stage, (_, proposed) in last.items()}


def _lists(plan: Plan, register: Register) -> Iterator[tuple[str, StageRecord, str]]:
    """Yield each list that was made, by conference and time: which, its record and its key."""
    for stage in plan.stages_of(StageKind.CONFER):
        for record in register.of(stage).records:
            yield from ((stage.id, record, key) for key in record.products if key.endswith(f"/{PROPOSALS}"))


def _listed(workspace: Workspace, key: str) -> tuple[Nominee, ...]:
    try:
        return NomineeList.model_validate_json(workspace.store.get(key)).proposals
    except (MissingObjectError, ValidationError):  # of another version of soket: the next list stands in its place
        return ()


def say_merit(names: Sequence[str], guest: str) -> str:
    """Return which of those that are commended are invited with a guest that may be one of them; "" where none is."""
    others = [name for name in names if name != guest]
    together = f", mời cùng dự: {'; '.join(others)}" if others else ""
    return f"được biểu dương{together}" if names else ""


class Proposed(NamedTuple):
    """Who a proposal is of, with whose unit, and that unit's code."""

    name: str
    unit: str


def names_of_proposals(workspace: Workspace, register: Register) -> dict[str, Proposed]:
    """Return who was proposed, with whose unit, by id; nothing is read where nothing was decided of anybody."""
    if not any(isinstance(act, Commendation) for act in register.decisions):
        return {}
    known = known_proposals(workspace, register)
    return {code: Proposed(with_unit(workspace.plan, each), each.unit) for code, each in known.items()}


def with_unit(plan: Plan, nominee: Nominee) -> str:
    """Return who a proposal is of, with its unit where the name does not say it: its readers have no list of units.

    What ends in the kind of place, "Phòng Nội vụ thành phố", gets its name alone.
    """
    unit, name = plan.unit(nominee.unit), fold(nominee.name)
    if any(fold(word) in name for word in (unit.name, unit.called)):
        return nominee.name
    words = unit.called.split()
    ends = (n for n in range(len(words) - 1, 0, -1) if name.endswith(f" {fold(' '.join(words[:n]))}"))
    return next((f"{nominee.name} {' '.join(words[n:])}" for n in ends), f"{nominee.name}, {unit.called}")
