"""How commands reach a running stack."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from soket import clock as clocks
from soket.plan.loader import find_plan, load_all
from soket.plan.model import Campaign, Plan
from soket.record.workspace import Workspace, open_workspace
from soket.store.connect import ENVIRONMENT_VARIABLE

if TYPE_CHECKING:
    from soket.plan.directory import DirectoryFile

PlanOption = Annotated[str | None, typer.Option("--plan", help="Mã kế hoạch (bỏ trống nếu chỉ có một).")]
CampaignOption = Annotated[str | None, typer.Option("--campaign", help="Mã đợt (bỏ trống: đợt đang mở).")]
StateOption = Annotated[Path | None, typer.Option("--state", help="Thư mục trạng thái của hệ thống.")]
JsonOption = Annotated[bool, typer.Option("--json", help="In dữ liệu dạng JSON.")]


def enter(state: Path | None) -> None:
    """Take on the environment of a stack, unless this process already has one and no other is asked for."""
    from soket.stack.airflow import environment
    from soket.stack.state import State

    if ENVIRONMENT_VARIABLE in os.environ and state is None:
        return
    place = State.locate(state)
    try:
        os.environ.update(environment(place))
    except FileNotFoundError:
        raise typer.BadParameter(
            f"Chưa có hệ thống nào ở {place.root}. Chạy `soket up`, hoặc chỉ thư mục khác bằng --state."
        ) from None


def workspace(plan: str | None, campaign: str | None, state: Path | None) -> Workspace:
    """Return a campaign's workspace on a stack, or on the store that the environment names, and say which it is.

    Without a name it is the present campaign's; where that is not plain, one is to be named.
    """
    enter(state)
    chosen = the_plan(plan)
    found = open_workspace(chosen.id, the_campaign(chosen, campaign).code)
    typer.echo(f"{chosen.short_title} ({chosen.id}), đợt {found.campaign.code}: {found.campaign.title}.", err=True)
    return found


def the_campaign(plan: Plan, named: str | None) -> Campaign:
    """Return the campaign that is named or, without a name, the present one, if no other can be meant."""
    now, known = clocks.from_environment().now(), ", ".join(each.code for each in plan.campaigns)
    if named is not None:
        try:
            return plan.campaign(named)
        except KeyError:
            words = f"Kế hoạch «{plan.id}» không có đợt «{named}». Có: {known}."
            raise typer.BadParameter(words, param_hint="--campaign") from None
    if len(plan.campaigns) > 1 and len(plan.open_campaigns(now)) != 1:
        words = f"Kế hoạch «{plan.id}» lúc này không có đúng một đợt đang mở; chọn một đợt: {known}."
        raise typer.BadParameter(words, param_hint="--campaign")
    return plan.present_campaign(now)


def the_directory(name: str, *, param_hint: str | None = None) -> DirectoryFile:
    """Return the directory that is named, and what is wrong with it."""
    from soket.plan.directory import directory_file, directory_names, examined

    if name not in directory_names():
        known = ", ".join(directory_names()) or "chưa có danh bạ nào"
        raise typer.BadParameter(f"Không có danh bạ «{name}». Có: {known}.", param_hint=param_hint)
    return examined(directory_file(name))


def the_plan(plan: str | None) -> Plan:
    """Return the plan that is named or, without a name, the only one there is."""
    if plan is not None:
        return find_plan(plan)
    plans, _ = load_all()
    if len(plans) != 1:
        known = ", ".join(each.id for each in plans) or "không có"
        raise typer.BadParameter(f"Có {len(plans)} kế hoạch ({known}); chọn một.", param_hint="--plan")
    return plans[0]
