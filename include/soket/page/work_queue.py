"""Work that is asked for by many and done a few at a time, one for each asker."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

R = TypeVar("R")


@dataclass
class _Asked(Generic[R]):
    key: str
    work: Callable[[], R]
    answer: Future[R] = field(default_factory=Future)


class WorkQueue(Generic[R]):
    """Does what is asked for in the order of asking, `at_once` at most and of each asker one at a time.

    Of what an asker asks while something of theirs is done, the last alone is kept: what came between is cancelled.
    """

    def __init__(self, at_once: int) -> None:
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="turns")
        self._lock = Lock()
        self._current: dict[str, _Asked[R]] = {}  # of an asker, what is done or has its place in the queue
        self._next: dict[str, _Asked[R]] = {}

    def ask(self, asker: str, key: str, work: Callable[[], R]) -> Future[R]:
        """Return what is to be the answer; the same `key`, asked again before it is there, gives the same."""
        with self._lock:
            current, waiting = self._current.get(asker), self._next.get(asker)
            for each in (current, waiting):
                if each and each.key == key:
                    return each.answer
            asked = _Asked(key, work)
            if current is None:
                self._current[asker] = asked
                self._pool.submit(self._do, asker, asked)
            else:
                self._next[asker] = asked
                if waiting:
                    waiting.answer.cancel()
        return asked.answer

    def _do(self, asker: str, asked: _Asked[R]) -> None:
        if not asked.answer.set_running_or_notify_cancel():
            return
        try:
            found = asked.work()
        except Exception as error:
            self._go_on(asker)
            asked.answer.set_exception(error)
        else:
            self._go_on(asker)
            asked.answer.set_result(found)

    def _go_on(self, asker: str) -> None:
        """Let what an asker asked meanwhile take its place: whoever has an answer may ask the same anew."""
        with self._lock:
            del self._current[asker]
            if following := self._next.pop(asker, None):
                self._current[asker] = following
                self._pool.submit(self._do, asker, following)

    def close(self) -> None:
        """Take no more; what waits for its turn is cancelled."""
        with self._lock:
            for waiting in (*self._current.values(), *self._next.values()):  # what is done already goes on
                waiting.answer.cancel()
            self._next.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)
