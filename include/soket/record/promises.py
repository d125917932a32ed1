"""What units promised when they were called, and whether it still says anything."""

from __future__ import annotations

from datetime import datetime, timedelta

from soket.plan.model import Deadline, Plan, Unit
from soket.record.decisions import Promise
from soket.record.register import Register, Standing
from soket.text import format_date

LONGEST_PROMISE = timedelta(days=14)  # who needs longer asks for an extension


def told_at(plan: Plan, register: Register, unit: Unit) -> datetime:
    """Return when a unit was last told where it stands.

    That is by the stage's opening, a new date, its report's return, or its own request where it joined later.
    """
    entry, stage, acts = register.units[unit.code], register.of(plan.stage_of(unit)), register.acts
    told = [*acts.date_changes(unit.code, stage.stage), *acts.asked_anew(unit.code)]
    moments = [stage.opens, *(act.decided_at for act in told)]
    if entry.standing is Standing.RETURNED and entry.last_verdict:
        moments.append(entry.last_verdict.judged_at)
    return max(moments)


def promise_of(plan: Plan, register: Register, unit: Unit) -> Promise | None:
    """Return what a unit promised last; None where nothing is owed any more, or it was told something since."""
    promise = register.acts.promise_of(unit.code)
    if promise is None or not register.units[unit.code].to_chase:
        return None
    return promise if promise.decided_at >= told_at(plan, register, unit) else None


def over_at(promise: Promise) -> datetime:
    """Return the first moment after the promised day."""
    return Deadline(by=promise.last_day).moment


def say_promise(promise: Promise, now: datetime | None = None) -> str:
    """Return a promise in a phrase; at a moment, with whether it was broken."""
    broken = ", quá hẹn chưa gửi" if now and now >= over_at(promise) else ""
    return f"hẹn gửi trong ngày {format_date(promise.last_day)} ({promise.person}){broken}"
