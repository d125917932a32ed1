"""Replies to invitations: recorded in one way for every channel, mail, page or file, and all of them in one table."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from soket.clock import VIETNAM
from soket.plan.guests import speakers_of
from soket.plan.model import Plan, Stage, StageKind
from soket.record.attendance import Attendance, Attending, Channel, Reply, attendance_of, checked, reply_id
from soket.record.filing import file_from_unit
from soket.record.records import Submission
from soket.record.register import Register
from soket.record.workspace import Workspace

_LONGEST = 500  # characters of what somebody fills in


def record_reply(
    workspace: Workspace,
    register: Register,
    *,
    channel: Channel,
    source: str,
    guest: str,
    stage: str = "",
    round_number: int = 0,
    at: datetime | None = None,
    attending: Attending | None = None,
    refused: str = "",
    **told: str,
) -> Reply:
    """File what a guest said of coming, once for each source; return it as it is on record, with why it cannot count.

    Without a stage it is the plan's first conference, without a round the invitation that went out last. `told` are the
    other fields of a reply: who comes, on what they speak, …
    """
    conferences = workspace.plan.stages_of(StageKind.CONFER)
    known = next((each for each in conferences if each.id == stage), None if stage else next(iter(conferences), None))
    latest = register.stages[known.id].round if known and known.id in register.stages else 0
    called = register.conference_format(known) if known and (round_number or latest) == latest else None
    # Of a moment after now, or before anybody was invited, a clock that is not ours tells: it came when we learn of it.
    believed = at is not None and (called.decided_at if called else at) <= at <= workspace.now
    reply = Reply(
        id=reply_id(channel, source),
        stage=known.id if known else stage,
        round=round_number or latest,
        guest=guest,
        channel=channel,
        at=at if at is not None and believed else workspace.now,
        source=source,
        attending=attending,
        refused=refused if known else f"kế hoạch không có hội nghị «{stage}»",
        **{name: " ".join(text.split())[:_LONGEST] for name, text in told.items()},
    )
    return file_from_unit(workspace, checked(workspace.plan, known, reply, latest) if known else reply)


def table_of(plan: Plan, register: Register, stage: Stage) -> Attendance:
    """Return the one table of replies to a conference's present invitation."""
    assigned = asked_to_speak(plan, register)
    entry, called = register.of(stage), register.conference_format(stage)
    invited = called is not None and called.format != "postponed" and entry.record("done") is not None
    over = invited and called is not None and called.day < register.as_of.astimezone(VIETNAM).date()
    table = attendance_of(plan, stage, entry.round, register.replies, assigned)
    return replace(table, lines=tuple(replace(each, over=True) for each in table.lines), over=True) if over else table


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
