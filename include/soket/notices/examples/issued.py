"""Examples of the mail about papers to be issued: asked for; what was sent taken, and refused."""

from __future__ import annotations

from soket.notices import compose
from soket.notices.examples.scene import register_of, stage_at, step_record, workspace_at
from soket.notices.notice import Notice
from soket.plan.model import Plan, StageKind
from soket.record.records import StageRecord
from soket.record.signed import IssuedPaper
from soket.record.workspace import Workspace
from soket.text import format_date

_FILE = "bao-cao.pdf"


def issued(plan: Plan, how: str) -> tuple[Workspace, Notice]:
    """Return what the office that appraised a report reads of issuing it."""
    before, workspace = (workspace_at(plan, StageKind.APPRAISE, days=days) for days in (-1, 0))
    records = [step_record(before, StageKind.APPRAISE, "done", ())]
    if how != "asked":
        records.append(_sent(workspace, how))
    found = compose.issued_notices(workspace, register_of(workspace, records=records))
    wanted = None if how == "asked" else how
    return workspace, next(each for each in found if each.variant == wanted)


def _sent(workspace: Workspace, how: str) -> StageRecord:
    key = f"{workspace.keys.inbox_folder(stage_at(workspace.plan, StageKind.APPRAISE).owner)}ban-hanh/{_FILE}"
    paper = IssuedPaper(inbox_key=key, etag="0", sha256="0" * 64)
    note = f"Chưa nhận “{_FILE}” là văn bản đã ban hành: đầu văn bản còn ghi “DỰ THẢO”."
    if how == "taken":
        paper = paper.model_copy(update={"number": "127-BC/TU", "day": workspace.now.date()})
        note = f"Ban hành: số 127-BC/TU, ngày {format_date(workspace.now.date())}; tệp không có chữ ký số."
    record = step_record(workspace, StageKind.APPRAISE, f"issued-{'0' * 16}", ())
    return record.model_copy(update={"note": note, "details": paper})
