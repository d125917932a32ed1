"""Campaign time: the moment a campaign believes it is.

Domain code never asks the machine for the time; it asks a `Clock`. In production that is the wall clock. A replay
maps stretches of campaign time onto real seconds, so a past campaign runs with its own dates in minutes: by day slowly
enough to be worked in, by night and at weekends in a moment.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from operator import itemgetter
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

ENVIRONMENT_VARIABLE = "SOKET_CLOCK"


class Clock(Protocol):
    """Translates between real time and campaign time; both are aware datetimes."""

    def now(self) -> datetime:
        """Return the campaign's present moment, in Vietnam time."""
        ...

    def campaign_time(self, real: datetime) -> datetime:
        """Return the campaign moment that a real moment stands for, in Vietnam time."""
        ...

    def real_time(self, campaign: datetime) -> datetime:
        """Return the real moment, in UTC, at which a campaign moment comes to pass."""
        ...

    def to_env(self) -> str:
        """Return the clock as one line that `parse` reads back."""
        ...


@dataclass(frozen=True)
class WallClock:
    """Campaign time is real time."""

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(VIETNAM)

    def campaign_time(self, real: datetime) -> datetime:
        """Return the same moment in Vietnam time."""
        return real.astimezone(VIETNAM)

    def real_time(self, campaign: datetime) -> datetime:
        """Return the same moment in UTC."""
        return campaign.astimezone(UTC)

    def to_env(self) -> str:
        """Return the word that `parse` reads back."""
        return "wall"


@dataclass(frozen=True)
class FrozenClock:
    """Campaign time stands still: for tests, previews and questions about the past."""

    moment: datetime

    def now(self) -> datetime:
        """Return the one moment this clock knows."""
        return self.moment.astimezone(VIETNAM)

    def campaign_time(self, real: datetime) -> datetime:
        """Return the same moment in Vietnam time."""
        return real.astimezone(VIETNAM)

    def real_time(self, campaign: datetime) -> datetime:
        """Return the same moment in UTC."""
        return campaign.astimezone(UTC)

    def to_env(self) -> str:
        """Return the clock as `frozen <moment>`."""
        return f"frozen {self.moment.isoformat()}"


@dataclass(frozen=True)
class StoppedClock:
    """A clock stopped at a moment, that translates as it did: for what is told as of one moment."""

    moment: datetime
    running: Clock

    @classmethod
    def of(cls, clock: Clock) -> StoppedClock:
        """Return a clock as it stands."""
        return cls(clock.now(), clock)

    def now(self) -> datetime:
        """Return the moment at which it was stopped."""
        return self.moment

    def campaign_time(self, real: datetime) -> datetime:
        """Return the campaign moment that a real moment stands for."""
        return self.running.campaign_time(real)

    def real_time(self, campaign: datetime) -> datetime:
        """Return the real moment at which a campaign moment comes to pass."""
        return self.running.real_time(campaign)

    def to_env(self) -> str:
        """Return the clock that goes on."""
        return self.running.to_env()


_DAWN, _DUSK = time(7), time(18)  # between them people read their mail, and offices decide
_WEEKEND = (5, 6)  # of date.weekday(); what a plan's calendar adds to them, a clock does not know
_SLOWEST = 86_400  # seconds: a day's own
_NIGHT = 0.1  # of a day's seconds: what its night takes in all, and what a whole Saturday or Sunday takes


@dataclass(frozen=True)
class Pace:
    """How fast a replay runs: from each date on, so many real seconds a working day, up to an end.

    Written as `2030-10-18 4, 2030-11-10 8, 2030-12-03`: the last date has no number and ends the replay. Nights and
    weekends pass in a moment, so that a day's work, which machines do in real time, is done by day.
    """

    stretches: tuple[tuple[date, float], ...]
    end: date

    @classmethod
    def parse(cls, text: str) -> Pace:
        """Read a pace from its written form; raise ValueError saying what is wrong, in Vietnamese."""
        *stretches, end = [part.split() for part in text.split(",")]
        try:
            read = tuple((date.fromisoformat(day), float(seconds)) for day, seconds in stretches)
            pace = cls(read, date.fromisoformat(*end))
        except (TypeError, ValueError):
            wanted = "ngày và số giây thật của một ngày làm việc, rồi ngày kết thúc: «2030-10-18 4, 2030-12-03»"
            raise ValueError(f"cần {wanted}, đang là «{text}»") from None
        days = [day for day, _ in pace.stretches] + [pace.end]
        if len(days) < 2 or any(later <= earlier for earlier, later in pairwise(days)):
            raise ValueError(f"cần một ngày đầu, và ngày sau phải sau ngày trước: «{text}»")
        if not all(0 < seconds <= _SLOWEST for _, seconds in pace.stretches):
            raise ValueError(f"một ngày làm việc dài trên 0 giây, nhiều nhất {_SLOWEST}: «{text}»")
        return pace

    def parts(self) -> Iterator[tuple[datetime, float]]:
        """Yield when each part of the replay begins, and how many real seconds it takes, in turn."""
        ends = [day for day, _ in self.stretches[1:]] + [self.end]
        for (first, seconds), end in zip(self.stretches, ends, strict=True):
            for offset in range((end - first).days):
                yield from _parts_of(first + timedelta(days=offset), seconds)


