"""The executor of one machine: workers that already hold what tasks load."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib import import_module

from airflow.executors.local_executor import LocalExecutor

from soket.intake.check_process import load_ahead
from soket.plan.fault import PlanError
from soket.plan.file_text import yaml_files
from soket.plan.loader import load, plans_folder
from soket.stack.process import COMPONENT_VARIABLE, OWNER_VARIABLE
from soket.stack.pulse import WORKER_KILLED
from soket.store.connect import StoreSettings, open_store

# Each task is a fork of a worker, each worker a fork of the scheduler: what is imported there once, is there for all.
# Great Expectations is not among them: it runs in processes of its own, forks of one that has it loaded.
WARM = (
    "boto3",
    "docxtpl",
    "openpyxl",
    "soket.record.keeping",
    "soket.notices.delivery",
    "soket.notices.reports.filing",
    "soket.documents.request",
    "soket.documents.slip",
    "soket.orchestration.builder",
    "soket.orchestration.bundle",
    "airflow.sdk.execution_time.supervisor",
    "airflow.sdk.execution_time.task_runner",
)

_MOST_PLANS = 30  # read ahead: of more a scheduler would start late, and a task reads its own in a tenth of a second


def warm_up() -> None:
    """Import, read and compile what every task would: plans, what the bucket's library knows of S3, mails' templates.

    All of it is safe to fork: no thread runs, and nothing is connected.
    """
    for module in WARM:
        import_module(module)
    from soket.notices.render import compile_templates
    from soket.orchestration.builder import build_all

    plans, folder = [], plans_folder()
    for file in yaml_files(folder)[:_MOST_PLANS] if folder.is_dir() else ():
        with suppress(PlanError):  # told by plan_faults.py
            plans.append(load(file))
    build_all(plans[:1])  # what Airflow loads with the first asset and timetable
    open_store(StoreSettings("http://127.0.0.1:9", "nobody", "nothing", "nowhere")).client.close()
    compile_templates()


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
        """Warm up, then fork the workers."""
        load_ahead({name: os.environ[name] for name in (OWNER_VARIABLE, COMPONENT_VARIABLE) if name in os.environ})
        warm_up()
        super().start()
        self._crew = frozenset(self.workers)
