"""The store as docker-compose.yml runs it, with the server that the embedded stack uses too; no Docker needed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest
from botocore.exceptions import BotoCoreError, ClientError

from conftest import REPOSITORY
from soket.stack import certificates, ports, production
from soket.stack.credentials import Credentials, KeyPair
from soket.stack.state import State
from soket.store.connect import StoreSettings, open_store
from soket.store.keys import Keys
from stack import stranger
from test_compose import SERVICES, interpolate, variables

pytestmark = pytest.mark.integration

PLAN, CAMPAIGN, UNIT = "nq06_du_lich", "2021", "h_can_loc"


class Container(NamedTuple):
    """The store as Compose runs it."""

    process: psutil.Process
    s3: int
    folder: Path
    identities: Callable[[], None]  # docker compose run --rm identities


@pytest.fixture
def container(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Container]:
    """Run the store as Compose does, on the files that `identities` makes; 127.0.0.2 stands for the network."""
    mounted = tmp_path / "secrets"
    production.make_all(mounted, lambda name: f"typed-{name}", os.getuid())
    port = ports.choose({})[0]
    monkeypatch.setenv("SOKET_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("SOKET_PLANS", str(REPOSITORY / "include" / "plans"))
    monkeypatch.setenv("AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE", str(tmp_path / "passwords.json"))

    def enter(service: str) -> None:
        own = variables(service)["AIRFLOW_CONN_SOKET_STORE"].replace("/run/secrets", str(mounted))
        address = {"S3_ENDPOINT": f"http://127.0.0.2:{port['s3']}"}
        monkeypatch.setenv("AIRFLOW_CONN_SOKET_STORE", interpolate(own, address))

    spec = spec_from_file_location("prepare", REPOSITORY / "docker" / "prepare.py")
    assert spec is not None
    assert spec.loader is not None
    prepare = module_from_spec(spec)
    spec.loader.exec_module(prepare)
    folder, data = tmp_path / "etc", tmp_path / "data"
    folder.mkdir()
    data.mkdir()
    monkeypatch.setattr(prepare, "SEAWEEDFS", folder)
    monkeypatch.setattr(prepare, "SECRETS", mounted)
    prepare.identities()
    flags = [
        flag.replace("0.0.0.0", "127.0.0.2").replace("/etc/seaweedfs", str(folder))  # noqa: S104 - not bound
        for flag in SERVICES["seaweedfs"]["command"]
    ]
    flags += [f"-dir={data}", *(f"-{name}.port={port[name]}" for name in ports.WITH_GRPC)]
    weed = str(Path(sys.executable).with_name("weed"))
    with (tmp_path / "log").open("wb") as log:
        store = subprocess.Popen([weed, f"-config_dir={folder}", *flags], stdout=log, stderr=log)
    try:
        enter("init")
        deadline = time.monotonic() + 60
        while True:
            assert time.monotonic() < deadline, (tmp_path / "log").read_text()[-3000:]
            try:
                prepare.bucket()
                break
            except (BotoCoreError, ClientError):
                time.sleep(0.2)
        enter("console")
        yield Container(psutil.Process(store.pid), port["s3"], folder, prepare.identities)
    finally:
        store.kill()
        store.wait()
        for name, number in ((name, port[name] + offset) for name in ports.WITH_GRPC for offset in (0, 10_000)):
            for left in Path("/tmp").glob(f"seaweedfs-{name}-*{number}.sock"):  # noqa: S108 - the server's choice
                left.unlink(missing_ok=True)


def test_another_container_reaches_s3_alone(container: Container, tmp_path: Path) -> None:
    service = open_store(StoreSettings.from_environment())
    service.put("receipts/plan/2021/unit_a/1.json", b"kept")
    doors = stranger.doors([container.process])
    # What listens on the container's own loopback is not there for others.
    reachable = {door for door in doors if door[0] != "127.0.0.1"}
    assert {port for _, port in reachable} == {container.s3, container.s3 + 10_000}
    assert len(doors) > len(reachable)
    for tls in (None, stranger.trusting(certificates.issue("soket store"), tmp_path)):
        for door in sorted(doors):
            answers = stranger.ask(door, tls, "127.0.0.3" if door in reachable else None)
            assert {answer.request for answer in answers} <= {"GET /status", "GET /healthz"}
            assert not [answer for answer in answers if answer.body or door[1] != container.s3]
            assert stranger.calls(door, None) == []
    assert service.get("receipts/plan/2021/unit_a/1.json") == b"kept"


def test_keys_change_hands_as_the_guide_says(container: Container, tmp_path: Path) -> None:
    own = {path.name: path.read_text() for path in container.folder.iterdir() if path.name != "s3.json"}
    unit = (UNIT, "--plan", PLAN, "--campaign", CAMPAIGN)

    def soket(*arguments: str) -> str:
        command = [str(Path(sys.executable).with_name("soket")), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stderr

    def takes(pair: KeyPair | None) -> bool:
        assert pair
        settings = StoreSettings.from_environment()
        store = open_store(StoreSettings(settings.endpoint_url, *pair, settings.bucket, settings.region))
        try:
            store.client.put_object(Bucket="soket", Key=Keys(PLAN, CAMPAIGN).inbox_folder(UNIT) + "x", Body=b"")
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 403:
                raise
            return False
        return True

    def until(expected: bool, pair: KeyPair | None) -> None:
        deadline = time.monotonic() + 60
        while takes(pair) is not expected:
            assert time.monotonic() < deadline
            time.sleep(0.1)

    def key() -> KeyPair | None:
        return Credentials.load(State.locate()).folders[f"{PLAN}/{CAMPAIGN}/{UNIT}"]

    first = key()
    until(True, first)
    said = soket("keys", "issue", *unit, "--out", str(tmp_path / "sheet"))
    assert "docker compose run --rm identities" in said
    assert "docker compose kill --signal HUP seaweedfs" in said
    container.identities()
    container.process.send_signal(signal.SIGHUP)
    second = key()
    until(True, second)
    until(False, first)
    soket("keys", "revoke", *unit)
    container.identities()
    container.process.send_signal(signal.SIGHUP)
    until(False, second)
    # The store's own keys stay: it goes by them while it runs.
    assert {path.name: path.read_text() for path in container.folder.iterdir() if path.name != "s3.json"} == own
