"""What processes hold: those of a running stack, by the component that they belong to, and a benchmark's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import psutil

from soket.stack import process
from soket.stack.postgres import Postgres
from soket.stack.process import COMPONENT_VARIABLE
from soket.stack.state import State


@dataclass(frozen=True)
class Held:
    """What some processes hold; `memory` in MiB, what several share counted once."""

    memory: float = 0
    files: int = 0
    threads: int = 0
    processes: int = 0

    def __add__(self, other: Held) -> Held:
        return Held(
            self.memory + other.memory,
            self.files + other.files,
            self.threads + other.threads,
            self.processes + other.processes,
        )


def held(state: State) -> dict[str, Held]:
    """Return what each component's processes hold now, the largest first; those of tasks are the scheduler's."""
    found: dict[str, Held] = {}
    for each in process.owned(state.root, data=Postgres(state).data):
        try:
            name = each.name() if each.name() == Postgres.name else each.environ()[COMPONENT_VARIABLE]
            memory = each.memory_full_info().pss / 2**20
            found[name] = found.get(name, Held()) + Held(memory, each.num_fds(), each.num_threads(), 1)
        except (psutil.Error, KeyError):
            continue
    return dict(sorted(found.items(), key=lambda pair: -pair[1].memory))


def peak_memory() -> float:
    """Return this process's peak in MiB; its `ru_maxrss` would count the process that started it too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))) / 1024
