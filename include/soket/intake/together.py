"""Together: a step that takes a batch as a whole, without the submissions on which it fails.

Such a step fails for all where the data of one makes it fail. Whose they are is then looked for by the batch itself: a
submission is held against earlier ones alone, so the first so many in the order of arrival can go through the step by
themselves, and the one with which that begins to fail is the cause. A batch on which nothing fails takes the step once.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from soket.intake.attempts import Setbacks
from soket.intake.examine import Examined
from soket.intake.validation import ValidationFailedError
from soket.store.store import StoreFailedError

R = TypeVar("R")

log = logging.getLogger(__name__)

# What fails whoever is in the batch. Beside the submissions' own data a step depends on two things only, the bucket and
# the process of Great Expectations, and each tells its failures apart: the store by a class of error, the validator by
# what it makes of a plain frame. So every other error is our own code's over somebody's data, as it is over one alone.
# That nothing passes is no sign of a broken pipeline: when its time has come, a submission is often tried again alone.
_PIPELINE = (StoreFailedError, ValidationFailedError)

_MOST = 10  # submissions looked for in a run, so that it ends; those after the last wait for the next run


def check_together(examined: Iterable[Examined], step: Callable[[Sequence[Examined]], R], trouble: Setbacks) -> R:
    """Return what a step comes to on the batch without the submissions it fails on, which are noted as trouble.

    The step may go over a part of the batch several times, so it must change nothing. Raises StoreFailedError or
    ValidationFailedError where the pipeline fails, and then blames nobody.
    """
    batch = sorted(examined, key=lambda each: (each.receipt.received_at, *each.id))
    sound = 0  # so many of the first pass together
    for _ in range(_MOST):
        try:
            return step(batch)
        except _PIPELINE:
            raise
        except Exception as error:
            log.warning("A batch of %s fails as a whole, looking for the cause: %r", len(batch), error)
        sound, cause = _how_far(batch, step, sound)
        if cause is not None:
            trouble.note(batch.pop(sound).receipt, cause)
    return step(batch[:sound])


def _how_far(
    batch: Sequence[Examined], step: Callable[[Sequence[Examined]], R], sound: int
) -> tuple[int, Exception | None]:
    """Return how many of the first pass together, `sound` or more, and what the next one fails with."""
    causes: dict[int, Exception] = {}

    def fails(count: int) -> bool:
        try:
            step(batch[:count])
        except _PIPELINE:
            raise
        except Exception as error:
            causes[count] = error
        return count in causes

    # The whole is tried again before its last one is blamed: what fails once and then passes is nobody's fault.
    first = bisect_left(range(len(batch) + 1), True, lo=sound + 1, key=fails)
    return first - 1, causes.get(first)
