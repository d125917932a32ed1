"""Airflow's own deadlines behind soket's: whoever is left alive tells the operator that something is not.

The callbacks run in the triggerer, beside a scheduler or workers that may hang. A deadline keeps the date that was
right when its run was created, so a callback looks again at what is so now. One that fails is not tried again.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import BaseHook
from airflow.sdk.definitions.callback import AsyncCallback
from airflow.sdk.definitions.deadline import DeadlineAlert

from soket import clock as clocks
from soket.notices.alerts import overdue_notice, silence_notice
from soket.notices.server import CONNECTION as MAIL_CONNECTION
from soket.notices.server import sender_of, speaks
from soket.orchestration.deadlines import CampaignDeadline
from soket.orchestration.reaching import reach
from soket.orchestration.runs import board_address, campaign_of, lane_of
from soket.plan.loader import find_plan
from soket.plan.model import Campaign, Plan, Stage
from soket.record.heartbeat import silence
from soket.record.keeping import read_register
from soket.record.workspace import Workspace

# How long after a stage's date its runs are to be over, in campaign time: a first alert, and one more.
STAGE_MARGINS = (24, 72)  # hours

MONITOR_WITHIN = timedelta(minutes=30)  # real time from a run's creation to its end

_AT_ONCE = timedelta(0)


def stage_alerts(plan: Plan, stage: Stage, clock: clocks.Clock) -> list[DeadlineAlert]:
    """Return the alerts of a stage's DAG: its runs are not over so long after the stage's date."""
    return [
        DeadlineAlert(
            reference=CampaignDeadline(
                [
                    [*_span(campaign), (campaign.stages[stage.id].moment + timedelta(hours=hours)).isoformat()]
                    for campaign in plan.campaigns
                    if stage.id in campaign.stages
                ],
                clock.to_env(),
            ),
            interval=_AT_ONCE,
            callback=AsyncCallback(stage_overdue, {"plan": plan.id, "stage": stage.id, "hours": hours}),
            name=f"quá hạn giai đoạn {hours} giờ",
        )
        for hours in STAGE_MARGINS
    ]


def monitor_alert(plan: Plan, clock: clocks.Clock) -> DeadlineAlert:
    """Return the alert of the monitor's DAG: a run that was created is not over."""
    return DeadlineAlert(
        reference=CampaignDeadline([[*_span(campaign), ""] for campaign in plan.campaigns], clock.to_env()),
        interval=MONITOR_WITHIN,
        callback=AsyncCallback(monitor_stuck, {"plan": plan.id}),
        name=f"sau {MONITOR_WITHIN // timedelta(minutes=1)} phút",
    )


async def stage_overdue(context: dict[str, Any], plan: str, stage: str, hours: int) -> None:
    """Tell the operator that a stage is not over, if that is still so."""
    workspace = await _workspace(plan, context)

    def tell() -> None:
        from soket.notices.outbox import post

        notice = overdue_notice(workspace, read_register(workspace), workspace.plan.stage(stage), hours)
        if notice is not None:
            post(workspace, notice, suppressed=workspace.silent)

    await asyncio.to_thread(tell)
    await _deliver(workspace)


async def monitor_stuck(context: dict[str, Any], plan: str) -> None:
    """Tell the operator that the monitor hangs, unless it has run since."""
    workspace = await _workspace(plan, context)

    def tell() -> None:
        from soket.notices.outbox import post

        found = silence(workspace)
        if found is not None:
            post(workspace, silence_notice(workspace, found), suppressed=workspace.silent)

    await asyncio.to_thread(tell)
    await _deliver(workspace)


async def _workspace(plan_id: str, context: dict[str, Any]) -> Workspace:
    """Return the workspace of the campaign that a run, as Airflow hands it to callbacks, belongs to."""
    plan, run = await asyncio.to_thread(find_plan, plan_id), context["dag_run"]
    moment = datetime.fromisoformat(run["logical_date"]) if run.get("logical_date") else None
    clock = clocks.from_environment()
    among = lane_of(plan, run["dag_id"])
    campaign = campaign_of(plan, (run.get("conf") or {}).get("campaign"), moment, clock.now(), among)
    workspace = await reach(plan_id, campaign.code)
    return replace(workspace, silent=not speaks(clock))


async def _deliver(workspace: Workspace) -> None:
    from soket.notices.delivery import deliver
    from soket.notices.webhooks import announce

    if workspace.silent:
        return
    server = await BaseHook.aget_connection(MAIL_CONNECTION)
    sender = sender_of(server.host, server.port, server.login, server.password, server.extra_dejson)
    delivery = await asyncio.to_thread(deliver, workspace, sender)
    await asyncio.to_thread(announce, workspace, delivery.sent, board_address)


def _span(campaign: Campaign) -> list[str]:
    return [campaign.code, campaign.start.isoformat(), campaign.end.isoformat()]
