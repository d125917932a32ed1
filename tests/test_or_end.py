"""A container that is unhealthy for long is ended, so that Compose starts it again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from conftest import REPOSITORY

sys.path.insert(0, str(REPOSITORY / "docker"))
import or_end

SOUND, BROKEN, SLOW = ["true"], ["false"], ["sleep", "60"]


@pytest.fixture
def run(tmp_path: Path):
    ended: list[str] = []

    def check(command: list[str], life: str = "1") -> bool:
        """Run a check; return whether it ended the container."""
        before = len(ended)
        seconds = 0.05 if command is SLOW else 25
        or_end.check(command, life, tmp_path / "health.json", lambda: ended.append(life), seconds)
        return len(ended) > before

    return check


def test_three_failures_in_a_row_end_it(run) -> None:
    assert [run(each) for each in (SOUND, BROKEN, BROKEN, SOUND, BROKEN, BROKEN, BROKEN)] == [False] * 6 + [True]


def test_a_check_that_is_too_slow_counts_a_third(run) -> None:
    run(SOUND)
    assert [run(SLOW) for _ in range(9)] == [False] * 8 + [True]


def test_what_is_still_starting_is_left_alone(run) -> None:
    assert not any(run(BROKEN) for _ in range(10))


def test_a_new_life_begins_anew(run) -> None:
    run(SOUND)
    assert not any(run(BROKEN) for _ in range(2))
    assert not any(run(BROKEN, "2") for _ in range(10))


def test_the_checks_answer_is_handed_on(tmp_path: Path) -> None:
    assert or_end.check(SOUND, "1", tmp_path / "health.json") == 0
    assert or_end.check(["sh", "-c", "exit 7"], "1", tmp_path / "health.json") == 7
