"""Attempts: what keeps a submission that our own code fails on from the others, and from being tried without pause."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ParamSpec, TypeVar

from soket.reading.reader import ReaderDiedError
from soket.record.records import Attempt, Receipt
from soket.record.register import Register
from soket.record.workspace import Workspace

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)

# Real minutes after the first failure, the second, …; then as after the last. Most of what passes, passes soon.
_WAITS = (1, 5, 15, 60, 180, 360)
_LONGEST_DETAIL = 500

# Over which no reader will ever come, on this machine: more than four hours after the first.
_MOST_DEATHS = len(_WAITS)
_DEATH = ReaderDiedError.__name__


def given_up(register: Register, receipt: Receipt) -> bool:
    """Return whether readers died so often over a submission that a person has to read it.

    An error of our own code waits for its correction instead: then the submission is judged like any other.
    """
    attempts = register.units[receipt.unit].attempts
    return sum(each.number == receipt.number and each.error == _DEATH for each in attempts) >= _MOST_DEATHS


@dataclass
class Setbacks:
    """Remembers what failed for one submission while the others go on."""

    errors: dict[tuple[str, int], Exception] = field(default_factory=dict)

    def over(self, receipt: Receipt, step: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R | None:
        """Return a step's result; None, with the error in the log, where it fails."""
        try:
            return step(*args, **kwargs)
        except Exception as error:
            self.note(receipt, error)
            return None

    def note(self, receipt: Receipt, error: Exception) -> None:
        """Remember, and log, what failed for a submission."""
        log.error("Submission %s of %s was not judged", receipt.number, receipt.unit, exc_info=error)
        self.errors[receipt.unit, receipt.number] = error

    def file(self, workspace: Workspace, register: Register) -> None:
        """Write an attempt for each failure, once; whoever failed at the same one has written it already."""
        for (unit, number), error in self.errors.items():
            before = sum(attempt.number == number for attempt in register.units[unit].attempts)
            wait = timedelta(minutes=_WAITS[min(before, len(_WAITS) - 1)])
            attempt = Attempt(
                unit=unit,
                number=number,
                attempt=before + 1,
                at=workspace.now,
                again_at=workspace.clock.real_time(workspace.now) + wait,
                error=type(error).__name__,
                detail=str(error)[:_LONGEST_DETAIL],
            )
            workspace.store.create(workspace.keys.attempt(unit, number, before + 1), attempt.to_json())
