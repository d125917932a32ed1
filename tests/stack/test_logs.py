"""Logs are kept small under the hands of those who write them."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from soket.stack import logs
from soket.stack.logs import keep_small


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST", 4)


def test_a_small_log_stays_as_it_is(tmp_path: Path) -> None:
    log = tmp_path / "page.log"
    keep_small(log)
    assert not log.exists()
    log.write_bytes(b"one\n")
    keep_small(log)
    assert [path.name for path in tmp_path.iterdir()] == ["page.log"]


def test_who_has_a_large_log_open_goes_on_at_its_beginning(tmp_path: Path) -> None:
    log = tmp_path / "page.log"
    with log.open("ab", buffering=0) as writer:  # as `process.spawn` opens it
        writer.write(b"first\n")
        keep_small(log)
        writer.write(b"second\n")
        assert log.read_bytes() == b"second\n"
        assert (tmp_path / "page.log.1").read_bytes() == b"first\n"
        keep_small(log)
        writer.write(b"third\n")
    assert log.read_bytes() == b"third\n"
    assert (tmp_path / "page.log.1").read_bytes() == b"second\n"
    assert len(list(tmp_path.iterdir())) == 2


def test_on_a_full_disk_it_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", full)
    log = tmp_path / "page.log"
    log.write_bytes(b"first\n")
    keep_small(log)
    assert log.read_bytes() == b"first\n"
    assert "No space left on device" in caplog.text
