"""Drafts: a working draft out of accepted reports, the official one out of the drafting office's folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import NoReturn

from soket.plan.model import Plan, Stage, StageKind
from soket.plan.themes import lexicon_of
from soket.reading.kinds import extension_of
from soket.record.decisions import Appraisal
from soket.record.filing import file_stage_record
from soket.record.inputs import awaited, basis_for, reports_for
from soket.record.keeping import read_register
from soket.record.products import EVIDENCE, FIGURES, WORKING_DRAFT, save_products
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.resting import Late, basis_of, lateness
from soket.record.stage_details import AmendmentsTold, DraftBasis, RevisionBasis
from soket.record.stale import amended_units, amended_untold
from soket.record.tally import say_basis
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError, StillWaitingError
from soket.stages.official import take_official
from soket.stages.resting import came_since, moved_since, summary_now, summary_of
from soket.stages.traces import traced
from soket.text import first_units

_NAMED = 10  # units by name in why a round opens


def open_round(workspace: Workspace, stage: Stage) -> str:
    """Say which round is to be worked on; raise NothingToDoError where none is."""
    register = read_register(workspace)
    entry = register.of(stage)
    if workspace.rerun and entry.round:
        return f"Làm lại sản phẩm của vòng {entry.round}."
    if not entry.done:
        return f"Vòng {max(entry.round, 1)} đang mở."
    reason = reason_for_new_round(workspace.plan, register, stage)
    if reason is None:
        raise NothingToDoError(f"Dự thảo vòng {entry.round} đã có, không có gì phải làm lại.")
    file_stage_record(workspace, stage.id, entry.round + 1, "opened", reason)
    return f"Mở vòng {entry.round + 1}: {reason}"


def reason_for_new_round(plan: Plan, register: Register, stage: Stage) -> str | None:
    """Return why a draft that is done is made once more; None where it is not."""
    entry = register.of(stage)
    if register.reopened(stage):
        return "Giai đoạn được mở lại."
    for returned, appraisal in _returns_to(plan, register, stage):
        if returned == entry.round:
            return f"Dự thảo vòng {entry.round} bị trả lại: {appraisal.reason}"
    decided = list(_appraisals_of(plan, register, stage))
    earlier = plan.draft_of(stage)
    gone_on = decided and all(each.outcome == "approved" for each in decided)
    if not gone_on and earlier and not awaited(plan, register, stage) and (working := entry.record("working")):
        newest = register.of(earlier).round
        if isinstance(working.details, RevisionBasis) and working.details.draft_round < newest:
            return f"{earlier.title}: đã có vòng {newest}."
    if not decided and earlier is None and amended_untold(plan, register, stage):
        appraised = any(each.kind is StageKind.APPRAISE for each in plan.downstream(stage))
        still = f"; dự thảo vòng {entry.round} đã chuyển thẩm định, kết luận sẽ báo riêng" if appraised else ""
        names = [_say_amended(plan, register, stage, code) for code in amended_units(plan, register, stage)]
        came = f"Báo cáo của {len(names)} đơn vị được tiếp nhận sau khi tổng hợp ({first_units(names, _NAMED)})"
        return f"{came}{still}."
    return None


def _appraisals_of(plan: Plan, register: Register, stage: Stage) -> Iterator[Appraisal]:
    """Yield what was decided of a draft's latest round."""
    for each in plan.downstream(stage):
        if each.kind is StageKind.APPRAISE and plan.draft_of(each) == stage:
            appraisal = register.appraisal(each, register.of(stage).round)
            if appraisal:
                yield appraisal


def _returns_to(plan: Plan, register: Register, stage: Stage) -> Iterator[tuple[int, Appraisal]]:
    """Yield what sent a draft back, with the round of it that what was appraised goes back to."""
    for each in plan.downstream(stage):
        if each.kind is not StageKind.APPRAISE or plan.returned_by(each) != stage:
            continue
        about = plan.draft_of(each)
        number = register.of(about).round if about else 0
        appraisal = register.appraisal(each, number)
        while about and about != stage:  # it was about a later draft, which was made of a round of an earlier one
            working = register.of(about).record("working", number)
            number = working.details.draft_round if working and isinstance(working.details, RevisionBasis) else 0
            about = plan.draft_of(about)
        if appraisal and appraisal.outcome == "returned":
            yield number, appraisal


def announce_amendments(workspace: Workspace) -> str:
    """Say which late or corrected reports drafts do not rest on; raise NothingToDoError where there are none."""
    register = read_register(workspace)
    told, untold = [], []
    for stage in workspace.plan.stages_of(StageKind.DRAFT):
        if workspace.plan.draft_of(stage):  # it goes on from an earlier draft, which is told
            continue
        try:
            told.append(_announce(workspace, register, stage))
        except NothingToDoError as nothing:
            untold.append(nothing)
    if not told:
        raise untold[0]
    return " ".join(told)


def _announce(workspace: Workspace, register: Register, stage: Stage) -> str:
    entry, changed = register.of(stage), amended_units(workspace.plan, register, stage)
    if not changed or (working := entry.record("working")) is None:
        raise NothingToDoError("Dự thảo không phải làm lại.")
    names = "; ".join(_say_amended(workspace.plan, register, stage, code) for code in changed)
    # One announcement for each set of changes, however often intake runs and however many they are.
    basis = register.basis()
    digest = hashlib.sha256(" ".join(f"{code}.{basis[code]}" for code in sorted(changed)).encode()).hexdigest()[:16]
    if entry.record(step := f"amended-{digest}"):
        raise NothingToDoError("Đã báo các báo cáo tiếp nhận sau này.")
    file_stage_record(
        workspace,
        stage.id,
        entry.round,
        step,
        f"Tiếp nhận sau khi tổng hợp, dự thảo vòng {entry.round} chưa tính đến: {names}.",
        details=AmendmentsTold(
            amended={code: basis[code] for code in changed},
            changes=moved_since(workspace, register, stage, basis_of(working)),
        ),
    )
    return f"Dự thảo vòng {entry.round} chưa có báo cáo của: {names}."


