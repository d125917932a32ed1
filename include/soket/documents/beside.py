"""Work done beside one's own, in a fork of this process: it has at hand what we have, and hands back bytes.

It is for what only reckons. No thread of ours may hold a lock that a fork would wait for in vain, so where one runs
there is none; the fork uses nothing that we share with others but its pipe, ends without what is registered for an end,
and is ended with us. Whatever becomes of it, the bytes are there: where it fails or takes too long, we make them.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from soket.reading.process import kernel

log = logging.getLogger(__name__)

_MOST_SECONDS = 120.0  # that we wait for a fork once all of our own work is done
_PIECE = 1 << 20


@contextmanager
def beside(make: Callable[[], bytes]) -> Iterator[Callable[[], bytes]]:
    """Begin to make bytes in a fork, where there is a core for it; give what returns them.

    Where there is none, they are made when they are asked for. Nothing that `make` changes is seen here.
    """
    if not _is_free():
        yield make
        return
    ours, theirs = os.pipe()
    parent, fork = os.getpid(), os.fork()
    if fork == 0:
        _be_the_fork(make, theirs, parent)
    os.close(theirs)
    try:
        yield lambda: _read(ours) or make()
    finally:
        os.close(ours)
        os.kill(fork, signal.SIGKILL)  # not waited for yet, so it is no other's number
        os.waitpid(fork, 0)


def _is_free() -> bool:
    """Whether a second core is ours to use, and a fork has nothing to wait for."""
    return len(os.sched_getaffinity(0)) > 1 and threading.active_count() == 1


def _be_the_fork(make: Callable[[], bytes], pipe: int, parent: int) -> NoReturn:
    """Make the bytes, write them with their length before them, and end."""
    try:
        kernel.die_with_parent(signal.SIGKILL)
        for each in (signal.SIGTERM, signal.SIGINT):  # what a task does on these is not ours to do
            signal.signal(each, signal.SIG_DFL)
        if os.getppid() == parent:
            made = make()
            with open(pipe, "wb") as stream:
                stream.write(len(made).to_bytes(8))
                stream.write(made)
    finally:
        os._exit(0)


def _read(pipe: int) -> bytes:
    """Return what a fork made; nothing where it did not come to an end."""
    pieces, until = bytearray(), time.monotonic() + _MOST_SECONDS
    while select.select([pipe], [], [], max(until - time.monotonic(), 0))[0]:
        if not (piece := os.read(pipe, _PIECE)):
            break
        pieces += piece
    if len(pieces) > 8 and len(pieces) == 8 + int.from_bytes(pieces[:8]):
        return bytes(memoryview(pieces)[8:])
    log.warning("A fork did not end its work: it is done here")
    return b""
