"""How a stage's own date moved: by which act, from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from soket.record.acts import Acts
from soket.record.decisions import Decision, PlanChange, Postponement


@dataclass(frozen=True)
class StageMove:
    """One move of a stage's date: put off, put back, or changed in the plan."""

    act: Decision
    before: date  # the last day
    after: date
    planned: date  # by the plan as it was then


def stage_moves(acts: Acts, stage: str, planned: date) -> list[StageMove]:
    """Return the moves of a stage's date, the first first; `planned` is its last day in the plan as it is now."""
    changed = dict(_plan_changes(acts, stage))
    planned = next(iter(changed.values()))[0] if changed else planned
    moves: list[StageMove] = []
    held, given = planned, list[Decision]()
    for act in acts.recorded:
        if act.id in changed:
            planned = changed[act.id][1]
        elif not _postpones(acts, act, stage):
            continue
        given.append(act)
        postponed = Acts(given).postponement_of(stage)
        day = max(planned, postponed.last_day) if postponed else planned
        if day != held:
            moves.append(StageMove(act, held, day, planned))
        held = day
    return moves


def _postpones(acts: Acts, act: Decision, stage: str) -> bool:
    subject = acts.subject_of(act)
    return isinstance(subject, Postponement) and subject.stage == stage


def _plan_changes(acts: Acts, stage: str) -> Iterator[tuple[str, tuple[date, date]]]:
    for act in acts.recorded:
        for change in act.changes if isinstance(act, PlanChange) else ():
            for moved in change.moved if change.about == stage else ():
                if not moved.units:
                    yield act.id, (moved.before, moved.after)
