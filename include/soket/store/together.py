"""Many folders of the bucket listed at once: they share requests, and what lies between them is passed by."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from soket.store.store import Page, Store, StoredObject

Found = dict[str, tuple[StoredObject, ...]]


class PagedStore(Store, Protocol):
    """A bucket whose listings can be had page by page, from anywhere on."""

    def page(self, prefix: str, *, after: str = "", token: str = "") -> Page:
        """Return what a LIST answers: from its beginning, from behind a folder on, or from where the last one ended."""
        ...


def list_together(store: PagedStore, prefixes: Collection[str]) -> tuple[Found, int]:
    """Return what lies under each of some prefixes, none within another, and how many strangers were listed besides.

    All of them begin with the same folder of the bucket, which is listed in pages; what lies between the folders asked
    for is jumped over as soon as a page ends in it.
    """
    wanted = sorted(prefixes)
    found: dict[str, list[StoredObject]] = {prefix: [] for prefix in wanted}
    root, strangers = _root(wanted), 0
    after, token = _first(wanted, "") or "", ""
    while True:
        page = store.page(root, after=after, token=token)
        for each in page.objects:
            if (owner := _owner(wanted, each.key)) is None:
                strangers += 1
            else:
                found[owner].append(each)
        if not page.token:
            break
        after, token = "", page.token
        if page.objects and _owner(wanted, last := page.objects[-1].key) is None:
            if not any(_orders(prefix) > _orders(last) or prefix > last for prefix in wanted):
                break
            if (ahead := _first(wanted, last)) is not None:
                after, token = ahead, ""
    return {prefix: tuple(each) for prefix, each in found.items()}, strangers


def list_folders(store: PagedStore, prefixes: Iterable[str]) -> Found:
    """Return what lies under each of some prefixes, whatever folder of the bucket they are in."""
    by_root: defaultdict[str, set[str]] = defaultdict(set)
    for prefix in prefixes:
        by_root[prefix.partition("/")[0]].add(prefix)
    return {prefix: objects for each in by_root.values() for prefix, objects in list_together(store, each)[0].items()}


def list_apart(store: Store, prefixes: Collection[str]) -> Found:
    """Return what lies under each of some prefixes, by a listing of its own each."""
    return {prefix: tuple(store.list(prefix)) for prefix in prefixes}


def _root(prefixes: Sequence[str]) -> str:
    (root,) = {prefix.partition("/")[0] for prefix in prefixes}
    return f"{root}/"


def _owner(wanted: Sequence[str], key: str) -> str | None:
    before = wanted[: bisect_right(wanted, key)][-1:]
    return before[0] if before and key.startswith(before[0]) else None


def _orders(key: str) -> list[str]:
    """Return what sorts keys as SeaweedFS does: folder by folder. Amazon sorts the whole key."""
    return key.split("/")


def _first(wanted: Sequence[str], last: str) -> str | None:
    """Return the first prefix behind a key in either order; None where the two orders do not agree on that."""
    ahead = [prefix for prefix in wanted if prefix > last]
    if ahead != [prefix for prefix in wanted if _orders(prefix) > _orders(last)] or not ahead:
        return None
    first = ahead[0]
    return first if first == min(ahead, key=_orders) and first.endswith("/") else None


@dataclass(frozen=True)
class ListedStore:
    """A store of which some folders were listed a moment ago, and are not listed again; all else is asked of it."""

    under: Store
    found: Mapping[str, Sequence[StoredObject]]

    def now(self) -> datetime:
        """Return the moment by the clock that stamps what is written."""
        return self.under.now()

    def list(self, prefix: str) -> Iterator[StoredObject]:
        """Yield every object under a prefix, as it was when its folder was listed."""
        for folder, objects in self.found.items():
            if prefix.startswith(folder):
                return (each for each in objects if each.key.startswith(prefix))
        return self.under.list(prefix)

    def get(self, key: str) -> bytes:
        """Return an object's content, as it is now."""
        return self.under.get(key)

    def put(self, key: str, data: bytes, content_type: str = "application/octet-stream") -> None:
        """Write an object."""
        self.under.put(key, data, content_type)

    def replace(self, key: str, data: bytes, content_type: str = "application/json") -> None:
        """Write an object, and keep nothing of whatever was there."""
        self.under.replace(key, data, content_type)

    def create(self, key: str, data: bytes, content_type: str = "application/json") -> bool:
        """Write an object only where there is none."""
        return self.under.create(key, data, content_type)

    def take_back(self, key: str, etag: str) -> None:
        """Remove what an object holds, if it still is this."""
        self.under.take_back(key, etag)

    def copy(self, source: str, target: str, etag: str) -> None:
        """Copy one version of an object inside the bucket."""
        self.under.copy(source, target, etag)
