"""The papers of a conference that are made when it is called, one function each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from soket.documents.discussion import PromptGroup
from soket.documents.excerpt import ShortSection
from soket.documents.letterhead import ATTACHMENT, recipients
from soket.documents.meeting import Meeting
from soket.documents.programme import programme_of
from soket.documents.rendering import render
from soket.plan.guests import Guest
from soket.text import format_day

ROUND_CODE = "{stage}/{round}/{guest}"
"""What a registration form is known by: which conference, which of its invitations, and whose it is."""


def render_invitation(meeting: Meeting, guest: Guest | None = None) -> bytes:
    """Return the invitation or, of a conference that is put off, the notice of its new day; to one guest by name."""
    context = {
        "head": meeting.head("TB" if meeting.postponed else "GM"),
        "invited": _invited(meeting),
        "addressed": guest.addressed if guest else "",
        "attends_at": meeting.place_of(guest) if guest else "",
        "guest_name": guest.name if guest else "",
        "topic": meeting.assigned.get(guest.code, "") if guest else "",
        "speech_minutes": meeting.plan.conference.speech_minutes,
        **meeting.fields,
    }
    return render("conference_invitation", context)


def render_agenda(meeting: Meeting) -> bytes:
    """Return the programme, with its hours and who speaks."""
    return _attached("conference_agenda", meeting, lines=programme_of(meeting))


def render_organisation(meeting: Meeting) -> bytes:
    """Return the plan of organisation: what is to be prepared, by whom, until when."""
    return render(
        "conference_organisation",
        {
            "head": meeting.head("KH"),
            "invited": _invited(meeting),
            "tasks": _tasks(meeting),
            "units": len(meeting.guests),
            **meeting.fields,
        },
    )


def render_script(meeting: Meeting) -> bytes:
    """Return what the chair says, line by line."""
    return _attached("conference_script", meeting, lines=programme_of(meeting))


def render_registration(meeting: Meeting, guest: Guest) -> bytes:
    """Return the form on which a guest says who comes."""
    code = ROUND_CODE.format(stage=meeting.stage.id, round=meeting.round, guest=guest.code)
    topic = meeting.assigned.get(guest.code, "")
    own = {"point": meeting.place_of(guest), "page": meeting.fields["page"] and guest.group}  # an office has no page
    return _attached("conference_registration", meeting, guest=guest, code=code, topic=topic, **own)


def render_summary(meeting: Meeting, sections: Sequence[ShortSection]) -> bytes:
    """Return the report in short, as it is read out."""
    taken, of = sum(each.taken for each in sections), sum(each.of for each in sections)
    return _attached("conference_summary", meeting, sections=sections, extract=f"{taken}/{of}" if taken < of else "")


def render_prompts(meeting: Meeting, groups: Sequence[PromptGroup], rests_on: str) -> bytes:
    """Return what is to be discussed; `rests_on` says whose reports it is taken from."""
    return _attached("conference_prompts", meeting, groups=groups, rests_on=rests_on)


def render_speeches(meeting: Meeting) -> bytes:
    """Return the frames of the opening and the closing speech."""
    return _attached("conference_speeches", meeting, purposes=meeting.plan.purposes, goals=meeting.plan.goals)


def render_conclusion(meeting: Meeting) -> bytes:
    """Return the frame of the notice of what was concluded, for after the conference."""
    sections = [each for each in meeting.plan.outline if each.required]
    head = meeting.head("TB").without_month
    context = {"head": head, "sections": sections, "copies": recipients(meeting.plan, head), **meeting.fields}
    return render("conference_conclusion", context)


def _attached(template: str, meeting: Meeting, **more: Any) -> bytes:  # noqa: ANN401 - a template's fields
    return render(template, {"head": meeting.head(ATTACHMENT), **meeting.fields, **more})


def _invited(meeting: Meeting) -> list[str]:
    """Return who is invited, in order of protocol: whoever decides, the offices, a line a block.

    As letters address them: by name or post, or as somebody of those who lead; the press comes with its reporters.
    """
    plan, lines = meeting.plan, list[str]()
    headed = {guest.group for guest in meeting.guests if guest.person or guest.post}
    press = {guest.group for guest in meeting.guests if guest.press}
    for guest in meeting.guests:
        if guest.code == plan.roles.standing:
            line = guest.name
        elif not guest.group:
            line = f"Đại diện lãnh đạo {guest.name}"
        else:
            who = "Lãnh đạo" if guest.group in headed else "Đại diện lãnh đạo"
            line = f"{who}{', phóng viên' if guest.group in press else ''}: {guest.heading}"
        if line not in lines:
            lines.append(line)
    return lines


def _tasks(meeting: Meeting) -> list[dict[str, str]]:
    """Return what is to be prepared: what, who sees to it, by when."""
    fields, decision = meeting.fields, meeting.decision
    organiser, drafter, lead = (fields[name].name for name in ("organiser", "drafter", "lead"))  # type: ignore[attr-defined]
    by = format_day(decision.reply_by) if decision.reply_by else "…"
    day = format_day(decision.day)
    opening = f"trước giờ khai mạc, {day}"
    test = str(fields["line_test"]) or "…"
    tasks = [
        ("Gửi giấy mời, phiếu đăng ký đại biểu; theo dõi trả lời", organiser, by),
        ("Báo cáo tóm tắt trình bày tại hội nghị", drafter, by),
        ("Bài tham luận của các đơn vị được phân công, đăng ký", "Các đơn vị", by),
        ("Kịch bản điều hành, gợi ý thảo luận, khung phát biểu khai mạc, bế mạc", organiser, by),
        ("Hồ sơ biểu dương trình cấp có thẩm quyền quyết định", lead, by),
        ("Tổng hợp người dự, chỗ ngồi; hội trường, trang trí, âm thanh, phục vụ", organiser, opening),
        ("Tuyên truyền về hội nghị", lead, day),
        ("Thông báo kết luận hội nghị", organiser, "Sau hội nghị"),
    ]
    if meeting.online:
        tasks.insert(5, ("Thử đường truyền với các điểm cầu", organiser, test))
    return [
        {"number": str(number), "what": what, "who": who, "by": until}
        for number, (what, who, until) in enumerate(tasks, 1)
    ]
