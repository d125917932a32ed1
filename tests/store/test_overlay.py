from __future__ import annotations

from datetime import UTC, datetime

import pytest

from soket.store.overlay import OverlayStore
from soket.store.store import MemoryStore, MissingObjectError

THEN = datetime(2021, 10, 18, tzinfo=UTC)
LATER = datetime(2021, 11, 5, tzinfo=UTC)


@pytest.fixture
def under() -> MemoryStore:
    store = MemoryStore(lambda: THEN)
    store.put("a/1", b"one")
    store.put("a/3", b"three")
    return store


def test_reads_see_both_and_writes_reach_neither(under: MemoryStore) -> None:
    before = dict(under.objects)
    store = OverlayStore(under, lambda: LATER)
    store.put("a/1", b"new")
    assert store.create("a/2", b"two")
    assert not store.create("a/2", b"again")
    assert not store.create("a/3", b"again")
    assert [(entry.key, entry.last_modified) for entry in store.list("a/")] == [
        ("a/1", LATER),
        ("a/2", LATER),
        ("a/3", THEN),
    ]
    assert [store.get(f"a/{number}") for number in (1, 2, 3)] == [b"new", b"two", b"three"]
    assert store.now() == LATER
    assert under.objects == before


def test_copies_are_kept_above(under: MemoryStore) -> None:
    store = OverlayStore(under, lambda: LATER)
    (entry, _) = under.list("a/")
    store.copy("a/1", "b/1", entry.etag)
    assert store.get("b/1") == b"one"
    with pytest.raises(MissingObjectError):
        store.copy("a/3", "b/3", entry.etag)
    with pytest.raises(MissingObjectError):
        under.get("b/1")
