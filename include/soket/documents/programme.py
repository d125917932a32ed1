"""The programme of a conference: what comes when, who does it, and what the chair says to call it up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from soket.documents.meeting import Meeting, say_hour
from soket.text import lower_first, subject_of, upper_first

_RECEPTION, _STEP = 30, 5  # minutes before it begins; minutes that speeches are rounded up to
_FEWEST_SPEECHES = 3  # for which there is time in any case


@dataclass(frozen=True)
class ProgrammeLine:
    """One thing of the programme, with its hour."""

    at: str
    what: str
    who: str
    minutes: int
    cue: str  # what the chair says
    speakers: tuple[str, ...] = ()  # of the speeches: who on what, one a line


def programme_of(meeting: Meeting) -> list[ProgrammeLine]:
    """Return the programme: the plan's own or, where it gives none, the usual one."""
    own = meeting.plan.conference.programme
    lines = [_planned(meeting, index) for index in range(len(own))] if own else list(_usual(meeting))
    begins = meeting.starts
    found, minutes = [], 0
    if not own:  # guests come before it begins
        minutes = -_RECEPTION
    for line in lines:
        at = say_hour(begins, timedelta(minutes=minutes))
        found.append(ProgrammeLine(at, line.what, line.who, line.minutes, line.cue, line.speakers))
        minutes += line.minutes
    return found


def ends_at(meeting: Meeting) -> datetime | None:
    """Return when the conference ends by its programme; None where no hour is known."""
    if meeting.starts is None:
        return None
    minutes = sum(line.minutes for line in programme_of(meeting))
    return meeting.starts + timedelta(minutes=minutes - (0 if meeting.plan.conference.programme else _RECEPTION))


def speeches_of(meeting: Meeting) -> list[dict[str, str]]:
    """Return who speaks on what, with whoever is known by name, those asked to first."""
    return [
        {
            "number": str(number),
            "name": line.guest.name,
            "person": line.person,
            "topic": line.topic,
            "standing": line.speaking,
        }
        for number, line in enumerate(meeting.attendance.speakers, 1)
    ]


def _planned(meeting: Meeting, index: int) -> ProgrammeLine:
    item = meeting.plan.conference.programme[index]
    speakers = _speakers(meeting) if item.speeches else ()
    who = item.who or ("Các đơn vị" if item.speeches else "Chủ trì hội nghị")
    return ProgrammeLine("", item.what, who, item.minutes, f"Xin mời {who}: {lower_first(item.what)}.", speakers)


def _usual(meeting: Meeting) -> Iterator[ProgrammeLine]:
    plan, fields = meeting.plan, meeting.fields
    organiser, drafter, lead = (
        plan.office(code).name for code in (meeting.stage.owner, _drafter(meeting), plan.roles.lead)
    )
    chair, occasion = str(fields["chair"]), str(fields["occasion"])
    report = f"Báo cáo {subject_of(plan.short_title)}" + (f" ({meeting.cited})" if meeting.cited else "")
    points = "; kết nối, kiểm tra các điểm cầu" if meeting.online else ""
    checks = "Xin các điểm cầu báo số đại biểu, tín hiệu hình và tiếng." if meeting.online else ""
    yield ProgrammeLine(
        "", f"Đón tiếp đại biểu{points}", organiser, _RECEPTION, checks or "Mời đại biểu ổn định chỗ ngồi."
    )
    yield ProgrammeLine(
        "",
        "Chào cờ; tuyên bố lý do, giới thiệu đại biểu",
        organiser,
        10,
        f"Mời toàn thể đại biểu làm lễ chào cờ. Mời đại diện {organiser} tuyên bố lý do, giới thiệu đại biểu.",
    )
    yield ProgrammeLine("", "Phát biểu khai mạc", chair, 10, f"Kính mời {chair} phát biểu khai mạc hội nghị.")
    yield ProgrammeLine("", f"Trình bày {report}", drafter, 20, f"Mời đại diện {drafter} trình bày tóm tắt {report}.")
    speakers = _speakers(meeting)
    each = plan.conference.speech_minutes
    yield ProgrammeLine(
        "",
        "Tham luận",
        "Các đơn vị",
        -(-max(len(speakers), _FEWEST_SPEECHES) * each // _STEP) * _STEP,
        f"Mời các đơn vị tham luận theo danh sách, mỗi tham luận không quá {each:02} phút.",
        speakers,
    )
    yield ProgrammeLine(
        "",
        "Thảo luận",
        "Chủ trì hội nghị",
        30,
        "Đề nghị các đại biểu thảo luận, tập trung vào các nội dung chủ trì gợi ý sau đây.",
    )
    merit, call = "Biểu dương tập thể, cá nhân có thành tích", f"Mời đại diện {lead} công bố"
    if meeting.commended:
        yield ProgrammeLine("", merit, lead, 10, f"{call} {'; công bố '.join(meeting.commended)}.")
    else:
        skipped = f"{call} quyết định biểu dương (chỉ khi đã có quyết định; chưa có thì bỏ mục này)."
        yield ProgrammeLine("", f"{merit} (nếu có quyết định)", lead, 10, skipped)
    yield ProgrammeLine("", "Phát biểu kết luận, chỉ đạo", chair, 20, f"Kính mời {chair} phát biểu kết luận hội nghị.")
    yield ProgrammeLine(
        "",
        "Bế mạc",
        "Chủ trì hội nghị",
        5,
        f"{upper_first(occasion)} đến đây kết thúc. Trân trọng cảm ơn các đại biểu.",
    )


def _drafter(meeting: Meeting) -> str:
    draft = meeting.plan.draft_of(meeting.stage)
    return draft.owner if draft else meeting.plan.roles.lead


def _speakers(meeting: Meeting) -> tuple[str, ...]:
    return tuple(f"{each['name']}: {each['topic']}" for each in speeches_of(meeting))
