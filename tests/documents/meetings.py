"""The papers of a conference of the tests' plan, by the names of their templates."""

from __future__ import annotations

from collections.abc import Callable

from soket.documents.discussion import PromptGroup
from soket.documents.excerpt import ShortSection
from soket.documents.guest_papers import render_attendance, render_delegates, render_seating
from soket.documents.meeting import Meeting
from soket.documents.meeting_papers import (
    render_agenda,
    render_conclusion,
    render_invitation,
    render_organisation,
    render_prompts,
    render_registration,
    render_script,
    render_speeches,
    render_summary,
)

from .builders import NOW

SHORT = [ShortSection("I. Kết quả", ("Du lịch tăng trưởng khá.", "Hạ tầng được đầu tư."), 2, 5)]
PROMPTS = [PromptGroup("Việc nhiều đơn vị cùng kiến nghị", ("Vốn: 2 đơn vị kiến nghị tỉnh.",))]


def papers_of(meeting: Meeting) -> dict[str, Callable[[], bytes]]:
    """Return what makes each paper of a conference."""
    guest = meeting.guests[-1]
    return {
        "conference_invitation": lambda: render_invitation(meeting),
        "conference_agenda": lambda: render_agenda(meeting),
        "conference_organisation": lambda: render_organisation(meeting),
        "conference_script": lambda: render_script(meeting),
        "conference_registration": lambda: render_registration(meeting, guest),
        "conference_summary": lambda: render_summary(meeting, SHORT),
        "conference_prompts": lambda: render_prompts(meeting, PROMPTS, "57/60 đơn vị"),
        "conference_speeches": lambda: render_speeches(meeting),
        "conference_conclusion": lambda: render_conclusion(meeting),
        "conference_delegates": lambda: render_delegates(meeting, NOW),
        "conference_seating": lambda: render_seating(meeting, NOW),
        "conference_attendance": lambda: render_attendance(meeting, NOW),
    }
