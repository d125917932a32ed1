"""How the triggerer reaches the bucket and a campaign in it, for all triggers and callbacks."""

from __future__ import annotations

import asyncio
import math
import time
from functools import lru_cache

from airflow.sdk import BaseHook

from soket import clock
from soket.plan.loader import find_plan
from soket.record.workspace import Workspace, at_work
from soket.store.connect import CONNECTION, StoreSettings, open_store
from soket.store.store import Store
from soket.store.together import PagedStore

_KEPT = 300.0  # seconds: a new key, where one is exchanged and nothing started anew, is in use within five minutes

_opened = lru_cache(maxsize=4)(open_store)
_buckets: dict[str, tuple[float, PagedStore]] = {}  # by connection, with when it was asked for
_asking: dict[str, asyncio.Task[PagedStore]] = {}


async def bucket() -> PagedStore:
    """Return the bucket: one client for all, whose connection is asked for each five minutes, once for all who wait.

    Whoever asks has the triggerer look after all its triggers in the database before it answers, and those of a hundred
    plans want it at the same tick.
    """
    asked, store = _buckets.get(CONNECTION, (-math.inf, None))
    if store is not None and time.monotonic() - asked < _KEPT:
        return store
    if (asking := _asking.get(CONNECTION)) is None or asking.done():
        asking = _asking[CONNECTION] = asyncio.create_task(_asked_for())
    return await asyncio.shield(asking)


async def _asked_for() -> PagedStore:
    asked, connection = time.monotonic(), await BaseHook.aget_connection(CONNECTION)
    settings = StoreSettings.of(connection.login, connection.password, connection.extra_dejson)
    store = await asyncio.to_thread(_opened, settings)
    _buckets[CONNECTION] = asked, store
    return store


async def reach(plan_id: str, campaign: str, store: Store | None = None) -> Workspace:
    """Return a campaign's workspace."""
    plan = await asyncio.to_thread(find_plan, plan_id)
    return await asyncio.to_thread(at_work, plan, campaign, store or await bucket(), clock.from_environment())
