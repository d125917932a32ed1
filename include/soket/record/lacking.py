"""Which reports a stage lacks: of whom nothing that counts came, and of whom something lies with us to be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from soket.plan.model import Plan
from soket.record.tally import Progress, is_late, progress_of
from soket.record.units import UnitEntry
from soket.record.words import PROGRESS
from soket.text import upper_first

_WITH_US = (Progress.PENDING, Progress.REFERRED)


@dataclass(frozen=True)
class Lacking:
    """The units whose reports are not there, each in one place, in the order in which they were given."""

    missing: tuple[UnitEntry, ...]
    with_us: tuple[UnitEntry, ...]  # handed in, and not looked at to the end: nobody waits for the unit

    @classmethod
    def of(cls, entries: Iterable[UnitEntry]) -> Lacking:
        """Sort those out whose report does not count yet."""
        open_entries = [entry for entry in entries if not progress_of(entry).received]
        with_us = [entry for entry in open_entries if progress_of(entry) in _WITH_US]
        return cls(tuple(entry for entry in open_entries if entry not in with_us), tuple(with_us))

    def say_with_us(self, plan: Plan, now: datetime) -> str:
        """Return a sentence for each way in which reports lie with us, with the units; nothing where none does."""
        named: dict[str, list[str]] = {}
        for entry in self.with_us:
            named.setdefault(say_with_us(entry, now), []).append(plan.unit(entry.unit).name)
        return " ".join(f"{upper_first(how)}: {'; '.join(names)}." for how, names in named.items())


def say_with_us(entry: UnitEntry, now: datetime) -> str:
    """Return when a unit handed in what lies with us, and what it waits for."""
    return f"đã nộp {'muộn' if is_late(entry, now) else 'đúng hạn'}, {PROGRESS[progress_of(entry)].phrase}"
