"""What the plans in the plans folder call for: the folders, and the accounts with what each may do at Airflow's."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from soket.plan.loader import load_all
from soket.plan.model import Campaign, Plan, Rights
from soket.plan.rights import QUESTIONS
from soket.stack.spec import Account, Folder, StackSpec
from soket.store.keys import Keys

# What whoever starts a stack may set, and every process of the stack must know.
_FOLDERS = ("SOKET_PLANS", "SOKET_DIRECTORY", "SOKET_THEMES", "SOKET_FORMS", "SOKET_TEMPLATES", "SOKET_ROOTS")
SETTINGS = (
    *_FOLDERS,
    "SOKET_MAIL",
    "SOKET_POLL_SECONDS",
    "SOKET_GATE_SECONDS",
    "SOKET_SETTLE_SECONDS",
    "SOKET_WATCH_SECONDS",
)

# Nobody is `admin`: on Airflow's pages that is no more than `op`, and what is, is done at the server's console.
_LEAST_FIRST = ("viewer", "user", "op")


def folder_of(plan: Plan, campaign: Campaign, owner: str) -> Folder:
    """Return the folder of a unit or an office in a campaign, under the name that its key is kept by."""
    return Folder(f"{plan.id}/{campaign.code}/{owner}", Keys(plan.id, campaign.code).inbox_folder(owner))


def _roles(plans: Iterable[Plan]) -> dict[str, str]:
    """Return the least role of Airflow's with which each account can do what the plans give it: `viewer` only looks."""
    roles: dict[str, str] = {}
    for plan in plans:
        acts = [plan.offices_of(act) for act in Rights.model_fields]
        answers = [plan.offices_of(act, stage) for kind, act in QUESTIONS.items() for stage in plan.stages_of(kind)]
        acting = {office.code for offices in (*acts, *answers) for office in offices}
        for office in plan.offices:
            role = "op" if office.code == plan.roles.operator else "user" if office.code in acting else "viewer"
            if office.account:
                roles[office.account] = max(roles.get(office.account, "viewer"), role, key=_LEAST_FIRST.index)
    return roles


def stack_spec() -> StackSpec:
    """Return the folders and accounts that the plans in the plans folder call for."""
    plans, _ = load_all()
    folders = {
        (plan.id, campaign.code, owner): folder_of(plan, campaign, owner)
        for plan in plans
        for campaign in plan.campaigns
        for owner in (*(unit.code for unit in plan.units if not unit.beside), *(office.code for office in plan.offices))
    }
    return StackSpec(
        folders=tuple(folders.values()),
        accounts=tuple(Account(name, role) for name, role in _roles(plans).items()),
        settings={name: _setting(name, os.environ[name]) for name in SETTINGS if name in os.environ},
    )


def _setting(name: str, value: str) -> str:
    """Return a setting as processes understand it that stand in folders of their own."""
    return str(Path(value).absolute()) if name in _FOLDERS and value else value
