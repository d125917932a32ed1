"""One listing for all who wait: whoever asks first lists the bucket for every campaign that is waited for here."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from soket.store.store import StoredObject, StoreFailedError
from soket.store.together import ListedStore, PagedStore, list_apart, list_together

# Listing an object costs SeaweedFS a tenth of what a request does: with so many strangers for each folder asked for,
# folders are better listed by themselves; what lies beside them is looked at again after a while, or as soon as so
# many more are asked for that it would not count.
_STRANGERS = 10
_APART = 3600.0  # seconds


@dataclass(frozen=True)
class _Walk:
    """What was found, or what went wrong, when a folder of the bucket was listed."""

    began: float  # monotonic seconds
    found: dict[str, tuple[StoredObject, ...]]
    error: StoreFailedError | None = None
    ended: float = 0.0

    def answers(self, prefix: str, asked: float, younger_than: float) -> bool:
        """Whether somebody who asked at a moment has to ask no more: of a failure, only who waited for it."""
        if self.error:
            return asked <= self.ended
        return self.began >= asked - younger_than and prefix in self.found


class Listings:
    """What was listed of the bucket not long ago, for all who ask in this process.

    There is nothing that could die: each who waits asks at its time, and whoever finds no listing that is young enough
    makes one for everybody who has asked of late. One that fails has failed for all who waited for it.
    """

    def __init__(self) -> None:
        self._walks: dict[str, _Walk] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._asked: defaultdict[str, dict[str, float]] = defaultdict(dict)  # until when each prefix is listed along
        self._apart: dict[str, tuple[float, int]] = {}  # until when a root's folders are listed alone; strangers

    def expect(self, prefixes: Collection[str], *, again_in: float) -> None:
        """Have some folders listed along by whoever lists next: somebody will ask `again_in` so many seconds."""
        for prefix in prefixes:
            self._asked[prefix.partition("/")[0]][prefix] = time.monotonic() + 2 * again_in

    async def of(
        self, store: PagedStore, prefixes: Collection[str], *, younger_than: float, again_in: float
    ) -> tuple[ListedStore, float]:
        """Return the store with some folders as listed less than so many seconds ago, and when that began.

        Who asks will ask `again_in` so many seconds, and is listed along until then.
        """
        self.expect(prefixes, again_in=again_in)
        now, walks = time.monotonic(), []
        for prefix in prefixes:
            root = prefix.partition("/")[0]
            async with self._locks[root]:
                walk = self._walks.get(root)
                if walk is None or not walk.answers(prefix, now, younger_than):
                    walk = self._walks[root] = await self._listed(store, root)
            if walk.error:
                raise StoreFailedError(str(walk.error)) from walk.error
            walks.append((prefix, walk))
        found = {prefix: walk.found[prefix] for prefix, walk in walks}
        return ListedStore(store, found), min(walk.began for _, walk in walks)

    async def now(self, store: PagedStore, prefixes: Collection[str], *, again_in: float) -> ListedStore:
        """Return the store with some folders listed now, each by itself: of a large one beside them no page is read.

        Who asks is listed along with the others for twice `again_in` so many seconds.
        """
        self.expect(prefixes, again_in=again_in)
        return ListedStore(store, await asyncio.to_thread(list_apart, store, prefixes))

    async def _listed(self, store: PagedStore, root: str) -> _Walk:
        began = time.monotonic()
        asked = self._asked[root] = {prefix: until for prefix, until in self._asked[root].items() if until >= began}
        try:
            until, strangers = self._apart.get(root, (0.0, 0))
            if len(asked) == 1 or (began < until and strangers > _STRANGERS * len(asked)):
                return _Walk(began, await asyncio.to_thread(list_apart, store, [*asked]))
            found, strangers = await asyncio.to_thread(list_together, store, [*asked])
        except StoreFailedError as error:
            return _Walk(began, {}, error, time.monotonic())
        if strangers > _STRANGERS * len(asked):
            self._apart[root] = began + _APART, strangers
        return _Walk(began, found)
