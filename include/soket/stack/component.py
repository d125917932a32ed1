"""What the supervisor needs to know of a component: how to start it, and how to tell that it works."""

from __future__ import annotations

import signal
from collections.abc import Mapping, Sequence
from enum import IntEnum
from pathlib import Path

from soket.stack.state import State


class Wave(IntEnum):
    """When a component is stopped: those that use the servers go first."""

    USERS = 1
    SERVERS = 2


class HopelessError(Exception):
    """Starting again would not help: people must look first."""


class Component:
    """A server under supervision; subclasses say which."""

    name: str
    title: str  # for people, in Vietnamese
    needs: tuple[str, ...] = ()
    leans_on: tuple[str, ...] = ()  # what it also takes for it to show work, once it runs
    wave = Wave.USERS
    stop_signal = signal.SIGTERM
    stop_within = 5.0
    start_within = 180.0  # two busy cores import Airflow four times at once
    rest = 0.0  # seconds by which looks at it are further apart while it works
    patience = 30.0  # for how long it may live and do nothing
    endings: Mapping[int, str] = {}  # what its exit codes say

    def __init__(self, state: State) -> None:
        self.state = state

    @property
    def directory(self) -> Path:
        """Return the folder in which the component runs."""
        return self.state.root

    @property
    def port(self) -> int | None:
        """Return the port people know it by, if it has one."""
        return None

    @property
    def user(self) -> tuple[int, int] | None:
        """Return the user and group to run as, where that is not our own."""
        return None

    @property
    def data(self) -> Path | None:
        """Return the folder by which to find processes that hide their environment."""
        return None

    def prepare(self) -> None:
        """Make what must be there before each start."""

    def command(self) -> Sequence[str]:
        """Return the command line; no secrets in it, everybody can read it."""
        raise NotImplementedError

    def environment(self) -> Mapping[str, str]:
        """Return what the component's environment holds besides the usual."""
        return {}

    def ready(self, since: float) -> bool:
        """Tell whether the server that was started at `since` (Unix time) does its work; may raise instead."""
        raise NotImplementedError

    def trouble(self, since: float) -> str | None:
        """Return why the server, though it lives, does no work; None where it works or nobody can tell; may raise."""
        return None if self.ready(since) else "không trả lời như mong đợi"

    def tidy(self) -> None:
        """Remove what the component leaves outside the state folder when it has ended."""


class OneOff(Component):
    """Something that is done once and is then over: it counts as ready when it is done."""

    def done(self) -> bool:
        """Tell that there is nothing to do."""
        return False

    def run(self) -> None:
        """Do it; raise where that fails."""
        raise NotImplementedError
