"""Whether a figure stays, grows with the record, or grows by itself, told from what it was at each look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import isfinite
from statistics import median

WARM_UP = 2  # looks
ENOUGH = 4  # looks after these

_ALLOWED = 0.1  # of the median: what a figure that stays may grow
_MOSTLY = 0.75  # of all pairs of looks: the later of them has more
_FASTER = 1.5  # times as much for each unit of the record in the later half as in the earlier one

# What a figure must grow by in all, in its own unit, before that is anything. All others: nothing.
_FLOORS = {
    "memory": 24.0,  # MiB
    "files": 12,
    "threads": 6,
    "processes": 3,
    "idle": 6,  # requests, CPU seconds of a minute
    "heartbeat": 10,  # seconds
    "database": 1.0,  # MiB
    "table": 0.5,
    "bytes": 1.0,
    "disk": 1.0,
    "rows": 20,
    "objects": 20,
    "queued": 5,
    "triggers": 5,
    "outbox": 2,
}

# What may grow as long as each campaign, submission or day of a campaign adds as much as the one before.
_OF_THE_RECORD = ("database", "table", "rows", "bytes", "disk", "objects", "older")

DRIVERS = {"submissions": "a submission", "days": "a day of a campaign", "ended": "a campaign that is over"}


class Trend(StrEnum):
    """What a figure does."""

    FLAT = "flat"
    SETTLED = "settled"  # it grew, and stopped
    RECORD = "with the record"
    LEAKS = "grows"
    UNKNOWN = "too few looks"


@dataclass(frozen=True)
class Judged:
    """One figure: after the warm-up, in the middle and at the end; by how much it grew; for each what."""

    name: str
    first: float
    middle: float
    last: float
    trend: Trend
    growth: float = 0
    each: float | None = None
    driver: str | None = None  # of DRIVERS


def judge(looks: Sequence[Mapping[str, float]]) -> list[Judged]:
    """Judge every figure but the drivers; each look has "hours" since the start and the drivers beside its figures."""
    names = dict.fromkeys(name for look in looks for name in look if name not in ("hours", *DRIVERS))
    kept = looks[WARM_UP:] if len(looks) >= WARM_UP + ENOUGH else looks
    return [judge_one(name, kept) for name in names]


def judge_one(name: str, looks: Sequence[Mapping[str, float]]) -> Judged:
    """Judge one figure by the looks after the warm-up; where a look has none of it, it is zero."""
    values = [look.get(name, 0.0) for look in looks]
    hours = [look["hours"] for look in looks]
    told = Judged(name, values[0], median(values), values[-1], Trend.UNKNOWN)
    if len(looks) < ENOUGH or not all(map(isfinite, values)):
        return told
    family = name.partition(".")[0]
    allowed = max(_FLOORS.get(family, 0), _ALLOWED * median(values))
    growth = slope(hours, values) * (hours[-1] - hours[0])
    half = len(looks) // 2
    later = slope(hours[half:], values[half:]) * (hours[-1] - hours[half])
    if family in _OF_THE_RECORD:
        trend, each, driver = _with_the_record(looks, values, _FLOORS.get(family, 0))
        return Judged(name, values[0], told.middle, values[-1], trend, values[-1] - values[0], each, driver)
    if growth <= allowed or _rising(values) < _MOSTLY:
        trend = Trend.FLAT
    else:
        trend = Trend.SETTLED if later <= allowed / 2 else Trend.LEAKS
    return Judged(name, values[0], told.middle, values[-1], trend, growth)


def slope(at: Sequence[float], values: Sequence[float]) -> float:
    """Return the median of the slopes between all pairs: one odd look changes nothing (Theil and Sen)."""
    steps = [
        (later - earlier) / (end - begin)
        for (begin, earlier), (end, later) in combinations(zip(at, values, strict=True), 2)
        if end > begin
    ]
    return median(steps) if steps else 0.0


def _rising(values: Sequence[float]) -> float:
    pairs = list(combinations(values, 2))
    return sum(later > earlier for earlier, later in pairs) / len(pairs)


def _with_the_record(
    looks: Sequence[Mapping[str, float]], values: Sequence[float], floor: float
) -> tuple[Trend, float | None, str | None]:
    """Tell whether a figure grows alike with some driver in both halves, and by how much for each of it."""
    if values[-1] - values[0] <= floor:
        return Trend.FLAT, None, None
    found = []
    for driver in DRIVERS:
        at = [look[driver] for look in looks]
        half = min(range(1, len(at) - 1), key=lambda index: abs(at[index] - (at[0] + at[-1]) / 2))
        if not at[0] < at[half] < at[-1]:
            continue
        early, late = (values[half] - values[0]) / (at[half] - at[0]), (values[-1] - values[half]) / (at[-1] - at[half])
        each = (values[-1] - values[0]) / (at[-1] - at[0])
        off = sum(abs(value - values[0] - each * (here - at[0])) for value, here in zip(values, at, strict=True))
        found.append((off, late <= _FASTER * early, each, driver))
    if not found:
        return Trend.UNKNOWN, None, None
    explained = [each for each in found if each[1]]
    _, _, each, driver = min(explained or found)
    return (Trend.RECORD if explained else Trend.LEAKS), each, driver
