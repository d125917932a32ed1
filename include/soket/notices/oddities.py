"""What only the operator can put right: stray files, failed mails, records and plans that cannot be read, and
submissions that nobody judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import timedelta

from soket.campaign.records import Receipt
from soket.campaign.register import Register
from soket.campaign.workspace import Workspace
from soket.notices.ledger import Ending, State, entries, states
from soket.notices.notice import Kind, Notice
from soket.notices.wording import Facts, office_facts
from soket.plan.fault import PlanError
from soket.text import format_moment, format_number

_SHOWN = 50  # of a list that may be of any length

# Intake judges within minutes of real time; what lies longer has met a fault of ours.
_JUDGED_WITHIN = timedelta(hours=1)


def oddities_notice(workspace: Workspace, register: Register, faulty: Sequence[PlanError] = ()) -> Notice | None:
    """Return what the operator has to look at; one mail for each new state of it, none while all is well."""
    failed, stuck = _failed(workspace), _unjudged(workspace, register)
    names = [drop.key + drop.etag for drop in register.oddities] + [state.id for state in failed]
    names += [f"{receipt.unit}/{receipt.number}" for receipt in stuck]
    names += [*register.unreadable, *map(str, faulty)]
    if not names:
        return None
    plan = workspace.plan
    operator = plan.office(plan.roles.operator)
    files: list[Facts] = [
        {
            "key": drop.key.removeprefix(workspace.keys.inbox),
            "size": format_number(drop.size),
            "arrived": format_moment(drop.arrived_at),
        }
        for drop in register.oddities[:_SHOWN]
    ]
    unjudged: list[Facts] = [
        {"name": plan.unit(each.unit).name, "number": each.number, "received": format_moment(each.received_at)}
        for each in stuck[:_SHOWN]
    ]
    counted = {
        "tệp để sai chỗ": len(register.oddities),
        "thư không gửi được": len(failed),
        "hồ sơ chưa chấm được": len(stuck),
        "bản ghi không đọc được": len(register.unreadable),
        "kế hoạch có lỗi": len(faulty),
    }
    return Notice(
        kind=Kind.ODDITIES,
        addressee=operator.code,
        step=hashlib.sha256("\n".join(names).encode()).hexdigest()[:16],
        to=(operator.contact,),
        context={
            **office_facts(operator),
            "what": [f"{count} {what}" for what, count in counted.items() if count],
            "inbox": workspace.keys.inbox,
            "files": list(files),
            "files_in_all": len(register.oddities),
            "failed_mails": list(_say(workspace, failed)),
            "unjudged": list(unjudged),
            "unreadable": list(register.unreadable[:_SHOWN]),
            "faulty_plans": [str(each) for each in faulty],
        },
    )


def failed_mails(workspace: Workspace) -> list[Facts]:
    """Return the mails that will never arrive as they are, for people who may know a better address."""
    return _say(workspace, _failed(workspace))


def _say(workspace: Workspace, failed: list[State]) -> list[Facts]:
    told = entries(workspace, failed[:_SHOWN])
    return [{"id": entry.id, "to": ", ".join(entry.to), "note": entry.note} for entry in told]


def _failed(workspace: Workspace) -> list[State]:
    return [state for state in states(workspace).values() if state.ending is Ending.FAILED]


def _unjudged(workspace: Workspace, register: Register) -> list[Receipt]:
    """Return the submissions that have waited for their verdict for too long."""
    now = workspace.clock.real_time(workspace.now)
    return [
        receipt
        for entry in register.units.values()
        for receipt in entry.receipts
        if receipt.number not in {verdict.number for verdict in entry.verdicts}
        and workspace.clock.real_time(receipt.received_at) + _JUDGED_WITHIN < now
    ]
