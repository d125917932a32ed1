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
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Any

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


class ValidationFailedError(RuntimeError):
    """The run itself failed: a fault of the pipeline, never of a unit."""


@dataclass(frozen=True)
class Check:
    """One expectation on one column: bounds, inclusive, or a value required of every row of a form."""

    column: str
    code: str
    severity: str
    low: float | None = None
    high: float | None = None
    required_in: str | None = None


@dataclass(frozen=True)
class Frame:
    """The stacked rows (unit, number, year, form and the checks' columns) and the checks over them."""

    rows: tuple[dict[str, Any], ...]
    checks: tuple[Check, ...]

    def to_json(self) -> bytes:
        """Return the frame as the process reads it."""
        return json.dumps({"rows": self.rows, "checks": [asdict(check) for check in self.checks]}).encode()


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

    def run(self, frame: Frame) -> dict[str, list[tuple[tuple[str, int], int]]]:
        """Return, for each check's column, the submissions and years that break it; raise ValidationFailedError."""
        if not frame.rows or not frame.checks:
            return {}
        try:
            answer, _ = self._process.communicate(frame.to_json(), timeout=_MOST_SECONDS)
        except subprocess.TimeoutExpired:
            raise ValidationFailedError(f"Great Expectations took more than {_MOST_SECONDS:.0f} s") from None
        if self._process.returncode != 0:
            self._errors.seek(0)
            raise ValidationFailedError(self._errors.read().decode(errors="replace")[-4000:])
        broken: dict[str, list[list[Any]]] = json.loads(answer)
        return {column: [((unit, number), year) for unit, number, year in places] for column, places in broken.items()}
