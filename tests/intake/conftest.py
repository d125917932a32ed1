from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator

import pytest

from conftest import Desk
from intake.plans import make_plan
from intake.turns import InlineReaders
from soket.intake import check_process
from soket.plan.model import Plan


@pytest.fixture(scope="session")
def small_plan() -> Plan:
    return make_plan()


@pytest.fixture
def desk(small_plan: Plan) -> Desk:
    """A campaign of the small plan on a bucket in memory."""
    return Desk(small_plan, small_plan.campaigns[0])


@pytest.fixture
def inline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process, not in readers of their own."""
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)


@pytest.fixture(scope="module")
def inline_throughout() -> Iterator[None]:
    """Read files in this process, in every example of a property."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
        yield


@pytest.fixture(scope="package")
def warm() -> Iterator[tuple[subprocess.Popen[bytes], socket.socket]]:
    """Start the process that those of Great Expectations are forked from, as the executor does before its workers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check_process, "_Ahead", ahead := type("Ahead", (), {"process": None, "control": None}))
        check_process.load_ahead({"SOKET_COMPONENT": "scheduler"})
    process, control = ahead.process, ahead.control  # type: ignore[attr-defined]
    yield process, control
    control.close()
    assert process.wait(60) == 0  # it ends with the last that could ask it


@pytest.fixture
def forked(
    warm: tuple[subprocess.Popen[bytes], socket.socket], monkeypatch: pytest.MonkeyPatch
) -> subprocess.Popen[bytes]:
    """Have processes of Great Expectations forked, as tasks do; return what they are forked from."""
    process, control = warm
    monkeypatch.setattr(check_process._Ahead, "control", control)
    return process


@pytest.fixture(autouse=True)
def without_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as a machine does that has neither LibreOffice nor Tesseract, whatever this one has."""
    monkeypatch.setattr("soket.reading.programs.office", lambda: None)
    monkeypatch.setattr("soket.reading.programs.recogniser", lambda: None)
