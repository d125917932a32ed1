"""Ways to break a running stack from outside, as a full memory, a hung disk or a hand would."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psutil

from demo.world import World
from e2e.live import drop, register_of, until
from soket.clock import VIETNAM
from soket.stack import process
from soket.stack.postgres import Postgres, connect
from soket.stack.status import ComponentStatus, status
from soket.store.store import StoreFailedError

_READ = "0"  # the system call of whoever holds the queue's lock; the others wait for the lock


def component(world: World, name: str) -> ComponentStatus:
    return status(world.state).component(name)


def tree(world: World, name: str) -> list[psutil.Process]:
    """Return a component's processes, its own first."""
    data = Postgres(world.state).data if name == "postgres" else None
    first = component(world, name).pid
    return sorted(process.owned(world.state.root, name, data), key=lambda each: each.pid != first)


def workers(world: World) -> list[psutil.Process]:
    """Return the executor's workers; those that work on something have it in their title."""
    scheduler = psutil.Process(component(world, "scheduler").pid)
    return [each for each in scheduler.children() if "LocalExecutor" in " ".join(each.cmdline())]


def idle_workers(world: World) -> list[psutil.Process]:
    """Wait until workers are idle, and return them, the one that holds the lock of the queue first, if told."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        idle = [each for each in workers(world) if "<idle>" in " ".join(each.cmdline())]
        if len(idle) > 1:
            return sorted(idle, key=lambda each: not _reads(each))
        time.sleep(0.05)
    raise AssertionError("the workers are never idle")


def _reads(each: psutil.Process) -> bool:
    try:
        return Path(f"/proc/{each.pid}/syscall").read_text().split()[0] == _READ
    except OSError:
        return False


def worker_of(world: World, task: str) -> psutil.Process:
    """Wait for the worker that runs a task, and return it."""
    running = "SELECT id::text FROM task_instance WHERE task_id = %s AND state = 'running'"
    with connect(world.state) as database:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            ids = [str(row[0]) for row in database.execute(running, (task,)).fetchall()]
            for each in workers(world):
                if any(name in " ".join(each.cmdline()) for name in ids):
                    return each
            time.sleep(0.05)
    raise AssertionError(f"no worker ever ran {task}")


def kill(*processes: psutil.Process) -> None:
    for each in processes:
        os.kill(each.pid, signal.SIGKILL)


def freeze(*processes: psutil.Process) -> None:
    for each in processes:
        os.kill(each.pid, signal.SIGSTOP)


@dataclass(frozen=True)
class Outcome:
    """What came of breaking something, in seconds from then on."""

    noticed: float
    verdict: float
    told: float


def break_it(world: World, unit: str, name: str, harm: Callable[[], None], *, within: float = 240) -> Outcome:
    """Drop a unit's files, do harm, and wait until the supervisor saw to it, the verdict is there, the operator knows.

    One mail tells of all that befalls a component within an hour: what the watch remembers is taken from it here.
    """
    times = component(world, name).restarts
    drop(world, unit)
    harm()
    began = time.monotonic()

    def passed(seen: Callable[[], bool], what: str) -> float:
        until(seen, f"{name}, {unit}: {what}", within)
        return time.monotonic() - began

    noticed = passed(lambda: component(world, name).restarts > times, "is noticed")
    (world.state.root / "watch.json").write_text("{}")
    verdict = passed(lambda: _is_judged(world, unit), "is judged")
    at = datetime.fromtimestamp(component(world, name).restarted_at or 0, VIETNAM)
    mail = f"alert.{world.workspace.plan.roles.operator}.restart-{name}-{at:%Y-%m-%dt%H%M}"
    mails: set[str] = set()
    told = passed(lambda: bool(mails.update(world.mailbox.look()) or mail in mails), "is told")
    return Outcome(noticed, verdict, told)


def _is_judged(world: World, unit: str) -> bool:
    try:
        return bool(register_of(world).units[unit].verdicts)
    except StoreFailedError:  # it may be what was broken
        return False
