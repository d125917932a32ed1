"""Working days: the national calendar, with what a plan adds and takes away."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from soket.plan.dates import Deadline, StageDates
from soket.plan.national import national_year

_DAY = timedelta(days=1)


class HasDaysOff(Protocol):
    """A plan, as far as its calendar goes."""

    @property
    def holidays(self) -> Mapping[date, str]:
        """Days off beside the national ones."""

    @property
    def workdays(self) -> Mapping[date, str]:
        """Days that the nation has off, and the plan works."""


@dataclass(frozen=True)
class WorkingCalendar:
    """Tells working days from days off, and counts in them."""

    days_off: frozenset[date] = frozenset()  # beside the national calendar
    days_worked: frozenset[date] = frozenset()  # that the national calendar has off

    @classmethod
    def of(cls, plan: HasDaysOff) -> WorkingCalendar:
        """Return the calendar that a plan goes by."""
        return cls(frozenset(plan.holidays), frozenset(plan.workdays))

    def is_working_day(self, day: date) -> bool:
        """Whether a day is worked."""
        if day in self.days_worked:
            return True
        if day in self.days_off:
            return False
        nation = national_year(day.year)
        return day in nation.days_worked if day.weekday() >= 5 else day not in nation.days_off

    def add_working_days(self, day: date, number: int) -> date:
        """Return the working day that lies a number of working days after (before, if negative) a day.

        A day off counts as the working day before it: a date on a Saturday is reminded of by Friday, and the first
        working day after it is Monday. So 0 gives the day itself or, for a day off, the working day before.
        """
        while not self.is_working_day(day):
            day -= _DAY
        step = _DAY if number > 0 else -_DAY
        for _ in range(abs(number)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def date_of(self, dates: StageDates, whose: tuple[str, str], met: Sequence[date]) -> Deadline:
        """Return a unit's date of a stage: where it is to be working days ahead of a day, and is no own one, that."""
        own = dates.of(*whose)
        if dates.ahead is None or own is not dates or not met:
            return own
        return Deadline(by=self.add_working_days(met[0], -dates.ahead))

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days lie after one day, up to and with another; negative when it is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        days = [day for year in range(start.year, end.year + 1) for day in _worked(self, year)]
        return bisect_right(days, end) - bisect_right(days, start)


@lru_cache(maxsize=64)
def _worked(calendar: WorkingCalendar, year: int) -> tuple[date, ...]:
    """Return a year's working days, rising."""
    first = date(year, 1, 1)
    days = (first + offset * _DAY for offset in range((date(year + 1, 1, 1) - first).days))
    return tuple(day for day in days if calendar.is_working_day(day))
