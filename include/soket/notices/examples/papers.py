"""Examples of mails about papers: a second provisional draft; an issued one, asked for, taken, refused."""

from __future__ import annotations

import re
from datetime import date

from soket.documents.letterhead import letterhead
from soket.documents.told import Telling, ToldFigure
from soket.notices import compose
from soket.notices.examples.scene import register_of, stage_at, step_record, workspace_at
from soket.notices.notice import Kind, Notice
from soket.notices.outbox import post
from soket.plan.model import Duty, Plan, Stage, StageKind
from soket.plan.papers import issuer_of
from soket.record.filing import file_stage_record
from soket.record.issued import issues
from soket.record.products import FIGURES, PROVISIONAL_DRAFT, TOLD, save_products
from soket.record.provisional import ROUND, ProvisionalDraft
from soket.record.records import Ruling, StageRecord
from soket.record.signed import IssuedPaper
from soket.record.workspace import Workspace
from soket.text import format_date

_FILE = "bao-cao.pdf"


def provisional(plan: Plan) -> tuple[Workspace, Notice] | None:
    """Return the mail of a plan's second provisional draft, three working days before the reports are due."""
    before, workspace = (workspace_at(plan, StageKind.COLLECT, days=days) for days in (-4, -3))
    stage = stage_at(plan, StageKind.DRAFT)
    rulings = [Ruling.ACCEPTED, None, Ruling.ACCEPTED]
    owing = [unit.code for unit in plan.units if unit.owes is not Duty.COVERAGE_PLAN]
    sent = [owing[:1], [*owing[:1], *owing[2:3]]]
    records = [
        _filed(workspace, plan, stage.id, number, at, units)
        for number, (at, units) in enumerate(zip((before, workspace), sent, strict=True), 1)
    ]
    first = compose.provisional_notice(workspace, register_of(workspace, records=records[:1]), stage, records[0], None)
    if first is not None:
        day_before = before.now.date().isoformat()
        post(workspace, first.model_copy(update={"version": day_before}), suppressed=True)
    notice = compose.provisional_notice(
        workspace, register_of(workspace, rulings, records=records), stage, records[1], None
    )
    assert notice is None or notice.kind is Kind.PROVISIONAL  # noqa: S101 - for whoever reads examples by kind
    return (workspace, notice) if notice else None


def _filed(workspace: Workspace, plan: Plan, stage: str, number: int, at: Workspace, units: list[str]) -> StageRecord:
    """File a provisional draft of some units' reports, its papers empty, each figure a hundred times its number."""
    figures = [
        ToldFigure(indicator=each.code, year=form.years[-1], total=100.0 * number)
        for form in plan.forms[:1]
        for each in form.indicators[:2]
    ]
    told = Telling(basis=dict.fromkeys(units, 1), figures=tuple(figures), sentences={}, themes={})
    details = ProvisionalDraft(
        number=number, sent=len(units), owing=len(plan.units), inputs=f"{number:08}", as_of=at.now
    )
    files = {PROVISIONAL_DRAFT: b"", **dict.fromkeys([FIGURES] * bool(plan.forms), b""), TOLD: told.to_json()}
    keys = save_products(workspace, stage, ROUND, {f"{details.folder}/{name}": data for name, data in files.items()})
    return file_stage_record(workspace, stage, ROUND, details.step, "", products=keys, details=details)


def issued(plan: Plan, how: str) -> tuple[Workspace, Notice]:
    """Return what the office that appraised a report last reads of issuing it, by the end of the last day but one."""
    stage = _last_appraisal(plan)
    there = workspace_at(plan, stage)
    late = 0 if there.calendar.is_working_day(there.now.date()) else -1
    before, workspace = (workspace_at(plan, stage, days=days) for days in (late - 1, late))
    records = [step_record(before, stage, "done", ())]
    if how != "asked":
        records.append(_sent(workspace, stage, how))
    found = compose.issued_notices(workspace, register_of(workspace, records=records))
    wanted = None if how == "asked" else how
    return workspace, next(each for each in found if each.variant == wanted)


def _last_appraisal(plan: Plan) -> Stage:
    first, edition = stage_at(plan, StageKind.APPRAISE), plan.in_campaign(plan.campaigns[-1])
    return next(
        each for each in (first, *edition.downstream(first)) if each.kind is first.kind and issues(edition, each)
    )


def _sent(workspace: Workspace, stage: Stage, how: str) -> StageRecord:
    key = f"{workspace.keys.inbox_folder(stage.owner)}ban-hanh/{_FILE}"
    paper = IssuedPaper(inbox_key=key, etag="0", sha256="0" * 64)
    note = f"Chưa nhận “{_FILE}” là văn bản đã ban hành: đầu văn bản còn ghi “DỰ THẢO”."
    if how == "taken":
        number, day = _number(workspace.plan, stage, workspace.now.date()), workspace.now.date()
        paper = paper.model_copy(update={"number": number, "day": day})
        note = f"Ban hành: số {number}, ngày {format_date(day)}; tệp không có chữ ký số."
    record = step_record(workspace, stage, f"issued-{'0' * 16}", ())
    return record.model_copy(update={"note": note, "details": paper})


def _number(plan: Plan, stage: Stage, day: date) -> str:
    """Return a number such as the office that issues the paper gives: "127-BC/TU", "127/BC-UBND"."""
    blank = letterhead(plan, issuer_of(plan, plan.draft_of(stage)), "BC", day).number
    return re.sub(r"\s+$", "…", re.sub(r"^Số:?\s*", "127", blank))
