"""What units wait for an answer to, as the morning's digest tells it: requests for more time, and questions."""

from __future__ import annotations

from soket.notices.facts import Facts
from soket.record.register import Register
from soket.record.threads import owed_answers
from soket.record.turns import waiting_requests
from soket.record.workspace import Workspace
from soket.text import format_date, format_moment


def asking(workspace: Workspace, register: Register) -> list[Facts]:
    """Return the units that asked for more time and have no answer yet, those that wait longest first."""
    return [
        {
            "name": workspace.plan.unit(each.unit).name,
            "code": each.unit,
            "last_day": format_date(each.last_day),
            "at": format_moment(each.at),
            "reason": each.reason,
            "document_number": each.document_number,
            "person": ", ".join(filter(None, (each.person, each.phone))),
        }
        for each in waiting_requests(workspace, register)
    ]


def questions(workspace: Workspace, register: Register) -> list[Facts]:
    """Return the units that wait for an answer to what they wrote, those that wait longest first."""
    return [
        {
            "name": workspace.plan.unit(each.unit).name,
            "code": each.unit,
            "number": each.number,
            "at": format_moment(each.line.at),
            "text": " ".join(each.line.text.split()),
            "about": each.line.about,
        }
        for each in owed_answers(workspace.plan, register)
    ]
