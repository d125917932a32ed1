"""The edge between a process and its bucket: counted call by call, and something happens at one of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

from soket.store.s3 import S3Store
from soket.store.store import Page

P = ParamSpec("P")
R = TypeVar("R")


class EdgeStore(S3Store):
    """The real bucket, whose n-th boundary (before or after a call) is where `happens` is called, from one thread."""

    def __init__(
        self,
        inner: S3Store,
        at: int = 0,
        happens: Callable[[], None] = lambda: None,
        ahead: timedelta = timedelta(0),
    ) -> None:
        super().__init__(inner.client, inner.bucket)
        self.at, self.happens, self.ahead = at, happens, ahead
        self.passed = 0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """Return the server's moment, as far ahead as its clock is said to have jumped."""
        return self._call(super().now) + self.ahead

    def page(self, prefix: str, *, after: str = "", token: str = "") -> Page:
        """Return a page of a listing."""
        return self._call(super().page, prefix, after=after, token=token)

    def get(self, key: str) -> bytes:
        """Return an object's content."""
        return self._call(super().get, key)

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
        """Write an object."""
        self._call(super().put, key, data, content_type)

    def create(self, key: str, data: bytes, content_type: str = "application/json") -> bool:
        """Write an object only where there is none."""
        return self._call(super().create, key, data, content_type)

    def take_back(self, key: str, etag: str) -> None:
        """Remove an object, if it still is this."""
        self._call(super().take_back, key, etag)

    def copy(self, source: str, target: str, etag: str) -> None:
        """Copy one version of an object."""
        self._call(super().copy, source, target, etag)

    def cross(self) -> None:
        """Pass one boundary."""
        with self._lock:
            self.passed += 1
            here = self.passed == self.at
        if here:
            self.happens()

    def _call(self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        self.cross()
        done = act(*args, **kwargs)
        self.cross()
        return done
