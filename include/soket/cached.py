"""Keeps an answer for a few seconds, so that many readers, or an impatient one, cost the bucket one read."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from threading import Lock, Thread
from typing import Generic, ParamSpec, TypeVar

log = logging.getLogger(__name__)

_PACE = 5

P = ParamSpec("P")
T = TypeVar("T")


class Cached(Generic[P, T]):
    """A function whose answers live for some seconds; one call at a time asks for each of them.

    With `while_asking`, an answer that is over, but not for longer than that, is given once more while a thread asks
    anew: nobody waits. Errors are not kept: the next call asks again. `now` counts real seconds.
    """

    def __init__(
        self,
        ask: Callable[P, T],
        seconds: float,
        now: Callable[[], float] = time.monotonic,
        *,
        while_asking: float = 0.0,
    ) -> None:
        self._ask = ask
        self._seconds = seconds
        self._while_asking = while_asking
        self._now = now
        self._answers: dict[object, tuple[float, float, T]] = {}  # since when, how long it took, what
        self._locks: defaultdict[object, Lock] = defaultdict(Lock)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the kept answer, or ask."""
        key = (args, tuple(sorted(kwargs.items())))
        kept = self._answers.get(key)
        if kept and self._lives(kept) <= self._age(kept) < self._lives(kept) + self._while_asking:
            if self._locks[key].acquire(blocking=False):
                Thread(target=self._refresh, args=(key, partial(self._ask, *args, **kwargs)), daemon=True).start()
            return kept[2]
        with self._locks[key]:
            if (kept := self._answers.get(key)) and self._age(kept) < self._lives(kept):
                return kept[2]
            return self._asked(key, partial(self._ask, *args, **kwargs))

    def anew(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask, whatever is kept, and keep the answer: for whoever has changed what it is about."""
        key = (args, tuple(sorted(kwargs.items())))
        with self._locks[key]:
            return self._asked(key, partial(self._ask, *args, **kwargs))

    def _asked(self, key: object, ask: Callable[[], T]) -> T:
        began = self._now()
        answer = ask()
        now = self._now()
        self._answers[key] = (now, now - began, answer)
        return answer

    def _age(self, kept: tuple[float, float, T]) -> float:
        return self._now() - kept[0]

    def _lives(self, kept: tuple[float, float, T]) -> float:
        """Return for how long an answer lives; one that took long, longer: who looks is not to keep a machine busy."""
        return max(self._seconds, kept[1] * _PACE) if self._while_asking else self._seconds

    def _refresh(self, key: object, ask: Callable[[], T]) -> None:
        """Ask anew in a thread of its own, to which the caller has handed the lock."""
        try:
            self._asked(key, ask)
        except Exception:
            log.exception("could not be asked anew: %s", key)
        finally:
            self._locks[key].release()
