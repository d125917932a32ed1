"""What of what is said between officials and units makes no sense on the record: promises given on the telephone."""

from __future__ import annotations

from soket.record.decisions import Promise
from soket.record.promises import LONGEST_PROMISE
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.stages.refusing import Actor, ActRefusedError
from soket.text import format_date

_PROMISES_A_DAY = 5  # of one unit


def check_promise(workspace: Workspace, register: Register, act: Promise, _: Actor) -> None:
    """Refuse a promise of who owes nothing, of a day that is over or far off, and more of them than anybody gives."""
    unit, today = workspace.plan.unit(act.unit), workspace.now.date()
    if not register.units[act.unit].to_chase:
        raise ActRefusedError(f"{unit.name} không còn nợ hồ sơ nào đang chờ, không cần hẹn.")
    latest = min(workspace.campaign.closes, today + LONGEST_PROMISE)
    if not today <= act.last_day <= latest:
        raise ActRefusedError(
            f"Ngày hẹn gửi {format_date(act.last_day)} phải từ {format_date(today)} đến {format_date(latest)}: "
            "cần lâu hơn thì gia hạn."
        )
    told = (each for each in register.decisions if isinstance(each, Promise) and each.unit == act.unit)
    if sum(each.decided_at.date() == today for each in told) >= _PROMISES_A_DAY:
        raise ActRefusedError(f"Hôm nay đã ghi {_PROMISES_A_DAY} lần hẹn của {unit.name}. Mai ghi tiếp, hoặc gia hạn.")
