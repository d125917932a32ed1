"""The register (sổ theo dõi): who has sent what and where each stage stands, derived from the bucket.

It can be rebuilt from the records at any time. Its snapshot in the bucket only saves reading again what is immutable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from soket.campaign.acts import in_force
from soket.campaign.records import (
    Appraisal,
    ConferenceFormat,
    Decision,
    Exemption,
    Extension,
    NilReturn,
    Postponement,
    Receipt,
    Record,
    Ruling,
    StageRecord,
    Submission,
    Verdict,
)
from soket.clock import Clock
from soket.plan.model import Campaign, Deadline, Duty, Plan, StageName, Unit
from soket.store.keys import Keys
from soket.store.store import StoredObject

Numbered = TypeVar("Numbered", Receipt, Verdict)


class Standing(StrEnum):
    """Where a unit stands."""

    EXEMPT = "exempt"
    NIL_RETURN = "nil_return"
    NOT_SENT = "not_sent"
    PENDING = "pending"  # files in the inbox or received, not judged yet
    RETURNED = "returned"
    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"

    @property
    def settled(self) -> bool:
        """Whether nothing is expected of the unit any more."""
        return self not in (Standing.NOT_SENT, Standing.PENDING, Standing.RETURNED)

    @property
    def to_chase(self) -> bool:
        """Whether the unit owes something it has not sent (a returned report is owed again)."""
        return self in (Standing.NOT_SENT, Standing.RETURNED)


class Drop(Record):
    """A file in the inbox, as it lies there now."""

    key: str
    etag: str
    size: int
    arrived_at: datetime  # campaign time


class UnitEntry(Record):
    """One unit's line in the register."""

    unit: str
    standing: Standing
    deadline: datetime  # first moment too late, with any extension
    extension: Extension | None = None
    receipts: tuple[Receipt, ...] = ()  # by number
    verdicts: tuple[Verdict, ...] = ()  # by number
    accepted: int | None = None  # number of the submission that counts
    late: bool = False  # the submission that counts was late or, without one, the date has passed
    pending: tuple[Drop, ...] = ()  # in the inbox, not received yet

    @property
    def last_verdict(self) -> Verdict | None:
        """The verdict on the latest judged submission."""
        return self.verdicts[-1] if self.verdicts else None


class StageEntry(Record):
    """One stage's line in the register."""

    stage: StageName
    opens: datetime
    deadline: datetime  # first moment too late, with any postponement
    round: int  # 0 before the stage's first record
    records: tuple[StageRecord, ...] = ()  # of every round, by time

    def record(self, step: str, round_number: int | None = None) -> StageRecord | None:
        """Return the record of a step in a round (the latest round unless told)."""
        wanted = self.round if round_number is None else round_number
        return next((each for each in self.records if each.step == step and each.round == wanted), None)

    @property
    def done(self) -> bool:
        """Whether the latest round reached its end."""
        return self.record("done") is not None


class Register(Record):
    """Everything known of a campaign at one moment."""

    plan: str
    campaign: str
    as_of: datetime  # campaign time
    units: dict[str, UnitEntry]  # in the plan's order
    stages: dict[StageName, StageEntry]
    decisions: tuple[Decision, ...]  # by time, those taken back too
    office_drops: dict[str, tuple[Drop, ...]]  # files in the offices' inbox folders, by arrival
    oddities: tuple[Drop, ...]  # files in no unit's or office's folder
    unreadable: tuple[str, ...] = ()  # keys of records that cannot be read, and so do not count

    def reporting(self, plan: Plan) -> list[UnitEntry]:
        """Return the entries of the units that owe a report, an own review or a nil return, in the plan's order."""
        return [
            self.units[unit.code]
            for unit in plan.units
            if unit.owes is not Duty.COVERAGE_PLAN and self.units[unit.code].standing is not Standing.EXEMPT
        ]

    def basis(self) -> dict[str, int]:
        """Return which report counts for each unit that has one: what a draft made now would rest on."""
        return {
            verdict.unit: verdict.number
            for entry in self.units.values()
            for verdict in entry.verdicts
            if verdict.number == entry.accepted and verdict.kind is not Submission.COVERAGE_PLAN
        }

    def appraisal(self, round_number: int) -> Appraisal | None:
        """Return the latest appraisal of a round's draft."""
        return next(
            (each for each in reversed(self.decisions) if isinstance(each, Appraisal) and each.round == round_number),
            None,
        )

    def conference_format(self) -> ConferenceFormat | None:
        """Return the latest decision on how the conference is held."""
        return next((each for each in reversed(self.decisions) if isinstance(each, ConferenceFormat)), None)


