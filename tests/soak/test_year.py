"""The days of a soak: campaigns over the year, looks on Saturdays, a pace that takes the minutes asked for."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from soak.year import FIRST, LOOKS, Year
from soket.clock import Pace

LASTING = timedelta(days=47)


def test_campaigns_open_on_mondays_and_end_before_the_year_does() -> None:
    year = Year(365, 50, 40)
    openings = year.openings(20, LASTING)
    assert len(openings) == 20
    assert openings[0] == FIRST
    assert {day.weekday() for day in openings} == {0}
    assert openings == sorted(openings)
    assert year.end - timedelta(days=14) <= openings[-1] + LASTING < year.end


def test_each_tenth_ends_with_a_look_on_a_saturday() -> None:
    looks = Year(365, 50, 40).looks()
    assert len(looks) == LOOKS
    assert {look.weekday() for look in looks} == {5}
    assert max(later - earlier for earlier, later in pairwise(looks)) <= timedelta(days=43)


@pytest.mark.parametrize("days", [40, 70, 365])
def test_the_pace_takes_the_minutes_and_rests_at_each_look(days: int) -> None:
    year = Year(days, 30, 40)
    pace = Pace.parse(year.pace())
    lived = [seconds for begins, seconds in pace.parts() if begins.date() < year.end]
    assert sum(lived) == pytest.approx(30 * 60, rel=0.05)
    working = {round(seconds, 6) for begins, seconds in pace.parts() if begins.hour == 7}
    assert len(working) == 1  # after the year, too
    assert sum(seconds for _, seconds in pace.parts()) - sum(lived) > year.rest
    assert all(f"{look:%Y-%m-%d} 400.00" in year.pace() for look in year.looks())


def test_too_few_minutes_are_refused() -> None:
    with pytest.raises(ValueError, match="1 minutes are too few for 10 looks"):
        Year(365, 1, 40).pace()
