"""What the units of an ordeal send: drawn by a seed, each with what must become of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random

from demo.samples.sending import files_of
from demo.scenario import Content, Drop
from soket.plan.model import Duty, Plan

_RIGHT = (Content.GOOD, Content.GOOD, Content.GOOD, Content.TABLE_AS_CSV)
_WRONG = (Content.TOTAL_DIFFERS, Content.AMBIGUOUS_NUMBER, Content.WITHOUT_TABLE, Content.TRUNCATED)
_SHARE_WRONG = 0.5


@dataclass(frozen=True)
class Sending:
    """The files that one unit sends together, and whether they must come back to it."""

    unit: str
    number: int  # the unit's n-th
    returned: bool
    files: Mapping[str, bytes] = field(repr=False)

    @property
    def digests(self) -> frozenset[str]:
        """Each file's SHA-256."""
        return frozenset(sha256(data).hexdigest() for data in self.files.values())


def by_lot(plan: Plan, seed: int, units: int) -> list[Sending]:
    """Draw which units send, so many at most, and what: something right or, before it, something wrong."""
    chance = Random(f"sendings {seed}")
    found = []
    reporting = [each for each in plan.units if each.owes is Duty.REPORT]
    for unit in chance.sample(reporting, min(units, len(reporting))):
        wrong = [chance.choice(_WRONG)] if chance.random() < _SHARE_WRONG else []
        for number, content in enumerate([*wrong, chance.choice(_RIGHT)], start=1):
            drop = Drop(owner=unit.code, number=number, at=plan.campaigns[0].start, content=content)
            found.append(Sending(unit.code, number, content in _WRONG, files_of(plan, drop, seed)))
    return found
