"""Rounds of a stage: whether another one is to come, and whether an earlier one met the date it still has."""

from __future__ import annotations

from datetime import date, datetime

from soket.plan.model import Plan, Stage, StageKind
from soket.record.records import StageRecord
from soket.record.register import Register, StageEntry
from soket.record.stage_details import AppraisalOutcome, DraftTaken
from soket.record.stage_moves import stage_moves


def is_over(plan: Plan, register: Register, stage: Stage) -> bool:
    """Whether nothing more is to come of a stage: what was returned, or sends back, has another round before it."""
    done = register.of(stage).record("done")
    if done is None or register.reopened(stage):
        return False
    return not _returned(done) and not is_sent_back(plan, register, stage, done.round)


def is_sent_back(plan: Plan, register: Register, stage: Stage, round_number: int) -> bool:
    """Whether a round of a draft was returned by an appraisal."""
    return sent_back_at(plan, register, stage, round_number) is not None


def sent_back_at(plan: Plan, register: Register, stage: Stage, round_number: int) -> datetime | None:
    """Return when a round of a draft was returned by an appraisal; None where it was not."""
    told = (
        register.appraisal(each, round_number)
        for each in _appraisals_of(plan, stage)
        if plan.returned_by(each) == stage
    )
    return max((each.decided_at for each in told if each and each.outcome == "returned"), default=None)


def in_appraisal(plan: Plan, register: Register, stage: Stage) -> int | None:
    """Return the latest round of a draft that was delivered, where its appraisal is not concluded; None otherwise."""
    rounds = [each.round for each in delivered(register.of(stage))]
    if not rounds:
        return None
    told = [register.appraisal(each, max(rounds)) for each in _appraisals_of(plan, stage)]
    returned = any(each and each.outcome == "returned" for each in told)
    return None if returned or all(told) else max(rounds)


def delivered(entry: StageEntry) -> list[StageRecord]:
    """Return the end of each round of a stage that delivered something: an appraisal that returned a draft did not."""
    return [each for each in entry.records if each.step == "done" and not _returned(each)]


def round_before(plan: Plan, register: Register, stage: Stage) -> StageRecord | None:
    """Return the end of the latest round that delivered, while another round is to come.

    The date that the stage still has asks nothing of that one. A date that was moved after the delivery, and not put
    back, does: it is for the next, and there is none before it.
    """
    if is_over(plan, register, stage):
        return None
    moves = stage_moves(register.acts, stage.id, date.min)  # from which day is nothing to this
    latest = max(delivered(register.of(stage)), key=lambda each: each.round, default=None)
    since = [each for each in moves if latest is not None and latest.at < each.act.decided_at]
    return None if since and since[0].before != since[-1].after else latest


def round_in_time(plan: Plan, register: Register, stage: Stage) -> StageRecord | None:
    """Return the end of the round before the one that is to come, where it met the date that the stage still has."""
    entry, latest = register.of(stage), round_before(plan, register, stage)
    if latest is None:
        return None
    official = entry.record("official", latest.round)
    taken = official.details if official else None
    late = taken.late if isinstance(taken, DraftTaken) else latest.at >= entry.deadline
    return None if late else latest


def say_met(plan: Plan, register: Register, stage: Stage) -> str | None:
    """Return what became of a date, where an earlier round met it; None where it is to be met.

    A draft that came back before the date is past is to meet it again, and so is what units are asked for.
    """
    entry, met = register.of(stage), round_in_time(plan, register, stage)
    if met is None:
        return None
    again = stage.kind is StageKind.COLLECT or is_sent_back(plan, register, stage, met.round)
    if again and register.as_of < entry.deadline:
        return None
    return f"hạn này đã đạt ở vòng {met.round}; vòng {max(entry.round, met.round + 1)} chưa có hạn riêng"


def say_between(plan: Plan, register: Register, stage: Stage) -> str | None:
    """Return what a stage waits for between two rounds; None where it is over, or a round of it is open."""
    done = register.of(stage).record("done")
    if done is None or is_over(plan, register, stage):
        return None
    if register.reopened(stage):
        return "được mở lại"
    draft = plan.returned_by(stage) if stage.kind is StageKind.APPRAISE else None
    if draft is not None:
        return f"đã trả lại vòng {done.round}, chờ {plan.office(draft.owner).name} gửi lại dự thảo"
    return f"vòng {done.round} bị trả lại, chờ {plan.office(stage.owner).name} gửi lại"


def _appraisals_of(plan: Plan, draft: Stage) -> list[Stage]:
    return [each for each in plan.stages_of(StageKind.APPRAISE) if plan.draft_of(each) == draft]


def _returned(record: StageRecord) -> bool:
    return isinstance(record.details, AppraisalOutcome) and record.details.outcome == "returned"
