"""The Great Expectations run, in a process of its own.

Importing Great Expectations takes seconds, most of them for parts that no check here uses, and it is not safe to use
from threads. So a process is started as soon as there is work, imports while files are received and read, is given the
frame, answers and ends. `soket.intake.expectations` is what runs in it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from types import TracebackType
from typing import Any, Literal

_MOST_SECONDS = 600.0

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


Row = tuple[SubmissionId, int]
"""A row of the frame: a submission and a year."""


@dataclass(frozen=True)
class Outcome:
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


class Validator:
    """The process; start it early, `run` it once, close it in any case."""

    def __init__(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        self._process = subprocess.Popen(
            [sys.executable, "-m", "soket.intake.expectations"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        )

    def __enter__(self) -> Validator:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()
        self._errors.close()

    def run(self, frame: Frame) -> dict[str, Outcome]:
        """Return what each check found, by its name; raise ValidationFailedError."""
        if not frame.rows or not frame.checks:
            return {}
        try:
            answer, _ = self._process.communicate(frame.to_json(), timeout=_MOST_SECONDS)
        except subprocess.TimeoutExpired:
            raise ValidationFailedError(f"Great Expectations took more than {_MOST_SECONDS:.0f} s") from None
        if self._process.returncode != 0:
            self._errors.seek(0)
            raise ValidationFailedError(self._errors.read().decode(errors="replace")[-4000:])
        found: dict[str, dict[str, Any]] = json.loads(answer)
        return {
            name: Outcome(each["looked_at"], tuple(frame.rows[place] for place in each["broken"]))
            for name, each in found.items()
        }
