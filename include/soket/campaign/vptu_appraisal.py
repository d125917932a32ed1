"""The appraisal: a dossier on the official draft, a decision by people, and what follows from it."""

from __future__ import annotations

from datetime import datetime

from soket.campaign.decisions import Appraisal
from soket.campaign.reading import file_decision, file_stage_record, read_register
from soket.campaign.register import Register
from soket.campaign.stages import NothingToDoError, accepted_reports, save_products
from soket.campaign.ubnd_draft import amended_units
from soket.campaign.workspace import Workspace
from soket.plan.model import StageName

STAGE = StageName.VPTU_APPRAISAL

APPRAISAL_SHEET = "phieu-tham-dinh.docx"
TRANSMITTAL = "cong-van-trinh.docx"


class IncompleteAnswerError(ValueError):
    """An answer lacks something; the message says what, and how to answer again, in Vietnamese."""


def open_round(workspace: Workspace) -> str:
    """Say which draft is to be appraised; raise NothingToDoError where none is."""
    register = read_register(workspace)
    draft = register.stages[StageName.UBND_DRAFT]
    if not draft.done:
        raise NothingToDoError("Chưa có dự thảo chính thức; khi dự thảo đến, bước này tự chạy.")
    if register.stages[STAGE].record("done", draft.round) and not workspace.rerun:
        raise NothingToDoError(f"Dự thảo vòng {draft.round} đã thẩm định xong.")
    file_stage_record(workspace, STAGE, draft.round, "opened", f"Nhận dự thảo vòng {draft.round}.")
    return f"Thẩm định dự thảo vòng {draft.round}."


def prepare_dossier(workspace: Workspace) -> str:
    """Write the appraisal sheet and post it to the appraiser; return what it found, as Markdown."""
    from soket.documents.appraisal import render_appraisal
    from soket.documents.comparison import compare
    from soket.documents.figures import summarise
    from soket.documents.official import read_official
    from soket.notices.compose import appraisal_notice
    from soket.notices.outbox import post

    register = read_register(workspace)
    draft = register.stages[StageName.UBND_DRAFT]
    working, official = draft.record("working"), draft.record("official")
    assert working is not None and official is not None  # noqa: S101, PT018 - a done draft has both
    record = register.stages[STAGE].record("dossier")
    if record is None or workspace.rerun:
        summary = summarise(
            workspace.plan, workspace.campaign, register, accepted_reports(workspace, working.details["basis"])
        )
        comparison = compare(
            summary,
            working=read_official(workspace.plan, workspace.store.get(working.products[0])),
            official=read_official(workspace.plan, workspace.store.get(official.products[0])),
        )
        amended = tuple(workspace.plan.unit(code).name for code in amended_units(register))
        keys = save_products(
            workspace,
            STAGE,
            draft.round,
            {APPRAISAL_SHEET: render_appraisal(comparison, round_number=draft.round, amended=amended)},
        )
        file_stage_record(
            workspace,
            STAGE,
            draft.round,
            "dossier",
            comparison.markdown(amended=amended),
            products=tuple(keys.values()),
        )
        register = read_register(workspace)
        record = register.stages[STAGE].record("dossier")
        assert record is not None  # noqa: S101 - written above
    post(workspace, appraisal_notice(workspace, register, record), suppressed=workspace.silent)
    return record.note


def appraisal_on_record(workspace: Workspace) -> Appraisal | None:
    """Return the appraisal of the round at hand, if it is decided."""
    register = read_register(workspace)
    return register.appraisal(register.stages[STAGE].round)


def record_appraisal(
    workspace: Workspace,
    *,
    answer: str | None,
    answered_at: datetime | None = None,
    account: str = "",
    name: str = "",
    reason: str = "",
    document_number: str | None = None,
) -> str:
    """File what the appraiser answered; without an answer, the appraisal on the record stands."""
    on_record = appraisal_on_record(workspace)
    if on_record is None:
        if answer == "returned" and not reason.strip():
            raise IncompleteAnswerError(
                "Trả lại thì phải ghi lý do, yêu cầu chỉnh sửa. Clear bước thẩm định (appraise) rồi trả lời lại."
            )
        round_number = read_register(workspace).stages[STAGE].round
        decision = Appraisal.model_validate(
            {
                "id": f"appraisal-{round_number}",
                "decided_at": workspace.moment(answered_at),
                "account": account,
                "granted_by": name,
                "reason": reason.strip(),
                "document_number": document_number or None,
                "round": round_number,
                "outcome": answer,
            }
        )
        file_decision(workspace, decision)
        on_record = appraisal_on_record(workspace)
        assert on_record is not None  # noqa: S101 - written above
    verb = "Phê duyệt" if on_record.outcome == "approved" else "Trả lại"
    return f"{verb} dự thảo vòng {on_record.round}. {on_record.reason}".strip()


def return_draft(workspace: Workspace) -> str:
    """Send the draft back with the reasons."""
    from soket.notices.compose import appraisal_returned_notice
    from soket.notices.outbox import post

    register = read_register(workspace)
    appraisal = _decided(register)
    post(workspace, appraisal_returned_notice(workspace, register, appraisal), suppressed=workspace.silent)
    note = f"Trả lại dự thảo vòng {appraisal.round}: {appraisal.reason}"
    file_stage_record(workspace, STAGE, appraisal.round, "done", note, details={"outcome": "returned"})
    return note


def transmit_report(workspace: Workspace) -> str:
    """Send the approved report to the Standing Board's desk."""
    from soket.documents.appraisal import render_transmittal
    from soket.notices.compose import appraised_notice
    from soket.notices.outbox import post

    register = read_register(workspace)
    appraisal = _decided(register)
    official = register.stages[StageName.UBND_DRAFT].record("official", appraisal.round)
    assert official is not None  # noqa: S101 - only an official draft is appraised
    record = register.stages[STAGE].record("done", appraisal.round)
    if record is None or workspace.rerun:
        keys = save_products(
            workspace,
            STAGE,
            appraisal.round,
            {TRANSMITTAL: render_transmittal(workspace.plan, workspace.campaign, appraisal)},
        )
        file_stage_record(
            workspace,
            STAGE,
            appraisal.round,
            "done",
            f"Báo cáo (dự thảo vòng {appraisal.round}) đã thẩm định, trình Thường trực.",
            products=(*keys.values(), *official.products),
            details={"outcome": "approved"},
        )
        register = read_register(workspace)
        record = register.stages[STAGE].record("done", appraisal.round)
        assert record is not None  # noqa: S101 - written above
    post(workspace, appraised_notice(workspace, register, record), suppressed=workspace.silent)
    return record.note


def _decided(register: Register) -> Appraisal:
    appraisal = register.appraisal(register.stages[STAGE].round)
    assert appraisal is not None  # noqa: S101 - the graph comes here only after record_appraisal
    return appraisal
