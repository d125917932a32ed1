"""The process that Great Expectations runs in: one started for it or, where one has it loaded, a fork of that one.

Importing Great Expectations takes seconds, most of them for parts that no check here uses, and it is not safe to use
from threads. `soket.intake.expectations` is what runs in each of them.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import IO

log = logging.getLogger(__name__)

WARM = "--warm"  # says that the process is not to answer itself, but to be forked
READY = b"ready"

_MOST_SECONDS = 600.0
_FORK_SECONDS = 30.0  # a fork takes milliseconds; it may wait for the imports

# No credentials: the process is given all it needs through its pipes.
_ENVIRONMENT = (
    "PATH",
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "HOME",
)


class ProcessEndedError(RuntimeError):
    """The process ended before it answered."""


def write_message(stream: IO[bytes], message: bytes) -> None:
    """Write a message, with its length before it."""
    stream.write(struct.pack(">Q", len(message)) + message)
    stream.flush()


def read_message(stream: IO[bytes]) -> bytes | None:
    """Return the next message; None where there is none any more, or it breaks off."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    (length,) = struct.unpack(">Q", head)
    message = stream.read(length)
    return message if len(message) == length else None


class CheckProcess(ABC):
    """Answers request after request; close it in any case."""

    def answer(self, request: bytes) -> bytes:
        """Return what the process answers; raise ProcessEndedError or, of one that was ended, TimeoutError."""
        overdue = threading.Event()
        watch = threading.Timer(_MOST_SECONDS, self._end, [overdue])
        watch.daemon = True
        watch.start()
        try:
            answer = self._exchange(request)
        finally:
            watch.cancel()
        if answer is None and overdue.is_set():
            raise TimeoutError(f"Great Expectations took more than {_MOST_SECONDS:.0f} s")
        if answer is None:
            raise ProcessEndedError(self._last_words())
        return answer

    def _end(self, overdue: threading.Event) -> None:
        overdue.set()
        self.kill()

    @abstractmethod
    def close(self) -> None:
        """End the process, whatever it does."""

    @abstractmethod
    def kill(self) -> None:
        """End it, and leave what it said to be read."""

    @abstractmethod
    def _exchange(self, request: bytes) -> bytes | None:
        """Return the answer to a request; None of a process that ends over it."""

    @abstractmethod
    def _last_words(self) -> str:
        """Say how a process that gave no answer ended."""


class StartedProcess(CheckProcess):
    """A process of its own: start it early, it imports for seconds."""

    def __init__(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        try:
            self._process = subprocess.Popen(
                _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, env=_environment()
            )
        except OSError:
            self._errors.close()
            raise

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._process.poll() is None:
            self._process.kill()
        with contextlib.suppress(BrokenPipeError):  # of what was not read
            self._process.communicate()
        self._errors.close()

    def kill(self) -> None:
        """End it, and leave what it said to be read."""
        self._process.kill()

    def _exchange(self, request: bytes) -> bytes | None:
        if self._process.stdin is None or self._process.stdout is None:  # both are pipes
            return None
        with contextlib.suppress(BrokenPipeError):
            write_message(self._process.stdin, request)
        return read_message(self._process.stdout)

    def _last_words(self) -> str:
        code = self._process.wait()
        self._errors.seek(0)
        told = self._errors.read().decode(errors="replace")[-4000:]
        return f"The process of Great Expectations ended with {code}: {told}"


class ForkedProcess(CheckProcess):
    """A fork of the process that has everything loaded; where that one does not answer, one of its own after all."""

    def __init__(self, warm: socket.socket) -> None:
        self._connection, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(warm, [b"fork"], [theirs.fileno()])
            except OSError:
                self._connection.close()
                raise
        self._itself = -1  # a descriptor of the process: by its number another might be meant
        self._streams: tuple[IO[bytes], IO[bytes]] | None = None
        self._instead: StartedProcess | None = None

    def close(self) -> None:
        """End the process, whatever it does."""
        self.kill()
        if self._itself >= 0:
            os.close(self._itself)
            self._itself = -1
        for stream in self._streams or ():
            with contextlib.suppress(BrokenPipeError):  # of what was not read
                stream.close()
        self._connection.close()
        if self._instead:
            self._instead.close()

    def kill(self) -> None:
        """End it, and leave what it said to be read."""
        if self._itself >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._itself, signal.SIGKILL)
        if self._instead:
            self._instead.kill()

    def _exchange(self, request: bytes) -> bytes | None:
        if self._streams is None and self._instead is None:
            try:
                self._meet()
            except OSError as error:
                log.warning(
                    "The process that has Great Expectations loaded does not answer (%s): one is started", error
                )
                self._instead = StartedProcess()
        if self._instead:
            return self._instead.answer(request)
        if self._streams is None:
            return None
        answers, requests = self._streams
        with contextlib.suppress(ConnectionError):
            write_message(requests, request)
            return read_message(answers)
        return None

    def _meet(self) -> None:
        """Wait for the fork, which hands over a descriptor of itself."""
        self._connection.settimeout(_FORK_SECONDS)
        said, descriptors, _, _ = socket.recv_fds(self._connection, len(READY), 1)
        if said != READY or not descriptors:
            raise ConnectionError("no fork")
        self._connection.settimeout(None)
        self._itself = descriptors[0]
        self._streams = self._connection.makefile("rb"), self._connection.makefile("wb")

    def _last_words(self) -> str:
        return "The process of Great Expectations ended before it answered"


class _Ahead:
    """The process that has Great Expectations loaded, for this process and all that are forked from it."""

    process: subprocess.Popen[bytes] | None = None
    control: socket.socket | None = None


def load_ahead(marks: Mapping[str, str]) -> None:
    """Start the process that the others are forked from; it ends with the last process that could ask it."""
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    # Threads of its own would be missing in a fork.
    environment = {**_environment(), **marks, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    with theirs:
        _Ahead.process = subprocess.Popen(
            [*_command(), WARM], stdin=theirs.fileno(), stdout=subprocess.DEVNULL, env=environment
        )
    control.settimeout(_FORK_SECONDS)
    _Ahead.control = control


def start() -> CheckProcess:
    """Start a process, or have one forked."""
    if _Ahead.control is not None:
        try:
            return ForkedProcess(_Ahead.control)
        except OSError as error:
            log.warning("The warm process of Great Expectations is gone (%s): one is started", error)
    return StartedProcess()


def _command() -> list[str]:
    return [sys.executable, "-m", "soket.intake.expectations"]


def _environment() -> dict[str, str]:
    return {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
