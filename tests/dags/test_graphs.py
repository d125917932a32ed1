"""The graph of each DAG, as text: it reads like the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from airflow.sdk import DAG, AssetAny
from syrupy.assertion import SnapshotAssertion

from conftest import REPOSITORY
from dags.test_dags import STAGES
from soket.plan.model import Plan


@pytest.mark.parametrize("name", [*STAGES, "intake", "monitor", "provisional", "actions"])
def test_graph(dags: dict[str, DAG], plan: Plan, name: str, snapshot: SnapshotAssertion) -> None:
    dag = dags[f"{plan.id}.{name}"]
    assert "\n".join([dag.dag_display_name, "", *_steps(dag), "", *_edges(dag)]) == snapshot


UNLIKE = REPOSITORY / "tests" / "plan" / "unlike"


@pytest.mark.parametrize("file", sorted(UNLIKE.glob("*.yaml")), ids=lambda each: each.stem)
def test_the_flow_of_a_plan_of_another_shape(
    dags_at: Callable[..., dict[str, DAG]], file: Path, snapshot: SnapshotAssertion
) -> None:
    """What wakes each DAG, its steps, and what it announces."""
    dags = [dag for name, dag in dags_at(plans=UNLIKE).items() if name.startswith(f"{file.stem}.")]
    assert "\n\n".join("\n".join([dag.dag_display_name, *_flow(dag), *_edges(dag)]) for dag in dags) == snapshot


def _flow(dag: DAG) -> Iterator[str]:
    waking = dag.timetable.asset_condition
    for asset in waking.objects if isinstance(waking, AssetAny) else ():
        yield f"<-- {asset.name}"
    for task in dag.topological_sort():
        for asset in task.outlets:
            yield f"{task.task_id} --> {asset.name}"


def _steps(dag: DAG) -> Iterator[str]:
    for task in dag.topological_sort():
        group = task.task_group
        inside = f"{group.group_display_name} / " if group and not group.is_root else ""
        yield f"{task.task_id}: {inside}{task.task_display_name} [{task.operator_name}]"


def _edges(dag: DAG) -> Iterator[str]:
    for task in dag.topological_sort():
        for follower in sorted(task.downstream_task_ids):
            label = dag.get_edge_info(task.task_id, follower).get("label")
            yield f"{task.task_id} --{f' {label} --' if label else ''}> {follower}"
