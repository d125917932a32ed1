"""What intake would say of files that are not handed in yet: the same code, on a bucket that keeps nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from soket.intake.judge import judge
from soket.intake.receive import receive, with_receipts
from soket.page.bench import Bench
from soket.record.drops import apart, folders_of, within_quota
from soket.record.keeping import read_register
from soket.record.records import Receipt, Verdict
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.store.overlay import OverlayStore


class UntriedError(RuntimeError):
    """Our own code failed on the files: nothing is said of them, and they can be handed in all the same."""


def try_out(
    workspace: Workspace, register: Register, unit: str, files: Mapping[str, bytes], bench: Bench
) -> tuple[Receipt, Verdict]:
    """Return the receipt and the verdict that a unit would get if it handed in these files now."""
    now = workspace.now
    store = OverlayStore(workspace.store, lambda: workspace.clock.real_time(now).astimezone(UTC))
    trial = replace(workspace, store=store)
    for name, data in files.items():
        store.put(trial.keys.inbox_folder(unit) + name, data)
    alone = _alone(trial, register, unit)
    later = datetime.now(UTC) + timedelta(days=1)
    with bench.contents(store) as contents:
        receipts = receive(trial, alone, settle=timedelta(0), now_real=later, contents=contents)
        if not receipts:
            raise UntriedError("nothing was received")
        of_all = with_receipts(alone, receipts)
        for verdict in judge(trial, of_all, validator=bench.checks, contents=contents, marking=False):
            return receipts[0], verdict
    failures = [f"{attempt.error}: {attempt.detail}" for attempt in read_register(trial, keep=False).failures]
    raise UntriedError("; ".join(failures) or "nothing was judged")


def _alone(trial: Workspace, register: Register, unit: str) -> Register:
    """Return a register in which one unit alone has anything to receive or to judge: what lies in its folder now.

    Of the others there is what is judged, which a report is held against.
    """
    plan, entry = trial.plan, register.units[unit]
    found = trial.store.list(trial.keys.inbox_folder(unit))
    folders, _ = apart(
        folders_of(trial.keys, found, trial.clock, nominating=plan.commendation.nominations), plan.limits
    )
    lying, _ = within_quota(folders[unit].drops, entry.receipts, plan.limits, entry.withdrawals)
    pending = tuple(each for each in lying if each not in entry.asked_back)
    units = {
        code: other.model_copy(
            update={"pending": (), "receipts": tuple(each for each in other.receipts if each not in other.unjudged)}
        )
        for code, other in register.units.items()
    }
    units[unit] = entry.model_copy(update={"pending": pending})
    return register.model_copy(update={"units": units})
