"""Wrong passwords are counted for each account and address, and right ones are let through."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from soket.orchestration.login_limit import LoginLimit, Message, Receive, Scope, Send
from soket.stack.tries import Tries

RIGHT, WRONG = "s3cret", "wrong"
FORM = "application/x-www-form-urlencoded"


class Login:
    """A login of Airflow's kind, which counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        body = (await receive())["body"]
        right = scope["path"].endswith("/token") and RIGHT.encode() in body
        await send({"type": "http.response.start", "status": 201 if right else 401, "headers": []})
        await send({"type": "http.response.body", "body": b""})


class Guarded:
    """A login behind the limit, on a clock of its own."""

    def __init__(self) -> None:
        self.login = Login()
        self.now = 0.0
        self.limit = LoginLimit(self.login, Tries(tries=3, within=600, now=lambda: self.now))

    def post(
        self, account: Any = "vptu", password: str = WRONG, *, path: str = "/auth/token", host: str = "10.0.0.1",
        method: str = "POST", body: bytes | None = None, kind: str = "application/json",
    ) -> tuple[int, dict[bytes, bytes], bytes]:  # fmt: skip
        """Send a login; return the status, the headers and the body of the answer."""
        content = json.dumps({"username": account, "password": password}).encode() if body is None else body
        parts = [content[:7], content[7:]]
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

        async def send(message: Message) -> None:
            sent.append(message)

        headers = [(b"content-type", kind.encode())]
        scope = {"type": "http", "method": method, "path": path, "client": (host, 1), "headers": headers}
        asyncio.run(self.limit(scope, receive, send))
        return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]

    def status(self, *arguments: Any, **options: Any) -> int:
        return self.post(*arguments, **options)[0]


@pytest.fixture
def guarded() -> Guarded:
    return Guarded()


@pytest.mark.parametrize("path", ["/auth/token", "/auth/token/cli", "/airflow/auth/token", "/auth/token/"])
def test_after_some_wrong_passwords_no_other_is_looked_at(guarded: Guarded, path: str) -> None:
    assert [guarded.status(path=path) for _ in range(5)] == [401, 401, 401, 429, 429]
    assert guarded.status(password=RIGHT, path=path) == 429
    assert guarded.login.asked == 3
    _, headers, body = guarded.post(path=path)
    assert headers[b"retry-after"] == b"600"
    assert "Thử lại sau 10 phút" in body.decode()


def test_the_wait_ends(guarded: Guarded) -> None:
    assert [guarded.status() for _ in range(4)][-1] == 429
    guarded.now = 601
    assert guarded.status(password=RIGHT) == 201


def test_a_right_password_clears_the_count(guarded: Guarded) -> None:
    for _ in range(5):
        assert [guarded.status(), guarded.status(), guarded.status(password=RIGHT)] == [401, 401, 201]


def test_neither_other_accounts_nor_other_addresses_wait(guarded: Guarded) -> None:
    assert [guarded.status() for _ in range(4)][-1] == 429
    assert guarded.status("tuyen_giao", RIGHT) == 201
    assert guarded.status(password=RIGHT, host="10.0.0.2") == 201


def test_a_form_counts_like_json_and_so_does_nonsense(guarded: Guarded) -> None:
    form = b"username=vptu&password=wrong"
    assert [guarded.status(body=form, kind=FORM) for _ in range(3)] == [401] * 3
    assert guarded.status() == 429
    for body in (b"\xff\xfe", b"[]", b"[" * 16_000, b"", b'{"username": {"a": 1}}'):
        assert guarded.status(body=body, host="10.0.0.3") in (401, 429)


@pytest.mark.parametrize(
    "body",
    [
        '{{"username": "nobody{}", "x": "&username=vptu&password=wrong&"}}',  # JSON, too, of somebody else
        "username=nobody{}&username=vptu&password=wrong",
    ],
)
def test_no_other_name_beside_it_hides_an_account(guarded: Guarded, body: str) -> None:
    for number in range(3):
        guarded.post(body=body.format(number).encode(), kind=FORM)
    assert guarded.status() == 429


def test_a_login_is_small(guarded: Guarded) -> None:
    assert guarded.status(body=b"x" * 20_000) == 413


def test_everything_else_goes_through(guarded: Guarded) -> None:
    for _ in range(10):
        assert guarded.status(path="/api/v2/dags") == 401
        assert guarded.status(method="GET") in (201, 401)
