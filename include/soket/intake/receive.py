"""Receiving: what lies in the inbox becomes numbered submissions, copied where nobody but us can change them.

A unit's drop is received as soon as it is complete, or when nothing more has come for the settling time. It is complete
when the kinds of file the unit owes are there, counting what its last submission still holds, and the kinds that were
found faulty are among the new ones. A new submission carries over every file of each kind that was not sent again, so a
correction may consist of the one file that was wrong.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from soket.campaign.records import Receipt, ReceivedFile
from soket.campaign.register import Drop, Register, UnitEntry
from soket.campaign.workspace import Workspace
from soket.intake.kinds import FileKind, kind_of, owed_kinds
from soket.intake.names import unique_names
from soket.plan.model import Severity, Unit
from soket.store.store import MissingObjectError

SETTLE_VARIABLE = "SOKET_SETTLE_SECONDS"

# S3 tells arrivals in whole seconds, rounded down.
_ARRIVAL_GRAIN = timedelta(seconds=1)
_COPIERS = 8


@dataclass(frozen=True)
class Intake:
    """What one look at the inbox came to."""

    receipts: tuple[Receipt, ...]
    unsettled_until: datetime | None  # real time when the first of the drops still waited for has settled


def settle_time() -> timedelta:
    """Return how long, in real time, an incomplete drop is waited for."""
    return timedelta(seconds=float(os.environ.get(SETTLE_VARIABLE, "120")))


def receive(
    workspace: Workspace,
    register: Register,
    *,
    settle: timedelta,
    now_real: datetime,
    when_kept: Callable[[ReceivedFile, bytes], None] = lambda _file, _data: None,
) -> Intake:
    """Receive every drop that is complete or has settled; each receipt is written once, after the copies it names.

    `when_kept` is told of each file with its bytes, from several threads.
    """
    ready, until = _sort_out(workspace, register, settle, now_real)
    with ThreadPoolExecutor(_COPIERS) as pool:
        receipts = pool.map(lambda entry: _receive_unit(workspace, entry, when_kept), ready)
        return Intake(tuple(receipt for receipt in receipts if receipt is not None), until)


def with_receipts(register: Register, receipts: Iterable[Receipt]) -> Register:
    """Return the register with new receipts in it, as a reading of the bucket would find them."""
    units = dict(register.units)
    for receipt in receipts:
        entry = units[receipt.unit]
        units[receipt.unit] = entry.model_copy(update={"receipts": (*entry.receipts, receipt)})
    return register.model_copy(update={"units": units})


def unjudged(register: Register) -> list[Receipt]:
    """Return the receipts without a verdict, unit by unit."""
    return [
        receipt
        for entry in register.units.values()
        for receipt in entry.receipts
        if receipt.number not in {verdict.number for verdict in entry.verdicts}
    ]


def work_waiting(
    workspace: Workspace, register: Register, *, now_real: datetime, settle: timedelta | None = None
) -> str | None:
    """Say what there is to receive or to judge; None where there is nothing yet."""
    ready, _ = _sort_out(workspace, register, settle_time() if settle is None else settle, now_real)
    parts = []
    if ready:
        parts.append(f"{len(ready)} đơn vị có tệp mới")
    if waiting := unjudged(register):
        parts.append(f"{len(waiting)} bộ hồ sơ chờ chấm")
    return "; ".join(parts) + "." if parts else None


def _sort_out(
    workspace: Workspace, register: Register, settle: timedelta, now_real: datetime
) -> tuple[list[UnitEntry], datetime | None]:
    """Return the units whose drops can be received, and the real moment when the next one settles."""
    ready, moments = [], []
    for entry in register.units.values():
        if not entry.pending:
            continue
        newest = max(drop.arrived_at for drop in entry.pending)
        settled_at = workspace.clock.real_time(newest) + settle + _ARRIVAL_GRAIN
        if now_real >= settled_at or _is_complete(workspace, workspace.plan.unit(entry.unit), entry):
            ready.append(entry)
        else:
            moments.append(settled_at)
    return ready, min(moments, default=None)


def _is_complete(workspace: Workspace, unit: Unit, entry: UnitEntry) -> bool:
    new = {kind_of(_name_in_folder(workspace, entry.unit, drop)) for drop in entry.pending}
    last = entry.receipts[-1] if entry.receipts else None
    held = {kind_of(file.original_name) for file in last.files} if last else set()
    owed = owed_kinds(workspace.plan, unit)
    return bool(new & owed) and owed <= new | held and _faulty_kinds(entry) & owed <= new


def _faulty_kinds(entry: UnitEntry) -> set[FileKind]:
    """Return the kinds of file that the last verdict asks to be sent again."""
    verdict = entry.last_verdict
    if verdict is None:
        return set()
    names = {fault.file for fault in verdict.faults if fault.severity is Severity.CRITICAL}
    files = next((receipt.files for receipt in entry.receipts if receipt.number == verdict.number), ())
    return {kind_of(file.original_name) for file in files if file.name in names}


def _name_in_folder(workspace: Workspace, unit: str, drop: Drop) -> str:
    return drop.key.removeprefix(workspace.keys.inbox_folder(unit))


def _receive_unit(
    workspace: Workspace, entry: UnitEntry, when_kept: Callable[[ReceivedFile, bytes], None]
) -> Receipt | None:
    """Copy a unit's new files and write its next receipt.

    None where a file changed since it was listed (the next look sees the drop as it is then), or another run did it.
    """
    number = max((receipt.number for receipt in entry.receipts), default=0) + 1
    originals = [_name_in_folder(workspace, entry.unit, drop) for drop in entry.pending]
    carried = _carried_over(entry, {kind_of(original) for original in originals})
    names = unique_names(originals, taken=[file.name for file in carried])
    new = []
    for index, (drop, original, name) in enumerate(zip(entry.pending, originals, names, strict=True)):
        try:
            file, data = _take_in(
                workspace, drop, original, workspace.keys.report(entry.unit, number, f"files/{name}"), index
            )
        except MissingObjectError:
            return None
        if data is not None:
            when_kept(file, data)
        new.append(file)
    receipt = Receipt(
        unit=entry.unit,
        number=number,
        received_at=max(file.arrived_at for file in new),
        deadline=entry.deadline,
        files=(*new, *carried),
    )
    written = workspace.store.create(workspace.keys.receipt(entry.unit, number), receipt.to_json())
    return receipt if written else None


def _take_in(
    workspace: Workspace, drop: Drop, original: str, key: str, index: int
) -> tuple[ReceivedFile, bytes | None]:
    """Copy one file; one that is beyond the limits is told of, but costs neither a copy nor our memory."""
    limits = workspace.plan.limits
    data = None
    if index < limits.max_files and drop.size <= limits.max_file_mb << 20:
        workspace.store.copy(drop.key, key, drop.etag)
        data = workspace.store.get(key)
    file = ReceivedFile(
        inbox_key=drop.key,
        key=drop.key if data is None else key,
        name=key.rpartition("/")[2],
        original_name=original,
        etag=drop.etag,
        sha256="" if data is None else hashlib.sha256(data).hexdigest(),
        size=drop.size,
        arrived_at=drop.arrived_at,
    )
    return file, data


def _carried_over(entry: UnitEntry, sent: set[FileKind]) -> list[ReceivedFile]:
    """Return the last submission's files of the kinds that were not sent again."""
    if not entry.receipts:
        return []
    wanted = {FileKind.DOCUMENT, FileKind.TABLE, FileKind.ATTACHMENT} - sent
    return [file for file in entry.receipts[-1].files if file.kept and kind_of(file.original_name) in wanted]


def is_carried_over(workspace: Workspace, receipt: Receipt, file: ReceivedFile) -> bool:
    """Return whether a file was not sent with this submission, but kept from an earlier one."""
    return file.kept and not file.key.startswith(workspace.keys.report(receipt.unit, receipt.number, "files/"))
