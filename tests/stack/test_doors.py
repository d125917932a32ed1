"""Every port of the real servers, tried as another user of the machine would: with no key, and with a wrong one."""

from __future__ import annotations

import imaplib
import stat
from base64 import b64encode
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import grpc
import psycopg
import pytest

from soket.stack import certificates, process
from soket.stack.credentials import Credentials
from soket.stack.mail import USER
from soket.stack.postgres import ROLE, Postgres
from soket.stack.seaweedfs import service_client
from soket.stack.state import State
from soket.stack.tries import TRIES
from stack import stranger

pytestmark = pytest.mark.integration

KEPT = "receipts/plan/2021/unit_a/1.json"
NOBODY = 65534

# All that S3 says to anyone: that it lives.
ALIVE = {"GET /status", "GET /healthz"}


@pytest.fixture
def kept(servers: State) -> Iterator[bytes]:
    """Keep an object larger than one chunk, and look afterwards whether it is all there still."""
    client = service_client(servers)
    content = bytes(range(256)) * 4 * 5_000
    client.put_object(Bucket="soket", Key=KEPT, Body=content)
    yield content
    assert client.get_object(Bucket="soket", Key=KEPT)["Body"].read() == content
    assert client.list_objects_v2(Bucket="soket", Prefix=KEPT)["KeyCount"] == 1


@pytest.mark.parametrize("way", ["plain", "no certificate", "another authority's"])
def test_a_stranger_gets_nothing_at_any_port_of_the_store(
    servers: State, kept: bytes, way: str, tmp_path: Path
) -> None:
    doors = stranger.doors(process.owned(servers.root, "seaweedfs"))
    s3 = ("127.0.0.1", servers.ports["s3"])
    assert s3 in doors
    assert len(doors) >= 8
    other = certificates.issue("soket store") if way == "another authority's" else None
    tls = None if way == "plain" else stranger.trusting(other, tmp_path)
    answers = [answer for door in sorted(doors) for answer in stranger.ask(door, tls)]
    assert {answer.request for answer in answers} == (ALIVE if way == "plain" else set()), answers
    assert not [answer for answer in answers if answer.body or answer.door != f"{s3[0]}:{s3[1]}"]


@pytest.mark.parametrize("way", ["plain", "no certificate", "another authority's"])
def test_a_stranger_calls_no_service_of_the_store(servers: State, kept: bytes, way: str) -> None:
    authority = (servers.root / "seaweedfs-security" / "authority.pem").read_bytes()
    other = certificates.issue("soket store")
    credentials = {
        "plain": None,
        "no certificate": grpc.ssl_channel_credentials(authority),
        "another authority's": grpc.ssl_channel_credentials(authority, other.key.encode(), other.certificate.encode()),
    }[way]
    doors = stranger.doors(process.owned(servers.root, "seaweedfs"))
    assert [answer for door in sorted(doors) for answer in stranger.calls(door, credentials)] == []


def test_the_probe_would_see_an_open_door(servers: State) -> None:
    folder = servers.root / "seaweedfs-security"
    own = [(folder / f"{name}.pem").read_bytes() for name in ("authority", "key", "certificate")]
    door = ("127.0.0.1", servers.ports["master"] + 10_000)
    assert any("VolumeList" in answer for answer in stranger.calls(door, grpc.ssl_channel_credentials(*own)))


def test_local_sockets_and_files_of_the_store_are_its_users_alone(servers: State) -> None:
    sockets = stranger.sockets(process.owned(servers.root))
    assert sockets
    assert not [path for path in sockets if stranger.reach(path, NOBODY)]
    for name in ("seaweedfs", "seaweedfs-security", "mail", "logs", "airflow"):
        assert stat.S_IMODE((servers.root / name).stat().st_mode) & 0o077 == 0, name


def test_the_mailbox_is_shown_to_nobody_without_its_password(servers: State) -> None:
    page = f"http://127.0.0.1:{servers.ports['mail_http']}"
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": b64encode(bytes(16)).decode(),
    }
    known = b64encode(f"{USER}:{Credentials.load(servers).mail}".encode()).decode()
    wrong = b64encode(f"{USER}:wrong".encode()).decode()

    def status(path: str, **headers: str) -> int:
        caller = HTTPConnection("127.0.0.1", servers.ports["mail_http"], timeout=30)
        try:
            caller.request("GET", path, headers=headers)
            return caller.getresponse().status
        finally:
            caller.close()

    for path in ("/", "/main.js", "/main.css", "/websocket", "/attachment/1/1"):
        assert status(path, **upgrade) == 401, path
        assert status(path, Authorization=f"Basic {wrong}", **upgrade) == 401, path
    assert status("/", Authorization=f"Basic {known}") == 200
    assert status("/websocket", Authorization=f"Basic {known}", Origin=page, **upgrade) == 101
    # A page from elsewhere, in the browser of somebody who has given the password.
    assert status("/websocket", Authorization=f"Basic {known}", Origin="http://evil.example", **upgrade) == 403


def test_the_mailboxs_page_lets_a_password_be_tried_so_often(servers: State) -> None:
    def status(user: str, password: str) -> int:
        caller = HTTPConnection("127.0.0.1", servers.ports["mail_http"], timeout=30)
        try:
            login = b64encode(f"{user}:{password}".encode()).decode()
            caller.request("GET", "/", headers={"Authorization": f"Basic {login}"})
            return caller.getresponse().status
        finally:
            caller.close()

    assert [status("guest", f"wrong{number}") for number in range(TRIES + 1)] == [401] * TRIES + [429]
    assert [status(USER, Credentials.load(servers).mail) for _ in range(TRIES + 1)] == [200] * (TRIES + 1)


def test_the_mailbox_answers_no_command_without_its_password(servers: State) -> None:
    with imaplib.IMAP4("127.0.0.1", servers.ports["imap"]) as imap:
        with pytest.raises(imaplib.IMAP4.error):
            imap.login(USER, "wrong")
        with pytest.raises(imaplib.IMAP4.error):
            imap.select()


@pytest.mark.parametrize("password", ["", "wrong"])
@pytest.mark.parametrize("user", [ROLE, "postgres"])
def test_the_database_asks_for_a_password(servers: State, user: str, password: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(
            host="127.0.0.1", port=servers.ports["postgres"], user=user, password=password, dbname="postgres"
        )
    # And by no other way: not by a local socket.
    server = process.owned(servers.root, "postgres", Postgres(servers).data)
    assert not [path for path in stranger.sockets(server) if "PGSQL" in path.name]
