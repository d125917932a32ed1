"""How often somebody may try, a password or a link: so many times, then there is a wait."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Hashable
from threading import Lock

TRIES = 10
WITHIN = 600.0  # seconds

_REMEMBERED = 10_000  # of those who try


class Tries:
    """Counts tries for each of those who try, and makes who tried too often wait; the others need not.

    A try counts from when it begins, so that many at once are no way round; a right password clears the count.
    """

    def __init__(self, tries: int = TRIES, within: float = WITHIN, now: Callable[[], float] = time.monotonic) -> None:
        self._tries = tries
        self._within = within
        self._now = now
        self._begun: dict[Hashable, list[float]] = {}
        self._lock = Lock()

    def begin(self, who: Hashable) -> int:
        """Count a try; return for how many seconds there may be none, 0 where it may go on."""
        with self._lock:
            now = self._now()
            recent = [each for each in self._begun.pop(who, ()) if now - each < self._within]
            wait = len(recent) >= self._tries and self._within - (now - recent[0])
            self._begun[who] = recent if wait else [*recent, now]  # at the end: the first is who tried longest ago
            while len(self._begun) > _REMEMBERED:
                del self._begun[next(iter(self._begun))]
        return math.ceil(wait)

    def was_right(self, who: Hashable) -> None:
        """Forget the tries of who knows the password."""
        with self._lock:
            self._begun.pop(who, None)


def words(wait: int) -> str:
    """Say how long there may be no try."""
    return f"Sai mật khẩu quá nhiều lần. Thử lại sau {math.ceil(wait / 60)} phút."
