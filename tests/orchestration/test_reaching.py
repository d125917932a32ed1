"""The triggerer's way to the bucket: its connection is asked for seldom, and a new key is used within five minutes."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from soket.orchestration import reaching


def test_all_triggers_together_ask_for_the_connection_each_five_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    now = SimpleNamespace(seconds=1000.0)

    async def aget_connection(name: str) -> SimpleNamespace:
        asked.append(name)
        await asyncio.sleep(0)
        extra = {"endpoint_url": "http://127.0.0.1:9", "region_name": "r", "bucket": "b"}
        return SimpleNamespace(login=f"key-{len(asked)}", password="secret", extra_dejson=extra)

    async def keys() -> list[set[str]]:
        found = []
        for seconds in (0, 1, 299, 300, 301):
            now.seconds = 1000.0 + seconds
            found.append({each.login for each in await asyncio.gather(*(reaching.bucket() for _ in range(200)))})
        return found

    monkeypatch.setattr(reaching, "_buckets", {})
    monkeypatch.setattr(reaching, "_opened", lambda settings: SimpleNamespace(login=settings.access_key))
    monkeypatch.setattr(reaching.BaseHook, "aget_connection", aget_connection)
    monkeypatch.setattr(reaching.time, "monotonic", lambda: now.seconds)
    assert asyncio.run(keys()) == [{"key-1"}, {"key-1"}, {"key-1"}, {"key-2"}, {"key-2"}]
    assert len(asked) == 2
