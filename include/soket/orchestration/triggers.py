"""What the triggerer runs while tasks are deferred: one watch over the inbox, one register reading for all gates."""

from __future__ import annotations

import asyncio
import math
import os
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import Any

from airflow.triggers.base import BaseTrigger, TriggerEvent

from soket.notices.retry import until_next
from soket.orchestration.listings import Listings
from soket.orchestration.reaching import bucket, reach
from soket.record.keeping import Snapshot, folders_read, read_on
from soket.record.one_time_codes import code_asks_listed, codes_folder
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.stages.changing import plan_waiting
from soket.stages.conditions import Wait
from soket.store.bell import Bell
from soket.store.keys import Keys
from soket.store.store import Store, StoredObject
from soket.store.together import PagedStore

# How often the bucket is asked, in real seconds; a replay asks more often.
POLL_VARIABLE = "SOKET_POLL_SECONDS"
GATE_VARIABLE = "SOKET_GATE_SECONDS"

_NEXT_LOOK = 60.0  # seconds
_MADE_ANEW = 5  # gates' looks: for so long, what is listed the same is the same register but for its dates
_OUTBOX_FIRST, _OUTBOX_THEN = 60.0, 600.0  # seconds


def poll_seconds() -> float:
    """Return the seconds between two looks at the inbox."""
    return float(os.environ.get(POLL_VARIABLE, "5"))


def gate_seconds() -> float:
    """Return the seconds between two readings of the register for those who wait on it."""
    return float(os.environ.get(GATE_VARIABLE, "60"))


async def until_tick(seconds: float) -> None:
    """Wait for the next multiple of so many seconds: all who wait so long wake together, and one listing serves all."""
    await asyncio.sleep(seconds - time.monotonic() % seconds)


@dataclass(frozen=True)
class Reading:
    """One reading of a campaign's register."""

    at: float  # monotonic seconds
    workspace: Workspace
    register: Register
    found: Snapshot
    made: float  # monotonic seconds: when the register was made of what was listed
    listed: Mapping[str, Sequence[StoredObject]] | None  # of all campaigns' listing, this one's share


_bell, _listings = Bell(), Listings()
_readings: dict[tuple[str, str], Reading] = {}
_locks: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)


async def reading_of(plan: str, campaign: str, *, younger_than: float, along: bool) -> Reading:
    """Return a campaign's register as it was read less than so many seconds ago, or is read now.

    All triggers of one campaign in this process share their readings. At a tick, `along` with everybody's, those of all
    campaigns share what they are made of, too; at any other time a reading lists its own campaign alone.
    """
    key = (plan, campaign)
    async with _locks[key]:
        last = _readings.get(key)
        if last is None or time.monotonic() - last.at >= younger_than:
            store, began = await bucket(), time.monotonic()
            seen: Store = store
            folders, again_in = folders_read(Keys(plan, campaign)), max(gate_seconds(), _NEXT_LOOK)
            _listings.expect(folders, again_in=again_in)
            listed = None
            if along:
                seen, began = await _listings.of(store, folders, younger_than=younger_than, again_in=again_in)
                listed = seen.found
            workspace = await reach(plan, campaign, seen)
            if last and workspace.plan is last.workspace.plan and listed and listed == last.listed and _is_young(last):
                last = replace(last, at=began, workspace=workspace)
            else:
                register, found = await asyncio.to_thread(read_on, workspace, last.found if last else None)
                last = Reading(began, workspace, register, found, began, listed)
            _readings[key] = last
        return last


def _is_young(reading: Reading) -> bool:
    return time.monotonic() - reading.made < _MADE_ANEW * gate_seconds()


class RegisterTrigger(BaseTrigger):
    """Fires when a condition on the register holds."""

    def __init__(self, plan: str, campaign: str, condition: str, arguments: dict[str, str], seconds: float) -> None:
        super().__init__()
        self.plan = plan
        self.campaign = campaign
        self.wait = Wait(condition, arguments)
        self.seconds = seconds

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Return the class path and the arguments to make this trigger again."""
        return (
            "soket.orchestration.triggers.RegisterTrigger",
            {
                "plan": self.plan,
                "campaign": self.campaign,
                "condition": self.wait.condition,
                "arguments": dict(self.wait.arguments),
                "seconds": self.seconds,
            },
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Ask the condition at each reading until it holds."""
        along = False
        while True:
            # Gates wake at about the same time; half an interval keeps them on one reading and never on an old one.
            reading = await reading_of(self.plan, self.campaign, younger_than=self.seconds / 2, along=along)
            if note := self.wait.over(reading.workspace, reading.register):
                yield TriggerEvent(note)
                return
            await until_tick(self.seconds)
            along = True

    @classmethod
    def of(cls, workspace: Workspace, wait: Wait) -> RegisterTrigger:
        """Return the trigger that waits in a campaign."""
        return cls(workspace.plan.id, workspace.campaign.code, wait.condition, dict(wait.arguments), gate_seconds())


