"""Small proxies between a process and its servers, which refuse, delay, answer 500 or hang up as they are told."""

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
    """What a proxy does to a connection or, of the bucket's, to a request."""

    NONE = "none"
    REFUSES = "refuses"  # hangs up at once
    ANSWERS_500 = "answers 500"  # as an HTTP server
    BUSY = "busy"  # 421, as a mail server
    CUTS = "cuts"  # hangs up in the middle of what the server answers
    SLOW = "slow"  # each block of an answer waits a little
    FULL = "full"  # the bucket's disk: what writes or deletes is answered 500, what reads is served
    CUTS_UPLOADS = "cuts uploads"  # hangs up in the middle of what is to be written


@dataclass
class Between:
    """Passes connections on to a port of this machine; `does` is what befalls those that come from now on.

    Of a connection that is cut, so many bytes of the answer get through.
    """

    target: int
    does: Mischief = Mischief.NONE
    cut_after: int = 200
    met: int = 0  # how often something befell

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
            if does is Mischief.BUSY:
                client.sendall(b"421 4.3.2 try again later\r\n")
                return
            self._connect(client, does)

    def _connect(self, client: socket.socket, does: Mischief) -> None:
        with socket.create_connection(("127.0.0.1", self.target), timeout=_PATIENCE) as server:
            threading.Thread(target=self._ask, args=(client, server), daemon=True).start()
            try:
                self._answer(server, client, does)
            finally:
                client.shutdown(socket.SHUT_RDWR)  # closing it would wait for the thread that listens to it

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while block := client.recv(_BLOCK):
                server.sendall(block)
            server.shutdown(socket.SHUT_WR)

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
