"""`soket keys` on the real store: keys change hands while it runs, and whoever has none is told what to do."""

from __future__ import annotations

import os
import pty
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from botocore.exceptions import ClientError

from soket.stack import folder_keys, process
from soket.stack.credentials import Credentials, KeyPair
from soket.stack.launch import running
from soket.stack.seaweedfs import key_client
from soket.stack.spec import Folder, StackSpec
from soket.stack.state import State

pytestmark = pytest.mark.integration

PLAN, CAMPAIGN, UNIT = "nq06_du_lich", "2021", "h_can_loc"
NEWCOMER = Folder(f"{PLAN}/{CAMPAIGN}/{UNIT}", f"inbox/{PLAN}/{CAMPAIGN}/{UNIT}/")
OLDTIMER = Folder(f"{PLAN}/{CAMPAIGN}/h_ky_anh", f"inbox/{PLAN}/{CAMPAIGN}/h_ky_anh/")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    """Run a store that was started before the newcomer was in the plan."""
    state = State.locate(tmp_path_factory.mktemp("keys") / "state")
    with running(StackSpec(folders=(OLDTIMER,)), state, ("seaweedfs",)):
        yield state


@pytest.fixture
def soket(store: State) -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        where = ("--plan", PLAN, "--campaign", CAMPAIGN) if arguments[0] == "keys" else ("--campaign", CAMPAIGN)
        command = [str(Path(sys.executable).with_name("soket")), *map(str, arguments), *where]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "SOKET"))}
        return subprocess.run(
            [*command, "--state", str(store.root)], env=environment, capture_output=True, text=True, check=False
        )

    return run


def opens(store: State, pair: KeyPair, folder: Folder) -> bool:
    try:
        key_client(store, pair).put_object(Bucket="soket", Key=folder.prefix + "x", Body=b"")
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] != 403:
            raise
        return False
    return True


def test_a_unit_added_since_the_start_gets_a_key_and_loses_it_again(
    store: State, soket: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    report, sheet = tmp_path / "bao-cao.docx", tmp_path / "phieu.txt"
    report.write_bytes(b"report")
    (server,) = process.owned(store.root, "seaweedfs")

    without = soket("submit", PLAN, UNIT, report)
    assert without.returncode == 2
    assert "chưa có khóa" in without.stderr
    assert f"soket keys issue {UNIT}" in without.stderr
    assert "Traceback" not in without.stderr

    done = soket("keys", "issue", UNIT, "--out", sheet, "--address", "https://nop.example.vn")
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    first = Credentials.load(store).folders[NEWCOMER.name]
    assert first
    for part in (first.access_key, first.secret, NEWCOMER.prefix, "https://nop.example.vn", "Huyện ủy Can Lộc"):
        assert part in sheet.read_text()
    assert first.secret not in done.stdout + done.stderr
    assert opens(store, first, NEWCOMER)
    assert not opens(store, first, OLDTIMER)
    assert soket("submit", PLAN, UNIT, report).returncode == 0

    assert soket("keys", "issue", UNIT, "--out", sheet).returncode == 0
    second = Credentials.load(store).folders[NEWCOMER.name]
    assert second
    assert opens(store, second, NEWCOMER)
    assert not opens(store, first, NEWCOMER)
    shown = soket("keys", "show", UNIT)
    assert second.access_key in shown.stdout
    assert second.secret not in shown.stdout

    assert soket("keys", "revoke", UNIT).returncode == 0
    assert not opens(store, second, NEWCOMER)
    revoked = soket("submit", PLAN, UNIT, report)
    assert "thu hồi" in revoked.stderr
    assert revoked.returncode == 2
    assert "không có khóa nào" in soket("keys", "revoke", UNIT).stdout

    # All the while the store ran on, for everybody else, and kept silent.
    assert process.owned(store.root, "seaweedfs") == [server]
    old = Credentials.load(store).folders[OLDTIMER.name]
    assert old
    assert opens(store, old, OLDTIMER)
    logs = "\n".join(path.read_text(errors="replace") for path in store.logs.iterdir())
    assert not [pair.secret for pair in (first, second, old) if pair.secret in logs]


def test_the_sheet_is_shown_on_a_terminal(store: State) -> None:
    terminal, screen = pty.openpty()
    command = [Path(sys.executable).with_name("soket"), "keys", "issue", UNIT, "--print"]
    command += ["--plan", PLAN, "--campaign", CAMPAIGN]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "SOKET"))}
    child = subprocess.Popen([*command, "--state", store.root], env=environment, stdout=screen, stderr=screen)
    os.close(screen)
    shown = b""
    with suppress(OSError):  # how a terminal ends
        while part := os.read(terminal, 4096):
            shown += part
    os.close(terminal)
    assert child.wait(60) == 0
    pair = Credentials.load(store).folders[NEWCOMER.name]
    assert pair
    assert pair.secret in shown.decode()
    assert "PHIẾU GIAO KHÓA" in shown.decode()
    assert "chỉ dùng được ở chính máy này" in shown.decode()


def test_secrets_are_not_printed_where_nobody_looks(soket: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    refused = soket("keys", "issue", UNIT, "--print")
    assert refused.returncode == 2
    assert "--out" in refused.stderr


def test_a_link_is_printed_that_shows_the_key_once(
    store: State, soket: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = soket("keys", "issue", UNIT)
    assert done.returncode == 0, done.stderr
    pair = Credentials.load(store).folders[NEWCOMER.name]
    assert pair
    assert f"/{PLAN}/{CAMPAIGN}/{UNIT}/khoa/" in done.stdout
    assert pair.secret not in done.stdout + done.stderr
    assert opens(store, pair, NEWCOMER)


def test_a_store_that_does_not_take_a_key_over_is_told_of(store: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_keys, "_TAKEN_OVER_WITHIN", 0.3)
    monkeypatch.setattr(process, "signal_all", lambda *_: None)
    with pytest.raises(folder_keys.NotTakenOverError, match="soket down"):
        folder_keys.issue(store, OLDTIMER)
    monkeypatch.undo()
    assert opens(store, folder_keys.issue(store, OLDTIMER), OLDTIMER)
    assert psutil.pid_exists(process.owned(store.root, "seaweedfs")[0].pid)
