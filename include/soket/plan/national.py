"""The national calendar of Vietnam: weekdays off, and weekend days worked in exchange for one.

The `holidays` library knows them, but imports every country of the world first: about a second, which each parse of
the DAGs and so each task would pay. The years around us are written down here as the library gives them (a test holds
the two together); any other year asks the library.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

# One year a line: weekdays off, then weekend days worked marked +.
_WRITTEN_DOWN = """
2017 01-02 01-26 01-27 01-30 01-31 02-01 04-06 05-01 05-02 09-04
2018 01-01 02-14 02-15 02-16 02-19 02-20 04-25 04-30 05-01 09-03 12-31
2019 01-01 02-04 02-05 02-06 02-07 02-08 04-15 04-29 04-30 05-01 09-02 +01-05 +05-04
2020 01-01 01-23 01-24 01-27 01-28 01-29 04-02 04-30 05-01 09-02
2021 01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03
2022 01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02
2023 01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04
2024 01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03 +05-04
2025 01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02 +04-26
2026 01-01 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24 +08-22
2027 01-01 02-04 02-05 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03 11-24
2028 01-03 01-24 01-25 01-26 01-27 01-28 04-04 05-01 05-02 09-01 09-04 11-24
2029 01-01 02-12 02-13 02-14 02-15 02-16 04-23 04-30 05-01 09-03 09-04 11-26
2030 01-01 01-31 02-01 02-04 02-05 02-06 04-12 04-30 05-01 09-02 09-03 11-25
"""


# The last year whose exchanged days the library knows; they are decided year by year, late in the year before.
EXCHANGES_KNOWN_UNTIL = 2026


@dataclass(frozen=True)
class NationalYear:
    """What sets one year apart from Monday-to-Friday weeks."""

    days_off: frozenset[date]  # weekdays
    days_worked: frozenset[date]  # Saturdays and Sundays

    @property
    def line(self) -> str:
        """The year as it is written down."""
        days = [f"{day:%m-%d}" for day in sorted(self.days_off)] + [f"+{day:%m-%d}" for day in sorted(self.days_worked)]
        year = min(self.days_off).year
        return " ".join([str(year), *days])


@cache
def national_year(year: int) -> NationalYear:
    """Return one year of the national calendar."""
    return _written_down().get(year) or from_library(year)


def from_library(year: int) -> NationalYear:
    """Return one year as the `holidays` library has it."""
    import holidays

    # An exchange may lie in the year before or after.
    calendar = holidays.country_holidays("VN", years=(year - 1, year, year + 1))
    first = date(year, 1, 1)
    days = [first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days)]
    return NationalYear(
        frozenset(day for day in days if day.weekday() < 5 and not calendar.is_working_day(day)),
        frozenset(day for day in days if day.weekday() >= 5 and calendar.is_working_day(day)),
    )


@cache
def _written_down() -> dict[int, NationalYear]:
    years = {}
    for line in _WRITTEN_DOWN.split("\n"):
        year, *days = line.split() or [""]
        if year:
            off = frozenset(date.fromisoformat(f"{year}-{day}") for day in days if not day.startswith("+"))
            worked = frozenset(date.fromisoformat(f"{year}-{day[1:]}") for day in days if day.startswith("+"))
            years[int(year)] = NationalYear(off, worked)
    return years
