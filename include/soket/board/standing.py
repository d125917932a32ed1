"""How far units are, one by one and together; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from soket.board.words import Progress
from soket.campaign.records import Submission
from soket.campaign.register import Register, Standing, UnitEntry
from soket.plan.model import Plan


@dataclass(frozen=True)
class Share:
    """One stretch of a bar: so many units, after `start` others."""

    progress: Progress
    count: int
    start: int


@dataclass(frozen=True)
class Bar:
    """How a group of units is spread over the kinds of progress."""

    total: int
    shares: tuple[Share, ...]  # those that are not empty

    @property
    def words(self) -> str:
        """The bar for those who do not see it."""
        return ", ".join(f"{share.progress.label.lower()} {share.count}" for share in self.shares)


@dataclass(frozen=True)
class Headline:
    """A campaign in four numbers; they count only the units that owe a report."""

    owing: int
    settled: int
    on_time: int
    to_chase: int
    waiting: int  # for a person to look at what they sent
    overdue: int  # of those to chase


def headline_of(plan: Plan, register: Register) -> Headline:
    """Return a campaign in four numbers."""
    owing = register.reporting(plan)
    return Headline(
        owing=len(owing),
        settled=sum(entry.standing.settled for entry in owing),
        on_time=sum(progress_of(entry) in (Progress.ON_TIME, Progress.NIL) for entry in owing),
        to_chase=sum(entry.standing.to_chase for entry in owing),
        waiting=sum(entry.standing.waits_for_person for entry in owing),
        overdue=sum(is_overdue(entry) for entry in owing),
    )


_PROGRESS = {
    Standing.EXEMPT: Progress.EXEMPT,
    Standing.NIL_RETURN: Progress.NIL,
    Standing.ANNOUNCED: Progress.ANNOUNCED,
    Standing.PENDING: Progress.PENDING,
    Standing.REFERRED: Progress.REFERRED,
    Standing.LOCKED: Progress.LOCKED,
    Standing.RETURNED: Progress.RETURNED,
    Standing.NOT_SENT: Progress.SILENT,
}


def progress_of(entry: UnitEntry) -> Progress:
    """Return how far a unit is."""
    if progress := _PROGRESS.get(entry.standing):
        return progress
    if any(each.number == entry.accepted and each.kind is Submission.NIL_RETURN for each in entry.verdicts):
        return Progress.NIL
    return Progress.LATE if entry.late else Progress.ON_TIME


def is_overdue(entry: UnitEntry) -> bool:
    """Whether a unit's date passed while it still owed something."""
    return entry.late and entry.standing.to_chase and entry.accepted is None


def bar_of(entries: Iterable[UnitEntry]) -> Bar:
    """Return the bar of a group of units."""
    counts = Counter(progress_of(entry) for entry in entries)
    shares, start = [], 0
    for progress in Progress:
        if count := counts[progress]:
            shares.append(Share(progress, count, start))
            start += count
    return Bar(start, tuple(shares))
