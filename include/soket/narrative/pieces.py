"""The pieces of a sentence that each say a thing of their own: parted by semicolons and by words that turn it about."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TURNS = (
    r"tuy nhiên|tuy vậy|tuy thế|thế nhưng|nhưng|song(?! (?:song|phương|ngữ|hành|mây))|trong khi(?: đó)?|mặt khác"
    r"|bên cạnh đó"
    r"|ngoài ra|trong đó|trừ(?= \d)"
)
_PARTED = re.compile(rf";|(?<=[\s:])\(?\d{{1,2}}[)](?=\s)|,\s+riêng\b|(?<!song )\b(?:{_TURNS})\b")
_ADMITS = re.compile(r"\b(?:tuy|mặc dù|dù|dẫu)\b(?! (?:nhiên|vậy|thế|sao))")
_COMMA = re.compile(r",\s")


@dataclass(frozen=True)
class SentencePiece:
    """A part of a sentence, by its place; `admits` of one that the next outweighs: "tuy …" before "nhưng …"."""

    start: int
    end: int
    admits: bool = False

    def of(self, text: str) -> str:
        """Return its words."""
        return text[self.start : self.end]


def pieces_of(text: str) -> list[SentencePiece]:
    """Return the pieces of a sentence in small letters, in their order; together they are all of it."""
    starts = sorted({0, *(each.start() for each in _PARTED.finditer(text))})
    found: list[SentencePiece] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        admits = _ADMITS.search(text, start, end)
        if admits is None:
            found.append(SentencePiece(start, end))
        elif end < len(text) and re.match(_TURNS, text[end:]):
            found.append(SentencePiece(start, end, admits=True))
        elif comma := _COMMA.search(text, admits.end(), end):  # "mặc dù …, du lịch vẫn …"
            found += [SentencePiece(start, comma.start(), admits=True), SentencePiece(comma.start(), end)]
        else:
            found.append(SentencePiece(start, end))
    return found
