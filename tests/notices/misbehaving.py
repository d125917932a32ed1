"""A mail server that does what a test tells it, on a real socket."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from soket.notices.smtp import SmtpSender

HANG_UP = ""
SILENT = "..."  # say nothing until the other side has had enough

Reply = str | list[str] | Callable[[str], str]  # always the same; one after the other, then as usual; or as it finds


class Conversation(socketserver.StreamRequestHandler):
    """One SMTP session; the server's `script` says what to answer to a verb, "." being the end of a message."""

    server: Misbehaving

    def handle(self) -> None:
        with self.server.changed:
            self.server.sessions += 1
        try:
            self.talk()
        except OSError:
            return  # the other side is gone
        finally:
            with self.server.changed:
                self.server.ended += 1
                self.server.changed.notify_all()

    def talk(self) -> None:
        if not self.say(self.scripted("hello", "", "220 ready")):
            return
        for line in self.rfile:
            words = line.decode().strip().split(" ", 1)
            verb = words[0].upper()
            self.server.lines.append(" ".join([verb, *words[1:]]))
            if verb == "DATA" and not self.data():
                return
            if verb != "DATA" and not self.say(self.answer(verb, words[-1])):
                return
            if verb == "QUIT":
                return

    def data(self) -> bool:
        answer = self.scripted("DATA", "", "354 go on")
        if not self.say(answer):
            return False
        if not answer.startswith("3"):
            return True
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line or len(lines) == self.server.cuts_after:
                return False
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        answer = self.scripted(".", "", "250 taken")
        if answer.startswith("2") or self.server.takes_before_hanging_up:
            self.server.taken.append(b"".join(lines))
        return self.say(answer) and self.server.after_taking()

    def answer(self, verb: str, rest: str) -> str:
        if verb == "EHLO":
            offers = ["here", "SIZE 1000000", *self.server.offers]
            lines = [f"250-{each}" for each in offers[:-1]] + [f"250 {offers[-1]}"]
            return self.scripted("EHLO", rest, "\r\n".join(lines))
        return self.scripted(verb, rest, "250 fine")

    def scripted(self, verb: str, rest: str, usual: str) -> str:
        for name, reply in self.server.script.items():  # "RCPT unit_00" is for that address alone
            asked, _, part = name.partition(" ")
            if asked == verb and part in rest:
                if callable(reply):
                    return reply(rest)
                if isinstance(reply, list):
                    return reply.pop(0) if reply else usual
                return reply
        return usual

    def say(self, answer: str) -> bool:
        """Answer; return whether the session goes on."""
        if answer == HANG_UP:
            return False
        if answer == SILENT:
            self.rfile.read(1)
            return False
        self.wfile.write(answer.encode() + b"\r\n")
        return not answer.startswith("421")


class Misbehaving(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, script: dict[str, Reply]) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.script = script
        self.offers: list[str] = []
        self.lines: list[str] = []  # every command, as it came
        self.taken: list[bytes] = []
        self.sessions = 0
        self.ended = 0
        self.changed = threading.Condition()
        self.takes_before_hanging_up = False
        self.cuts_after = -1  # lines of a message
        self.after_taking: Callable[[], bool] = lambda: True

    def settle(self) -> None:
        """Wait until every session is over: then what was taken is all that will be."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.ended == self.sessions, 20)

    @property
    def port(self) -> int:
        return self.server_address[1]

    def sender(self, **options: object) -> SmtpSender:
        return SmtpSender("127.0.0.1", self.port, **{"timeout": 5, **options})  # type: ignore[arg-type]


@contextmanager
def server(**script: Reply) -> Iterator[Misbehaving]:
    with Misbehaving(
        {name.replace("_", " ", 1) if name != "end" else ".": reply for name, reply in script.items()}
    ) as it:
        thread = threading.Thread(target=it.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield it
        finally:
            it.shutdown()
            thread.join()
