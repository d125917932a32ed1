"""Prose as reports have it: its words, its sentences, and the numbers and dashes before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from soket.narrative.sentences.asides import asides_among, only_names, says_nothing
from soket.narrative.sentences.marks import BAR, depth_of, lead_of, unmarked
from soket.narrative.sentences.stops import ends_of
from soket.text import flat

WORD = re.compile(r"\w+")
_FEWEST_WORDS = 4  # of a sentence that says something by itself
_ASIDE = re.compile(r"\(.*\)[.;]?")
# What only says where figures stand: "Số liệu chi tiết tại Biểu 02 gửi kèm".
_POINTER = re.compile(
    r"(?:\w+ ){0,5}?(?:chi tiet|cu the|xem|theo|kem theo|tai)\b[^.;:]{0,40}\b"
    r"(?:bieu|bang|phu luc)(?: so)?(?: lieu)? (?:\d+|[ivx]+\b|(?:dinh |gui )?kem|duoi day|sau day)(?!.*\d.*\d)"
)
_NOT_YET = re.compile(
    r": (?:hiện |nay )?(?:đang|chưa|sẽ) (?:tổng hợp|cập nhật|rà soát|thống kê|bổ sung)(?: số liệu| sau)?\W*$"
)
_POINTS = ("iểu ", "ảng ", "hụ lục ")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case; a Vietnamese word of two syllables counts as two."""
    return WORD.findall(text.casefold())


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text, as they stand in it; a line's end ends one."""
    for line in text.splitlines():
        start = 0
        for end in ends_of(line):
            yield line[start:end].strip()
            start = end
        if rest := line[start:].strip():
            yield rest


def whole(text: str, room: int = 240) -> str:
    """Return the first sentences of a text as a paper quotes it, none cut: those that fit, the first in any case."""
    line = " ".join(text.split())
    if len(line) <= room:
        return line
    kept, left = list[str](), list(sentences(line))
    while left and (not kept or sum(map(len, kept)) + len(kept) + len(left[0]) <= room):
        kept.append(left.pop(0))
    return " ".join([*kept, *([f"(và {len(left)} câu nữa)"] if left else [])])


class Statement(NamedTuple):
    """A sentence of a text, without bullet and number: which one it is, from 1, and whether it can stand alone."""

    number: int
    text: str
    complete: bool  # no heading, no lead-in, no note in brackets, nothing that only points elsewhere
    depth: int | None = None  # how deep the number before one that cannot is
    first: bool = True  # whether its line begins with it


def statements(text: str) -> Iterator[Statement]:
    """Yield the sentences of a text as they may be quoted: without bullets, numbers and marks of notes."""
    lines, number = text.splitlines(), count(1)
    for line, aside in zip(lines, asides_among(lines), strict=True):
        for place, sentence in enumerate(sentences(line)):
            own, whole = _own(sentence)
            alone = whole and not aside
            yield Statement(next(number), own, alone, None if alone else depth_of(sentence), first=not place)


@lru_cache(maxsize=8_000)  # under one heading many of thousands of reports say the same
def _own(sentence: str) -> tuple[str, bool]:
    """Return a sentence without what stands before its words, and whether it says something by itself.

    The first number of those that it goes on to count by is one of its words: "(1) …; (2) …".
    """
    lead = lead_of(sentence)
    own = unmarked(sentence[len(lead) :])
    whole = _is_whole(own)
    return (unmarked(sentence[len(lead) - 4 :]) if lead.endswith("(1) ") and " (2) " in own else own), whole


def _is_whole(own: str) -> bool:
    long = len(own.split(maxsplit=_FEWEST_WORDS - 1)) == _FEWEST_WORDS
    says = long and not own.endswith((":", BAR)) and not only_names(own) and not says_nothing(own)
    return says and not _ASIDE.fullmatch(own) and not _points_elsewhere(own) and not _is_to_come(own)


def _is_to_come(sentence: str) -> bool:
    """Whether what a sentence names is still to be told: "Số hộ tham gia: đang tổng hợp."."""
    return ": " in sentence and _NOT_YET.search(sentence.lower()) is not None


def _points_elsewhere(sentence: str) -> bool:
    return any(word in sentence for word in _POINTS) and _POINTER.match(flat(sentence)) is not None


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a text begins and ends."""
    at = 0
    for sentence in sentences(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        yield start, at


def sentence_span(text: str, place: int) -> tuple[int, int]:
    """Return where the sentence begins and ends that a place of a text lies in; the whole text's, between sentences."""
    return next((span for span in sentence_spans(text) if span[0] <= place < span[1]), (0, len(text)))
