"""Receiving: what lies in the inbox becomes numbered submissions.

A unit's drop is received as soon as it is complete, or when nothing more has come for the settling time. It is complete
when the kinds of file the unit owes are there, counting what its last submission still holds, and the kinds that were
found faulty are among the new ones. A new submission carries over every file of each kind that was not sent again, so a
correction may consist of the one file that was wrong. What the unit asks back is received at once and by itself, so
that there is something to be withdrawn.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import datetime, timedelta

from soket.intake.classify import owed_kinds
from soket.intake.contents import Contents
from soket.intake.nominations import fresh_nominations
from soket.intake.replies import replies_waiting
from soket.intake.spoilt import is_spoilt
from soket.intake.take_in import name_in_folder, take_in
from soket.intake.withdrawing import to_withdraw
from soket.plan.model import Severity, Unit
from soket.reading.kinds import FileKind, kind_of
from soket.record.records import Receipt, ReceivedFile
from soket.record.register import Register, UnitEntry
from soket.record.workspace import Workspace

SETTLE_VARIABLE = "SOKET_SETTLE_SECONDS"

# S3 tells arrivals in whole seconds, rounded down.
_ARRIVAL_GRAIN = timedelta(seconds=1)
_COPIERS = 8
_SENT_AGAIN = (Severity.CRITICAL, Severity.REFER)


def settle_time() -> timedelta:
    """Return how long, in real time, an incomplete drop is waited for."""
    return timedelta(seconds=float(os.environ.get(SETTLE_VARIABLE, "120")))


def receive(
    workspace: Workspace,
    register: Register,
    *,
    settle: timedelta,
    now_real: datetime,
    contents: Contents | None = None,
    most: int | None = None,
) -> list[Receipt]:
    """Receive every drop that is complete or has settled, or the first so many in the order of their arrival.

    Each receipt is written once, after the copies that it names. `contents` reads each file as it is taken in, for a
    caller that goes on to judge.
    """
    with ExitStack() as stack:
        entries = ready(workspace, register, settle=settle, now_real=now_real)[:most]
        opener = contents or stack.enter_context(Contents(workspace.store))
        keep = contents.add if contents else _leave
        pool = stack.enter_context(ThreadPoolExecutor(_COPIERS))
        receipts = pool.map(lambda entry: take_in(workspace, entry, keep=keep, opener=opener), entries)
        return [receipt for receipt in receipts if receipt is not None]


def _leave(*_: tuple[ReceivedFile, bytes]) -> None:
    """Leave files to be read when they are judged."""


def with_receipts(register: Register, receipts: Iterable[Receipt]) -> Register:
    """Return the register with new receipts in it, as a reading of the bucket would find them."""
    units = dict(register.units)
    for receipt in receipts:
        entry = units[receipt.unit]
        units[receipt.unit] = entry.model_copy(update={"receipts": (*entry.receipts, receipt)})
    return register.model_copy(update={"units": units})


def unjudged(register: Register) -> list[Receipt]:
    """Return the submissions that are to be judged and are not yet, unit by unit."""
    return [receipt for entry in register.units.values() for receipt in entry.unjudged]


def due(register: Register, now_real: datetime) -> list[Receipt]:
    """Return the submissions to judge now: those that our own code failed on have their time to wait."""
    return [
        receipt
        for entry in register.units.values()
        for receipt in entry.unjudged
        if (again_at := entry.again_at(receipt.number)) is None or now_real >= again_at
    ]


def work_waiting(
    workspace: Workspace, register: Register, *, now_real: datetime, settle: timedelta | None = None
) -> str | None:
    """Say what there is to receive, to judge, to mend or to tell; None where there is nothing yet."""
    from soket.notices.compose import codes_untold, links_untold, untold

    to_receive = ready(workspace, register, settle=settle_time() if settle is None else settle, now_real=now_real)
    parts = []
    if to_receive:
        parts.append(f"{len(to_receive)} đơn vị có tệp mới")
    if is_spoilt(register):
        parts.append("có bản ghi hỏng")
    if nominations := fresh_nominations(workspace, register):
        parts.append(f"{len(nominations)} đề nghị biểu dương")
    if told := untold(workspace, register):
        parts.append(f"{len(told)} thư mục có tệp chưa nhận được")
    if links := links_untold(workspace, register):
        parts.append(f"{len(links)} đơn vị xin đường dẫn")
    if codes := codes_untold(workspace):
        parts.append(f"{len(codes)} mã vào trang nộp hồ sơ được xin")
    if answers := replies_waiting(register):
        parts.append(f"{len(answers)} tệp trả lời giấy mời")
    if back := to_withdraw(register):
        parts.append(f"{len(back)} bộ hồ sơ đơn vị rút lại")
    if waiting := due(register, now_real):
        parts.append(f"{len(waiting)} bộ hồ sơ chờ chấm")
    return "; ".join(parts) + "." if parts else None


def ready(workspace: Workspace, register: Register, *, settle: timedelta, now_real: datetime) -> list[UnitEntry]:
    """Return the units whose drops can be received, each with what is taken of it, in the order of their arrival."""

    def has_settled(entry: UnitEntry) -> bool:
        return now_real >= workspace.clock.real_time(_arrival(entry)) + settle + _ARRIVAL_GRAIN

    found = [
        entry.model_copy(update={"pending": back}) if back else entry
        for entry in register.units.values()
        if (back := entry.asked_back)
        or (entry.pending and (has_settled(entry) or _is_complete(workspace, workspace.plan.unit(entry.unit), entry)))
    ]
    return sorted(found, key=lambda entry: (_arrival(entry), entry.unit))


def _arrival(entry: UnitEntry) -> datetime:
    return max(drop.arrived_at for drop in entry.pending)


def _is_complete(workspace: Workspace, unit: Unit, entry: UnitEntry) -> bool:
    """Return whether all is there; what an archive holds is not known before it is opened, so it has to settle."""
    new = {kind_of(name_in_folder(workspace, entry.unit, drop)) for drop in entry.pending}
    last = entry.sent[-1] if entry.sent else None
    held = {kind_of(file.original_name) for file in last.files} if last else set()
    owed = owed_kinds(workspace.plan, unit)
    return bool(new & owed) and owed <= new | held and _faulty_kinds(entry) & owed <= new


def _faulty_kinds(entry: UnitEntry) -> set[FileKind]:
    """Return the kinds of file that the last verdict asks to be sent again."""
    verdict = entry.last_verdict
    if verdict is None:
        return set()
    names = {fault.file for fault in verdict.faults if fault.severity in _SENT_AGAIN}
    files = next((receipt.files for receipt in entry.receipts if receipt.number == verdict.number), ())
    return {kind_of(file.original_name) for file in files if file.name in names}


def is_carried_over(workspace: Workspace, receipt: Receipt, file: ReceivedFile) -> bool:
    """Return whether a file was not sent with this submission, but kept from an earlier one."""
    return file.kept and not file.key.startswith(workspace.keys.report(receipt.unit, receipt.number, "files/"))
