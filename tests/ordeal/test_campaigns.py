"""A few of the campaigns of `make faults`, short ones, on the real bucket and mail server."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from conftest import REPOSITORY
from ordeal import troubles
from ordeal.__main__ import seeds_of
from ordeal.befalling import BEFALL

SEEDS = "41,22,16,3,36"  # of which the first trouble is another, and what came later among them, too


@pytest.mark.integration
@pytest.mark.timeout(900)
def test_campaigns_lose_nothing() -> None:
    # In a process of its own: its turns are forks of it, and this one has threads.
    command = [sys.executable, "-m", "ordeal", "--seeds", SEEDS, "--turns", "1", "--more", "1", "--drafting", "1"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "SOKET_"))}
    done = subprocess.run(command, cwd=REPOSITORY, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 campaigns, 0 with a loss" in done.stdout


def test_the_same_seed_draws_the_same_troubles_and_sixty_seeds_draw_every_kind() -> None:
    assert troubles.by_lot(7, 6, 2) == troubles.by_lot(7, 6, 2)
    assert {each.trouble for seed in range(1, 61) for each in troubles.by_lot(seed, 6, 2)} == set(troubles.Trouble)
    assert set(BEFALL) == set(troubles.Trouble)


@pytest.mark.parametrize("seed", [1, 7, 50])
def test_what_came_later_is_drawn_among_what_a_seed_drew_before(seed: int) -> None:
    first, together = troubles.by_lot(seed, 6), troubles.by_lot(seed, 6, 2)
    assert [each for each in together if each in first] == first
    assert together[0] == first[0]
    assert len(together) == 8


def test_seeds_are_written_as_numbers_and_spans() -> None:
    assert seeds_of("1-3,9") == [1, 2, 3, 9]
