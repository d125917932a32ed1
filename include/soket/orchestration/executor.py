"""The executor of one machine: workers that already hold what tasks load."""

from __future__ import annotations

import os
from importlib import import_module

from airflow.executors.local_executor import LocalExecutor

from soket.stack.pulse import WORKER_KILLED

# Each task is a fork of a worker, each worker a fork of the scheduler: what is imported there once, is there for all.
# Great Expectations is not among them: it runs in a process of its own (`soket.intake.validation`).
WARM = (
    "boto3",
    "docxtpl",
    "openpyxl",
    "soket.record.keeping",
    "soket.notices.delivery",
    "soket.orchestration.builder",
)


class WarmLocalExecutor(LocalExecutor):
    """LocalExecutor whose tasks start with their heavy imports done."""

    def heartbeat(self) -> None:
        """Go on only while every worker lives; else end the scheduler here and now, to be started anew.

        A worker killed while it waits for work takes the lock of the queue with it, and all others wait for ever.
        """
        # Airflow itself forgets dead workers, in silence.
        dead = [pid for pid in self._crew if pid not in self.workers or not self.workers[pid].is_alive()]
        if dead:
            self.log.critical("workers %s were killed: the scheduler ends, to start anew with others", dead)
            # Not by an exception: Airflow would then wait for workers that wait for that lock.
            os._exit(WORKER_KILLED)
        super().heartbeat()

    def start(self) -> None:
        """Import, then fork the workers."""
        for module in WARM:
            import_module(module)
        super().start()
        self._crew = frozenset(self.workers)
