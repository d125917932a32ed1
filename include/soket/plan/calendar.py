"""Working days (placeholder)."""

from __future__ import annotations

from datetime import date, timedelta

from soket.plan.model import Plan


class WorkingCalendar:
    """Working days."""

    @classmethod
    def of(cls, plan: Plan) -> WorkingCalendar:
        """Return the calendar of a plan."""
        return cls()

    def is_working_day(self, day: date) -> bool:
        """Whether a day is worked."""
        return day.weekday() < 5

    def add_working_days(self, day: date, n: int) -> date:
        """Return the n-th working day after (before) a day."""
        step = timedelta(days=1 if n > 0 else -1)
        while n:
            day += step
            if self.is_working_day(day):
                n -= 1 if n > 0 else -1
        return day
