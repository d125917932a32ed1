"""Starting and stopping a whole stack, here or in a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import psutil

from soket.stack import ports, process
from soket.stack.airflow import environment
from soket.stack.airflow_components import ApiServer, CampaignClock, DagProcessor, Migration, Scheduler, Triggerer
from soket.stack.component import Component
from soket.stack.credentials import Credentials
from soket.stack.ledger import Listener
from soket.stack.mail import Mail
from soket.stack.postgres import Postgres
from soket.stack.seaweedfs import SeaweedFS
from soket.stack.spec import StackSpec
from soket.stack.state import State
from soket.stack.status import Phase, StackStatus, status, supervisor
from soket.stack.supervisor import StartError, Supervisor
from soket.stack.watchman import UnitsPage, Watchman

__all__ = ["EVERYTHING", "SERVERS", "detach", "down", "environment", "prepare", "run", "running"]

SERVERS = ("seaweedfs", "postgres", "mail")
EVERYTHING = (*SERVERS, "migration", "clock", "api-server", "scheduler", "dag-processor", "triggerer", "watch", "page")
START_WITHIN = 420.0

_STOP_WITHIN = 60.0
_PORTS_WITHIN = 5.0


def components(state: State, names: Sequence[str] = EVERYTHING, replay: str | None = None) -> list[Component]:
    """Return the named components, in the order in which people read them."""
    plain = (Postgres, SeaweedFS, Mail, Migration, ApiServer, Scheduler, DagProcessor, Triggerer, Watchman, UnitsPage)
    everything: list[Component] = [kind(state) for kind in plain]
    everything.insert(4, CampaignClock(state, replay))
    return [component for component in everything if component.name in names]


def prepare(state: State, spec: StackSpec, *, reset: bool = False) -> None:
    """Make the state folder ready for a start. The caller holds the lock."""
    end_leftovers(state)
    fresh = reset or not state.exists()
    if reset:
        state.wipe()
    state.create()
    if fresh:  # a state folder that was deleted by hand leaves a database that lies outside it
        Postgres(state).wipe()
    for log in state.logs.glob("*.log"):
        if log.stat().st_size:
            log.replace(log.with_suffix(".log.1"))
    state.save_spec(spec)
    Credentials.ensure(state, spec)
    chosen, moved = ports.choose(state.ports, _PORTS_WITHIN)
    notes = [
        f"Cổng {state.ports[name]} ({name}) có chương trình khác dùng: chuyển sang {chosen[name]}." for name in moved
    ]
    if "s3" in moved:
        notes.append("Địa chỉ kho tệp đã đổi: báo các đơn vị địa chỉ mới; phiếu giao khóa cũ ghi địa chỉ cũ.")
    state.update(ports=chosen, notes=notes)
    sign(state)


def sign(state: State) -> None:
    """Write down that this process supervises the stack."""
    me = psutil.Process()
    state.write("supervisor.pid", {"pid": me.pid, "created": me.create_time()})


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
    *,
    services: Sequence[str] = EVERYTHING,
    replay: str | None = None,
    listener: Listener | None = None,
    timeout: float = START_WITHIN,
) -> None:
    """Supervise the stack in this process until SIGINT or SIGTERM; raise StartError if it doesn't come up."""
    sign(state)
    stack = Supervisor(state, components(state, services, replay), listener)
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, lambda *_: stack.interrupt()) for number in numbers}
    phase = Phase.STOPPED
    try:
        stack.start()
        if stack.wait_ready(timeout):
            stack.wait_interrupted()
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
    services: Sequence[str] = EVERYTHING,
    replay: str | None = None,
    listener: Listener | None = None,
    timeout: float = START_WITHIN,
) -> None:
    """Supervise the stack in a process of its own, which takes over the lock; return once all works."""
    (state.root / "status.json").unlink(missing_ok=True)
    command = [sys.executable, "-m", "soket.stack.daemon", f"--state={state.root}", f"--lock={lock}"]
    command.append(f"--services={','.join(services)}")
    if replay:
        command.append(f"--replay={replay}")
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
    try:
        _watch(state, child, listener, timeout)
    except BaseException:
        if child.poll() is None:
            child.terminate()
        child.wait()
        raise
    # The supervisor is to outlive us: nobody is going to wait for it.
    child.returncode = 0


def _watch(state: State, child: subprocess.Popen[bytes], listener: Listener | None, timeout: float) -> None:
    """Follow a detached supervisor until all works; raise StartError when it gives up."""
    deadline = time.monotonic() + timeout + 10
    told = StackStatus()
    while not told.healthy:
        if child.poll() is not None or time.monotonic() > deadline:
            raise _why(status(state), child.poll())
        time.sleep(0.2)
        current = status(state)
        if current != told and listener:
            listener(current)
        told = current


def _why(told: StackStatus, code: int | None) -> StartError:
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
    spec: StackSpec,
    state: State,
    services: Sequence[str] = SERVERS,
    timeout: float = START_WITHIN,
    *,
    replay: str | None = None,
) -> Iterator[Supervisor]:
    """Run a part of the stack under this process for the length of a `with`: for tests.

    A database that had to be kept outside the state folder goes at the end, or nobody would ever find it.
    """
    with state.locked():
        prepare(state, spec)
        stack = Supervisor(state, components(state, services, replay))
        try:
            stack.start()
            stack.wait_ready(timeout)
            yield stack
        finally:
            stack.stop()
            if not Postgres(state).data.is_relative_to(state.root):
                Postgres(state).wipe()


def default_spec(state: State) -> StackSpec:
    """Return what the plans ask of the stack; nothing that was asked before is taken away while a plan is faulty."""
    from soket.plan.loader import load_all
    from soket.stack.from_plans import stack_spec

    _, faulty = load_all()
    return stack_spec().keeping(state.spec) if faulty and state.has_spec() else stack_spec()


def tail(state: State, component: str, lines: int = 20) -> str:
    """Return the end of a component's log."""
    path = state.log(component)
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - 16_384))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-lines:])
