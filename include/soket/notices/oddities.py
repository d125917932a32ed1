"""What no unit can put right: stray files, mails that failed, submissions that our own code could not judge."""

from __future__ import annotations

import hashlib

from soket.campaign.register import Register
from soket.campaign.workspace import Workspace
from soket.notices.ledger import State, entries, states
from soket.notices.notice import Kind, Notice
from soket.notices.troubles import troubled
from soket.notices.wording import Facts, office_facts
from soket.text import format_moment, format_number

_SHOWN = 50  # of a list that may be of any length


def oddities_notice(workspace: Workspace, register: Register) -> Notice | None:
    """Return what the operator has to look at; one mail for each new state of it.

    That is: stray files, mails that failed, and submissions that our own code could not judge.
    """
    broken = failed(workspace)
    if not register.oddities and not broken and not register.failures:
        return None
    operator = workspace.plan.office(workspace.plan.roles.operator)
    names = [drop.key + drop.etag for drop in register.oddities] + [state.id for state in broken]
    # Not how often: a submission that fails again and again is told of once, unless it fails otherwise.
    names += [f"{each.unit}/{each.number}/{each.error}" for each in register.failures]
    files: list[Facts] = [
        {
            "key": drop.key.removeprefix(workspace.keys.inbox),
            "size": format_number(drop.size),
            "arrived": format_moment(drop.arrived_at),
        }
        for drop in register.oddities[:_SHOWN]
    ]
    return Notice(
        kind=Kind.ODDITIES,
        addressee=operator.code,
        step=hashlib.sha256("\n".join(names).encode()).hexdigest()[:16],
        to=(operator.contact,),
        context={
            **office_facts(operator),
            "inbox": workspace.keys.inbox,
            "files": list(files),
            "files_in_all": len(register.oddities),
            "failed_mails": list(failed_mails(workspace, broken)),
            "unjudged": list(_unjudged(workspace, register)),
        },
    )


def _unjudged(workspace: Workspace, register: Register) -> list[Facts]:
    return [
        {
            "code": attempt.unit,
            "name": workspace.plan.unit(attempt.unit).name,
            "number": attempt.number,
            "error": f"{attempt.error}: {attempt.detail}" if attempt.detail else attempt.error,
        }
        for attempt in register.failures[:_SHOWN]
    ]


def failed(workspace: Workspace) -> list[State]:
    """Return the mails that did not reach everyone they were for."""
    return troubled(workspace, states(workspace).values())


def failed_mails(workspace: Workspace, broken: list[State]) -> list[Facts]:
    """Return whom mails did not reach, and why."""
    return [
        {"id": entry.id, "to": ", ".join(entry.undelivered or entry.to), "note": entry.note}
        for entry in entries(workspace, broken[:_SHOWN])
    ]
