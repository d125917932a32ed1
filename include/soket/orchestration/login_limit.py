"""A limit of wrong passwords before Airflow's login, which has none of its own."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

TRIES = 10
WITHIN = 600.0  # seconds

_LOGINS = ("/auth/token", "/auth/token/cli")
_LARGEST = 16_384  # bytes of a login form
_REMEMBERED = 10_000  # accounts and addresses


class LoginLimit:
    """Lets an address try one account's password so often; then it has to wait, and the account's others need not.

    A try counts from when it begins, so that many at once are no way round; a right password clears the count.
    """

    def __init__(
        self, app: App, tries: int = TRIES, within: float = WITHIN, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._tries = tries
        self._within = within
        self._now = now
        self._wrong: dict[tuple[str, str], list[float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is one try too many."""
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].rstrip("/").endswith(_LOGINS):
            await self._app(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:
            await _refuse(send, 413, "Mẫu đăng nhập quá lớn.")
            return
        who = ((scope.get("client") or ("",))[0], _account(body))
        if wait := self._begin(who):
            words = f"Sai mật khẩu quá nhiều lần. Thử lại sau {-int(-wait // 60)} phút."
            await _refuse(send, 429, words, (b"retry-after", str(-int(-wait // 1)).encode()))
            return

        async def read() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 300:
                self._wrong.pop(who, None)
            await send(message)

        await self._app(scope, read, answer)

    def _begin(self, who: tuple[str, str]) -> float:
        """Count a try; return for how many seconds there may be none, 0 where it may go on."""
        now = self._now()
        recent = [each for each in self._wrong.get(who, ()) if now - each < self._within]
        if len(recent) >= self._tries:
            self._wrong[who] = recent
            return self._within - (now - recent[0])
        self._wrong.pop(who, None)  # to the end: what was not asked for longest is forgotten first
        self._wrong[who] = [*recent, now]
        while len(self._wrong) > _REMEMBERED:
            del self._wrong[next(iter(self._wrong))]
        return 0.0


async def _body(receive: Receive) -> bytes | None:
    """Return a request's body; None where it is larger than any login's."""
    body = bytearray()
    while True:
        message = await receive()
        body.extend(message.get("body", b""))
        if len(body) > _LARGEST:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _account(body: bytes) -> str:
    """Return the account that a login is for, as JSON or as a form says it."""
    try:
        found = json.loads(body)["username"]
    except (ValueError, KeyError, TypeError):
        found = parse_qs(body.decode(errors="replace")).get("username", [""])[0]
    return str(found)[:200]


async def _refuse(send: Send, status: int, words: str, *headers: tuple[bytes, bytes]) -> None:
    content = json.dumps({"detail": words}, ensure_ascii=False).encode()
    kind = (b"content-type", b"application/json; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [kind, *headers]})
    await send({"type": "http.response.body", "body": content})
