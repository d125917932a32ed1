"""Many plans side by side: what a process builds of them, and that Airflow finds no change where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from airflow.sdk import DAG
from airflow.sdk.definitions.context import _AIRFLOW_PARSING_CONTEXT_DAG_ID as BUILDS

from conftest import REPOSITORY
from soket.plan import loader
from soket.plan.model import Plan

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
