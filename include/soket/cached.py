"""Keeps an answer for a few seconds, so that many readers, or an impatient one, cost the bucket one read."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from threading import Lock
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Cached(Generic[P, T]):
    """A function whose answers live for some seconds; one call at a time asks for each of them.

    Errors are not kept: the next call asks again. `now` counts real seconds.
    """

    def __init__(self, ask: Callable[P, T], seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._seconds = seconds
        self._now = now
        self._answers: dict[object, tuple[float, T]] = {}
        self._locks: defaultdict[object, Lock] = defaultdict(Lock)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the kept answer, or ask."""
        key = (args, tuple(sorted(kwargs.items())))
        with self._locks[key]:
            if (kept := self._answers.get(key)) and self._now() - kept[0] < self._seconds:
                return kept[1]
            answer = self._ask(*args, **kwargs)
            self._answers[key] = (self._now(), answer)
            return answer
