"""Tries: how many, for how long, and that remembering them costs little."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from soket.stack import tries
from soket.stack.tries import Tries, words


def test_a_wait_grows_no_longer_by_being_tried() -> None:
    now = 0.0
    counted = Tries(tries=2, within=60, now=lambda: now)
    assert [counted.begin("a") for _ in range(4)] == [0, 0, 60, 60]
    now = 59.5
    assert (counted.begin("a"), counted.begin("b")) == (1, 0)
    now = 60.0
    assert counted.begin("a") == 0


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tries, "_REMEMBERED", 5)
    counted = Tries()
    for number in range(20):
        counted.begin(number)
    assert len(counted._begun) == 5


def test_many_at_once_are_no_way_round() -> None:
    counted = Tries(tries=30)
    with ThreadPoolExecutor(16) as pool:
        waits = list(pool.map(lambda _: counted.begin("a"), range(2000)))
    assert sum(not each for each in waits) == 30


def test_a_wait_is_told_in_whole_minutes() -> None:
    assert "sau 1 phút" in words(1)
    assert "sau 10 phút" in words(600)
