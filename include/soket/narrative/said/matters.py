"""Whether what is told of was about the plan's matter: "tuyên truyền về …" may be about anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from soket.plan.model import Plan
from soket.text import flat, nfc

_WHAT_FOR = re.compile(
    r"\bve (?!viec\b)(?!tang cuong\b)(?P<matter>.+?)(?= den nam\b| giai doan\b| tren dia ban\b|[,;.(]|$)"
)
# What may be done about anything, and where what it was about ends.
_ABOUT = re.compile(
    r"\b(?:tuyen truyen|truyen thong|pho bien|quan triet|hoc tap|tap huan|hoi thi|tim hieu|kiem tra|giam sat)\b"
    r"[^,;:]{0,40}? ve (?P<topic>(?:phong, |an ninh, )?[^,;:(]+?)"
    r"(?= (?:duoc|voi|cho|tai|den|bang|tren|qua|trong|nam|dat|co|thong qua|thu hut|trien khai)\b|\s*[,;:(.]|$)"
)
# Words that any review has.
_COMMON = frozenset(
    ("phat trien", "xay dung", "thuc hien", "nang cao", "day manh", "tang cuong", "cong tac", "lanh dao")
)


class MatterReader:
    """Tells where a sentence speaks of what was done about something that is none of the plan's matter.

    The plan's matter is what its title and resolution say that they are about, and all that its themes' keywords
    name. A sentence without a word of the first is about something else where what it says that it is about has none
    of the second.
    """

    def __init__(self, plan: Plan, keywords: Iterable[str]) -> None:
        own = {*_pairs(plan.title), *_pairs(plan.resolution)} - {*_pairs_of(flat(plan.place))} - _COMMON
        named = {" ".join(nfc(word).lower().split()) for word in keywords}
        self._own = _any_of(own) if own and named else None
        named |= {"nghị quyết"}
        self._named = _any_of({flat(each) for each in named if " " in each})
        self._syllables = _any_of({each for each in named if " " not in each} or {"?"})  # with marks: "bão" is no "bảo"

    def is_named(self, sentence: str) -> bool:
        """Whether a sentence names the plan's matter, or that cannot be told."""
        return self._own is None or self._own.search(flat(sentence)) is not None

    def elsewhere(self, part: str) -> list[tuple[int, int]]:
        """Return where a part of a sentence that does not, its words parted by single spaces, is of something else."""
        plain, low = flat(part), part.lower()
        found = [
            each
            for each in _ABOUT.finditer(plain)
            if not self._named.search(each["topic"]) and not self._syllables.search(low, *each.span("topic"))
        ]
        return [(plain.rfind(";", 0, each.start()) + 1, _end(plain, each.end())) for each in found]


def _end(plain: str, start: int) -> int:
    end = plain.find(";", start)
    return len(plain) if end < 0 else end


def _pairs(text: str) -> Iterator[str]:
    """Yield the words of what a text says that it is about, two by two: a word mostly has two syllables."""
    for found in _WHAT_FOR.finditer(flat(" ".join(nfc(text).split()))):
        yield from _pairs_of(found["matter"])


def _pairs_of(plain: str) -> Iterator[str]:
    own = plain.split()
    yield from (f"{first} {second}" for first, second in pairwise(own))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b")
