"""A small proxy between a process and a server, which refuses, delays, answers 500 or hangs up as it is told."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

_BLOCK = 1 << 14
_PATIENCE = 20.0


class Mischief(StrEnum):
    """What a proxy does to a connection."""

    NONE = "none"
    REFUSES = "refuses"  # hangs up at once
    ANSWERS_500 = "answers 500"  # as an HTTP server
    BUSY = "busy"  # 421, as a mail server
    CUTS = "cuts"  # hangs up in the middle of what the server answers
    SLOW = "slow"  # each block of an answer waits a little


_SAID = {
    Mischief.ANSWERS_500: (b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    Mischief.BUSY: b"421 4.3.2 try again later\r\n",
}


@dataclass
class Between:
    """Passes connections on to a port of this machine; `does` is what befalls those that come from now on.

    Of a connection that is cut, so many bytes of the answer get through.
    """

    target: int
    does: Mischief = Mischief.NONE
    cut_after: int = 200
    met: int = 0  # connections that something befell

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client, self.does), daemon=True).start()

    def _serve(self, client: socket.socket, does: Mischief) -> None:
        self.met += does is not Mischief.NONE
        with client, suppress(OSError):
            client.settimeout(_PATIENCE)
            if does is Mischief.REFUSES:
                return
            if said := _SAID.get(does):
                if does is Mischief.ANSWERS_500:
                    client.recv(_BLOCK)
                client.sendall(said)
                return
            with socket.create_connection(("127.0.0.1", self.target), timeout=_PATIENCE) as server:
                threading.Thread(target=_pass_on, args=(client, server), daemon=True).start()
                try:
                    self._answer(server, client, does)
                finally:
                    client.shutdown(socket.SHUT_RDWR)  # closing it would wait for the thread that listens to it

    def _answer(self, server: socket.socket, client: socket.socket, does: Mischief) -> None:
        left = self.cut_after
        while block := server.recv(_BLOCK):
            if does is Mischief.SLOW:
                time.sleep(0.05)
            if does is Mischief.CUTS:
                client.sendall(block[:left])
                left -= len(block)
                if left <= 0:
                    return
            else:
                client.sendall(block)


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while block := source.recv(_BLOCK):
            target.sendall(block)
        target.shutdown(socket.SHUT_WR)
