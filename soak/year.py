"""The days of a soak: when each campaign opens, on which Saturdays the stack is looked at, how long a day takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from soket.clock import VIETNAM

FIRST = date(2025, 2, 10)  # a Monday after Tết
LOOKS = 10
BEYOND = timedelta(days=120)  # for how long days go on at the year's pace: the stack is to rest in them

_WEEK = timedelta(days=7)
_WEEKEND = 0.1  # of a working day's seconds: what a replay gives a Saturday
_SATURDAY = 5  # of date.weekday()


@dataclass(frozen=True)
class Year:
    """So many days, lived through in so many minutes of real time; after them `rest` seconds in which nobody acts.

    Each tenth ends with a look at the stack, on a Saturday that takes `idle` seconds: nobody sends or answers anything
    then, and what Friday left behind is done in the first third of it. In the rest the days go on as fast.
    """

    days: int
    minutes: float
    idle: float
    rest: float = 180

    @property
    def end(self) -> date:
        """The day after the last."""
        return FIRST + timedelta(days=self.days)

    def openings(self, campaigns: int, lasting: timedelta) -> list[date]:
        """Return when each campaign opens: Mondays, spread so that the last one is over a week before the end."""
        room = max(self.days - lasting.days - _WEEK.days, 0) // _WEEK.days
        return [FIRST + _WEEK * round(room * number / max(campaigns - 1, 1)) for number in range(campaigns)]

    def looks(self) -> list[datetime]:
        """Return when the looks at the stack begin: on the last Saturday of each tenth, each Saturday once."""
        ends = [FIRST + timedelta(days=self.days * (number + 1) // LOOKS - 1) for number in range(LOOKS)]
        saturdays = {end - timedelta(days=(end.weekday() - _SATURDAY) % 7) for end in ends}
        return [datetime.combine(each, time(8), VIETNAM) for each in sorted(saturdays) if each >= FIRST]

    def pace(self) -> str:
        """Return the replay's pace in words; raise ValueError where the looks alone take longer than the minutes."""
        looked_at = [look.date() for look in self.looks()]
        days = [FIRST + timedelta(days=number) for number in range(self.days)]
        shares = [1 if day.weekday() < _SATURDAY else _WEEKEND for day in days if day not in looked_at]
        a_day = (self.minutes * 60 - self.idle * len(looked_at)) / sum(shares)
        if a_day <= 0:
            raise ValueError(f"{self.minutes:g} minutes are too few for {len(looked_at)} looks of {self.idle:g} s")
        stretches = {FIRST: a_day}  # seconds of a working day from each date on
        for day in looked_at:
            stretches |= {day: self.idle / _WEEKEND, day + timedelta(days=1): a_day}
        told = [f"{day} {seconds:.2f}" for day, seconds in sorted(stretches.items()) if day < self.end]
        return ", ".join([*told, str(self.end + BEYOND)])
