"""For how long components have lived without working, and when one is to be started anew for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from soket.stack.component import Component, HopelessError

EVERY = 10.0  # seconds between two looks at a component, and its rest while it works

# A new start that did not help is no reason to repeat it at the same pace: what runs would be cut off each time.
_PATIENCE_LIMIT = 1800.0
_FORGIVEN_AFTER = 3600.0


class IdleError(Exception):
    """A component lived, and did nothing."""


class Vigil:
    """Judges what the looks at components find."""

    def __init__(self, ready: Callable[[str], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._ready = ready  # whether a component, by name, is up
        self._clock = clock
        self._lock = threading.Lock()
        self._ailing: dict[str, float] = {}
        self._given_up: dict[str, tuple[int, float]] = {}  # how often in a row, and when last

    def is_over(self, component: Component, trouble: str | None) -> bool:
        """Take note of what a look found; tell whether patience with the component is over.

        It is not judged while something that it leans on does not work either.
        """
        name, now = component.name, self._clock()
        with self._lock:
            if trouble is None:
                self._ailing.pop(name, None)
                return False
            if any(
                other in self._ailing or not self._ready(other) for other in (*component.needs, *component.leans_on)
            ):
                self._ailing[name] = now
                return False
            if now - self._ailing.setdefault(name, now) < self._patience(component, now):
                return False
            del self._ailing[name]
            self._given_up[name] = self._times_given_up(name, now) + 1, now
            return True

    def forget(self, component: Component) -> None:
        """Begin anew with a component that has ended."""
        with self._lock:
            self._ailing.pop(component.name, None)

    def _patience(self, component: Component, now: float) -> float:
        return min(component.patience * 2.0 ** self._times_given_up(component.name, now), _PATIENCE_LIMIT)

    def _times_given_up(self, name: str, now: float) -> int:
        times, last = self._given_up.get(name, (0, now))
        return times if now - last < _FORGIVEN_AFTER else 0


def look(component: Component, since: float) -> str | None:
    """Return why a component does no work, whatever the question ran into; None where it works.

    Raises HopelessError where it had better not work on.
    """
    try:
        return component.trouble(since)
    except HopelessError:
        raise
    except Exception as error:  # it is the answer
        return f"không trả lời ({type(error).__name__}: {error})"
