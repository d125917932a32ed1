"""What was changed in a draft, told of the sentence that was quoted."""

from __future__ import annotations

from soket.documents.change_words import narrowed, print_change
from soket.documents.checks.changed import Change

MISNAMED = "Sở Thông tin chủ trì chuyển đổi số trong du lịch."
NAMED = "Sở Thông tin và Truyền thông chủ trì chuyển đổi số trong du lịch."
FIGURES = "Cả giai đoạn 2017 - 2021 ước đạt {} tỷ đồng."


def test_of_words_that_were_quoted_their_sentence_is_told_and_what_became_of_it() -> None:
    change = Change(f"{FIGURES.format('1.600')} {MISNAMED}", f"{FIGURES.format('1.631,9')} {NAMED}")
    assert print_change(change, "Sở Thông tin") == f"Sửa lời: {MISNAMED} → {NAMED}"


def test_a_quoted_sentence_that_stayed_was_not_changed() -> None:
    change = Change(f"{FIGURES.format('1.600')} {MISNAMED}", f"{FIGURES.format('1.631,9')} {MISNAMED}")
    found = narrowed(change, "Sở Thông tin")
    assert found.before == found.after == MISNAMED


def test_a_quoted_sentence_with_nothing_like_it_is_gone() -> None:
    change = Change(f"{FIGURES.format('1.600')} {MISNAMED}", FIGURES.format("1.631,9"))
    assert narrowed(change, "Sở Thông tin") == Change(MISNAMED, None)
