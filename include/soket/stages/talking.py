"""What of what is said between officials and units makes no sense on the record: promises, reminders, messages."""

from __future__ import annotations

from datetime import datetime, timedelta

from soket.clock import VIETNAM
from soket.plan.dates import last_day_of
from soket.plan.model import Unit
from soket.record.decisions import OfficialMessage, Promise, RequestRefusal, Urging
from soket.record.promises import LONGEST_PROMISE, over_at, promise_of, say_promise
from soket.record.register import Register
from soket.record.turns import waiting_request
from soket.record.units import UnitEntry
from soket.record.workspace import Workspace
from soket.stages.refusing import Actor, ActRefusedError
from soket.text import format_date

_PROMISES_A_DAY = 5  # of one unit
_BETWEEN_REMINDERS = timedelta(hours=24)
_MESSAGES_A_DAY = 10  # to one unit: each is a mail


def why_not_waited_for(unit: Unit, entry: UnitEntry) -> str:
    """Say why nobody waits for anything of a unit."""
    if entry.missed and entry.closed:
        return f"Đợt đã thôi chờ hồ sơ của {unit.name} từ hết ngày {format_date(last_day_of(entry.closed))}"
    return f"{unit.name} không còn nợ hồ sơ nào đang chờ"


def why_not_returned(unit: Unit, closed: datetime) -> str:
    """Say why what counts of a unit is not returned once nobody waits for another."""
    day = format_date(last_day_of(closed))
    return (
        f"Đợt đã thôi chờ hồ sơ từ hết ngày {day}: bản đang được tính của {unit.name} không trả lại được nữa. "
        "Bản ấy có số sai thì trao đổi với đơn vị, báo cơ quan lập báo cáo"
    )


def check_promise(workspace: Workspace, register: Register, act: Promise, _: Actor) -> None:
    """Refuse a promise of who owes nothing, of a day that is over or far off, and more of them than anybody gives."""
    unit, today = workspace.plan.unit(act.unit), workspace.now.date()
    if not register.units[act.unit].to_chase:
        raise ActRefusedError(f"{why_not_waited_for(unit, register.units[act.unit])}, không cần hẹn.")
    latest = min(workspace.campaign.closes, today + LONGEST_PROMISE)
    if not today <= act.last_day <= latest:
        raise ActRefusedError(
            f"Ngày hẹn gửi {format_date(act.last_day)} phải từ {format_date(today)} đến {format_date(latest)}: "
            "cần lâu hơn thì gia hạn."
        )
    told = (each for each in register.decisions if isinstance(each, Promise) and each.unit == act.unit)
    if sum(each.decided_at.date() == today for each in told) >= _PROMISES_A_DAY:
        raise ActRefusedError(f"Hôm nay đã ghi {_PROMISES_A_DAY} lần hẹn của {unit.name}. Mai ghi tiếp, hoặc gia hạn.")


def check_urging(workspace: Workspace, register: Register, act: Urging, _: Actor) -> None:
    """Refuse to remind who owes nothing yet or any more, is to be left alone, or was reminded within a day."""
    from soket.notices.ledger import last_reminders, left_at, states
    from soket.notices.notice import CHASING

    unit, now = workspace.plan.unit(act.unit), workspace.now
    if not register.units[act.unit].to_chase:
        raise ActRefusedError(f"{why_not_waited_for(unit, register.units[act.unit])}, không cần nhắc.")
    stage = register.of(workspace.plan.stage_of(unit))
    if stage.opens > now:
        raise ActRefusedError(f"Chưa đề nghị {unit.name} báo cáo: chỉ nhắc được từ {format_date(stage.opens)}.")
    if mute := register.acts.mute_of(act.unit, now):
        raise ActRefusedError(
            f"{unit.name} đang được tạm ngừng thư đến hết ngày {format_date(mute.last_day)}. Hủy quyết định "
            f"«{mute.id}» rồi nhắc."
        )
    if (promise := promise_of(workspace.plan, register, unit)) and now < over_at(promise):
        raise ActRefusedError(f"{unit.name} {say_promise(promise)}. Muốn nhắc trước ngày ấy thì hủy «{promise.id}».")
    mails = (each for kind in CHASING for each in states(workspace, f"{kind}.{act.unit}.").values())
    mail = last_reminders(mails).get(act.unit)
    last = left_at(workspace, mail) if mail else None
    before = register.acts.urging_of(act.unit)
    moments = [*([last] if last else []), *([before.decided_at] if before else [])]
    if moments and now - max(moments) < _BETWEEN_REMINDERS:
        told = max(moments).astimezone(VIETNAM)
        raise ActRefusedError(f"{unit.name} đã được nhắc lúc {told:%H:%M} ngày {format_date(told)}, chưa đủ 24 giờ.")


def check_message(workspace: Workspace, register: Register, act: OfficialMessage, _: Actor) -> None:
    """Refuse words about a submission that there is not, and more mails than anybody reads."""
    unit, today = workspace.plan.unit(act.unit), workspace.now.date()
    known = [each.number for each in register.units[act.unit].receipts]
    if act.number is not None and act.number not in known:
        told = ", ".join(map(str, known)) or "chưa có"
        raise ActRefusedError(f"{unit.name} không có lần nộp {act.number}. Các lần nộp: {told}.")
    sent = (
        each
        for each in register.decisions
        if isinstance(each, OfficialMessage) and each.unit == act.unit and each.shared
    )
    if act.shared and sum(each.decided_at.date() == today for each in sent) >= _MESSAGES_A_DAY:
        raise ActRefusedError(f"Hôm nay đã gửi {unit.name} {_MESSAGES_A_DAY} lần. Gọi điện, hoặc mai ghi tiếp.")


def check_refusal(workspace: Workspace, register: Register, act: RequestRefusal, _: Actor) -> None:
    """Refuse an answer to a request that nobody made, or that has one."""
    if none := why_not_answered(workspace, register, act.unit):
        raise ActRefusedError(none)


def why_not_answered(workspace: Workspace, register: Register, unit: str) -> str:
    """Say that a unit waits for no answer to a request for more time; nothing where it does."""
    if waiting_request(workspace, register, unit):
        return ""
    return f"{workspace.plan.unit(unit).name} không có đề nghị gia hạn nào đang chờ trả lời."
