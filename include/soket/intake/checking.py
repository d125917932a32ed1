"""Who checks a batch: Great Expectations or, where that fails, plain arithmetic, so that no unit waits for a repair."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from soket.intake import arithmetic
from soket.intake.validation import CheckedBy, CheckOutcome, Frame, OverdueError, ValidationFailedError, Validator

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcomes:
    """What each check found, by its name, and who says so."""

    by_check: Mapping[str, CheckOutcome]
    by: CheckedBy


class Checker:
    """Checks the frames of one turn; where Great Expectations failed on one, it is not asked again in this turn."""

    def __init__(self, validator: Validator) -> None:
        self._validator = validator
        self._tries = validator.tries

    def run(self, frame: Frame) -> Outcomes:
        """Return what was found; raise UnfitFrameError where something in the frame makes Great Expectations fail."""
        while self._tries:
            try:
                return Outcomes(self._validator.run(frame), "great_expectations")
            except ValidationFailedError as error:
                log.warning("Great Expectations fails: %s", error)
                # Who waited ten minutes does not wait ten more.
                self._tries = 0 if isinstance(error, OverdueError) else self._tries - 1
        log.warning("The checks are made by plain arithmetic")
        return Outcomes(arithmetic.outcomes(frame), "arithmetic")
