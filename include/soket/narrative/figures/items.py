"""Items of a list in a sentence: what the first one counts goes for those that say only whose, or when: "Hai (7)"."""

from __future__ import annotations

import re
from dataclasses import replace

from soket.narrative.figures.memory import Memory
from soket.narrative.figures.named import Sentence, WrittenAmount
from soket.narrative.quantities.amounts import Amount

_BARE = re.compile(r"\s*(?:[,;.)]|(?:va|o|tai|cua|thuoc)\b|$)")
_MEASURE = re.compile(
    r"(?:\s*[^\W\d_]+){0,3}?\s*(?=[,;:()]|\b(?:va|o|tai|cua)\b)"
)  # of the figure before: "lượt khách),"
_LONGEST = 90  # letters between two items
_THOUSAND_BILLIONS = 1e12
_LARGER = 3.0  # times the figure before: none in its list is, but for its scale
# What an item has beside a name: its rank, and what leads from the name to the figure.
_FILLERS = re.compile(
    r"\b(?:va|la|co|voi|dat|don|duoc|cung|rieng|con|thi|tiep theo|tiep den|ke den|sau do|roi den|den|dung|xep|thu|hang"
    r"|hai|ba|tu|nam|cuoi|dan dau|dung dau|cao|thap|nhieu|it|lon|nho|nhat|chi|o|tai|cua|cac|huyen|thi xa|thanh pho|xa"
    r"|phuong)\b"
    r"|[,;:()\s–-]"
)


def as_item(sentence: Sentence, written: WrittenAmount, memory: Memory) -> WrittenAmount:
    """Return a figure as it goes on from the one before it, where it says only whose it is, or of when."""
    before = memory.written
    if before is None or not memory.end or memory.kind is None or written.in_row or written.amount.percent:
        return written
    if written.amount.scale > 1 or before.amount.percent or not _BARE.match(sentence.text, written.end):
        return written
    if not is_item(sentence, before, written):
        return written
    amount = written.amount
    scale = _scale_of(amount, before.amount)
    value, step, whole = (each * scale for each in (amount.value, amount.step, amount.round))
    other = None if amount.other is None else amount.other * scale
    amount = replace(amount, value=value, step=step, round=whole, other=other, scale=scale)
    return replace(written, amount=amount, goes_on=True)


def _scale_of(amount: Amount, before: Amount) -> float:
    """Return the scale of an item after a figure with one: that figure's, unless all digits are there.

    "71,7 nghìn lượt, nhiều nhất là Một (8.823)", "2,7 nghìn tỷ đồng, nhiều nhất là Một (274,7)".
    """
    scale = before.scale
    if amount.value * scale <= before.value * _LARGER:
        return scale
    if scale >= _THOUSAND_BILLIONS:
        return scale / 1e3
    return 1.0 if amount.step >= 1 else scale


def is_item(sentence: Sentence, before: WrittenAmount, written: WrittenAmount) -> bool:
    """Whether nothing but a name or a time, and what ranks them, stands after the first of two figures."""
    start, end = before.end, written.start
    places = {each[:2] for each in sentence.scopes} | {(each.start, each.end) for each in sentence.times}
    named = sorted(each for each in places if start <= each[0] and each[1] <= end)
    if not named or end - start > _LONGEST:
        return False
    words, at = "", start
    for first, last in named:
        words += sentence.text[at : max(at, first)]
        at = max(at, last)
    measure = _MEASURE.match(words)
    return measure is not None and not _FILLERS.sub("", words[measure.end() :] + sentence.text[at:end])
