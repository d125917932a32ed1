"""Collecting reports: the request letters that open the stage, the answers to what units send, and the close."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from soket.plan.model import Stage
from soket.record.filing import file_stage_record
from soket.record.keeping import read_register
from soket.record.lacking import Lacking
from soket.record.one_time_codes import forget_old_codes
from soket.record.products import save_products
from soket.record.register import Register
from soket.record.reopening import still_asked, why_not_asked
from soket.record.stage_details import ReportsClosed
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError
from soket.stages.asking import ask_the_rest, campaign_as_dated, papers_of, withdraw_what_is_over
from soket.stages.changing import follow

if TYPE_CHECKING:
    from soket.notices.ledger import NoticeState


def open_stage(workspace: Workspace, stage: Stage) -> str:
    """Write the request letter and the forms, and post one request to each unit that owes a report.

    A stage that was reopened asks those whose report does not count; raise NothingToDoError where their date is past.
    """
    from soket.notices.compose import request_notices
    from soket.notices.outbox import post_all

    workspace = follow(workspace)
    register = read_register(workspace)
    round_number = register.round_to_open(stage)
    if register.reopened(stage) and not workspace.rerun and (why := why_not_asked(workspace, register, stage)):
        raise NothingToDoError(f"{stage.title}: {why}")
    if register.of(stage).record("opened", round_number) is None or workspace.rerun:
        papers = papers_of(workspace.plan, campaign_as_dated(workspace, register, stage), stage)
        keys = save_products(workspace, stage.id, round_number, papers)
        opened = file_stage_record(
            workspace, stage.id, round_number, "opened", "Lập công văn đề nghị các đơn vị báo cáo.", products=keys
        )
        register = register.having(opened)
    notices = request_notices(workspace, register, stage)
    if round_number > 1:
        asked = {entry.unit for entry in still_asked(workspace.plan, register, stage)}
        notices = [each for each in notices if each.addressee in asked]
    post_all(workspace, notices, suppressed=workspace.silent)
    return f"Đề nghị {len(notices)} đơn vị báo cáo."


def answer_units(workspace: Workspace) -> str:
    """Post the answers that units wait for."""
    workspace = follow(workspace)
    return f"Thư trả lời đơn vị: {len(post_answers(workspace, read_register(workspace)))}."


def post_answers(workspace: Workspace, register: Register, known: Mapping[str, NoticeState] | None = None) -> list[str]:
    """Post what units wait for and nobody has posted yet; return the new ids.

    That is the answer to every verdict, review, new date, message, file left out, link and code asked for, and the
    requests still owed; of stages that were reopened the operator hears.
    """
    from soket.documents.slip import file_review_slips
    from soket.notices.compose import (
        code_notices,
        left_out_notices,
        link_notices,
        message_notices,
        nomination_notices,
        reopened_notices,
        reply_notices,
        verdict_notices,
    )
    from soket.notices.ledger import states
    from soket.notices.outbox import post_all
    from soket.notices.timely import announce, urge

    known = states(workspace) if known is None else known
    file_review_slips(workspace, register)
    withdraw_what_is_over(workspace, register, known)
    dates = announce(workspace, register, known) + ask_the_rest(workspace, register, known)
    dates += urge(workspace, register, known)
    answers = verdict_notices(workspace, register) + left_out_notices(workspace, register)
    answers += nomination_notices(workspace, register) + reply_notices(workspace, register)
    answers += message_notices(workspace, register) + link_notices(workspace, register)
    answers += reopened_notices(workspace, register) + code_notices(workspace)
    forget_old_codes(workspace)
    return dates + post_all(workspace, answers, known, suppressed=workspace.silent)


def close_stage(workspace: Workspace, stage: Stage) -> str:
    """Close the stage: which submissions count, and who is missing."""
    register = read_register(workspace)
    entry = register.of(stage)
    if (record := entry.record("done")) is None:
        plan, reporting = workspace.plan, register.reporting(workspace.plan, stage)
        lacking = Lacking.of(reporting)
        missing, with_us = (tuple(entry.unit for entry in each) for each in (lacking.missing, lacking.with_us))
        received = len(reporting) - len(missing) - len(with_us)
        told = (
            f"Khép lại khi đã tiếp nhận {received}/{len(reporting)} báo cáo.",
            f"Còn thiếu: {'; '.join(plan.unit(code).name for code in missing)}." if missing else "",
            lacking.say_with_us(plan, workspace.now),
        )
        record = file_stage_record(
            workspace,
            stage.id,
            entry.round,
            "done",
            " ".join(filter(None, told)),
            details=ReportsClosed(
                basis=register.basis({unit.code for unit in plan.units_of(stage)}),
                missing=missing,
                with_us=with_us,
                owing=len(reporting),
            ),
        )
    return record.note