def _parts_of(day: date, seconds: float) -> Iterator[tuple[datetime, float]]:
    midnight, dawn, dusk = (datetime.combine(day, hour, VIETNAM) for hour in (time(), _DAWN, _DUSK))
    if day.weekday() in _WEEKEND:
        yield midnight, seconds * _NIGHT
        return
    before, after = dawn - midnight, timedelta(days=1) - (dusk - midnight)
    yield midnight, seconds * _NIGHT * (before / (before + after))
    yield dawn, seconds * (1 - _NIGHT)
    yield dusk, seconds * _NIGHT * (after / (before + after))


@dataclass(frozen=True)
class ReplayClock:
    """Campaign time runs at a pace of its own between two moments, and at the pace of real time outside them.

    `points` pairs real moments with campaign moments, both rising; between two points time is linear.
    """

    points: tuple[tuple[datetime, datetime], ...]

    @classmethod
    def starting(cls, real_start: datetime, pace: Pace) -> ReplayClock:
        """Return a clock that shows the pace's first day, 00:00, at a real moment."""
        points = []
        real = real_start.astimezone(UTC)
        for begins, seconds in pace.parts():
            points.append((real, begins))
            real += timedelta(seconds=seconds)
        points.append((real, datetime.combine(pace.end, time(), VIETNAM)))
        return cls(tuple(points))

    def now(self) -> datetime:
        """Return the campaign's present moment."""
        return self.campaign_time(datetime.now(UTC))

    def campaign_time(self, real: datetime) -> datetime:
        """Return the campaign moment that a real moment stands for, in Vietnam time."""
        return _interpolate(real, self.points).astimezone(VIETNAM)

    def real_time(self, campaign: datetime) -> datetime:
        """Return the real moment, in UTC, at which a campaign moment comes to pass."""
        return _interpolate(campaign, [(there, here) for here, there in self.points]).astimezone(UTC)

    def to_env(self) -> str:
        """Return the clock as `replay <points as JSON>`."""
        return "replay " + json.dumps([[real.isoformat(), there.isoformat()] for real, there in self.points])


def parse(text: str) -> Clock:
    """Return the clock that `to_env` wrote, or that stands in `file <path>`: until it does, the wall's clock."""
    kind, _, rest = text.partition(" ")
    match kind:
        case "wall":
            return WallClock()
        case "frozen":
            return FrozenClock(datetime.fromisoformat(rest))
        case "replay":
            pairs = json.loads(rest)
            return ReplayClock(
                tuple((datetime.fromisoformat(real), datetime.fromisoformat(there)) for real, there in pairs)
            )
        case "file":
            try:
                return parse(Path(rest).read_text(encoding="utf-8"))
            except FileNotFoundError:
                return WallClock()
    raise ValueError(f"{ENVIRONMENT_VARIABLE} holds no clock: {text!r}")


def from_environment() -> Clock:
    """Return the clock this process was started with: the wall clock unless `SOKET_CLOCK` says otherwise."""
    return parse(os.environ.get(ENVIRONMENT_VARIABLE, "wall"))


def _interpolate(moment: datetime, points: Sequence[tuple[datetime, datetime]]) -> datetime:
    """Map a moment along a broken line of (from, to) points; beyond either end the slope is 1."""
    index = bisect_right(points, moment, key=itemgetter(0))
    if index == 0:
        source, target = points[0]
        return target + (moment - source)
    source, target = points[index - 1]
    if index == len(points):
        return target + (moment - source)
    next_source, next_target = points[index]
    # In seconds: Airflow's moments are pendulum's, whose differences do not divide by a timedelta.
    share = (moment - source).total_seconds() / (next_source - source).total_seconds()
    return target + (next_target - target) * share
