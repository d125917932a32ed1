"""Starting and stopping: detached, in the foreground, twice at once, and after violence."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from conftest import REPOSITORY
from soket.stack import launch, process
from soket.stack.doctor import examine
from soket.stack.launch import SERVERS, detach, down, prepare
from soket.stack.ports import HOST
from soket.stack.postgres import Postgres
from soket.stack.spec import Folder, StackSpec
from soket.stack.state import BusyError, State
from soket.stack.status import Phase, status, supervisor
from soket.stack.supervisor import StartError

SPEC = StackSpec(folders=(Folder("unit_a", "inbox/p/c/unit_a/"),))


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = State.locate(tmp_path / "state")
    yield state
    down(state)
    if not Postgres(state).data.is_relative_to(state.root):
        Postgres(state).wipe()


def left(state: State) -> list[psutil.Process]:
    return process.owned(state.root, data=Postgres(state).data)


def start(state: State, services: tuple[str, ...] = ("mail",)) -> psutil.Process:
    with state.locked() as lock:
        prepare(state, SPEC)
        detach(state, lock, services=services)
    found = supervisor(state)
    assert found is not None
    return found


def test_there_is_nothing_to_stop_where_nothing_was_started(tmp_path: Path) -> None:
    state = State.locate(tmp_path / "nowhere")
    assert down(state) is False
    assert not status(state).running
    assert not state.root.exists()


def test_a_plan_that_became_faulty_loses_neither_folders_nor_accounts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans, state = tmp_path / "plans", State.locate(tmp_path / "state")
    shutil.copytree(REPOSITORY / "include" / "plans", plans)
    monkeypatch.setenv("SOKET_PLANS", str(plans))
    state.create()
    sound = launch.default_spec(state)
    assert sound.folders
    state.save_spec(sound)
    for file in plans.glob("*.yaml"):
        file.write_text(file.read_text(encoding="utf-8") + "\nlimits: [\n", encoding="utf-8")
    assert launch.default_spec(state) == sound
    for file in plans.glob("*.yaml"):
        file.unlink()
    assert launch.default_spec(state).folders == ()  # what is taken away on purpose is gone


def test_folders_named_from_here_are_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(REPOSITORY / "include" / "plans", tmp_path / "plans")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOKET_PLANS", "plans")
    monkeypatch.setenv("SOKET_MAIL", "send")
    spec = launch.default_spec(State.locate(tmp_path / "state"))
    assert spec.folders
    assert spec.settings == {"SOKET_PLANS": str(tmp_path / "plans"), "SOKET_MAIL": "send"}


@pytest.mark.integration
def test_a_detached_stack_lives_until_it_is_told_to_stop(state: State) -> None:
    start(state, ("mail", "postgres"))
    told = status(state)
    assert told.healthy
    assert {finding.level for finding in examine(state) if finding.subject in ("PostgreSQL", "Máy chủ thư")} == {"ok"}
    with pytest.raises(BusyError):
        state.lock()
    assert down(state) is True
    assert left(state) == []
    assert status(state).phase == Phase.STOPPED
    assert down(state) is False


@pytest.mark.integration
def test_a_stack_whose_folder_was_deleted_by_hand_starts_anew(state: State) -> None:
    start(state, ("postgres",))
    down(state)
    shutil.rmtree(state.root)
    start(state, ("postgres",))
    assert status(state).healthy


@pytest.mark.integration
def test_what_a_killed_supervisor_leaves_behind_is_gone_at_the_next_stop(state: State) -> None:
    keeper = start(state, ("mail", "postgres"))
    given = state.ports
    os.kill(keeper.pid, signal.SIGKILL)
    deadline = time.monotonic() + 60
    while status(state).running:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    down(state)
    assert left(state) == []
    start(state)
    assert status(state).healthy
    assert state.ports == given


@pytest.mark.integration
def test_the_servers_of_a_killed_supervisor_keep_their_ports_when_it_is_started_at_once(state: State) -> None:
    keeper = start(state, SERVERS)
    given = state.ports
    os.kill(keeper.pid, signal.SIGKILL)
    keeper.wait(60)
    start(state, SERVERS)
    assert state.ports == given
    assert status(state).notes == []
    assert {entry.port for entry in status(state).components} == {given["postgres"], given["s3"], given["smtp"]}


@pytest.mark.integration
@pytest.mark.parametrize("name", ["smtp", "s3"])
def test_a_port_taken_meanwhile_is_changed_and_told(state: State, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(launch, "_PORTS_WITHIN", 0.1)
    start(state)
    down(state)
    with socket.socket() as stranger:
        stranger.bind((HOST, state.ports[name]))
        stranger.listen()
        start(state)
        notes = status(state).notes
    assert f"({name})" in notes[0]
    # Units hold the store's address in letters.
    assert any("báo các đơn vị" in note for note in notes) is (name == "s3")


@pytest.mark.integration
def test_a_start_that_fails_says_where_and_leaves_nothing(state: State, tmp_path: Path) -> None:
    start(state)
    down(state)
    (state.root / "mail" / "certificate.pem").write_text("not a certificate")
    with pytest.raises(StartError) as caught:
        start(state)
    assert caught.value.component == "mail"
    assert launch.tail(state, "mail")
    assert status(state).phase == Phase.FAILED
    assert left(state) == []
    assert not state.is_locked()


@pytest.mark.integration
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_foreground_ends_cleanly_when_asked_to(state: State, number: signal.Signals) -> None:
    code = (
        "import sys; from soket.stack import launch; from soket.stack.state import State; "
        "from soket.stack.spec import StackSpec; s = State.locate(sys.argv[1]); "
        "lock = s.lock(); launch.prepare(s, StackSpec()); launch.run(s, services=launch.SERVERS)"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(state.root)])
    deadline = time.monotonic() + 60
    while not status(state).healthy:
        assert time.monotonic() < deadline
        assert child.poll() is None
        time.sleep(0.1)
    child.send_signal(number)
    assert child.wait(60) == 0
    assert left(state) == []


@pytest.mark.integration
def test_a_reset_wipes_what_was_there(state: State) -> None:
    start(state)
    down(state)
    (state.root / "seaweedfs").mkdir(exist_ok=True)
    (state.root / "seaweedfs" / "old").touch()
    before = (state.root / "secrets.json").read_text()
    with state.locked():
        prepare(state, SPEC, reset=True)
    assert not (state.root / "seaweedfs" / "old").exists()
    assert (state.root / "secrets.json").read_text() != before
