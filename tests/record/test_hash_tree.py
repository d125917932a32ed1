"""The hash tree: every leaf's path leads to the root, and nothing else does."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from soket.record.hash_tree import leaf_hash, path_to, root_by_path, root_of

contents = st.lists(st.binary(max_size=8), min_size=1, max_size=40, unique=True)


def test_it_is_the_tree_of_the_standard() -> None:
    # The vectors that Certificate Transparency's own implementations are held against.
    leaves = [
        leaf_hash(bytes.fromhex(each))
        for each in (
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        )
    ]
    assert root_of([]).hex() == sha256().hexdigest()
    assert root_of(leaves[:1]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert root_of(leaves[:3]).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"
    assert root_of(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@settings(max_examples=30)
@given(contents)
def test_every_leaf_leads_to_the_root(data: list[bytes]) -> None:
    leaves = [leaf_hash(each) for each in data]
    for index, leaf in enumerate(leaves):
        assert root_by_path(leaf, index, len(leaves), path_to(leaves, index)) == root_of(leaves)


@settings(max_examples=40)
@given(contents, st.data())
def test_whatever_is_changed_leads_elsewhere(data: list[bytes], draw: st.DataObject) -> None:
    leaves = [leaf_hash(each) for each in data]
    root, size = root_of(leaves), len(leaves)
    index = draw.draw(st.integers(0, size - 1))
    path, leaf = path_to(leaves, index), leaves[index]
    byte = draw.draw(st.integers(0, 31))

    def spoilt(each: bytes) -> bytes:
        return each[:byte] + bytes([each[byte] ^ 1]) + each[byte + 1 :]

    assert root_by_path(spoilt(leaf), index, size, path) != root
    assert root_by_path(leaf, index, size, [*path, leaf]) is None
    assert root_by_path(leaf, size, size, path) is None
    assert root_by_path(leaf, -1, size, path) is None
    if path:
        at = draw.draw(st.integers(0, len(path) - 1))
        assert root_by_path(leaf, index, size, [*path[:at], spoilt(path[at]), *path[at + 1 :]]) != root
        assert root_by_path(leaf, index, size, path[:-1]) is None
        other = draw.draw(st.integers(0, size - 1).filter(lambda each: each != index))
        assert root_by_path(leaf, other, size, path) != root
        assert root_of([*leaves[1:], leaves[0]]) != root or len(set(leaves)) == 1
