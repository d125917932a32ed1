"""What stays, what grows with the record, what leaks: each planted, and told apart."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from soak.judgement import ENOUGH, WARM_UP, Judged, Trend, driver_of, idle_stretches, judge

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


def test_a_mail_server_that_holds_every_mail_may_grow_with_them_and_not_while_none_comes() -> None:
    found = judged("memory.mail", lambda at: 80 + 45 * at)
    assert (found.trend, found.driver) == (Trend.RECORD, "days")
    assert judged("memory.mail", lambda at: 80 + 9.0 * at * at).trend is Trend.LEAKS


def test_the_record_may_grow_by_as_much_each_time() -> None:
    found = judged("objects.reports", lambda at: 100 + 60 * 7.0 * at)
    assert (found.trend, found.driver, found.each) == (Trend.RECORD, "submissions", 7.0)


def test_what_grows_faster_and_faster_is_no_record() -> None:
    assert judged("older.register", lambda at: 20.0 * at * at).trend is Trend.LEAKS


def test_a_look_at_a_stack_that_was_not_idle_tells_nothing_of_idle_minutes() -> None:
    looks = seen("idle.requests", lambda at: 120 + NOISE[at])
    del looks[4]["idle.requests"], looks[9]["idle.requests"]
    (found,) = judge(looks)
    assert (found.trend, found.middle, found.last) == (Trend.FLAT, 121.5, 121)
    for look in looks[WARM_UP:]:
        look.pop("idle.requests", None)
    assert judge(looks) == []


def test_of_a_few_looks_nothing_is_said() -> None:
    (found,) = judge(seen("memory", lambda at: 100.0 * at)[: ENOUGH - 1])
    assert found.trend is Trend.UNKNOWN


MINUTES, REST, LASTS = 53, 3, 8


def lived(seed: int, leaks: dict[str, float] | None = None, campaigns: int = 10) -> list[dict[str, float]]:
    """Return the looks of a year of campaigns, one each five minutes, and one after a rest, drawn minute by minute.

    A leak adds so much to its figure each hour, whatever happens or does not.
    """
    chance, leaks = Random(seed), leaks or {}
    opens = [1 + number * 41 / (campaigns - 1) for number in range(campaigns)]
    ended = [False] * campaigns
    at: dict[str, float] = dict.fromkeys(
        (
            "days",
            "submissions",
            "rows.log",
            "disk.logs.scheduler",
            "objects.reports",
            "objects.notices",
            "objects.stages",
            "older.mail",
        ),
        0,
    )
    looks = []
    for minute in range(MINUTES + REST + 1):
        for number, opened in enumerate(opens):
            age = minute - opened
            if 0 <= age < LASTS:
                sent = chance.randint(4, 20) if age < LASTS / 2 else chance.randint(0, 3)
                at["days"] += 47 / LASTS
                at["submissions"] += sent
                at["rows.log"] += chance.randint(18, 52)
                at["disk.logs.scheduler"] += 0.2 + chance.random() / 5
                at["objects.reports"] += 5 * sent
                # Letters ask for reports, answer each, and invite to the conference weeks after the last.
                at["objects.notices"] += 4 * sent + (300 if age < 1 else 900 if LASTS - 2 <= age < LASTS - 1 else 0)
                at["objects.stages"] += chance.randint(3, 9)
                at["older.mail"] += chance.randint(0, 3)
            elif age >= LASTS and not ended[number]:
                ended[number] = True
                at["objects.archive"] = at.get("objects.archive", 0) + 2
        at["disk.logs.scheduler"] += 0.004  # a server says now and then that it lives
        for name, by_the_hour in leaks.items():
            at[name] = at.get(name, 0) + by_the_hour / 60
        if (minute and minute % 5 == 0 and minute < MINUTES) or minute in (MINUTES, MINUTES + REST):
            memory = 2000 + chance.gauss(0, 40)
            going = sum(0 <= minute - each < LASTS for each in opens)
            looks.append({"hours": minute / 60, "open": going, "ended": sum(ended), "memory": memory, **at})
    return looks


@pytest.mark.parametrize("campaigns", [2, 3, 10])
@pytest.mark.parametrize("seed", range(8))
def test_a_sound_year_passes(seed: int, campaigns: int) -> None:
    assert [each for each in judge(lived(seed, campaigns=campaigns)) if each.leaks] == []


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(
    ("leaking", "by_the_hour"),
    [
        ("rows.log", 300),  # beside some 3,000 that the campaigns' days write
        ("rows.job", 150),
        ("disk.logs.scheduler", 6),
        ("disk.logs.triggerer", 4),
        ("objects.register", 90),
        ("older.mail", 90),
        ("table.xcom", 5),
    ],
)
def test_what_grows_by_the_hour_is_told_from_what_grows_by_the_day(seed: int, leaking: str, by_the_hour: float) -> None:
    assert {each.name for each in judge(lived(seed, {leaking: by_the_hour})) if each.leaks} == {leaking}


def test_a_campaign_that_goes_on_is_no_rest() -> None:
    looks = lived(3, {"rows.log": 300})
    assert [(first["hours"], last["hours"]) for first, last in idle_stretches(looks)] == [(50 / 60, 56 / 60)]
    assert list(idle_stretches([{**look, "open": 1.0} for look in looks])) == []


@pytest.mark.parametrize(
    ("name", "driver"),
    [
        ("objects", "submissions"),
        ("objects.receipts", "submissions"),
        ("objects.notices", "submissions"),
        ("older.inbox", "submissions"),
        ("bytes", "submissions"),
        ("objects.stages", "days"),
        ("older.mail", "days"),
        ("rows.task_instance", "days"),
        ("database", "days"),
        ("disk.logs.scheduler", "days"),
        ("objects.archive", "ended"),
    ],
)
def test_each_figure_has_one_driver(name: str, driver: str) -> None:
    assert driver_of(name) == driver


def test_what_grows_without_its_driver_leaks() -> None:
    looks = [look | {"objects.archive": 9.0 * look["hours"], "ended": 2.0} for look in seen("older.mail", lambda _: 1)]
    assert {each.name for each in judge(looks) if each.leaks} == {"objects.archive"}
