"""What the supervisor had to see to lately, for those who tell the operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from soket.stack.state import State
from soket.stack.status import status

# What is started anew again and again within this time is one incident.
CALM = timedelta(hours=1)


@dataclass(frozen=True)
class Incident:
    """A component that had to be started anew."""

    component: str
    title: str
    at: datetime  # the last time
    reason: str
    times: int  # since the stack was started


def incidents(state: State, now: datetime) -> list[Incident]:
    """Return the components of a running stack that were started anew within the last hour."""
    told = status(state)
    if not told.running:
        return []
    return [
        Incident(each.name, each.title, at, each.restarted_for, each.restarts)
        for each in told.components
        if each.restarted_at is not None and now - (at := datetime.fromtimestamp(each.restarted_at, UTC)) < CALM
    ]
