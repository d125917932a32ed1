"""Prose as reports have it: its words, its sentences, and the numbers and dashes before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from soket.text import flat

# The capitals of Vietnamese, for a class of a pattern; beyond Ạ they and small letters take turns.
CAPITALS = "A-ZÀ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
WORD = re.compile(r"\w+")
# A full stop may end a sentence before a capital, or before a figure that no number of something is: "số. 5".
_STOP = re.compile(rf"(?<=[.!?…])[”\")]*\s+(?=[\W\d]*[{CAPITALS}]|\d)")
_LAST_WORD = re.compile(r"[^\s(“\"]*$")
# What has a full stop of its own before the word that it belongs to.
_ABBREVIATION = re.compile(
    r"(?:tt|tp|tx|đ/?c|(?:pgs\.?,? ?|gs\.)?ts|ths|pgs|gs|bs|ks|cn|cv|nxb|st|tr|ct|bt|pct|pbt|ô|no|đ|kt|tm|tl|tuq"
    r"|[tk]/[mtl]|[hpqx]|tk|gv|nsnd|nsưt)\.",
    re.IGNORECASE,
)
_NUMBERED = frozenset({"số.", "điều.", "khoản.", "mục."})  # before a figure: "Số. 5"

NUMBER = r"(?:[ivxl]+|\d{1,2}|[a-z])(?:\.\d{1,2})*"
"""A pattern for a number before folded text: "ii", "3", "a", "1.2"."""
_LABEL = re.compile(rf"{NUMBER}\.", re.IGNORECASE)
_FEWEST_WORDS = 4  # of a sentence that says something by itself
_LONGEST_LEAD = 24
_ASIDE = re.compile(r"\(.*\)[.;]?")

BULLETS = ("-", "+", "*", "•", "–", "—")
_LEAD = re.compile(rf"(?:[{re.escape(''.join(BULLETS))}]|\(?{NUMBER}[.)/](?!\d))\s*")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case; a Vietnamese word of two syllables counts as two."""
    return WORD.findall(text.casefold())


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text, as they stand in it; a line's end ends one."""
    for line in text.splitlines():
        start = 0
        for stop in _STOP.finditer(line):
            if _ends(line, start, stop):
                yield line[start : stop.end()].strip()
                start = stop.end()
        if rest := line[start:].strip():
            yield rest


def _ends(line: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a full stop is that of a sentence rather than of a word: "TT. Thiên Cầm", "PGS.TS. Nguyễn Văn A"."""
    word = _LAST_WORD.search(line, start, stop.start())
    last = word[0] if word else ""
    if last.endswith(("!", "?", "…", "...")):
        return True
    if _ABBREVIATION.fullmatch(last) or (word and word.start() == start and _LABEL.fullmatch(last)):
        return False
    if not line[stop.end()].isdigit():
        return True
    return len(last) > 2 and last[:-1].isalpha() and last[:-1].islower() and last not in _NUMBERED


def quoted(text: str, longest: int = 160) -> str:
    """Return a passage as a message quotes it: whole where it is short."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def unnumbered(folded: str) -> str:
    """Return a folded text without the dashes and numbers before it: "- a) khách quốc tế"; "5.000 lượt" has none."""
    while match := _LEAD.match(folded):
        folded = folded[match.end() :]
    return folded


@dataclass(frozen=True)
class Statement:
    """A sentence of a text, without bullet and number: which one it is, from 1, and whether it can stand alone."""

    number: int
    text: str
    complete: bool  # no heading, no lead-in, no note in brackets


def statements(text: str) -> Iterator[Statement]:
    """Yield the sentences of a text as they may be quoted."""
    for number, sentence in enumerate(sentences(text), 1):
        own = _without_lead(sentence)
        long = len(own.split()) >= _FEWEST_WORDS
        yield Statement(number, own, long and not own.endswith((":", "|")) and not _ASIDE.fullmatch(own))


def _without_lead(sentence: str) -> str:
    if sentence[:2].isalpha():  # a word
        return sentence
    folded = flat(sentence[:_LONGEST_LEAD])
    start = 0
    while (match := _LEAD.match(folded, start)) and not _ABBREVIATION.fullmatch(match[0].strip()):
        start = match.end()
    return sentence[start:]


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of a text begins and ends."""
    at = 0
    for sentence in sentences(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        yield start, at
