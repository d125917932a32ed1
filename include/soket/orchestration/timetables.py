"""Timetables in campaign time: data intervals say when something is due there, `run_after` when that really is.

The scheduler makes timetables anew from `serialize`, so the clock is part of them. It starts no step of a run whose
date lies in the machine's future, and says so in its log alone: a replay of a campaign that is still to come dates its
runs by the real moment (`date_of`), and `moment_of` tells the campaign's moment from a run's date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pendulum
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction, Timetable

from soket import clock as clocks
from soket.clock import Clock
from soket.plan.campaigns import date_of
from soket.text import format_date


def moment_of(clock: Clock, date: datetime) -> datetime:
    """Return the campaign moment at which a run of a date was due."""
    # Of two rising functions, the inverse of the smaller one is the larger one of the inverses.
    return max(date, clock.campaign_time(date))


@dataclass(frozen=True)
class Moment:
    """A moment of a campaign at which something is due, and until when it is still of use."""

    at: datetime
    until: datetime
    since: datetime | None = None  # of a stage's opening, which comes once: when its campaign starts


class CampaignTimetable(Timetable):
    """Runs at given moments of campaign time; of those missed, only the last one still of use is made up for.

    An opening that was moved after its run began is not run again.
    """

    description = "Theo lịch của kế hoạch"

    def __init__(self, moments: Sequence[Moment], clock: str) -> None:
        self.moments = tuple(sorted(moments, key=lambda moment: moment.at))
        self.clock = clock

    def serialize(self) -> dict[str, Any]:
        """Return the timetable as JSON."""
        return {"moments": _as_pairs(self.moments), "clock": self.clock}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> CampaignTimetable:
        """Return the timetable that `serialize` wrote."""
        return cls(_from_pairs(data["moments"]), data["clock"])

    @property
    def summary(self) -> str:
        """What the UI shows as the schedule."""
        match len(self.moments):
            case 0:
                return "Không có đợt nào"
            case 1:
                return format_date(self.moments[0].at)
            case count:
                return f"{count} lần, {format_date(self.moments[0].at)} đến {format_date(self.moments[-1].at)}"

    def infer_manual_data_interval(self, *, run_after: pendulum.DateTime) -> DataInterval:
        """Return the moment of campaign time at which an operator starts a run."""
        moment = clocks.parse(self.clock).campaign_time(run_after)
        return DataInterval.exact(_pendulum(min(moment, run_after)))

    def next_dagrun_info(
        self, *, last_automated_data_interval: DataInterval | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """Return the next moment that is due after the last one; Airflow's bounds are dates of runs."""
        clock = clocks.parse(self.clock)
        after = last_automated_data_interval.start if last_automated_data_interval else None
        moved = self._moved_since(after, clock) if after else None
        open_moments = [
            moment
            for moment in self.moments
            if moment is not moved
            and (after is None or date_of(clock, moment.at) > after)
            and (restriction.earliest is None or date_of(clock, moment.at) >= restriction.earliest)
            and (restriction.latest is None or date_of(clock, moment.at) <= restriction.latest)
        ]
        if not restriction.catchup:
            now = clock.now()
            missed = [moment for moment in open_moments if moment.at <= now][-1:]
            open_moments = [moment for moment in missed if moment.until > now] + [
                moment for moment in open_moments if moment.at > now
            ]
        if not open_moments:
            return None
        due = open_moments[0].at
        date = _pendulum(date_of(clock, due))
        return DagRunInfo(run_after=_pendulum(clock.real_time(due)), data_interval=DataInterval.exact(date))

    def _moved_since(self, after: datetime, clock: Clock) -> Moment | None:
        """Return the opening that the last run was of, where it has another moment now.

        Where two campaigns were open, nobody knows whose it was: then it runs again, and finds nothing to do.
        """
        if any(date_of(clock, moment.at) == after for moment in self.moments):
            return None
        there = [
            moment
            for moment in self.moments
            if moment.since and date_of(clock, moment.since) <= after < date_of(clock, moment.until)
        ]
        if len({moment.since for moment in there}) != 1:
            return None
        return next((moment for moment in there if date_of(clock, moment.at) > after), None)


class WhileOpenTimetable(Timetable):
    """One run after the other while a campaign is open: Airflow's @continuous, in campaign time.

    A run's date is the moment it was asked for, so no two runs ever claim the same one. (@continuous gives the first
    run the start date, and gets stuck asking for it again when a parse of the file races with it.)
    """

    description = "Liên tục trong suốt đợt"
    active_runs_limit = 1

    def __init__(self, spans: Sequence[Moment], clock: str) -> None:
        self.spans = tuple(sorted(spans, key=lambda span: span.at))
        self.clock = clock

    def serialize(self) -> dict[str, Any]:
        """Return the timetable as JSON."""
        return {"spans": _as_pairs(self.spans), "clock": self.clock}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> WhileOpenTimetable:
        """Return the timetable that `serialize` wrote."""
        return cls(_from_pairs(data["spans"]), data["clock"])

    @property
    def summary(self) -> str:
        """What the UI shows as the schedule."""
        return "Liên tục trong đợt"

    def infer_manual_data_interval(self, *, run_after: pendulum.DateTime) -> DataInterval:
        """Return the real moment at which an operator starts a run."""
        return DataInterval.exact(run_after)

    def next_dagrun_info(
        self,
        *,
        last_automated_data_interval: DataInterval | None,
        restriction: TimeRestriction,  # noqa: ARG002 - Airflow's; the spans bound this timetable
    ) -> DagRunInfo | None:
        """Return now, or the moment the next campaign opens; None when all are over."""
        clock = clocks.parse(self.clock)
        now = clock.now()
        for span in self.spans:
            due = max(now, span.at)
            if due < span.until:
                date, run_after = date_of(clock, due), clock.real_time(due)
                if last_automated_data_interval is not None:  # the machine's time may have been set back
                    date = max(date, last_automated_data_interval.end + timedelta(microseconds=1))
                exact = DataInterval.exact(_pendulum(date))
                return DagRunInfo(run_after=_pendulum(max(date, run_after)), data_interval=exact)
        return None


def _as_pairs(moments: Sequence[Moment]) -> list[list[str]]:
    return [
        [each.isoformat() for each in (moment.at, moment.until, moment.since) if each is not None] for moment in moments
    ]


def _from_pairs(pairs: list[list[str]]) -> list[Moment]:
    return [Moment(*map(datetime.fromisoformat, pair)) for pair in pairs]


def _pendulum(moment: datetime) -> pendulum.DateTime:
    return pendulum.instance(moment).in_timezone("UTC")
