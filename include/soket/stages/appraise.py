"""The appraisal: a dossier on the official draft, a decision by people, and what follows from it."""

from __future__ import annotations

from soket.plan.model import Stage, StageKind
from soket.record.decisions import Appraisal
from soket.record.filing import file_again, file_decision, file_stage_record
from soket.record.inputs import is_delivered
from soket.record.keeping import read_register
from soket.record.products import (
    APPRAISAL_ANSWERS,
    APPRAISAL_DECIDED,
    APPRAISAL_REPORT,
    FIGURES,
    MARKED_DRAFT,
    TRANSMITTAL,
    save_products,
)
from soket.record.register import Register
from soket.record.stage_details import AppraisalOutcome
from soket.record.words import APPRAISALS, PRODUCTS
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError
from soket.stages.answers import Answer, QuestionText, asked_again
from soket.stages.dossiers import dossier_now, dossier_of, dossier_shown, draft_before, save_dossier
from soket.stages.points import open_points, raised, returned_with
from soket.stages.refusing import IncompleteAnswerError, kept_when_refused
from soket.stages.waiting import wait_for_what_it_follows
from soket.text import format_date


def open_round(workspace: Workspace, stage: Stage) -> str:
    """Say which draft is to be appraised; raise NothingToDoError where none is."""
    register = read_register(workspace)
    wait_for_what_it_follows(workspace, register, stage)
    draft = register.of(draft_before(workspace.plan, stage))
    for before in (workspace.plan.stage(code) for code in stage.after):
        if before.kind is StageKind.APPRAISE and not is_delivered(register, before, draft.round):
            raise NothingToDoError(f"“{before.title}” chưa đồng ý trình dự thảo vòng {draft.round}.")
    if not draft.done:
        raise NothingToDoError("Chưa có dự thảo chính thức; khi dự thảo đến, bước này tự chạy.")
    if register.of(stage).record("done", draft.round) and not workspace.rerun:
        raise NothingToDoError(f"Dự thảo vòng {draft.round} đã thẩm định xong.")
    file_stage_record(workspace, stage.id, draft.round, "opened", f"Nhận dự thảo vòng {draft.round}.")
    return f"Thẩm định dự thảo vòng {draft.round}."


def prepare_dossier(workspace: Workspace, stage: Stage) -> str:
    """Write the appraisal and post it to the appraiser; return what it found, as Markdown."""
    from soket.notices.compose import appraisal_notice
    from soket.notices.outbox import post

    register = read_register(workspace)
    round_number = register.of(stage).round  # a late report may have opened the draft's next one meanwhile
    record = register.of(stage).latest("dossier")
    if record is None or workspace.rerun:
        dossier = dossier_of(workspace, register, stage, round_number)
        keys = save_dossier(workspace, register, dossier)
        found = raised(dossier)
        record = file_again(
            workspace, register, stage.id, round_number, "dossier", dossier.markdown, products=keys, details=found
        )
    post(workspace, appraisal_notice(workspace, register, stage, record), suppressed=workspace.silent)
    return record.note


def appraisal_on_record(workspace: Workspace, stage: Stage) -> Appraisal | None:
    """Return the appraisal of the round at hand, if it is decided."""
    return _appraisal_in(read_register(workspace), stage)


def _appraisal_in(register: Register, stage: Stage) -> Appraisal | None:
    return register.appraisal(stage, register.of(stage).round)


def appraisal_asked(workspace: Workspace, stage: Stage) -> QuestionText:
    """Return what the appraiser is asked with."""
    register = read_register(workspace)
    dossier, opened = register.of(stage).latest("dossier"), register.of(stage).record("opened")
    assert dossier and opened  # noqa: S101, PT018 - the graph comes here only after prepare_dossier
    official = register.of(draft_before(workspace.plan, stage)).record("official", opened.round)
    assert official  # noqa: S101 - only an official draft is appraised
    shown = (APPRAISAL_REPORT, MARKED_DRAFT, APPRAISAL_ANSWERS)
    made = {key.rpartition("/")[2]: key for key in dossier.products}
    files = {
        "Dự thảo chính thức": official.products[0],
        **{PRODUCTS[name].label: made[name] for name in shown if name in made},
    }
    needed = (
        "Đồng ý trình thì không phải ghi gì thêm; trả lại thì phải ghi lý do, mỗi ý kiến một dòng."
        if not open_points(register, stage)
        else "Còn chỗ phải sửa hoặc ý kiến chưa tiếp thu: đồng ý trình phải ghi lý do vẫn trình; trả lại thì ghi lý do."
    )
    told = (asked_again(workspace, "appraisal", opened.at), _say_newer_round(workspace, register, stage, opened.round))
    return QuestionText(files, tuple(filter(None, told)), (dossier.note, needed))


def _say_newer_round(workspace: Workspace, register: Register, stage: Stage, asked: int) -> str:
    """Return that another round of the draft was opened while one is appraised, and why; "" where none was."""
    draft = register.of(draft_before(workspace.plan, stage))
    opened, working = draft.record("opened"), draft.record("working")
    if opened is None or opened.round <= asked:
        return ""
    told = f"**Đã mở vòng {opened.round} của dự thảo ngày {format_date(opened.at.date())}.** {opened.note}"
    made = f" {working.note}" if working else ""
    return f"{told}{made} Câu hỏi này vẫn về dự thảo vòng {asked}."


