"""Files in inbox folders: which wait to be received, and which are left out of what a folder may hold."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from soket.clock import Clock
from soket.plan.model import Quantities
from soket.record.nominees import NOMINATING
from soket.record.records import Receipt
from soket.record.taking_back import Arrived, Withdrawal
from soket.store.keys import REPLIES_FOLDER, Keys
from soket.store.record import Record
from soket.store.store import StoredObject

# S3's ETag of nothing is the MD5 of nothing; no secret rests on it.
_OF_NOTHING = hashlib.md5(b"", usedforsecurity=False).hexdigest()


class Drop(Record):
    """A file in the inbox, as it lies there now."""

    key: str
    etag: str
    size: int
    arrived_at: datetime  # campaign time

    @property
    def arrival(self) -> Arrived:
        """What it arrived as."""
        return Arrived(inbox_key=self.key, etag=self.etag, arrived_at=self.arrived_at)


class LeftOut(Record):
    """Files of one folder that are not received, in short: there may be thousands."""

    files: int
    size: int
    first: str  # key of the first to arrive
    latest: datetime  # campaign time at which the last arrived


@dataclass
class FolderContents:
    """What lies in one folder, by arrival."""

    drops: list[Drop] = field(default_factory=list)
    hollow: list[Drop] = field(default_factory=list)  # the store listed them, and kept nothing of what was sent


def folders_of(
    keys: Keys, inbox: Iterable[StoredObject], clock: Clock, *, nominating: bool = False
) -> dict[str, FolderContents]:
    """Return what lies in the inbox, by whose folder it lies in ('' for none).

    Nominations are apart where there are any to be (`nominating`), else files like others.
    """
    folders: defaultdict[str, FolderContents] = defaultdict(FolderContents)
    for found in inbox:
        owner = keys.inbox_owner(found.key)
        folder = folders[owner if nominating else owner.removesuffix(NOMINATING)]
        drop = Drop(
            key=found.key, etag=found.etag, size=found.size, arrived_at=clock.campaign_time(found.last_modified)
        )
        if not found.key.endswith("/"):
            folder.drops.append(drop)
        elif found.size or found.etag != _OF_NOTHING:  # else a folder's marker, as many programs leave behind
            folder.hollow.append(drop)
    for folder in folders.values():
        folder.drops.sort(key=lambda drop: drop.arrived_at)
        folder.hollow.sort(key=lambda drop: drop.arrived_at)
    return dict(folders)


def apart(
    folders: Mapping[str, FolderContents], limits: Quantities
) -> tuple[dict[str, FolderContents], dict[str, tuple[Drop, ...]]]:
    """Return folders without those of replies to invitations, and what lies in these, by whose they are.

    Of one folder only so many files are looked at as it may hold.
    """
    end = f"/{REPLIES_FOLDER}"
    replies = {
        owner.removesuffix(end): tuple(folder.drops[: limits.max_folder_files])
        for owner, folder in folders.items()
        if owner.endswith(end)
    }
    return {owner: folder for owner, folder in folders.items() if not owner.endswith(end)}, replies


def within_quota(
    drops: Iterable[Drop], receipts: Iterable[Receipt], limits: Quantities, withdrawals: Iterable[Withdrawal]
) -> tuple[tuple[Drop, ...], LeftOut | None]:
    """Return the drops that are to be received, and in short those for which the folder has no room.

    A key's content counts as received while it is what was last taken from it; it fills the folder all the same. What
    was taken back counts so only as it came then: the same content, sent once more, is handed in anew.
    """
    withdrawn = {each.number for each in withdrawals}
    taken: dict[str, tuple[str, datetime | None]] = {}
    for receipt in receipts:
        for file in receipt.files:
            if receipt.number not in withdrawn:
                taken[file.inbox_key] = (file.etag, None)
            elif taken.get(file.inbox_key) != (file.etag, None):  # else kept from an earlier one
                taken[file.inbox_key] = (file.etag, file.arrived_at)
    new: list[Drop] = []
    files = size = 0
    for drop in drops:
        if taken.get(drop.key) in ((drop.etag, None), (drop.etag, drop.arrived_at)):
            files, size = files + 1, size + drop.size
        else:
            new.append(drop)
    waiting, surplus = [], []
    for drop in new:
        if files < limits.max_folder_files and size + drop.size <= limits.max_folder_mb << 20:
            files, size = files + 1, size + drop.size
            waiting.append(drop)
        else:
            surplus.append(drop)
    return tuple(waiting), in_short(surplus)


def in_short(drops: Sequence[Drop]) -> LeftOut | None:
    """Return what is told of drops, given by arrival; None of none."""
    if not drops:
        return None
    size = sum(drop.size for drop in drops)
    return LeftOut(files=len(drops), size=size, first=drops[0].key, latest=drops[-1].arrived_at)