def _say_amended(plan: Plan, register: Register, stage: Stage, code: str) -> str:
    """Return a unit whose report a working draft does not rest on, and whether it had handed it in before."""
    working = register.of(stage).record("working")
    before = working is not None and lateness(register.units[code], working) is Late.TAKEN
    return plan.unit(code).name + (" (đã nộp trước khi tổng hợp)" if before else "")


def consolidate(workspace: Workspace, stage: Stage) -> str:
    """Write the working draft of the open round and send it to the drafting office; wait where no report counts."""
    from soket.notices.compose import draft_notice
    from soket.notices.outbox import post

    register = read_register(workspace)
    record = register.of(stage).record("working")
    if record is None or workspace.rerun:
        record = _compose(workspace, register, stage, record)
    post(workspace, draft_notice(workspace, register, stage, record), suppressed=workspace.silent)
    return record.note


def _compose(workspace: Workspace, register: Register, stage: Stage, record: StageRecord | None) -> StageRecord:
    """Write the papers of the open round's working draft, those of its record again; return what is on record then."""
    from soket.documents.draft import render_figures, write_draft

    entry = register.of(stage)
    round_number = max(entry.round, 1)
    earlier = _edition_before(workspace.plan, register, stage, record)
    stands_on = earlier[0] if earlier and record is None else record
    basis = basis_of(stands_on) if stands_on else basis_for(workspace.plan, register, stage)
    if not basis:
        _wait_for_a_report(workspace, stage, round_number)
    summary = summary_of(workspace, register, stands_on) if stands_on else summary_now(workspace, register, stage)
    if earlier:
        official = earlier[1].products[0]
        papers = {WORKING_DRAFT.replace("docx", extension_of(official)): workspace.store.get(official)}
        details: DraftBasis = RevisionBasis(basis=dict(basis), as_of=summary.as_of, draft_round=earlier[1].round)
    else:
        details = DraftBasis(basis=dict(basis), as_of=summary.as_of)
        before = entry.record("working", round_number - 1)
        since = came_since(workspace, register, before, summary)
        with traced(workspace, register, stage, round_number, summary) as papers:
            told = since.in_words if since else ""
            lexicon = lexicon_of(workspace.plan)
            written = write_draft(summary, lexicon, round_number=round_number, since=told, stage=stage)
            papers[WORKING_DRAFT] = written.word
        papers[EVIDENCE] = written.evidence
    papers |= {FIGURES: render_figures(summary)} if summary.forms else {}
    keys = save_products(workspace, stage.id, round_number, papers)
    filed = file_stage_record(
        workspace,
        stage.id,
        round_number,
        "working",
        f"Dự thảo làm việc vòng {round_number} từ {_say_source(workspace, register, stage, basis)}.",
        products=keys,
        details=details,
    )
    if record is None and filed.details != details:  # another was first: what lies there is to be what its record says
        return _compose(workspace, read_register(workspace), stage, filed)
    return filed


def _wait_for_a_report(workspace: Workspace, stage: Stage, round_number: int) -> NoReturn:
    """Say, once a round, that there is nothing to draw a draft from: a draft out of nothing is none."""
    note = "Chưa có báo cáo nào để tổng hợp; có báo cáo đầu tiên thì dự thảo được lập."
    if workspace.rerun:  # a backfill does again what was done, and waits for nothing
        raise NothingToDoError(note)
    file_stage_record(workspace, stage.id, round_number, "empty", note)
    raise StillWaitingError(note)


def _edition_before(
    plan: Plan, register: Register, stage: Stage, working: StageRecord | None
) -> tuple[StageRecord, StageRecord] | None:
    """Return the working and official records of the earlier draft that a draft goes on from; None where it has none.

    That is the earlier draft's latest round or, of what is made again, the round that it was made of.
    """
    earlier = plan.draft_of(stage)
    if earlier is None:
        return None
    made_of = working.details.draft_round if working and isinstance(working.details, RevisionBasis) else None
    entry = register.of(earlier)
    before, official = entry.record("working", made_of), entry.record("official", made_of)
    assert before and official  # noqa: S101, PT018 - a draft that is done has both
    return before, official


def _say_source(workspace: Workspace, register: Register, stage: Stage, basis: Mapping[str, int]) -> str:
    earlier = workspace.plan.draft_of(stage)
    share = say_basis(reports_for(workspace.plan, register, stage), basis)
    return f"bản chính thức của “{earlier.title}”, báo cáo của {share}" if earlier else f"báo cáo của {share}"


def check_official_draft(workspace: Workspace, stage: Stage) -> str:
    """Take the newest official draft into the round; raise StillWaitingError where it cannot be read."""
    register = read_register(workspace)
    entry = register.of(stage)
    official, done = entry.record("official"), entry.record("done")
    if done is None:
        official = official or take_official(workspace, register, stage)
        note = f"Dự thảo vòng {entry.round} đã chuyển thẩm định."
        done = file_stage_record(workspace, stage.id, entry.round, "done", note)
    return (official or done).note
