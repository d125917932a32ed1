"""The mail server's program: mail_devel, with its page shut to whoever does not know the mailbox's password.

Left to itself that page shows every mail, and deletes and forges them, for anyone who reaches its port: other users of
the machine, and any page open in a browser of theirs.
"""

from __future__ import annotations

import asyncio
import hmac
import signal
from argparse import Namespace
from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import urlsplit

from aiohttp import BasicAuth, web
from mail_devel import utils
from mail_devel.http import Frontend
from mail_devel.service import Service

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_HANDLERS = ("_page_index", "_page_static", "_websocket", "_download_attachment")


class GuardedFrontend(Frontend):  # type: ignore[misc]  # mail_devel is not annotated
    """The page, for those who know user and password. No cookie: browsers show those to every port of a machine."""

    def __init__(self, service: Service, args: Namespace) -> None:
        super().__init__(
            service.mailboxes,
            user=args.user,
            host=args.http_host or args.host,
            port=args.http_port,
            client_max_size=args.client_max_size,
        )
        self._right = f"{args.user}:{args.password}".encode()
        for name in _HANDLERS:
            setattr(self, name, partial(self._admit, getattr(self, name)))

    async def _admit(self, handler: Handler, request: web.Request) -> web.StreamResponse:
        """Let a request through of someone who may see the page; refuse all others, and pages of other places."""
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden
        try:
            given = BasicAuth.decode(request.headers.get("Authorization", ""), "utf-8")
        except ValueError:
            given = BasicAuth("", "")
        if not hmac.compare_digest(f"{given.login}:{given.password}".encode(), self._right):
            raise web.HTTPUnauthorized(headers={"WWW-Authenticate": 'Basic realm="soket", charset="UTF-8"'})
        return await handler(request)


async def serve() -> None:
    """Serve mail until SIGINT or SIGTERM; the command line and the environment are mail_devel's own."""
    args = Service.parse()
    service = await Service.init(args)
    service.frontend = GuardedFrontend(service, args)
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with service.start():
        await ended.wait()


if __name__ == "__main__":
    utils.configure_logging("INFO")
    asyncio.run(serve())
