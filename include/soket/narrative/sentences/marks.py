"""What stands before a paragraph's words and is none of them: bullets, numbers, "Hai là"; marks of notes in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from soket.narrative.sentences.stops import ABBREVIATION, CAPITALS, NUMBER
from soket.text import flat

BULLETS = ("-", "+", "*", "•", "–", "—")
BAR = "|"
"""What stands behind the words of a table's cell, among sentences."""

ORDINALS = {
    "nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10,
}  # fmt: skip
"""Numbers as words say them, folded."""

_ORDINAL = "|".join(ORDINALS)
COUNTED_UP = rf"(?:(?:thu\s+(?:{_ORDINAL})|(?:{_ORDINAL})\s+la)\s*[,:;–-]\s*|thu\s+(?:{_ORDINAL})\s+la\b\s*[,:;–-]?\s*)"
"""A pattern for a number in words before folded text: "Hai là, ", "Thứ ba, ", "Thứ nhất là "."""

_LEAD = re.compile(rf"(?:[{re.escape(''.join(BULLETS))}]|\(?{NUMBER}[.)/](?!\d))\s*")
# As one speaks: "Cái hay là …", "Nói thật là …".
_SPOKEN = r"(?:cai (?:hay|duoc|dang mung)|(?:cung )?phai noi(?: that)?|noi that) la\b[,:]?\s+"
_IN_WORDS = re.compile(rf"{COUNTED_UP}|{_SPOKEN}")
# "1- Lập quy hoạch", "2 - Đưa …", "I - Kết quả"; but "3 - 5 sao", "X-quang"
_DASHED = re.compile(
    rf"\(?(?:\d{{1,2}}(?:\s?[–-]\s*(?=[{CAPITALS}\"“])|[–-]\s+(?=[^\W\d]))|[IVX]+\s?[–-]\s+(?=[{CAPITALS}]))"
)
_LONGEST_LEAD = 24
_PART = re.compile(r"(?:phần|chương)\s+(?:thứ\s+)?(?:\w+)\b", re.IGNORECASE)
_LEADING = re.compile(rf"(?P<number>(?:[IVXL]+|\d{{1,2}}|[A-HĐa-zđ])(?:\.\d{{1,2}})*)[.)/:–-]+\s*(?=[{CAPITALS}\"“'(])")
_ROMAN = re.compile(r"[IVXL]+")
_DEEPEST = 9
# Raised digits behind a short word are a measure's power: "5 km²".
_MARKS = frozenset("[⁽⁰¹²³⁴⁵⁶⁷⁸⁹")  # one of which is in whatever the next pattern finds: most sentences have none
_NOTED = re.compile(r"(?<=\S)(?:\[\d{1,3}\])+|⁽[⁰¹²³⁴⁵⁶⁷⁸⁹]+⁾|(?<=[^\W\d_]{3})[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?!\w)")
_NOTE = re.compile(r"\s*(?:\[\d{1,3}\]|[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾]+)\s")


def unnumbered(folded: str) -> str:
    """Return a folded text without the dashes and numbers before it: "- a) khách quốc tế"; "5.000 lượt" has none."""
    while match := _LEAD.match(folded):
        folded = folded[match.end() :]
    return folded


def lead_of(sentence: str) -> str:
    """Return the bullets and numbers before a sentence's words: "- ", "1- ", "(2) ", "Hai là, "."""
    folded = flat(sentence[:_LONGEST_LEAD])
    start = 0
    while match := _lead(sentence, folded, start):
        start = match.end()
    return sentence[:start]


def _lead(sentence: str, folded: str, start: int) -> re.Match[str] | None:
    if in_words := _IN_WORDS.match(folded, start):
        return in_words
    if dashed := _DASHED.match(sentence, start):
        return dashed
    if sentence[start : start + 2].isalpha():  # a word
        return None
    match = _LEAD.match(folded, start)
    return match if match and not ABBREVIATION.fullmatch(match[0].strip()) else None


def unmarked(sentence: str) -> str:
    """Return a sentence without the marks of notes in it: "đến năm 2025[1]; …"."""
    return sentence if _MARKS.isdisjoint(sentence) else _NOTED.sub("", sentence)


def is_note(line: str) -> bool:
    """Return whether a line is a note at the foot of a page: "[2] Số liệu do phòng tổng hợp."."""
    return _NOTE.match(line) is not None


@lru_cache(maxsize=2_000)  # each of a report's lines is asked for many times
def depth_of(text: str) -> int | None:
    """Return how deep the number before a paragraph is, from 0 for parts; None where there is none."""
    if _PART.match(text):
        return 0
    match = _LEADING.match(text)
    if not match:
        return None
    number, *below = match["number"].split(".")
    if number.isdigit():
        return 3 + len(below)
    if _ROMAN.fullmatch(number):
        return 2 + len(below)
    return 1 if number.isupper() else _DEEPEST


def depths_in(paragraphs: Sequence[str]) -> dict[int, int]:
    """Return how deep the number before each paragraph is that has one, by its place."""
    return {at: depth for at, text in enumerate(paragraphs) if (depth := depth_of(text)) is not None}
