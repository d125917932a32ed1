"""Collecting reports: the request letters that open the stage, the answers to what units send, and the close."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from soket.plan.model import Campaign, Plan, Stage
from soket.record.keeping import file_stage_record, read_register
from soket.record.products import OUTLINE, REQUEST_LETTER, form_name, save_products
from soket.record.records import ReportsClosed
from soket.record.register import Register
from soket.record.tally import progress_of
from soket.record.workspace import Workspace

if TYPE_CHECKING:
    from soket.notices.ledger import NoticeState


def forms_of(plan: Plan, campaign: Campaign, stage: Stage) -> dict[str, bytes]:
    """Return what units write their reports into, by file name: the outline, and the workbook of each form."""
    from soket.documents.request import form_workbook, render_outline

    forms = {form_name(form.code): form_workbook(plan, form) for form in plan.forms}
    return {OUTLINE: render_outline(plan, campaign, stage), **forms}


def open_stage(workspace: Workspace, stage: Stage) -> str:
    """Write the request letter and the forms, and post one request to each unit that owes a report."""
    from soket.documents.request import render_request
    from soket.notices.compose import request_notices
    from soket.notices.outbox import post_all

    register = read_register(workspace)
    round_number = register.round_to_open(stage)
    if register.of(stage).record("opened", round_number) is None or workspace.rerun:
        plan, campaign = workspace.plan, workspace.campaign
        letter = {REQUEST_LETTER: render_request(plan, campaign, stage)}
        keys = save_products(workspace, stage.id, round_number, letter | forms_of(plan, campaign, stage))
        opened = file_stage_record(
            workspace, stage.id, round_number, "opened", f"Mở vòng {round_number}.", products=keys
        )
        register = register.having(opened)
    notices = request_notices(workspace, register, stage)
    post_all(workspace, notices, suppressed=workspace.silent)
    return f"Đề nghị {len(notices)} đơn vị báo cáo."


def answer_units(workspace: Workspace) -> str:
    """Post the answers that units wait for."""
    return f"Thư trả lời đơn vị: {len(post_answers(workspace, read_register(workspace)))}."


def post_answers(workspace: Workspace, register: Register, known: Mapping[str, NoticeState] | None = None) -> list[str]:
    """Post the answer to every verdict, review, new date and file left out that has none yet; return the new ids."""
    from soket.documents.slip import file_review_slips
    from soket.notices.compose import left_out_notices, verdict_notices
    from soket.notices.ledger import states
    from soket.notices.outbox import post_all
    from soket.notices.timely import announce

    known = states(workspace) if known is None else known
    file_review_slips(workspace, register)
    dates = announce(workspace, register, known)
    answers = verdict_notices(workspace, register) + left_out_notices(workspace, register)
    return dates + post_all(workspace, answers, known, suppressed=workspace.silent)


def close_stage(workspace: Workspace, stage: Stage) -> str:
    """Close the stage: which submissions count, and who is missing."""
    register = read_register(workspace)
    entry = register.of(stage)
    if (record := entry.record("done")) is None:
        missing = missing_units(workspace, register, stage)
        codes = {unit.code for unit in workspace.plan.units_of(stage)}
        names = "; ".join(workspace.plan.unit(code).name for code in missing)
        owing = len(register.reporting(workspace.plan, stage))
        note = f"Đã nhận {owing - len(missing)}/{owing} báo cáo." + (f" Còn thiếu: {names}." if missing else "")
        record = file_stage_record(
            workspace,
            stage.id,
            entry.round,
            "done",
            note,
            details=ReportsClosed(basis=register.basis(codes), missing=tuple(missing)),
        )
    return record.note


def missing_units(workspace: Workspace, register: Register, stage: Stage) -> list[str]:
    """Return the units that still owe a report, in the plan's order."""
    return [entry.unit for entry in register.reporting(workspace.plan, stage) if not progress_of(entry).received]
