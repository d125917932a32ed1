"""The supervisor's book: where each component stands, written down at each change, and waited on."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from subprocess import Popen

from soket.stack.component import Component, OneOff
from soket.stack.state import State
from soket.stack.status import ComponentStatus, Phase, StackStatus

Listener = Callable[[StackStatus], None]


class Ledger:
    """Keeps the status of a stack for its threads, its listener, and whoever reads the state folder."""

    def __init__(self, state: State, components: Sequence[Component], listener: Listener | None) -> None:
        self.status = StackStatus(
            Phase.STARTING,
            os.getpid(),
            [ComponentStatus(c.name, c.title, port=c.port, step=isinstance(c, OneOff)) for c in components],
            state.read("state.json").get("notes", []),
        )
        self.changed = threading.Condition()
        self._state = state
        self._listener = listener
        self._closing = False

    def wait(self, condition: Callable[[], object], timeout: float | None = None) -> None:
        """Wait until a condition on the status holds; it is asked at each change."""
        with self.changed:
            self.changed.wait_for(condition, timeout)

    def wake(self) -> None:
        """Make all who wait ask again."""
        with self.changed:
            self.changed.notify_all()

    def failed(self) -> list[ComponentStatus]:
        """Return the components that were given up."""
        return [component for component in self.status.components if component.phase == Phase.FAILED]

    def laggards(self) -> list[ComponentStatus]:
        """Return the components that do not work, those given up alone if there are such."""
        return self.failed() or [c for c in self.status.components if c.phase != Phase.READY]

    def note(
        self,
        component: Component,
        phase: Phase,
        *,
        popen: Popen[bytes] | None = None,
        seconds: float | None = None,
        message: str = "",
        restarted: bool = False,
    ) -> None:
        """Write down a component's new state."""
        with self.changed:
            entry = self.status.component(component.name)
            entry.phase = phase
            entry.message = message
            entry.pid = popen.pid if popen else None
            entry.started = (entry.started or time.time()) if popen else None
            if seconds is not None:
                entry.seconds_to_ready = seconds
            if restarted:
                entry.restarts += 1
                entry.restarted_at, entry.restarted_for = time.time(), message
            self.status.phase = self._overall()
            self.publish()
            self.changed.notify_all()

    def closing(self) -> None:
        """Write down that the stack is being stopped."""
        with self.changed:
            self._closing = True
            self.status.phase = Phase.STOPPING
            self.publish()
            self.changed.notify_all()

    def close(self, phase: Phase) -> None:
        """Write down the end: everything is stopped, except what had failed before."""
        with self.changed:
            for component in self.status.components:
                component.pid = component.started = None
                if component.phase != Phase.FAILED:
                    component.phase = Phase.STOPPED
            self.status.pid = None
            self.status.phase = phase
            self.publish()

    def publish(self) -> None:
        """Write the status to the state folder, and tell the listener."""
        self.status.save(self._state)
        if self._listener:
            self._listener(self.status)

    def _overall(self) -> Phase:
        if self._closing:
            return Phase.STOPPING
        if self.failed():
            return Phase.FAILED
        if self.status.healthy:
            return Phase.READY
        # Once everything has worked, a component that starts anew makes the stack recover, not start.
        was_up = self.status.phase in (Phase.READY, Phase.RESTARTING)
        return Phase.RESTARTING if was_up else Phase.STARTING
