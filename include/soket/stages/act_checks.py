"""What of an act that dates, judges or answers something makes no sense, each with the reason."""

from __future__ import annotations

from datetime import date

from soket.plan.model import Duty
from soket.record.decisions import (
    Appraisal,
    ConferenceFormat,
    Decision,
    Extension,
    Mute,
    NilReturn,
    Opinion,
    Postponement,
    Reopening,
    Review,
)
from soket.record.register import Register
from soket.record.reopening import say_appraised_anew, why_not_reopened
from soket.record.reviewable import reviewable
from soket.record.undecided import asked_by
from soket.record.workspace import Workspace
from soket.stages.offering import no_date_left, why_no_nil_return
from soket.stages.refusing import Actor, ActRefusedError
from soket.stages.talking import why_not_returned
from soket.text import format_date


def check_extension(workspace: Workspace, register: Register, act: Extension, _: Actor) -> None:
    """Refuse more time for who owes nothing, and a date that is earlier than the one that holds."""
    unit = workspace.plan.unit(act.unit)
    if unit.owes is Duty.EXEMPT:
        raise ActRefusedError(f"{unit.name} được miễn báo cáo, không cần gia hạn.")
    _is_later(workspace, act.last_day, register.units[act.unit].last_day)


def check_nil_return(workspace: Workspace, register: Register, act: NilReturn, _: Actor) -> None:
    """Refuse to enter that there is nothing to report where a report counts, or was sent back."""
    if why := why_no_nil_return(workspace, register.units[act.unit]):
        raise ActRefusedError(why)


def check_postponement(workspace: Workspace, register: Register, act: Postponement, _: Actor) -> None:
    """Refuse a date of a stage that is earlier than the one that holds."""
    _is_later(workspace, act.last_day, register.stages[act.stage].last_day)


def _is_later(workspace: Workspace, day: date, held: date) -> None:
    """Refuse a date that is earlier than the one that holds."""
    _is_ahead(workspace, day, "Hạn mới")
    if day < held:
        raise ActRefusedError(
            f"Hạn mới {format_date(day)} sớm hơn hạn đang có, hết ngày {format_date(held)}: gia hạn, lùi hạn "
            "không rút ngắn thời hạn. Nếu hạn đang có bị ghi nhầm thì hủy quyết định ấy ở trang Quyết định của bảng "
            "theo dõi."
        )


def _is_ahead(workspace: Workspace, day: date, what: str) -> None:
    """Refuse a date that is over already, or that the campaign does not reach."""
    if past := no_date_left(workspace):
        raise ActRefusedError(past)
    closes = workspace.campaign.closes
    if not workspace.now.date() <= day <= closes:
        raise ActRefusedError(
            f"{what} {format_date(day)} phải từ {format_date(workspace.now.date())} đến "
            f"{format_date(closes)} (ngày cuối của đợt)."
        )


def check_opinion(workspace: Workspace, register: Register, act: Opinion, _: Actor) -> None:
    """Refuse an opinion on what asked for none."""
    if not asked_by(register.of(workspace.plan.stage(act.stage)).record("done")):
        raise ActRefusedError(f"{workspace.plan.stage(act.stage).title}: không có việc nào đã trình xin ý kiến.")


def check_mute(workspace: Workspace, _register: Register, act: Mute, _: Actor) -> None:
    """Refuse a last day that is over, or beyond the campaign."""
    _is_ahead(workspace, act.last_day, "Ngày cuối tạm ngừng thư")


def check_review(workspace: Workspace, register: Register, act: Review, _: Actor) -> None:
    """Refuse a review of what was not left to a person and has no figure that waits for a word."""
    entry = register.units[act.unit]
    open_to = {each.number: each for each in reviewable(entry) if act.outcome in each.outcomes}
    if act.number not in open_to:
        if entry.closed and act.number == entry.accepted and act.outcome == "returned":
            raise ActRefusedError(f"{why_not_returned(workspace.plan.unit(act.unit), entry.closed)}.")
        known = ", ".join(map(str, open_to)) or "không có"
        raise ActRefusedError(
            f"Lần nộp {act.number} của {workspace.plan.unit(act.unit).name} không thuộc diện chuyển cán bộ xem, và "
            f"không có số bất thường chờ xác nhận. Các lần nộp kết luận được: {known}."
        )
    if open_to[act.number].needs_paper and act.outcome == "accepted" and not act.document_number:
        raise ActRefusedError(
            f"Lần nộp {act.number} đã bị trả lại: tiếp nhận thì phải ghi số văn bản cho phép. Chưa điền: Số văn bản."
        )


def check_reopening(workspace: Workspace, register: Register, act: Reopening, _: Actor) -> None:
    """Refuse to reopen what is not over, is reopened already, or what no round would come of; say the true way."""
    stage = workspace.plan.stage(act.stage)
    if why := why_not_reopened(workspace, register, stage):
        raise ActRefusedError(f"{stage.title}: {why}")


def say_instead(workspace: Workspace, register: Register, act: Decision) -> str:
    """Return what does for taking back an act that cannot be taken back."""
    match act:
        case Review(unit=str(unit)):
            closed = register.units[unit].closed
            return f"{why_not_returned(workspace.plan.unit(unit), closed)}." if closed else "ra kết luận mới."
        case Appraisal(stage=str(stage)):
            return say_appraised_anew(workspace.plan, register, workspace.plan.stage(stage))
        case ConferenceFormat(stage=str(stage)):
            return f"mở lại giai đoạn “{workspace.plan.stage(stage).title}”, trả lời lại câu hỏi."
    return "việc đã làm rồi, cần khác đi thì ghi việc mới."
