"""The monitor: what is due now, said once."""

from __future__ import annotations

from dataclasses import replace

from soket.clock import StoppedClock
from soket.record.day_tree import trees_to_seal
from soket.record.filing import file_day_tree
from soket.record.heartbeat import beat
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.stages.changing import follow
from soket.stages.collect import post_answers
from soket.stages.confer import renew_lists
from soket.stages.issuing import take_issued
from soket.stages.sweeping import sweep


def chase(workspace: Workspace) -> str:
    """Post what is due now: reminders and escalations, and answers that a crash left out; clear the inbox's disk.

    Great Expectations is asked what it could not be: where it still cannot, the digest tells the operator.
    """
    from soket.intake.asking_again import ask_again
    from soket.notices.ledger import states
    from soket.notices.timely import chase as chase_late
    from soket.notices.timely import tell_of_issued

    workspace = follow(_as_of_now(workspace))
    register = read_register(workspace)
    of_another_time = workspace.silent or workspace.rerun  # it takes nothing of now
    if issued := "" if of_another_time else take_issued(workspace, register):
        register = read_register(workspace)
    known = states(workspace)
    posted = post_answers(workspace, register, known) + chase_late(workspace, register, known)
    posted += tell_of_issued(workspace, register, known)
    done = (renew_lists(workspace, register), issued, sweep(workspace), ask_again(workspace))
    return " ".join(filter(None, (f"Thư mới soạn: {len(posted)}.", *done)))


def digest(workspace: Workspace) -> str:
    """Seal the days that are over, post the morning digest to the lead office, and oddities to the operator."""
    from soket.notices.digests import digest_notices
    from soket.notices.ledger import states
    from soket.notices.mute import hold_back
    from soket.notices.notice import Kind
    from soket.notices.outbox import post_current
    from soket.plan.loader import load_all

    workspace = _as_of_now(workspace)
    register = seal_days(workspace, read_register(workspace))
    _, faulty = load_all()
    known = states(workspace)
    told = hold_back(workspace, register, digest_notices(workspace, register, faulty, known), known)
    posted = post_current(workspace, told, (Kind.DIGEST, Kind.ODDITIES), known, suppressed=workspace.silent)
    return f"Bản tin mới: {len(posted)}."


def seal_days(workspace: Workspace, register: Register) -> Register:
    """Make the hash trees that are due; return the register with them, as a reading of the bucket would find them."""
    if workspace.silent or workspace.rerun:  # of another time: it knows what was not known then
        return register
    receipts = [receipt for entry in register.units.values() for receipt in entry.receipts]
    due = trees_to_seal(workspace.plan.id, workspace.campaign.code, receipts, register.trees, workspace.now)
    made = tuple(file_day_tree(workspace, tree) for tree in due)
    return register.model_copy(update={"trees": (*register.trees, *made)}) if made else register


def count_mail(workspace: Workspace) -> str:
    """Leave a sign of life, and say how much mail is waiting; the step that calls this delivers it."""
    from soket.notices.ledger import states

    beat(workspace)
    waiting = [state for state in states(workspace).values() if state.ending is None]
    return f"Thư chờ gửi: {len(waiting)}."


def _as_of_now(workspace: Workspace) -> Workspace:
    """Return the workspace at this one moment: where days are seconds long, evening comes while mails are written."""
    return replace(workspace, clock=StoppedClock.of(workspace.clock))
