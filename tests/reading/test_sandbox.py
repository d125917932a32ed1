"""What a reader that a file has led astray can reach, told from inside of it."""

from __future__ import annotations

import os
import platform
import pwd
import socket
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent, indent

import psutil
import pytest

from soket.reading.pool import ReaderPool
from soket.reading.process import kernel
from soket.reading.process.sandbox import NO_ACCOUNT
from soket.stack.postgres import Postgres
from soket.stack.state import State

WITHOUT_CALLS = pytest.mark.skipif(
    platform.machine() not in kernel._ARCHITECTURES, reason="calls are refused by their numbers on other machines"
)

WITHOUT_WALLS = pytest.mark.skipif(
    os.geteuid() != 0 and not Path("/sys/kernel/security/landlock").exists(), reason="the kernel keeps no files from it"
)

PROBE = """
import json, os, socket, struct, subprocess, tempfile
from pathlib import Path
from soket.reading.findings import Content
from soket.reading.process import answers, server

def probe(data):
    global met
{probe}

met = 0

def answer(request, data):
    try:
        said = str(probe(data.decode()))
    except OSError as error:
        said = type(error).__name__
    content = json.dumps(Content((said,)).to_data()).encode()
    yield struct.pack(">I", len(content)) + content

answers.answer = answer
server.main()
"""


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[ReaderPool]:
    """Readers that do what the test's docstring says, and answer what comes of it."""
    code = indent(dedent(request.function.__doc__), "    ")
    monkeypatch.setattr("soket.reading.reader.COMMAND", ["-c", PROBE.format(probe=code)])
    with ReaderPool(1) as pool:
        yield pool


def said(readers: ReaderPool, given: object = "") -> str:
    (answer,) = readers.read("", str(given).encode()).paragraphs
    return answer


@WITHOUT_CALLS
@pytest.mark.usefixtures("socket_enabled")
def test_it_reaches_no_server_of_this_machine(readers: ReaderPool) -> None:
    """return socket.socket().connect(("127.0.0.1", int(data)))"""
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert said(readers, server.getsockname()[1]) == "PermissionError"


@WITHOUT_WALLS
def test_it_reads_no_file_of_ours(readers: ReaderPool, tmp_path: Path) -> None:
    """return Path(data).read_text()"""
    secret = tmp_path / "secrets.json"
    secret.write_text("a key")
    secret.chmod(0o600)
    assert said(readers, secret) == "PermissionError"


def test_nothing_of_one_file_meets_the_next(readers: ReaderPool) -> None:
    """
    met += 1
    return met
    """
    assert [said(readers), said(readers)] == ["1", "1"]


def test_what_it_leaves_behind_ends_with_it(readers: ReaderPool) -> None:
    """
    if data:
        pid, _, path = data.partition(" ")
        os.kill(int(pid), 0)
        return "alive"
    folder = Path(tempfile.gettempdir())
    (folder / "left").write_text("x")
    (folder / "below" / "it").mkdir(parents=True)
    (folder / "elsewhere").symlink_to("/usr")
    started = subprocess.Popen(["sleep", "600"], start_new_session=True, stdout=subprocess.DEVNULL)
    return f"{started.pid} {folder}"
    """
    left = said(readers)
    assert not Path(left.partition(" ")[2]).exists()
    assert said(readers, left) == "ProcessLookupError"


@WITHOUT_WALLS
def test_what_cannot_be_removed_is_met_by_none(readers: ReaderPool) -> None:
    """
    own = Path(tempfile.gettempdir())
    if data:
        return [each.read_text() for each in Path(data).iterdir()]
    (own / "left").write_text("x")
    own.chmod(0)
    return own.parent
    """
    assert said(readers, said(readers)) == "PermissionError"


@WITHOUT_CALLS
def test_it_cannot_move_its_walls(readers: ReaderPool) -> None:
    """return [os.readlink(each) for each in map("/proc/self/fd/{}".format, range(99)) if os.path.lexists(each)]"""
    held = said(readers)
    assert "/dev/null" in held
    assert "landlock" not in held


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_it_is_a_user_that_nothing_else_runs_as(readers: ReaderPool, tmp_path: Path) -> None:
    """return os.geteuid()"""
    servers = psutil.Process().children()  # other tests', if any run in this process
    assert int(said(readers)) != 0
    # In a namespace of its own it cannot tell: from outside it is seen.
    (reader,) = set(psutil.Process().children()).difference(servers)
    assert {each.uids().real for each in (reader, *reader.children(recursive=True))} == {NO_ACCOUNT}
    server = Postgres(State.locate(tmp_path)).user
    assert server
    assert NO_ACCOUNT not in (*server, *(each.pw_uid for each in pwd.getpwall()))


def test_it_has_nothing_of_our_environment(readers: ReaderPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """return sorted(os.environ)"""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-a-test")
    assert "AWS" not in said(readers)
