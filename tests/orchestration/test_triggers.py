"""When the inbox's watch looks at the register again, though nothing new is listed."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from conftest import Desk
from notices.post import CountingStore
from soket.orchestration import triggers
from soket.orchestration.listings import Listings
from soket.orchestration.triggers import DropTrigger, Reading, RegisterTrigger, _listing, _look_closer
from soket.plan.model import Campaign, Plan
from soket.plan.unit_page import UnitPage
from soket.record.keeping import Snapshot, read_on, read_register
from soket.record.one_time_codes import ask_for_code
from soket.record.records import Receipt
from soket.record.register import Register
from soket.record.workspace import Workspace
from soket.store.bell import Bell
from soket.store.store import Store


def reading(workspace: Workspace) -> Reading:
    return Reading(0, workspace, *read_on(workspace, None), made=0, listed=None)


def test_what_lies_locked_is_looked_at_until_an_extension_frees_it(plan: Plan, campaign: Campaign) -> None:
    locking = plan.model_copy(update={"limits": plan.limits.model_copy(update={"late": "lock"})})
    desk = Desk(locking, campaign)
    workspace = desk("2021-11-06 09:00")
    assert _look_closer(reading(workspace), _listing(workspace, workspace.store)) == (None, frozenset())
    unit = locking.units[0].code
    receipt = Receipt(
        unit=unit,
        number=1,
        received_at=workspace.now,
        deadline=campaign.stages["unit_reports"].moment,
        files=(),  # type: ignore[index]
    )
    workspace.store.create(workspace.keys.receipt(unit, 1), receipt.to_json())
    assert _look_closer(reading(workspace), _listing(workspace, workspace.store)) == (None, frozenset())
    freed = Desk(plan, campaign)
    freed.store.objects.update(desk.store.objects)
    assert _look_closer(reading(freed("2021-11-06 09:00")), frozenset())[0] == "1 bộ hồ sơ chờ chấm."


class OverError(Exception):
    """The ten minutes are over."""


class Seconds:
    """A triggerer's time: it passes when all of so many triggers sleep, until the first of them is to wake."""

    def __init__(self, sleepers: int, last: float) -> None:
        self.now = 0.0
        self._sleepers, self._last = sleepers, last
        self._waiting: list[tuple[float, int, asyncio.Event]] = []

    async def sleep(self, seconds: float) -> None:
        awake = asyncio.Event()
        heapq.heappush(self._waiting, (self.now + seconds, id(awake), awake))
        if len(self._waiting) == self._sleepers:
            self.now, _, first = heapq.heappop(self._waiting)
            first.set()
        await awake.wait()
        if self.now >= self._last:
            raise OverError


