"""Amounts told in words: "một phần ba", "một nửa", "gấp đôi", "nửa triệu"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from soket.narrative.quantities.amounts import About, Amount
from soket.narrative.quantities.measures import factor_of
from soket.narrative.quantities.numerals import spelt
from soket.text import YEAR

_COUNTS = {
    "mot": 1.0, "doi": 2.0, "hai": 2.0, "ba": 3.0, "bon": 4.0, "tu": 4.0, "nam": 5.0, "sau": 6.0, "bay": 7.0,
    "tam": 8.0, "chin": 9.0, "muoi": 10.0, "ruoi": 1.5, "nua": 0.5,
}  # fmt: skip
PART = rf"(?:nua|phan (?:hai|ba|tu|bon|muoi|nam(?! {YEAR})))"
"""What a part told in words ends with, in text without marks."""
_MANY = "|".join(each for each in _COUNTS if each not in ("mot", "nua", "tu"))
SO_MANY = rf"(?:(?<=gap )(?:{_MANY})(?! lan\b))"
"""How often one is another, told in words alone."""
# The groups are those of amounts in digits. What a bracket gives exactly is read there.
_IN_WORDS = re.compile(
    rf"(?:\b(?P<first>(?:mot|hai|ba|bon)(?= {PART}\b)|(?<=gap )(?:{_MANY})\b|(?:{_MANY})(?= lan\b)"
    r"|nua(?= (?:trieu|ty|nghin)\b)))"
    rf"(?P<percent> {PART}\b)?(?: (?P<scale>trieu|ty|nghin)\b)?"
    r"(?P<second>(?!))?(?P<lesser>(?!))?(?! ?\((?:cu the |tuc |chinh xac )?\d)"
)
_OUT_OF = re.compile(
    r"\bcu (?:moi |trong )?(?P<of>\d{2,4}) (?:[^,;.\d]|(?<=nam )\d{4}){0,80}(?:,|\bthi\b|\bco\b)[^,;.\d]{0,20}$"
)
_GAP = re.compile(r"\bgap (?:\w+ ){0,2}$")
_SLACK = 8.0  # percent by which a part told in words may be passed


def in_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the amounts that a text without marks tells in words."""
    found = _IN_WORDS.finditer(text)
    yield from (each for each in found if each["percent"] or each["scale"] or _GAP.search(text, 0, each.start()))


def out_of(before: str, amount: Amount) -> Amount:
    """Return an amount as a share where the words before it say of how many it is: "cứ 100 người thì có 57"."""
    if not (found := _OUT_OF.search(before)) or amount.percent or amount.scale > 1:
        return amount
    share = 100 / int(found["of"])
    return replace(amount, value=amount.value * share, step=amount.step * share, percent=True, other=None)


def amount_in_words(match: re.Match[str], about: About) -> Amount:
    """Return an amount told in words, which is seldom meant exactly."""
    if " " in match["first"]:
        value, last = spelt(match["first"])
        return Amount(value, last, last, about=about, round=last)
    count = _COUNTS[match["first"]]
    meant = About.ABOUT if about is About.EXACTLY else about
    if match["percent"]:
        value = 100 * count / _COUNTS.get(match["percent"].split()[-1], 2.0) if "phan" in match["percent"] else 50.0
        return Amount(value, 1.0, 1.0, percent=True, about=meant, round=_SLACK)
    if match["scale"]:
        scale = factor_of(match["scale"])
        return Amount(count * scale, scale / 10, scale, about=meant, round=scale / 10)
    return Amount(count, 1.0, 1.0, about=about, round=0.5)
