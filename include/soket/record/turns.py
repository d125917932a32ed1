"""Whose turn it is: whom a stage waits for, for what, and since or until when, by what the bucket holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from soket.clock import VIETNAM
from soket.plan.dates import last_day_of
from soket.plan.model import Plan, Stage, StageKind
from soket.record.decisions import Exemption, Extension, NilReturn, RequestRefusal
from soket.record.register import Register, StageEntry
from soket.record.requests import ExtensionRequest
from soket.record.rounds import in_appraisal, sent_back_at
from soket.record.tally import progress_of
from soket.record.workspace import Workspace
from soket.text import format_date

_ANSWERS = (Extension, Exemption, NilReturn, RequestRefusal)  # to a request for more time


@dataclass(frozen=True)
class Turn:
    """That a stage waits, and for what."""

    what: str
    since: datetime | None = None
    until: date | None = None  # the last day that somebody was given

    def __str__(self) -> str:
        if self.until:
            return f"chờ {self.what} đến {format_date(self.until)}"
        return f"chờ {self.what}" + (f" từ {format_date(self.since.astimezone(VIETNAM))}" if self.since else "")


def turn_of(plan: Plan, register: Register, stage: Stage) -> Turn | None:
    """Return what a stage waits for; None where it is done, not at work, or waits for nobody in particular."""
    entry, find = register.of(stage), _TURNS.get(stage.kind)
    return None if entry.done or find is None else find(plan, register, stage, entry)


def _of_reports(plan: Plan, register: Register, stage: Stage, entry: StageEntry) -> Turn | None:
    if register.as_of < entry.deadline:
        return None
    owed = [each for each in register.reporting(plan, stage) if not progress_of(each).received]
    until = [last_day_of(each.deadline) for each in owed if register.as_of < each.deadline]
    return Turn(f"{len(until)} đơn vị được gia hạn", until=max(until)) if until else None


def _of_draft(plan: Plan, register: Register, stage: Stage, entry: StageEntry) -> Turn | None:
    if working := entry.record("working"):
        if before := in_appraisal(plan, register, stage):  # the drafter is to know what is to be mended first
            return Turn(f"kết luận thẩm định vòng {before}")
        owner, returned = plan.office(stage.owner).name, sent_back_at(plan, register, stage, entry.round - 1)
        if returned:
            return Turn(f"{owner} gửi lại dự thảo", max(working.at, returned))
        return Turn(f"{owner} gửi dự thảo", working.at)
    empty = entry.record("empty")
    return Turn("báo cáo đầu tiên", empty.at) if empty else None


def _of_appraisal(plan: Plan, register: Register, stage: Stage, entry: StageEntry) -> Turn | None:
    asked = entry.record("dossier")
    if asked is None or register.appraisal(stage, entry.round):
        return None
    return Turn(f"{plan.office(stage.owner).name} trả lời", asked.at)


def _of_conference(plan: Plan, register: Register, stage: Stage, entry: StageEntry) -> Turn | None:
    asked = entry.record("opened")
    if asked is None or register.decided_format(stage):
        return None
    return Turn(f"{plan.office(stage.owner).name} chọn hình thức", asked.at)


_TURNS = {
    StageKind.COLLECT: _of_reports,
    StageKind.DRAFT: _of_draft,
    StageKind.APPRAISE: _of_appraisal,
    StageKind.CONFER: _of_conference,
}


def waiting_request(workspace: Workspace, register: Register, unit: str) -> ExtensionRequest | None:
    """Return what a unit asked for last and nobody has answered.

    It lapses where the unit owes nothing any more or has as long already, and once the day asked for is over.
    """
    own = [each for each in register.requests if each.unit == unit]
    entry = register.units[unit]
    if not own or entry.standing.settled or entry.closed:
        return None
    last = max(own, key=lambda each: (each.at, each.id))
    answers = (act for act in register.acts.in_force if isinstance(act, _ANSWERS) and act.unit == unit)
    answered = any(act.decided_at >= last.at for act in answers)
    lapsed = last_day_of(entry.deadline) >= last.last_day or last.last_day < workspace.now.date()
    return None if answered or lapsed else last


def refusal_of_request(register: Register, unit: str) -> RequestRefusal | None:
    """Return by which act a unit's last request was refused; None where it was not, or it has asked again since."""
    refused = [act for act in register.acts.in_force if isinstance(act, RequestRefusal) and act.unit == unit]
    asked = [each.at for each in register.requests if each.unit == unit]
    return refused[-1] if refused and asked and max(asked) <= refused[-1].decided_at else None


def waiting_requests(workspace: Workspace, register: Register) -> list[ExtensionRequest]:
    """Return every request that waits, those that wait longest first."""
    asking = dict.fromkeys(each.unit for each in register.requests if each.unit in register.units)
    found = (waiting_request(workspace, register, unit) for unit in asking)
    return sorted((each for each in found if each), key=lambda each: each.at)
