"""Which of the waiting mail may go out now: none that chases or tells the news in quiet hours, none that is stale.

What a stage sends when its date comes, which is at midnight, waits for that day's morning.

A mail that chases, that asks a guest for its reply, or that tells a new date, was true when it was posted. One that had
to wait (the mail server was down, the night came) is looked at anew first: whoever sent or replied meanwhile hears
nothing, nobody reads of a date after a later one, and everyone else reads words of now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from itertools import count

from soket.clock import VIETNAM
from soket.notices.compose import issued_notices, moved_stage_notices, new_date_notices, overtaken
from soket.notices.ladder import due, urged
from soket.notices.ledger import NoticeState, real_now, states
from soket.notices.letters import with_letters
from soket.notices.mute import hold_back
from soket.notices.notice import CHASING, Kind
from soket.notices.outbox import post_all, post_current, withdraw
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.record.workspace import Workspace

FRESH = timedelta(minutes=2)  # real time: longer than a run takes from posting to sending


def chase(
    workspace: Workspace, register: Register | None = None, known: Mapping[str, NoticeState] | None = None
) -> list[str]:
    """Post the reminders and escalations that are due now, and withdraw those that are no more; return the new ids."""
    register = register or read_register(workspace)
    known = states(workspace) if known is None else known
    notices = hold_back(workspace, register, with_letters(workspace, due(workspace, register, known)), known)
    return post_current(workspace, notices, CHASING, known, suppressed=workspace.silent)


def announce(workspace: Workspace, register: Register, known: Mapping[str, NoticeState] | None = None) -> list[str]:
    """Post what units and owners of stages are to be told of their dates; return the new ids.

    What is told otherwise by now is withdrawn.
    """
    notices = new_date_notices(workspace, register) + moved_stage_notices(workspace, register)
    return post_current(workspace, notices, (Kind.NEW_DATE,), known, suppressed=workspace.silent)


def tell_of_issued(
    workspace: Workspace, register: Register, known: Mapping[str, NoticeState] | None = None
) -> list[str]:
    """Post what offices are to read of papers that are issued; an ask that waits is withdrawn where the paper came."""
    notices = issued_notices(workspace, register)
    return post_current(workspace, notices, (Kind.ISSUED,), known, suppressed=workspace.silent)


def urge(workspace: Workspace, register: Register, known: Mapping[str, NoticeState] | None = None) -> list[str]:
    """Post the reminders that officials want sent at once; return the new ids. `chase` renews what had to wait."""
    return post_all(workspace, urged(workspace, register), known, suppressed=workspace.silent)


def spare_guests(workspace: Workspace, register: Register, known: Mapping[str, NoticeState] | None = None) -> None:
    """Withdraw what waits to ask guests for a reply that came, or that nobody asks for any more."""
    mails = (states(workspace) if known is None else known).values()
    for state, why in overtaken(workspace, register, (each for each in mails if each.ending is None)):
        withdraw(workspace, state, f"chưa kịp gửi thì {why}", real_now())


def is_quiet(workspace: Workspace) -> bool:
    """Whether readers are to be left alone just now."""
    now = workspace.now.astimezone(VIETNAM)
    return workspace.plan.quiet.covers(now.time()) or not workspace.calendar.is_working_day(now.date())


def has_to_wait(workspace: Workspace, state: NoticeState) -> bool:
    """Whether a mail is to wait for a better hour: what chases for working hours, what a stage sends for morning."""
    return waits_until(workspace, state.kind) is not None


def waits_until(workspace: Workspace, kind: Kind) -> datetime | None:
    """Return the better hour, in campaign time, that mail of a kind is to wait for; None where it goes out at once."""
    now, quiet = workspace.now.astimezone(VIETNAM), workspace.plan.quiet
    if kind.momentary and is_quiet(workspace):
        days = (now.date() + timedelta(days=passed) for passed in count())
        working = (day for day in days if workspace.calendar.is_working_day(day))
        hours = (datetime.combine(day, hour, VIETNAM) for day in working for hour in (time.min, quiet.end))
        return next(each for each in hours if each > now and not quiet.covers(each.time()))
    morning = kind.of_stages and quiet.covers(now.time()) and now.time() < quiet.end
    return datetime.combine(now.date(), quiet.end, VIETNAM) if morning else None


Renewal = Callable[[Workspace, Register], object]

RENEWALS: Mapping[Kind, Renewal] = {
    Kind.NEW_DATE: announce,
    Kind.INVITATION_REMINDER: spare_guests,
    Kind.ISSUED: tell_of_issued,
    **dict.fromkeys(CHASING, chase),
}


def renewed(
    workspace: Workspace,
    waiting: list[NoticeState],
    now: Callable[[], datetime],
    renewals: Mapping[Kind, Renewal] = RENEWALS,
    *,
    quiet: bool,
) -> list[NoticeState]:
    """Return what waits, in real time, once what waited for long was posted anew; what chases, not in quiet hours."""
    renewable = [state for state in waiting if state.kind in renewals and not (quiet and state.kind.momentary)]
    if not renewable:
        return waiting
    moment = now()
    stale = {state.kind for state in renewable if _is_stale(state, moment)}
    if not stale:
        return waiting
    register = read_register(workspace)
    for renew in dict.fromkeys(renew for kind, renew in renewals.items() if kind in stale):
        renew(workspace, register)
    return [state for state in states(workspace).values() if state.ending is None]


def _is_stale(state: NoticeState, moment: datetime) -> bool:
    return state.posted is not None and moment - state.posted > FRESH
