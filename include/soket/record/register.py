"""The register (sổ theo dõi): who has sent what and where each stage stands, derived from the bucket.

It can be rebuilt from the records at any time. Its snapshot in the bucket only saves reading again what is immutable.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import cached_property

from pydantic import Field

from soket.clock import Clock
from soket.plan.model import Campaign, Duty, Plan, Stage, StageKind, Unit
from soket.record.acts import Acts, of_stage
from soket.record.attendance import Reply
from soket.record.closing import Closing, closing_of
from soket.record.confirming import Confirmation
from soket.record.day_tree import DayTree
from soket.record.decisions import Appraisal, ConferenceFormat, Decision, Reopening
from soket.record.drops import Drop, LeftOut, apart, folders_of, in_short, within_quota
from soket.record.link_asks import LinkAsk
from soket.record.messages import UnitMessage
from soket.record.nominees import NOMINATING
from soket.record.records import Attempt, Receipt, StageRecord, Submission, Verdict
from soket.record.requests import ExtensionRequest
from soket.record.stage_entries import StageEntry, stage_entries
from soket.record.standing import Standing, UnitRecords
from soket.record.taking_back import TakeBack, Withdrawal, words_of_units
from soket.record.units import UnitEntry, by_unit, unit_entry
from soket.store.keys import Keys
from soket.store.record import Record
from soket.store.store import StoredObject

__all__ = ["Drop", "Register", "StageEntry", "Standing", "UnitEntry", "derive"]


class Register(Record):
    """Everything known of a campaign at one moment."""

    plan: str
    campaign: str
    as_of: datetime  # campaign time
    units: dict[str, UnitEntry]  # in the plan's order
    stages: dict[str, StageEntry]  # those that the campaign has, in the plan's order
    decisions: tuple[Decision, ...]  # by time, those taken back too
    office_drops: dict[str, tuple[Drop, ...]]  # files in the offices' inbox folders, by arrival
    nominations: dict[str, tuple[Drop, ...]] = Field(default_factory=dict)  # by unit, files that nominate
    oddities: tuple[Drop, ...]  # files in no unit's or office's folder
    replies: tuple[Reply, ...] = ()  # to invitations, by time
    requests: tuple[ExtensionRequest, ...] = ()  # of units for more time, by time
    messages: tuple[UnitMessage, ...] = ()  # of units, by time
    link_asks: tuple[LinkAsk, ...] = ()  # lately, at the door of all units
    trees: tuple[DayTree, ...] = ()  # of hashes, of the days that are over, by day
    reply_drops: dict[str, tuple[Drop, ...]] = Field(default_factory=dict)  # by whose folder, by arrival
    surplus: dict[str, LeftOut] = Field(default_factory=dict)  # by folder: beyond the quota, so not received
    hollow: dict[str, LeftOut] = Field(default_factory=dict)  # by folder: names ending in "/", whose content is lost
    unreadable: tuple[str, ...] = ()  # keys of records that another version of soket wrote, and so do not count
    spoilt: tuple[str, ...] = ()  # keys under which there is no record any more: see intake.spoilt
    gone: tuple[str, ...] = ()  # keys of files and slips that are not there any more: see intake.spoilt

    @cached_property
    def acts(self) -> Acts:
        """What was decided, and which of it is in force."""
        return Acts(self.decisions)

    def reporting(self, plan: Plan, stage: Stage | None = None) -> list[UnitEntry]:
        """Return who owes a report, an own review or a nil return, or what a told stage takes, in the plan's order."""
        apart = (Duty.COVERAGE_PLAN, Duty.DOCUMENT) if stage is None else (Duty.COVERAGE_PLAN,)
        return self._owing(
            unit for unit in plan.units if unit.owes not in apart and (stage is None or plan.stage_of(unit) == stage)
        )

    def press(self, plan: Plan) -> list[UnitEntry]:
        """Return the entries of those that owe a plan of coverage, and no report, in the plan's order."""
        return self._owing(unit for unit in plan.units if unit.owes is Duty.COVERAGE_PLAN)

    def documents(self, plan: Plan) -> list[UnitEntry]:
        """Return the entries of what units owe beside their reports, in the plan's order."""
        return self._owing(unit for unit in plan.units if unit.owes is Duty.DOCUMENT)

    def _owing(self, units: Iterable[Unit]) -> list[UnitEntry]:
        return [entry for unit in units if (entry := self.units[unit.code]).standing is not Standing.EXEMPT]

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

    def basis(self, of: Collection[str] | None = None) -> dict[str, int]:
        """Return which report counts for each unit, or of some, that has one: what a draft made now would rest on."""
        return {
            verdict.unit: verdict.number
            for entry in self.units.values()
            for verdict in entry.verdicts
            if entry.standing is not Standing.EXEMPT
            and (of is None or entry.unit in of)
            and verdict.number == entry.accepted
            and verdict.kind not in (Submission.COVERAGE_PLAN, Submission.DOCUMENT)
        }

    def of(self, stage: Stage) -> StageEntry:
        """Return a stage's line."""
        return self.stages[stage.id]

    def unclosed(self, plan: Plan) -> list[Stage]:
        """Return the stages of the campaign whose latest round has not reached its end, in the plan's order."""
        return [stage for stage in plan.stages if stage.id in self.stages and not self.of(stage).done]

    def appraisal(self, stage: Stage, round_number: int) -> Appraisal | None:
        """Return the latest decision that an appraisal took on a round's draft."""
        taken = (each for each in reversed(self.decisions) if isinstance(each, Appraisal))
        return next((each for each in taken if (each.stage, each.round) == (stage.id, round_number)), None)

    def conference_format(self, stage: Stage, *, by: datetime | None = None) -> ConferenceFormat | None:
        """Return the latest decision on how a conference is held, or the latest that was taken by a moment."""
        chosen = (each for each in reversed(self.decisions) if isinstance(each, ConferenceFormat))
        taken = (each for each in chosen if by is None or each.decided_at <= by)
        return next((each for each in taken if each.stage == stage.id), None)

    def conference_before(self, plan: Plan, stage: Stage) -> ConferenceFormat | None:
        """Return the latest decision on the conference that a stage follows last; None where it follows none."""
        before = [each for each in plan.upstream(stage) if each.kind is StageKind.CONFER]
        return self.conference_format(before[-1]) if before else None

    def closing(self, plan: Plan, campaign: Campaign, stage: Stage) -> Closing:
        """Return from when on nobody waits for what a stage collects, and why."""
        return closing_of(plan, campaign, self.stages, self.decisions, stage)

    def reopened(self, stage: Stage) -> bool:
        """Whether an operator reopened a stage after its latest round was done, and it is one that reopens."""
        done = self.of(stage).record("done") if stage.kind.reopens else None
        return done is not None and any(
            isinstance(act, Reopening) and act.stage == stage.id and act.decided_at > done.at
            for act in self.acts.in_force
        )

    def round_to_open(self, stage: Stage) -> int:
        """Return the round that a stage is in, or the next one where an operator reopened it; the first is 1."""
        latest = self.of(stage).round
        return latest + 1 if self.reopened(stage) else max(latest, 1)

    def decided_format(self, stage: Stage) -> ConferenceFormat | None:
        """Return the decision on the format that was taken since the conference's latest round was opened."""
        decision, opened = self.conference_format(stage), self.of(stage).record("opened")
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
    replies: Iterable[Reply] = (),
    requests: Iterable[ExtensionRequest] = (),
    confirmations: Iterable[Confirmation] = (),
    take_backs: Iterable[TakeBack] = (),
    withdrawals: Iterable[Withdrawal] = (),
    messages: Iterable[UnitMessage] = (),
    trees: Iterable[DayTree] = (),
    link_asks: Iterable[LinkAsk] = (),
    unreadable: Iterable[str] = (),
    spoilt: Iterable[str] = (),
    gone: Iterable[str] = (),
    numbers: Mapping[str, int] | None = None,
) -> Register:
    """Return the register that the records add up to; pure."""
    now = clock.now()
    recorded = tuple(sorted((of_stage(plan, act) for act in decisions), key=lambda act: (act.decided_at, act.id)))
    acts, keys = Acts(recorded), Keys(plan.id, campaign.code)
    stages = stage_entries(plan, campaign, acts, stage_records)
    closings = {stage.id: closing_of(plan, campaign, stages, recorded, stage) for stage in plan.stages}
    home = {unit.code: plan.stage_of(unit) for unit in plan.units}
    receipts_of, verdicts_of, withdrawn = by_unit(receipts), by_unit(verdicts), by_unit(withdrawals)
    folders, reply_drops = apart(folders_of(keys, inbox, clock, nominating=plan.commendation.nominations), plan.limits)
    sorted_out = {
        owner: within_quota(each.drops, receipts_of.get(owner, ()), plan.limits, withdrawn.get(owner, ()))
        for owner, each in folders.items()
    }
    drops = {owner: waiting for owner, (waiting, _) in sorted_out.items()}
    attempts_of, confirmed = by_unit(sorted(attempts, key=lambda attempt: attempt.attempt)), by_unit(confirmations)
    asked_back, acts_of = words_of_units(take_backs), defaultdict[str, list[Decision]](list)
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
                confirmed[code],
                withdrawn[code],
                asked_back[code],
            ),
            keys,
            planned=plan.deadline_of(campaign, home[code], unit).moment,
            dating=acts.dating(code, home[code].id),
            closing=closings[home[code].id].moment,
            now=now,
            locks=plan.limits.late == "lock",
        )
        for code, unit in ((unit.code, unit) for unit in plan.units)
    }
    offices = {office.code: drops.pop(office.code, ()) for office in plan.offices}
    nominations = {code: found for code in units if (found := drops.pop(f"{code}{NOMINATING}", ()))}
    return Register(
        plan=plan.id,
        campaign=campaign.code,
        as_of=now,
        units=units,
        stages=stages,
        decisions=recorded,
        office_drops=offices,
        nominations=nominations,
        oddities=tuple(drop for owner in sorted(drops) for drop in drops[owner]),
        replies=tuple(sorted(replies, key=lambda each: (each.at, each.id))),
        requests=tuple(sorted(requests, key=lambda each: (each.at, each.id))),
        messages=tuple(sorted(messages, key=lambda each: (each.at, each.id))),
        link_asks=tuple(link_asks),
        trees=tuple(sorted(trees, key=lambda tree: tree.day)),
        reply_drops=reply_drops,
        surplus={owner: surplus for owner, (_, surplus) in sorted(sorted_out.items()) if surplus},
        hollow={owner: hollow for owner, each in sorted(folders.items()) if (hollow := in_short(each.hollow))},
        unreadable=unread,
        spoilt=tuple(sorted(spoilt)),
        gone=tuple(sorted(gone)),
    )
