"""From plans to DAGs."""

from __future__ import annotations

from collections.abc import Iterator

from airflow.sdk import DAG

from soket.orchestration.house import House
from soket.orchestration.stages import actions, appraise, collect, confer, draft, intake, monitor, publish
from soket.plan.model import Plan, StageKind

_OF_PLANS = (intake, monitor, actions)
_OF_STAGES = {
    StageKind.COLLECT: collect,
    StageKind.DRAFT: draft,
    StageKind.APPRAISE: appraise,
    StageKind.CONFER: confer,
    StageKind.PUBLISH: publish,
}


def build_dags(plan: Plan) -> Iterator[DAG]:
    """Yield the DAGs of one plan: one for each stage, and those that all of them share."""
    house = House(plan)
    for stage in plan.stages:
        yield _OF_STAGES[stage.kind].build(house, stage)
    for builder in _OF_PLANS:
        yield builder.build(house)
