"""When what befalls a whole stack, drawn by a seed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Blow(StrEnum):
    """What happens to a whole stack."""

    SCHEDULER = "kill scheduler"
    TRIGGERER = "kill triggerer"
    DAG_PROCESSOR = "kill dag-processor"
    API_SERVER = "kill api-server"
    SEAWEEDFS = "kill seaweedfs"
    POSTGRES = "kill postgres"
    MAIL = "kill mail"
    TASKS = "kill tasks"  # the workers that run something just now
    FREEZE = "freeze seaweedfs"  # for some seconds
    SUPERVISOR = "kill supervisor"
    POWER = "power off"  # everything at once; PostgreSQL leaves its pid file

    @property
    def component(self) -> str:
        """The component that it hits."""
        return self.partition(" ")[2]


@dataclass(frozen=True)
class Planned:
    """A blow, so many seconds after the one before."""

    after: float
    blow: Blow


_RARE = (Blow.SUPERVISOR, Blow.POWER)  # the stack takes a minute or more to come up again


def by_lot(seed: int, blows: int) -> list[Planned]:
    """Draw so many blows; of those that take the whole stack down, one in two seeds and no more than one."""
    chance = Random(f"blows {seed}")
    often = [blow for blow in Blow if blow not in _RARE]
    found = [Planned(chance.uniform(1, 9), chance.choice((Blow.TASKS, *often))) for _ in range(blows)]
    if seed % 2 == 0:
        found[-1] = Planned(found[-1].after, chance.choice(_RARE))
    return found
