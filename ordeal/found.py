"""What the oracle looks at: keys and JSON of the bucket, papers, and the mailbox."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ordeal.done import Done
from ordeal.sendings import Sending

Told = dict[str, Any]
Window = tuple[datetime, datetime]

COUNTS = ("accepted", "accepted_with_warnings")  # rulings by which a submission counts


@dataclass(frozen=True)
class Kept:
    """One object, as a listing tells it; `at` is real time."""

    etag: str
    size: int
    at: datetime


@dataclass(frozen=True)
class Evidence:
    """All that the oracle looks at."""

    place: str  # "<plan>/<campaign>", as it stands in every key
    sendings: Sequence[Sending]
    listing: Mapping[str, Kept]
    records: Mapping[str, bytes]  # what lies under each key that ends in .json
    versions: Mapping[str, int]  # how many versions each key has
    mailbox: Counter[str]  # how often each Message-ID came
    message_ids: Mapping[str, str]  # the Message-ID of each notice
    shown: Told = field(default_factory=dict)  # the register, as it is read
    rebuilt: Told = field(default_factory=dict)  # and as it is read without what was kept of earlier readings
    stale: Sequence[str] = ()  # papers that do not know what counts
    crashes: Sequence[Window] = ()  # when something was down, in real time
    may_wait: Collection[str] = ()  # notices that wait for a better hour
    papers: Mapping[str, bytes] = field(default_factory=dict)  # what stages made, but for JSON
    done: Done = field(default_factory=Done)  # what others did meanwhile

    def under(self, root: str) -> Iterator[tuple[str, Told]]:
        """Yield the records under a root that can be read, each with the rest of its key."""
        start = f"{root}/{self.place}/"
        for key, data in self.records.items():
            if key.startswith(start) and (told := read(data)) is not None:
                yield key.removeprefix(start), told

    @property
    def receipts(self) -> dict[tuple[str, int], Told]:
        """Each receipt by unit and number."""
        return {(told["unit"], told["number"]): told for rest, told in self.under("receipts") if _is_numbered(rest)}

    @property
    def verdicts(self) -> dict[tuple[str, int], Told]:
        """Each verdict by unit and number."""
        return {
            (told["unit"], told["number"]): told
            for rest, told in self.under("reports")
            if rest.count("/") == 2 and rest.endswith("/verdict.json")
        }


def read(data: bytes) -> Told | None:
    """Return a record as it lies in the bucket; None where it is none."""
    try:
        told = json.loads(data)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def _is_numbered(rest: str) -> bool:
    return rest.rpartition("/")[2].removesuffix(".json").isdecimal()
