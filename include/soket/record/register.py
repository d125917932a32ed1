"""The register (sổ theo dõi): who has sent what and where each stage stands, derived from the bucket.

It can be rebuilt from the records at any time. Its snapshot in the bucket only saves reading again what is immutable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from pydantic import Field

from soket.clock import Clock
from soket.plan.dates import last_day_of
from soket.plan.model import Campaign, Deadline, Duty, Plan, StageName, Unit
from soket.record.acts import Acts
from soket.record.decisions import Appraisal, ConferenceFormat, Decision, Reopening, closing_of
from soket.record.drops import Drop, LeftOut, folders_of, in_short, within_quota
from soket.record.records import Attempt, Receipt, StageRecord, Submission, Verdict
from soket.record.units import Standing, UnitEntry, UnitRecords, unit_entry
from soket.store.keys import Keys
from soket.store.record import Record
from soket.store.store import StoredObject

__all__ = ["Drop", "Register", "StageEntry", "Standing", "UnitEntry", "derive"]

Numbered = TypeVar("Numbered", Receipt, Verdict, Attempt)


class StageEntry(Record):
    """One stage's line in the register."""

    stage: StageName
    opens: datetime
    deadline: datetime  # first moment too late, with any postponement
    round: int  # 0 before the stage's first record
    records: tuple[StageRecord, ...] = ()  # of every round, by time

    @property
    def last_day(self) -> date:
        """The last day in time, with any postponement."""
        return last_day_of(self.deadline)

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
    surplus: dict[str, LeftOut] = Field(default_factory=dict)  # by folder: beyond the quota, so not received
    hollow: dict[str, LeftOut] = Field(default_factory=dict)  # by folder: names ending in "/", whose content is lost
    unreadable: tuple[str, ...] = ()  # keys of records that another version of soket wrote, and so do not count
    spoilt: tuple[str, ...] = ()  # keys under which there is no record any more: see intake.spoilt

    @cached_property
    def acts(self) -> Acts:
        """What was decided, and which of it is in force."""
        return Acts(self.decisions)

    def reporting(self, plan: Plan) -> list[UnitEntry]:
        """Return the entries of the units that owe a report, an own review or a nil return, in the plan's order."""
        return [
            self.units[unit.code]
            for unit in plan.units
            if unit.owes is not Duty.COVERAGE_PLAN and self.units[unit.code].standing is not Standing.EXEMPT
        ]

    def press(self, plan: Plan) -> list[UnitEntry]:
        """Return the entries of those that owe a plan of coverage, and no report, in the plan's order."""
        return [
            self.units[unit.code]
            for unit in plan.units
            if unit.owes is Duty.COVERAGE_PLAN and self.units[unit.code].standing is not Standing.EXEMPT
        ]

    @property
    def failures(self) -> list[Attempt]:
        """The last attempt at each submission that our own code could not judge yet, in the plan's order."""
        return [attempt for entry in self.units.values() for attempt in entry.failures]

    def having(self, record: StageRecord) -> Register:
        """Return the register with a stage record in it, as a reading of the bucket would find it."""
        entry = self.stages[record.stage]
        if entry.record(record.step, record.round):
            return self
        update = {"round": max(entry.round, record.round), "records": (*entry.records, record)}
        return self.model_copy(update={"stages": {**self.stages, record.stage: entry.model_copy(update=update)}})

    def basis(self) -> dict[str, int]:
        """Return which report counts for each unit that has one: what a draft made now would rest on."""
        return {
            verdict.unit: verdict.number
            for entry in self.units.values()
            for verdict in entry.verdicts
            if entry.standing is not Standing.EXEMPT
            and verdict.number == entry.accepted
            and verdict.kind is not Submission.COVERAGE_PLAN
        }

    def appraisal(self, round_number: int) -> Appraisal | None:
        """Return the latest appraisal of a round's draft."""
        return next(
            (each for each in reversed(self.decisions) if isinstance(each, Appraisal) and each.round == round_number),
            None,
        )

    def conference_format(self) -> ConferenceFormat | None:
        """Return the latest decision on how the conference is held."""
        return _called(self.decisions)

    def reopened(self, stage: StageName) -> bool:
        """Whether an operator reopened a stage after its latest round was done."""
        done = self.stages[stage].record("done")
        return done is not None and any(
            isinstance(act, Reopening) and act.stage is stage and act.decided_at > done.at for act in self.acts.in_force
        )

    def decided_format(self) -> ConferenceFormat | None:
        """Return the decision on the format that was taken since the conference's latest round was opened."""
        decision = self.conference_format()
        opened = self.stages[StageName.CONFERENCE].record("opened")
        return decision if decision and opened and decision.decided_at >= opened.at else None


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
    attempts: Iterable[Attempt] = (),
    unreadable: Iterable[str] = (),
    spoilt: Iterable[str] = (),
    numbers: Mapping[str, int] | None = None,
) -> Register:
    """Return the register that the records add up to; pure."""
    now = clock.now()
    recorded = tuple(sorted(decisions, key=lambda act: (act.decided_at, act.id)))
    acts = Acts(recorded)
    keys = Keys(plan.id, campaign.code)
    stages = _stages(campaign, acts, stage_records)
    ends = {name: entry.record("done") for name, entry in stages.items()}
    closings = {name: closing_of(campaign, ends, _called(recorded), name) for name in StageName}
    receipts_of, verdicts_of = _by_unit(receipts), _by_unit(verdicts)
    folders = folders_of(keys, inbox, clock)
    sorted_out = {
        owner: within_quota(folder.drops, receipts_of.get(owner, ()), plan.limits) for owner, folder in folders.items()
    }
    drops = {owner: waiting for owner, (waiting, _) in sorted_out.items()}
    attempts_of = _by_unit(sorted(attempts, key=lambda attempt: attempt.attempt))
    acts_of: defaultdict[str, list[Decision]] = defaultdict(list)
    for act in acts.in_force:
        acts_of[getattr(act, "unit", "")].append(act)
    last_numbers, unread = numbers or {}, tuple(sorted(unreadable))
    units = {
        code: unit_entry(
            unit,
            UnitRecords(
                acts_of[code],
                receipts_of[code],
                verdicts_of[code],
                attempts_of[code],
                drops.pop(code, ()),
                last_numbers.get(code, 0),
                keys.submissions_of(code, unread),
            ),
            keys,
            stage_deadline=stages[_stage_of(unit)].deadline,
            dating=acts.dating(code, _stage_of(unit)),
            closing=closings[_stage_of(unit)],
            now=now,
            locks=plan.limits.late == "lock",
        )
        for code, unit in ((unit.code, unit) for unit in plan.units)
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
        surplus={owner: surplus for owner, (_, surplus) in sorted(sorted_out.items()) if surplus},
        hollow={owner: hollow for owner, each in sorted(folders.items()) if (hollow := in_short(each.hollow))},
        unreadable=unread,
        spoilt=tuple(sorted(spoilt)),
    )


