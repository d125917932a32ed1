"""What an organiser answers about a conference: its form, day, hour, place and chair; what is missing, said by name."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pydantic import TypeAdapter, ValidationError

from soket.clock import VIETNAM
from soket.plan.model import Conference, Stage
from soket.plan.strict import Hour
from soket.record.decisions import ConferenceFormat
from soket.record.register import StageEntry
from soket.record.words import FORMATS
from soket.record.workspace import Workspace
from soket.stages.answers import Answer
from soket.stages.refusing import IncompleteAnswerError
from soket.text import format_date, lower_first, upper_first

_hour: TypeAdapter[time] = TypeAdapter(Hour)


def format_of(workspace: Workspace, stage: Stage, entry: StageEntry, answer: Answer) -> ConferenceFormat:
    """Return the decision that an answer comes to, filled up by the plan; refuse one that leaves something out."""
    fields = answer.act(workspace, stage, "conference_format", "Chọn hình thức hội nghị")
    if answer.option not in FORMATS:
        raise IncompleteAnswerError("Chưa chọn hình thức họp.")
    told = workspace.plan.conference
    day = _day(workspace, answer.filled("day"))
    chosen = {
        "stage": stage.id,
        "format": answer.option,
        "day": day,
        "place": answer.filled("place"),
        "starts": _hour_of(answer, "starts", "Giờ khai mạc") or told.starts,
        "chair": answer.filled("chair") or told.chair,
        "line_test": _line_test(workspace, answer, day, told) if answer.option == "online" else None,
        "reply_by": _reply_by(workspace, answer, day, told),
    }
    if opened := entry.record("opened"):  # a server whose clock is behind answers no question before it was asked
        chosen["decided_at"] = max(fields["decided_at"], opened.at)
    decision = ConferenceFormat.model_validate(
        {"id": f"conference-format-{workspace.plan.mark_of(stage)}{entry.round}", **fields, **chosen}
    )
    if missing := missing_from(decision):
        raise IncompleteAnswerError(f"{upper_first('; '.join(missing))}.")
    return decision


def missing_from(decision: ConferenceFormat) -> list[str]:
    """Return what a conference cannot be called without, by name; of one that is put off only where it is to be."""
    lacking = {
        "chưa điền địa điểm hoặc đường truyền": not decision.place,
        "chưa có giờ khai mạc": decision.starts is None,
        "chưa có người chủ trì": not decision.chair,
        "chưa định giờ thử đường truyền": decision.format == "online" and decision.line_test is None,
    }
    found = [words for words, missing in lacking.items() if missing]
    return found[: bool(not decision.place)] if decision.format == "postponed" else found


def _day(workspace: Workspace, text: str) -> date:
    day = _date(workspace, text, "Ngày họp")
    if day < workspace.now.date():
        raise IncompleteAnswerError(f"Ngày họp {format_date(day)} đã qua.")
    return day


def _date(workspace: Workspace, text: str, what: str) -> date:
    if not text:
        raise IncompleteAnswerError(f"Chưa điền {lower_first(what)}.")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise IncompleteAnswerError(
            f"{what} «{text}» không đúng dạng NĂM-THÁNG-NGÀY, ví dụ {workspace.now.date()}."
        ) from None


def _hour_of(answer: Answer, name: str, what: str) -> time | None:
    text = answer.filled(name)
    if not text:
        return None
    try:
        return _hour.validate_python(text)
    except ValidationError:
        raise IncompleteAnswerError(f"{what} «{text}» không đúng dạng GIỜ:PHÚT, ví dụ 07:30.") from None


def _line_test(workspace: Workspace, answer: Answer, day: date, told: Conference) -> datetime | None:
    """Return when lines are tested: on the working day before, unless that has passed."""
    hour = _hour_of(answer, "line_test", "Giờ thử đường truyền") or told.line_test
    if hour is None:
        return None
    before = workspace.calendar.add_working_days(day - timedelta(days=1), 0)
    return datetime.combine(max(before, workspace.now.date()), hour, VIETNAM)


def _reply_by(workspace: Workspace, answer: Answer, day: date, told: Conference) -> date:
    """Return the last day to say who comes: as answered, or so many working days before, if there is time for it.

    Of a conference that is held after the campaign, the campaign's last day at most: later replies nobody records.
    """
    beyond = day > workspace.campaign.closes and not workspace.is_over
    last = workspace.campaign.closes if beyond else day
    if text := answer.filled("reply_by"):
        chosen = _date(workspace, text, "Hạn báo người dự")
        if not workspace.now.date() <= chosen <= last:
            until = "ngày cuối của đợt, sau đó hệ thống không ghi trả lời," if beyond else "ngày họp"
            raise IncompleteAnswerError(
                f"Hạn báo người dự {format_date(chosen)} phải từ hôm nay đến {until} {format_date(last)}."
            )
        return chosen
    usual = workspace.calendar.add_working_days(day, -told.reply_days)
    return min(max(usual, workspace.calendar.add_working_days(workspace.now.date(), 1)), last)
