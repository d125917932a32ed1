"""One listing for all who wait: how little it asks, and that nobody misses anything when one of them dies."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from conftest import Desk
from notices.post import CountingStore
from orchestration.test_triggers import OverError, Seconds
from soket.orchestration import triggers
from soket.orchestration.listings import Listings
from soket.orchestration.triggers import DropTrigger, RegisterTrigger
from soket.plan.model import Campaign, Plan
from soket.record.workspace import Workspace
from soket.store.store import MemoryStore, Store, StoredObject, StoreFailedError

MANY = 12
A, B = "inbox/a/2021/", "inbox/b/2021/"


class Side:
    """A triggerer with the watches and a gate of many plans, on one bucket and a virtual clock."""

    def __init__(self, plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch, *, last: float) -> None:
        self.desk = Desk(plan, campaign)
        self.store = CountingStore(self.desk.store)
        self.plans = {f"plan_{number:03}": plan for number in range(MANY)}
        self.campaign = campaign
        self.seconds = Seconds(sleepers=2 * MANY, last=last)
        self.listings: dict[int, int] = {}  # how many there were when a minute began
        self._due: list[tuple[float, Callable[[], None]]] = []
        monkeypatch.setattr(triggers, "_listings", Listings())
        monkeypatch.setattr(triggers, "_readings", {})
        monkeypatch.setattr(triggers, "_locks", defaultdict(asyncio.Lock))
        monkeypatch.setattr(triggers, "bucket", self.bucket)
        monkeypatch.setattr(triggers, "reach", self.reach)
        monkeypatch.setattr(triggers.time, "monotonic", lambda: self.seconds.now)
        monkeypatch.setattr(triggers.asyncio, "sleep", self.sleep)

    def at(self, moment: float, act: Callable[[], None]) -> None:
        """Have something happen."""
        self._due.append((moment, act))

    async def sleep(self, length: float) -> None:
        await self.seconds.sleep(length)
        self.listings.setdefault(int(self.seconds.now // 60), self.store.calls["list"])
        for due in [each for each in self._due if each[0] <= self.seconds.now]:
            self._due.remove(due)
            due[1]()

    def workspace(self, plan_id: str, store: Store) -> Workspace:
        workspace = self.desk("2021-11-02 09:00")
        return replace(workspace, plan=self.plans[plan_id].model_copy(update={"id": plan_id}), store=store)

    async def bucket(self) -> Store:
        return self.store

    async def reach(self, plan_id: str, _: str, seen: Store) -> Workspace:
        return self.workspace(plan_id, seen)

    async def wait(self) -> str:
        """Wait with all of them, and return what the first that has something to do says."""
        block = {"stage": "unit_reports", "block": self.plans["plan_000"].blocks[0].code}
        watches = [DropTrigger(each, self.campaign.code, 5) for each in self.plans]
        gates = [RegisterTrigger(each, self.campaign.code, "block_settled", block, 60) for each in self.plans]
        tasks = [asyncio.ensure_future(anext(aiter(each.run()))) for each in (*watches, *gates)]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            return next(iter(done)).result().payload
        finally:
            for each in tasks:
                each.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def test_an_idle_minute_of_many_plans_costs_what_one_plans_did(
    plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    side = Side(plan, campaign, monkeypatch, last=431)
    with pytest.raises(OverError):
        asyncio.run(side.wait())
    # At first each reads its own register, and after a minute its own outbox; then all is listed for all.
    assert (side.listings[7] - side.listings[2]) / 5 <= 20
    assert side.store.calls["write"] == MANY  # its first snapshot


def test_a_drop_in_one_of_many_plans_is_seen_within_a_poll(
    plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    side = Side(plan, campaign, monkeypatch, last=60)
    keys = side.workspace("plan_007", side.store).keys
    unit = plan.units[0].code

    def drop() -> None:
        for name in ("bao-cao.docx", "so-lieu.xlsx"):
            side.desk.store.put(keys.inbox_folder(unit) + name, b"x")

    side.at(21, drop)
    assert asyncio.run(side.wait()) == "1 đơn vị có tệp mới."
    assert side.seconds.now == 25


class Failing(MemoryStore):
    """A bucket that answers slowly and, while it is down, with an error; counts what it is asked."""

    down = False
    asked = 0

    def list(self, prefix: str) -> Iterator[StoredObject]:
        self.asked += 1
        time.sleep(0.05)
        if self.down:
            raise StoreFailedError("down")
        return super().list(prefix)


async def both(listings: Listings, store: Failing) -> list[object]:
    asks = [listings.of(store, [folder], younger_than=2.5, again_in=5) for folder in (A, B)]
    return await asyncio.gather(*asks, return_exceptions=True)


def test_a_failure_is_told_to_all_who_waited_and_to_nobody_later() -> None:
    async def story() -> None:
        listings, store = Listings(), Failing()
        await both(listings, store)
        store.asked, store.down = 0, True
        listings._walks.clear()
        assert all(isinstance(each, StoreFailedError) for each in await both(listings, store))
        assert store.asked == 1
        store.down = False
        store.put(B + "u/x", b"x")
        _, (seen, _) = await both(listings, store)  # type: ignore[misc]
        assert [each.key for each in seen.list(B)] == [B + "u/x"]

    asyncio.run(story())


def test_where_the_one_that_lists_is_ended_the_next_lists() -> None:
    async def story() -> None:
        listings, store = Listings(), Failing()
        store.put(B + "u/x", b"x")
        first = asyncio.ensure_future(listings.of(store, [A], younger_than=2.5, again_in=5))
        second = asyncio.ensure_future(listings.of(store, [B], younger_than=2.5, again_in=5))
        await asyncio.sleep(0.01)
        first.cancel()
        seen, _ = await second
        assert [each.key for each in seen.list(B)] == [B + "u/x"]

    asyncio.run(story())


def test_nobody_is_listed_along_who_asks_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    now, store, listings = 0.0, MemoryStore(), Listings()
    monkeypatch.setattr("soket.orchestration.listings.time.monotonic", lambda: now)

    async def story() -> None:
        nonlocal now
        for moment, folders in ((0, [A]), (0, [B]), (5, [B]), (20, [B])):
            now = moment
            await listings.of(store, folders, younger_than=2.5, again_in=5)
        assert set(listings._walks["inbox"].found) == {B}

    asyncio.run(story())


def test_among_many_strangers_each_folder_is_listed_by_itself() -> None:
    store = CountingStore(MemoryStore())
    for number in range(200):
        store.put(f"inbox/aa/2021/u/{number}", b"")  # archived, between the two

    async def story() -> None:
        listings = Listings()
        for _ in range(3):
            await listings.of(store, [A], younger_than=0, again_in=60)
            seen, _ = await listings.of(store, [B], younger_than=0, again_in=60)
            assert not list(seen.list(B))

    asyncio.run(story())
    assert store.listed["inbox/"] == 1


def test_once_the_strangers_ask_all_are_listed_together_again() -> None:
    store = CountingStore(MemoryStore())
    others = [f"inbox/ab{number:02}/2021/" for number in range(20)]
    for folder in others:
        for number in range(10):
            store.put(f"{folder}u/{number}", b"")

    async def story() -> None:
        listings = Listings()
        for folder in (A, B, *others):  # those of one plan begin to wait before those of the others
            await listings.of(store, [folder], younger_than=0, again_in=60)
        store.listed.clear()
        await listings.of(store, [A], younger_than=0, again_in=60)

    asyncio.run(story())
    assert dict(store.listed) == {"inbox/": 1}
