"""Taking in: a unit's new files are copied where only we can change them, archives opened, a receipt written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from soket.faults import Fault, fault
from soket.intake.names import unique_names
from soket.intake.photo_pages import BOUND, binds, order_of, page_of
from soket.plan.model import Plan
from soket.reading.findings import Member
from soket.reading.kinds import CARRIED, FileKind, extension_of, kind_of
from soket.reading.photos import Photo
from soket.record.records import Receipt, ReceivedFile
from soket.record.register import Drop, UnitEntry
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

_NAMED = 5  # files by name, of those that are too many

_SMALL = 256 << 10  # bytes: such files wait in memory to be read together


class Keep(Protocol):
    """What reads files, or leaves them to be read later."""

    def __call__(self, *files: tuple[ReceivedFile, bytes]) -> None:
        """Take files of one submission."""


class Opener(Protocol):
    """What opens files whose content becomes files of the submission, too."""

    def unpack(self, extension: str, data: bytes, files: int, size: int) -> list[Member]:
        """Return an archive's files, given how many there may be, and how large each; none where it is refused."""

    def photographed(self, extension: str, data: bytes) -> Photo | None:
        """Return a photograph made ready to be a page; None where it cannot be one."""

    def bound(self, photos: Sequence[Photo]) -> bytes | None:
        """Return photographs as one paper; None where that cannot be made."""


def take_in(workspace: Workspace, entry: UnitEntry, *, keep: Keep, opener: Opener) -> Receipt | None:
    """Copy a unit's new files, put photographs of paper together as one, and write its next receipt.

    None where a file changed since it was listed (the next look sees the drop as it is then), or another run did it.
    """
    number = entry.last_number + 1
    desk = _IntakeDesk(workspace, entry.unit, number, keep, opener)
    originals = [name_in_folder(workspace, entry.unit, drop) for drop in entry.pending]
    try:
        for drop, original, name in zip(entry.pending, originals, unique_names(originals), strict=True):
            desk.take(drop, original, name)
    except MissingObjectError:
        return None
    desk.bind()
    keep(*desk.small)
    receipt = Receipt(
        unit=entry.unit,
        number=number,
        received_at=max(file.arrived_at for file in desk.files),
        deadline=entry.deadline,
        files=(*desk.files, *carried_over(entry.sent[-1] if entry.sent else None, desk.files)),
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
    opener: Opener
    files: list[ReceivedFile] = field(default_factory=list)
    small: list[tuple[ReceivedFile, bytes]] = field(default_factory=list)  # still to be kept, together
    photos: dict[str, tuple[ReceivedFile, Photo]] = field(default_factory=dict)  # by their hashes
    taken: Counter[bool] = field(default_factory=Counter)  # whether photographs of paper: the plan allows of each

    def take(self, drop: Drop, original: str, name: str) -> None:
        """Take in one file of the inbox and, of an archive, what it holds."""
        data = None
        if self._room(original) > 0 and drop.size <= self.workspace.plan.limits.max_file_mb << 20:
            key = self._key(name)
            self.workspace.store.copy(drop.key, key, drop.etag)
            data = self.workspace.store.get(key)
        self._note(drop, original, name, drop.size, data)
        held = 0
        if data is not None and kind_of(original) is FileKind.ARCHIVE:
            held = self._take_members(drop, original, name, data)
        if data is not None and not held:
            self.taken[self._is_page(original)] += 1

    def _take_members(self, drop: Drop, original: str, archive: str, data: bytes) -> int:
        """Take in an archive's files as if each had been sent by itself; return how many were kept."""
        limits, held = self.workspace.plan.limits, 0
        room = limits.max_files + limits.max_photos - self.taken.total()
        members = self.opener.unpack(extension_of(original), data, room, limits.max_file_mb << 20)
        names = unique_names([member.name for member in members], taken=[file.name for file in self.files])
        for member, name in zip(members, names, strict=True):
            content = member.data if self._room(member.name) > 0 else None
            if content is not None:
                self.workspace.store.put(self._key(name), content)
                self.taken[self._is_page(member.name)] += 1
                held += 1
            self._note(drop, f"{original}/{member.name}", name, member.size, content, archive)
        return held

    def bind(self) -> None:
        """Put the photographs of paper together, in the order of their names."""
        photos = sorted(self.photos.values(), key=lambda taken: order_of(taken[0].original_name))
        data = self.opener.bound([photo for _, photo in photos]) if photos else None
        if data is None:
            return
        (name,) = unique_names([BOUND], taken=[file.name for file in self.files])
        self.workspace.store.put(self._key(name), data, "application/pdf")
        last = max((file for file, _ in photos), key=lambda file: file.arrived_at)
        own = {"key": self._key(name), "name": name, "original_name": name, "archive": None}
        told = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
        pages = tuple(page_of(file, photo) for file, photo in photos)
        paper = last.model_copy(update=own | told | {"pages": pages})
        self.keep((paper, data))
        self.files.append(paper)

    def _is_page(self, original: str) -> bool:
        return binds(self.workspace.plan, original)

    def _room(self, original: str) -> int:
        """Return how many more files like one are taken."""
        limits, is_page = self.workspace.plan.limits, self._is_page(original)
        return (limits.max_photos if is_page else limits.max_files) - self.taken[is_page]

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
            if len(data) <= _SMALL:
                self.small.append((file, data))
            else:
                self.keep((file, data))
            if self._is_page(original) and file.sha256 not in self.photos:
                photo = self.opener.photographed(extension_of(original), data)
                self.photos |= {file.sha256: (file, photo)} if photo else {}
        self.files.append(file)

    def _key(self, name: str) -> str:
        return self.workspace.keys.report(self.unit, self.number, f"files/{name}")


def carried_over(last: Receipt | None, new: Sequence[ReceivedFile]) -> list[ReceivedFile]:
    """Return the last submission's files of the kinds that were not sent again, under names that are free."""
    if last is None:
        return []
    wanted = CARRIED - {kind_of(file.original_name) for file in new}
    carried = [file for file in last.files if file.kept and kind_of(file.original_name) in wanted]
    names = unique_names([file.name for file in carried], taken=[file.name for file in new])
    return [file.model_copy(update={"name": name}) for file, name in zip(carried, names, strict=True)]


def not_kept(plan: Plan, receipt: Receipt) -> list[Fault]:
    """Tell of each file that is too large and, once, of those that are too many, photographs of paper apart."""
    most, limit = plan.limits.max_files, plan.limits.max_file_mb
    left = [file for file in receipt.files if not file.kept]
    large = [file for file in left if file.size > limit << 20][:most]
    faults = [fault("TEP-04", file.name, size=-(-file.size >> 20), limit=limit) for file in large]
    for code, photos, allowed in (("TEP-16", False, most), ("TEP-65", True, plan.limits.max_photos)):
        sent = [file for file in receipt.files if not file.pages and binds(plan, file.original_name) is photos]
        if many := [file.name for file in sent if file in left and file not in large]:
            names = "; ".join(many[:_NAMED]) + ("; …" if len(many) > _NAMED else "")
            faults.append(fault(code, count=len(sent), limit=allowed, left=len(many), names=names))
    return faults


def name_in_folder(workspace: Workspace, unit: str, drop: Drop) -> str:
    """Return what a unit called a file."""
    return drop.key.removeprefix(workspace.keys.inbox_folder(unit))
