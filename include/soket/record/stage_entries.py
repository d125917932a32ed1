"""One stage's line in the register, derived from what is on record of the stage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from soket.plan.dates import last_day_of
from soket.plan.model import Campaign, Deadline, Plan
from soket.record.acts import Acts
from soket.record.provisional import ROUND, ProvisionalDraft
from soket.record.records import StageRecord
from soket.store.record import Record


class StageEntry(Record):
    """One stage's line in the register."""

    stage: str
    opens: datetime
    deadline: datetime  # first moment too late, with any postponement
    round: int  # 0 before the stage's first record
    records: tuple[StageRecord, ...] = ()  # of every round, by time

    @property
    def last_day(self) -> date:
        """The last day in time, with any postponement."""
        return last_day_of(self.deadline)

    def record(self, step: str, round_number: int | None = None) -> StageRecord | None:
        """Return the record of a step in a round (the latest round unless told)."""
        wanted = self.round if round_number is None else round_number
        return next((each for each in self.records if each.step == step and each.round == wanted), None)

    def latest(self, step: str, round_number: int | None = None) -> StageRecord | None:
        """Return the record of a step in a round as it was done last, where it was done again."""
        wanted = self.round if round_number is None else round_number
        return next((each for each in reversed(self.records) if each.kind == step and each.round == wanted), None)

    @property
    def begun(self) -> bool:
        """Whether it has a round."""
        return self.round > ROUND

    @property
    def provisional(self) -> tuple[StageRecord, ...]:
        """The records of provisional drafts, which are of no round, the first first."""
        return tuple(each for each in self.records if isinstance(each.details, ProvisionalDraft))

    @property
    def done(self) -> bool:
        """Whether the latest round reached its end."""
        return self.record("done") is not None


def stage_entries(plan: Plan, campaign: Campaign, acts: Acts, records: Iterable[StageRecord]) -> dict[str, StageEntry]:
    """Return the line of each stage of a campaign, in the plan's order."""
    by_stage: defaultdict[str, list[StageRecord]] = defaultdict(list)
    for record in sorted(records, key=lambda record: (record.round, record.at, record.times)):
        by_stage[record.stage].append(record)
    entries = {}
    for name in (stage.id for stage in plan.stages):
        dates = campaign.stages[name]
        postponed = acts.postponement_of(name)
        moments = [dates.moment, *([Deadline(by=postponed.last_day).moment] if postponed else [])]
        entries[name] = StageEntry(
            stage=name,
            opens=dates.opening,
            deadline=max(moments),  # the plan may have been moved beyond it
            round=max((record.round for record in by_stage[name]), default=0),
            records=tuple(by_stage[name]),
        )
    return entries
