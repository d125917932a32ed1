"""Papers as they were issued, signed and numbered: where offices put them, and which a stage has."""

from __future__ import annotations

from soket.plan.model import Plan, Stage, StageKind
from soket.record.inputs import is_delivered
from soket.record.records import StageRecord
from soket.record.register import Drop, Register
from soket.record.signed import IssuedPaper

ISSUED_FOLDER = "ban-hanh/"
"""The folder, inside an office's own, for what it issued."""


def is_issued(drop: Drop) -> bool:
    """Whether a file was put where issued papers belong."""
    return f"/{ISSUED_FOLDER}" in drop.key


def issues(plan: Plan, stage: Stage) -> bool:
    """Whether a paper is issued at the end of a stage: a conference, or the last appraisal of a draft."""
    if stage.kind is StageKind.CONFER:
        return True
    return stage.kind is StageKind.APPRAISE and all(
        each.kind is not StageKind.APPRAISE for each in plan.downstream(stage)
    )


def issuing(plan: Plan, register: Register, office: str) -> list[Stage]:
    """Return the stages of an office whose paper may be issued by now, in the plan's order."""
    return [
        each for each in plan.stages if each.owner == office and issues(plan, each) and is_delivered(register, each)
    ]


def issued_by(register: Register, stage: Stage) -> StageRecord | None:
    """Return the record of the paper that a stage's office issued, the last where it replaced one."""
    entry = register.stages.get(stage.id)
    found = (
        each
        for each in reversed(entry.records if entry else ())
        if isinstance(each.details, IssuedPaper) and each.details.number
    )
    return next(found, None)
