"""What units take back: a submission that is not judged yet, by a word of the unit's, which intake then rules on.

The unit's word names what it takes back file by file, each by its arrival: whatever comes later is not meant. Whether
it came in time is ruled once, where the submission's verdict would stand: there is the one or the other.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from soket.record.records import Receipt, ReceivedFile
from soket.store.record import Record


class Arrived(Record):
    """One arrival of a file in the inbox."""

    inbox_key: str
    etag: str
    arrived_at: datetime  # campaign time


class TakeBack(Record):
    """That a unit asks for files back that it handed in."""

    id: str
    unit: str
    at: datetime  # campaign time
    person: str  # who asks
    files: tuple[Arrived, ...]


class Withdrawal(Record):
    """That a unit's n-th submission was taken back: it stands where a verdict would, and there is none."""

    unit: str
    number: int
    at: datetime  # campaign time
    take_back: str  # id of the word of the unit's
    asked_at: datetime  # campaign time
    person: str


def arrival(file: ReceivedFile) -> Arrived:
    """Return as what a file of a submission arrived."""
    return Arrived(inbox_key=file.inbox_key, etag=file.etag, arrived_at=file.arrived_at)


def words_of_units(words: Iterable[TakeBack]) -> defaultdict[str, list[TakeBack]]:
    """Return what each unit asks back, by time."""
    found: defaultdict[str, list[TakeBack]] = defaultdict(list)
    for word in sorted(words, key=lambda each: (each.at, each.id)):
        found[word.unit].append(word)
    return found


def take_back_of(unit: str, files: Iterable[Arrived], *, at: datetime, person: str) -> TakeBack:
    """Return a unit's word that it takes files back; of the same arrivals it is one."""
    named = tuple(sorted(set(files), key=lambda each: (each.inbox_key, each.arrived_at, each.etag)))
    told = [unit, *(part for each in named for part in (each.inbox_key, each.etag, each.arrived_at.isoformat()))]
    digest = hashlib.sha256(chr(0).join(told).encode()).hexdigest()[:16]
    return TakeBack(id=f"{unit}-{digest}", unit=unit, at=at, person=person, files=named)


def own_arrivals(receipt: Receipt, receipts: Iterable[Receipt]) -> frozenset[Arrived]:
    """Return what came with a submission, and not with an earlier one that it goes on with."""
    before = {arrival(file) for each in receipts if each.number < receipt.number for file in each.files}
    return frozenset(arrival(file) for file in receipt.files) - before


def that_takes_back(words: Iterable[TakeBack], files: Iterable[Arrived]) -> TakeBack | None:
    """Return the word by which the last of some files is asked back; None where one of them is not."""
    by_file: dict[Arrived, TakeBack] = {}
    for word in words:
        for each in word.files:
            by_file.setdefault(each, word)
    found = [by_file.get(each) for each in files]
    named = [word for word in found if word is not None]
    return max(named, key=lambda word: (word.at, word.id), default=None) if len(named) == len(found) else None
