"""The triggerer's way to the bucket: its connection is asked for seldom, and a new key is used within a minute."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from soket.orchestration import reaching
from soket.plan.fault import PlanError
from soket.plan.loader import UnknownPlanError
from soket.plan.model import Plan


def test_all_triggers_together_ask_for_the_connection_once_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    now = SimpleNamespace(seconds=1000.0)

    async def aget_connection(name: str) -> SimpleNamespace:
        asked.append(name)
        extra = {"endpoint_url": "http://127.0.0.1:9", "region_name": "r", "bucket": "b"}
        return SimpleNamespace(login=f"key-{len(asked)}", password="secret", extra_dejson=extra)

    async def keys() -> list[str]:
        found = []
        for seconds in (0, 1, 59, 60, 61):
            now.seconds = 1000.0 + seconds
            found.append((await reaching.bucket()).login)
        return found

    monkeypatch.setattr(reaching, "_buckets", {})
    monkeypatch.setattr(reaching, "_opened", lambda settings: SimpleNamespace(login=settings.access_key))
    monkeypatch.setattr(reaching.BaseHook, "aget_connection", aget_connection)
    monkeypatch.setattr(reaching.time, "monotonic", lambda: now.seconds)
    assert asyncio.run(keys()) == ["key-1", "key-1", "key-1", "key-2", "key-2"]


def test_a_plan_is_found_as_its_file_says_a_second_later(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    now, there = SimpleNamespace(seconds=1000.0), [plan]
    looks: list[float] = []

    def load_all() -> tuple[list[Plan], list[PlanError]]:
        looks.append(now.seconds)
        return list(there), []

    monkeypatch.setattr(reaching, "load_all", load_all)
    monkeypatch.setattr(reaching.time, "monotonic", lambda: now.seconds)
    reaching._plans_of.cache_clear()
    assert [reaching._plan_now(plan.id) for _ in range(100)] == [plan] * 100
    assert looks == [1000.0]
    there[0] = changed = plan.model_copy(update={"title": "Khác"})
    now.seconds += 1
    assert reaching._plan_now(plan.id) is changed
    with pytest.raises(UnknownPlanError):
        reaching._plan_now("nq_khong_co")
    reaching._plans_of.cache_clear()
