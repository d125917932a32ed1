"""The hash tree of a day's submissions: made once a day is over, so that its root can be printed and never change.

A submission stands in the tree of the day it arrived on or, where it was not on record yet when that was made, in the
next one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from soket.clock import VIETNAM
from soket.plan.ladders import MORNING
from soket.record.hash_tree import leaf_hash, path_to, root_of
from soket.record.records import Receipt
from soket.store.record import Record


class DayTree(Record):
    """The tree of one day's submissions, as it was printed."""

    day: date
    sealed_at: datetime  # campaign time
    root: str
    leaves: dict[str, str]  # the hash of each submission's leaf, by `<unit>/<number>`, in order

    def place_of(self, unit: str, number: int) -> int | None:
        """Return where a submission stands, from 0; None where it is not in this tree."""
        name = _name(unit, number)
        return list(self.leaves).index(name) if name in self.leaves else None

    def path(self, index: int) -> list[str]:
        """Return the hashes that lead from a leaf to the root."""
        return [each.hex() for each in path_to([bytes.fromhex(leaf) for leaf in self.leaves.values()], index)]


def leaf_text(plan: str, campaign: str, receipt: Receipt) -> str:
    """Return what a submission's leaf holds: whose it is, which, when it came, and what each file is.

    Anybody can hash it again: JSON with its names in order and without blanks.
    """
    told = {
        "plan": plan,
        "campaign": campaign,
        "unit": receipt.unit,
        "number": receipt.number,
        "received_at": receipt.received_at.astimezone(VIETNAM).isoformat(),
        "files": [{"name": file.original_name, "size": file.size, "sha256": file.sha256} for file in receipt.files],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sealable(now: datetime) -> date:
    """Return the first day whose tree is not to be made yet: a day's is made the morning after."""
    return now.date() if now.time() >= MORNING else now.date() - timedelta(days=1)


def trees_to_seal(
    plan: str, campaign: str, receipts: Iterable[Receipt], trees: Sequence[DayTree], now: datetime
) -> Iterator[DayTree]:
    """Yield the trees that are to be made now, by day: of all that no tree has yet, and is of a day that is over."""
    first_open = sealable(now)
    known = {name for tree in trees for name in tree.leaves}
    next_day = max((tree.day + timedelta(days=1) for tree in trees), default=date.min)
    by_day: defaultdict[date, list[Receipt]] = defaultdict(list)
    for receipt in receipts:
        day = max(receipt.received_at.astimezone(VIETNAM).date(), next_day)
        if _name(receipt.unit, receipt.number) not in known and day < first_open:
            by_day[day].append(receipt)
    for day, sent in sorted(by_day.items()):
        ordered = sorted(sent, key=lambda each: (each.received_at, each.unit, each.number))
        leaves = {
            _name(each.unit, each.number): leaf_hash(leaf_text(plan, campaign, each).encode()) for each in ordered
        }
        yield DayTree(
            day=day,
            sealed_at=now,
            root=root_of(list(leaves.values())).hex(),
            leaves={name: leaf.hex() for name, leaf in leaves.items()},
        )


def _name(unit: str, number: int) -> str:
    return f"{unit}/{number}"
