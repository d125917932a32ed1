"""What an organiser answers about a conference: its form, day, hour, place and chair; what is missing, said by name."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from pydantic import TypeAdapter, ValidationError

from soket.clock import VIETNAM
from soket.plan.dates import read_day
from soket.plan.model import Conference, Stage
from soket.plan.strict import Hour
from soket.record.decisions import ConferenceFormat
from soket.record.register import StageEntry
from soket.record.words import FORMATS
from soket.record.workspace import Workspace
from soket.stages.answers import Answer
from soket.stages.refusing import IncompleteAnswerError
from soket.text import format_date, upper_first

_hour: TypeAdapter[time] = TypeAdapter(Hour)


def format_of(workspace: Workspace, stage: Stage, entry: StageEntry, answer: Answer) -> ConferenceFormat:
    """Return the decision that an answer comes to, filled up by the plan; refuse one that leaves something out."""
    fields = answer.act(workspace, stage, "conference_format", "Chọn hình thức hội nghị")
    if answer.option not in FORMATS:
        raise IncompleteAnswerError("Chưa chọn hình thức họp.")
    told, filled = workspace.plan.conference, _Filled(workspace, answer)
    day = filled.day_of_meeting()
    chosen = {
        "stage": stage.id,
        "format": answer.option,
        "day": day or workspace.now.date(),
        "place": answer.filled("place"),
        "starts": filled.hour("starts", "Giờ khai mạc") or told.starts,
        "chair": answer.filled("chair") or told.chair,
        "line_test": filled.line_test(day, told) if answer.option == "online" else None,
        "reply_by": filled.reply_by(day, told),
    }
    if opened := entry.record("opened"):  # a server whose clock is behind answers no question before it was asked
        chosen["decided_at"] = max(fields["decided_at"], opened.at)
    decision = ConferenceFormat.model_validate(
        {"id": f"conference-format-{workspace.plan.mark_of(stage)}{entry.round}", **fields, **chosen}
    )
    missing = missing_from(decision)
    if filled.wrong or missing:
        raise IncompleteAnswerError(
            " ".join([*filled.wrong, *([f"{upper_first('; '.join(missing))}."] if missing else [])])
        )
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


class _Filled:
    """Reads days and hours of an answer; what will not do is noted, so that all of it is told at once."""

    def __init__(self, workspace: Workspace, answer: Answer) -> None:
        self._workspace, self._answer, self._today = workspace, answer, workspace.now.date()
        self.wrong: list[str] = []

    def day_of_meeting(self) -> date | None:
        """Return when the conference is; None of a day that will not do."""
        day = self._day("day", "Ngày họp")
        if day is None and not self.wrong:
            self.wrong.append("Chưa điền ngày họp.")
        if day and day < self._today:
            self.wrong.append(f"Ngày họp {format_date(day)} đã qua.")
            return None
        return day

    def hour(self, name: str, what: str) -> time | None:
        """Return an hour; None where none was filled in, and any where what was is noted as none."""
        text = self._answer.filled(name)
        if not text:
            return None
        try:
            return _hour.validate_python(text)
        except ValidationError:
            self.wrong.append(f"{what} «{text}» không đúng dạng GIỜ:PHÚT, ví dụ 07:30.")
            return time()

    def line_test(self, day: date | None, told: Conference) -> datetime | None:
        """Return when lines are tested: on the working day before, unless that has passed."""
        hour = self.hour("line_test", "Giờ thử đường truyền") or told.line_test
        if hour is None:
            return None
        before = self._workspace.calendar.add_working_days((day or self._today) - timedelta(days=1), 0)
        return datetime.combine(max(before, self._today), hour, VIETNAM)

    def reply_by(self, day: date | None, told: Conference) -> date | None:
        """Return the last day to say who comes: as answered, or so many working days before, if there is time for it.

        Of a conference that is held after the campaign, the campaign's last day at most: later replies nobody records.
        """
        chosen, closes = self._day("reply_by", "Hạn báo người dự"), self._workspace.campaign.closes
        if day is None:
            return None
        beyond = day > closes and not self._workspace.is_over
        last = closes if beyond else day
        if chosen and not self._today <= chosen <= last:
            until = "ngày cuối của đợt, sau đó hệ thống không ghi trả lời," if beyond else "ngày họp"
            self.wrong.append(
                f"Hạn báo người dự {format_date(chosen)} phải từ hôm nay đến {until} {format_date(last)}."
            )
        calendar = self._workspace.calendar
        usual = max(calendar.add_working_days(day, -told.reply_days), calendar.add_working_days(self._today, 1))
        return chosen or min(usual, last)

    def _day(self, name: str, what: str) -> date | None:
        text = self._answer.filled(name)
        day = read_day(text)
        if text and day is None:
            self.wrong.append(f"{what} «{text}» không phải là ngày; ghi như {format_date(self._today)}.")
        return day
