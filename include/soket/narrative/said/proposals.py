"""Phrases that a lexicon may want: what sentences without a theme have in common. A person decides what they mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from soket.plan.themes import Theme
from soket.text import nfc

_SHORTEST, _LONGEST = 2, 4  # syllables of a phrase
_MOST = 8  # phrases that are proposed
_LOOKED_AT = 1500  # sentences: of thousands the first say enough
_PIECE = re.compile(r"[^,;:.()“”\"!?…]+")
# What a phrase neither begins nor ends with.
_LINK = re.compile(
    r"(?:và|của|các|cho|với|là|có|đã|được|trong|những|một|số|đến|tại|từ|để|trên|về|do|ở|này|đó|khi|thì|mà|cũng|còn|nhiều|vào"
    r"|ra|lên|như|sau|trước|theo|cùng|bằng|nơi|mỗi|việc|rất|hơn|tới|nhất|phần|năm|cả|lại|nên|vẫn|chưa|không)"
)


@dataclass(frozen=True)
class Proposal:
    """A phrase, who uses it in how many sentences without a theme, and the theme whose sentences have it, too."""

    phrase: str
    units: int
    sentences: int
    theme: Theme | None

    def is_in(self, sentence: str) -> bool:
        """Whether a sentence has the phrase."""
        return self.phrase in _plain(sentence)


def proposals(unclassified: Sequence[tuple[str, str]], classified: Sequence[tuple[Theme, str]] = ()) -> list[Proposal]:
    """Return the phrases that sentences without a theme share, those of most units first, given with their units."""
    left = [(unit, _plain(text)) for unit, text in unclassified[:_LOOKED_AT]]
    known = [(theme, _plain(text)) for theme, text in classified[:_LOOKED_AT]]
    found: list[Proposal] = []
    while left and len(found) < _MOST:
        using: defaultdict[str, set[str]] = defaultdict(set)
        count: defaultdict[str, int] = defaultdict(int)
        for unit, text in left:
            for phrase in set(_phrases(text)):
                using[phrase].add(unit)
                count[phrase] += 1
        shared = [phrase for phrase in using if count[phrase] > 1]
        if not shared:
            break
        best = min(shared, key=lambda each: (-len(using[each]) * (1 + each.count(" ") / 4), -count[each], each))
        found.append(Proposal(best, len(using[best]), count[best], _theme_with(best, known)))
        left = [(unit, text) for unit, text in left if best not in text]
    return found


def _theme_with(phrase: str, known: Sequence[tuple[Theme, str]]) -> Theme | None:
    counts: dict[str, tuple[int, Theme]] = {}
    for theme, text in known:
        if phrase in text:
            counts[theme.code] = (counts.get(theme.code, (0, theme))[0] + 1, theme)
    return max(counts.values(), key=lambda pair: (pair[0], pair[1].code))[1] if counts else None


def _phrases(text: str) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        words = piece.split()
        for start in range(len(words)):
            for length in range(_SHORTEST, _LONGEST + 1):
                phrase = words[start : start + length]
                if len(phrase) < length or any(not word.isalpha() for word in phrase):
                    break
                if not _LINK.fullmatch(phrase[0]) and not _LINK.fullmatch(phrase[-1]):
                    yield " ".join(phrase)


def _plain(text: str) -> str:
    return " ".join(nfc(text).lower().split())
