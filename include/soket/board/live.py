"""A campaign in short, for pages that ask whether anything is new: its stamp, how much there is, as of when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from soket.board.summary import RegisterReading
from soket.notices.ledger import NoticeState
from soket.text import format_moment


@dataclass(frozen=True)
class Now:
    """What changes whenever a page would tell anything else."""

    stamp: str
    count: int  # of what is on record, so that a page can say how much more there is
    moment: str  # as of which it is so, in words

    def __str__(self) -> str:
        """Return it as a page reads it, in less than a hundred bytes."""
        return f"{self.stamp}\n{self.count}\n{self.moment}"


def now_of(reading: RegisterReading, notices: Iterable[NoticeState]) -> Now:
    """Return a campaign in short, given its record as it was read and its mails."""
    seen, count = hashlib.sha256(reading.stamp.encode()), len(reading.found.etags)
    for each in sorted(notices, key=lambda each: each.id):
        seen.update(f"{each.id} {each.ending} {sorted(each.said)}\n".encode())
        count += 1
    register = reading.register
    drops = (entry.pending for entry in register.units.values())
    count += sum(map(len, (*drops, *register.office_drops.values(), register.oddities)))
    return Now(seen.hexdigest()[:16], count, format_moment(register.as_of))
