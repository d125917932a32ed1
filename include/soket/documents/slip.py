"""The return slip (phiếu trả lại): every fault of a submission at once, each with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from soket.campaign.records import Fault, Receipt
from soket.documents.letterhead import last_moment, state_letterhead
from soket.documents.rendering import render
from soket.plan.model import Campaign, Plan, Severity, Unit
from soket.text import format_moment

_WHOLE_SUBMISSION = "Cả bộ hồ sơ"

_WEIGHT = {
    Severity.CRITICAL: "Phải sửa",
    Severity.REFER: "Cán bộ xem",
    Severity.WARNING: "Kiểm tra lại",
    Severity.INFO: "Lưu ý",
}


@dataclass(frozen=True)
class FaultGroup:
    """The faults of one file, the gravest first; `file` None for those of the submission as a whole."""

    file: str | None
    faults: tuple[Fault, ...]


def group_faults(receipt: Receipt, faults: Sequence[Fault]) -> tuple[FaultGroup, ...]:
    """Return faults by file: the submission as a whole first, then its files in their order."""
    order = [None, *(file.name for file in receipt.files)]
    others = sorted({fault.file for fault in faults if fault.file is not None} - set(order))
    weights = list(Severity)
    groups = []
    for name in [*order, *others]:
        own = [fault for fault in faults if fault.file == name]
        if own:
            groups.append(FaultGroup(name, tuple(sorted(own, key=lambda fault: weights.index(fault.severity)))))
    return tuple(groups)


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
    original = {file.name: file.original_name for file in receipt.files}
    number = 0
    groups = []
    for group in group_faults(receipt, faults):
        rows = []
        for fault in group.faults:
            number += 1
            rows.append(
                {
                    "number": number,
                    "place": fault.place or "—",
                    "weight": _WEIGHT[fault.severity],
                    "message": fault.message,
                    "advice": fault.advice or "Sửa lại cho đúng rồi nộp lại.",
                    "code": fault.code,
                }
            )
        name = _WHOLE_SUBMISSION if group.file is None else original.get(group.file, group.file)
        groups.append({"file": name, "faults": rows})
    leader = plan.office(plan.block(unit.block).leader)
    operator = plan.office(plan.roles.operator)
    callers = [leader] if leader.code == operator.code else [leader, operator]
    return render(
        "return_slip",
        {
            "head": state_letterhead(plan, "PTL", moment.date()),
            "plan": plan,
            "campaign": campaign,
            "unit": unit,
            "submission": receipt.number,
            "received_at": format_moment(receipt.received_at),
            "files": [file.original_name for file in receipt.files],
            "must_fix": sum(fault.severity is Severity.CRITICAL for fault in faults),
            "to_check": sum(fault.severity is not Severity.CRITICAL for fault in faults),
            "groups": groups,
            "deadline": last_moment(receipt.deadline),
            "overdue": moment >= receipt.deadline,
            "callers": callers,
        },
    )
