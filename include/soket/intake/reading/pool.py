"""Our side of the readers: a few processes, each restarted past a file that kills it."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeVar

from soket.intake.findings import Content, Finding, Member

R = TypeVar("R")

_MOST_WALL_SECONDS = 90.0  # a file; the CPU limit is the one that bites, this one is for a reader that hangs
_START_SECONDS = 60.0

# What a Python process needs to start; no credentials, no Airflow settings.
_ENVIRONMENT = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")


COMMAND = ["-m", "soket.intake.reading.child"]


_ENDED_FROM_OUTSIDE = (-signal.SIGKILL, -signal.SIGTERM)


class ReaderDiedError(Exception):
    """The reader ended, or had to be ended, while it read a file."""

    def __init__(self, status: int | None = None) -> None:
        super().__init__()
        self.of_itself = status is not None and status not in _ENDED_FROM_OUTSIDE


class ReaderFailedError(RuntimeError):
    """The reader cannot run at all: a fault of this installation, of no file."""


class Reader:
    """One reader's process."""

    def __init__(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        self._process = subprocess.Popen(
            [sys.executable, *COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ} | {"PYTHONSAFEPATH": "1"},
        )
        self._ready = False

    def read(self, extension: str, data: bytes) -> Content:
        """Return what a file holds; raise ReaderDiedError, or ReaderFailedError where it never started."""
        return Content.from_data(json.loads(self._ask({"extension": extension}, data)))

    def unpack(self, extension: str, data: bytes, files: int, size: int) -> list[Member]:
        """Return the files of an archive; raise as `read` does."""
        told = json.loads(self._ask({"extension": extension, "unpack": [files, size]}, data))
        return [
            Member(name, length, self._answer(_MOST_WALL_SECONDS) if follows else None)
            for name, length, follows in told
        ]

    def _ask(self, request: dict[str, Any], data: bytes) -> bytes:
        if not self._ready:
            try:
                self._answer(_START_SECONDS)
            except ReaderDiedError:
                raise ReaderFailedError(f"The reader does not start:\n{self._error_text()}") from None
            self._ready = True
        assert self._process.stdin is not None  # noqa: S101 - asked for above
        header = json.dumps(request).encode()
        try:
            self._process.stdin.write(struct.pack(">II", len(header), len(data)) + header)
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except BrokenPipeError:
            raise ReaderDiedError from None
        return self._answer(_MOST_WALL_SECONDS)

    def _answer(self, seconds: float) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        alarm = threading.Timer(seconds, self._process.kill)
        alarm.start()
        try:
            head = self._process.stdout.read(4)
            body = self._process.stdout.read(struct.unpack(">I", head)[0]) if len(head) == 4 else b""
        finally:
            alarm.cancel()
        if len(head) < 4 or len(body) < struct.unpack(">I", head)[0]:
            raise ReaderDiedError(self._process.wait())
        return body

    def _error_text(self) -> str:
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")[-2000:]

    def close(self) -> None:
        """End the process; may be called twice."""
        self._process.kill()
        self._process.wait()
        self._errors.close()
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(BrokenPipeError):  # what was still to be written has no reader
                pipe.close()  # type: ignore[union-attr]  # both were asked for


class ReaderPool:
    """Readers for a batch, started as they are needed; safe to use from several threads."""

    def __init__(self, size: int = 2) -> None:
        self._started: list[Reader] = []
        # The last one used is used next, so a small batch starts one process only.
        self._free: queue.LifoQueue[Reader | None] = queue.LifoQueue()
        for _ in range(size):
            self._free.put(None)

    def __enter__(self) -> ReaderPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for reader in self._started:
            reader.close()

    def start(self) -> None:
        """Start a process ahead of the first file."""
        reader = self._free.get()
        self._free.put(reader or self._new())

    def read(self, extension: str, data: bytes) -> Content:
        """Return what a file holds; one that ends its reader is told of as such."""
        answer = self._with_reader(lambda reader: reader.read(extension, data))
        return Content(findings=(Finding("TEP-14"),)) if answer is None else answer

    def unpack(self, extension: str, data: bytes, files: int, size: int) -> list[Member]:
        """Return the files of an archive; none where it is refused, or ends its reader."""
        return self._with_reader(lambda reader: reader.unpack(extension, data, files, size)) or []

    def _with_reader(self, ask: Callable[[Reader], R]) -> R | None:
        """Return a reader's answer; None where the file ended it.

        A reader that was ended from outside may have met with something else than the file: a fresh one tries again.
        """
        reader = self._free.get()
        try:
            for _ in range(2):
                reader = reader or self._new()
                try:
                    return ask(reader)
                except ReaderDiedError as death:
                    reader.close()
                    reader = None
                    if death.of_itself:
                        break
            return None
        finally:
            self._free.put(reader)

    def _new(self) -> Reader:
        reader = Reader()
        self._started.append(reader)
        return reader
