"""What a stage's work rests on: whose reports, and whether what the stages before it deliver is there."""

from __future__ import annotations

from soket.plan.model import Duty, Plan, Stage, StageKind, Unit
from soket.record.register import Register, UnitEntry
from soket.record.stage_details import AppraisalOutcome


def reports_for(plan: Plan, register: Register, stage: Stage) -> list[UnitEntry]:
    """Return the entries of the units whose reports a stage rests on."""
    before = _collected(plan, stage)
    return [each for each in register.reporting(plan) if _is_among(plan, before, plan.unit(each.unit))]


def rests_on(plan: Plan, stage: Stage, unit: Unit) -> bool:
    """Whether a stage rests on a unit's report."""
    return unit.owes is not Duty.COVERAGE_PLAN and _is_among(plan, _collected(plan, stage), unit)


def _collected(plan: Plan, stage: Stage) -> list[Stage]:
    """Return the stages whose reports a stage goes on from; none where it follows nothing, and rests on all."""
    return [each for each in plan.upstream(stage) if each.kind is StageKind.COLLECT]


def _is_among(plan: Plan, collected: list[Stage], unit: Unit) -> bool:
    return not collected or plan.stage_of(unit) in collected


def basis_for(plan: Plan, register: Register, stage: Stage) -> dict[str, int]:
    """Return which report counts for each unit that a stage rests on: what it would rest on, were it made now."""
    return register.basis({entry.unit for entry in reports_for(plan, register, stage)})


def is_delivered(register: Register, stage: Stage, round_number: int | None = None) -> bool:
    """Whether what follows a stage can go on from it, or from one of its rounds."""
    entry = register.of(stage)
    if stage.kind is StageKind.PUBLISH:
        return entry.record("press") is not None
    done = entry.record("done", round_number)
    if done is None:
        return False
    return not (isinstance(done.details, AppraisalOutcome) and done.details.outcome == "returned")


def awaited(plan: Plan, register: Register, stage: Stage) -> list[Stage]:
    """Return the stages that a stage follows and that have not delivered yet.

    A draft goes on from the latest round of an earlier one: what appraises that one has delivered once it approved it.
    """
    earlier = plan.draft_of(stage) if stage.kind is StageKind.DRAFT else None
    latest = register.of(earlier).round if earlier else None
    return [
        before
        for before in map(plan.stage, stage.after)
        if not is_delivered(register, before, latest if before.kind is StageKind.APPRAISE else None)
    ]
