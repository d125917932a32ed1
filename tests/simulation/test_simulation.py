"""Campaigns by lot: no unit that had sent is chased, nobody is missed, no mail goes out twice, and none in a burst."""

from __future__ import annotations

import os
from random import Random

import pytest

from notices.world import moment
from soket.notices.ledger import states

from . import plans
from .engine import Run, Span, Weather
from .life import Life

RUNS = int(os.environ.get("SIMULATIONS", "100"))
UNITS = 300 if "SIMULATIONS" in os.environ else 50  # in the year read from the bucket; `make simulate` has the time


def _span(first: str, last: str) -> Span:
    return moment(first), moment(last)


# A month without the monitor around Tết, a week without mail over the date, two days without the bucket after it.
STORMS = Weather(
    monitor=(_span("2024-02-01 00:00", "2024-02-29 22:00"),),
    server=(_span("2024-06-27 00:00", "2024-07-04 12:00"), _span("2024-10-07 06:00", "2024-10-07 09:00")),
    bucket=(_span("2024-07-08 00:00", "2024-07-09 18:00"),),
    glitches=0.002,
)


def run(seed: int, *, units: int) -> Run:
    chance = Random(seed)
    life = Life.by_lot(plans.by_lot(chance, units), chance)
    lived = Run(life, Weather.by_lot(life, chance), chance, news=seed % 10 == 0)
    lived.live()
    return lived


@pytest.mark.parametrize("part", range(10))
def test_campaigns_by_lot(part: int) -> None:
    checks = mails = 0
    for seed in range(part, RUNS, 10):
        try:
            lived = run(seed, units=1 + seed % 5)
        except AssertionError as error:
            raise AssertionError(f"campaign {seed}: {error}") from error
        checks, mails = checks + lived.checks, mails + lived.oracle.mails
        if not lived.weather.glitches and not lived.weather.bucket and not lived.weather.server:
            assert all(state.ending for state in states(lived.workspace).values()), f"campaign {seed} left mail behind"
    assert checks > RUNS / 10
    assert mails > RUNS / 10


def test_a_year_of_many_units_read_from_the_bucket() -> None:
    chance = Random(2024)
    life = Life.by_lot(plans.year(UNITS), chance)
    lived = Run(life, STORMS, chance, derived=False)
    lived.live()
    assert lived.oracle.mails > 2 * UNITS
    assert lived.checks > 100
