"""The Great Expectations run, in a process of its own.

Importing Great Expectations takes seconds, most of them for parts that no check here uses, and it is not safe to use
from threads. So a process is started as soon as there is work, imports while files are received and read, is given the
frame, answers and ends. `soket.intake.expectations` is what runs in it. A further frame, which only a batch that fails
asks for, has a further process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from types import TracebackType
from typing import Any, Literal

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


class _CheckProcess:
    """The process: start it early, ask it once, close it in any case."""

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
        self._process.communicate()
        self._errors.close()

    def answer(self, request: bytes) -> bytes:
        """Return what the process answers; raise _RaisedError where it raised, else ValidationFailedError."""
        try:
            answer, _ = self._process.communicate(request, timeout=_MOST_SECONDS)
        except subprocess.TimeoutExpired:
            raise ValidationFailedError(f"Great Expectations took more than {_MOST_SECONDS:.0f} s") from None
        code = self._process.returncode
        if code == 0:
            return answer
        self._errors.seek(0)
        told = self._errors.read().decode(errors="replace")[-4000:]
        if code == _RAISED:
            raise _RaisedError(told)
        raise ValidationFailedError(f"The process of Great Expectations ended with {code}: {told}")


class Validator:
    """Runs frames, the first of them in a process that starts with the validator; close it in any case."""

    def __init__(self) -> None:
        self._waiting: _CheckProcess | None = _CheckProcess()
        self._is_sound = False

    def __enter__(self) -> Validator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._waiting:
            self._waiting.close()

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
        worker, self._waiting = self._waiting or _further_worker(), None
        with closing(worker):
            return worker.answer(frame.to_json())


def _further_worker() -> _CheckProcess:
    try:
        return _CheckProcess()
    except OSError as error:
        raise ValidationFailedError(f"No process for Great Expectations: {error}") from error
