"""No secret of a stack is to be seen by others: in its files, its logs, a list of processes, or their surroundings."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from soket.stack import process
from soket.stack.postgres import Postgres
from soket.stack.state import State

from . import leaks

pytestmark = pytest.mark.integration

SOMEBODY = 60_000  # an account of the machine that runs nothing of ours


def test_no_secret_is_told_by_logs_or_lists_of_processes(servers: State) -> None:
    secrets = leaks.secrets_of(servers)
    assert len(secrets) > 10
    assert min(map(len, secrets.values())) >= 20
    running = process.owned(servers.root, data=Postgres(servers).data)
    lines = [*leaks.command_lines(running), *leaks.logs(servers.logs)]
    assert len(lines) > 5
    assert leaks.told_in(lines, secrets) == []


def test_the_probe_would_find_one(servers: State) -> None:
    secrets = leaks.secrets_of(servers)
    name, secret = next(iter(secrets.items()))
    assert leaks.told_in([("a log", f"password={secret};")], secrets) == [("a log", name)]


def test_no_file_of_a_stack_is_others_to_read(servers: State) -> None:
    assert leaks.open_to_others(servers.root) == []
    assert leaks.open_to_others(Postgres(servers).data) == []


def seen_by_another(pid: int, part: str) -> bool:
    command = ["head", "-c", "1", f"/proc/{pid}/{part}"]
    return subprocess.run(command, user=SOMEBODY, group=SOMEBODY, extra_groups=[], capture_output=True).returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("part", ["environ", "mem", "maps"])
def test_another_user_looks_into_no_process(servers: State, part: str) -> None:
    with subprocess.Popen(["sleep", "60"]) as any_process:
        shown = seen_by_another(any_process.pid, part)
        any_process.kill()
    if shown:
        pytest.skip("this kernel shows everybody the inside of every process")
    running = process.owned(servers.root, data=Postgres(servers).data)
    assert running
    assert [each for each in running if seen_by_another(each.pid, part)] == []


def test_a_file_that_stands_open_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    (tmp_path / "a").chmod(0o640)
    tmp_path.chmod(0o711)
    assert leaks.open_to_others(tmp_path) == [tmp_path / "a"]
    tmp_path.chmod(0o700)
    assert leaks.open_to_others(tmp_path) == []
