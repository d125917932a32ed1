"""Numbers spelt out: "năm trăm sáu mươi", "ba triệu ba trăm nghìn"; read with their marks, that tell sáu from sau."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ONES = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7,
    "tám": 8, "chín": 9, "không": 0,
}  # fmt: skip
_SCALES = {"nghìn": 1e3, "ngàn": 1e3, "triệu": 1e6, "tỷ": 1e9, "tỉ": 1e9}
_ONE = rf"(?:{'|'.join(_ONES)})"
# After tens five is "lăm": "hai mươi năm" is years.
_TENS = rf"(?:{_ONE} mươi|mười)(?: (?!năm\b){_ONE})?"
_HUNDREDS = rf"{_ONE} trăm(?: (?:linh|lẻ) {_ONE}| {_TENS})?"
_GROUP = rf"(?:{_HUNDREDS}|{_TENS}|{_ONE})"
_SCALE = rf"(?:{'|'.join(_SCALES)})"
# The groups are those of amounts in digits.
_SPELT = re.compile(
    rf"(?<!gấp )(?<!phần )\b(?P<first>(?:{_GROUP} {_SCALE}(?: {_GROUP} {_SCALE})*(?: (?:{_HUNDREDS}|{_TENS}))?"
    rf"|{_HUNDREDS}|{_ONE} mươi(?: (?!năm\b){_ONE})?))\b(?! (?:phần|rưỡi|lần|năm|phần trăm)\b)"
    r"(?P<percent>(?!))?(?P<scale>(?!))?(?P<second>(?!))?(?P<lesser>(?!))?(?! ?\(\d)"
)


def spelt_in(text: str) -> Iterator[re.Match[str]]:
    """Yield the numbers of two words and more that a text with its marks spells out."""
    yield from _SPELT.finditer(text.lower())


def spelt(words: str) -> tuple[float, float]:
    """Return the number that words spell, and what its last word counts: 3,300,000 in thousands."""
    value, group, last = 0.0, 0.0, 1.0
    for word in words.split():
        if word in _SCALES:
            value, group, last = value + group * _SCALES[word], 0.0, _SCALES[word]
        elif word in ("trăm", "mươi"):
            ones = group % 10
            group, last = group - ones + ones * (100 if word == "trăm" else 10), 1.0
        else:
            group, last = group + (10 if word == "mười" else _ONES.get(word, 0)), 1.0
    return value + group, last
