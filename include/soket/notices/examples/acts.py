"""Acts of officials that examples are made from."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from soket.clock import VIETNAM
from soket.notices.examples.scene import stage_at
from soket.plan.model import Stage, StageKind
from soket.record.decisions import (
    Appraisal,
    ConferenceFormat,
    Decision,
    Exemption,
    Extension,
    Mute,
    Postponement,
    Review,
    Undo,
)
from soket.record.workspace import Workspace


def review(workspace: Workspace) -> Review:
    """Return a review that sends the first unit's report back."""
    unit = workspace.plan.units[0].code
    for name in ("slip.docx", "slip-review-1.docx"):
        workspace.store.put(workspace.keys.report(unit, 1, name), b"")
    reason = "Bản quét mờ, thiếu trang 3; gửi lại bản Word"
    grounds = _granted(workspace, "review-1", reason, "Đ/c Nguyễn Văn A, Trưởng phòng Tổng hợp")
    return Review(**grounds, unit=unit, number=1, outcome="returned")


def extension(workspace: Workspace) -> Extension:
    """Return an extension of the first unit's date by three working days."""
    return Extension(
        **_granted(workspace, "extension-1", "Đơn vị đang tập trung khắc phục hậu quả mưa lũ."),
        document_number=_number(workspace, 123),
        unit=workspace.plan.units[0].code,
        last_day=workspace.calendar.add_working_days(workspace.now.date(), 3),
    )


def postponement(workspace: Workspace, stage: Stage) -> Postponement:
    """Return what puts a stage's date off by three working days."""
    planned = workspace.campaign.stages[stage.id].last_day
    return Postponement(
        **_granted(workspace, "postponement-1", "Chờ báo cáo của các địa phương đang khắc phục hậu quả mưa lũ."),
        document_number=_number(workspace, 124),
        stage=stage.id,
        last_day=workspace.calendar.add_working_days(planned, 3),
    )


def exemption(workspace: Workspace) -> Exemption:
    """Return what lets the first unit off."""
    grounds = _granted(workspace, "exemption-1", "Đơn vị đang sắp xếp lại tổ chức.")
    return Exemption(**grounds, unit=workspace.plan.units[0].code)


def undo(workspace: Workspace, act: Decision) -> Undo:
    """Return what takes an act back."""
    grounds = _granted(workspace, f"undo-{act.id}", "Đơn vị báo đã đủ điều kiện hoàn thành đúng hạn.")
    return Undo(**grounds, undoes=act.id)


def mute(workspace: Workspace) -> Mute:
    """Return a mute of the last unit for two working days."""
    return Mute(
        **_granted(workspace, "mute-1", "Trụ sở đơn vị đang sửa chữa, tạm ngừng làm việc."),
        unit=workspace.plan.units[-1].code,
        last_day=workspace.calendar.add_working_days(workspace.now.date(), 2),
    )


def _number(workspace: Workspace, number: int) -> str:
    """Return the number of a letter as the plan's form writes it."""
    return f"{number}/ABC-VP" if workspace.plan.form == "state" else f"{number}-CV/ABC"


def _granted(workspace: Workspace, name: str, reason: str, by: str | None = None) -> dict[str, Any]:
    """Return what every act carries; the lead grants it, unless told."""
    by = by or workspace.plan.office(workspace.plan.roles.lead).name
    return {"id": name, "decided_at": workspace.now, "account": "", "granted_by": by, "reason": reason}


def appraisal(workspace: Workspace, outcome: str) -> Appraisal:
    """Return an appraisal of the first round's draft."""
    first, last = workspace.plan.outline[0], workspace.plan.outline[-1]
    differs = (
        f"Số liệu ở mục {first.number} khác biểu tổng hợp." if workspace.plan.forms else f"Rút gọn mục {first.number}."
    )
    reason = f"{differs}\nBổ sung dẫn chứng ở mục {last.number}."
    grounds = _granted(workspace, "appraisal-1", reason, "Chánh Văn phòng")
    stage = stage_at(workspace.plan, StageKind.APPRAISE)
    return Appraisal.model_validate({**grounds, "stage": stage.id, "round": 1, "outcome": outcome})


def conference(workspace: Workspace, form: str) -> ConferenceFormat:
    """Return a decision on how the conference is held, on a working day, with what the plan says of it."""
    stage, told = stage_at(workspace.plan, StageKind.CONFER), workspace.plan.conference
    day = workspace.calendar.add_working_days(workspace.campaign.stages[stage.id].last_day, 0)
    before = workspace.calendar.add_working_days(day - timedelta(days=1), 0)
    test = datetime.combine(max(before, workspace.now.date()), told.line_test or time(14), VIETNAM)
    return ConferenceFormat.model_validate(
        {
            **_granted(workspace, "conference-format-1", "Nhiều đại biểu ở xa.", workspace.plan.issuer),
            "stage": stage.id,
            "document_number": _number(workspace, 456),
            "format": form,
            "day": day,
            "place": "Hội trường lớn",
            "starts": told.starts or time(7, 30),
            "chair": told.chair or workspace.plan.issuer,
            "line_test": test if form == "online" else None,
            "reply_by": workspace.now.date(),
        }
    )
