"""From an Airflow run to the campaign it works on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from airflow.sdk import BaseHook
from airflow.sdk.configuration import conf
from airflow.sdk.exceptions import AirflowNotFoundException

from soket import clock as clocks
from soket.clock import Clock
from soket.notices.reports.server import CONNECTION as MAILBOX_CONNECTION
from soket.notices.reports.server import mailbox_of, sources
from soket.notices.reports.sources import Source
from soket.notices.server import CONNECTION as MAIL_CONNECTION
from soket.notices.server import sender_of, speaks
from soket.notices.smtp import SmtpSender
from soket.orchestration.timetables import moment_of
from soket.plan.campaigns import lanes
from soket.plan.dates import present
from soket.plan.loader import find_plan
from soket.plan.model import Campaign, Plan
from soket.record.workspace import Workspace, at_work
from soket.store.connect import CONNECTION, StoreSettings, open_store
from soket.text import format_date


class NoCampaignError(RuntimeError):
    """A run cannot tell which campaign it belongs to."""


def workspace_of(plan_id: str, context: Any) -> Workspace:  # noqa: ANN401 - Airflow's context has no usable type
    """Return the workspace of the campaign that a run belongs to.

    A backfilled run works again on what is there and sends nothing: its workspace is silent and `rerun`.
    """
    plan = find_plan(plan_id)
    clock = clocks.from_environment()
    run = context["dag_run"]
    rerun = run.run_type == "backfill"
    at = run_moment(clock, run.run_type, context.get("logical_date"))
    return at_work(
        plan,
        campaign_of(plan, _named(context), at, clock.now(), lane_of(plan, run.dag_id)).code,
        open_store(_store_settings(job_of(run.dag_id))),
        clock,
        rerun=rerun,
        silent=rerun or not speaks(clock),
    )


def mail_sender() -> SmtpSender:
    """Return the mail server behind the SMTP connection."""
    connection = BaseHook.get_connection(MAIL_CONNECTION)
    return sender_of(connection.host, connection.port, connection.login, connection.password, connection.extra_dejson)


def board_address() -> str:
    """Return the board's address, as people reach it."""
    address: str = conf.get("api", "base_url")
    return f"{address.rstrip('/')}/soket"


def report_sources(workspace: Workspace) -> list[Source]:
    """Return where mail servers' reports come: the bucket's folder and, where there is a connection, its mailbox."""
    try:
        connection = BaseHook.get_connection(MAILBOX_CONNECTION)
    except AirflowNotFoundException:
        return sources(workspace.store, None)
    if not connection.host:
        return sources(workspace.store, None)
    fields = connection.host, connection.port, connection.login, connection.password
    return sources(workspace.store, mailbox_of(*fields, connection.extra_dejson))


def _store_settings(job: str) -> StoreSettings:
    connection = BaseHook.get_connection(f"{CONNECTION}_{job}")
    return StoreSettings.of(connection.login, connection.password, connection.extra_dejson)


def run_moment(clock: Clock, run_type: str, date: datetime | None) -> datetime | None:
    """Return the campaign moment of a run's date; None where it has none.

    Airflow dates a run that somebody starts by real time, whatever the clock.
    """
    if date is None:
        return None
    return clock.campaign_time(date) if run_type == "manual" else moment_of(clock, date)


def job_of(dag_id: str) -> str:
    """Return the job at the store that a DAG's steps have: their key of it, and the queue that they wait in."""
    name = dag_id.split(".")[1]
    return name if name in ("intake", "monitor") else "papers"


def lane_of(plan: Plan, dag_id: str) -> Sequence[Campaign]:
    """Return the campaigns that a DAG is for; officials' acts are of any."""
    _, name, *mark = dag_id.split(".")
    return plan.campaigns if name == "actions" else lanes(plan.campaigns)[int(mark[0]) - 1 if mark else 0]


def campaign_of(
    plan: Plan, named: str | None, at: datetime | None, now: datetime, among: Sequence[Campaign] = ()
) -> Campaign:
    """Return the campaign that a run of a campaign moment belongs to, among some; raise NoCampaignError without one."""
    if named:
        try:
            return plan.campaign(named)
        except KeyError:
            known = ", ".join(each.code for each in plan.campaigns)
            raise NoCampaignError(f"Kế hoạch «{plan.id}» không có đợt «{named}». Có: {known}.") from None
    found = present(among or plan.campaigns, now, at)
    if found is None:
        first = format_date(plan.present_campaign(now).opens)
        raise NoCampaignError(f"Kế hoạch «{plan.id}» chưa có đợt nào bắt đầu: đợt đầu mở ngày {first}.")
    return found


def _named(context: Any) -> str | None:  # noqa: ANN401 - as above
    named: str | None = (context["dag_run"].conf or {}).get("campaign")
    for events in (context.get("triggering_asset_events") or {}).values():
        for event in events:
            named = event.extra.get("campaign") or named
    return named
