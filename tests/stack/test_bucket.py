"""A record that is gone is noticed, on the real store: wiped while it runs, and replaced while it stood still."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import grpc
import pytest

from soket.stack.bucket import WITNESS
from soket.stack.doctor import Finding, examine
from soket.stack.launch import detach, down, prepare, running
from soket.stack.seaweedfs import SeaweedFS, service_client
from soket.stack.spec import StackSpec
from soket.stack.state import State
from soket.stack.supervisor import StartError

pytestmark = pytest.mark.integration

SERVICES = ("seaweedfs",)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = State.locate(tmp_path / "state")
    yield state
    down(state)


def start(state: State) -> None:
    with state.locked() as lock:
        prepare(state, StackSpec())
        detach(state, lock, services=SERVICES, timeout=60)


def shown(state: State) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "SOKET"))}
    command = [str(Path(sys.executable).with_name("soket")), "status", "--state", str(state.root)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def of_the_store(state: State) -> Finding:
    (finding,) = [finding for finding in examine(state) if finding.subject == SeaweedFS.title]
    return finding


def delete_the_collection(state: State) -> None:
    """Wipe every volume of the bucket, as one call to the master does; the names of the objects stay."""
    folder = state.root / "seaweedfs-security"
    own = [(folder / f"{name}.pem").read_bytes() for name in ("authority", "key", "certificate")]
    with grpc.secure_channel(
        f"127.0.0.1:{state.ports['master'] + 10_000}", grpc.ssl_channel_credentials(*own)
    ) as channel:
        # CollectionDeleteRequest: its first field is the name.
        channel.unary_unary("/master_pb.Seaweed/CollectionDelete")(b"\x0a\x05soket", timeout=10)


def delete_the_witness(state: State) -> None:
    service_client(state).delete_object(Bucket="soket", Key=WITNESS)


@pytest.mark.parametrize("wipe", [delete_the_collection, delete_the_witness])
def test_a_record_wiped_under_a_running_store_is_seen(state: State, wipe: Callable[[State], None]) -> None:
    start(state)
    assert of_the_store(state).level == "ok"
    assert shown(state).returncode == 0
    wipe(state)
    deadline = time.monotonic() + 30
    while (found := of_the_store(state)).level == "ok":
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert "--reset" in found.advice
    told = shown(state)
    assert told.returncode == 4
    assert "hồ sơ đã ghi" in told.stderr


def test_an_empty_store_in_the_place_of_the_record_is_not_started_on(state: State) -> None:
    start(state)
    down(state)
    SeaweedFS(state).directory.rename(state.root / "away")
    began = time.monotonic()
    with pytest.raises(StartError, match="Không chạy tiếp") as caught:
        start(state)
    assert caught.value.component == "seaweedfs"
    assert time.monotonic() - began < SeaweedFS.start_within
    down(state)
    # Put back from the backup, it goes on.
    shutil.rmtree(SeaweedFS(state).directory)
    (state.root / "away").rename(SeaweedFS(state).directory)
    start(state)
    assert of_the_store(state).level == "ok"


def test_a_store_of_an_earlier_version_gets_its_witness(state: State) -> None:
    with running(StackSpec(), state, SERVICES):
        service_client(state).put_object(Bucket="soket", Key="receipts/old", Body=b"1")
    (state.root / "witness.json").unlink()
    with running(StackSpec(), state, SERVICES):
        assert SeaweedFS(state).complaint() is None
        assert service_client(state).get_object(Bucket="soket", Key="receipts/old")["Body"].read() == b"1"
