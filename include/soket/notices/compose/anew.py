"""Requests to those who were not asked with the others, or whose request holds no more since the plan was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pydantic import JsonValue

from soket.notices.compose.requests import coverage_request_notices, request_notices, step_of_round
from soket.notices.ledger import NoticeState, read_intent
from soket.notices.notice import Attachment, Notice
from soket.plan.changes import Amendment, ChangeKind
from soket.plan.model import Plan, Stage, StageKind, Unit
from soket.record.decisions import PlanChange
from soket.record.register import Register, Standing, UnitEntry
from soket.record.workspace import Workspace
from soket.store.store import MissingObjectError

_ASKS_MORE = (ChangeKind.INDICATOR_ADDED, ChangeKind.FORM)  # also of whoever handed in


def late_requests(
    workspace: Workspace,
    register: Register,
    stage: Stage,
    known: Mapping[str, NoticeState],
    papers: Sequence[Attachment] | None = None,
) -> list[Notice]:
    """Return what an open stage still owes: to units never asked, and to those asked for something else now."""
    compose = coverage_request_notices if stage.kind is StageKind.PUBLISH else request_notices
    first = {each.addressee: each for each in compose(workspace, register, stage, papers)}
    owed = []
    for unit in workspace.plan.units_of(stage):
        entry = register.units[unit.code]
        if (notice := first.get(unit.code)) is None or entry.closed is not None:
            continue
        notice = _as_asked_last(notice, register.of(stage).round, known)
        asked = known.get(notice.id)
        if asked is None:
            owed += [notice] if entry.to_chase else []
            continue
        for act, changes in _changes_for(workspace.plan, register, unit, entry):
            told: list[JsonValue] = [each.title for each in changes]
            anew = notice.model_copy(
                update={
                    "step": f"{notice.step}-e{act.edition}",
                    "context": {**notice.context, "changes": told, "taken": entry.accepted is not None},
                }
            )
            if anew.id not in known and _asked_before(workspace, asked, act):
                owed.append(anew)
    return owed


def _as_asked_last(notice: Notice, latest: int, known: Mapping[str, NoticeState]) -> Notice:
    """Return a request as of the latest round that asked its unit: not every round asks all."""
    rounds = (notice.model_copy(update={"step": step_of_round(number)}) for number in range(latest, 0, -1))
    return next((each for each in rounds if each.id in known), notice)


def _changes_for(
    plan: Plan, register: Register, unit: Unit, entry: UnitEntry
) -> Iterator[tuple[PlanChange, list[Amendment]]]:
    """Yield the changes of the plan that change what a unit is to hand in."""
    for act in register.decisions if entry.standing is not Standing.EXEMPT else ():
        if isinstance(act, PlanChange) and (
            told := [each for each in act.changes if _is_asked(plan, each, unit, entry)]
        ):
            yield act, told


def _asked_before(workspace: Workspace, asked: NoticeState, act: PlanChange) -> bool:
    """Whether a unit's first request went by the plan as it was before a change."""
    try:
        return read_intent(workspace, asked.id).posted_at < act.decided_at
    except (MissingObjectError, ValueError):  # spoilt: rather told twice than not
        return True


def _is_asked(plan: Plan, change: Amendment, unit: Unit, entry: UnitEntry) -> bool:
    """Whether a change asks something else of a unit that was asked before."""
    if change.kind in (ChangeKind.DUTY, ChangeKind.UNIT_MOVED):
        return change.about == unit.code and entry.to_chase
    form = plan.form_of(unit)
    if not change.kind.of_forms or form is None or form.code != change.about:
        return False
    return entry.to_chase or change.kind in _ASKS_MORE
