"""Words for people: a long text is cut in no word and in no figure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.text import quoted


@pytest.mark.parametrize(
    ("longest", "shown"),
    [
        (80, "Tổng thu năm 2021 đạt 1.264 tỷ đồng"),
        (34, "Tổng thu năm 2021 đạt 1.264 tỷ …"),
        (30, "Tổng thu năm 2021 đạt …"),  # never "1.264 …", of which nobody knows what it counts
        (25, "Tổng thu năm 2021 đạt …"),
        (18, "Tổng thu năm …"),
        (3, "Tổn …"),  # a word that has no room alone is all there is
    ],
)
def test_what_is_cut_ends_in_no_word_and_with_no_figure(longest: int, shown: str) -> None:
    assert quoted("Tổng thu  năm 2021\nđạt 1.264 tỷ đồng", longest) == shown


@given(st.lists(st.from_regex(r"[a-z]{1,8}|\d{1,3}(\.\d{3}){0,2}", fullmatch=True), min_size=1), st.integers(9, 90))
def test_what_is_kept_are_the_first_words(words: list[str], longest: int) -> None:
    kept = quoted(" ".join(words), longest).removesuffix(" …").split(" ")
    assert kept == words[: len(kept)]
    assert len(kept) in (1, len(words)) or not kept[-1].isdigit()
