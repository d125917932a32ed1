"""Our side of a reader: the process that starts a fresh one for each request, and what it may fail of."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from soket.reading.findings import TOOK_TOO_MUCH, Content, Finding, Member, members_of
from soket.reading.process.sandbox import NO_ACCOUNT
from soket.reading.process.server import LONGEST_REQUEST, READY, SETTINGS

R = TypeVar("R")

_MOST_WALL_SECONDS = 90.0  # a file; the CPU limit is the one that bites, this one is for a reader that hangs
_START_SECONDS, _END_SECONDS = 60.0, 5.0
_MOST_ANSWER = 160 << 20  # bytes: an archive's files, all together, and then some
_PIECE = 1 << 20

# What a Python process needs to start; no credentials, no Airflow settings.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")

COMMAND = ["-m", "soket.reading.process.server"]

_MUCH_MEMORY = 160 << 20  # bytes: a library that ends at so much was refused more
_OUT_OF_TIME, _KILLED = -signal.SIGXCPU, -signal.SIGKILL


class UnreadFileError(RuntimeError):
    """A reader failed on a file: a fault of ours, whatever the file is; its traceback is a note, if there is one."""


class ReaderDiedError(UnreadFileError):
    """The reader ended, or had to be ended, while it read a file."""

    def __init__(self, how: str, *, from_outside: bool = False) -> None:
        super().__init__(how)
        self.from_outside = from_outside


class ReaderFailedError(RuntimeError):
    """The reader cannot run at all: a fault of this installation, of no file."""


class _OutOfLimitsError(Exception):
    """A reader came to the end of the time or memory that a file may take."""


class Reader:
    """A process that starts a fresh reader for each request; `libraries` are loaded beside what all have."""

    def __init__(self, libraries: Sequence[str] = ()) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        self._folder = tempfile.TemporaryDirectory(prefix="soket-", ignore_cleanup_errors=True)
        if os.geteuid() == 0:
            os.chown(self._folder.name, NO_ACCOUNT, NO_ACCOUNT)
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, *COMMAND, self._folder.name, *libraries],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ} | SETTINGS,
            )
        self._ready = False
        self.cost: list[float] = []  # of the last file: CPU seconds, and bytes held at most

    @property
    def alive(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None

    def read(self, extension: str, data: bytes) -> Content:
        """Return what a file holds; raise UnreadFileError, or ReaderFailedError where no reader can start."""
        answer = self.ask({"extension": extension}, data)
        if answer is None:
            return Content(findings=(Finding(TOOK_TOO_MUCH),))
        return _understood(lambda: Content.from_data(answer[0]))

    def read_together(self, files: Sequence[tuple[str, bytes]]) -> list[Content | None]:
        """Return what each of one sender's files holds; None of those that are to be read each by itself."""
        lengths = [(extension, len(data)) for extension, data in files]
        with contextlib.suppress(_OutOfLimitsError, UnreadFileError):
            said, _ = self._ask({"files": lengths}, b"".join(data for _, data in files))
            given = zip(files, said, strict=True)
            return _understood(lambda: [None if each is None else Content.from_data(each) for _, each in given])
        return [None] * len(files)

    def unpack(self, extension: str, data: bytes, files: int, size: int) -> list[Member]:
        """Return the files of an archive; raise as `read` does."""
        try:
            said, rest = self._ask({"extension": extension, "unpack": [files, size]}, data)
        except _OutOfLimitsError:
            return []
        return _understood(lambda: members_of(said, rest))

    def ask(self, request: dict[str, Any], data: bytes) -> tuple[Any, memoryview] | None:
        """Return what answers another request, and the bytes after it; None where that took too much."""
        with contextlib.suppress(_OutOfLimitsError):
            return self._ask(request, data)
        return None

    def _ask(self, request: dict[str, Any], data: bytes) -> tuple[Any, memoryview]:
        """Return the JSON that answers a request, and what comes after it."""
        if not self._ready:
            if self._message(_START_SECONDS) != READY:
                self._end()
                raise ReaderFailedError(f"The reader does not start:\n{self._error_text()}")
            self._ready = True
        until = time.monotonic() + _MOST_WALL_SECONDS
        answer = memoryview(self._answer(json.dumps(request).encode()[:LONGEST_REQUEST], data, until))
        status = self._message(max(until - time.monotonic(), 1))
        if not status:
            self._end()
            raise ReaderDiedError("tiến trình đọc bị dừng từ bên ngoài", from_outside=True)
        code, *self.cost = json.loads(status)
        if code == _OUT_OF_TIME or (code < 0 and self.cost[1] > _MUCH_MEMORY):
            raise _OutOfLimitsError
        if code:
            how = f"tín hiệu {-code}" if code < 0 else f"mã {code}"
            death = ReaderDiedError(f"tiến trình đọc dừng giữa chừng ({how})", from_outside=code == _KILLED)
            death.add_note(self._error_text())
            raise death
        length = 4 + struct.unpack(">I", answer[:4])[0] if len(answer) >= 4 else 0
        said = _understood(lambda: json.loads(bytes(answer[4:length])))
        if isinstance(said, dict) and "failed" in said:
            trace = str(said["failed"]).strip()
            error = UnreadFileError(trace.rpartition("\n")[2])
            error.add_note(trace)
            raise error
        return said, answer[length:]

    def _answer(self, request: bytes, data: bytes, until: float) -> bytes:
        """Hand a reader its file, and return all that it writes."""
        read_end, write_end = os.pipe()
        try:
            with os.fdopen(os.memfd_create("file"), "w+b") as file:
                file.write(data)
                file.seek(0)
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # seen by its missing answer
                    socket.send_fds(self._control, [request], [file.fileno(), write_end])
            os.close(write_end)
            write_end = -1
            return self._all_of(read_end, until)
        finally:
            os.close(read_end)
            if write_end >= 0:
                os.close(write_end)

    def _all_of(self, pipe: int, until: float) -> bytes:
        pieces: list[bytes] = []
        size = 0
        while True:
            ready, _, _ = select.select([pipe], [], [], max(until - time.monotonic(), 0))
            if not ready or size > _MOST_ANSWER:
                self._end()
                raise ReaderDiedError(f"tiến trình đọc {'trả lời quá dài' if ready else 'không trả lời kịp'}")
            if not (piece := os.read(pipe, _PIECE)):
                return b"".join(pieces)
            pieces.append(piece)
            size += len(piece)

    def _message(self, seconds: float) -> bytes:
        """Return the next message of the process; b'' where it is gone or takes too long."""
        self._control.settimeout(seconds)
        try:
            return self._control.recv(LONGEST_REQUEST)
        except (TimeoutError, ConnectionResetError):
            return b""

    def _error_text(self) -> str:
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")[-2000:]

    def close(self) -> None:
        """End the process, and with it the reader at work; may be called twice."""
        self._control.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)  # an idle one ends by itself, and what it used is counted as ours
        self._end()
        self._errors.close()
        self._folder.cleanup()

    def _end(self) -> None:
        """End the process at once, so that nobody takes it for alive."""
        self._process.kill()
        self._process.wait()


def _understood(parse: Callable[[], R]) -> R:
    """Return what a reader said; nonsense is that of a reader that a file led astray."""
    try:
        return parse()
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise ReaderDiedError(f"tiến trình đọc trả lời sai dạng ({error!r})") from error
