"""Provisional drafts: what a draft would say of the reports at hand, renewed each working morning while they come.

Everything in one comes from the bucket, its moment too: the last that came. So of the same bucket it is the same bytes,
however often and whenever it is asked for, and where nothing it is made of has changed none is made.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING

from soket.plan.model import Stage, StageKind
from soket.plan.themes import Lexicon, lexicon_of
from soket.record.filing import file_stage_record
from soket.record.inputs import basis_for, reports_for
from soket.record.keeping import read_register
from soket.record.products import EVIDENCE, FIGURES, PROVISIONAL_DRAFT, TOLD, save_products
from soket.record.provisional import ROUND, TITLE, ProvisionalDraft
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.resting import basis_of
from soket.record.tally import register_then, units_left_out
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError
from soket.stages.resting import summary_now
from soket.stages.traces import trace_files
from soket.text import format_moment

if TYPE_CHECKING:
    from soket.notices.notice import Notice


def renew(workspace: Workspace) -> str:
    """Write the provisional draft of each stage that drafts from reports, where what it is made of changed; mail it."""
    stages = [each for each in workspace.plan.stages_of(StageKind.DRAFT) if workspace.plan.draft_of(each) is None]
    made, nothing = [], NothingToDoError("Kế hoạch không có dự thảo nào lập từ báo cáo.")
    for stage in stages:
        try:
            made.append(renew_of(workspace, stage))
        except NothingToDoError as reason:
            nothing = reason
    if not made:
        raise nothing
    return " ".join(made)


def renew_of(workspace: Workspace, stage: Stage) -> str:
    """Write a stage's provisional draft, unless the last one is of the same reports; mail it, once a day at most."""
    from soket.notices.compose import provisional_notice
    from soket.notices.outbox import post

    register = read_register(workspace)
    if why := _why_not_wanted(workspace, register, stage):
        raise NothingToDoError(f"{stage.title}: {why}")
    lexicon = lexicon_of(workspace.plan)
    last = next(reversed(register.of(stage).provisional), None)
    made = _next(workspace, register, stage, lexicon)
    record, is_new = last, last is None or last.details != made
    if record is None or is_new or workspace.rerun:
        record = _write(workspace, register, stage, made, lexicon)
        register = register.having(record)
    now = read_register(workspace) if is_new else register  # writing takes long: a better draft may be there by now
    wanted = not workspace.rerun and _why_not_wanted(workspace, now, stage) is None
    notice = provisional_notice(workspace, now, stage, record, lexicon) if wanted else None
    posted = notice is not None and post(workspace, notice, suppressed=workspace.silent)
    if notice is not None and posted:
        _withdraw_earlier(workspace, notice)
    if not (is_new or posted or workspace.rerun):
        raise NothingToDoError(f"{record.note} Từ đó chưa có gì mới.")
    return record.note


def _withdraw_earlier(workspace: Workspace, notice: Notice) -> None:
    """Withdraw what waits of earlier provisional drafts: when mail goes out again after days, only the last does."""
    from soket.notices.ledger import real_now, states
    from soket.notices.outbox import withdraw

    before = notice.step.rpartition("-")[0]
    for state in states(workspace).values():
        mine = state.id.startswith(f"{notice.kind}.{notice.addressee}.{before}-") and state.id != notice.id
        if mine and state.ending is None:
            withdraw(workspace, state, f"đã có bản mới hơn: thư {notice.id}", real_now())


def _why_not_wanted(workspace: Workspace, register: Register, stage: Stage) -> str | None:
    """Return why nobody needs a provisional draft: it is too early, or there is a better one; None where one is."""
    entry = register.of(stage)
    before = [each for each in workspace.plan.upstream(stage) if each.kind is StageKind.COLLECT] or [stage]
    if workspace.now < min(register.of(each).opens for each in before):
        return "chưa đến ngày nhận báo cáo."
    if entry.done:
        return f"đã có dự thảo chính thức vòng {entry.round}."
    basis, working = basis_for(workspace.plan, register, stage), entry.record("working")
    if not basis:
        return "chưa có báo cáo nào để tổng hợp."
    if working is not None and basis_of(working) == basis:
        return f"dự thảo làm việc vòng {working.round} đã có mọi báo cáo."
    return None


def _next(workspace: Workspace, register: Register, stage: Stage, lexicon: Lexicon | None) -> ProvisionalDraft:
    """Return the provisional draft that is to be there: the last one, where all that it is made of is as it was."""
    plan = workspace.plan
    owing, basis = reports_for(plan, register, stage), basis_for(plan, register, stage)
    left_out = units_left_out(owing, basis)
    doubts = {code: sorted(each.code for each in register.units[code].unconfirmed) for code in basis}
    made_of = {
        "basis": basis,
        "owing": sorted(each.unit for each in owing),
        "missing": sorted(left_out),
        "lexicon": lexicon.model_dump(mode="json") if lexicon else None,
        "asked": [each.model_dump(mode="json") for each in (*plan.outline, *plan.forms)],
        "doubts": {code: found for code, found in doubts.items() if found},
    }
    inputs = hashlib.sha256(json.dumps(made_of, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    last = next((each.details for each in reversed(register.of(stage).provisional)), None)
    if isinstance(last, ProvisionalDraft) and last.inputs == inputs:
        return last
    return ProvisionalDraft(
        number=last.number + 1 if isinstance(last, ProvisionalDraft) else 1,
        sent=len(owing) - len(left_out),
        owing=len(owing),
        inputs=inputs,
        as_of=_last_moment(register),
    )


def _last_moment(register: Register) -> datetime:
    """Return when the last of what a draft may rest on came, was judged or decided."""
    moments = [act.decided_at for act in register.decisions]
    for entry in register.units.values():
        moments += [each.received_at for each in entry.receipts]
        moments += [each.judged_at for each in entry.verdicts]
        moments += [each.at for each in entry.confirmations]
    return max(moments)


def _write(
    workspace: Workspace, register: Register, stage: Stage, made: ProvisionalDraft, lexicon: Lexicon | None
) -> StageRecord:
    """Write a provisional draft with its annexes and file it; one that is made again goes over itself."""
    from soket.documents.draft import Provisional, render_figures, write_draft
    from soket.documents.provenance import tracing
    from soket.documents.said import gather
    from soket.documents.told import changes, told, told_of
    from soket.documents.trace import trace_of

    then = register_then(workspace, register, made.as_of)
    summary = summary_now(workspace, then, stage)
    sayings = gather(summary, lexicon)
    now = told(summary, sayings)
    last = [each for each in register.of(stage).provisional if each.step < made.step][-1:]
    before = told_of(workspace, last[0]) if last else None
    lines = changes(workspace.plan, before, now, lexicon).lines() if before else ()
    said = Provisional(made.number, made.sent, made.owing, tuple(lines))
    with tracing() as tracer:
        written = write_draft(summary, lexicon, provisional=said, sayings=sayings, stage=stage)
    files = {
        PROVISIONAL_DRAFT: written.word,
        **({FIGURES: render_figures(summary)} if summary.forms else {}),
        EVIDENCE: written.evidence,
        TOLD: now.to_json(),
        **trace_files(trace_of(summary, then, tracer, {PROVISIONAL_DRAFT: written.word})),
    }
    keys = save_products(workspace, stage.id, ROUND, {f"{made.folder}/{name}": data for name, data in files.items()})
    note = f"{TITLE} số {made.number}: {made.share} báo cáo, tính đến {format_moment(made.as_of)}."
    return file_stage_record(workspace, stage.id, ROUND, made.step, note, products=keys, details=made)
