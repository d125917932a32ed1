"""The mail server's program: mail_devel, with its mail kept on disk, and its page shut to strangers.

Left to itself that page shows every mail, and deletes and forges them, for anyone who reaches its port: other users of
the machine, and any page open in a browser of theirs; and a restart empties it.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import os
import signal
import time
from argparse import Namespace
from collections.abc import Awaitable, Callable
from email import message_from_string
from email.message import Message
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import BasicAuth, web
from mail_devel import utils
from mail_devel.http import Frontend
from mail_devel.mailbox import TestMailboxDict
from mail_devel.service import Service
from pymap.parsing.specials.flag import Flag

from soket.stack.mail import FOLDER_VARIABLE
from soket.stack.tries import Tries, words

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

# The page's words in ours; what it shows by pictures alone says so in titles.
_WORDS = {
    "<html>": '<html lang="vi">',
    "<title>mail-devel": "<title>Hộp thư đi kèm",
    'mail<span class="highlight">devel</span>': 'hộp<span class="highlight">thư</span>',
    "</span> Date": "</span> Ngày",
    ">Date:<": ">Ngày:<",
    ">From:<": ">Từ:<",
    ">To:<": ">Đến:<",
    ">CC:<": ">Đồng gửi:<",
    ">BCC:<": ">Gửi kín:<",
    ">Subject:<": ">Tiêu đề:<",
    '"Send Mail"': '"Soạn thư"',
    '"Upload Mail"': '"Đưa thư vào"',
    '"Randomize Mail"': '"Tạo thư ngẫu nhiên"',
    '"Add main folder"': '"Thêm thư mục"',
    '"Add sub folder to the selected folder"': '"Thêm thư mục con"',
    '"Remove this folder"': '"Xóa thư mục này"',
    '"Reply mail"': '"Trả lời"',
    '"Show HTML mail"': '"Xem thư có định dạng"',
    '"Show plain mail"': '"Xem thư chỉ có chữ"',
    '"Show source"': '"Xem nguồn của thư"',
    '"Attachments"': '"Tệp kèm theo"',
    '"Send mail"': '"Gửi"',
    '"Cancel"': '"Bỏ"',
    '"just now"': '"vừa xong"',
    "min ago`": "phút trước`",
    "toLocaleTimeString()": 'toLocaleTimeString("vi")',
    "toLocaleDateString()": 'toLocaleDateString("vi")',
    # Left to itself the page asks for each list two seconds after the one before, and shows nothing until then.
    "client.initialize();": """client.initialize();
    const [configured, listed] = [client.on_config.bind(client), client.on_list_mailboxes.bind(client)];
    client.on_config = async (data) => { await configured(data); await client.load_accounts(); };
    client.on_list_mailboxes = async (data) => {
      const first = !client.mailbox_name;
      await listed(data);
      if (first) await client.load_mailbox();
    };""",
}
_HANDLERS = ("_page_index", "_page_static", "_websocket", "_download_attachment")


class KeptMailboxes(TestMailboxDict):  # type: ignore[misc]  # mail_devel is not annotated
    """The mailbox, with each mail in a file of its own: there before the sender hears that it was taken.

    SMTP is served in threads with event loops of their own, and the mailbox's locks know one loop alone: a mail that
    came while somebody read the mailbox was refused for good. So it is put into the mailbox on the loop that reads it.
    """

    def __init__(self, service: Service, folder: Path) -> None:
        super().__init__(service.config, service.filter_set)
        self._folder = folder
        self._loop = asyncio.get_running_loop()

    async def open(self) -> None:
        """Put back what was kept, in the order in which it came."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in sorted(self._folder.glob("*.eml")):
            text = file.read_bytes().decode("utf-8", "surrogateescape")
            await super().append(message_from_string(text), frozenset())

    async def append(self, message: Message, flags: frozenset[Flag], mailbox: str = "INBOX") -> None:
        """Keep a mail, then show it."""
        await asyncio.to_thread(self._keep, str(message).encode("utf-8", "surrogateescape"))
        shown = asyncio.run_coroutine_threadsafe(super().append(message, flags, mailbox), self._loop)
        await asyncio.wrap_future(shown)

    def _keep(self, data: bytes) -> None:
        file = self._folder / f"{time.time_ns():020}.eml"
        half = file.with_suffix(".part")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        half.rename(file)


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
        self._tries = Tries()
        for name in _HANDLERS:
            setattr(self, name, partial(self._admit, getattr(self, name)))

    def load_resource(self, resource: str) -> bytes:
        """Return a part of the page, with its mail from the first, in Vietnamese."""
        data: bytes = super().load_resource(resource)
        if resource not in ("index.html", "main.js"):
            return data
        text = data.decode()
        for word, ours in _WORDS.items():
            text = text.replace(word, ours)
        return text.encode()

    async def _admit(self, handler: Handler, request: web.Request) -> web.StreamResponse:
        """Let a request through of someone who may see the page; refuse all others, and pages of other places."""
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden
        try:
            given = BasicAuth.decode(request.headers.get("Authorization", ""), "utf-8")
        except ValueError:
            given = BasicAuth("", "")
        who = (request.remote, given.login)
        if given.login and (wait := self._tries.begin(who)):  # a browser's first request brings no password
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(wait)}, text=words(wait))
        if not hmac.compare_digest(f"{given.login}:{given.password}".encode(), self._right):
            raise web.HTTPUnauthorized(headers={"WWW-Authenticate": 'Basic realm="soket", charset="UTF-8"'})
        self._tries.was_right(who)
        return await handler(request)


async def _put_off(error: Exception) -> str:
    """Have a sender try again what this server failed on; left to itself it would say that the mail is at fault."""
    log.error("a mail could not be taken", exc_info=error)
    return f"451 4.3.0 {type(error).__name__}"


async def serve() -> None:
    """Serve mail until SIGINT or SIGTERM; the command line and the environment are mail_devel's own."""
    args = Service.parse()
    service = await Service.init(args)
    if folder := os.environ.get(FOLDER_VARIABLE):
        service.mailboxes = service.handler.mailboxes = KeptMailboxes(service, Path(folder))
        await service.mailboxes.open()
    service.handler.handle_exception = _put_off
    service.frontend = GuardedFrontend(service, args)
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with service.start():
        await ended.wait()


if __name__ == "__main__":
    utils.configure_logging("INFO")
    asyncio.run(serve())
