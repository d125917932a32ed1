"""Great Expectations in forks of a process that has it loaded: as in one of its own, and where that one fails."""

from __future__ import annotations

import os
import signal
import socket
import subprocess

import psutil
import pytest

from soket.intake import check_process
from soket.intake.check_process import ForkedProcess, StartedProcess
from soket.intake.validation import Check, Frame, OverdueError, UnfitFrameError, ValidationFailedError, Validator

CHECK = Check("x", "R-1", "critical", "between", ("x",), {"min_value": 0})


def frame_of(value: object) -> Frame:
    """A frame of one value, which breaks its check where it is below 0."""
    return Frame([(("a", 1), 2021)], ["bieu_1"], {"x": [value]}, (CHECK,))  # type: ignore[list-item]


def finds(validator: Validator) -> tuple[int, int]:
    """Return how many rows break the check in a frame where one does, and in one where none does."""
    return tuple(len(validator.run(frame_of(value))["x"].broken) for value in (-1.0, 1.0))  # type: ignore[return-value]


def test_each_has_a_fork_of_its_own_that_is_gone_with_it(forked: subprocess.Popen[bytes]) -> None:
    with Validator() as validator, Validator() as other:
        assert (finds(validator), finds(other)) == ((1, 0), (1, 0))
        assert isinstance(validator._process, ForkedProcess)
        forks = psutil.Process(forked.pid).children()
        assert len(forks) == 2
    assert psutil.wait_procs(forks, 30)[1] == []
    assert forked.poll() is None


def test_a_fork_keeps_no_credentials_and_bears_the_marks_of_the_stack(
    forked: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = psutil.Process(forked.pid).environ()
    assert told["SOKET_COMPONENT"] == "scheduler"
    assert not [name for name in told if name.startswith(("AIRFLOW", "AWS"))]


def test_a_frame_that_it_fails_on_is_told_with_its_trace_and_the_next_has_another_fork(
    forked: subprocess.Popen[bytes],
) -> None:
    with Validator() as validator:
        for _ in range(2):
            with pytest.raises(UnfitFrameError, match="twelve"):
                validator.run(frame_of("twelve"))
        assert finds(validator) == (1, 0)


def test_a_fork_that_is_killed_is_the_pipelines_failure(forked: subprocess.Popen[bytes]) -> None:
    with Validator() as validator:
        assert finds(validator) == (1, 0)
        (fork,) = psutil.Process(forked.pid).children()
        os.kill(fork.pid, signal.SIGKILL)
        with pytest.raises(ValidationFailedError, match="ended before it answered"):
            validator.run(frame_of(1.0))
        assert finds(validator) == (1, 0)


def test_a_fork_that_takes_too_long_is_ended(forked: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    with Validator() as validator:
        assert finds(validator) == (1, 0)
        (fork,) = psutil.Process(forked.pid).children()
        os.kill(fork.pid, signal.SIGSTOP)
        monkeypatch.setattr(check_process, "_MOST_SECONDS", 0.2)
        with pytest.raises(OverdueError, match="took more than"):
            validator.run(frame_of(1.0))
        assert psutil.wait_procs([fork], 30)[1] == []


def test_where_the_warm_one_is_gone_one_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    theirs.close()
    monkeypatch.setattr(check_process._Ahead, "control", control)
    process = check_process.start()
    assert isinstance(process, StartedProcess)
    process.close()
    control.close()


def test_where_the_warm_one_answers_nobody_one_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    monkeypatch.setattr(check_process._Ahead, "control", control)
    monkeypatch.setattr(check_process, "_FORK_SECONDS", 0.1)
    with control, theirs, Validator() as validator:
        assert isinstance(validator._process, ForkedProcess)
        assert finds(validator) == (1, 0)
