"""Many plans side by side: what a process builds of them, and that Airflow finds no change where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from airflow.dag_processing.dagbag import DagBag
from airflow.models.serialized_dag import SerializedDagModel
from airflow.sdk import DAG
from airflow.sdk.definitions.context import _AIRFLOW_PARSING_CONTEXT_DAG_ID as BUILDS
from airflow.serialization.serialized_objects import DagSerialization

from conftest import REPOSITORY
from soket import clock as clocks
from soket.clock import FrozenClock
from soket.plan import loader
from soket.plan.model import Plan
from soket.stack.pulse import PARALLELISM, POOL, POOL_SLOTS

Dags = dict[str, DAG]

_WRITTEN = """
import json, runpy
from airflow.models.serialized_dag import SerializedDagModel
from airflow.sdk import DAG
from airflow.serialization.serialized_objects import DagSerialization
for name, dag in runpy.run_path("dags/review_plans.py").items():
    if isinstance(dag, DAG) and name == dag.dag_id:
        written = DagSerialization.to_dict(dag)
        print("DAG", dag.dag_id, SerializedDagModel.hash(written), json.dumps(written, sort_keys=True))
"""


@pytest.fixture
def three(tmp_path: Path, plan: Plan) -> Path:
    """A folder of three plans that differ by their ids."""
    good = REPOSITORY / "include" / "plans" / "nq06_du_lich.yaml"
    shutil.copy(good, tmp_path)
    for other in ("ke_hoach_hai", "ke_hoach_ba"):
        text = good.read_text(encoding="utf-8").replace(f"id: {plan.id}", f"id: {other}", 1)
        (tmp_path / f"{other}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_tasks_process_reads_and_builds_the_plan_asked_for_alone(
    dags_at: Callable[..., Dags], monkeypatch: pytest.MonkeyPatch, three: Path
) -> None:
    read: list[str] = []
    examine = loader.examine
    monkeypatch.setattr(loader, "examine", lambda path: read.append(path.stem) or examine(path))
    assert len(everything := dags_at(plans=three)) == 27
    assert len(read) == 3
    loader._remembered.cache_clear()
    monkeypatch.setenv(BUILDS, "ke_hoach_hai.intake")
    assert set(dags_at(plans=three)) == {each for each in everything if each.startswith("ke_hoach_hai.")}
    assert read[3:] == ["ke_hoach_hai"]


def test_of_a_plan_that_is_gone_a_tasks_process_builds_nothing(
    dags_at: Callable[..., Dags], monkeypatch: pytest.MonkeyPatch, three: Path
) -> None:
    monkeypatch.setenv(BUILDS, "ke_hoach_bon.intake")
    assert not dags_at(plans=three)


def test_what_people_wait_for_has_its_turn_first_and_then_what_is_due_sooner(dags: Dags, plan: Plan) -> None:
    weights = {name: {task.priority_weight for task in dag.tasks} for name, dag in dags.items()}
    assert all(len(each) == 1 for each in weights.values())
    first = {name.partition(".")[2]: each.pop() for name, each in weights.items()}
    stages = [stage.id for stage in sorted(plan.stages, key=lambda each: plan.campaigns[-1].stages[each.id].last_day)]
    assert sorted(stages, key=lambda each: -first[each]) == stages
    assert min(first["intake"], first["actions"]) > max(first[name] for name in (*stages, "monitor", "provisional"))
    assert {task.weight_rule for dag in dags.values() for task in dag.tasks} == {"absolute"}


def test_workers_are_left_for_what_people_wait_for(dags: Dags) -> None:
    pools = {name.partition(".")[2]: {task.pool for task in dag.tasks} for name, dag in dags.items()}
    assert {name for name, used in pools.items() if used == {"default_pool"}} == {"intake", "actions"}
    assert {name for name, used in pools.items() if used == {POOL}} == set(pools) - {"intake", "actions"}
    assert 0 < POOL_SLOTS < PARALLELISM


def test_a_day_later_nothing_reads_otherwise(dags_at: Callable[..., Dags]) -> None:
    def written(clock: str) -> dict[str, str]:
        return {name: SerializedDagModel.hash(DagSerialization.to_dict(dag)) for name, dag in dags_at(clock).items()}

    late = {f"2021-11-{day:02}T08:00:00+07:00" for day in (1, 2, 12)}
    found = []
    for moment in sorted(late):
        frozen = FrozenClock(datetime.fromisoformat(moment))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(clocks, "from_environment", lambda frozen=frozen: frozen)
            patch.setattr(FrozenClock, "to_env", lambda _: "wall", raising=False)
            found.append(written("wall"))
    assert found[0] == found[1] == found[2]


def test_every_dag_is_of_one_file_whichever_is_read_last() -> None:
    folder = REPOSITORY / "dags"
    assert not DagBag(dag_folder=str(folder / "plan_faults.py")).dags
    bag = DagBag(dag_folder=str(folder / "review_plans.py"))
    assert len(bag.dags) == 9
    assert {Path(dag.fileloc).name for dag in bag.dags.values()} == {"review_plans.py"}


def test_airflow_gets_the_same_bytes_from_every_process() -> None:
    def written(seed: str) -> list[str]:
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", _WRITTEN],
            cwd=REPOSITORY,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return [line for line in done.stdout.splitlines() if line.startswith("DAG ")]

    first = written("1")
    assert len(first) == 9
    assert written("2") == first
