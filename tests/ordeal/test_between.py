"""The proxy passes on what it is given, until it is told to do mischief."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from ordeal.between import Between, Mischief

pytestmark = pytest.mark.integration

SAID = b"x" * 1000


@pytest.fixture
def between() -> Iterator[Between]:
    """A proxy before a server that answers whatever it hears with a thousand letters."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                client.recv(100)
                client.sendall(SAID)

    threading.Thread(target=serve, daemon=True).start()
    proxy = Between(listener.getsockname()[1])
    yield proxy
    proxy.close()
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def ask(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        client.sendall(b"hello")
        answer = b""
        try:
            while block := client.recv(100):
                answer += block
        except ConnectionResetError:
            pass
        return answer


def test_it_passes_on(between: Between) -> None:
    assert ask(between.port) == SAID
    between.does = Mischief.SLOW
    assert ask(between.port) == SAID


def test_it_does_mischief(between: Between) -> None:
    between.does, between.cut_after = Mischief.CUTS, 300
    assert ask(between.port) == SAID[:300]
    between.does = Mischief.REFUSES
    assert ask(between.port) == b""
    between.does = Mischief.ANSWERS_500
    assert ask(between.port).startswith(b"HTTP/1.1 500 ")
    between.does = Mischief.BUSY
    assert ask(between.port).startswith(b"421 ")
    assert between.met == 4
