"""The supervisor: starts components in their order, watches them, starts them again, ends them without leftovers.

One thread tends one component. It sleeps in `wait()` while the component lives, so an idle stack costs nothing here.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from subprocess import Popen

import psutil

from soket.stack import process
from soket.stack.component import Component, Step, Wave
from soket.stack.state import State
from soket.stack.status import ComponentStatus, Phase, StackStatus

BACKOFF_START = 0.5
BACKOFF_LIMIT = 30.0
STABLE_AFTER = 30.0
ATTEMPTS_TO_START = 3

_POLL = 0.15

Listener = Callable[[StackStatus], None]


class StartError(Exception):
    """The stack did not come up; `component` is the one to look at."""

    def __init__(self, component: str, reason: str) -> None:
        super().__init__(f"{component}: {reason}")
        self.component = component
        self.reason = reason


class Supervisor:
    """Keeps components running from `start` to `stop`. The caller holds the state's lock."""

    def __init__(self, state: State, components: Sequence[Component], listener: Listener | None = None) -> None:
        self.state = state
        self.components = {component.name: component for component in components}
        self.status = StackStatus(
            Phase.STARTING,
            os.getpid(),
            [ComponentStatus(c.name, c.title, port=c.port, step=isinstance(c, Step)) for c in components],
            state.read("state.json").get("notes", []),
        )
        self._listener = listener
        self._processes: dict[str, Popen[bytes]] = {}
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._interrupted = threading.Event()
        self._threads = [
            threading.Thread(target=self._tend, args=(component,), name=f"tend-{component.name}", daemon=True)
            for component in components
        ]

    def start(self) -> None:
        """Start everything; return at once."""
        self._publish()
        for thread in self._threads:
            thread.start()

    def interrupt(self) -> None:
        """Make the waiting below end; safe in a signal handler."""
        self._interrupted.set()
        with self._changed:
            self._changed.notify_all()

    def wait_interrupted(self) -> None:
        """Wait until somebody calls `interrupt`."""
        self._interrupted.wait()

    def wait_ready(self, timeout: float) -> bool:
        """Wait until every component works; raise StartError where one gave up or time ran out.

        Return False when the waiting was interrupted.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._interrupted.is_set() or self._failed() or self.status.healthy, timeout)
            if self._interrupted.is_set():
                return False
            laggards = self._failed() or [c for c in self.status.components if c.phase != Phase.READY]
        if laggards:
            raise StartError(laggards[0].name, laggards[0].message or f"chưa sẵn sàng sau {timeout:.0f} giây")
        return True

    def stop(self, phase: Phase = Phase.STOPPED) -> None:
        """End everything: those that use the servers first, then the servers; nothing is left behind."""
        with self._changed:
            self._stopping.set()
            self._changed.notify_all()
        self._set_phase(Phase.STOPPING)
        for wave in Wave:
            self._end_wave(wave)
        process.kill(self._owned())
        for thread in self._threads:
            if thread.is_alive():
                thread.join(10)
        for component in self.status.components:
            component.pid = component.started = None
            if component.phase != Phase.FAILED:
                component.phase = Phase.STOPPED
        self.status.pid = None
        self._set_phase(phase)

    def _end_wave(self, wave: Wave) -> None:
        with self._changed:
            wave_processes = [(self.components[n], p) for n, p in self._processes.items()]
        enders = [
            threading.Thread(target=process.end, args=(popen, component.stop_signal, component.stop_within))
            for component, popen in wave_processes
            if component.wave == wave
        ]
        for ender in enders:
            ender.start()
        for ender in enders:
            ender.join()

    def _tend(self, component: Component) -> None:
        """Keep one component running until the stack stops or the component can't be started."""
        failures = 0
        was_ready = False
        while self._await_needs(component):
            began = time.monotonic()
            try:
                if isinstance(component, Step):
                    self._do(component)
                    return
                was_ready = self._run(component) or was_ready
                reason = "tiến trình đã kết thúc"
            except Exception as error:
                reason = f"{type(error).__name__}: {error}".strip()
            finally:
                process.kill(self._owned(component))
                component.tidy()
            failures = 1 if time.monotonic() - began > STABLE_AFTER else failures + 1
            if self._stopping.is_set():
                return
            if not was_ready and failures >= ATTEMPTS_TO_START:
                self._note(component, Phase.FAILED, message=reason)
                return
            self._note(component, Phase.RESTARTING, message=reason, restarted=True)
            self._stopping.wait(backoff(failures))

    def _do(self, step: Step) -> None:
        self._note(step, Phase.STARTING)
        began = time.monotonic()
        if not step.done():
            step.run()
        self._note(step, Phase.READY, seconds=time.monotonic() - began)

    def _run(self, component: Component) -> bool:
        """Run a component until its process ends; tell whether it ever worked."""
        self._note(component, Phase.STARTING)
        # What is left of an earlier life would hold ports and files.
        process.kill(self._owned(component))
        component.prepare()
        began, since = time.monotonic(), time.time()
        popen = self._spawn(component)
        if popen is None:
            return False
        self._note(component, Phase.STARTING, popen=popen)
        worked = self._await_ready(component, popen, since)
        if worked:
            self._note(component, Phase.READY, popen=popen, seconds=time.monotonic() - began)
            popen.wait()
        elif popen.poll() is None and not self._stopping.is_set():
            process.end(popen, component.stop_signal, component.stop_within)
            self._forget(component)
            raise TimeoutError(f"chưa sẵn sàng sau {component.start_within:.0f} giây")
        if not self._stopping.is_set():
            code = popen.wait()
            self._forget(component)
            if not worked:
                raise ChildProcessError(f"mã thoát {code}")
        return worked

    def _spawn(self, component: Component) -> Popen[bytes] | None:
        with self._changed:
            # Under the lock: `stop` sees either this process or none to come.
            if self._stopping.is_set():
                return None
            popen = process.spawn(
                component.command(),
                owner=self.state.root,
                component=component.name,
                log=self.state.log(component.name),
                environment=component.environment(),
                directory=component.directory,
                user=component.user,
                death_signal=component.stop_signal,
            )
            self._processes[component.name] = popen
            return popen

    def _await_ready(self, component: Component, popen: Popen[bytes], since: float) -> bool:
        deadline = time.monotonic() + component.start_within
        while popen.poll() is None and time.monotonic() < deadline and not self._stopping.is_set():
            try:
                if component.ready(since):
                    return True
            except Exception as error:
                self.status.component(component.name).message = f"{type(error).__name__}: {error}".strip()
            self._stopping.wait(_POLL)
        return False

    def _await_needs(self, component: Component) -> bool:
        """Wait until all that a component needs works; tell False where the stack stops first."""
        needed = [self.status.component(name) for name in component.needs if name in self.components]
        with self._changed:
            self._changed.wait_for(lambda: self._stopping.is_set() or all(n.phase == Phase.READY for n in needed))
        return not self._stopping.is_set()

    def _owned(self, component: Component | None = None) -> list[psutil.Process]:
        if component is not None:
            return process.owned(self.state.root, component.name, component.data)
        data = next((c.data for c in self.components.values() if c.data), None)
        return process.owned(self.state.root, data=data)

    def _forget(self, component: Component) -> None:
        with self._changed:
            self._processes.pop(component.name, None)

    def _failed(self) -> list[ComponentStatus]:
        return [component for component in self.status.components if component.phase == Phase.FAILED]

    def _note(
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
        with self._changed:
            entry = self.status.component(component.name)
            entry.phase = phase
            entry.message = message
            entry.pid = popen.pid if popen else None
            entry.started = (entry.started or time.time()) if popen else None
            if seconds is not None:
                entry.seconds_to_ready = seconds
            entry.restarts += restarted
            self.status.phase = self._overall()
            self._publish()
            self._changed.notify_all()

    def _overall(self) -> Phase:
        if self._stopping.is_set():
            return Phase.STOPPING
        if self._failed():
            return Phase.FAILED
        if self.status.healthy:
            return Phase.READY
        # Once everything has worked, a component that starts anew makes the stack recover, not start.
        was_up = self.status.phase in (Phase.READY, Phase.RESTARTING)
        return Phase.RESTARTING if was_up else Phase.STARTING

    def _set_phase(self, phase: Phase) -> None:
        with self._changed:
            self.status.phase = phase
            self._publish()

    def _publish(self) -> None:
        self.status.save(self.state)
        if self._listener:
            self._listener(self.status)


def backoff(failures: int) -> float:
    """Return the seconds to wait before the next start after so many failures in a row."""
    return float(min(BACKOFF_START * 2 ** (failures - 1), BACKOFF_LIMIT))
