"""What stays, what grows with the record, what leaks: each planted, and told apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from soak.judgement import ENOUGH, WARM_UP, Judged, Trend, judge

LOOKS = 10
NOISE = (0, 4, -3, 5, -4, 2, -5, 3, 1, -2)


def seen(name: str, value: Callable[[int], float]) -> list[dict[str, float]]:
    """Return looks, one an hour: four campaigns' days and sixty submissions in each, and half a campaign over."""
    return [
        {"hours": at, "days": 4.0 * at, "submissions": 60.0 * at, "ended": at // 2, name: value(at)}
        for at in range(LOOKS)
    ]


def judged(name: str, value: Callable[[int], float]) -> Judged:
    (found,) = judge(seen(name, value))
    return found


@pytest.mark.parametrize("name", ["memory", "files", "idle.requests", "outbox", "database", "older.register"])
def test_what_stays_is_flat(name: str) -> None:
    assert judged(name, lambda _: 500).trend is Trend.FLAT


def test_noise_one_odd_look_and_a_warm_up_are_no_growth() -> None:
    assert judged("memory", lambda at: 2000 + 10 * NOISE[at]).trend is Trend.FLAT
    assert judged("files", lambda at: 900 if at == 7 else 300).trend is Trend.FLAT
    assert judged("memory", lambda at: 2000 - 800 * (at < WARM_UP)).trend is Trend.FLAT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory.scheduler", lambda at: 250 + 12 * at + NOISE[at]),
        ("files.triggerer", lambda at: 60 + 7 * at),
        ("idle.requests", lambda at: 20 + 3 * at),
        ("outbox", lambda at: float(at)),
    ],
)
def test_a_planted_leak_is_found(name: str, value: Callable[[int], float]) -> None:
    assert judged(name, value).trend is Trend.LEAKS


def test_what_grew_and_stopped_has_settled() -> None:
    assert judged("memory", lambda at: 1500 + 150 * min(at, 7)).trend is Trend.SETTLED


def test_the_record_may_grow_by_as_much_each_time() -> None:
    found = judged("objects.reports", lambda at: 100 + 60 * 7.0 * at)
    assert (found.trend, found.driver, found.each) == (Trend.RECORD, "submissions", 7.0)


def test_what_grows_faster_and_faster_is_no_record() -> None:
    assert judged("older.register", lambda at: 20.0 * at * at).trend is Trend.LEAKS


def test_of_a_few_looks_nothing_is_said() -> None:
    (found,) = judge(seen("memory", lambda at: 100.0 * at)[: ENOUGH - 1])
    assert found.trend is Trend.UNKNOWN
