"""Taking in: a unit's new files are copied where only we can change them, archives opened, a receipt written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from soket.faults import Fault, fault
from soket.intake.names import unique_names
from soket.plan.model import Plan
from soket.reading.findings import Member
from soket.reading.kinds import CARRIED, FileKind, extension_of, kind_of
from soket.record.records import Receipt, ReceivedFile
from soket.record.register import Drop, UnitEntry
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

_NAMED = 5  # files by name, of those that are too many

Keep = Callable[[ReceivedFile, bytes], None]
Unpack = Callable[[str, bytes, int, int], list[Member]]
"""Opens an archive, given its extension and bytes, and the most files, and bytes a file; none where it is refused."""


def take_in(workspace: Workspace, entry: UnitEntry, *, keep: Keep, unpack: Unpack) -> Receipt | None:
    """Copy a unit's new files and write its next receipt.

    None where a file changed since it was listed (the next look sees the drop as it is then), or another run did it.
    """
    number = entry.last_number + 1
    desk = _IntakeDesk(workspace, entry.unit, number, keep, unpack)
    originals = [name_in_folder(workspace, entry.unit, drop) for drop in entry.pending]
    try:
        for drop, original, name in zip(entry.pending, originals, unique_names(originals), strict=True):
            desk.take(drop, original, name)
    except MissingObjectError:
        return None
    receipt = Receipt(
        unit=entry.unit,
        number=number,
        received_at=max(file.arrived_at for file in desk.files),
        deadline=entry.deadline,
        files=(*desk.files, *_carried_over(entry, desk.files)),
    )
    written = workspace.store.create(workspace.keys.receipt(entry.unit, number), receipt.to_json())
    return receipt if written else None


@dataclass
class _IntakeDesk:
    """The files of one submission as they are taken in; those beyond the plan's limits are noted and not copied."""

    workspace: Workspace
    unit: str
    number: int
    keep: Keep
    unpack: Unpack
    files: list[ReceivedFile] = field(default_factory=list)
    taken: int = 0  # of the number of files that the plan allows

    def take(self, drop: Drop, original: str, name: str) -> None:
        """Take in one file of the inbox and, of an archive, what it holds."""
        limits = self.workspace.plan.limits
        data = None
        if self.taken < limits.max_files and drop.size <= limits.max_file_mb << 20:
            key = self._key(name)
            self.workspace.store.copy(drop.key, key, drop.etag)
            data = self.workspace.store.get(key)
        self._note(drop, original, name, drop.size, data)
        if data is None:
            return
        held = 0
        if kind_of(original) is FileKind.ARCHIVE:
            held = self._take_members(drop, original, name, data)
        self.taken += held or 1

    def _take_members(self, drop: Drop, original: str, archive: str, data: bytes) -> int:
        """Take in an archive's files as if each had been sent by itself; return how many were kept."""
        limits = self.workspace.plan.limits
        room = limits.max_files - self.taken
        members = self.unpack(extension_of(original), data, room, limits.max_file_mb << 20)
        names = unique_names([member.name for member in members], taken=[file.name for file in self.files])
        for member, name in zip(members, names, strict=True):
            if member.data is not None:
                self.workspace.store.put(self._key(name), member.data)
            self._note(drop, f"{original}/{member.name}", name, member.size, member.data, archive)
        return sum(member.data is not None for member in members)

    def _note(
        self, drop: Drop, original: str, name: str, size: int, data: bytes | None, archive: str | None = None
    ) -> None:
        file = ReceivedFile(
            inbox_key=drop.key,
            key=drop.key if data is None else self._key(name),
            name=name,
            original_name=original,
            etag=drop.etag,
            sha256="" if data is None else hashlib.sha256(data).hexdigest(),
            size=size,
            arrived_at=drop.arrived_at,
            archive=archive,
        )
        if data is not None:
            self.keep(file, data)
        self.files.append(file)

    def _key(self, name: str) -> str:
        return self.workspace.keys.report(self.unit, self.number, f"files/{name}")


def _carried_over(entry: UnitEntry, new: list[ReceivedFile]) -> list[ReceivedFile]:
    """Return the last submission's files of the kinds that were not sent again, under names that are free."""
    if not entry.sent:
        return []
    wanted = CARRIED - {kind_of(file.original_name) for file in new}
    carried = [file for file in entry.sent[-1].files if file.kept and kind_of(file.original_name) in wanted]
    names = unique_names([file.name for file in carried], taken=[file.name for file in new])
    return [file.model_copy(update={"name": name}) for file, name in zip(carried, names, strict=True)]


def not_kept(plan: Plan, receipt: Receipt) -> list[Fault]:
    """Tell of each file that is too large and, once, of those that are too many."""
    most, limit = plan.limits.max_files, plan.limits.max_file_mb
    left = [file for file in receipt.files if not file.kept]
    large = [file for file in left if file.size > limit << 20][:most]
    faults = [fault("TEP-04", file.name, size=-(-file.size >> 20), limit=limit) for file in large]
    if many := [file.name for file in left if file not in large]:
        names = "; ".join(many[:_NAMED]) + ("; …" if len(many) > _NAMED else "")
        faults.append(fault("TEP-16", count=len(receipt.files), limit=most, left=len(many), names=names))
    return faults


def name_in_folder(workspace: Workspace, unit: str, drop: Drop) -> str:
    """Return what a unit called a file."""
    return drop.key.removeprefix(workspace.keys.inbox_folder(unit))