def derive(
    plan: Plan,
    campaign: Campaign,
    clock: Clock,
    *,
    inbox: Iterable[StoredObject],
    receipts: Iterable[Receipt],
    verdicts: Iterable[Verdict],
    decisions: Iterable[Decision],
    stage_records: Iterable[StageRecord],
    unreadable: Iterable[str] = (),
) -> Register:
    """Return the register that the records add up to; pure."""
    now = clock.now()
    recorded = tuple(sorted(decisions, key=lambda act: (act.decided_at, act.id)))
    acts = in_force(recorded)
    drops = _drops_by_owner(Keys(plan.id, campaign.code), inbox, clock)
    stages = _stages(campaign, acts, stage_records)
    receipts_of = _by_unit(receipts)
    verdicts_of = _by_unit(verdicts)
    units = {
        unit.code: _unit_entry(
            unit, stages, acts, receipts_of[unit.code], verdicts_of[unit.code], drops.pop(unit.code, ()), now
        )
        for unit in plan.units
    }
    offices = {office.code: drops.pop(office.code, ()) for office in plan.offices}
    return Register(
        plan=plan.id,
        campaign=campaign.code,
        as_of=now,
        units=units,
        stages=stages,
        decisions=recorded,
        office_drops=offices,
        oddities=tuple(drop for owner in sorted(drops) for drop in drops[owner]),
        unreadable=tuple(sorted(unreadable)),
    )


def _by_unit(records: Iterable[Numbered]) -> defaultdict[str, list[Numbered]]:
    grouped: defaultdict[str, list[Numbered]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.number):
        grouped[record.unit].append(record)
    return grouped


def _drops_by_owner(keys: Keys, inbox: Iterable[StoredObject], clock: Clock) -> dict[str, tuple[Drop, ...]]:
    grouped: defaultdict[str, list[Drop]] = defaultdict(list)
    for found in inbox:
        if found.key.endswith("/"):  # a folder marker, as some clients leave behind
            continue
        drop = Drop(
            key=found.key, etag=found.etag, size=found.size, arrived_at=clock.campaign_time(found.last_modified)
        )
        grouped[keys.inbox_owner(found.key)].append(drop)
    return {owner: tuple(sorted(files, key=lambda drop: drop.arrived_at)) for owner, files in grouped.items()}


def _stages(
    campaign: Campaign, acts: tuple[Decision, ...], records: Iterable[StageRecord]
) -> dict[StageName, StageEntry]:
    by_stage: defaultdict[StageName, list[StageRecord]] = defaultdict(list)
    for record in sorted(records, key=lambda record: (record.round, record.at)):
        by_stage[record.stage].append(record)
    entries = {}
    for name in StageName:
        dates = campaign.stages[name]
        deadline = dates.moment
        for act in acts:
            if isinstance(act, Postponement) and act.stage is name:
                deadline = Deadline(by=act.last_day).moment
        entries[name] = StageEntry(
            stage=name,
            opens=dates.opening,
            deadline=deadline,
            round=max((record.round for record in by_stage[name]), default=0),
            records=tuple(by_stage[name]),
        )
    return entries


def _unit_entry(
    unit: Unit,
    stages: Mapping[StageName, StageEntry],
    acts: tuple[Decision, ...],
    receipts: list[Receipt],
    verdicts: list[Verdict],
    drops: tuple[Drop, ...],
    now: datetime,
) -> UnitEntry:
    own = [act for act in acts if getattr(act, "unit", None) == unit.code]
    extension = next((act for act in reversed(own) if isinstance(act, Extension)), None)
    stage = StageName.COMMUNICATIONS if unit.owes is Duty.COVERAGE_PLAN else StageName.UNIT_REPORTS
    deadline = Deadline(by=extension.last_day).moment if extension else stages[stage].deadline
    seen = {(file.inbox_key, file.etag) for receipt in receipts for file in receipt.files}
    pending = tuple(drop for drop in drops if (drop.key, drop.etag) not in seen)
    counting = next((each for each in reversed(verdicts) if each.ruling is not Ruling.RETURNED), None)
    judged = {verdict.number for verdict in verdicts}
    if unit.owes is Duty.EXEMPT or any(isinstance(act, Exemption) for act in own):
        standing = Standing.EXEMPT
    elif pending or any(receipt.number not in judged for receipt in receipts):
        standing = Standing.PENDING
    elif verdicts and verdicts[-1].ruling is Ruling.RETURNED:
        standing = Standing.RETURNED
    elif counting:
        standing = Standing(counting.ruling.value)
    elif any(isinstance(act, NilReturn) for act in own):
        standing = Standing.NIL_RETURN
    else:
        standing = Standing.NOT_SENT
    late = counting.late if counting else not standing.settled and now >= deadline
    return UnitEntry(
        unit=unit.code,
        standing=standing,
        deadline=deadline,
        extension=extension,
        receipts=tuple(receipts),
        verdicts=tuple(verdicts),
        accepted=counting.number if counting else None,
        late=late,
        pending=pending,
    )
