"""The graph of each DAG, as text: it reads like the plan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from airflow.sdk import DAG
from syrupy.assertion import SnapshotAssertion

from dags.test_dags import STAGES
from soket.plan.model import Plan


@pytest.mark.parametrize("name", [*STAGES, "intake", "monitor", "actions"])
def test_graph(dags: dict[str, DAG], plan: Plan, name: str, snapshot: SnapshotAssertion) -> None:
    dag = dags[f"{plan.id}.{name}"]
    assert "\n".join([dag.dag_display_name, "", *_steps(dag), "", *_edges(dag)]) == snapshot


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
