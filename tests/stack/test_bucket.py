"""A record that is gone is noticed, on the real store: wiped while it runs, and replaced while it stood still."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

from soket.stack.bucket import WITNESS
from soket.stack.doctor import Diagnosis, examine
from soket.stack.launch import detach, down, prepare
from soket.stack.seaweedfs import SeaweedFS, service_client
from soket.stack.spec import StackSpec
from soket.stack.state import State
from soket.stack.status import Phase, status
from soket.stack.supervisor import StartError

pytestmark = pytest.mark.integration

SERVICES = ("seaweedfs",)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    """Run one store for all."""
    state = State.locate(tmp_path_factory.mktemp("bucket") / "state")
    start(state)
    yield state
    down(state)


def start(state: State, *, reset: bool = False) -> None:
    with state.locked() as lock:
        prepare(state, StackSpec(), reset=reset)
        detach(state, lock, services=SERVICES)


def shown(state: State) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "SOKET"))}
    command = [str(Path(sys.executable).with_name("soket")), "status", "--state", str(state.root)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def of_the_store(state: State) -> Diagnosis:
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


def assert_it_is_seen(state: State) -> None:
    deadline = time.monotonic() + 60
    while (found := of_the_store(state)).level == "ok":
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert "--reset" in found.advice
    told = shown(state)
    assert told.returncode == 4
    assert "hồ sơ đã ghi" in told.stderr


def test_a_store_of_an_earlier_version_gets_its_witness(state: State) -> None:
    assert of_the_store(state).level == "ok"
    assert shown(state).returncode == 0
    (state.root / "witness.json").unlink()
    assert SeaweedFS(state).ready(0)
    assert (state.root / "witness.json").exists()
    assert SeaweedFS(state).complaint() is None


def test_an_empty_store_in_the_place_of_the_record_is_not_started_on(state: State) -> None:
    down(state)
    folder, away = SeaweedFS(state).directory, state.root / "away"
    folder.rename(away)
    with pytest.raises(StartError, match="Không chạy tiếp") as caught:
        start(state)
    assert caught.value.component == "seaweedfs"
    assert "chưa sẵn sàng sau" not in str(caught.value)
    assert status(state).component("seaweedfs").restarts == 0
    # Put back from the backup, it goes on.
    shutil.rmtree(folder)
    away.rename(folder)
    start(state)
    assert of_the_store(state).level == "ok"


def test_a_collection_deleted_under_a_running_store_is_seen(state: State) -> None:
    delete_the_collection(state)
    assert_it_is_seen(state)


def test_a_store_that_was_robbed_serves_no_longer(state: State) -> None:
    down(state)
    start(state, reset=True)
    service_client(state).delete_object(Bucket="soket", Key=WITNESS)
    assert_it_is_seen(state)
    deadline = time.monotonic() + 60
    while status(state).component("seaweedfs").phase != Phase.FAILED:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert_it_is_seen(state)
    assert "Không chạy tiếp" in shown(state).stderr
