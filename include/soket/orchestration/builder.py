"""From plans to DAGs."""

from __future__ import annotations

from collections.abc import Iterator

from airflow.sdk import DAG

from soket.orchestration.house import House
from soket.orchestration.stages import (
    actions,
    communications,
    conference,
    intake,
    monitor,
    ubnd_draft,
    unit_reports,
    vptu_appraisal,
)
from soket.plan.model import Plan

_BUILDERS = (unit_reports, intake, ubnd_draft, vptu_appraisal, conference, communications, monitor, actions)


def build_dags(plan: Plan) -> Iterator[DAG]:
    """Yield the DAGs of one plan."""
    house = House(plan)
    for builder in _BUILDERS:
        yield builder.build(house)
