"""The appraisal: a dossier on the official draft, a decision by people, and what follows from it."""

from __future__ import annotations

from dataclasses import replace

from soket.plan.model import Plan, Stage, StageKind
from soket.record.decisions import Appraisal
from soket.record.inputs import is_delivered
from soket.record.keeping import file_decision, file_stage_record, read_register
from soket.record.products import APPRAISAL_ANSWERS, APPRAISAL_REPORT, FIGURES, TRANSMITTAL, save_products
from soket.record.records import AppraisalOutcome
from soket.record.register import Register
from soket.record.words import APPRAISALS, PRODUCTS
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError
from soket.stages.answers import Answer, asked_again, links
from soket.stages.draft import amended_units
from soket.stages.points import answered_points, earlier_round, open_points, raised, read_product, returned_with
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
    from soket.documents.appraisal import render_answers, render_appraisal
    from soket.documents.checks.together import amended_findings
    from soket.documents.comparison import compare
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
        text = read_product(workspace, official)
        comparison = compare(
            summary_of(workspace, register, working), working=read_product(workspace, working), official=text
        )
        late = amended_units(workspace.plan, register, drafting, round_number)
        comparison = replace(comparison, findings=(*comparison.findings, *amended_findings(workspace.plan, late)))
        amended = tuple(workspace.plan.unit(code).name for code in late)
        now = summary_now(workspace, register, drafting)
        since = came_since(workspace, register, working, now, "bản tổng hợp vòng {}") if amended else ""
        earlier = earlier_round(workspace, register, drafting, round_number)
        points = answered_points(workspace, register, drafting, earlier, text, comparison)
        papers = {
            APPRAISAL_REPORT: render_appraisal(
                comparison,
                stage,
                round_number=round_number,
                amended=amended,
                since=since,
                made_at=workspace.now,
                points=points,
            )
        }
        if earlier and points:
            papers[APPRAISAL_ANSWERS] = render_answers(
                workspace.plan, stage, points, before=earlier.number, round_number=round_number, made_at=workspace.now
            )
        keys = save_products(workspace, stage.id, round_number, papers)
        details = raised(comparison, points)
        lines = [f"**Ý kiến vòng trước:** {sum(each.settled for each in points)}/{len(points)} đã có sửa đổi."]
        lines += [f"- chưa tiếp thu: {each}" for each in details.unanswered]
        note = "\n\n".join([*(lines if points else []), comparison.markdown(amended=amended, since=since)])
        record = file_stage_record(workspace, stage.id, round_number, "dossier", note, products=keys, details=details)
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
        "Báo cáo thẩm định": workspace.keys.stage(stage.id, opened.round, APPRAISAL_REPORT),
    }
    parts = (
        asked_again(workspace, "appraisal", opened.at),
        links(workspace, board, files),
        dossier.note,
        "Phê duyệt thì không phải ghi gì thêm; trả lại thì phải ghi lý do, mỗi ý kiến một dòng."
        if not open_points(register, stage)
        else "Còn ý kiến vòng trước chưa tiếp thu: phê duyệt thì phải ghi lý do vẫn trình; trả lại thì ghi lý do.",
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
    if answer.option == "approved" and not fields["reason"] and (left := open_points(read_register(workspace), stage)):
        raise IncompleteAnswerError(
            f"Còn {len(left)} ý kiến vòng trước chưa tiếp thu: {'; '.join(left)}. Phê duyệt thì ghi rõ lý do vẫn trình."
        )
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
    details = AppraisalOutcome(outcome="returned", points=returned_with(register, stage, appraisal))
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
        working = register.of(draft_before(workspace.plan, stage)).record("working", appraisal.round)
        dossier = register.of(stage).record("dossier", appraisal.round)
        others = [
            *(dossier.products if dossier else ()),
            *(key for key in (working.products if working else ()) if key.endswith(f"/{FIGURES}")),
        ]
        letter = render_transmittal(
            workspace.plan,
            workspace.campaign,
            stage,
            appraisal,
            enclosed=("dự thảo Báo cáo", *(PRODUCTS[key.rpartition("/")[2]].phrase for key in others)),
        )
        keys = save_products(workspace, stage.id, appraisal.round, {TRANSMITTAL: letter})
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
