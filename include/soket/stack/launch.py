"""Starting and stopping a whole stack, here or in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import psutil

from soket.stack import ports, process
from soket.stack.airflow import environment
from soket.stack.airflow_components import ApiServer, CampaignClock, DagProcessor, Migration, Scheduler, Triggerer
from soket.stack.component import Component
from soket.stack.credentials import Credentials
from soket.stack.mail import Mail
from soket.stack.postgres import Postgres
from soket.stack.seaweedfs import SeaweedFS
from soket.stack.spec import StackSpec
from soket.stack.state import State
from soket.stack.status import Phase, StackStatus, status, supervisor
from soket.stack.supervisor import Listener, StartError, Supervisor

__all__ = ["EVERYTHING", "SERVERS", "detach", "down", "environment", "prepare", "run", "running"]

SERVERS = ("seaweedfs", "postgres", "mail")
EVERYTHING = (*SERVERS, "migration", "clock", "api-server", "scheduler", "dag-processor", "triggerer")
START_WITHIN = 240.0

_STOP_WITHIN = 60.0


def components(state: State, names: Sequence[str] = EVERYTHING, replay: str | None = None) -> list[Component]:
    """Return the named components, in the order in which people read them."""
    known: dict[str, Callable[[], Component]] = {
        kind.name: (lambda kind=kind: kind(state))
        for kind in (Postgres, SeaweedFS, Mail, Migration, ApiServer, Scheduler, DagProcessor, Triggerer)
    }
    known["clock"] = lambda: CampaignClock(state, replay)
    return [make() for name, make in known.items() if name in names]


def prepare(state: State, spec: StackSpec, *, reset: bool = False) -> list[str]:
    """Make the state folder ready for a start; return what people should know. The caller holds the lock."""
    end_leftovers(state)
    if reset:
        state.wipe()
        Postgres(state).wipe()
    state.create()
    for log in state.logs.glob("*.log"):
        if log.stat().st_size:
            log.replace(log.with_suffix(".log.1"))
    state.save_spec(spec)
    Credentials.ensure(state, spec)
    chosen, moved = ports.choose(state.ports)
    notes = [f"Cổng {state.ports[name]} ({name}) đã có chương trình khác dùng; chuyển sang {chosen[name]}." for name in moved]
    state.update(ports=chosen)
    me = psutil.Process()
    state.write("supervisor.pid", {"pid": me.pid, "created": me.create_time()})
    return notes


def end_leftovers(state: State) -> int:
    """End what a supervisor left behind that was killed itself; return how many processes that were."""
    data = Postgres(state).data if state.exists() else None
    leftovers = process.owned(state.root, data=data)
    # PostgreSQL closes its files when it is asked to; the rest has nothing to lose.
    servers = [p for p in leftovers if _is(p, "postgres")]
    process.kill([p for p in leftovers if p not in servers])
    process.signal_all(servers, signal.SIGINT)
    process.wait_gone(servers, 10)
    process.kill(servers)
    return len(leftovers)


def _is(candidate: psutil.Process, name: str) -> bool:
    try:
        return candidate.name() == name
    except psutil.Error:
        return False


def run(
    state: State,
    notes: Sequence[str] = (),
    *,
    replay: str | None = None,
    listener: Listener | None = None,
    timeout: float = START_WITHIN,
) -> None:
    """Supervise the whole stack in this process until SIGINT or SIGTERM; raise StartError if it doesn't come up."""
    told = threading.Event()
    before = {
        number: signal.signal(number, lambda *_: told.set()) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    stack = Supervisor(state, components(state, replay=replay), notes)
    stack.listener = listener or stack.listener
    phase = Phase.STOPPED
    try:
        stack.start()
        if stack.wait_ready(timeout, told):
            told.wait()
    except StartError:
        phase = Phase.FAILED
        raise
    finally:
        stack.stop(phase)
        for number, handler in before.items():
            signal.signal(number, handler)


def detach(
    state: State,
    lock: int,
    *,
    replay: str | None = None,
    listener: Listener | None = None,
    timeout: float = START_WITHIN,
) -> None:
    """Supervise the stack in a process of its own, which takes over the lock; return once all works."""
    (state.root / "status.json").unlink(missing_ok=True)
    command = [sys.executable, "-m", "soket.stack.daemon", "--state", str(state.root), "--lock", str(lock)]
    if replay:
        command += ["--replay", replay]
    with state.log("supervisor").open("ab") as log:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=(lock,),
            start_new_session=True,
            cwd=state.root,
        )
    deadline = time.monotonic() + timeout + 10
    told: StackStatus | None = None
    while time.monotonic() < deadline:
        current = status(state)
        if current != told and listener and current.components:
            listener(current)
        told = current
        if told.healthy:
            # The supervisor is to outlive us: nobody is going to wait for it.
            child.returncode = 0
            return
        if child.poll() is not None:
            raise _why(status(state), child.returncode)
        time.sleep(0.2)
    child.terminate()
    child.wait(_STOP_WITHIN)
    raise _why(told or StackStatus(), 0)


def _why(told: StackStatus, code: int) -> StartError:
    for component in told.components:
        if component.phase == Phase.FAILED:
            return StartError(component.name, component.message)
    unfinished = [c.name for c in told.components if c.phase not in (Phase.READY, Phase.STOPPED)]
    return StartError(unfinished[0] if unfinished else "supervisor", f"dừng giữa chừng (mã thoát {code})")


def down(state: State) -> bool:
    """Stop a stack and all that is left of one; return whether there was anything to stop."""
    if not state.exists():
        return False
    keeper = supervisor(state) if state.is_locked() else None
    if keeper is not None:
        process.signal_all([keeper], signal.SIGTERM)
        if not process.wait_gone([keeper], _STOP_WITHIN):
            process.kill([keeper])
    with state.locked():
        return end_leftovers(state) > 0 or keeper is not None


@contextmanager
def running(
    spec: StackSpec, state: State, services: Sequence[str] = SERVERS, timeout: float = START_WITHIN
) -> Iterator[Supervisor]:
    """Run a part of the stack under this process for the length of a `with`: for tests."""
    with state.locked():
        notes = prepare(state, spec)
        stack = Supervisor(state, components(state, services), notes)
        try:
            stack.start()
            stack.wait_ready(timeout)
            yield stack
        finally:
            stack.stop()


def default_spec() -> StackSpec:
    """Return what the plans in this repository ask of the stack."""
    from soket.campaign.accounts import stack_spec

    return stack_spec()


def tail(state: State, component: str, lines: int = 20) -> str:
    """Return the end of a component's log."""
    path = state.log(component)
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - 16_384))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
