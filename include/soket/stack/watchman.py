"""The watchman: looks whether the monitor is alive, in a process that shares nothing with Airflow."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence

from soket.stack.airflow import environment
from soket.stack.component import Component

EVERY = 60.0  # seconds

_SILENT = 300.0  # seconds: longer than a bucket and a mail server that do not answer can hold it up


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
        return self._looked_at >= since

    def trouble(self, since: float) -> str | None:  # noqa: ARG002 - it has looked since, or it would not be ready
        """See when it looked last."""
        silent = time.time() - self._looked_at
        return f"{silent:.0f} giây rồi không xem" if silent > _SILENT else None

    @property
    def _looked_at(self) -> float:
        memory = self.state.root / "watch.json"
        return memory.stat().st_mtime if memory.exists() else 0.0
