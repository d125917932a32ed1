"""The supervisor: starts components in their order, watches them, starts them again, ends them without leftovers.

One thread tends one component. It sleeps in `wait()` while the component lives, so an idle stack costs nothing here.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from subprocess import Popen, TimeoutExpired

import psutil

from soket.stack import process
from soket.stack.component import Component, HopelessError, OneOff, Wave
from soket.stack.ledger import Ledger, Listener
from soket.stack.logs import keep_small
from soket.stack.state import State
from soket.stack.status import Phase, StackStatus
from soket.stack.vigil import EVERY, IdleError, Vigil, look

log = logging.getLogger(__name__)

BACKOFF_START = 0.5
BACKOFF_LIMIT = 30.0
STABLE_AFTER = 30.0
ATTEMPTS_TO_START = 3

_POLL = 0.15


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
        self._ledger = Ledger(state, components, listener)
        self._vigil = Vigil(self._is_ready)
        self._processes: dict[str, Popen[bytes]] = {}
        self._spawning = threading.Lock()
        self._stopping = threading.Event()
        self._interrupted = threading.Event()
        self._threads = [
            threading.Thread(target=self._tend, args=(component,), name=f"tend-{component.name}", daemon=True)
            for component in components
        ]

    @property
    def status(self) -> StackStatus:
        """Return where each component stands now."""
        return self._ledger.status

    def start(self) -> None:
        """Start everything; return at once."""
        self._ledger.publish()
        for thread in self._threads:
            thread.start()

    def interrupt(self) -> None:
        """Make the waiting below end; safe in a signal handler."""
        self._interrupted.set()
        self._ledger.wake()

    def wait_interrupted(self) -> None:
        """Wait until somebody calls `interrupt`."""
        self._interrupted.wait()

    def wait_ready(self, timeout: float) -> bool:
        """Wait until every component works; raise StartError where one gave up or time ran out.

        Return False when the waiting was interrupted.
        """
        ledger = self._ledger
        ledger.wait(lambda: self._interrupted.is_set() or ledger.failed() or ledger.status.healthy, timeout)
        if self._interrupted.is_set():
            return False
        if laggards := ledger.laggards():
            raise StartError(laggards[0].name, laggards[0].message or f"chưa sẵn sàng sau {timeout:.0f} giây")
        return True

    def stop(self, phase: Phase = Phase.STOPPED) -> None:
        """End everything: those that use the servers first, then the servers; nothing is left behind."""
        with self._spawning:
            self._stopping.set()
        self._ledger.closing()
        for wave in Wave:
            self._end_wave(wave)
        process.kill(self._owned())
        for thread in self._threads:
            if thread.is_alive():
                thread.join(10)
        self._ledger.close(phase)

    def _end_wave(self, wave: Wave) -> None:
        ending = [(self.components[name], popen) for name, popen in list(self._processes.items())]
        enders = [
            threading.Thread(target=process.end, args=(popen, component.stop_signal, component.stop_within))
            for component, popen in ending
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
                if isinstance(component, OneOff):
                    self._do(component)
                    return
                reason = self._run(component)
                was_ready = was_ready or bool(reason)
            except HopelessError as error:
                self._ledger.note(component, Phase.FAILED, message=str(error))
                return
            except IdleError as idle:
                was_ready, reason = True, f"sống mà không làm việc: {idle}"
            except Exception as error:
                reason = f"{type(error).__name__}: {error}".strip()
            finally:
                process.kill(self._owned(component))
                self._vigil.forget(component)
                component.tidy()
            failures = 1 if time.monotonic() - began > STABLE_AFTER else failures + 1
            if self._stopping.is_set():
                return
            if not was_ready and failures >= ATTEMPTS_TO_START:
                self._ledger.note(component, Phase.FAILED, message=reason)
                return
            log.warning("%s starts anew: %s", component.name, reason)
            self._ledger.note(component, Phase.RESTARTING, message=reason, restarted=True)
            self._stopping.wait(backoff(failures))

    def _do(self, step: OneOff) -> None:
        self._ledger.note(step, Phase.STARTING)
        began = time.monotonic()
        if not step.done():
            step.run()
        self._ledger.note(step, Phase.READY, seconds=time.monotonic() - began)

    def _run(self, component: Component) -> str:
        """Run a component until its process ends; return why it did, once it had worked."""
        self._ledger.note(component, Phase.STARTING)
        # What is left of an earlier life would hold ports and files.
        process.kill(self._owned(component))
        component.prepare()
        began, since = time.monotonic(), time.time()
        popen = self._spawn(component)
        if popen is None:
            return ""
        self._ledger.note(component, Phase.STARTING, popen=popen)
        try:
            worked = self._await_ready(component, popen, since)
            if worked:
                self._ledger.note(component, Phase.READY, popen=popen, seconds=time.monotonic() - began)
                self._mind(component, popen, since)
        except (HopelessError, IdleError, TimeoutError):
            process.end(popen, component.stop_signal, component.stop_within)
            self._processes.pop(component.name, None)
            raise
        if not self._stopping.is_set():
            code = popen.wait()
            self._processes.pop(component.name, None)
            if not worked:
                raise ChildProcessError(f"mã thoát {code}")
            return component.endings.get(code, f"tiến trình đã kết thúc (mã thoát {code})")
        return ""

    def _mind(self, component: Component, popen: Popen[bytes], since: float) -> None:
        """Wait until a process ends; raise IdleError where it lives but has not worked for too long."""
        trouble: str | None = None
        while True:
            with suppress(TimeoutExpired):
                popen.wait(EVERY if trouble else EVERY + component.rest)
                return
            trouble = look(component, since)
            keep_small(self.state.log(component.name))
            if self._vigil.is_over(component, trouble) and not self._stopping.is_set():
                raise IdleError(trouble)

    def _spawn(self, component: Component) -> Popen[bytes] | None:
        with self._spawning:
            # In here, so that `stop` sees either this process or none to come.
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
            except HopelessError:
                raise
            except Exception as error:
                self.status.component(component.name).message = f"{type(error).__name__}: {error}".strip()
            self._stopping.wait(_POLL)
        if popen.poll() is None and not self._stopping.is_set():
            last = self.status.component(component.name).message
            raise TimeoutError(f"chưa sẵn sàng sau {component.start_within:.0f} giây. {last}".strip())
        return False

    def _is_ready(self, name: str) -> bool:
        return name not in self.components or self.status.component(name).phase == Phase.READY

    def _await_needs(self, component: Component) -> bool:
        """Wait until all that a component needs works; tell False where the stack stops first."""
        self._ledger.wait(lambda: self._stopping.is_set() or all(map(self._is_ready, component.needs)))
        return not self._stopping.is_set()

    def _owned(self, component: Component | None = None) -> list[psutil.Process]:
        if component is not None:
            return process.owned(self.state.root, component.name, component.data)
        data = next((c.data for c in self.components.values() if c.data), None)
        return process.owned(self.state.root, data=data)


def backoff(failures: int) -> float:
    """Return the seconds to wait before the next start after so many failures in a row."""
    return float(min(BACKOFF_START * 2 ** (failures - 1), BACKOFF_LIMIT))