def test_a_minute_in_which_nothing_happens_costs_one_reading_of_the_register(
    plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(plan, campaign)
    store = CountingStore(desk.store)
    workspace = replace(desk("2021-11-02 09:00"), store=store)
    read_register(workspace)
    store.calls.clear()
    seconds = Seconds(sleepers=3, last=600)

    async def reach(plan_id: str, code: str, seen: Store) -> Workspace:
        return replace(workspace, store=seen)

    async def bucket() -> Store:
        return workspace.store

    made: list[float] = []

    def counted(*reading: Any) -> tuple[Register, Snapshot]:
        made.append(seconds.now)
        return read_on(*reading)

    async def all_at_once() -> None:
        asked = [{"stage": "unit_reports", "block": each.code} for each in blocks]
        gates = [RegisterTrigger(plan.id, campaign.code, "block_settled", each, 60) for each in asked]
        await asyncio.gather(*(anext(aiter(each.run())) for each in (*gates, DropTrigger(plan.id, campaign.code, 5))))

    blocks = plan.blocks[:2]
    monkeypatch.setattr(triggers, "read_on", counted)
    monkeypatch.setattr(triggers, "_readings", {})
    monkeypatch.setattr(triggers, "_listings", Listings())
    monkeypatch.setattr(triggers, "bucket", bucket)
    monkeypatch.setattr(triggers, "reach", reach)
    monkeypatch.setattr(triggers.time, "monotonic", lambda: seconds.now)
    monkeypatch.setattr(triggers.asyncio, "sleep", seconds.sleep)
    with pytest.raises(OverError):
        asyncio.run(all_at_once())
    # Ten minutes: a LIST of the inbox each five seconds, eleven readings of six, three of the outbox; no register GET.
    assert store.calls["get"] == 1
    assert store.calls["write"] == 0
    assert store.calls["list"] <= 120 + 11 * 6 + 3
    # The register is made when gates and inbox are first looked at, of the first shared listing, then for its dates.
    assert made[-1] > 300
    assert len(made) <= 3 + 2


@pytest.mark.parametrize("asked", [True, False])
def test_a_code_that_is_asked_for_is_seen_within_a_poll(
    plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    asking = plan.model_copy(update={"unit_page": UnitPage(one_time_code=True)})
    workspace = Desk(asking, campaign)("2021-11-02 09:00")
    seconds = Seconds(sleepers=1, last=60)

    async def reach(plan_id: str, code: str, seen: Store) -> Workspace:
        return replace(workspace, store=seen)

    async def bucket() -> Store:
        return workspace.store

    async def sleep(length: float) -> None:
        await seconds.sleep(length)
        if asked:
            ask_for_code(workspace, plan.units[0].code, "a browser")

    monkeypatch.setattr(triggers, "_readings", {})
    monkeypatch.setattr(triggers, "_listings", Listings())
    monkeypatch.setattr(triggers, "bucket", bucket)
    monkeypatch.setattr(triggers, "reach", reach)
    monkeypatch.setattr(triggers.time, "monotonic", lambda: seconds.now)
    monkeypatch.setattr(triggers.asyncio, "sleep", sleep)
    if asked:
        event = asyncio.run(anext(aiter(DropTrigger(plan.id, campaign.code, 5).run())))
        assert (event.payload, seconds.now) == ("1 mã vào trang nộp hồ sơ được xin.", 5)
    else:
        with pytest.raises(OverError):
            asyncio.run(anext(aiter(DropTrigger(plan.id, campaign.code, 5).run())))


def test_the_watch_over_the_inbox_ends_when_a_mail_can_be_tried_again(
    plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Desk(plan, campaign)("2021-11-05 17:00")
    moment, answers = 0.0, iter([timedelta(seconds=40), None, timedelta(0), timedelta(0)])
    asked: list[tuple[float, timedelta]] = []

    def until_next(_: object, watched: timedelta) -> timedelta | None:
        asked.append((moment, watched))
        return next(answers)

    async def reach(plan_id: str, code: str, seen: Store) -> object:
        return replace(workspace, store=seen)

    async def bucket() -> Store:
        return workspace.store

    async def sleep(seconds: float) -> None:
        nonlocal moment
        moment += seconds

    monkeypatch.setattr(triggers, "_readings", {})
    monkeypatch.setattr(triggers, "_listings", Listings())
    monkeypatch.setattr(triggers, "bucket", bucket)
    monkeypatch.setattr(triggers, "reach", reach)
    monkeypatch.setattr(triggers, "until_next", until_next)
    monkeypatch.setattr(triggers.time, "monotonic", lambda: moment)
    monkeypatch.setattr(triggers.asyncio, "sleep", sleep)

    async def first() -> str:
        return str(await anext(event.payload async for event in DropTrigger(plan.id, campaign.code, 5).run()))

    assert asyncio.run(first()) == "Có thư chờ đến lúc gửi lại."
    # A minute after it began, when the time told has come, and with everybody's each ten minutes: then once more, by a
    # listing of now, where there seems to be something to send.
    assert asked == [(at, timedelta(seconds=at)) for at in (60, 100, 600, 600)]


def test_what_the_store_calls_for_is_seen_without_a_poll(
    plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Desk(plan, campaign)("2021-11-05 17:00")

    class Called(Bell):
        """A bell that rings as soon as somebody waits: for a report, and before its file is listed."""

        async def heard(self, campaign: str, since: float, end: Awaitable[None]) -> bool:
            assert campaign == f"{plan.id}/{workspace.campaign.code}"
            asyncio.ensure_future(end).cancel()
            for name in ("bao-cao.docx", "so-lieu.xlsx"):
                workspace.store.put(workspace.keys.inbox_folder(plan.units[0].code) + name, b"x")
            return True

    async def reach(plan_id: str, code: str, seen: Store) -> Workspace:
        return replace(workspace, store=seen)

    async def bucket() -> Store:
        return workspace.store

    monkeypatch.setattr(triggers, "_readings", {})
    monkeypatch.setattr(triggers, "_listings", Listings())
    monkeypatch.setattr(triggers, "_bell", Called())
    monkeypatch.setattr(triggers, "bucket", bucket)
    monkeypatch.setattr(triggers, "reach", reach)
    event = asyncio.run(anext(aiter(DropTrigger(plan.id, campaign.code, 3600).run())))
    assert event.payload == "1 đơn vị có tệp mới."
