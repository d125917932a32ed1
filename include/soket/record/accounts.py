"""Who reaches what: the folders, the accounts and the workspaces that the plans call for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from soket import clock
from soket.plan.loader import load_all
from soket.plan.model import Campaign, Office, Plan, Rights, Unit
from soket.record.workspace import Workspace
from soket.store.connect import StoreSettings, open_store
from soket.store.keys import Keys

if TYPE_CHECKING:
    from soket.stack.spec import Folder, StackSpec


# What whoever starts a stack may set, and every process of the stack must know.
SETTINGS = (
    "SOKET_PLANS",
    "SOKET_TEMPLATES",
    "SOKET_MAIL",
    "SOKET_POLL_SECONDS",
    "SOKET_GATE_SECONDS",
    "SOKET_SETTLE_SECONDS",
)


# Nobody is `admin`: on Airflow's pages that is no more than `op`, and what is, is done at the server's console.
_LEAST_FIRST = ("viewer", "user", "op")


class UnknownPlanError(LookupError):
    """No plan, or no campaign, has this name."""


def find_plan(plan_id: str) -> Plan:
    """Return the plan with an id; raise UnknownPlanError naming those there are."""
    plans, faulty = load_all()
    for plan in plans:
        if plan.id == plan_id:
            return plan
    known = f"Không có kế hoạch «{plan_id}». Có: {', '.join(plan.id for plan in plans) or 'không có'}."
    raise UnknownPlanError(" ".join([known, *(f"Có lỗi, chưa dùng được: {each.faults[0]}" for each in faulty)]))


def open_workspace(plan_id: str, campaign: str) -> Workspace:
    """Return the workspace of a campaign on the bucket and the clock that the environment names."""
    plan = find_plan(plan_id)
    try:
        chosen = plan.campaign(campaign)
    except KeyError:
        known = ", ".join(each.code for each in plan.campaigns)
        raise UnknownPlanError(f"Kế hoạch «{plan_id}» không có đợt «{campaign}». Có: {known}.") from None
    return Workspace(plan, chosen, open_store(StoreSettings.from_environment()), clock.from_environment())


def open_workspaces() -> list[Workspace]:
    """Return the workspaces of the campaigns that are under way, on the bucket and the clock of the environment."""
    plans, _ = load_all()
    now = clock.from_environment()
    store = open_store(StoreSettings.from_environment())
    return [Workspace(plan, campaign, store, now) for plan in plans for campaign in plan.open_campaigns(now.now())]


def workspace_now(plan: Plan) -> Workspace:
    """Return the workspace of a plan's present campaign."""
    now = clock.from_environment()
    return Workspace(plan, plan.present_campaign(now.now()), open_store(StoreSettings.from_environment()), now)


def _owners(plan: Plan) -> list[Unit | Office]:
    return [*plan.units, *plan.offices]


def folder_of(plan: Plan, campaign: Campaign, owner: str) -> Folder:
    """Return the folder of a unit or an office in a campaign, under the name that its key is kept by."""
    from soket.stack.spec import Folder

    return Folder(f"{plan.id}/{campaign.code}/{owner}", Keys(plan.id, campaign.code).inbox_folder(owner))


def plans_by_account() -> dict[str, frozenset[str]]:
    """Return the plans, by id, whose offices each account belongs to."""
    plans, _ = load_all()
    names = {office.account for plan in plans for office in plan.offices if office.account}
    return {
        name: frozenset(plan.id for plan in plans if any(office.account == name for office in plan.offices))
        for name in names
    }


def _roles(plans: Iterable[Plan]) -> dict[str, str]:
    """Return the least role of Airflow's with which each account can do what the plans give it: `viewer` only looks."""
    roles: dict[str, str] = {}
    for plan in plans:
        acting = {office.code for act in Rights.model_fields for office in plan.offices_of(act)}
        for office in plan.offices:
            role = "op" if office.code == plan.roles.operator else "user" if office.code in acting else "viewer"
            if office.account:
                roles[office.account] = max(roles.get(office.account, "viewer"), role, key=_LEAST_FIRST.index)
    return roles


def stack_spec() -> StackSpec:
    """Return the folders and accounts that the plans in the plans folder call for."""
    from soket.stack.spec import Account, StackSpec

    plans, _ = load_all()
    folders = {
        (plan.id, campaign.code, owner.code): folder_of(plan, campaign, owner.code)
        for plan in plans
        for campaign in plan.campaigns
        for owner in _owners(plan)
    }
    return StackSpec(
        folders=tuple(folders.values()),
        accounts=tuple(Account(name, role) for name, role in _roles(plans).items()),
        settings={name: os.environ[name] for name in SETTINGS if name in os.environ},
    )
