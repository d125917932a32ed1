"""Folders listed at once: the same as each by itself, at fewer requests, in whatever order a server has its keys."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.post import CountingStore
from soket.stack.state import State
from soket.store.store import MemoryStore, Page
from soket.store.together import ListedStore, list_apart, list_together
from store.test_store import _s3 as real_store

PLANS = ("a", "a1", "a_b", "b", "c")
CODES = ("2021", "2021-2", "2026")
FILES = ("u/x.docx", "u/x-2.docx", "u/sub/y", "u1/é.docx", "v/~$x")
KEYS = [f"inbox/{plan}/{code}/{file}" for plan in PLANS for code in CODES for file in FILES]
FOLDERS = sorted(f"inbox/{plan}/{code}/" for plan in (*PLANS, "none") for code in (*CODES, "2030"))


@dataclass
class FolderByFolder(MemoryStore):
    """A bucket that sorts as SeaweedFS does, "2021/x" before "2021-2/x"."""

    def page(self, prefix: str, *, after: str = "", token: str = "") -> Page:
        begins = (token or after).split("/") if token or after else [""]
        found = sorted(self.list(prefix), key=lambda each: each.key.split("/"))
        found = [each for each in found if each.key.split("/") > begins]
        shown = tuple(found[: self.page_size])
        return Page(shown, shown[-1].key if len(found) > len(shown) else "")


def filled(store: MemoryStore) -> MemoryStore:
    for key in (*KEYS, "inbox/stray", "receipts/a/2021/u/1.json"):
        store.put(key, b"x")
    return store


@pytest.mark.parametrize("kind", [MemoryStore, FolderByFolder])
@given(folders=st.sets(st.sampled_from(FOLDERS), min_size=1), size=st.sampled_from([1, 2, 3, 7, 1000]))
def test_each_folder_has_what_a_listing_of_its_own_shows(kind: type[MemoryStore], folders: set[str], size: int) -> None:
    store = filled(kind(page_size=size))
    found, strangers = list_together(store, folders)
    assert {name: {each.key for each in objects} for name, objects in found.items()} == {
        name: {each.key for each in objects} for name, objects in list_apart(store, folders).items()
    }
    assert 0 <= strangers <= len(KEYS) + 1


@pytest.mark.parametrize("kind", [MemoryStore, FolderByFolder])
def test_what_lies_between_is_jumped_over(kind: type[MemoryStore]) -> None:
    store = kind(page_size=100)
    for number in range(40):
        for file in range(300):
            store.put(f"reports/p{number:02}/2021/u/{file:03}", b"")
    counting = CountingStore(store)
    found, strangers = list_together(counting, {f"reports/p{number}/2021/" for number in (10, 11, 30)})
    assert [len(objects) for objects in found.values()] == [300, 300, 300]
    # Nine full pages and, at a border, two with strangers: not 120.
    assert counting.calls["list"] <= 11
    assert strangers <= 200


def test_a_hundred_empty_inboxes_are_one_request() -> None:
    counting = CountingStore(filled(MemoryStore()))
    list_together(counting, {f"inbox/p{number}/2021/" for number in range(100)})
    assert counting.calls["list"] == 1


def test_a_store_that_was_listed_is_asked_for_all_else() -> None:
    counting = CountingStore(filled(MemoryStore()))
    store = ListedStore(counting, list_apart(counting, ["inbox/a/2021/"]))
    counting.calls.clear()
    store.put("inbox/a/2021/u/later", b"later")
    assert [each.key for each in store.list("inbox/a/2021/u/")] == [
        f"inbox/a/2021/u/{name}" for name in ("sub/y", "x-2.docx", "x.docx")
    ]
    assert counting.calls["list"] == 0
    assert store.get("inbox/a/2021/u/later") == b"later"
    assert [each.key for each in store.list("receipts/a/2021/")] == ["receipts/a/2021/u/1.json"]
    assert counting.calls["list"] == 1


@pytest.mark.integration
@pytest.mark.parametrize("size", [3, 1000])
def test_a_real_bucket_says_the_same(servers: State, size: int) -> None:
    store, root = real_store(servers), f"together-{uuid4()}"
    for key in KEYS:
        store.put(key.replace("inbox", root), b"x")
    ask = store.client.list_objects_v2
    store.client.list_objects_v2 = lambda **asked: ask(**asked, MaxKeys=size)  # type: ignore[method-assign]
    for step in (1, 2, 5):
        for folders in (FOLDERS[::step], FOLDERS[step::3]):
            found, _ = list_together(store, [each.replace("inbox", root) for each in folders])
            assert {name.replace(root, "inbox"): len(objects) for name, objects in found.items()} == {
                name: len(FILES) * any(key.startswith(name) for key in KEYS) for name in folders
            }
