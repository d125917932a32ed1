"""Drafts: a working draft out of accepted reports, the official one out of the drafting office's folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import NoReturn

from soket.intake.reread import accepted_reports
from soket.plan.model import Plan, Stage, StageKind
from soket.reading.kinds import extension_of
from soket.record.decisions import Appraisal
from soket.record.inputs import basis_for, reports_for
from soket.record.keeping import file_stage_record, read_register
from soket.record.products import FIGURES, OFFICIAL_DRAFT, WORKING_DRAFT, save_products
from soket.record.records import AmendmentsTold, DraftBasis, DraftTaken, StageRecord
from soket.record.register import Drop, Register
from soket.record.tally import units_left_out
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError, StillWaitingError
from soket.store.store import MissingObjectError
from soket.text import format_moment

_DRAFT_TYPES = ("docx", "doc", "odt")


def open_round(workspace: Workspace, stage: Stage) -> str:
    """Say which round is to be worked on; raise NothingToDoError where none is."""
    register = read_register(workspace)
    entry = register.of(stage)
    if workspace.rerun and entry.round:
        return f"Làm lại sản phẩm của vòng {entry.round}."
    if not entry.done:
        return f"Vòng {max(entry.round, 1)} đang mở."
    reason = _reason_for_new_round(workspace.plan, register, stage)
    if reason is None:
        raise NothingToDoError(f"Dự thảo vòng {entry.round} đã có, không có gì phải làm lại.")
    file_stage_record(workspace, stage.id, entry.round + 1, "opened", reason)
    return f"Mở vòng {entry.round + 1}: {reason}"


def _reason_for_new_round(plan: Plan, register: Register, stage: Stage) -> str | None:
    entry = register.of(stage)
    if register.reopened(stage):
        return "Người vận hành mở lại giai đoạn."
    decided = list(_appraisals_of(plan, register, stage))
    for returning, appraisal in decided:
        if appraisal.outcome == "returned" and plan.returned_by(returning) == stage:
            return f"Dự thảo vòng {entry.round} bị trả lại: {appraisal.reason}"
    if not decided and (changed := _amended_untold(plan, register, stage)):
        return f"Có báo cáo bổ sung của {len(changed)} đơn vị sau khi tổng hợp."
    return None


def _appraisals_of(plan: Plan, register: Register, stage: Stage) -> Iterator[tuple[Stage, Appraisal]]:
    """Yield what was decided of a draft's latest round, with the stage that decided it."""
    for each in plan.downstream(stage):
        if each.kind is StageKind.APPRAISE and plan.draft_of(each) == stage:
            appraisal = register.appraisal(each, register.of(stage).round)
            if appraisal:
                yield each, appraisal


def amended_units(plan: Plan, register: Register, stage: Stage, round_number: int | None = None) -> list[str]:
    """Return the units whose accepted submission is not what the working draft of a round, the latest, rests on."""
    working = register.of(stage).record("working", round_number)
    if working is None:
        return []
    before = basis_of(working)
    return [unit for unit, number in basis_for(plan, register, stage).items() if before.get(unit) != number]


def _amended_untold(plan: Plan, register: Register, stage: Stage) -> list[str]:
    """Return the amended units of which the drafter had not been told when the official draft came."""
    entry = register.of(stage)
    official = entry.record("official")
    taken = official.details if official else None
    if not isinstance(taken, DraftTaken):
        return amended_units(plan, register, stage)
    told = [
        record.details.amended
        for record in entry.records
        if record.round == entry.round and isinstance(record.details, AmendmentsTold) and record.at < taken.arrived_at
    ]
    now = register.basis()
    return [
        unit
        for unit in amended_units(plan, register, stage)
        if not any(amended.get(unit) == now[unit] for amended in told)
    ]


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
    changed = amended_units(workspace.plan, register, stage)
    if not changed:
        raise NothingToDoError("Dự thảo không phải làm lại.")
    entry = register.of(stage)
    names = "; ".join(workspace.plan.unit(code).name for code in changed)
    # One announcement for each set of changes, however often intake runs and however many they are.
    basis = register.basis()
    digest = hashlib.sha256(" ".join(f"{code}.{basis[code]}" for code in sorted(changed)).encode()).hexdigest()[:16]
    if entry.record(step := f"amended-{digest}"):
        raise NothingToDoError("Đã báo các báo cáo bổ sung này.")
    file_stage_record(
        workspace,
        stage.id,
        entry.round,
        step,
        f"Báo cáo bổ sung: {names}.",
        details=AmendmentsTold(amended={code: basis[code] for code in changed}),
    )
    return f"Dự thảo vòng {entry.round} chưa có báo cáo của: {names}."


