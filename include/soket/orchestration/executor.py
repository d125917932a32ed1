"""The executor of one machine: workers that already hold what tasks load."""

from __future__ import annotations

from importlib import import_module

from airflow.executors.local_executor import LocalExecutor

# Great Expectations alone takes several CPU seconds to import, and intake judges a batch every time somebody sends
# something. Each task is a fork of a worker, and each worker a fork of the scheduler: imported there once, it is there.
WARM = (
    "boto3",
    "docxtpl",
    "great_expectations",
    "matplotlib.figure",
    "openpyxl",
    "pandas",
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
