"""A unit's files as they go back to it."""

from __future__ import annotations

from soket.store.record import Record


class MarkedCopy(Record):
    """One file of a submission with each fault at its place."""

    key: str
    name: str  # under which it is saved
    size: int
