"""One unit as a line of the table: what it owes, since when, and how to reach it; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from soket.notices.facts import say_days
from soket.plan.dates import last_day_of
from soket.plan.model import Duty, Severity, Unit
from soket.plan.words import owed_word
from soket.record.fault_lines import points_of
from soket.record.promises import promise_of, say_promise
from soket.record.records import Ruling
from soket.record.register import Register, UnitEntry
from soket.record.tally import Progress, is_overdue, progress_of
from soket.record.words import PROGRESS, RULINGS, say_earlier_date
from soket.record.workspace import Workspace
from soket.text import format_date, upper_first


@dataclass(frozen=True)
class UnitRow:
    """One unit in the table."""

    code: str
    name: str
    block: str
    block_name: str
    duty: str | None  # where it is not the usual report
    progress: Progress
    label: str  # the word for it
    overdue: str | None  # how long ago its date passed, where it still owes something
    promise: str | None  # what it promised on the telephone, where that says anything still
    given_up: str | None  # when and why nobody waits for it any more, where it never sent
    last_day: str
    extended: str  # by which extension that is, if by one
    kept: str  # that what counts was in time by an earlier one, where it was
    submissions: int
    sent_at: datetime | None  # the latest of it
    reminded_at: datetime | None  # when the last mail that urges it left
    ruling: str | None
    must_fix: int
    to_review: int
    contact: str
    phone: str | None


def sent_at(entry: UnitEntry) -> datetime | None:
    """Return when the latest that a unit sent came, judged already or not."""
    moments = [*(each.received_at for each in entry.sent[-1:]), *(drop.arrived_at for drop in entry.pending)]
    return max(moments, default=None)


def unit_row(
    workspace: Workspace, register: Register, unit: Unit, entry: UnitEntry, reminded_at: datetime | None = None
) -> UnitRow:
    """Return a unit as the table shows it."""
    plan = workspace.plan
    verdict, progress = entry.last_verdict, progress_of(entry)
    promise = promise_of(plan, register, unit)
    points = points_of(verdict.faults if verdict else ())
    return UnitRow(
        code=unit.code,
        name=unit.name,
        block=unit.block,
        block_name=plan.block(unit.block).name,
        duty=None if unit.owes in (Duty.REPORT, Duty.EXEMPT) else owed_word(plan, unit).label,
        progress=progress,
        label=PROGRESS[progress].label,
        overdue=upper_first(say_days(workspace, entry.deadline)) if is_overdue(entry, workspace.now) else None,
        promise=upper_first(say_promise(promise, workspace.now)) if promise else None,
        given_up=_say_given_up(workspace, register, unit, entry),
        last_day=format_date(last_day_of(entry.deadline)),
        extended=_say_extension(entry),
        kept=say_earlier_date(entry),
        submissions=len(entry.sent),
        sent_at=sent_at(entry),
        reminded_at=reminded_at,
        ruling=_say_ruling(verdict.ruling) if verdict else None,
        must_fix=points[Severity.CRITICAL],
        to_review=points[Severity.WARNING],
        contact=unit.contact.name,
        phone=unit.contact.phone,
    )


def _say_extension(entry: UnitEntry) -> str:
    if entry.extension is None:
        return ""
    return f"gia hạn theo {entry.extension.document_number}" if entry.extension.document_number else "gia hạn"


def _say_ruling(ruling: Ruling) -> str:
    """Return how a submission was judged; what is to be reviewed in it is counted beside."""
    return RULINGS[Ruling.ACCEPTED if ruling.counts else ruling].label


def _say_given_up(workspace: Workspace, register: Register, unit: Unit, entry: UnitEntry) -> str | None:
    if not entry.missed or entry.closed is None:
        return None
    plan, day = workspace.plan, last_day_of(entry.closed)
    closing = register.closing(plan, workspace.campaign, plan.stage_of(unit))
    why = closing.what if entry.closed == closing.moment else "hạn riêng của đơn vị"
    late = f", khi đã {say_days(workspace, entry.deadline, day)}" if day > entry.last_day else ""
    return f"Thôi chờ từ hết ngày {format_date(day)} ({why}){late}"
