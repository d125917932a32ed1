"""A conference as its stage knows it: what its papers are made of, and making those that the record calls for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soket.plan.guests import Guest, hosts_of
from soket.plan.model import Stage
from soket.plan.themes import lexicon_of
from soket.reading.kinds import extension_of
from soket.record.decisions import ConferenceFormat
from soket.record.issued import report_cited
from soket.record.products import (
    AGENDA,
    ATTENDANCE,
    CALENDAR,
    CONCLUSION,
    CONTENT_TYPES,
    DELEGATES,
    INVITATION,
    ORGANISATION,
    PROMPTS,
    REGISTRATION,
    SCRIPT,
    SEATING,
    SHORT_REPORT,
    SPEECHES,
)
from soket.record.register import Register
from soket.record.replaced import replaced_invitations, say_replaced
from soket.record.replying import asked_to_speak, table_of
from soket.record.stale import names_amended
from soket.record.workspace import Workspace
from soket.stages.commending import commended_by_unit, commended_in_words
from soket.stages.resting import summary_of
from soket.stages.traces import passages_told, traced

if TYPE_CHECKING:
    from soket.documents.figures import Summary
    from soket.documents.meeting import Meeting


def meeting_of(workspace: Workspace, register: Register, stage: Stage, decision: ConferenceFormat) -> Meeting:
    """Return the conference of the round at hand, with the replies that there are."""
    from soket.documents.meeting import Meeting

    round_number = register.of(stage).round
    return Meeting(
        workspace.plan,
        workspace.campaign,
        stage,
        decision,
        round_number,
        asked_to_speak(workspace.plan, register),
        table_of(workspace.plan, register, stage),
        say_replaced(replaced_invitations(register, stage, round_number)),
        commended_in_words(workspace, register),
        commended_by_unit(workspace, register, register.of(stage).record("done", round_number)),
        report_cited(workspace.plan, register, stage),
    )


def papers_for_all(workspace: Workspace, register: Register, meeting: Meeting, summary: Summary) -> dict[str, bytes]:
    """Return the papers of a conference that are nobody's own, by the names they are kept under."""
    from soket.documents import meeting_papers as papers
    from soket.documents.calendar_entry import invitation_ics
    from soket.documents.discussion import prompts_of
    from soket.notices.invitations import answers_go_to, calendar_uid

    stage = meeting.stage
    return {
        ORGANISATION: papers.render_organisation(meeting),
        INVITATION: papers.render_invitation(meeting),
        AGENDA: papers.render_agenda(meeting),
        SCRIPT: papers.render_script(meeting),
        **_short_report(workspace, register, meeting),
        PROMPTS: papers.render_prompts(
            meeting, prompts_of(summary, lexicon_of(workspace.plan)), _rests_on(workspace, register, stage, summary)
        ),
        SPEECHES: papers.render_speeches(meeting),
        CONCLUSION: papers.render_conclusion(meeting),
        CALENDAR: invitation_ics(meeting, calendar_uid(workspace, stage, ""), answers_go_to(workspace)),
        **lists_of(workspace, meeting),
    }


def _rests_on(workspace: Workspace, register: Register, stage: Stage, summary: Summary) -> str:
    """Return whose reports a summary is of, and which of them the report that is discussed has not."""
    late = names_amended(workspace.plan, register, stage)
    more = f", kể cả báo cáo mà dự thảo chưa tính: {'; '.join(late)}" if late else ""
    overall = summary.overall
    return f"{overall.settled}/{overall.owing} đơn vị{overall.with_nil}{more}"


def lists_of(workspace: Workspace, meeting: Meeting) -> dict[str, bytes]:
    """Return the lists that change with each reply."""
    from soket.documents.guest_papers import render_attendance, render_delegates, render_seating

    return {
        DELEGATES: render_delegates(meeting, workspace.now),
        SEATING: render_seating(meeting, workspace.now),
        ATTENDANCE: render_attendance(meeting, workspace.now),
    }


def save_guests_papers(workspace: Workspace, meeting: Meeting) -> None:
    """Write each guest's own form and calendar entry and, where somebody is known by name or speaks, invitation."""
    from soket.documents.calendar_entry import invitation_ics
    from soket.documents.meeting_papers import render_invitation, render_registration
    from soket.notices.invitations import answers_go_to, calendar_uid, guest_key

    organiser = answers_go_to(workspace)
    for guest in meeting.guests:
        uid = calendar_uid(workspace, meeting.stage, guest.code)
        own = {CALENDAR: invitation_ics(meeting, uid, organiser, guest)}
        if guest.code not in hosts_of(workspace.plan, meeting.stage):
            own[REGISTRATION] = render_registration(meeting, guest)
        if guest.person or guest.code in meeting.assigned:
            own[INVITATION] = render_invitation(meeting, guest)
        for name, data in own.items():
            key = guest_key(workspace, meeting.stage, meeting.round, guest.code, name)
            workspace.store.put(key, data, CONTENT_TYPES[extension_of(name)])


def save_withdrawals(workspace: Workspace, meeting: Meeting, gone: list[Guest]) -> None:
    """Write what takes the conference out of the calendars of those who are not invited any more."""
    from soket.documents.calendar_entry import invitation_ics
    from soket.notices.invitations import answers_go_to, calendar_uid, guest_key

    for guest in gone:
        uid = calendar_uid(workspace, meeting.stage, guest.code)
        data = invitation_ics(meeting, uid, answers_go_to(workspace), guest, cancel=True)
        key = guest_key(workspace, meeting.stage, meeting.round, guest.code, CALENDAR)
        workspace.store.put(key, data, CONTENT_TYPES["ics"])


def _short_report(workspace: Workspace, register: Register, meeting: Meeting) -> dict[str, bytes]:
    """Return the report in short; nothing where the conference is about none, or it cannot be shortened."""
    from soket.documents.excerpt import shortened, with_sources
    from soket.documents.meeting_papers import render_summary
    from soket.documents.official import UnreadableDraftError, read_official
    from soket.documents.sourcing import Sourcing

    draft = workspace.plan.draft_of(meeting.stage)
    official = register.of(draft).record("official") if draft else None
    working = register.of(draft).record("working", official.round) if draft and official else None
    if draft is None or official is None or working is None:
        return {}
    key = official.products[0]
    try:
        read = read_official(workspace.plan, workspace.store.get(key), extension_of(key))
    except UnreadableDraftError:
        return {}
    sections = shortened(read.paragraphs, workspace.plan.outline, (form.title for form in workspace.plan.forms))
    if not sections:
        return {}
    summary = summary_of(workspace, register, working)
    passages = passages_told(workspace, register, draft, official.round)
    with traced(workspace, register, meeting.stage, meeting.round, summary, short=True) as papers:
        sourcing = Sourcing(summary, passages, read.paragraphs)
        papers[SHORT_REPORT] = render_summary(meeting, with_sources(sections, sourcing))
    return papers
