"""The proxy before the bucket: it knows requests, so that mischief befalls connections that stay open, too.

What a full disk is like was seen with SeaweedFS 4.48 on a file system with no room left: whatever writes, copies or
deletes is answered 500 InternalError, and everything can be read.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from ordeal.between import Between, Mischief

_BLOCK = 1 << 14
_READS = (b"GET", b"HEAD")
_CLOSING = b"Connection: close\r\n\r\n"
_SAID = (
    b"<Error><Code>InternalError</Code><Message>We encountered an internal error, please try again.</Message></Error>"
)
_FAILED = (
    b"HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/xml\r\n"
    + f"Content-Length: {len(_SAID)}\r\n".encode()
    + _CLOSING
    + _SAID
)


@dataclass(frozen=True)
class _Request:
    """One request, whose body was not read yet."""

    head: bytes
    size: int  # of its body
    asks: bool  # whether it may send that

    @property
    def writes(self) -> bool:
        """Whether it changes what lies in the bucket."""
        return not self.head.startswith(_READS)


class BeforeBucket(Between):
    """Passes requests on to the bucket; `does` is what befalls each from now on.

    Of an answer or an upload that is cut, so many bytes get through.
    """

    def _serve(self, client: socket.socket, does: Mischief) -> None:
        with client, suppress(OSError):
            self._connect(client, does)

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError), client.makefile("rb") as said:
            for request in _requests(said):
                if self._befalls(request, said, client, server):
                    server.shutdown(socket.SHUT_RDWR)
                    return
                server.sendall(request.head)
                for block in _blocks(said, request.size):
                    server.sendall(block)
            server.shutdown(socket.SHUT_WR)

    def _befalls(self, request: _Request, said: BinaryIO, client: socket.socket, server: socket.socket) -> bool:
        """Do mischief to a request; tell whether that was its end."""
        does = self.does
        ends = does in (Mischief.REFUSES, Mischief.ANSWERS_500)
        ends = (
            ends or (does is Mischief.FULL and request.writes) or (does is Mischief.CUTS_UPLOADS and request.size > 0)
        )
        self.met += ends or does in (Mischief.CUTS, Mischief.SLOW)
        if ends and does in (Mischief.ANSWERS_500, Mischief.FULL):
            _fail(request, said, client)
        if ends and does is Mischief.CUTS_UPLOADS:
            server.sendall(request.head)
            for block in _blocks(said, min(self.cut_after, request.size - 1)):
                server.sendall(block)
        return ends

    def _answer(self, server: socket.socket, client: socket.socket, does: Mischief) -> None:  # noqa: ARG002 - then
        while block := server.recv(_BLOCK):
            if self.does is Mischief.CUTS:
                client.sendall(block[: min(self.cut_after, len(block) - 1)])
                return
            if self.does is Mischief.SLOW:
                time.sleep(0.05)
            client.sendall(block)


def _requests(said: BinaryIO) -> Iterator[_Request]:
    """Yield what a client asks for; its body is read before the next."""
    while line := said.readline():
        lines = [line]
        while (line := said.readline()) not in (b"\r\n", b""):
            lines.append(line)
        fields = dict(each.lower().partition(b":")[::2] for each in lines[1:])
        size = int(fields.get(b"content-length", b"0"))
        yield _Request(b"".join((*lines, b"\r\n")), size, b"expect" in fields)


def _blocks(said: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0 and (block := said.read(min(size, _BLOCK))):
        size -= len(block)
        yield block


def _fail(request: _Request, said: BinaryIO, client: socket.socket) -> None:
    """Answer 500, once all of a request was heard: one that asks first sends no more."""
    for _ in _blocks(said, 0 if request.asks else request.size):
        pass
    client.sendall(_FAILED)
    client.shutdown(socket.SHUT_WR)
