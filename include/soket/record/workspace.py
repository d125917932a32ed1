"""What every operation of a campaign works with: its plan, its record and its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from soket.clock import Clock
from soket.plan.calendar import WorkingCalendar
from soket.plan.model import Campaign, Plan
from soket.store.keys import Keys
from soket.store.store import Store


@dataclass(frozen=True)
class Workspace:
    """One campaign of one plan, on one store, at one clock."""

    plan: Plan
    campaign: Campaign
    store: Store
    clock: Clock
    rerun: bool = False  # a backfill: products are made again in place
    silent: bool = False  # notices are kept as suppressed, not sent

    @property
    def keys(self) -> Keys:
        """The campaign's bucket keys."""
        return Keys(self.plan.id, self.campaign.code)

    @property
    def now(self) -> datetime:
        """The campaign's present moment."""
        return self.clock.now()

    def moment(self, real: datetime | None) -> datetime:
        """Return the campaign moment of a real one that was written down; without one, the present."""
        return self.clock.campaign_time(real) if real else self.now

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The plan's working days."""
        return WorkingCalendar.of(self.plan)