class DropTrigger(BaseTrigger):
    """Fires when something in the inbox is ready to be received, waiting mail can be tried again, or all is over.

    One LIST of the inbox a poll, for all plans, or a call of the store's, of the campaign called for, and one of codes
    where a plan asks for them; the register is read only at the start, when that shows something new, and each minute,
    together with the gates: the time may have come of a submission that waits to be tried again, or a decision, or a
    record is spoilt. The outbox is listed each ten minutes, and when the time of a mail in it has come.
    """

    def __init__(self, plan: str, campaign: str, seconds: float) -> None:
        super().__init__()
        self.plan = plan
        self.campaign = campaign
        self.seconds = seconds

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Return the class path and the arguments to make this trigger again."""
        return (
            "soket.orchestration.triggers.DropTrigger",
            {"plan": self.plan, "campaign": self.campaign, "seconds": self.seconds},
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Look at the inbox until there is work."""
        await _bell.listen()
        store = await bucket()
        workspace = await reach(self.plan, self.campaign, store)
        _listings.expect([workspace.keys.notices], again_in=_OUTBOX_THEN)
        received: frozenset[tuple[str, str]] = frozenset()
        began = time.monotonic()
        look_at, mail_at, along = began, began + _OUTBOX_FIRST, False  # monotonic seconds; with all who wait
        called = False
        while True:
            if workspace.is_over:
                _readings.pop((self.plan, self.campaign), None)
                yield TriggerEvent("over")
                return
            looked = time.monotonic()
            listed = await self._listed(store, workspace, called=called)
            if (new := listed - received) or time.monotonic() >= look_at:
                # What the run before this one has done is in no reading from before this one began.
                age = 0 if new else min(_NEXT_LOOK / 2, time.monotonic() - began)
                reading = await reading_of(
                    self.plan, self.campaign, younger_than=age, along=not new and look_at > began
                )
                found, received = await asyncio.to_thread(_look_closer, reading, listed)
                if found:
                    yield TriggerEvent(found)
                    return
                look_at = _tick_after(time.monotonic(), _NEXT_LOOK)
            if time.monotonic() >= mail_at:
                wait = await self._until_mail(store, workspace, began, along=along)
                if wait == timedelta(0):
                    yield TriggerEvent("Có thư chờ đến lúc gửi lại.")
                    return
                now = time.monotonic()
                own, tick = now + wait.total_seconds() if wait else math.inf, _tick_after(now, _OUTBOX_THEN)
                mail_at, along = min(own, tick), tick < own
            called = await _bell.heard(f"{self.plan}/{self.campaign}", looked, until_tick(self.seconds))

    async def _listed(self, store: PagedStore, workspace: Workspace, *, called: bool) -> frozenset[tuple[str, str]]:
        folders, again_in = [workspace.keys.inbox, *filter(None, [codes_folder(workspace)])], self.seconds
        if called:
            return _listing(workspace, await _listings.now(store, folders, again_in=again_in))
        seen, _ = await _listings.of(store, folders, younger_than=again_in / 2, again_in=again_in)
        return _listing(workspace, seen)

    async def _until_mail(
        self, store: PagedStore, workspace: Workspace, began: float, *, along: bool
    ) -> timedelta | None:
        """Return how long until waiting mail can be tried again; it is nothing only by a listing of now."""
        watched = timedelta(seconds=time.monotonic() - began)
        if along:
            folders, age = [workspace.keys.notices], _OUTBOX_THEN / 2
            seen, _ = await _listings.of(store, folders, younger_than=age, again_in=_OUTBOX_THEN)
            wait = await asyncio.to_thread(until_next, replace(workspace, store=seen), watched)
            if wait != timedelta(0):
                return wait
        return await asyncio.to_thread(until_next, workspace, watched)


def _tick_after(moment: float, seconds: float) -> float:
    return (moment // seconds + 1) * seconds


def _listing(workspace: Workspace, store: Store) -> frozenset[tuple[str, str]]:
    """Return what lies in the inbox and, where the plan asks for codes, that one was asked for: a person waits."""
    found = chain(store.list(workspace.keys.inbox), code_asks_listed(workspace, store))
    return frozenset((each.key, each.etag) for each in found)


def _look_closer(reading: Reading, listed: frozenset[tuple[str, str]]) -> tuple[str | None, frozenset[tuple[str, str]]]:
    """Return what there is to do, if anything, and what of the listing needs no second look."""
    from soket.intake.receive import work_waiting

    pending = {(drop.key, drop.etag) for entry in reading.register.units.values() for drop in entry.pending}
    found = work_waiting(reading.workspace, reading.register, now_real=datetime.now(UTC))
    found = found or plan_waiting(reading.workspace)
    return found, listed - pending
