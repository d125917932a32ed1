"""Conferences: the format, decided by people; its papers; its invitations."""

from __future__ import annotations

import hashlib

from soket.plan.model import Stage, StageKind
from soket.record.decisions import ConferenceFormat
from soket.record.filing import file_decision, file_stage_record
from soket.record.inputs import awaited
from soket.record.keeping import read_register
from soket.record.products import save_products
from soket.record.register import Register
from soket.record.reopening import say_conference_day
from soket.record.replaced import replaced_invitations
from soket.record.replying import asked_to_speak
from soket.record.stale import keep_basis, names_amended
from soket.record.words import FORMATS
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError
from soket.stages.answers import Answer, QuestionText, asked_again
from soket.stages.commending import commended, list_proposals
from soket.stages.format_answer import format_of, missing_from
from soket.stages.meeting import (
    lists_of,
    meeting_of,
    papers_for_all,
    save_guests_papers,
    save_withdrawals,
)
from soket.stages.refusing import kept_when_refused
from soket.stages.resting import summary_now
from soket.stages.traces import traced
from soket.stages.waiting import DELIVERIES, say_what_is_there, wait_for_what_it_follows
from soket.text import format_date


class NotReadyError(RuntimeError):
    """The conference cannot be called yet; the message lists what is missing, in Vietnamese."""


def open_round(workspace: Workspace, stage: Stage) -> str:
    """Say which report the conference is about; raise NothingToDoError where none is approved, or all is sent."""
    register = read_register(workspace)
    wait_for_what_it_follows(workspace, register, stage)
    entry = register.of(stage)
    if entry.done and not workspace.rerun and not register.reopened(stage):
        raise NothingToDoError("Đã lập giấy mời hội nghị.")
    round_number = register.round_to_open(stage)
    file_stage_record(workspace, stage.id, round_number, "opened", say_what_is_there(workspace, stage))
    if workspace.rerun or entry.record("papers", round_number) is None:  # else listed with them
        summary = summary_now(workspace, register, stage)
        with traced(workspace, register, stage, round_number, summary) as papers:
            list_proposals(workspace, register, stage, summary, papers)
    return _what_to_choose(workspace, register, stage)


def _what_to_choose(workspace: Workspace, register: Register, stage: Stage) -> str:
    planned = f"Hội nghị {say_conference_day(workspace, register, stage)}."
    said = [say_what_is_there(workspace, stage), planned, workspace.plan.conference.choosing, _say_last_day(workspace)]
    return " ".join(filter(None, said))


def _say_last_day(workspace: Workspace) -> str:
    """Return how long replies are recorded, for a conference that is put off beyond that; "" once it is past."""
    last = format_date(workspace.campaign.closes)
    told = (
        f"Đợt kết thúc hết ngày {last}, sau đó hệ thống không ghi trả lời giấy mời, không nhắc: họp sau ngày ấy thì "
        f"hạn báo người dự chậm nhất là ngày {last}."
    )
    return "" if workspace.is_over else told


def format_on_record(workspace: Workspace, stage: Stage) -> ConferenceFormat | None:
    """Return the decision on the format of the round at hand, if there is one."""
    return read_register(workspace).decided_format(stage)


def format_asked(workspace: Workspace, stage: Stage) -> QuestionText:
    """Return what the organiser is asked with."""
    register = read_register(workspace)
    opened = register.of(stage).record("opened")
    assert opened  # noqa: S101 - the graph comes here only after open_round
    draft = workspace.plan.draft_of(stage)
    official = register.of(draft).record("official") if draft else None
    again = asked_again(workspace, "conference_format", opened.at)
    return QuestionText(
        {"Báo cáo đã thẩm định": official.products[0]} if official else {},
        tuple(filter(None, (again, _what_to_choose(workspace, register, stage)))),
    )


def format_question(workspace: Workspace, stage: Stage, board: str) -> str:
    """Return what the organiser is asked with, as Markdown; `board` is the board's address."""
    return format_asked(workspace, stage).markdown(workspace, board)


def record_format(workspace: Workspace, stage: Stage, answer: Answer) -> str:
    """File the chosen format, unless the round has one; raise ActRefusedError where the answer does not count."""
    register = read_register(workspace)
    decision = register.decided_format(stage)
    if decision is None:
        with kept_when_refused(workspace, answer.actor, "conference_format", answer.entry("conference_format")):
            decision = format_of(workspace, stage, register.of(stage), answer)
        decision = file_decision(workspace, decision)
    return f"Hội nghị {FORMATS[decision.format].phrase}, ngày {format_date(decision.day)}, {decision.place}."


