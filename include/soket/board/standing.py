"""How far units are, one by one and together, as bars and as lists to choose; pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from soket.record.register import UnitEntry
from soket.record.tally import Progress, is_overdue, progress_of
from soket.record.words import PROGRESS


class Group(StrEnum):
    """Several kinds of progress that are asked for together; each tile of the board leads to one."""

    RECEIVED = "received"
    MISSING = "missing"
    TO_CHASE = "to_chase"
    OVERDUE = "overdue"
    LACKING = "lacking"
    WAITING = "waiting"
    UNCONFIRMED = "unconfirmed"
    ASKING = "asking"

    @property
    def label(self) -> str:
        """The words in the filter."""
        return _GROUPS[self]

    def has_sense(self, *, over: bool) -> bool:
        """Whether it is asked for: nothing is owed any more once the campaign closed, nothing lacking before."""
        return self not in ((Group.TO_CHASE, Group.OVERDUE) if over else (Group.LACKING,))

    def holds(self, entry: UnitEntry, now: datetime, asking: Collection[str] = ()) -> bool:
        """Whether a unit is in it; `asking` are those that the office owes an answer."""
        progress = progress_of(entry)
        match self:
            case Group.RECEIVED:
                return progress.received
            case Group.MISSING:
                return not progress.received
            case Group.TO_CHASE:
                return entry.to_chase
            case Group.OVERDUE:
                return is_overdue(entry, now)
            case Group.LACKING:
                return entry.missed
            case Group.WAITING:
                return progress in (Progress.REFERRED, Progress.LOCKED)
            case Group.UNCONFIRMED:
                return bool(entry.unconfirmed)
            case Group.ASKING:
                return entry.unit in asking


_GROUPS = {
    Group.RECEIVED: "Đã tiếp nhận",
    Group.MISSING: "Chưa tiếp nhận",
    Group.TO_CHASE: "Còn phải gửi",
    Group.OVERDUE: "Quá hạn",
    Group.LACKING: "Thiếu",
    Group.WAITING: "Chờ cán bộ kết luận",
    Group.UNCONFIRMED: "Có số bất thường chưa ai xác nhận",
    Group.ASKING: "Chờ cơ quan trả lời",
}


@dataclass(frozen=True)
class Share:
    """One stretch of a bar: so many units, after `start` others."""

    progress: Progress
    count: int
    start: int

    @property
    def label(self) -> str:
        """The word for it."""
        return PROGRESS[self.progress].label


@dataclass(frozen=True)
class Bar:
    """How a group of units is spread over the kinds of progress."""

    total: int
    shares: tuple[Share, ...]  # those that are not empty

    @property
    def words(self) -> str:
        """The bar for those who do not see it."""
        return ", ".join(f"{share.label.lower()} {share.count}" for share in self.shares)


def bar_of(entries: Iterable[UnitEntry]) -> Bar:
    """Return the bar of a group of units."""
    counts = Counter(progress_of(entry) for entry in entries)
    shares, start = [], 0
    for progress in Progress:
        if count := counts[progress]:
            shares.append(Share(progress, count, start))
            start += count
    return Bar(start, tuple(shares))
