"""What the stack does now, as its supervisor wrote it down."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import psutil

from soket.stack.state import State

_FILE = "status.json"


class Phase(StrEnum):
    """Where a component stands, or the whole stack."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    FAILED = "failed"
    STOPPING = "stopping"
    STOPPED = "stopped"


@dataclass
class ComponentStatus:
    """One component."""

    name: str
    title: str
    phase: Phase = Phase.WAITING
    pid: int | None = None
    port: int | None = None
    started: float | None = None
    seconds_to_ready: float | None = None
    restarts: int = 0
    restarted_at: float | None = None  # the last time
    restarted_for: str = ""
    message: str = ""
    step: bool = False

    @property
    def uptime(self) -> float | None:
        """Return for how many seconds the process has run."""
        return None if self.started is None or self.pid is None else time.time() - self.started


@dataclass
class StackStatus:
    """All of them."""

    phase: Phase = Phase.STOPPED
    pid: int | None = None
    components: list[ComponentStatus] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def running(self) -> bool:
        """Tell whether a supervisor is at work."""
        return self.pid is not None

    @property
    def healthy(self) -> bool:
        """Tell whether every component works."""
        return self.running and bool(self.components) and all(c.phase == Phase.READY for c in self.components)

    def component(self, name: str) -> ComponentStatus:
        """Return one component's status; raise KeyError for an unknown one."""
        for component in self.components:
            if component.name == name:
                return component
        raise KeyError(name)

    def save(self, state: State) -> None:
        """Write the status down for others to read."""
        state.write(_FILE, asdict(self))


def status(state: State) -> StackStatus:
    """Return the state of a stack: what its supervisor last wrote, or that nobody supervises it."""
    written = _read(state.read(_FILE))
    if not state.is_locked():
        written.pid = None
        written.phase = Phase.FAILED if written.phase == Phase.FAILED else Phase.STOPPED
        for component in written.components:
            component.pid = component.started = None
            if component.phase != Phase.FAILED:
                component.phase = Phase.STOPPED
    return written


def supervisor(state: State) -> psutil.Process | None:
    """Return the process that supervises a stack, or None."""
    told = state.read("supervisor.pid")
    try:
        process = psutil.Process(told["pid"])
        # The number alone may have passed to a stranger.
        return process if abs(process.create_time() - told["created"]) < 1 else None
    except (KeyError, psutil.Error):
        return None


def _read(content: dict[str, Any]) -> StackStatus:
    if not content:
        return StackStatus()
    components = [ComponentStatus(**{**c, "phase": Phase(c["phase"])}) for c in content["components"]]
    return StackStatus(Phase(content["phase"]), content["pid"], components, content["notes"])


# What is started anew again and again within this time is one incident.
CALM = timedelta(hours=1)


@dataclass(frozen=True)
class Incident:
    """A component that had to be started anew."""

    component: str
    title: str
    at: datetime  # the last time
    reason: str


def incidents(state: State, now: datetime) -> list[Incident]:
    """Return the components of a running stack that were started anew within the last hour."""
    told = status(state)
    if not told.running:
        return []
    return [
        Incident(each.name, each.title, at, each.restarted_for)
        for each in told.components
        if each.restarted_at is not None and now - (at := datetime.fromtimestamp(each.restarted_at, UTC)) < CALM
    ]
