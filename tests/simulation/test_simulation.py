"""Campaigns by lot: no unit that had sent is chased, nobody is missed, no mail goes out twice, and none in a burst."""

from __future__ import annotations

import os
from random import Random

import pytest

from soket.notices.ledger import states

from . import plans
from .engine import Run, Weather
from .life import Life

RUNS = int(os.environ.get("SIMULATIONS", "300"))


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
