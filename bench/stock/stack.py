"""The embedded stack with Airflow as it comes: the same servers and settings, and nothing of soket in it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, LiteralString
from unittest.mock import patch

from bench import measure
from soket.stack import launch, process
from soket.stack.airflow import environment
from soket.stack.airflow_components import ApiServer, DagProcessor, Migration, Scheduler, Triggerer
from soket.stack.component import Component
from soket.stack.credentials import Credentials
from soket.stack.postgres import connect
from soket.stack.seaweedfs import REGION, endpoint
from soket.stack.spec import StackSpec
from soket.stack.state import REPOSITORY, State

_OURS = ("watch", "page")  # components that the stock has no part for

_HERE = Path(__file__).parent
_PACKAGES = REPOSITORY / ".stock"
_WITHIN = 600.0


def install() -> None:
    """Install Amazon's provider into a folder of its own, once."""
    asked = (_HERE / "requirements.txt").read_text(encoding="utf-8")
    done = _PACKAGES / "installed.txt"
    if done.exists() and done.read_text(encoding="utf-8") == asked:
        return
    uv = Path(sys.executable).with_name("uv")
    where = ["--python", sys.executable, "--target", str(_PACKAGES), "--compile-bytecode"]
    subprocess.run([uv, "pip", "install", "--quiet", "--no-deps", *where, "-r", _HERE / "requirements.txt"], check=True)
    done.write_text(asked, encoding="utf-8")


def work_file(state: State) -> Path:
    """Return where the DAG finds what it is to do: beside the state, which is fresh each time."""
    return state.root.with_suffix(".json")


def moments_file(state: State) -> Path:
    """Return where the tasks that do nothing write when they did."""
    return state.root / "moments.txt"


def settings(state: State) -> dict[str, str]:
    """Return in which Airflow's settings the stock differs: Airflow's own executor, login and DAG folder."""
    keys = Credentials.load(state).service
    extra = {"endpoint_url": endpoint(state), "region_name": REGION}
    bundle = {
        "name": "stock",
        "classpath": "airflow.dag_processing.bundles.local.LocalDagBundle",
        "kwargs": {"path": str(_HERE / "dags")},
    }
    return {
        "PYTHONPATH": f"{_PACKAGES}:{REPOSITORY}",
        "STOCK_WORK": str(work_file(state)),
        "STOCK_MOMENTS": str(moments_file(state)),
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__DAGS_FOLDER": str(_HERE / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(state.root / "no-plugins"),
        "AIRFLOW__CORE__AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps([bundle]),
        # Sixty tasks at once keep the API server busy for longer than the five seconds that Airflow gives it.
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "30",
        # Great Expectations tells hundreds of lines at its import, which would be the task's log.
        "AIRFLOW__LOGGING__NAMESPACE_LEVELS": "great_expectations=WARNING",
        "AIRFLOW_CONN_AWS_DEFAULT": json.dumps(
            {"conn_type": "aws", "login": keys.access_key, "password": keys.secret, "extra": extra}
        ),
    }


class _Stock(Component):
    """A component of Airflow's with the stock's settings, and nobody who starts it anew because it is slow."""

    def environment(self) -> Mapping[str, str]:
        return {**super().environment(), **settings(self.state)}

    def trouble(self, since: float) -> str | None:  # noqa: ARG002 - nobody looks
        return None


_PARTS: dict[str, Any] = {
    kind.__name__: type(f"Stock{kind.__name__}", (_Stock, kind), {})
    for kind in (Migration, ApiServer, Scheduler, DagProcessor, Triggerer)
}
# Its DAG starts as soon as it is read: no task is to fail because the server that it asks is not up yet.
_PARTS["Scheduler"].needs = (*Scheduler.needs, "api-server")


@contextmanager
def stack(spec: StackSpec, state: State) -> Iterator[float]:
    """Run a fresh stack of stock parts for the length of a `with`; yields the seconds it took to come up."""
    services = [name for name in launch.EVERYTHING if name not in _OURS]
    with patch.multiple(launch, **_PARTS), measure.stack(spec, state, services) as seconds:
        yield seconds


def wait_armed(state: State, sensors: int) -> None:
    """Wait until every sensor has handed its wait to the triggerer."""
    _wait(state, "SELECT count(*) = %s FROM task_instance WHERE state = 'deferred'", sensors)


def trigger(state: State, dag: str) -> None:
    """Start a run of a DAG that has no schedule."""
    command = [sys.executable, "-m", "airflow", "dags", "trigger", dag]
    surroundings = {**process.clean_environment(), **environment(state), **settings(state)}
    subprocess.run(command, env=surroundings, check=True, stdout=subprocess.DEVNULL)


def task_starts(state: State) -> list[float]:
    """Return the seconds from a task's last line to the next one's first, while nothing else is to be done."""
    trigger(state, "task_start")
    _wait(state, "SELECT count(*) = 1 FROM dag_run WHERE dag_id = 'task_start' AND state = 'success'")
    moments = [float(line) for line in moments_file(state).read_text(encoding="ascii").splitlines()]
    return [later - earlier for earlier, later in pairwise(moments)]


def _wait(state: State, question: LiteralString, *arguments: int) -> None:
    """Wait until the database answers yes."""
    deadline = time.monotonic() + _WITHIN
    while True:
        with connect(state) as database:
            row = database.execute(question, arguments).fetchone()
        if row is not None and row[0]:
            return
        if time.monotonic() > deadline:
            raise TimeoutError(question)
        time.sleep(0.5)
