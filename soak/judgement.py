"""Whether a figure stays, grows with the record, or grows by itself, told from what it was at each look.

What the record must keep may grow alike with the one thing that drives it. That alone proves little, as everything
happens at once in a year: what grows by the hour grows alike with the days of campaigns, too. So nothing may grow over
a stretch in which no campaign is open and nobody does anything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations, groupby
from math import isfinite
from statistics import median

WARM_UP = 2  # looks
ENOUGH = 4  # looks after these
CAMPAIGNS = 4  # that are over before halves are held against each other: in each, letters come late and reports early

_ALLOWED = 0.1  # of the median: what a figure that stays may grow
_MOSTLY = 0.75  # of all pairs of looks: the later of them has more
_FASTER = 1.75  # times as much for each unit of the record in the later half as in the earlier one

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
    "older": 20,
    "queued": 5,
    "triggers": 5,
    "outbox": 2,
}

# What may grow with the record, and what two looks at what stands still may differ by.
_OF_THE_RECORD = {
    "database": 0.25,
    "table": 0.1,
    "rows": 5,
    "bytes": 0.1,
    "disk": 0.1,
    "objects": 2,
    "older": 2,
    "memory.mail": 1.0,  # the server for trying out holds every mail
}

_AN_HOUR = {"disk": 1.0}  # MiB: a server's log says now and then that it lives, and is set apart when it is large

DRIVERS = {"submissions": "a submission", "days": "a day of a campaign", "ended": "a campaign that is over"}
_OF_THE_MOMENT = ("idle", "heartbeat")  # what does not pile up: of these, two looks tell nothing
_NOT_ALWAYS = "idle"  # what a look has only where the stack was idle
_OPEN = "open"  # how many campaigns are
_ABOUT = ("hours", _OPEN, *DRIVERS)  # a look's moment: all else in it is figures

# What of the bucket grows by something else than days, by the first folder of its keys; "" is all of it together.
_BY = {
    **dict.fromkeys(("", "inbox", "receipts", "reports", "checks", "notices"), "submissions"),
    "archive": "ended",
}


class Trend(StrEnum):
    """What a figure does."""

    FLAT = "flat"
    SETTLED = "settled"  # it grew, and stopped
    RECORD = "with the record"
    LEAKS = "grows"
    BY_ITSELF = "grows while nobody does anything"
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
    idle: float = 0  # by how much it grew in a stretch in which nobody did anything, where that is more than noise

    @property
    def leaks(self) -> bool:
        """Whether it grows, and nothing explains it."""
        return self.trend in (Trend.LEAKS, Trend.BY_ITSELF)


def judge(looks: Sequence[Mapping[str, float]]) -> list[Judged]:
    """Judge every figure; a look has "hours" since the start, how many campaigns are "open", and the drivers, too."""
    kept = looks[WARM_UP:] if len(looks) >= WARM_UP + ENOUGH else looks
    names = dict.fromkeys(name for look in kept for name in look if name not in _ABOUT)
    return [judge_one(name, kept) for name in names]


def idle_stretches(looks: Sequence[Mapping[str, float]]) -> Iterator[tuple[Mapping[str, float], Mapping[str, float]]]:
    """Yield the first and the last look of each stretch in which no campaign is open and no driver moves."""
    for (busy, *_), stretch in groupby(looks, lambda look: (look.get(_OPEN, 0) > 0, *(look[each] for each in DRIVERS))):
        first, *rest = stretch
        if rest and not busy:
            yield first, rest[-1]


def driver_of(name: str) -> str:
    """Return which of DRIVERS a figure may grow with."""
    family, _, part = name.partition(".")
    if family in ("objects", "older", "bytes"):
        return _BY.get(part, "days")
    return "submissions" if name == "disk.seaweedfs" else "days"


def judge_one(name: str, looks: Sequence[Mapping[str, float]]) -> Judged:
    """Judge one figure by the looks after the warm-up; where a look has none of it, it is zero, or not judged by it."""
    family = name.partition(".")[0]
    looks = [look for look in looks if name in look] if family == _NOT_ALWAYS else looks
    values = [look.get(name, 0.0) for look in looks]
    told = Judged(name, values[0], median(values), values[-1], Trend.UNKNOWN)
    if len(looks) < ENOUGH or not all(map(isfinite, values)):
        return told
    kept = _OF_THE_RECORD.get(name, _OF_THE_RECORD.get(family))
    judged = _that_stays(told, looks, values) if kept is None else _with_the_record(told, looks, values)
    if family in _OF_THE_MOMENT:
        return judged
    noise = _allowed(family, values) if kept is None else kept
    rests = [
        (last.get(name, 0.0) - first.get(name, 0.0), noise + _AN_HOUR.get(family, 0) * (last["hours"] - first["hours"]))
        for first, last in idle_stretches(looks)
    ]
    idle = max((grown for grown, allowed in rests if grown > allowed), default=0.0)
    return replace(judged, idle=idle, trend=Trend.BY_ITSELF if idle else judged.trend)


def _allowed(family: str, values: Sequence[float]) -> float:
    return max(_FLOORS.get(family, 0), _ALLOWED * median(values))


def _that_stays(told: Judged, looks: Sequence[Mapping[str, float]], values: Sequence[float]) -> Judged:
    hours = [look["hours"] for look in looks]
    allowed = _allowed(told.name.partition(".")[0], values)
    growth = slope(hours, values) * (hours[-1] - hours[0])
    half = len(looks) // 2
    later = slope(hours[half:], values[half:]) * (hours[-1] - hours[half])
    if growth <= allowed or _rising(values) < _MOSTLY:
        return replace(told, trend=Trend.FLAT, growth=growth)
    return replace(told, trend=Trend.SETTLED if later <= allowed / 2 else Trend.LEAKS, growth=growth)


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


def _with_the_record(told: Judged, looks: Sequence[Mapping[str, float]], values: Sequence[float]) -> Judged:
    """Tell whether a figure grows alike with its driver in both halves, and by how much for each of it."""
    growth, floor = values[-1] - values[0], _FLOORS.get(told.name.partition(".")[0], 0)
    if growth <= floor:
        return replace(told, trend=Trend.FLAT, growth=growth)
    driver = driver_of(told.name)
    at = [look[driver] for look in looks]
    if at[-1] <= at[0]:
        return replace(told, trend=Trend.LEAKS, growth=growth)
    half = min(range(1, len(at) - 1), key=lambda index: abs(at[index] - (at[0] + at[-1]) / 2))
    if not at[0] < at[half] < at[-1]:
        return replace(told, growth=growth)
    early, late = (values[half] - values[0]) / (at[half] - at[0]), (values[-1] - values[half]) / (at[-1] - at[half])
    faster = late > _FASTER * early and (late - early) * (at[-1] - at[half]) > floor
    faster = faster and looks[-1]["ended"] >= CAMPAIGNS
    trend = Trend.LEAKS if faster else Trend.RECORD
    return replace(told, trend=trend, growth=growth, each=growth / (at[-1] - at[0]), driver=driver)
