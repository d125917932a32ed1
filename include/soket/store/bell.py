"""The store's bell: it calls the triggerer when something is put where units put things; who waits there looks at once.

A call says no more than in which campaign there may be something to see: what there is, a listing tells, and the polls
go on, so a call that nobody hears is lost without loss. Where the store has no bell, or its port is taken, the polls do
it alone.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import math
import os
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

ADDRESS_VARIABLE = "SOKET_BELL"  # host:port at which the store calls; empty where it has no bell
WORD_VARIABLE = "SOKET_BELL_FILE"  # the file of the word by which it is known

CALLER_FILE = "notification.toml"  # where SeaweedFS reads whom it calls

_CALLS_OF = ("inbox", "handovers")  # roots: what units send, and the codes that they ask for
_QUIET = 0.2  # seconds without a call: what belongs together is there
_LONGEST = 1.0  # seconds, where calls do not end


class Bell:
    """Hears the store's calls, for all who wait in this process."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}  # of each campaign, and of a call for all; monotonic seconds
        self._waiting: dict[asyncio.Event, str] = {}
        self._opening: asyncio.Task[None] | None = None
        self._server: web.AppRunner | None = None

    async def listen(self) -> None:
        """Take calls from now on; whoever asks first opens the port, for as long as the process lives."""
        if self._opening is None:
            self._opening = asyncio.create_task(self._open())
        await asyncio.shield(self._opening)

    async def _open(self) -> None:
        address = os.environ.get(ADDRESS_VARIABLE)
        if not address:
            return
        from aiohttp import web

        try:
            word = Path(os.environ[WORD_VARIABLE]).read_text(encoding="ascii").strip()
            host, _, port = address.rpartition(":")
            self._server = web.AppRunner(_calls(word, self.ring), access_log=None)
            await self._server.setup()
            await web.TCPSite(self._server, host, int(port)).start()
        except (OSError, KeyError, ValueError) as error:
            await self.close()
            log.warning("The store's calls are not heard, its inbox is only polled: %r", error)

    async def close(self) -> None:
        """Take no more calls."""
        if self._server is not None:
            await self._server.cleanup()

    def ring(self, campaign: str = "") -> None:
        """Wake who waits for a campaign, as its folders name it (`plan/code`); all, where a call says none."""
        self._last[campaign] = time.monotonic()
        for each, waited_for in self._waiting.items():
            if campaign in ("", waited_for):
                each.set()

    async def heard(self, campaign: str, since: float, end: Awaitable[None]) -> bool:
        """Wait for a call that came, or comes, after a moment, and for those that follow it, but not beyond `end`.

        Tell whether one did; `since` is in monotonic seconds. A listing that begins now shows what was called for.
        """
        ending = asyncio.ensure_future(end)
        try:
            if self._called(campaign) <= since and not await self._called_before(campaign, ending):
                return False
        finally:
            ending.cancel()
        latest = time.monotonic() + _LONGEST
        while (left := min(self._called(campaign) + _QUIET, latest) - time.monotonic()) > 0:
            await asyncio.sleep(left)
        return True

    def _called(self, campaign: str) -> float:
        return max(self._last.get(each, -math.inf) for each in (campaign, ""))

    async def _called_before(self, campaign: str, ending: asyncio.Future[None]) -> bool:
        """Wait for a call or for the end; tell whether it was a call."""
        self._waiting[called := asyncio.Event()] = campaign
        calling = asyncio.ensure_future(called.wait())
        try:
            await asyncio.wait((calling, ending), return_when=asyncio.FIRST_COMPLETED)
        finally:
            del self._waiting[called]
            calling.cancel()
        if ending.done():
            ending.result()
        return called.is_set()


def caller_settings(address: str, word: str, bucket: str) -> str:
    """Return the settings by which SeaweedFS calls an address; a call that fails is not made again."""
    folders = ", ".join(f'"/buckets/{bucket}/{root}/"' for root in _CALLS_OF)
    return f"""[notification.webhook]
enabled = true
endpoint = "{address}"
bearer_token = "{word}"
timeout_seconds = 1
max_retries = 0
workers = 1
buffer_size = 100
event_types = ["create"]
path_prefixes = [{folders}]
"""


def _calls(word: str, ring: Callable[[str], None]) -> web.Application:
    """Return what hears calls by whoever knows the word."""
    from aiohttp import web

    known = f"Bearer {word}".encode()

    async def call(request: web.Request) -> web.Response:
        if not word or not hmac.compare_digest(request.headers.get("Authorization", "").encode(), known):
            return web.Response(status=401)
        ring(_campaign(await request.read()))
        return web.Response(status=204)

    heard = web.Application()
    heard.router.add_post("/", call)
    return heard


def _campaign(told: bytes) -> str:
    """Return of which campaign SeaweedFS tells that something is new (`plan/code`); "" where it does not say so.

    It names the object by its path: `/buckets/<bucket>/inbox/<plan>/<code>/<unit>/…`.
    """
    try:
        _, _, _, _, plan, code, _ = str(json.loads(told)["key"]).split("/", 6)
    except (ValueError, KeyError, TypeError):
        return ""
    return f"{plan}/{code}"
