"""How dates of a plan are put into words, the same in every mail, page and document."""

from __future__ import annotations

from datetime import date

from soket.plan.model import Deadline
from soket.text import format_date

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def last_moment(deadline: Deadline) -> str:
    """Return a deadline with the last moment it means: trước ngày 05/11/2030 (muộn nhất 24 giờ 00, ngày 04/11/2030)."""
    latest = f"muộn nhất 24 giờ 00, ngày {format_date(deadline.last_day)}"
    return f"trước ngày {format_date(deadline.before)} ({latest})" if deadline.before else latest


def working_days(count: int) -> str:
    """Return a number of working days: 03 ngày làm việc."""
    return f"{count:02} ngày làm việc"


def weekday(day: date) -> str:
    """Return the name of a day of the week: Thứ Hai, …, Chủ nhật."""
    return _WEEKDAYS[day.weekday()]


def day_with_weekday(day: date) -> str:
    """Return a day with its name: Thứ Hai, 04/11/2030."""
    return f"{weekday(day)}, {format_date(day)}"
