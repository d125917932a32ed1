"""How commands reach a running stack."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from soket.campaign.accounts import find_plan, open_workspace
from soket.campaign.workspace import Workspace

PlanOption = Annotated[str | None, typer.Option("--plan", help="Mã kế hoạch (bỏ trống nếu chỉ có một).")]
CampaignOption = Annotated[str | None, typer.Option("--campaign", help="Mã đợt (bỏ trống: đợt cuối).")]
StateOption = Annotated[Path | None, typer.Option("--state", help="Thư mục trạng thái của hệ thống.")]
JsonOption = Annotated[bool, typer.Option("--json", help="In dữ liệu dạng JSON.")]


def workspace(plan: str | None, campaign: str | None, state: Path | None) -> Workspace:
    """Return a campaign's workspace on the running stack, or on the store that the environment names."""
    from soket.plan.loader import load_all
    from soket.stack.launch import environment
    from soket.stack.state import State

    if "AIRFLOW_CONN_SOKET_STORE" not in os.environ or state:
        os.environ.update(environment(State.locate(state)))
    chosen = find_plan(plan) if plan else _only_plan(load_all()[0])
    return open_workspace(chosen.id, campaign or chosen.campaigns[-1].code)


def _only_plan(plans: list) -> object:  # type: ignore[type-arg]
    if len(plans) != 1:
        raise typer.BadParameter(f"Có {len(plans)} kế hoạch; chọn một bằng --plan.")
    return plans[0]
