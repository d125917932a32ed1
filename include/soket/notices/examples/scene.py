"""What examples are made from: a plan's last campaign at a moment, and a register of what might have happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from soket.clock import VIETNAM, FrozenClock
from soket.notices.examples.found import REFERRING, TABLE, faults_of, report_name
from soket.plan.model import Duty, Plan, Severity, Stage, StageKind
from soket.record.day_tree import trees_to_seal
from soket.record.decisions import Decision
from soket.record.records import Attempt, Receipt, ReceivedFile, Ruling, StageRecord, Submission, Verdict
from soket.record.register import Register, derive
from soket.record.taking_back import Withdrawal
from soket.record.workspace import Workspace
from soket.store.store import MemoryStore, StoredObject


class NoSuchStageError(LookupError):
    """A plan has no stage of a kind, and so none of its mails."""


def stage_at(plan: Plan, kind: StageKind | Stage) -> Stage:
    """Return the first stage of a kind in a plan's last campaign, or the very stage; raise NoSuchStageError."""
    if isinstance(kind, Stage):
        return kind
    for stage in plan.in_campaign(plan.campaigns[-1]).stages_of(kind):
        return stage
    raise NoSuchStageError(kind)


def workspace_at(plan: Plan, kind: StageKind | Stage, *, days: int = 0, opening: bool = False) -> Workspace:
    """Return the workspace of a plan's last campaign, so many working days from a stage's last day, at 08:00."""
    campaign = plan.campaigns[-1]
    plan, store = plan.in_campaign(campaign), MemoryStore()
    stage = stage_at(plan, kind)
    dates = campaign.stages[stage.id]
    here = Workspace(plan, campaign, store, FrozenClock(dates.opening))
    owing = [unit for unit in plan.units_of(stage) if unit.owes is not Duty.EXEMPT][:1]
    due = [plan.deadline_of(campaign, stage, unit) for unit in owing if kind is StageKind.COLLECT]
    day = dates.opens if opening else [dates, *due][-1].last_day  # examples are of the first unit
    if days:
        day = here.calendar.add_working_days(day, days)
    return Workspace(plan, campaign, store, FrozenClock(datetime.combine(day, time(8), VIETNAM)))


def register_of(
    workspace: Workspace,
    rulings: Sequence[Ruling | None] = (None,),
    *,
    decisions: Sequence[Decision] = (),
    records: Sequence[StageRecord] = (),
    strays: Sequence[str] = (),
    kind: Submission = Submission.REPORT,
    sent_at: datetime | None = None,
    fails: bool = False,
    taken_back: bool = False,
) -> Register:
    """Return a register in which the units were judged in turn as `rulings` says; None: nothing sent.

    With `sent_at`, the first unit sent something then; with `fails`, our own code could not judge it; `taken_back` if
    the unit did that.
    """
    judged = [
        (unit.code, ruling)
        for number, unit in enumerate(workspace.plan.units)
        if unit.owes not in (Duty.EXEMPT, Duty.COVERAGE_PLAN) and (ruling := rulings[number % len(rulings)])
    ]
    one = workspace.plan.units[0].code
    receipts = [_receipt(workspace, code) for code, _ in judged]
    if sent_at:
        receipts.append(_receipt(workspace, one, sent_at))
    return derive(
        workspace.plan,
        workspace.campaign,
        workspace.clock,
        inbox=[
            StoredObject(workspace.keys.inbox + name, "0", 24_816, workspace.now - timedelta(hours=15))
            for name in strays
        ],
        receipts=receipts,
        verdicts=[_judge(workspace, code, ruling, kind) for code, ruling in judged],
        decisions=decisions,
        stage_records=records,
        attempts=[_attempt(workspace, one)] * fails,
        withdrawals=[_withdrawal(workspace, one)] * taken_back,
        trees=trees_to_seal(workspace.plan.id, workspace.campaign.code, receipts, (), workspace.now),
    )


def _attempt(workspace: Workspace, unit: str) -> Attempt:
    now, error = workspace.now, ZeroDivisionError("division by zero")
    return Attempt(unit=unit, number=1, attempt=1, at=now, again_at=now, error=type(error).__name__, detail=str(error))


def _withdrawal(workspace: Workspace, unit: str) -> Withdrawal:
    asked = workspace.now - timedelta(minutes=2)
    return Withdrawal(
        unit=unit, number=1, at=workspace.now, take_back="", asked_at=asked, person="Trần Thị Văn Thư, văn thư"
    )


def _receipt(workspace: Workspace, unit: str, at: datetime | None = None) -> Receipt:
    plan = workspace.plan
    names = [report_name(plan), *[TABLE] * bool(plan.form_of(plan.unit(unit)))]
    deadline = _due(workspace, unit)
    arrived = at or _before(workspace, deadline) - timedelta(minutes=17)
    files = [
        ReceivedFile(
            inbox_key=workspace.keys.inbox_folder(unit) + name,
            key=workspace.keys.report(unit, 1, f"files/{name}"),
            name=name,
            original_name=name,
            etag="0",
            sha256="0" * 64,
            size=24_816,
            arrived_at=arrived,
        )
        for name in names
    ]
    return Receipt(unit=unit, number=1, received_at=arrived, deadline=deadline, files=tuple(files))


def _due(workspace: Workspace, code: str) -> datetime:
    plan, unit = workspace.plan, workspace.plan.unit(code)
    return plan.deadline_of(workspace.campaign, plan.stage_of(unit), unit).moment


def _before(workspace: Workspace, deadline: datetime) -> datetime:
    """Return when what was sent in time was judged: some have until after the moment of the example."""
    return min(deadline - timedelta(days=5, hours=8), workspace.now - timedelta(hours=16))


def _judge(workspace: Workspace, unit: str, ruling: Ruling, kind: Submission) -> Verdict:
    found = faults_of(workspace.plan, workspace.plan.unit(unit))
    warnings = [each for each in found if each.severity is Severity.WARNING]
    faults = {
        Ruling.ACCEPTED: (),
        Ruling.ACCEPTED_WITH_WARNINGS: warnings,
        Ruling.REFERRED: (REFERRING, *warnings),
        Ruling.RETURNED: found,
    }[ruling]
    slip = workspace.keys.report(unit, 1, "slip.docx")
    workspace.store.put(slip, b"")
    return Verdict(
        unit=unit,
        number=1,
        kind=kind,
        ruling=ruling,
        late=False,
        judged_at=_before(workspace, _due(workspace, unit)),
        faults=tuple(faults),
        slip_key=slip if ruling is Ruling.RETURNED else None,
    )


def step_record(workspace: Workspace, kind: StageKind | Stage, step: str, files: Sequence[str]) -> StageRecord:
    """Return the record of a step of a stage's first round, with products that are in the bucket, empty."""
    stage = stage_at(workspace.plan, kind).id
    keys = [workspace.keys.stage(stage, 1, name) for name in files]
    for key in keys:
        workspace.store.put(key, b"")
    return StageRecord(stage=stage, round=1, step=step, at=workspace.now, note="", products=tuple(keys))