def _stage_of(unit: Unit) -> StageName:
    return StageName.COMMUNICATIONS if unit.owes is Duty.COVERAGE_PLAN else StageName.UNIT_REPORTS


def _called(decisions: tuple[Decision, ...]) -> ConferenceFormat | None:
    return next((each for each in reversed(decisions) if isinstance(each, ConferenceFormat)), None)


def _by_unit(records: Iterable[Numbered]) -> defaultdict[str, list[Numbered]]:
    grouped: defaultdict[str, list[Numbered]] = defaultdict(list)
    for record in sorted(records, key=lambda record: record.number):
        grouped[record.unit].append(record)
    return grouped


def _stages(campaign: Campaign, acts: Acts, records: Iterable[StageRecord]) -> dict[StageName, StageEntry]:
    by_stage: defaultdict[StageName, list[StageRecord]] = defaultdict(list)
    for record in sorted(records, key=lambda record: (record.round, record.at)):
        by_stage[record.stage].append(record)
    entries = {}
    for name in StageName:
        dates = campaign.stages[name]
        postponed = acts.postponement_of(name)
        entries[name] = StageEntry(
            stage=name,
            opens=dates.opening,
            deadline=Deadline(by=postponed.last_day).moment if postponed else dates.moment,
            round=max((record.round for record in by_stage[name]), default=0),
            records=tuple(by_stage[name]),
        )
    return entries
