"""What a stage's work rests on: whose reports, and whether what the stages before it deliver is there."""

from __future__ import annotations

from soket.plan.model import Plan, Stage, StageKind
from soket.record.register import Register, UnitEntry
from soket.record.stage_details import AppraisalOutcome


def reports_for(plan: Plan, register: Register, stage: Stage) -> list[UnitEntry]:
    """Return the entries of the units whose reports a stage rests on: of all where it follows nothing."""
    before = [each for each in plan.upstream(stage) if each.kind is StageKind.COLLECT]
    if not before:
        return register.reporting(plan)
    return [entry for entry in register.reporting(plan) if plan.stage_of(plan.unit(entry.unit)) in before]


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
