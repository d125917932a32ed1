"""The record: objects in a bucket, most of them written once.

`Store` is what the domain asks for. `soket.store.s3` has the real one; `MemoryStore` behaves the same for simulations,
offline checks and unit tests.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from typing import Protocol


class MissingObjectError(LookupError):
    """No object has this key (or not in the version asked for)."""


class StoreFailedError(RuntimeError):
    """The bucket did not do what it was asked: it is down or refuses. Its cause is the client's own error."""


@dataclass(frozen=True)
class StoredObject:
    """What a LIST tells of one object; `last_modified` is real time, UTC."""

    key: str
    etag: str
    size: int
    last_modified: datetime


@dataclass(frozen=True)
class Page:
    """What one LIST request answers."""

    objects: tuple[StoredObject, ...]
    token: str  # asks for the next page; "" where this is the last


class Store(Protocol):
    """A bucket, as the domain sees it. Whatever it is asked, it may raise StoreFailedError."""

    def now(self) -> datetime:
        """Return the moment by the clock that stamps what is written: real time, UTC, to the second."""
        ...

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """Yield every object under a prefix, by key; one request a thousand objects."""
        ...

    def get(self, key: str) -> bytes:
        """Return an object's content; raise MissingObjectError where there is none."""
        ...

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
        """Write an object, over whatever was there."""
        ...

    def replace(self, key: str, data: bytes, content_type: str = "application/json") -> None:
        """Write an object, and keep nothing of whatever was there: for what is derived and written again and again."""
        ...

    def create(self, key: str, data: bytes, content_type: str = "application/json") -> bool:
        """Write an object only where there is none; return whether this call wrote it."""
        ...

    def take_back(self, key: str, etag: str) -> None:
        """Remove what an object holds, if it still is this; what it held before comes back where versions are kept."""
        ...

    def copy(self, source: str, target: str, etag: str) -> None:
        """Copy one version of an object inside the bucket; raise MissingObjectError if it is no longer that version."""
        ...


@dataclass
class InHand:
    """What this process wrote once into a store and is about to read: taken from here, each once, up to some MiB.

    One thread may keep what another takes.
    """

    _held: dict[str, tuple[Store, bytes]] = field(default_factory=dict)
    _room: int = 32 << 20
    _lock: Lock = field(default_factory=Lock)

    def keep(self, store: Store, key: str, data: bytes) -> None:
        """Keep what stands under a key from now on, where there is room; what was kept of others stays."""
        self.take(store, key)
        with self._lock:
            if len(data) <= self._room:
                self._room -= len(data)
                self._held[key] = store, data

    def take(self, store: Store, key: str) -> bytes | None:
        """Return what stands under a key, and keep it no longer; None where it is to be read, as in another store."""
        with self._lock:
            written_to, data = self._held.pop(key, (store, None))
            self._room += len(data or b"")
        return data if written_to is store else None


@dataclass
class MemoryStore:
    """A bucket in this process's memory; `clock` stamps what is written (real time)."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    objects: dict[str, tuple[bytes, datetime]] = field(default_factory=dict)
    page_size: int = field(default=1_000, kw_only=True)
    _etags: dict[str, tuple[bytes, str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def now(self) -> datetime:
        """Return the moment by the clock that stamps what is written."""
        return self.clock()

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """Yield every object under a prefix, by key."""
        for key in sorted(self.objects):
            if key.startswith(prefix):
                data, moment = self.objects[key]
                yield StoredObject(key, self._etag_of(key, data), len(data), moment)

    def page(self, prefix: str, *, after: str = "", token: str = "") -> Page:
        """Return a page of a listing."""
        found = [each for each in self.list(prefix) if each.key > (token or after)]
        shown = tuple(found[: self.page_size])
        return Page(shown, shown[-1].key if len(found) > len(shown) else "")

    def get(self, key: str) -> bytes:
        """Return an object's content."""
        try:
            return self.objects[key][0]
        except KeyError:
            raise MissingObjectError(key) from None

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:  # noqa: ARG002 - as Store
        """Write an object, over whatever was there."""
        self.objects[key] = (data, self.clock())

    def replace(self, key: str, data: bytes, content_type: str = "application/json") -> None:
        """Write an object; nothing here keeps what was."""
        self.put(key, data, content_type)

    def create(self, key: str, data: bytes, content_type: str = "application/json") -> bool:
        """Write an object only where there is none; return whether this call wrote it."""
        if key in self.objects:
            return False
        self.put(key, data, content_type)
        return True

    def take_back(self, key: str, etag: str) -> None:
        """Remove an object, if it still is this; nothing here keeps what was before."""
        if key in self.objects and etag_of(self.objects[key][0]) == etag:
            del self.objects[key]

    def _etag_of(self, key: str, data: bytes) -> str:
        """Return an object's ETag, worked out once: each listing tells it."""
        known = self._etags.get(key)
        if known is None or known[0] is not data:
            known = self._etags[key] = data, etag_of(data)
        return known[1]

    def copy(self, source: str, target: str, etag: str) -> None:
        """Copy one version of an object."""
        data = self.get(source)
        if etag_of(data) != etag:
            raise MissingObjectError(source)
        self.put(target, data)


def etag_of(data: bytes) -> str:
    """Return S3's ETag of a plain PUT: the MD5 of its content, where no server encrypts it; no secret rests on that."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
