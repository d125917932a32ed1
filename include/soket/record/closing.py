"""When a campaign stops waiting for what units owe a stage: it is not owed any more then, but missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from soket.plan.model import Campaign, Deadline, StageName
from soket.record.decisions import ConferenceFormat
from soket.record.records import StageRecord


def closing_of(
    campaign: Campaign,
    ends: Mapping[StageName, StageRecord | None],
    called: ConferenceFormat | None,
    stage: StageName,
) -> datetime:
    """Return the moment from which nobody waits; `ends` is what each stage that is done recorded last.

    That is the campaign's end, or its archive; for reports, also the end of the day of the conference on them.
    """
    moments = [campaign.end]
    if archived := ends[StageName.COMMUNICATIONS]:
        moments.append(archived.at)
    met = called is not None and called.format != "postponed" and ends[StageName.CONFERENCE] is not None
    if called and met and stage is StageName.UNIT_REPORTS and ends[stage]:
        moments.append(Deadline(by=called.day).moment)
    return min(moments)
