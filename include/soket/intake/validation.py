"""The Great Expectations run, in a process of its own.

The process is started, or forked, as soon as there is work, so that it imports while files are received and read, and
answers frame after frame until it is closed or fails on one. After a failure a further frame, which only a batch that
fails asks for, has a further process.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from types import TracebackType
from typing import Any, ClassVar, Literal

from soket.intake import check_process
from soket.intake.check_process import CheckProcess, ProcessEndedError
from soket.plan.periods import PeriodId

log = logging.getLogger(__name__)

SubmissionId = tuple[str, int]
"""A unit's code and the number of its submission."""

Expects = Literal["filled", "whole", "between", "order", "total", "ratio", "restated", "spread"]
"""What a check expects of its columns; `soket.intake.expectations` says by which expectation."""

CheckedBy = Literal["great_expectations", "arithmetic"]
"""Who says what a check found."""


class ValidationFailedError(RuntimeError):
    """The run itself failed: a fault of the pipeline, never of a unit."""


class OverdueError(ValidationFailedError):
    """The run took too long."""


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


class Validator:
    """Runs frames in a process that starts with the validator; close it in any case. Not for several threads."""

    tries: ClassVar[int] = 2  # before it counts as failing, each with a process of its own

    _process: CheckProcess | None = None

    def __init__(self) -> None:
        try:
            self._process = check_process.start()
        except OSError as error:  # to be tried again when there is something to run
            log.warning("No process for Great Expectations: %s", error)
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
            found = self._ask(frame)
        except _RaisedError as error:
            if not self._is_sound:
                # A broken Great Expectations raises on this too. A process that was killed or took too long has
                # not come here: that says as little of the frame as a full machine does.
                self._ask(frame.plain())
                self._is_sound = True
            raise UnfitFrameError(str(error)) from None
        return {
            name: CheckOutcome(each["looked_at"], tuple(frame.rows[place] for place in each["broken"]))
            for name, each in found.items()
        }

    def _ask(self, frame: Frame) -> dict[str, dict[str, Any]]:
        try:
            self._process = self._process or check_process.start()
        except OSError as error:
            raise ValidationFailedError(f"No process for Great Expectations: {error}") from error
        try:
            told: dict[str, dict[str, dict[str, Any]]] = json.loads(self._process.answer(frame.to_json()))
        except (ProcessEndedError, TimeoutError) as error:
            self.close()
            failed = OverdueError if isinstance(error, TimeoutError) else ValidationFailedError
            raise failed(str(error)) from None
        except BaseException:  # whatever it was, what the process says next may answer something else
            self.close()
            raise
        if "raised" in told:
            self.close()
            raise _RaisedError(told["raised"])
        return told["found"]
