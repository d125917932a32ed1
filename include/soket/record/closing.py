"""From when on nobody waits for what a stage collects, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from soket.plan.model import Campaign, Deadline, Plan, Stage, StageKind
from soket.record.decisions import ConferenceFormat, Decision
from soket.record.stage_entries import StageEntry


class Closing(NamedTuple):
    """The moment from which nobody waits, and what happened that day."""

    moment: datetime
    what: str


def closing_of(
    plan: Plan, campaign: Campaign, stages: Mapping[str, StageEntry], decisions: Sequence[Decision], stage: Stage
) -> Closing:
    """Return from when on nobody waits, and why; decisions are by time.

    That is the campaign's end, or its archive; for reports, also the end of the day of the conference on them, unless
    a draft is written after it.
    """
    archives = [done for each in plan.stages_of(StageKind.PUBLISH) if (done := stages[each.id].record("done"))]
    closings = [
        Closing(campaign.end, "ngày cuối của đợt"),
        *(Closing(archived.at, "ngày lưu trữ hồ sơ") for archived in archives),
    ]
    if stage.kind is StageKind.COLLECT and stages[stage.id].done:
        for each in plan.downstream(stage):
            if not any(later.kind is StageKind.DRAFT for later in plan.downstream(each)):
                met = meetings(stages[each.id], decisions)
                closings += [Closing(moment, "ngày hội nghị") for moment in met]
    return min(closings, key=lambda closing: closing.moment)


def meetings(conference: StageEntry, decisions: Sequence[Decision]) -> list[datetime]:
    """Return the end of each day for which a round of a conference invited, by round; decisions are by time.

    A day that was still to come when the next round was opened is none: nobody met on it.
    """
    formats = [each for each in decisions if isinstance(each, ConferenceFormat) and each.stage == conference.stage]
    found = []
    for done in (each for each in conference.records if each.step == "done"):
        chosen = next((each for each in reversed(formats) if each.decided_at <= done.at), None)
        if chosen is None or chosen.format == "postponed":
            continue
        over = Deadline(by=chosen.day).moment
        opened = (each.at for each in conference.records if each.step == "opened" and each.round > done.round)
        if not any(at < over for at in opened):
            found.append(over)
    return found
