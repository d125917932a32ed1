"""The table of a conference as the register has it: every reply to its invitation, and who is asked to speak."""

from __future__ import annotations

from soket.plan.guests import speakers_of
from soket.plan.model import Plan, Stage
from soket.record.attendance import Attendance, attendance_of
from soket.record.records import Submission
from soket.record.register import Register


def table_of(plan: Plan, register: Register, stage: Stage) -> Attendance:
    """Return the one table of replies to a conference's present invitation."""
    assigned = asked_to_speak(plan, register)
    return attendance_of(plan, stage, register.of(stage).round, register.replies, assigned)


def asked_to_speak(plan: Plan, register: Register) -> dict[str, str]:
    """Return who is asked to speak: as the plan says, and who held a review of its own."""
    held = {
        each.unit
        for entry in register.units.values()
        for each in entry.outcomes
        if each.number == entry.accepted and each.kind is Submission.OWN_REVIEW
    }
    topic = f"Kết quả, kinh nghiệm tự tổ chức {plan.review_word}"
    planned = speakers_of(plan)
    return planned | {unit.code: topic for unit in plan.units if unit.code in held and unit.code not in planned}
