"""From plans to DAGs."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator

from airflow.sdk import DAG, get_parsing_context

from soket.orchestration.house import House
from soket.orchestration.stages import actions, appraise, collect, confer, draft, intake, monitor, provisional, publish
from soket.plan.campaigns import lanes
from soket.plan.check import no_collecting
from soket.plan.loader import UnknownPlanError, find_plan, load_all
from soket.plan.model import Plan, StageKind

log = logging.getLogger(__name__)

_OF_STAGES = {
    StageKind.COLLECT: collect,
    StageKind.DRAFT: draft,
    StageKind.APPRAISE: appraise,
    StageKind.CONFER: confer,
    StageKind.PUBLISH: publish,
}


def plans_wanted() -> list[Plan]:
    """Return the plans whose DAGs the process needs that reads the DAG file: a task's, its own plan alone; else all."""
    if (dag_id := get_parsing_context().dag_id) is None:
        return load_all()[0]
    try:
        return [find_plan(dag_id.partition(".")[0])]
    except UnknownPlanError:
        log.exception("no plan of %s", dag_id)
        return []


def build_all(plans: Iterable[Plan]) -> tuple[list[DAG], list[str]]:
    """Return the DAGs of plans, and what is to be told where a plan has none: it takes no other plan's with it."""
    built: list[DAG] = []
    failed = []
    for plan in plans:
        try:
            with no_collecting():  # all of it stays
                built += list(build_dags(plan))
        except Exception as error:
            log.exception("no DAGs of %s", plan.id)
            words = f"Kế hoạch «{plan.id}»: không lập được DAG ({type(error).__name__}: {error})"
            failed.append(f"{words}. Lỗi của hệ thống: báo người phát triển, kèm tệp kế hoạch.")
    return built, failed


def build_dags(plan: Plan) -> Iterator[DAG]:
    """Yield the DAGs of one plan: one for each stage, and those that all of them share; for campaigns at once, each."""
    for lane, campaigns in enumerate(lanes(plan.campaigns)):
        house = House(plan, lane)
        for stage in plan.stages:
            if lane == 0 or any(stage.id in campaign.stages for campaign in campaigns):
                yield _OF_STAGES[stage.kind].build(house, stage)
        yield intake.build(house)
        yield monitor.build(house)
        if house.drafts_on_reports():
            yield provisional.build(house)
    yield actions.build(House(plan))
