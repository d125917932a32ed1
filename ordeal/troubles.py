"""What befalls one turn of intake in an ordeal without Airflow: drawn by a seed."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True)
class Befalls:
    """One trouble, and where in its turn it comes."""

    trouble: Trouble
    at: int  # boundary
    mischief: Mischief = Mischief.NONE
    seconds: float = 0.0  # how long mischief lasts
    jump: timedelta = timedelta(0)

    def __str__(self) -> str:
        more = {Trouble.BUCKET: self.mischief, Trouble.MAIL: self.mischief, Trouble.CLOCK: self.jump}
        return f"{self.trouble} ({more.get(self.trouble, self.at)})"


_HARM_TO_BUCKET = (Mischief.REFUSES, Mischief.ANSWERS_500, Mischief.CUTS, Mischief.SLOW)
_HARM_TO_MAIL = (Mischief.REFUSES, Mischief.BUSY, Mischief.CUTS, Mischief.SLOW)
_WEIGHTS = {Trouble.KILLED: 5, Trouble.KILLED_IN_MAIL: 2, Trouble.FROZEN: 2, Trouble.FAILS: 3, Trouble.STORE_KILLED: 1}


def by_lot(seed: int, turns: int) -> list[Befalls]:
    """Draw what befalls each of so many turns."""
    chance = Random(f"troubles {seed}")
    kinds = list(Trouble)
    found = []
    for _ in range(turns):
        (trouble,) = chance.choices(kinds, [_WEIGHTS.get(kind, 1) for kind in kinds])
        found.append(
            Befalls(
                trouble,
                # Most happens early in a turn that has little to do.
                at=1 + int(_BOUNDARIES * chance.random() ** 2),
                mischief=chance.choice(_HARM_TO_MAIL if trouble is Trouble.MAIL else _HARM_TO_BUCKET),
                seconds=chance.uniform(0.3, 2.0),
                jump=timedelta(hours=chance.choice((-30, -2, 2, 30))),
            )
        )
    return found
