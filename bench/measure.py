"""Counting what a stack uses: CPU seconds of its processes, requests to its S3 server, mails in its mailbox."""

from __future__ import annotations

import imaplib
import platform
import re
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from socket import socket
from urllib.request import urlopen

import psutil

from soket.stack import launch, process
from soket.stack.credentials import Credentials
from soket.stack.mail import USER
from soket.stack.ports import HOST
from soket.stack.postgres import Postgres
from soket.stack.seaweedfs import SeaweedFS
from soket.stack.spec import StackSpec
from soket.stack.state import State

_REQUESTS = re.compile(r"^SeaweedFS_s3_request_total\{[^}]*\} (\S+)$", re.MULTILINE)


class CountingSeaweedFS(SeaweedFS):
    """The S3 server with its own counters switched on."""

    metrics_port = 0  # a free one, from each start on

    def command(self) -> list[str]:
        return [*super().command(), f"-metricsPort={self.metrics_port}", f"-metricsIp={HOST}"]


@contextmanager
def stack(
    spec: StackSpec, state: State, services: Sequence[str] = launch.EVERYTHING, *, replay: str | None = None
) -> Iterator[float]:
    """Run a fresh stack for the length of a `with`, by a replay's pace if told; yields the seconds it took to start."""
    launch.SeaweedFS = CountingSeaweedFS  # type: ignore[attr-defined]
    with socket() as free:
        free.bind((HOST, 0))
        CountingSeaweedFS.metrics_port = free.getsockname()[1]
    launch.down(state)
    with state.locked():
        launch.prepare(state, spec, reset=True)
    began = time.monotonic()
    with launch.running(spec, state, services, replay=replay):
        yield time.monotonic() - began


@dataclass(frozen=True)
class Reading:
    """The counters at one moment."""

    at: float
    cpu: float
    requests: int

    def __sub__(self, other: Reading) -> Reading:
        return Reading(self.at - other.at, self.cpu - other.cpu, self.requests - other.requests)


def read(state: State) -> Reading:
    """Return the counters now."""
    with urlopen(f"http://{HOST}:{CountingSeaweedFS.metrics_port}/metrics") as answer:
        requests = sum(float(count) for count in _REQUESTS.findall(answer.read().decode()))
    return Reading(time.monotonic(), _cpu_seconds(state), round(requests))


def wait_quiet(state: State, *, requests: int = 12, seconds: float = 240) -> None:
    """Wait until a stack has done what it does at its start: two calm spells of ten seconds, of so many requests."""
    deadline, quiet, before = time.monotonic() + seconds, 0, read(state)
    while quiet < 2:
        if time.monotonic() > deadline:
            raise TimeoutError("the stack does not become quiet")
        time.sleep(10)
        now = read(state)
        quiet = quiet + 1 if (now - before).requests <= requests else 0
        before = now


def idle_minute(state: State) -> Reading:
    """Return what a minute costs in which nothing happens."""
    before = read(state)
    time.sleep(60)
    return read(state) - before


def say(text: str) -> None:
    """Tell whoever waits how far it is, beside the figures on standard output."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def machine() -> dict[str, object]:
    """Return what the figures were measured on."""
    memory = psutil.virtual_memory().total / 2**30
    return {
        "cores": psutil.cpu_count(),
        "memory": f"{memory:.0f} GiB",
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _cpu_seconds(state: State) -> float:
    """Return the CPU seconds of all processes of a stack, with those of children that have ended."""
    total = 0.0
    for each in process.owned(state.root, data=Postgres(state).data):
        try:
            times = each.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


class Arrivals:
    """Watches a mailbox: when each mail came, by real time, to a quarter of a second."""

    def __init__(self, state: State) -> None:
        self.moments: list[float] = []
        self._state = state
        self._over = threading.Event()
        self._server = self._connect()
        self._before = self._count()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def wait(self, count: int, seconds: float) -> bool:
        """Wait until so many have come; tell whether they did."""
        deadline = time.monotonic() + seconds
        while len(self.moments) < count and time.monotonic() < deadline:
            time.sleep(0.2)
        return len(self.moments) >= count

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self._server.logout()

    def _connect(self) -> imaplib.IMAP4:
        server = imaplib.IMAP4(HOST, self._state.ports["imap"], timeout=10)
        server.login(USER, Credentials.load(self._state).mail)
        return server

    def _count(self) -> int:
        _, answer = self._server.status("INBOX", "(MESSAGES)")
        found = re.search(rb"MESSAGES (\d+)", answer[0])
        return int(found[1]) if found else 0

    def _watch(self) -> None:
        while not self._over.wait(0.25):
            new = self._count() - self._before - len(self.moments)
            self.moments += [time.monotonic()] * new
