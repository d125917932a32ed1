"""How a section of the outline may be called in a report's headings, and how much a heading's words are its."""

from __future__ import annotations

import re
from functools import lru_cache

from soket.narrative.sections.headings import Heading, Level
from soket.narrative.sentences.causes import OF_SUCCESS, cause_in
from soket.plan.model import Section
from soket.text import fold

LIKE = 80.0  # of 100
JUST_SO = 92.0
KEYWORD = 86.0
BY_KIND = 81.0  # by what its first words are of alone
_BY_ITS_HEAD = 82.0  # "Kết quả", of "Kết quả đạt được"
_LONG_ENOUGH = 8  # letters that are told apart by how like they are
_MOST_TITLES = 2_000  # reports say much the same above their sections

_TAIL = re.compile(
    r"(?: (?:cua|huyen|tinh|xa|tai|trong|(?<!ket )qua|con|chu|yeu|can|khac|phuc|thuc|hien|nghi|quyet|thoi|gian|toi"
    r"|den|nam|giai|doan|nhiem|ky|nhung|tiep|theo|\d{2,4}|dat duoc|rut ra|buoc dau|cap uy|dia phuong|don vi|thanh pho"
    r"|thi xa|co ban|noi bat|chung))+$"
)
_OPENERS = re.compile(r"^(?:(?:nhung|cac|mot so|ve|viec|su|cong tac|tinh hinh|danh gia|nhom) )+")
_JOINTS = re.compile(r"\s*(?:[,;:&/–-]|\bva\b)\s*")


@lru_cache(maxsize=4096)
def phrases(text: str) -> tuple[str, ...]:
    """Return the names that a heading or a keyword is made of, without what commonly leads them in."""
    return tuple(name for part in _JOINTS.split(text) if (name := _OPENERS.sub("", part)))


class SectionNames:
    """How a section may be called: its title, its keywords, and the names that these are made of."""

    def __init__(self, section: Section) -> None:
        from rapidfuzz import fuzz

        self._fuzz = fuzz
        self.title = fold(section.title).strip(" .:;")
        self.keywords = tuple(fold(keyword) for keyword in section.keywords)
        self.names = [name for text in (self.title, *self.keywords) for name in phrases(text)]
        self._plain = [_plain(each) for each in self.keywords]
        any_keyword = "|".join(map(re.escape, self._plain)) or r"(?!)"
        self._anywhere, self._first = re.compile(rf"\b(?:{any_keyword})\b"), re.compile(rf"(?:{any_keyword})\b")
        longer = {each for each in (*self.names, *self._plain) if " " in each}
        heads = {head for each in longer if (head := _head(each))}
        self._made_of_names, self._made_of_heads = _made_of(longer), _made_of(longer | heads)

        self._is_pure = lru_cache(maxsize=_MOST_TITLES)(self._is_all_its)
        self._likeness = lru_cache(maxsize=_MOST_TITLES)(self._likeness_of)

    def likeness(self, heading: Heading) -> float:
        """Return how much a heading's words are the section's, of 100; 0 where they are too little to open it."""
        return self._likeness(heading.title, heading.level < Level.NONE, heading.named, heading.strict)

    def _likeness_of(self, title: str, numbered: bool, named: bool, strict: bool) -> float:
        if cause_in(title) == OF_SUCCESS and cause_in(self.title) != OF_SUCCESS:
            return 0.0  # why things went well is of no other section
        score = self._fuzz.ratio(self.title, title, score_cutoff=JUST_SO if named or strict else LIKE)
        if named:
            return score or self._named(title)
        if strict:
            return score or (JUST_SO if numbered and title in self.keywords else 0.0)
        if score < KEYWORD and (self._are_in(title, numbered=numbered) or (numbered and _names(title, self.names))):
            score = KEYWORD
        score = max(score, self._named(title))
        if score < LIKE and numbered and len(title) >= _LONG_ENOUGH:
            # A heading may say more, or less, than the outline does.
            score = 0.95 * self._fuzz.token_set_ratio(self.title, title)
        return score

    def is_pure(self, heading: Heading) -> bool:
        """Return whether a heading's words are all the section's, but for such as any heading has."""
        return self._is_pure(heading.title)

    def _is_all_its(self, title: str) -> bool:
        own = [_TAIL.sub("", phrase) for phrase in phrases(title)]
        return bool(own) and own[0] in self.names and sum(each not in self.names for each in own) <= len(own) // 3

    def _are_in(self, title: str, *, numbered: bool) -> bool:
        """Whether a heading has a keyword; one without a number must begin with it."""
        title = _plain(title)
        if numbered:
            return self._anywhere.search(title) is not None
        return self._first.match(_OPENERS.sub("", title)) is not None

    def _named(self, title: str) -> float:
        """Return how much of the section a heading is that has its names, and no word more."""
        if _plain(title.removeprefix("ve ")) in self._plain:
            return KEYWORD
        own = [(each, _TAIL.sub("", f" {each}").strip()) for each in phrases(title)]
        for pattern, score in ((self._made_of_names, KEYWORD), (self._made_of_heads, _BY_ITS_HEAD)):
            if own and all(any(map(pattern.fullmatch, each)) for each in own):
                return score
        return 0.0


names_of = lru_cache(maxsize=512)(SectionNames)


def _plain(text: str) -> str:
    return re.sub(r"\s*[,;]", "", text)


def _head(name: str) -> str:
    """Return the word that a name begins with, of two syllables, where it tells of the section by itself."""
    head = " ".join(name.split()[:2])
    return head if name.count(" ") > 1 and not _TAIL.fullmatch(f" {head}") else ""


def _made_of(names: set[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda each: (-len(each), each))
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?: |$))+")


def _names(title: str, own: list[str]) -> bool:
    """Return whether the first thing that a heading names is one of a section's names."""
    first = (phrases(title) or ("",))[0]
    return " " in first and first in own
