"""What something may cost, in seconds of the usual machine: stock work beside it tells how slow this one is now."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

_USUAL = 0.002  # CPU seconds that a piece of stock work takes the usual machine
_PIECES = 9
_USUAL_SEARCHES = (700, 10, 10)  # for garbage, as Python makes them by itself; the tests' are seldom


def slowness() -> float:
    """Return how many times the processor's seconds of the usual machine something takes here and now."""
    return median(_piece() for _ in range(_PIECES)) / _USUAL


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail when more of the processor was used; what other tests have left in memory is not searched in it.

    Give it at least twice what the work takes: neighbours of the machine make the same work half as dear again,
    and what is looked for, work that grows with the square of a plan, is dearer by tens of times.
    """
    gc.collect()
    gc.freeze()  # for good: what is thawed would be searched all the rest of the run, with every test there is
    seldom = gc.get_threshold()
    gc.set_threshold(*_USUAL_SEARCHES)
    before = slowness()
    started = time.process_time()
    try:
        yield
    finally:
        taken = time.process_time() - started
        gc.set_threshold(*seldom)
    allowed = seconds * (before + slowness()) / 2
    assert taken < allowed, f"{taken:.2f} CPU seconds, of {allowed:.2f} that {seconds:g} of the usual machine are here"


def _piece() -> float:
    started = time.process_time()
    counts: dict[str, int] = {}
    for number in range(4_000):
        word = f"đơn vị {number % 500}"
        counts[word] = counts.get(word, 0) + len(word.split())
    sorted(counts.items(), key=lambda item: (item[1], item[0]))
    return time.process_time() - started