def prepare_papers(workspace: Workspace, stage: Stage) -> str:
    """Write the papers of the conference, those for all and each guest's own, and the list of proposals anew."""
    register = read_register(workspace)
    entry = register.of(stage)
    decision = register.conference_format(stage)
    if decision is None:
        raise NotReadyError("Hồ sơ chưa có hình thức hội nghị.")
    if entry.record("papers") is None or workspace.rerun:
        meeting = meeting_of(workspace, register, stage, decision)
        summary = summary_now(workspace, register, stage)
        with traced(workspace, register, stage, entry.round, summary) as papers:
            papers |= papers_for_all(workspace, register, meeting, summary)
            keys = save_products(workspace, stage.id, entry.round, papers)
            list_proposals(workspace, register, stage, summary, papers)  # with what came since the round was opened
        save_guests_papers(workspace, meeting)
        keep_basis(workspace, register, stage, entry.round)
        file_stage_record(workspace, stage.id, entry.round, "papers", "Đủ tài liệu hội nghị.", products=keys)
    return f"Tài liệu hội nghị ngày {format_date(decision.day)}."


def renew_lists(workspace: Workspace, register: Register) -> str:
    """Write anew the lists that replies have changed since they were made; say of which conferences."""
    told = []
    for stage in workspace.plan.stages_of(StageKind.CONFER):
        entry, decision = register.stages.get(stage.id), register.conference_format(stage)
        replies = [each.id for each in register.replies if each.stage == stage.id]
        if entry is None or decision is None or entry.record("papers") is None or not replies:
            continue
        digest = hashlib.sha256(" ".join(sorted(replies)).encode()).hexdigest()[:16]
        if entry.record(step := f"lists-{digest}") is not None:
            continue
        meeting = meeting_of(workspace, register, stage, decision)
        keys = save_products(workspace, stage.id, entry.round, lists_of(workspace, meeting))
        note = f"Danh sách đại biểu theo các trả lời. {meeting.attendance.in_words}"
        told.append(file_stage_record(workspace, stage.id, entry.round, step, note, products=keys).note)
    return " ".join(told)


def check_readiness(workspace: Workspace, stage: Stage) -> str:
    """Say that all is ready; raise NotReadyError listing what is not."""
    return _readiness(workspace, read_register(workspace), stage)


def _readiness(workspace: Workspace, register: Register, stage: Stage) -> str:
    decision = register.conference_format(stage)
    papers = register.of(stage).record("papers")
    lacking = [DELIVERIES[each.kind].lacking for each in awaited(workspace.plan, register, stage)]
    if decision is None:
        lacking.append("chưa chọn hình thức")
    else:
        lacking += missing_from(decision)
        if not workspace.rerun and decision.day < workspace.now.date():
            lacking.append(f"ngày họp {format_date(decision.day)} đã qua")
    if papers is None:
        lacking.append("chưa có tài liệu")
    if lacking:
        raise NotReadyError(f"Chưa đủ điều kiện gửi giấy mời: {'; '.join(lacking)}.")
    late = names_amended(workspace.plan, register, stage)
    if late:
        return f"Đủ điều kiện. Lưu ý: báo cáo chưa tính đến số liệu bổ sung của {'; '.join(late)}."
    return "Đủ điều kiện."


def send_invitations(workspace: Workspace, stage: Stage) -> str:
    """Post the invitations and close the stage."""
    from soket.notices.compose import invitation_notices, withdrawal_notices
    from soket.notices.invitations import no_longer_invited
    from soket.notices.outbox import post_all

    register = read_register(workspace)
    _readiness(workspace, register, stage)  # whatever set that step: nobody is invited to what is not decided
    notices = invitation_notices(
        workspace, register, stage, commended(workspace, register), asked_to_speak(workspace.plan, register)
    )
    decision = register.conference_format(stage)
    assert decision is not None  # noqa: S101 - else it is not ready
    gone = no_longer_invited(workspace, stage)
    save_withdrawals(workspace, meeting_of(workspace, register, stage, decision), gone)
    withdrawn = withdrawal_notices(workspace, register, stage, decision, gone)
    post_all(workspace, [*notices, *withdrawn], suppressed=workspace.silent)
    note = f"Đã lập {len(notices)} giấy mời; gửi lúc nào, đến nơi chưa: xem “Thư gửi đi”."
    if withdrawn:
        note += f" Báo rút giấy mời: {len(withdrawn)} nơi không còn trong thành phần."
    if replaced := replaced_invitations(register, stage, register.of(stage).round):
        note += f" Đã rút, thay bằng tài liệu vòng này: {'; '.join(each.in_words for each in replaced)}."
    return file_stage_record(workspace, stage.id, register.of(stage).round, "done", note).note
