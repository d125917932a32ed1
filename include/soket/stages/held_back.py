"""What mail a mute or a promise holds back, in words for its preview: on which days, and what comes after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from soket.plan.dates import Deadline
from soket.plan.schedule import step_moment
from soket.record.decisions import Decision, Mute, Promise
from soket.record.promises import over_at, promise_of
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.text import first_units, format_date

_HOLDING = (Mute, Promise)
_NAMED = 5  # units


def say_held_back(there: Workspace, after: Register, acts: Iterable[Decision]) -> Iterator[str]:
    """Yield what becomes of mail to those whom mutes and promises among some acts are about, or undos of such."""
    subjects = (after.acts.subject_of(act) for act in acts)
    about = {each.addressee if isinstance(each, Mute) else each.unit for each in subjects if isinstance(each, _HOLDING)}
    names = {each.code: each.name for each in there.plan.units} | {each.code: each.name for each in there.plan.offices}
    told = defaultdict[str, list[str]](list)
    for code in (code for code in names if code in about):
        for line in _say(there, after, code):
            told[line].append(names[code])
    yield from (f"{first_units(names, _NAMED)}: {line}." for line, names in told.items())


def _say(there: Workspace, after: Register, code: str) -> Iterator[str]:
    """Yield by what mail to a unit or an office is held back; that it goes out where it is by nothing."""
    mute = after.acts.mute_of(code, there.now)
    if code not in after.units:
        until = f"đến hết ngày {format_date(mute.last_day)} không gửi" if mute else "lại gửi"
        later = "; việc xảy ra trong thời gian ấy nêu ở bản tin sau" if mute else ""
        yield f"{until} thư đôn đốc, bản tin{later}"
        return
    promise = promise_of(there.plan, after, there.plan.unit(code))
    if promise and there.now >= over_at(promise):
        promise = None
    if mute:
        then = f"hết ngày {format_date(mute.last_day)} còn nợ thì nhắc tiếp; bản tổng hợp gửi cấp trên vẫn nêu đơn vị"
        yield _say_days(there, after, code, mute.last_day, then)
    if promise:
        then = (
            f"hết ngày {format_date(promise.last_day)} chưa gửi thì sáng ngày làm việc sau nhắc; "
            "bản tổng hợp gửi cấp trên ghi lời hẹn"
        )
        yield _say_days(there, after, code, promise.last_day, then)
    if not mute and not promise:
        yield "thư nhắc, đôn đốc gửi theo lịch"


def _say_days(there: Workspace, after: Register, code: str, last_day: date, then: str) -> str:
    """Return on which days until one a unit and its head would be chased, as the record stands."""
    entry, plan = after.units[code], there.plan
    over = min(Deadline(by=last_day).moment, there.campaign.end)
    ladder = plan.ladders[plan.ladder_of(plan.unit(code))] if entry.to_chase else ()
    moments = (step_moment(there.calendar, entry.last_day, step) for step in ladder if not step.to.superior)
    days = sorted({each.date() for each in moments if there.now <= each < over})
    if not days:
        return f"đến hết ngày {format_date(last_day)} không có thư nhắc, đôn đốc nào đến hạn để hoãn"
    return f"không gửi thư nhắc, đôn đốc ngày {', '.join(map(format_date, days))}; {then}"