def appraisal_question(workspace: Workspace, stage: Stage, board: str) -> str:
    """Return what the appraiser is asked with, as Markdown; `board` is the board's address."""
    return appraisal_asked(workspace, stage).markdown(workspace, board)


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
    from soket.documents.dossier import says_ready

    fields = answer.act(workspace, stage, "appraisal", "Thẩm định dự thảo")
    if answer.option not in APPRAISALS:
        raise IncompleteAnswerError("Chưa chọn đồng ý trình hay trả lại.")
    if answer.option == "returned" and not fields["reason"]:
        raise IncompleteAnswerError("Trả lại thì phải ghi lý do, yêu cầu chỉnh sửa.")
    left = open_points(read_register(workspace), stage) if answer.option == "approved" else ()
    if left and (not fields["reason"] or says_ready(fields["reason"])):
        raise IncompleteAnswerError(
            f"Còn {len(left)} chỗ phải sửa, ý kiến chưa tiếp thu: {'; '.join(left)}. Đồng ý trình thì ghi rõ lý do vẫn "
            "trình, không ghi là đủ điều kiện."
        )
    outcome = {"stage": stage.id, "round": round_number, "outcome": answer.option}
    return Appraisal.model_validate(
        {"id": f"appraisal-{workspace.plan.mark_of(stage)}{round_number}", **fields, **outcome}
    )


def return_draft(workspace: Workspace, stage: Stage) -> str:
    """Send the draft back with the reasons."""
    from soket.documents.appraisal import render_appraisal
    from soket.notices.compose import appraisal_returned_notice
    from soket.notices.outbox import post

    register = read_register(workspace)
    appraisal = _decided(register, stage, "returned")
    record = register.of(stage).record("done", appraisal.round)
    if record is None or workspace.rerun:
        dossier = dossier_shown(workspace, register, stage, appraisal.round)
        made = register.of(stage).latest("dossier", appraisal.round)
        linked = MARKED_DRAFT if made and any(key.endswith(f"/{MARKED_DRAFT}") for key in made.products) else ""
        report = render_appraisal(dossier, made_at=appraisal.decided_at, linked=linked, decision=appraisal)
        record = file_stage_record(
            workspace,
            stage.id,
            appraisal.round,
            "done",
            f"Trả lại dự thảo vòng {appraisal.round}: {appraisal.reason}",
            products=save_products(workspace, stage.id, appraisal.round, {APPRAISAL_DECIDED: report}),
            details=AppraisalOutcome(outcome="returned", points=returned_with(dossier, appraisal)),
        )
    notice = appraisal_returned_notice(workspace, register, stage, appraisal, record)
    post(workspace, notice, suppressed=workspace.silent)
    return record.note


def transmit_report(workspace: Workspace, stage: Stage) -> str:
    """Send the approved report to the Standing Board's desk."""
    from soket.documents.appraisal import render_appraisal, render_transmittal
    from soket.notices.compose import appraised_notice
    from soket.notices.outbox import post

    register, receiver = read_register(workspace), workspace.plan.office(stage.receiver).name
    appraisal = _decided(register, stage, "approved")
    official = register.of(draft_before(workspace.plan, stage)).record("official", appraisal.round)
    assert official is not None  # noqa: S101 - only an official draft is appraised
    record = register.of(stage).record("done", appraisal.round)
    if record is None or workspace.rerun:
        dossier = dossier_shown(workspace, register, stage, appraisal.round)
        made = register.of(stage).latest("dossier", appraisal.round)
        asked = dossier_now(workspace, register, dossier, made.at if made else None).to_decide
        working = register.of(draft_before(workspace.plan, stage)).record("working", appraisal.round)
        # What goes up beside the draft: the appraisal with its opinion, and what else its reader needs.
        others = [
            *(key for key in (made.products if made else ()) if key.endswith(f"/{APPRAISAL_ANSWERS}")),
            *(key for key in (working.products if working else ()) if key.endswith(f"/{FIGURES}")),
        ]
        enclosed = [
            "dự thảo Báo cáo",
            *(PRODUCTS[key.rpartition("/")[2]].phrase for key in (APPRAISAL_REPORT, *others)),
        ]
        papers = {
            TRANSMITTAL: render_transmittal(dossier, workspace.campaign, appraisal, asked=asked, enclosed=enclosed),
            APPRAISAL_DECIDED: render_appraisal(dossier, made_at=appraisal.decided_at, decision=appraisal),
        }
        keys = save_products(workspace, stage.id, appraisal.round, papers)
        record = file_stage_record(
            workspace,
            stage.id,
            appraisal.round,
            "done",
            f"Báo cáo (dự thảo vòng {appraisal.round}) đã thẩm định, trình {receiver}; "
            f"ý kiến của {receiver} sẽ ở văn bản riêng.",
            products=(keys[0], *official.products, *keys[1:], *others),
            details=AppraisalOutcome(outcome="approved", asked=tuple(asked)),
        )
    post(workspace, appraised_notice(workspace, register, stage, record), suppressed=workspace.silent)
    return record.note


def _decided(register: Register, stage: Stage, outcome: str) -> Appraisal:
    """Return the round's appraisal; whatever set the graph's steps, only what is on the record is carried out."""
    appraisal = _appraisal_in(register, stage)
    if appraisal is None or appraisal.outcome != outcome:
        raise NothingToDoError("Hồ sơ không có kết quả thẩm định như thế.")
    return appraisal
