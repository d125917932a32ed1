"""The proxies pass on what they are given, until they are told to do mischief."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from ordeal.before_bucket import BeforeBucket
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
    between.does = Mischief.BUSY
    assert ask(between.port).startswith(b"421 ")
    assert between.met == 3


ASKS = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
WRITES = b"PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\n\r\n12345678"


class Bucket(BaseHTTPRequestHandler):
    """Answers whoever asks, and notes what it was given to keep."""

    protocol_version = "HTTP/1.1"
    kept: ClassVar[list[bytes]] = []

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(SAID)))
        self.end_headers()
        self.wfile.write(SAID)

    def do_PUT(self) -> None:
        self.kept.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def before_bucket() -> Iterator[BeforeBucket]:
    """The proxy that knows requests, before a server that keeps what it is given."""
    Bucket.kept.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    proxy = BeforeBucket(server.server_port)
    yield proxy
    proxy.close()
    server.shutdown()
    server.server_close()


def on_one_connection(port: int, *requests: bytes) -> bytes:
    """Say one thing after another, each once something was answered; return all that was."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
        answers = b""
        for request in requests:
            client.sendall(request)
            answers += client.recv(4000)
        client.shutdown(socket.SHUT_WR)
        while block := client.recv(4000):
            answers += block
        return answers


def test_a_full_disk_is_read_and_not_written(before_bucket: BeforeBucket) -> None:
    assert on_one_connection(before_bucket.port, ASKS, WRITES, ASKS).count(b" 200 OK") == 3
    before_bucket.does = Mischief.FULL
    answers = on_one_connection(before_bucket.port, ASKS, WRITES)
    assert (answers.count(b" 200 OK"), answers.count(b"<Code>InternalError</Code>")) == (1, 1)
    assert Bucket.kept == [b"12345678"]
    assert before_bucket.met == 1


def test_an_upload_that_is_cut_is_no_upload(before_bucket: BeforeBucket) -> None:
    before_bucket.does, before_bucket.cut_after = Mischief.CUTS_UPLOADS, 1000
    assert on_one_connection(before_bucket.port, ASKS).count(b" 200 OK") == 1
    assert b" 200 OK" not in on_one_connection(before_bucket.port, WRITES)
    assert before_bucket.met == 1


def test_mischief_befalls_a_connection_that_stays_open(before_bucket: BeforeBucket) -> None:
    with socket.create_connection(("127.0.0.1", before_bucket.port), timeout=60) as client:
        client.sendall(ASKS)
        assert client.recv(4000).startswith(b"HTTP/1.1 200 ")
        before_bucket.does = Mischief.ANSWERS_500
        client.sendall(ASKS)
        answer = b""
        while block := client.recv(4000):
            answer += block
        assert b" 500 " in answer
    before_bucket.does = Mischief.REFUSES
    assert on_one_connection(before_bucket.port, ASKS) == b""
    before_bucket.does, before_bucket.cut_after = Mischief.CUTS, 20
    assert len(on_one_connection(before_bucket.port, ASKS)) == 20
