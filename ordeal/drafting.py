"""What the DAGs of drafts do, one step after another; and what the drafting office does."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from soket.plan.model import Plan, Stage, StageKind
from soket.record.keeping import read_register
from soket.record.products import OFFICIAL_DRAFT, WORKING_DRAFT
from soket.record.workspace import Workspace
from soket.stages import NothingToDoError, StillWaitingError, draft, provisional
from soket.stages.conditions import official_draft_dropped, report_counted
from soket.store.store import Store


def drafting_stage(plan: Plan) -> Stage:
    """Return the stage that drafts from reports."""
    return next(each for each in plan.stages_of(StageKind.DRAFT) if plan.draft_of(each) is None)


def draft_what_came(workspace: Callable[[], Workspace]) -> None:
    """Make the provisional draft and the working one, take the official one, and begin anew where more has come."""
    stage = drafting_stage(workspace().plan)

    def if_there(condition: Callable[..., str | None], step: Callable[[Workspace, Stage], str]) -> None:
        here = workspace()
        if condition(here, read_register(here), stage=stage.id):
            step(here, stage)

    with suppress(NothingToDoError):
        provisional.renew(workspace())
    with suppress(NothingToDoError):
        draft.announce_amendments(workspace())
    with suppress(NothingToDoError, StillWaitingError):
        draft.open_round(workspace(), stage)
        if_there(report_counted, draft.consolidate)
        if_there(official_draft_dropped, draft.check_official_draft)


def drop_official_draft(workspace: Workspace, store: Store) -> bool:
    """Put the open round's working draft into the drafter's folder as the official one; tell whether there is one."""
    stage = drafting_stage(workspace.plan)
    entry = read_register(workspace, keep=False).of(stage)
    if (working := entry.record("working")) is None or entry.done:
        return False
    (key,) = [each for each in working.products if each.endswith(f"/{WORKING_DRAFT}")]
    name = f"{entry.round}-{OFFICIAL_DRAFT}"
    store.put(workspace.keys.inbox_folder(stage.owner) + name, store.get(key))
    return True
