"""Mail of words between an office and a unit: one a message, to the other side; what is internal makes none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from soket.notices.facts import Facts
from soket.notices.notice import Kind, Notice
from soket.plan.model import Unit
from soket.record.decisions import OfficialMessage, RequestRefusal
from soket.record.messages import UnitMessage
from soket.record.register import Register
from soket.record.sending import entry_link, say_ring
from soket.record.workspace import Workspace
from soket.text import format_date, format_moment

_TO_OFFICE, _REFUSED = "from_unit", "refused"


def message_notices(workspace: Workspace, register: Register) -> list[Notice]:
    """Return the mail of every message, and of every request for more time that was refused."""
    units = {unit.code: unit for unit in workspace.plan.units}
    acts = (
        act for act in register.acts.in_force if isinstance(act, OfficialMessage | RequestRefusal) and act.unit in units
    )
    told = [_to_unit(workspace, register, units[act.unit], act) for act in acts if not _is_internal(act)]
    said = (each for each in register.messages if each.unit in units)
    return [*told, *(_to_office(workspace, units[each.unit], each) for each in said)]


def notice_step(act: OfficialMessage | RequestRefusal) -> str:
    """Return which of its mails to a unit tells of an act."""
    return f"{'m' if isinstance(act, OfficialMessage) else 'r'}-{_digest(act.id)}"


def _is_internal(act: OfficialMessage | RequestRefusal) -> bool:
    return isinstance(act, OfficialMessage) and not act.shared


def _to_unit(workspace: Workspace, register: Register, unit: Unit, act: OfficialMessage | RequestRefusal) -> Notice:
    message = act if isinstance(act, OfficialMessage) else None
    asked = [each for each in register.requests if each.unit == unit.code and each.at <= act.decided_at]
    return Notice(
        kind=Kind.MESSAGE,
        addressee=unit.code,
        step=notice_step(act),
        variant=None if message else _REFUSED,
        to=(unit.contact,),
        context={
            **_facts(unit.name, unit, message),
            "words": list(_lines(act.reason)),
            "who": act.granted_by,
            "document_number": act.document_number,
            "asks": message is not None and message.manner == "asks",
            "ring": say_ring(workspace.plan) if workspace.is_over else "",
            "requested": format_date(asked[-1].last_day) if asked else "",
            "page": entry_link(workspace, register.units[unit.code]),
        },
    )


def _to_office(workspace: Workspace, unit: Unit, message: UnitMessage) -> Notice:
    roles = workspace.plan.roles
    office = workspace.plan.office(roles.lead)
    return Notice(
        kind=Kind.MESSAGE,
        addressee=office.code,
        step=f"u-{_digest(message.id)}",
        variant=_TO_OFFICE,
        by=roles.operator,  # nobody writes to itself
        to=(office.contact,),
        context={
            **_facts(office.name, unit, message),
            "words": list(_lines(message.text)),
            "who": message.person or unit.name,
            "asks": message.asks,
            "at": format_moment(message.at),
            "phone": unit.contact.phone,
        },
    )


def _facts(addressed: str, unit: Unit, message: OfficialMessage | UnitMessage | None) -> Facts:
    number, about = (message.number, message.about) if message else (None, None)
    return {"addressed": addressed, "unit_name": unit.name, "number": number, "about": about or ""}


def _lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
