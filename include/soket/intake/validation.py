"""The Great Expectations run, in a process of its own.

Importing Great Expectations takes seconds, most of them for parts that no check here uses, and it is not safe to use
from threads. So a process is started as soon as there is work, imports while files are received and read, and answers
frame after frame until it is closed or fails on one. `soket.intake.expectations` is what runs in it. After a failure a
further frame, which only a batch that fails asks for, has a further process.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from types import TracebackType
from typing import IO, Any, Literal

from soket.plan.periods import PeriodId

_MOST_SECONDS = 600.0
_RAISED = 1  # Python's exit code after a traceback

# No credentials: the process is given all it needs on its standard input.
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

SubmissionId = tuple[str, int]
"""A unit's code and the number of its submission."""

Expects = Literal["filled", "whole", "between", "order", "total", "ratio", "restated", "spread"]
"""What a check expects of its columns; `soket.intake.expectations` says by which expectation."""


class ValidationFailedError(RuntimeError):
    """The run itself failed: a fault of the pipeline, never of a unit."""


class UnfitFrameError(ValueError):
    """Great Expectations fails on this frame, and works on a plain one: the cause is something in the frame."""


class _RaisedError(ValidationFailedError):
    """What ran in the process raised, on a frame or whatever the frame."""


@dataclass(frozen=True)
class Check:
    """One expectation over columns of the frame: one rule of one form."""

    name: str
    code: str
    severity: str
    expects: Expects
    columns: tuple[str, ...]
    limits: Mapping[str, float | None] = field(default_factory=dict)
    only: tuple[str, str | int] | None = None  # a column and its value: only the rows that have it
    about: str = ""  # the rule, in Vietnamese, for those who read the kept results


Row = tuple[SubmissionId, PeriodId]
"""A row of the frame: a submission and a year."""


@dataclass(frozen=True)
class CheckOutcome:
    """What a check found: how many rows had anything to look at, and those that break it."""

    looked_at: int
    broken: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Frame:
    """The stacked rows, each with its form, the columns of their values, None where there is none, and the checks."""

    rows: Sequence[Row]
    forms: Sequence[str]
    columns: Mapping[str, Sequence[float | None]]
    checks: tuple[Check, ...]

    def to_json(self) -> bytes:
        """Return the frame as the process reads it."""
        columns = {
            "year": [year for _, year in self.rows],
            "form": self.forms,
            **self.columns,
        }
        return json.dumps({"columns": columns, "checks": [asdict(check) for check in self.checks]}).encode()

    def plain(self) -> Frame:
        """Return a frame that has nothing of a unit's: the same checks, forms and years, and every value 1."""
        places = dict.fromkeys(zip(self.forms, (year for _, year in self.rows), strict=True))
        columns = {column: [1.0] * len(places) for check in self.checks for column in check.columns}
        return Frame([(("", 0), year) for _, year in places], [form for form, _ in places], columns, self.checks)


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


class _CheckProcess:
    """The process: start it early, ask it frame after frame, close it in any case."""

    def __init__(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-m", "soket.intake.expectations"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._process.poll() is None:
            self._process.kill()
        with contextlib.suppress(BrokenPipeError):  # of what was not read
            self._process.communicate()
        self._errors.close()

    def answer(self, request: bytes) -> bytes:
        """Return what the process answers; raise _RaisedError where it raised, else ValidationFailedError."""
        overdue = threading.Event()
        watch = threading.Timer(_MOST_SECONDS, self._end, [overdue])
        watch.daemon = True
        watch.start()
        try:
            answer = self._exchange(request)
        finally:
            watch.cancel()
        if answer is not None:
            return answer
        code = self._process.wait()
        if overdue.is_set():
            raise ValidationFailedError(f"Great Expectations took more than {_MOST_SECONDS:.0f} s")
        self._errors.seek(0)
        told = self._errors.read().decode(errors="replace")[-4000:]
        if code == _RAISED:
            raise _RaisedError(told)
        raise ValidationFailedError(f"The process of Great Expectations ended with {code}: {told}")

    def _exchange(self, request: bytes) -> bytes | None:
        """Return the answer to a request; None of a process that ends over it."""
        if self._process.stdin is None or self._process.stdout is None:  # both are pipes
            return None
        with contextlib.suppress(BrokenPipeError):
            write_message(self._process.stdin, request)
        return read_message(self._process.stdout)

    def _end(self, overdue: threading.Event) -> None:
        overdue.set()
        self._process.kill()


class Validator:
    """Runs frames in a process that starts with the validator; close it in any case. Not for several threads."""

    _process: _CheckProcess | None = None

    def __init__(self) -> None:
        self._process = _CheckProcess()
        self._is_sound = False

    def __enter__(self) -> Validator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process:
            process.close()

    def run(self, frame: Frame) -> dict[str, CheckOutcome]:
        """Return what each check found, by its name; raise ValidationFailedError, or UnfitFrameError."""
        if not frame.rows or not frame.checks:
            return {}
        try:
            answer = self._ask(frame)
        except _RaisedError as error:
            if not self._is_sound:
                # A broken Great Expectations raises on this too. A process that was killed or took too long has
                # not come here: that says as little of the frame as a full machine does.
                self._ask(frame.plain())
                self._is_sound = True
            raise UnfitFrameError(str(error)) from None
        found: dict[str, dict[str, Any]] = json.loads(answer)
        return {
            name: CheckOutcome(each["looked_at"], tuple(frame.rows[place] for place in each["broken"]))
            for name, each in found.items()
        }

    def _ask(self, frame: Frame) -> bytes:
        try:
            self._process = self._process or _CheckProcess()
        except OSError as error:
            raise ValidationFailedError(f"No process for Great Expectations: {error}") from error
        try:
            return self._process.answer(frame.to_json())
        except BaseException:  # whatever it was, what the process says next may answer something else
            self.close()
            raise
