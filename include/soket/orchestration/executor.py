"""The executor of one machine: workers that already hold what tasks load."""

from __future__ import annotations

from importlib import import_module

from airflow.executors.local_executor import LocalExecutor

# Each task is a fork of a worker, each worker a fork of the scheduler: what is imported there once, is there for all.
# Great Expectations is not among them: it runs in a process of its own (`soket.intake.validation`).
WARM = (
    "boto3",
    "docxtpl",
    "matplotlib.figure",
    "openpyxl",
    "soket.campaign.reading",
    "soket.notices.delivery",
    "soket.orchestration.builder",
)


class WarmLocalExecutor(LocalExecutor):
    """LocalExecutor whose tasks start with their heavy imports done."""

    def start(self) -> None:
        """Import, then fork the workers."""
        for module in WARM:
            import_module(module)
        super().start()
