"""From when on nobody waits for what a stage collects, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from soket.plan.model import Campaign, Deadline, Plan, Stage, StageKind
from soket.record.decisions import ConferenceFormat
from soket.record.records import StageRecord


class Closing(NamedTuple):
    """The moment from which nobody waits, and what happened that day."""

    moment: datetime
    what: str


def closing_of(
    plan: Plan,
    campaign: Campaign,
    ends: Mapping[str, StageRecord | None],
    called: Mapping[str, ConferenceFormat | None],
    stage: Stage,
) -> Closing:
    """Return from when on nobody waits, and why; `ends` is what each stage that is done recorded last.

    That is the campaign's end, or its archive; for reports, also the end of the day of the conference on them, unless
    a draft is written after it.
    """
    archives = [archived for each in plan.stages_of(StageKind.PUBLISH) if (archived := ends[each.id])]
    closings = [
        Closing(campaign.end, "ngày cuối của đợt"),
        *(Closing(archived.at, "ngày lưu trữ hồ sơ") for archived in archives),
    ]
    if stage.kind is StageKind.COLLECT and ends[stage.id]:
        for each in plan.downstream(stage):
            chosen = called.get(each.id)
            last = not any(later.kind is StageKind.DRAFT for later in plan.downstream(each))
            if chosen and chosen.format != "postponed" and ends[each.id] and last:
                closings.append(Closing(Deadline(by=chosen.day).moment, "ngày hội nghị"))
    return min(closings, key=lambda closing: closing.moment)
