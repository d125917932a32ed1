"""What the board tells of a campaign's notices: how many of each kind, and each one's story."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from soket.notices.ledger import Ending, Fate, NoticeState
from soket.notices.notice import Kind
from soket.notices.reports.outcome import Outcome
from soket.notices.words import NOTICES

# Each line of the ledger costs a read or two of the bucket.
SHOWN_AT_ONCE = 200

ID = re.compile(r"[a-z0-9_-]{1,80}(?:\.[a-z0-9_-]{1,80}){2,3}")
"""What a notice's id looks like."""

_WANTS_AN_EYE = ("waiting", Ending.PARTLY, Ending.FAILED, Outcome.DELAYED, Outcome.BOUNCED)


@dataclass(frozen=True)
class KindLine:
    """How the notices of one kind fared."""

    kind: Kind
    name: str
    total: int
    counts: dict[Fate, int]


@dataclass(frozen=True)
class NoticeFilters:
    """Which notices are listed; without any, those that want an eye: waiting, failed, come back."""

    kind: Kind | None = None
    state: Fate | None = None

    def lets_through(self, notice: NoticeState) -> bool:
        """Whether a notice is listed."""
        state = notice.fate
        if self.kind is None and self.state is None:
            return state in _WANTS_AN_EYE
        return self.kind in (None, notice.kind) and self.state in (None, state)


def kind_lines(notices: Iterable[NoticeState]) -> list[KindLine]:
    """Return the ledger by kind, in the order of a campaign."""
    counts: defaultdict[Kind, Counter[Fate]] = defaultdict(Counter)
    for notice in notices:
        counts[notice.kind][notice.fate] += 1
    return [
        KindLine(kind, NOTICES[kind].label, counts[kind].total(), dict(counts[kind])) for kind in Kind if kind in counts
    ]


def latest(notices: Iterable[NoticeState], filters: NoticeFilters) -> tuple[list[NoticeState], int]:
    """Return the notices to list, the latest first, and how many more there are."""
    wanted = [notice for notice in notices if filters.lets_through(notice)]
    wanted.sort(key=lambda notice: (notice.posted or 0, notice.id), reverse=True)
    return wanted[:SHOWN_AT_ONCE], max(0, len(wanted) - SHOWN_AT_ONCE)


def about(notices: Iterable[NoticeState], addressee: str) -> list[NoticeState]:
    """Return the notices about one unit or office."""
    return [notice for notice in notices if notice.id.split(".")[1:2] == [addressee]]
