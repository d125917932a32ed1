"""A bucket that is quick, and that fails when it is told to."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from soket.record.register import Register
from soket.store.store import MissingObjectError, StoredObject


class BucketDownError(Exception):
    """What a client raises when the server does not answer."""


@dataclass
class Bucket:
    """A store in memory, its keys kept in order; down as a whole, or at the n-th call from now, before or after it."""

    clock: Callable[[], datetime]
    register: Callable[[], Register] | None = None  # what reading everything would come to, without reading it
    down: bool = False
    fails_at: int = 0  # 0: never
    after: bool = False  # the call was carried out, and the answer lost
    failures: int = 0
    objects: dict[str, tuple[bytes, datetime]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)

    def now(self) -> datetime:
        self._call()
        return self.clock()

    def list(self, prefix: str) -> Iterator[StoredObject]:
        self._call()
        index = bisect_left(self.keys, prefix)
        found = []
        while index < len(self.keys) and self.keys[index].startswith(prefix):
            data, moment = self.objects[self.keys[index]]
            found.append(StoredObject(self.keys[index], str(hash(data)), len(data), moment))
            index += 1
        return iter(found)

    def get(self, key: str) -> bytes:
        self._call()
        try:
            return self.objects[key][0]
        except KeyError:
            raise MissingObjectError(key) from None

    def put(self, key: str, data: bytes, content_type: str = "") -> None:
        lost = self._call()
        self.write(key, data)
        self._answer(lost)

    def replace(self, key: str, data: bytes, content_type: str = "") -> None:
        self.put(key, data, content_type)

    def create(self, key: str, data: bytes, content_type: str = "") -> bool:
        lost = self._call()
        new = key not in self.objects
        if new:
            self.write(key, data)
        self._answer(lost)
        return new

    def take_back(self, key: str, etag: str) -> None:
        raise NotImplementedError

    def copy(self, source: str, target: str, etag: str) -> None:
        raise NotImplementedError

    def write(self, key: str, data: bytes) -> None:
        """Write without fail: what others do."""
        if key not in self.objects:
            insort(self.keys, key)
        self.objects[key] = (data, self.clock())

    def _call(self) -> bool:
        """Count a call; return whether its answer is to be lost."""
        fails = self.fails_at == 1
        self.fails_at = max(self.fails_at - 1, 0)
        if self.down or (fails and not self.after):
            self.failures += 1
            raise BucketDownError
        return fails

    def _answer(self, lost: bool) -> None:
        if lost:
            self.failures += 1
            raise BucketDownError
