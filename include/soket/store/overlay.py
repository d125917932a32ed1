"""A bucket that is read and not written: for asking what would happen."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from soket.store.store import MemoryStore, MissingObjectError, Store, StoredObject


@dataclass
class OverlayStore:
    """A store on top of another: reads see both, writes stay in this process's memory, stamped by `clock`."""

    under: Store
    clock: Callable[[], datetime]
    over: MemoryStore = field(init=False)

    def __post_init__(self) -> None:
        self.over = MemoryStore(self.clock)

    def now(self) -> datetime:
        """Return the moment by the clock that stamps what is written."""
        return self.clock()

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """Yield every object under a prefix, by key."""
        under = (entry for entry in self.under.list(prefix) if entry.key not in self.over.objects)
        yield from heapq.merge(under, self.over.list(prefix), key=lambda entry: entry.key)

    def get(self, key: str) -> bytes:
        """Return an object's content."""
        return self.over.get(key) if key in self.over.objects else self.under.get(key)

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
        """Keep an object in memory, over whatever was there."""
        self.over.put(key, data, content_type)

    def replace(self, key: str, data: bytes, content_type: str = "application/json") -> None:
        """Keep an object in memory, over whatever was there."""
        self.put(key, data, content_type)

    def create(self, key: str, data: bytes, content_type: str = "application/json") -> bool:
        """Keep an object in memory only where there is none; return whether this call did."""
        return not self._is_under(key) and self.over.create(key, data, content_type)

    def take_back(self, key: str, etag: str) -> None:
        """Take back what was kept in memory; nothing below is touched."""
        self.over.take_back(key, etag)

    def copy(self, source: str, target: str, etag: str) -> None:
        """Keep a copy in memory."""
        found = next((entry for entry in self.list(source) if entry.key == source), None)
        if found is None or found.etag != etag:
            raise MissingObjectError(source)
        self.over.put(target, self.get(source))

    def _is_under(self, key: str) -> bool:
        return any(entry.key == key for entry in self.under.list(key))
