"""Answers to nominations for commendation: taken, or returned with every fault and its slip."""

from __future__ import annotations

from pydantic import JsonValue

from soket.notices.facts import Facts, as_attachments, deadline_facts, unit_facts
from soket.notices.notice import Kind, Notice
from soket.plan.model import Severity, StageKind, Unit
from soket.record.commending import nominations_of
from soket.record.nominees import NominationTaken
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.text import format_moment


def nomination_notices(workspace: Workspace, register: Register) -> list[Notice]:
    """Tell each unit what came of each of its nominations."""
    plan = workspace.plan
    units = plan.units if plan.commendation.nominations else ()
    return [
        _answer(workspace, register, unit, taken) for unit in units for taken in nominations_of(plan, register, unit)
    ]


def _answer(workspace: Workspace, register: Register, unit: Unit, taken: NominationTaken) -> Notice:
    plan = workspace.plan
    return Notice(
        kind=Kind.RETURN if taken.returned else Kind.RECEIPT,
        addressee=unit.code,
        step=f"bd{taken.number}",
        to=(unit.contact,),
        context={
            **unit_facts(workspace, unit, register.units[unit.code]),
            **_until(workspace),
            "unit_name": f"đề nghị biểu dương của {unit.name}" if taken.returned else unit.name,
            "receiver": plan.office(plan.roles.lead).name,
            "number": taken.number,
            "late": False,
            "received": format_moment(taken.arrived_at),
            "sent": "đề nghị biểu dương",
            "files": [taken.name],
            "again": f"tệp {taken.name}",
            "faults": _told(taken, Severity.CRITICAL),
            "referred": _told(taken, Severity.REFER),
            "warnings": [],
        },
        attachments=tuple(as_attachments([taken.slip_key] if taken.slip_key else [])),
    )


def _until(workspace: Workspace) -> Facts:
    """Return until when nominations are listed: until the first conference opens, or the campaign ends."""
    stages = workspace.plan.stages_of(StageKind.CONFER)
    dates = [workspace.campaign.stages[each.id].opening for each in stages]
    return deadline_facts(workspace, min(dates, default=workspace.campaign.end))


def _told(taken: NominationTaken, severity: Severity) -> list[JsonValue]:
    return [
        {"code": each.code, "file": None, "where": each.place, "message": each.message, "advice": each.advice}
        for each in taken.faults
        if each.severity is severity
    ]