def consolidate(workspace: Workspace, stage: Stage) -> str:
    """Write the working draft of the open round and send it to the drafting office; wait where no report counts."""
    from soket.documents.draft import render_draft, render_figures
    from soket.documents.figures import summarise
    from soket.notices.compose import draft_notice
    from soket.notices.outbox import post

    register = read_register(workspace)
    entry = register.of(stage)
    round_number = max(entry.round, 1)
    record = entry.record("working")
    if record is None or workspace.rerun:
        basis = basis_of(record) if record else basis_for(workspace.plan, register, stage)
        if not basis:
            _wait_for_a_report(workspace, stage, round_number)
        summary = summarise(workspace.plan, workspace.campaign, register, accepted_reports(workspace, basis))
        keys = save_products(
            workspace,
            stage.id,
            round_number,
            {
                WORKING_DRAFT: render_draft(summary, round_number=round_number),
                FIGURES: render_figures(summary),
            },
        )
        record = file_stage_record(
            workspace,
            stage.id,
            round_number,
            "working",
            f"Dự thảo làm việc vòng {round_number} từ báo cáo của {_say_share(workspace, register, stage, basis)}.",
            products=keys,
            details=DraftBasis(basis=dict(basis)),
        )
    post(workspace, draft_notice(workspace, register, stage, record), suppressed=workspace.silent)
    return record.note


def basis_of(draft: StageRecord) -> Mapping[str, int]:
    """Return which submission of each unit a working draft rests on, as its record says."""
    return draft.details.basis if isinstance(draft.details, DraftBasis) else {}


def _wait_for_a_report(workspace: Workspace, stage: Stage, round_number: int) -> NoReturn:
    """Say, once a round, that there is nothing to draw a draft from: a draft out of nothing is none."""
    note = "Chưa có báo cáo nào để tổng hợp; có báo cáo đầu tiên thì dự thảo được lập."
    if workspace.rerun:  # a backfill does again what was done, and waits for nothing
        raise NothingToDoError(note)
    file_stage_record(workspace, stage.id, round_number, "empty", note)
    raise StillWaitingError(note)


def _say_share(workspace: Workspace, register: Register, stage: Stage, basis: Mapping[str, int]) -> str:
    owing = reports_for(workspace.plan, register, stage)
    return f"{len(owing) - len(units_left_out(owing, basis))}/{len(owing)} đơn vị"


def fresh_official_drafts(workspace: Workspace, register: Register, stage: Stage) -> list[Drop]:
    """Return the drafts in the drafting office's folder that no round has taken or refused, oldest first."""
    seen = {
        (record.details.inbox_key, record.details.etag)
        for each in workspace.plan.stages_of(StageKind.DRAFT)
        for record in register.of(each).records
        if isinstance(record.details, DraftTaken)
    }
    return [
        drop
        for drop in register.office_drops[stage.owner]
        if extension_of(drop.key) in _DRAFT_TYPES and (drop.key, drop.etag) not in seen
    ]


def check_official_draft(workspace: Workspace, stage: Stage) -> str:
    """Take the newest official draft into the round; raise StillWaitingError where it cannot be read."""
    register = read_register(workspace)
    entry = register.of(stage)
    official, done = entry.record("official"), entry.record("done")
    if done is None:
        official = official or _take_official(workspace, register, stage)
        note = f"Dự thảo vòng {entry.round} đã chuyển thẩm định."
        done = file_stage_record(workspace, stage.id, entry.round, "done", note)
    return (official or done).note


def _take_official(workspace: Workspace, register: Register, stage: Stage) -> StageRecord:
    from soket.documents.official import UnreadableDraftError, read_official

    entry = register.of(stage)
    drops = fresh_official_drafts(workspace, register, stage)
    if not drops:
        raise StillWaitingError("Chưa có dự thảo chính thức.")
    drop = drops[-1]
    extension = extension_of(drop.key)
    key = workspace.keys.stage(stage.id, entry.round, f"{OFFICIAL_DRAFT.rpartition('.')[0]}.{extension}")
    late = drop.arrived_at >= entry.deadline
    taken = DraftTaken(inbox_key=drop.key, etag=drop.etag, arrived_at=drop.arrived_at, late=late)
    try:
        workspace.store.copy(drop.key, key, drop.etag)
        read_official(workspace.plan, workspace.store.get(key), extension)
    except MissingObjectError:
        raise StillWaitingError("Dự thảo chính thức vừa được thay; chờ bản mới.") from None
    except UnreadableDraftError as error:
        file_stage_record(
            workspace, stage.id, entry.round, f"refused-{drop.etag}", f"Không đọc được: {error}", details=taken
        )
        raise StillWaitingError(f"Không đọc được {drop.key}: {error}. Chờ bản khác.") from error
    return file_stage_record(
        workspace,
        stage.id,
        entry.round,
        "official",
        f"Dự thảo chính thức vòng {entry.round}, đến lúc {format_moment(drop.arrived_at)}"
        f"{', sau hạn' if late else ''}.",
        products=(key,),
        details=taken,
    )
