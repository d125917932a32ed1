"""The appraisal: a dossier on the official draft, a decision by people, and what follows from it."""

from __future__ import annotations

from soket.plan.model import Plan, Stage, StageKind
from soket.reading.kinds import extension_of
from soket.record.decisions import Appraisal
from soket.record.inputs import is_delivered
from soket.record.keeping import file_decision, file_stage_record, read_register
from soket.record.products import APPRAISAL_SHEET, TRANSMITTAL, save_products
from soket.record.records import AppraisalOutcome
from soket.record.register import Register
from soket.record.words import APPRAISALS
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError
from soket.stages.answers import Answer, asked_again, links
from soket.stages.draft import amended_units
from soket.stages.refusing import IncompleteAnswerError, kept_when_refused
from soket.stages.resting import came_since, summary_now, summary_of
from soket.stages.waiting import wait_for_what_it_follows


def open_round(workspace: Workspace, stage: Stage) -> str:
    """Say which draft is to be appraised; raise NothingToDoError where none is."""
    register = read_register(workspace)
    wait_for_what_it_follows(workspace, register, stage)
    draft = register.of(draft_before(workspace.plan, stage))
    for before in (workspace.plan.stage(code) for code in stage.after):
        if before.kind is StageKind.APPRAISE and not is_delivered(register, before, draft.round):
            raise NothingToDoError(f"“{before.title}” chưa phê duyệt dự thảo vòng {draft.round}.")
    if not draft.done:
        raise NothingToDoError("Chưa có dự thảo chính thức; khi dự thảo đến, bước này tự chạy.")
    if register.of(stage).record("done", draft.round) and not workspace.rerun:
        raise NothingToDoError(f"Dự thảo vòng {draft.round} đã thẩm định xong.")
    file_stage_record(workspace, stage.id, draft.round, "opened", f"Nhận dự thảo vòng {draft.round}.")
    return f"Thẩm định dự thảo vòng {draft.round}."


def prepare_dossier(workspace: Workspace, stage: Stage) -> str:
    """Write the appraisal sheet and post it to the appraiser; return what it found, as Markdown."""
    from soket.documents.appraisal import render_appraisal
    from soket.documents.comparison import compare
    from soket.documents.official import read_official
    from soket.notices.compose import appraisal_notice
    from soket.notices.outbox import post

    register = read_register(workspace)
    round_number = register.of(stage).round  # a late report may have opened the draft's next one meanwhile
    drafting = draft_before(workspace.plan, stage)
    draft = register.of(drafting)
    working, official = draft.record("working", round_number), draft.record("official", round_number)
    assert working is not None and official is not None  # noqa: S101, PT018 - a done draft has both
    record = register.of(stage).record("dossier")
    if record is None or workspace.rerun:
        comparison = compare(
            summary_of(workspace, register, working),
            working=read_official(
                workspace.plan, workspace.store.get(working.products[0]), extension_of(working.products[0])
            ),
            official=read_official(
                workspace.plan, workspace.store.get(official.products[0]), extension_of(official.products[0])
            ),
        )
        amended = tuple(
            workspace.plan.unit(code).name for code in amended_units(workspace.plan, register, drafting, round_number)
        )
        now = summary_now(workspace, register, drafting)
        since = came_since(workspace, register, working, now, "bản tổng hợp vòng {}") if amended else ""
        sheet = render_appraisal(
            comparison, stage, round_number=round_number, amended=amended, since=since, made_at=workspace.now
        )
        keys = save_products(workspace, stage.id, round_number, {APPRAISAL_SHEET: sheet})
        note = comparison.markdown(amended=amended, since=since)
        record = file_stage_record(workspace, stage.id, round_number, "dossier", note, products=keys)
    post(workspace, appraisal_notice(workspace, register, stage, record), suppressed=workspace.silent)
    return record.note


def draft_before(plan: Plan, stage: Stage) -> Stage:
    """Return the draft that an appraisal is about: a sound plan has one."""
    draft = plan.draft_of(stage)
    assert draft is not None  # noqa: S101 - soket.plan.flow_checks
    return draft


def appraisal_on_record(workspace: Workspace, stage: Stage) -> Appraisal | None:
    """Return the appraisal of the round at hand, if it is decided."""
    return _appraisal_in(read_register(workspace), stage)


def _appraisal_in(register: Register, stage: Stage) -> Appraisal | None:
    return register.appraisal(stage, register.of(stage).round)


