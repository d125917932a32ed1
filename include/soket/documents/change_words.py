"""What was changed in a draft, in print: the sentences or the figures that differ, what they were and became."""

from __future__ import annotations

import re
from collections.abc import Iterable

from soket.documents.checks.changed import CHANGE_SORTS, Change, ChangeSort
from soket.narrative.sentences.prose import sentences, whole
from soket.text import nfc

_SHORT = 240  # letters of two sentences that are told beside each other
_DIGITS = re.compile(r"[\d.,]+")
_REWRITTEN = 85.0  # of 100: below, more than figures was changed
_UNLIKE = 40.0  # of 100: below, one sentence did not become the other


def print_change(change: Change, quote: str = "") -> str:
    """Return a change in print: the sentence of it that was quoted, or those that differ, and what became of them."""
    narrow = narrowed(change, quote)
    before, after = narrow.before or "", narrow.after or ""
    sort = narrow.sort
    if sort is ChangeSort.FIGURE and not _alike(before, after):  # other words, which happen to have a figure
        sort = ChangeSort.WORDING
    label = CHANGE_SORTS[sort].label
    was, now = narrow.figures if sort is ChangeSort.FIGURE else ((), ())
    if was and now and len(before) + len(after) > _SHORT:  # a long sentence is not told twice for a figure
        return f"{label}: {'; '.join(was)} → {'; '.join(now)}, trong câu: {whole(after)}"
    shown = [whole(each) for each in (before, after) if each]
    return f"{label}: {' → '.join(shown)}"


def narrowed(change: Change, quote: str = "") -> Change:
    """Return of a change the sentence that was quoted, or some words of it, and what became of it; or what differs.

    A sentence that has nothing like it any more is gone.
    """
    before, after = nfc(change.before or ""), nfc(change.after or "")
    if quote and after:
        before = next((each for each in sentences(before) if quote in each), quote)
        after = _most_like(before, sentences(after))
    elif before and after:
        old, new = list(sentences(before)), list(sentences(after))
        before = " ".join(each for each in old if each not in new)
        after = " ".join(each for each in new if each not in old)
    return Change(before or None, after or None)


def _most_like(sentence: str, among: Iterable[str]) -> str:
    from rapidfuzz import fuzz

    alike = ((fuzz.ratio(sentence, each), each) for each in among)
    return max((each for each in alike if each[0] >= _UNLIKE), default=(0.0, ""))[1]


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.ratio(*(_DIGITS.sub("", each) for each in (one, other))) >= _REWRITTEN
