"""What intake would say of files that are not handed in yet: the same code, on a bucket that keeps nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from soket.intake.judge import judge
from soket.intake.receive import receive, with_receipts
from soket.intake.validation import Validator
from soket.record.keeping import read_register
from soket.record.records import Receipt, Verdict
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.store.overlay import OverlayStore


class UntriedError(RuntimeError):
    """Our own code failed on the files: nothing is said of them, and they can be handed in all the same."""


def try_out(workspace: Workspace, unit: str, files: Mapping[str, bytes]) -> tuple[Receipt, Verdict]:
    """Return the receipt and the verdict that a unit would get if it handed in these files now."""
    now = workspace.now
    store = OverlayStore(workspace.store, lambda: workspace.clock.real_time(now).astimezone(UTC))
    trial = replace(workspace, store=store)
    for name, data in files.items():
        store.put(trial.keys.inbox_folder(unit) + name, data)
    register = _alone(read_register(trial, keep=False), unit)
    later = datetime.now(UTC) + timedelta(days=1)
    with Validator() as validator:
        receipts = receive(trial, register, settle=timedelta(0), now_real=later)
        if not receipts:
            raise UntriedError("nothing was received")
        for verdict in judge(trial, with_receipts(register, receipts), validator=validator, marking=False):
            return receipts[0], verdict
    failures = [f"{attempt.error}: {attempt.detail}" for attempt in read_register(trial, keep=False).failures]
    raise UntriedError("; ".join(failures) or "nothing was judged")


def _alone(register: Register, unit: str) -> Register:
    """Return a register in which one unit alone has anything to receive or to judge; of the others, what is judged."""
    units = {
        code: entry
        if code == unit
        else entry.model_copy(
            update={"pending": (), "receipts": tuple(each for each in entry.receipts if each not in entry.unjudged)}
        )
        for code, entry in register.units.items()
    }
    return register.model_copy(update={"units": units})