def appraisal_question(workspace: Workspace, stage: Stage, board: str) -> str:
    """Return what the appraiser is asked with, as Markdown: what was found, where to read it, what an answer needs."""
    register = read_register(workspace)
    dossier, opened = register.of(stage).record("dossier"), register.of(stage).record("opened")
    assert dossier and opened  # noqa: S101, PT018 - the graph comes here only after prepare_dossier
    official = register.of(draft_before(workspace.plan, stage)).record("official", opened.round)
    assert official  # noqa: S101 - only an official draft is appraised
    files = {
        "Dự thảo chính thức": official.products[0],
        "Phiếu thẩm định": workspace.keys.stage(stage.id, opened.round, APPRAISAL_SHEET),
    }
    parts = (
        asked_again(workspace, "appraisal", opened.at),
        links(workspace, board, files),
        dossier.note,
        "Phê duyệt thì không phải ghi gì thêm; trả lại thì phải ghi lý do.",
    )
    return "\n\n".join(part for part in parts if part)


def record_appraisal(workspace: Workspace, stage: Stage, answer: Answer) -> str:
    """File what the appraiser answered, unless the round is decided; raise ActRefusedError where it does not count."""
    register = read_register(workspace)
    on_record = _appraisal_in(register, stage)
    if on_record is None:
        with kept_when_refused(workspace, answer.actor, "appraisal", answer.entry("appraisal")):
            on_record = _appraisal(workspace, stage, register.of(stage).round, answer)
        on_record = file_decision(workspace, on_record)
    return f"{APPRAISALS[on_record.outcome].label} dự thảo vòng {on_record.round}. {on_record.reason}".strip()


def _appraisal(workspace: Workspace, stage: Stage, round_number: int, answer: Answer) -> Appraisal:
    fields = answer.act(workspace, stage, "appraisal", "Thẩm định dự thảo")
    if answer.option not in APPRAISALS:
        raise IncompleteAnswerError("Chưa chọn phê duyệt hay trả lại.")
    if answer.option == "returned" and not fields["reason"]:
        raise IncompleteAnswerError("Trả lại thì phải ghi lý do, yêu cầu chỉnh sửa.")
    outcome = {"stage": stage.id, "round": round_number, "outcome": answer.option}
    return Appraisal.model_validate(
        {"id": f"appraisal-{workspace.plan.mark_of(stage)}{round_number}", **fields, **outcome}
    )


def return_draft(workspace: Workspace, stage: Stage) -> str:
    """Send the draft back with the reasons."""
    from soket.notices.compose import appraisal_returned_notice
    from soket.notices.outbox import post

    register = read_register(workspace)
    appraisal = _decided(register, stage, "returned")
    post(workspace, appraisal_returned_notice(workspace, register, stage, appraisal), suppressed=workspace.silent)
    note = f"Trả lại dự thảo vòng {appraisal.round}: {appraisal.reason}"
    details = AppraisalOutcome(outcome="returned")
    return file_stage_record(workspace, stage.id, appraisal.round, "done", note, details=details).note


def transmit_report(workspace: Workspace, stage: Stage) -> str:
    """Send the approved report to the Standing Board's desk."""
    from soket.documents.appraisal import render_transmittal
    from soket.notices.compose import appraised_notice
    from soket.notices.outbox import post

    register = read_register(workspace)
    appraisal = _decided(register, stage, "approved")
    official = register.of(draft_before(workspace.plan, stage)).record("official", appraisal.round)
    assert official is not None  # noqa: S101 - only an official draft is appraised
    record = register.of(stage).record("done", appraisal.round)
    if record is None or workspace.rerun:
        keys = save_products(
            workspace,
            stage.id,
            appraisal.round,
            {TRANSMITTAL: render_transmittal(workspace.plan, workspace.campaign, stage, appraisal)},
        )
        record = file_stage_record(
            workspace,
            stage.id,
            appraisal.round,
            "done",
            f"Báo cáo (dự thảo vòng {appraisal.round}) đã thẩm định, trình cơ quan quyết định.",
            products=(*keys, *official.products),
            details=AppraisalOutcome(outcome="approved"),
        )
    post(workspace, appraised_notice(workspace, register, stage, record), suppressed=workspace.silent)
    return record.note


def _decided(register: Register, stage: Stage, outcome: str) -> Appraisal:
    """Return the round's appraisal; whatever set the graph's steps, only what is on the record is carried out."""
    appraisal = _appraisal_in(register, stage)
    if appraisal is None or appraisal.outcome != outcome:
        raise NothingToDoError("Hồ sơ không có kết quả thẩm định như thế.")
    return appraisal
