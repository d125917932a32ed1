"""Processes: starting one, finding everything that came of it, ending all of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

# Inherited by every descendant, also those whose parents died: how the stack knows its own.
OWNER_VARIABLE = "SOKET_SUPERVISED"
COMPONENT_VARIABLE = "SOKET_COMPONENT"

_LAUNCHER = Path(__file__).with_name("become.py")
# What the surroundings may hold that would steer the servers elsewhere.
_FOREIGN = ("AIRFLOW", "AWS_", "MAIL_", "PG", "S3_", "WEED_", "PYTHONPATH", "SOKET_STATE", "SOKET_CLOCK")


def clean_environment() -> dict[str, str]:
    """Return this process's environment without settings meant for another Airflow, S3 or PostgreSQL."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    # A proxy for the outer world has no business between parts of one machine.
    hosts = ",".join(filter(None, (environment.get("NO_PROXY") or environment.get("no_proxy"), "127.0.0.1,localhost")))
    environment["NO_PROXY"] = environment["no_proxy"] = hosts
    # Programs that retitle themselves would otherwise write over the environment by which we find them.
    environment["SPT_NOENV"] = "1"
    return environment


def spawn(
    command: Sequence[str],
    *,
    owner: Path,
    component: str,
    log: Path,
    environment: Mapping[str, str],
    directory: Path,
    user: tuple[int, int] | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a component in a session of its own, its output appended to a log."""
    uid, gid = user or (-1, -1)
    launcher = [
        sys.executable,
        "-I",
        "-S",
        str(_LAUNCHER),
        str(os.getpid()),
        str(int(death_signal)),
        str(uid),
        str(gid),
    ]
    marks = {OWNER_VARIABLE: str(owner), COMPONENT_VARIABLE: component}
    with log.open("ab") as output:
        return subprocess.Popen(
            [*launcher, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**clean_environment(), **environment, **marks},
            cwd=directory,
            start_new_session=True,
        )


def owned(owner: Path, component: str | None = None, data: Path | None = None) -> list[psutil.Process]:
    """Return all living processes of a stack, or of one component, whoever their parent is now.

    `data` is PostgreSQL's data folder: its processes overwrite their environment, but they live in that folder.
    """
    return [process for process in psutil.process_iter() if _belongs(process, owner, component, data)]


def _belongs(process: psutil.Process, owner: Path, component: str | None, data: Path | None) -> bool:
    try:
        if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE:
            return False
        if data is not None and process.name() == "postgres" and process.cwd() == str(data):
            return True
        marks = process.environ()
    except (psutil.Error, OSError):
        return False
    return marks.get(OWNER_VARIABLE) == str(owner) and component in (None, marks.get(COMPONENT_VARIABLE))


def family(pid: int) -> list[psutil.Process]:
    """Return a process and all its descendants."""
    try:
        process = psutil.Process(pid)
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def living(processes: Collection[psutil.Process]) -> Iterator[psutil.Process]:
    """Yield those that still run; a process that only waits to be reaped does not."""
    for process in processes:
        with suppress(psutil.Error):
            if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                yield process


def signal_all(processes: Collection[psutil.Process], number: signal.Signals) -> None:
    """Send a signal to each that still runs."""
    for process in processes:
        with suppress(psutil.Error):
            process.send_signal(number)


def wait_gone(processes: Collection[psutil.Process], seconds: float) -> bool:
    """Wait until none runs any more; tell whether that came to pass in time."""
    deadline = time.monotonic() + seconds
    while any(True for _ in living(processes)):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def end(process: subprocess.Popen[bytes], number: signal.Signals, seconds: float) -> None:
    """Ask a process to end; at the deadline kill it with all its descendants."""
    relatives = family(process.pid)
    if process.poll() is None:
        with suppress(ProcessLookupError):
            process.send_signal(number)
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    kill(relatives + family(process.pid))
    process.wait()


def kill(processes: Collection[psutil.Process]) -> None:
    """Kill all at once and wait until they are gone."""
    signal_all(processes, signal.SIGKILL)
    wait_gone(processes, 10)
