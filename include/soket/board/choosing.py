"""Which units the board's table lists, and in which order; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urlencode

from soket.board.rows import sent_at
from soket.board.standing import Group
from soket.clock import VIETNAM
from soket.plan.model import Unit
from soket.record.register import UnitEntry
from soket.record.tally import Progress, is_overdue, progress_of
from soket.text import fold, vietnamese_order

AT_ONCE = 200
"""How many units a page lists: with thousands, it would be megabytes."""

Pair = tuple[Unit, UnitEntry]

_folded = lru_cache(maxsize=20_000)(fold)


class Order(StrEnum):
    """What the table is sorted by."""

    PLAN = "plan"
    NAME = "name"
    LATE = "late"
    SENT = "sent"
    REMINDED = "reminded"

    @property
    def label(self) -> str:
        """The words in the list of orders."""
        return _ORDERS[self]


_ORDERS = {
    Order.PLAN: "Như kế hoạch",
    Order.NAME: "Tên đơn vị, A đến Y",
    Order.LATE: "Thiếu, quá hạn lâu nhất trước",
    Order.SENT: "Mới nộp trước",
    Order.REMINDED: "Lâu chưa nhắc trước",
}


@dataclass(frozen=True)
class Filters:
    """Which units the table shows, in which order; an empty filter lets all through."""

    progress: Progress | Group | None = None
    block: str | None = None
    words: str = ""
    order: Order = Order.PLAN

    def __bool__(self) -> bool:
        return bool(self.progress or self.block or self.words)

    def lets_through(self, unit: Unit, entry: UnitEntry, now: datetime, asking: Collection[str]) -> bool:
        """Whether a unit is shown."""
        return (
            (self.progress.holds(entry, now, asking) if isinstance(self.progress, Group) else self._is_so_far(entry))
            and self.block in (None, unit.block)
            and (
                not self.words
                or any(_folded(self.words) in _folded(name) for name in (unit.name, unit.code, *unit.aliases))
            )
        )

    def _is_so_far(self, entry: UnitEntry) -> bool:
        return self.progress in (None, progress_of(entry))

    def query(self, **more: str) -> str:
        """Return the filters as an address carries them, with something more, or instead."""
        order = None if self.order is Order.PLAN else self.order
        chosen = {"progress": self.progress, "block": self.block, "words": self.words, "order": order, **more}
        return urlencode({name: value for name, value in chosen.items() if value})


@dataclass(frozen=True)
class Chosen:
    """The units that are asked for, in their order, of which a page lists some."""

    pairs: Sequence[Pair]
    asked: int  # for which page, from 1

    @property
    def page(self) -> int:
        """Which page this is; beyond the last, the last."""
        return min(self.asked, self.pages)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-len(self.pairs) // AT_ONCE))

    @property
    def on_page(self) -> Sequence[Pair]:
        """What this page lists."""
        first = (self.page - 1) * AT_ONCE
        return self.pairs[first : first + AT_ONCE]


def choose(
    pairs: Sequence[Pair],
    filters: Filters,
    now: datetime,
    reminded: Mapping[str, datetime],
    asking: Collection[str],
) -> list[Pair]:
    """Return the units that are asked for, as they are to be listed.

    `reminded` is when each was urged last; `asking` are those that the office owes an answer.
    """
    wanted = [(unit, entry) for unit, entry in pairs if filters.lets_through(unit, entry, now, asking)]
    match filters.order:
        case Order.NAME:
            return vietnamese_order(wanted, lambda pair: pair[0].name)
        case Order.LATE:
            return sorted(wanted, key=lambda pair: _lateness(pair[1], now))
        case Order.SENT:
            return sorted(wanted, key=lambda pair: sent_at(pair[1]) or _NEVER, reverse=True)
        case Order.REMINDED:
            return sorted(wanted, key=lambda pair: (not pair[1].to_chase, reminded.get(pair[0].code, _NEVER)))
    return wanted


_NEVER = datetime.min.replace(tzinfo=VIETNAM)


def _lateness(entry: UnitEntry, now: datetime) -> tuple[int, datetime]:
    """Return where a unit comes by what it owes: overdue first, then still to send, then those with nothing to send."""
    rank = 0 if is_overdue(entry, now) else 1 if entry.missed else 2 if entry.to_chase else 3
    return rank, entry.deadline
