"""Every port of the real servers, tried as another user of the machine would: with no key, and with a wrong one."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

from soket.stack import certificates, process
from soket.stack.seaweedfs import service_client
from soket.stack.state import State
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
