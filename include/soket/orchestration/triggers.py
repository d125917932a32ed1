"""What the triggerer runs while tasks are deferred: one watch over the inbox, one register reading for all gates."""

from __future__ import annotations

import asyncio
import math
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from airflow.sdk import BaseHook
from airflow.triggers.base import BaseTrigger, TriggerEvent

from soket import clock
from soket.notices.retry import until_next
from soket.orchestration.polling import gate_seconds
from soket.plan.loader import find_plan
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.stages.conditions import Wait
from soket.store.connect import CONNECTION, StoreSettings, open_store

_NEXT_LOOK = 60.0  # seconds
_OUTBOX_FIRST, _OUTBOX_THEN = 60.0, 300.0  # seconds


async def reach(plan_id: str, campaign: str) -> Workspace:
    """Return a campaign's workspace, in the triggerer."""
    connection = await BaseHook.aget_connection(CONNECTION)
    settings = StoreSettings.of(connection.login, connection.password, connection.extra_dejson)
    plan = await asyncio.to_thread(find_plan, plan_id)
    store = await asyncio.to_thread(open_store, settings)
    return Workspace(plan, plan.campaign(campaign), store, clock.from_environment())


@dataclass(frozen=True)
class _Reading:
    at: float  # monotonic seconds
    workspace: Workspace
    register: Register


class RegisterTrigger(BaseTrigger):
    """Fires when a condition on the register holds.

    All triggers of one campaign in this process share one reading of the register an interval.
    """

    _readings: ClassVar[dict[tuple[str, str], _Reading]] = {}
    _locks: ClassVar[defaultdict[tuple[str, str], asyncio.Lock]] = defaultdict(asyncio.Lock)

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
        while True:
            reading = await self._read()
            if note := self.wait.over(reading.workspace, reading.register):
                yield TriggerEvent(note)
                return
            await asyncio.sleep(self.seconds)

    @classmethod
    def of(cls, workspace: Workspace, wait: Wait) -> RegisterTrigger:
        """Return the trigger that waits in a campaign."""
        return cls(workspace.plan.id, workspace.campaign.code, wait.condition, dict(wait.arguments), gate_seconds())

    async def _read(self) -> _Reading:
        key = (self.plan, self.campaign)
        async with self._locks[key]:
            reading = self._readings.get(key)
            # Gates wake at about the same time; half an interval keeps them on one reading and never on an old one.
            if reading is None or time.monotonic() - reading.at >= self.seconds / 2:
                workspace = await reach(*key)
                register = await asyncio.to_thread(read_register, workspace)
                reading = self._readings[key] = _Reading(time.monotonic(), workspace, register)
            return reading


class DropTrigger(BaseTrigger):
    """Fires when something in the inbox is ready to be received, waiting mail can be tried again, or all is over.

    One LIST of the inbox a poll; the register is read only at the start, when that LIST shows something new, and each
    minute: the time may have come of a submission that waits to be tried again, or a decision, or a record is spoilt.
    The outbox is listed each five minutes, and when the time of a mail in it has come.
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
        workspace = await reach(self.plan, self.campaign)
        received: frozenset[tuple[str, str]] = frozenset()
        began = time.monotonic()
        look_at, mail_at = began, began + _OUTBOX_FIRST  # monotonic seconds
        while True:
            if workspace.now >= workspace.campaign.end:
                yield TriggerEvent("over")
                return
            listed = await asyncio.to_thread(_listing, workspace)
            if listed - received or time.monotonic() >= look_at:
                found, received = await asyncio.to_thread(_look_closer, workspace, listed)
                if found:
                    yield TriggerEvent(found)
                    return
                look_at = time.monotonic() + _NEXT_LOOK
            if time.monotonic() >= mail_at:
                wait = await asyncio.to_thread(until_next, workspace, timedelta(seconds=time.monotonic() - began))
                if wait == timedelta(0):
                    yield TriggerEvent("Có thư chờ đến lúc gửi lại.")
                    return
                mail_at = time.monotonic() + min(wait.total_seconds() if wait else math.inf, _OUTBOX_THEN)
            await asyncio.sleep(self.seconds)


def _listing(workspace: Workspace) -> frozenset[tuple[str, str]]:
    return frozenset((found.key, found.etag) for found in workspace.store.list(workspace.keys.inbox))


def _look_closer(
    workspace: Workspace, listed: frozenset[tuple[str, str]]
) -> tuple[str | None, frozenset[tuple[str, str]]]:
    """Return what there is to do, if anything, and what of the listing needs no second look."""
    from soket.intake.receive import work_waiting

    register = read_register(workspace)
    pending = {(drop.key, drop.etag) for entry in register.units.values() for drop in entry.pending}
    found = work_waiting(workspace, register, now_real=datetime.now(UTC))
    return found, listed - pending
