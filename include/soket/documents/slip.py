"""The return slip (phiếu trả lại): every fault of a submission at once, each with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from soket.documents.letterhead import ATTACHMENT, letterhead
from soket.documents.rendering import render
from soket.faults import Fault
from soket.plan.dates import last_day_of, last_moment
from soket.plan.model import Campaign, Plan, Severity, Unit
from soket.plan.words import SEVERITIES
from soket.reading.marks import MUST, paper_mark, slip_id
from soket.record.confirming import can_be_confirmed
from soket.record.fault_lines import group_faults, numbered
from soket.record.products import CONTENT_TYPES
from soket.record.records import Receipt
from soket.record.register import Register
from soket.record.sending import say_again, say_how, say_where
from soket.record.workspace import Workspace
from soket.text import format_moment

_WHOLE_SUBMISSION = "Cả bộ hồ sơ"

_LISTED = 30  # files by name


def render_slip(
    plan: Plan,
    campaign: Campaign,
    unit: Unit,
    receipt: Receipt,
    faults: Sequence[Fault],
    *,
    now: datetime | None = None,
) -> bytes:
    """Return the slip as a Word file; `now` is when the submission was judged, the receipt's moment unless told."""
    moment = now or receipt.received_at
    groups: dict[str, list[dict[str, object]]] = {}
    weights: list[Severity] = []
    for number, group, line in numbered(group_faults(receipt.files, faults)):
        weights.append(line.severity)
        title = ", ".join(part for part in (group.file and f"Tệp {group.file}", group.sheet) if part)
        groups.setdefault(title or _WHOLE_SUBMISSION, []).append(
            {
                "number": number or "",
                "place": line.where or ("Cả tệp" if group.file else "Cả bộ"),
                "weight": SEVERITIES[line.severity].label,
                "message": "\n".join(line.messages),
                "advice": line.advice or SEVERITIES[line.severity].advice,
                "code": line.code,
                "answer": MUST if line.severity is Severity.CRITICAL or line.faults[0].waits else "",
            }
        )
    return render(
        "return_slip",
        {
            "head": letterhead(plan, plan.roles.lead, ATTACHMENT, moment.date()),
            "plan": plan,
            "campaign": campaign,
            "unit": unit,
            "submission": receipt.number,
            "received_at": format_moment(receipt.received_at),
            "files": _few([file.original_name for file in receipt.files if file.as_sent]),
            "must_fix": weights.count(Severity.CRITICAL),
            "to_check": len(weights) - weights.count(Severity.CRITICAL),
            "groups": [{"file": title, "faults": rows} for title, rows in groups.items()],
            "deadline": last_moment(last_day_of(receipt.deadline)),
            "locks": plan.limits.late == "lock",
            "overdue": moment >= receipt.deadline,
            "asks": any(map(can_be_confirmed, faults)),
            "mark": paper_mark(slip_id(campaign.code, unit.code, receipt.number)),
            "again": say_again(receipt, faults),
            "where": say_where(plan, campaign.code, unit.code),
            "how": say_how(),
            "lead": plan.office(plan.roles.lead),
        },
    )


def file_review_slips(workspace: Workspace, register: Register) -> None:
    """Write the slip of every submission that a person returned, where it is not there yet."""
    for entry in register.units.values():
        for verdict in entry.reviewed:
            if verdict.slip_key is None or any(workspace.store.list(verdict.slip_key)):
                continue
            receipt = next((receipt for receipt in entry.receipts if receipt.number == verdict.number), None)
            if receipt is None:  # another version's, or lost: its slip waits until it can be read, and no other does
                continue
            unit = workspace.plan.unit(entry.unit)
            slip = render_slip(workspace.plan, workspace.campaign, unit, receipt, verdict.faults, now=verdict.judged_at)
            workspace.store.put(verdict.slip_key, slip, CONTENT_TYPES["docx"])


def _few(names: list[str]) -> list[str]:
    return [*names[:_LISTED], *([f"… và {len(names) - _LISTED} tệp khác"] if len(names) > _LISTED else [])]
