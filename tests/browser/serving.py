"""A web app on a real port of this machine, for a real browser."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from socket import socket

import uvicorn
from starlette.types import ASGIApp

DEADLINE = 60.0  # seconds


@contextmanager
def serving(app: ASGIApp, listening: socket | None = None, **options: object) -> Iterator[str]:
    """Serve an app in a thread of this process; give its address, without a slash at the end."""
    listening = listening or listener()
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", loop="asyncio", **options))  # type: ignore[arg-type]
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    until = time.monotonic() + DEADLINE
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    assert server.started
    try:
        yield address_of(listening)
    finally:
        server.should_exit = server.force_exit = True
        thread.join(DEADLINE)
        listening.close()


def listener() -> socket:
    """Return a socket on a free port: its address is known before anything is served on it."""
    found = socket()
    found.bind(("127.0.0.1", 0))
    return found


def address_of(listening: socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}"
