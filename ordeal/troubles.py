"""What befalls one turn of intake in an ordeal without Airflow: drawn by a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from random import Random

from ordeal.between import Mischief

# A turn of a few units passes some three hundred boundaries of bucket and mail server; one with little to do, fewer.
_BOUNDARIES = 320


class Trouble(StrEnum):
    """What happens to a turn."""

    KILLED = "killed"  # at a boundary of the bucket
    KILLED_IN_MAIL = "killed in mail"  # while a mail is being handed over
    FROZEN = "frozen"  # at a boundary, while others do its work and its lease runs out
    FAILS = "fails"  # one call of the bucket, before it is done or after
    TWO = "two at once"
    BUCKET = "bucket"  # does mischief
    MAIL = "mail"  # the mail server does
    STORE_KILLED = "store killed"
    CLOCK = "clock jumps"
    SPOILT = "record spoilt"  # one that was written is cut short behind our back
    SNAPSHOT_GONE = "snapshot gone"
    CHECKS_KILLED = "checks killed"  # every process of Great Expectations, as soon as it is there
    FULL = "bucket full"  # the disk under it: what reads is served, what writes is not
    UPLOADS_CUT = "uploads cut"  # in the middle of what is to be written
    DELETED = "record deleted"  # one of what is kept, behind our back
    EDITED = "plan edited"
    REFUSED = "mail refused"  # to one address, for good
    BOUNCED = "mail bounced"  # that a server had taken


@dataclass(frozen=True)
class Befalls:
    """One trouble, and where in its turn it comes."""

    trouble: Trouble
    at: int  # boundary
    mischief: Mischief = Mischief.NONE
    seconds: float = 0.0  # how long mischief lasts
    jump: timedelta = timedelta(0)

    def __str__(self) -> str:
        more = {
            Trouble.BUCKET: self.mischief,
            Trouble.MAIL: self.mischief,
            Trouble.CLOCK: self.jump,
            Trouble.FULL: f"{self.seconds:.0f} s",
        }
        return f"{self.trouble} ({more.get(self.trouble, self.at)})"


# Drawn apart from those before, so that a seed's first troubles are what they were without these.
_LATER = (
    Trouble.FULL,
    Trouble.UPLOADS_CUT,
    Trouble.DELETED,
    Trouble.EDITED,
    Trouble.REFUSED,
    Trouble.BOUNCED,
)
# What may befall a turn that drafts: whatever is not about mail, or readers and checks of reports.
_WHILE_DRAFTING = (
    Trouble.KILLED,
    Trouble.FROZEN,
    Trouble.FAILS,
    Trouble.TWO,
    Trouble.BUCKET,
    Trouble.STORE_KILLED,
    Trouble.FULL,
    Trouble.UPLOADS_CUT,
    Trouble.DELETED,
    Trouble.EDITED,
)
_HARM_TO_BUCKET = (Mischief.REFUSES, Mischief.ANSWERS_500, Mischief.CUTS, Mischief.SLOW)
_HARM_TO_MAIL = (Mischief.REFUSES, Mischief.BUSY, Mischief.CUTS, Mischief.SLOW)
_WEIGHTS = {Trouble.KILLED: 5, Trouble.KILLED_IN_MAIL: 2, Trouble.FROZEN: 2, Trouble.FAILS: 3, Trouble.STORE_KILLED: 1}


_HARM = {Trouble.MAIL: _HARM_TO_MAIL, Trouble.FULL: (Mischief.FULL,), Trouble.UPLOADS_CUT: (Mischief.CUTS_UPLOADS,)}
_FULL_FOR_LONG = 60.0  # seconds: longer than a turn tries again


def by_lot(seed: int, turns: int, more: int = 0) -> list[Befalls]:
    """Draw what befalls each of so many turns, and of so many more among them, but for the first."""
    found = _drawn(Random(f"troubles {seed}"), [each for each in Trouble if each not in _LATER], turns)
    chance = Random(f"more troubles {seed}")
    for each in _drawn(chance, _LATER, more):
        found.insert(chance.randint(min(1, len(found)), len(found)), each)
    return found


def while_drafting(seed: int, turns: int) -> list[Befalls]:
    """Draw what befalls each of so many turns that draft."""
    return _drawn(Random(f"drafting troubles {seed}"), _WHILE_DRAFTING, turns)


def _drawn(chance: Random, kinds: Sequence[Trouble], turns: int) -> list[Befalls]:
    found = []
    for _ in range(turns):
        (trouble,) = chance.choices(kinds, [_WEIGHTS.get(kind, 1) for kind in kinds])
        found.append(
            Befalls(
                trouble,
                # Most happens early in a turn that has little to do.
                at=1 + int(_BOUNDARIES * chance.random() ** 2),
                mischief=chance.choice(_HARM.get(trouble, _HARM_TO_BUCKET)),
                seconds=chance.uniform(0.3, 2.0),
                jump=timedelta(hours=chance.choice((-30, -2, 2, 30))),
            )
        )
    return [replace(each, seconds=_FULL_FOR_LONG) if _is_long(each) else each for each in found]


def _is_long(befalls: Befalls) -> bool:
    """Whether a disk stays full for longer than the turn tries: half of them do."""
    return befalls.trouble is Trouble.FULL and befalls.at % 2 == 1
