"""When a run of a campaign is to be over: the reference behind Airflow's deadline alerts.

A deadline is set when a run is created and cannot be moved, and one in the past fires at once: so where it would be
senseless, there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar

from airflow.sdk.definitions.deadline import BaseDeadlineReference

from soket import clock as clocks
from soket.plan.dates import present


@dataclass(frozen=True)
class _Campaign:
    """A campaign as the scheduler has it: the plan is not there."""

    code: str
    start: datetime
    end: datetime
    moment: datetime | None

    @classmethod
    def of(cls, code: str, start: str, end: str, moment: str) -> _Campaign:
        opened, over = datetime.fromisoformat(start), datetime.fromisoformat(end)
        return cls(code, opened, over, datetime.fromisoformat(moment) if moment else None)


@dataclass
class CampaignDeadline(BaseDeadlineReference):
    """When a run of a campaign is to be over: at a moment of its campaign or, where that is "", from its creation on.

    None, which is no deadline, for a campaign that is over, a moment that is past, a backfill, and a clock that is not
    the one on the wall: there, days pass while Airflow starts a task.
    """

    required_kwargs: ClassVar[set[str]] = {"dag_id", "run_id"}

    campaigns: list[list[str]] = field(default_factory=list)  # code, start, end, moment
    clock: str = "wall"

    def serialize_reference(self) -> dict[str, Any]:
        """Return the reference as JSON; the scheduler makes it anew, so the clock is part of it."""
        return {"reference_type": self.reference_name, "campaigns": self.campaigns, "clock": self.clock}

    @classmethod
    def deserialize_reference(cls, reference_data: dict[str, Any]) -> CampaignDeadline:
        """Return the reference that `serialize_reference` wrote."""
        return cls(reference_data["campaigns"], reference_data["clock"])

    def __hash__(self) -> int:
        return hash((str(self.campaigns), self.clock))

    def _evaluate_with(self, *, session: Any, dag_id: str, run_id: str) -> datetime | None:  # noqa: ANN401 - SQLAlchemy's
        """Return the real moment; Airflow calls this when it creates a run."""
        from airflow.models import DagRun
        from sqlalchemy import select

        found = select(DagRun.run_type, DagRun.logical_date, DagRun.conf)
        run = session.execute(found.where(DagRun.dag_id == dag_id, DagRun.run_id == run_id)).one_or_none()
        return None if run is None else self.due(run.run_type, run.logical_date, run.conf or {}, datetime.now(UTC))

    def due(self, run_type: str, logical_date: datetime | None, conf: dict[str, Any], now: datetime) -> datetime | None:
        """Return when a run is to be over, given what it is and the real moment."""
        clock = clocks.parse(self.clock)
        if run_type == "backfill" or not isinstance(clock, clocks.WallClock):
            return None
        known = [_Campaign.of(*each) for each in self.campaigns]
        named = conf.get("campaign")
        found = (
            next((each for each in known if each.code == named), None)
            if named
            else present(known, clock.campaign_time(now), logical_date)
        )
        if found is None:
            return None
        due = clock.real_time(found.moment) if found.moment else now
        return due if now <= due and now < clock.real_time(found.end) else None
