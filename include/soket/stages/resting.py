"""What papers rest on: the reports that count now, or those that an earlier draft was made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from soket.intake.reread import accepted_reports
from soket.plan.model import Stage
from soket.record.inputs import basis_for
from soket.record.records import StageRecord
from soket.record.register import Register
from soket.record.resting import basis_of, register_under
from soket.record.workspace import Workspace

if TYPE_CHECKING:
    from soket.documents.figures import Summary
    from soket.documents.since import Between


def summary_now(workspace: Workspace, register: Register, stage: Stage) -> Summary:
    """Return what the reports that a stage rests on add up to now."""
    from soket.documents.figures import summarise

    basis = basis_for(workspace.plan, register, stage)
    return summarise(workspace.plan, workspace.campaign, register, accepted_reports(workspace, register, basis.items()))


def summary_of(workspace: Workspace, register: Register, draft: StageRecord) -> Summary:
    """Return what a working draft says, as of when it was made; only what nobody has confirmed is as of now.

    A unit that the plan does not have any more is not in it.
    """
    from soket.documents.figures import summarise

    then = register_under(workspace, register, draft)
    basis = (each for each in basis_of(draft).items() if each[0] in then.units)
    reports = accepted_reports(workspace, then, basis)
    return summarise(workspace.plan, workspace.campaign, then, reports, doubts_of=register)


def came_since(workspace: Workspace, register: Register, draft: StageRecord | None, now: Summary) -> Between | None:
    """Return which reports a summary has that an earlier draft had not, and what they moved; None: there are none."""
    from soket.documents.since import between

    if draft is None or basis_of(draft) == now.basis:
        return None
    return between(summary_of(workspace, register, draft), now, f"bản tổng hợp vòng {draft.round}") or None


def moved_since(workspace: Workspace, register: Register, stage: Stage, then: Mapping[str, int]) -> tuple[str, ...]:
    """Say which totals and sentences the reports that count now change in a paper of a stage that rests on others."""
    from soket.documents.figures import summarise
    from soket.documents.told import changes, told

    plan, now = workspace.plan, basis_for(workspace.plan, register, stage)
    read = accepted_reports(workspace, register, (*now.items(), *then.items()))
    bases = ([each for each in read if basis.get(each.unit) == each.number] for basis in (then, now))
    was, would_be = (told(summarise(plan, workspace.campaign, register, each)) for each in bases)
    found = replace(changes(plan, was, would_be), added=(), replaced=(), dropped=())  # whose they are is known
    return (*found.lines(), *found.said())
