"""The watchman: looks whether the monitor is alive, in a process that shares nothing with Airflow."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from soket.stack.airflow import environment
from soket.stack.component import Component

EVERY = 60.0  # seconds


class Watchman(Component):
    """`soket watch`, again and again."""

    name = "watch"
    title = "Canh gác “Theo dõi”"
    needs = ("clock", "seaweedfs", "mail")

    def command(self) -> Sequence[str]:
        """Return the command line."""
        return [sys.executable, "-m", "soket.cli.main", "watch", "--json", f"--every={EVERY:.0f}"]

    def environment(self) -> Mapping[str, str]:
        """Return what every process that works with the stack has."""
        return environment(self.state)

    def ready(self, since: float) -> bool:
        """Look whether it has looked."""
        memory = self.state.root / "watch.json"
        return memory.exists() and memory.stat().st_mtime >= since
