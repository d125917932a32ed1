"""Prose as reports have it: its words, its sentences, and the numbers and dashes before them."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The capitals of Vietnamese, for a class of a pattern; beyond Ạ they and small letters take turns.
CAPITALS = "A-ZÀ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
WORD = re.compile(r"\w+")
# A full stop ends a sentence before a capital, a bracket or a dash, and not after "TP." or "số".
_END = re.compile(rf"(?<=[.!?…])(?<!\bTP\.)(?<!\bTX\.)(?<!\bĐ/c\.)\s+(?=[\W\d]*[{CAPITALS}])")

NUMBER = r"(?:[ivxl]+|\d{1,2}|[a-z])(?:\.\d{1,2})*"
"""A pattern for a number before folded text: "ii", "3", "a", "1.2"."""
BULLETS = ("-", "+", "*", "•", "–", "—")
_LEAD = re.compile(rf"(?:[{re.escape(''.join(BULLETS))}]|\(?{NUMBER}[.)/](?!\d))\s*")


def words(text: str) -> list[str]:
    """Return the words of a text in lower case; a Vietnamese word of two syllables counts as two."""
    return WORD.findall(text.casefold())


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text; a line's end ends one."""
    for line in text.splitlines():
        for part in _END.split(line):
            if sentence := part.strip():
                yield sentence


def quoted(text: str, longest: int = 160) -> str:
    """Return a passage as a message quotes it: whole where it is short."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def unnumbered(folded: str) -> str:
    """Return a folded text without the dashes and numbers before it: "- a) khách quốc tế"; "5.000 lượt" has none."""
    while match := _LEAD.match(folded):
        folded = folded[match.end() :]
    return folded
