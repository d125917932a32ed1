"""Reopening a stage: what stands against it, with the true way, and what its run does then."""

from __future__ import annotations

from soket.plan.dates import last_day_of
from soket.plan.model import Plan, Stage, StageKind
from soket.record.lacking import Lacking
from soket.record.register import Register
from soket.record.rounds import is_over
from soket.record.stale import say_archived
from soket.record.units import UnitEntry
from soket.record.workspace import Workspace
from soket.text import first_units, format_date

NOT_RUN = "đã ghi mở lại, chờ người vận hành chạy"
_NAMED = 5  # units


def still_asked(plan: Plan, register: Register, stage: Stage) -> tuple[UnitEntry, ...]:
    """Return whom another round of a stage asks: of whom nothing counts, and nothing lies with us to be looked at."""
    return Lacking.of(register.reporting(plan, stage)).missing


def why_not_reopened(workspace: Workspace, register: Register, stage: Stage) -> str:
    """Return what stands against reopening a stage, and the way to go instead; nothing where it may be."""
    if not register.of(stage).done:
        return "chưa khép lại, không có gì để mở lại."
    if register.reopened(stage):
        return f"{NOT_RUN}. Không cần ghi nữa."
    if stage.kind is StageKind.PUBLISH:
        return "chỉ có một vòng. Cần lập lại văn bản, bổ sung hồ sơ lưu thì dùng “Chạy lại”, không thư nào gửi lại."
    if stage.kind is StageKind.APPRAISE:
        return say_appraised_anew(workspace.plan, register, stage)
    return why_not_asked(workspace, register, stage)


def say_appraised_anew(plan: Plan, register: Register, stage: Stage) -> str:
    """Return how there is another appraisal: it comes with another round of its draft."""
    draft = plan.draft_of(stage)
    if draft is None or not is_over(plan, register, draft):
        return "dự thảo vòng sau đến thì thẩm định lại, không phải mở lại giai đoạn nào."
    return f"muốn thẩm định lại thì mở lại giai đoạn “{draft.title}”: mỗi vòng dự thảo một lần thẩm định."


def why_not_asked(workspace: Workspace, register: Register, stage: Stage) -> str:
    """Return why units cannot be asked once more for what a stage collects: nobody waits, or their date is past."""
    if stage.kind is not StageKind.COLLECT:
        return ""
    plan, now = workspace.plan, workspace.now
    closing = register.closing(plan, workspace.campaign, stage)
    if closing.moment <= now:
        day = format_date(last_day_of(closing.moment))
        return f"đợt đã thôi chờ hồ sơ từ hết ngày {day} ({closing.what}), không đề nghị nộp nữa."
    past = [entry for entry in still_asked(plan, register, stage) if entry.deadline <= now]
    if not past:
        return ""
    names = first_units([plan.unit(entry.unit).name for entry in past], _NAMED)
    may = " hoặc ".join(office.short_name for office in plan.offices_of("postponement", stage))
    return (
        f"thời hạn của {len(past):02} đơn vị phải đề nghị nộp ({names}) đã qua, "
        f"hết ngày {format_date(max(entry.last_day for entry in past))}. "
        f"{may or 'Người có quyền'} lùi thời hạn giai đoạn trước, rồi mới mở lại."
    )


def say_run(workspace: Workspace, register: Register, stage: Stage) -> str:
    """Return what the run of a stage that is reopened does: the round that it opens, whom it writes to and for when."""
    number = register.round_to_open(stage)
    done = _WHAT_RUNS[stage.kind](workspace, register, stage)
    archived = say_archived(workspace.plan, register, stage)
    return " ".join(filter(None, (f"Khi chạy: mở vòng {number}, {done}", archived)))


def say_conference_day(workspace: Workspace, register: Register, stage: Stage) -> str:
    """Return until when a conference is to be held, and whether that day is past."""
    last_day = register.of(stage).last_day
    planned = last_day == workspace.campaign.stages[stage.id].last_day
    until = f"{'theo kế hoạch' if planned else 'theo hạn đã lùi'}: chậm nhất ngày {format_date(last_day)}"
    if last_day >= workspace.now.date():
        return until
    return f"{until}, đã qua; phải chọn ngày từ {format_date(workspace.now.date())}"


def _collects(workspace: Workspace, register: Register, stage: Stage) -> str:
    plan = workspace.plan
    asked = still_asked(plan, register, stage)
    others = len(register.reporting(plan, stage)) - len(asked)
    spared = f"không gửi {others:02} đơn vị đã có báo cáo được nhận hoặc đang xem"
    if not asked:
        return f"không gửi công văn nào: {spared}."
    names = first_units([plan.unit(entry.unit).name for entry in asked], _NAMED)
    days = sorted({entry.last_day for entry in asked})
    until = f"hết ngày {', '.join(map(format_date, days))}"
    more = f"; {spared}" if others else ""
    return f"gửi lại công văn đề nghị tới {len(asked):02} đơn vị ({names}), hạn {until}{more}."


def _drafts(workspace: Workspace, _register: Register, stage: Stage) -> str:
    return f"gửi dự thảo làm việc mới tới {workspace.plan.office(stage.owner).name}, chờ dự thảo chính thức."


def _confers(workspace: Workspace, register: Register, stage: Stage) -> str:
    day = say_conference_day(workspace, register, stage)
    organiser = workspace.plan.office(stage.owner).name
    told = (
        f", đại biểu trả lời thẳng cho {organiser}: đợt đã qua, hệ thống không ghi trả lời" if workspace.is_over else ""
    )
    return f"hỏi lại hình thức, ngày họp ({day}); trả lời xong thì gửi giấy mời mới{told}."


_WHAT_RUNS = {StageKind.COLLECT: _collects, StageKind.DRAFT: _drafts, StageKind.CONFER: _confers}
