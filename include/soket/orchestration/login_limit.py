"""A limit of wrong passwords before Airflow's login, which has none of its own."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.requests import Request

from soket.stack.tries import Tries, words

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_LOGINS = ("/auth/token", "/auth/token/cli")
_FORM = "application/x-www-form-urlencoded"
_LARGEST = 16_384  # bytes of a login form


class LoginLimit:
    """Lets an address try one account's password so often; then it has to wait, and others need not."""

    def __init__(self, app: App, tries: Tries | None = None) -> None:
        self._app = app
        self._tries = tries or Tries()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, unless it is one try too many."""
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].rstrip("/").endswith(_LOGINS):
            await self._app(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:
            await _refuse(send, 413, "Mẫu đăng nhập quá lớn.")
            return

        async def read() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        who = ((scope.get("client") or ("",))[0], await _account(Request(scope, read)))
        if wait := self._tries.begin(who):
            await _refuse(send, 429, words(wait), (b"retry-after", str(wait).encode()))
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 300:
                self._tries.was_right(who)
            await send(message)

        await self._app(scope, read, answer)


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


async def _account(request: Request) -> str:
    """Return the account that a login is for, read just as Airflow reads it: what names two must not be told apart."""
    try:
        if request.headers.get("content-type", "").startswith(_FORM):
            found = (await request.form()).get("username")
        else:
            found = (await request.json())["username"]
    except (ValueError, KeyError, TypeError, RecursionError):
        found = ""
    return str(found)[:200]


async def _refuse(send: Send, status: int, why: str, *headers: tuple[bytes, bytes]) -> None:
    content = json.dumps({"detail": why}, ensure_ascii=False).encode()
    kind = (b"content-type", b"application/json; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [kind, *headers]})
    await send({"type": "http.response.body", "body": content})
