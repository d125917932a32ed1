"""Prose as reports have it: its words, and its sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The capitals of Vietnamese, for a class of a pattern; beyond Ạ they and small letters take turns.
CAPITALS = "A-ZÀ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
WORD = re.compile(r"\w+")
# A full stop ends a sentence before a capital, a bracket or a dash, and not after "TP." or "số".
_END = re.compile(rf"(?<=[.!?…])(?<!\bTP\.)(?<!\bTX\.)(?<!\bĐ/c\.)\s+(?=[\W\d]*[{CAPITALS}])")


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
