"""A browser for tests, and one that hangs up while it sends."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Mapping, MutableMapping
from typing import Any

from starlette.types import ASGIApp

with warnings.catch_warnings():
    # starlette would rather have httpx2; Airflow holds httpx, and both do here.
    warnings.filterwarnings("ignore", message="Using `httpx` with")
    from starlette.testclient import TestClient

Browser = TestClient


def hang_up(app: ASGIApp, method: str, address: str, headers: Mapping[str, str], data: bytes, length: int) -> None:
    """Send the beginning of a body that is said to be so long, and go; raise what the server would log."""
    path, _, query = address.partition("?")
    sent = {**headers, "content-length": str(length)}
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "client": ("203.0.113.9", 1),
        "server": ("testserver", 80),
        "http_version": "1.1",
    }
    come = iter([{"type": "http.request", "body": data, "more_body": True}])

    async def receive() -> MutableMapping[str, Any]:
        return next(come, {"type": "http.disconnect"})

    async def send(message: MutableMapping[str, Any]) -> None:
        """Nobody hears the answer."""

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
