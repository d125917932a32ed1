"""Lives a campaign: the monitor wakes, other tasks deliver, things break, and the oracle watches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from notices.world import SetClock
from soket.notices.delivery import deliver
from soket.notices.ledger import Intent
from soket.plan.schedule import ladder_moments
from soket.record.records import Receipt, Verdict
from soket.record.register import Register, derive
from soket.record.workspace import Workspace
from soket.stages import collect, monitor

from .bucket import Bucket, BucketDownError
from .life import Life
from .oracle import Oracle, first_of
from .post import PostOffice

LONGEST_WAIT = timedelta(hours=4, minutes=20)  # of a mail that failed, before it is tried again

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Weather:
    """What fails when."""

    monitor: tuple[Span, ...] = ()
    server: tuple[Span, ...] = ()
    bucket: tuple[Span, ...] = ()
    glitches: float = 0.0  # of messages, and of wakes in which one call to the bucket fails

    @classmethod
    def by_lot(cls, life: Life, chance: Random) -> Weather:
        hours = int((life.campaign.end - life.campaign.start).total_seconds() // 3600)

        def spans() -> tuple[Span, ...]:
            starts = [chance.randrange(hours) for _ in range(chance.choice((0, 0, 1, 2)))]
            lengths = [chance.choice((1, 5, 20, 60, 200)) for _ in starts]
            begin = life.campaign.start
            return tuple(
                (begin + timedelta(hours=start), begin + timedelta(hours=start + length))
                for start, length in zip(starts, lengths, strict=True)
            )

        return cls(spans(), spans(), spans(), chance.choice((0.0, 0.0, 0.05, 0.3)))


@dataclass
class Run:
    """One campaign, lived through."""

    life: Life
    weather: Weather
    chance: Random
    news: bool = False  # digests too
    derived: bool = True  # the register comes straight from the records; else it is read from the bucket
    wakes: int = 0
    checks: int = 0
    doubts: int = 0

    def __post_init__(self) -> None:
        plan = self.life.plan
        self.clock = SetClock(self.life.campaign.start)
        self.bucket = Bucket(self.clock.real, self._register if self.derived else None)
        self.workspace = Workspace(plan, self.life.campaign, self.bucket, self.clock)
        self.oracle = Oracle(self.life)
        self.post = PostOffice(self.chance, self._observe, rate=self.weather.glitches)
        self.oracle.unreachable = self.post.bad_addresses
        self.coming = self.life.records()[::-1]
        self.records: defaultdict[type, list[Any]] = defaultdict(list)
        self.calm_from = self.life.campaign.start
        self.last: str | None = None  # what the post office took last

    def live(self) -> None:
        for now, what in self._timetable():
            self._come_to(now)
            self._wake(now, monitor_too=what == "monitor")

    def _timetable(self) -> list[tuple[datetime, str]]:
        """Return when the monitor wakes, and when some other task delivers what waits."""
        campaign = self.life.campaign
        awake = []
        for moment in ladder_moments(self.life.plan, campaign, self.workspace.calendar):
            ends = [end for start, end in self.weather.monitor if start <= moment < end]
            # Of the runs missed while nothing ran, the scheduler makes up for the last, whatever the hour.
            awake.append((max(ends) if ends else moment, "monitor"))
        days = (campaign.end - campaign.start).days
        others = [
            (campaign.start + timedelta(minutes=self.chance.randrange(days * 1440)), "deliver")
            for _ in range(max(days // 3, 5))
        ]
        # Whatever is sent in is answered at once, and what waits goes out with the answer.
        answers = [
            (each.judged + timedelta(minutes=2), "deliver")
            for life in self.life.units.values()
            for each in life.sendings
            if self.derived
        ]
        return sorted({each for each in (*awake, *others, *answers) if each[0] < campaign.end + timedelta(days=2)})

    def _wake(self, now: datetime, *, monitor_too: bool) -> None:
        self.wakes += 1
        self.oracle.woken.clear()
        self.last = None
        self.bucket.down = _in(now, self.weather.bucket)
        self.post.down = _in(now, self.weather.server)
        if self.chance.random() < self.weather.glitches:
            self.bucket.fails_at, self.bucket.after = self.chance.randint(1, 25), self.chance.random() < 0.5
        failures, faults = self.bucket.failures, self.post.faults
        if monitor_too:
            self._try(lambda: monitor.chase(self.workspace))
            if self.news:
                self._try(lambda: monitor.digest(self.workspace))
        else:
            self._try(lambda: collect.answer_units(self.workspace))
        self._try(lambda: deliver(self.workspace, self.post, now=self.clock.real))
        self.bucket.fails_at = 0
        if (failures, faults) != (self.bucket.failures, self.post.faults) or self.post.down:
            self.calm_from = now + LONGEST_WAIT
        elif monitor_too and now >= self.calm_from and now < self.life.campaign.end and not self.oracle.is_quiet(now):
            self.checks += 1
            self.oracle.all_have_heard(now)

    def _try(self, step: Callable[[], object]) -> None:
        """Take a step; where the bucket fails it, whatever went out last may not have been written down."""
        try:
            step()
        except BucketDownError:
            for handover in self.oracle.taken[first_of(self.last)] if self.last else ():
                handover.acknowledged = False
                self.doubts += 1

    def _observe(self, notice: str, addresses: Sequence[str], acknowledged: bool) -> None:
        data, _ = self.bucket.objects[self.workspace.keys.notice(notice, "intent.json")]
        self.last = notice
        intent = _parse(data)
        self.oracle.takes(self.clock.now(), intent, list(addresses), acknowledged=acknowledged)

    # --- the record ---

    def _come_to(self, now: datetime) -> None:
        """Let everything happen that happens until now."""
        while self.coming and self.coming[-1][0] <= now:
            at, _, record = self.coming.pop()
            self.clock.set(at)
            self._write(record)
        self.clock.set(now)

    def _write(self, record: Any) -> None:
        keys = self.workspace.keys
        if isinstance(record, Receipt):
            kind, key = Receipt, keys.receipt(record.unit, record.number)
        elif isinstance(record, Verdict):
            kind, key = Verdict, keys.report(record.unit, record.number, "verdict.json")
        else:
            kind, key = object, keys.decision(record.id)
        self.records[kind].append(record)
        if not self.derived:
            self.bucket.write(key, record.to_json())

    def _register(self) -> Register:
        if self.bucket.down:
            raise BucketDownError
        return derive(
            self.life.plan,
            self.life.campaign,
            self.clock,
            inbox=(),
            receipts=self.records[Receipt],
            verdicts=self.records[Verdict],
            decisions=self.records[object],
            stage_records=(),
        )


@cache
def _parse(data: bytes) -> Intent:
    return Intent.model_validate_json(data)


def _in(now: datetime, spans: tuple[Span, ...]) -> bool:
    return any(start <= now < end for start, end in spans)
