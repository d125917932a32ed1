"""Papers as they were issued, signed and numbered: where offices put them, and which a stage has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from soket.plan.model import Plan, Stage, StageKind
from soket.record.closing import meetings
from soket.record.inputs import is_delivered
from soket.record.records import StageRecord
from soket.record.register import Drop, Register
from soket.record.signed import IssuedPaper
from soket.record.workspace import Workspace
from soket.text import format_date

ISSUED_FOLDER = "ban-hanh/"
"""The folder, inside an office's own, for what it issued."""


def is_issued(drop: Drop) -> bool:
    """Whether a file was put where issued papers belong."""
    return f"/{ISSUED_FOLDER}" in drop.key


def issued_title(stage: Stage) -> str:
    """Return what the paper is called that is issued at the end of a stage."""
    return "Thông báo kết luận" if stage.kind is StageKind.CONFER else stage.delivers


def issues(plan: Plan, stage: Stage) -> bool:
    """Whether a paper is issued at the end of a stage: a conference, or the last appraisal of a draft."""
    if stage.kind is StageKind.CONFER:
        return True
    return stage.kind is StageKind.APPRAISE and all(
        each.kind is not StageKind.APPRAISE for each in plan.downstream(stage)
    )


def issuing(plan: Plan, register: Register, office: str) -> list[Stage]:
    """Return the stages of an office whose paper may be issued by now, in the plan's order.

    What a conference that was held concluded may be, too, while another round of it is open.
    """

    def may_be(stage: Stage) -> bool:
        return is_delivered(register, stage) or bool(meetings(register.of(stage), register.decisions))

    return [each for each in plan.stages if each.owner == office and issues(plan, each) and may_be(each)]


def issued_by(register: Register, stage: Stage) -> StageRecord | None:
    """Return the record of the paper that a stage's office issued, the last where it replaced one."""
    entry = register.stages.get(stage.id)
    found = (
        each
        for each in reversed(entry.records if entry else ())
        if isinstance(each.details, IssuedPaper) and each.details.number
    )
    return next(found, None)


def awaited_since(plan: Plan, register: Register, stage: Stage) -> datetime | None:
    """Return since when a stage's issued paper is waited for: its report went up, its conference was to be held.

    None where there is nothing to wait for, or it came.
    """
    if not issues(plan, stage) or issued_by(register, stage):
        return None
    if stage.kind is StageKind.CONFER:
        return next((over for over in meetings(register.of(stage), register.decisions) if over <= register.as_of), None)
    done = register.of(stage).record("done")
    return done.at if done and is_delivered(register, stage) else None


def say_awaited(plan: Plan, stage: Stage, since: datetime) -> str:
    """Return since when a stage's issued paper is waited for: whoever it went up to need not be who signs it."""
    if stage.kind is StageKind.CONFER:
        return f"đã qua ngày họp, chờ từ ngày {format_date(since.date())}"
    return f"đã trình {plan.office(stage.receiver).name} ngày {format_date(since.date())}"


def say_brought(workspace: Workspace, register: Register, stage: Stage) -> str:
    """Return how a stage's issued paper is brought in: after the archive, only a rerun of that lists it."""
    plan, archives = workspace.plan, workspace.plan.stages_of(StageKind.PUBLISH)
    put = f"{plan.office(stage.owner).name} gửi bản ấy vào thư mục {ISSUED_FOLDER} của mình"
    if not workspace.is_over and not any(register.of(each).done for each in archives):
        return put
    if not archives:
        return "đợt đã qua, hệ thống không nhận bản ấy nữa"
    why = "đợt đã qua" if workspace.is_over else "hồ sơ của đợt đã lưu trữ"
    own = "rồi " if plan.roles.operator == stage.owner else ""
    return f"{why}: {put}, {own}{say_archived_anew(plan, stage.owner)}"


def say_archived_anew(plan: Plan, office: str) -> str:
    """Return what an office does so that the archive is made anew, which the operator alone can; "" without one."""
    archives, operator = plan.stages_of(StageKind.PUBLISH), plan.roles.operator
    told = "" if operator == office else f"báo {plan.office(operator).name} "
    return f"{told}chạy lại giai đoạn “{archives[0].title}”" if archives else ""


def papers_sent(plan: Plan, register: Register) -> Iterator[tuple[Stage, StageRecord, IssuedPaper]]:
    """Yield every paper that was put among the issued ones, taken or refused, stage by stage and by time."""
    for stage in plan.stages:
        for record in register.of(stage).records if issues(plan, stage) else ():
            if isinstance(record.details, IssuedPaper):
                yield stage, record, record.details


def say_issued(paper: IssuedPaper) -> str:
    """Return by what an issued paper is cited: its number with the sign, and its day."""
    return f"số {paper.number}" + (f", ngày {format_date(paper.day)}" if paper.day else "")


def cited(register: Register, stage: Stage) -> str:
    """Return by what a stage's issued paper is cited; "" as long as there is none."""
    record = issued_by(register, stage)
    return say_issued(record.details) if record and isinstance(record.details, IssuedPaper) else ""


def report_cited(plan: Plan, register: Register, stage: Stage) -> str:
    """Return by what the report is cited that a stage goes on from, once it was issued; "" before."""
    before = [each for each in plan.upstream(stage) if each.kind is StageKind.APPRAISE and issues(plan, each)]
    return next((told for each in reversed(before) if (told := cited(register, each))), "")


def names_of_issued(plan: Plan, register: Register) -> dict[str, str]:
    """Return what each issued paper is called, by its file's name."""
    return {
        key.rpartition("/")[2]: f"{issued_title(stage)}, {say_issued(paper)} (bản đã ban hành)"
        for stage, record, paper in papers_sent(plan, register)
        for key in record.products
    }
