"""Sections: which heading of a report opens which section of the outline, by its words, numbering and likeness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from soket.narrative.assignment import Candidate, assigned
from soket.narrative.cells import cell_paragraphs, data_paragraphs
from soket.narrative.headings import Heading, Level, Spot, contents_lines, headings, level_of, number_of
from soket.narrative.marks import BAR
from soket.plan.model import Plan, Section
from soket.reading.findings import Table
from soket.record.records import SectionText
from soket.text import fold

_LIKE = 80.0  # of 100
_JUST_SO = 92.0
_KEYWORD = 86.0
_SAME_NUMBER, _MAIN_LEVEL, _NUMBERED, _DEEPER = 8.0, 2.0, 1.0, 2.0
_NONE_AT_ALL = 60.0  # of a section that none opens
_NOTHING_BELOW = 12.0  # as in a table of contents
_FEWEST_ON_A_LEVEL = 3  # headings that make a report's own numbering plain

_TAIL = re.compile(
    r"(?: (?:cua|huyen|tinh|xa|tai|trong|qua|con|chu|yeu|can|khac|phuc|thuc|hien|nghi|quyet|thoi|gian|toi|den|nam|giai"
    r"|doan|nhiem|ky|nhung|tiep|theo|\d{2,4}))+$"
)
_OPENERS = re.compile(r"^(?:(?:nhung|cac|mot so|ve|viec|cong tac|tinh hinh|danh gia|nhom) )+")
_JOINTS = re.compile(r"\s*(?:[,;:&/–-]|\bva\b)\s*")
# After these, words that end a document's body: where it goes to, who signs.
_CLOSING = re.compile(
    r"noi nhan\b|phu luc(?: (?:so|[0-9ivx]+|kem theo)){0,2}\W*$"
    r"|(?:t/?m|kt|tl|tuq)\.? (?:ban|uy ban|chu tich|bi thu|giam doc|bch|btv)\b"
)

Pair = tuple[float, Section, Heading]


def read_sections(plan: Plan, paragraphs: Sequence[str], tables: Sequence[Table] = ()) -> tuple[SectionText, ...]:
    """Return every section of the plan's outline, in its order, with the text found under its heading.

    Two sections that a report has put under one heading share it, and its text. A letter before the report and what is
    put after its signature are other texts: of those in one document, the one with the outline's headings is it.
    """
    others = data_paragraphs(paragraphs, tables) | contents_lines(paragraphs)
    candidates = [heading for heading in headings(paragraphs) if heading.start[0] not in others]
    end_of_body = len(paragraphs)
    found: Mapping[str, Heading] = {}
    most = 0.0
    for start, end in _texts(paragraphs):
        inside = [each for each in candidates if start <= each.start[0] and each.end <= (end, 0)]
        weight, assignment = _assign(plan.outline, inside, paragraphs[:end])
        if weight > most:
            most, found, end_of_body = weight, assignment, end
    starts = sorted(heading.start for heading in found.values())
    shared = {
        section.code: heading
        for section in plan.outline
        if section.code not in found and (heading := _shared(section, plan.outline, found))
    }
    found = {**found, **shared}
    cells = cell_paragraphs(paragraphs, tables)
    lines = [f"{line} {BAR}" if at in cells else line for at, line in enumerate(paragraphs)]
    sections = []
    for section in plan.outline:
        heading = found.get(section.code)
        if heading is None:
            sections.append(SectionText(section=section.code, heading=None, text=""))
            continue
        stop = next((start for start in starts if start > heading.start), (end_of_body, 0))
        text = _text(lines, heading.end, stop)
        sections.append(SectionText(section=section.code, heading=heading.text, text=text))
    return tuple(sections)


def _texts(paragraphs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first paragraph of each text in a document and the one after its last: signatures end them."""
    start = 0
    for index, paragraph in enumerate(paragraphs):
        if _CLOSING.match(fold(paragraph)):
            if index > start:
                yield start, index
            start = index + 1
    yield start, len(paragraphs)


def _text(paragraphs: Sequence[str], start: Spot, end: Spot) -> str:
    """Return what stands between two spots, a line a paragraph."""
    (first, offset), (last, stop) = start, end
    if first == last:
        return paragraphs[first][offset:stop].strip() if first < len(paragraphs) else ""
    lines = [*paragraphs[first:last], paragraphs[last][:stop] if stop else ""]
    lines[0] = lines[0][offset:]
    return "\n".join(line for line in map(str.strip, lines) if line)


def _assign(
    outline: Sequence[Section], headings: Sequence[Heading], paragraphs: Sequence[str]
) -> tuple[float, Mapping[str, Heading]]:
    pairs: list[Pair] = [
        (score, section, heading)
        for section in outline
        for called in [_names_of(section)]
        for heading in headings
        if (score := called.likeness(heading)) >= _LIKE
    ]
    candidates = [
        Candidate(section.code, heading, score, score + bonus - _NONE_AT_ALL, _is_pure(section, heading))
        for score, bonus, section, heading in _weighed(pairs)
    ]
    return assigned(candidates, paragraphs)


def _is_pure(section: Section, heading: Heading) -> bool:
    """Return whether a heading's words are all the section's, but for such as any heading has."""
    own = _names_of(section).names
    phrases = [_TAIL.sub("", phrase) for phrase in _phrases(heading.title)]
    return bool(phrases) and phrases[0] in own and sum(phrase not in own for phrase in phrases) <= len(phrases) // 3


def _weighed(pairs: Sequence[Pair]) -> Iterator[tuple[float, float, Section, Heading]]:
    """Yield pairs with what speaks for and against them beside the words: level, depth, number, nothing below."""
    levels = Counter(
        level for section in {pair[1].code for pair in pairs} for level in _levels(section, pairs) if level < Level.NONE
    )
    most = max(levels.values(), default=0)
    main = min((level for level, count in levels.items() if count == most), default=Level.NONE)
    highest = min(levels, default=Level.NONE)
    plain = most >= _FEWEST_ON_A_LEVEL
    below: dict[Spot, list[tuple[str, Level]]] = {}
    for _, section, heading in pairs:
        below.setdefault(heading.start, []).append((section.code, heading.level))
    for score, section, heading in pairs:
        if plain and heading.level is Level.NONE and score < _JUST_SO:
            continue  # where the others are numbered, a line with a keyword is a line with a keyword
        number = number_of(section.number)
        bonus = _NUMBERED if heading.level < Level.NONE else 0.0
        if heading.number and heading.number in (number, number[-1:]):
            bonus += _SAME_NUMBER if heading.level in (highest, level_of(section.number)) else _NUMBERED
        if heading.level == main:
            bonus += _MAIN_LEVEL
        if heading.level < Level.NONE:
            bonus -= _DEEPER * (heading.level - highest)
        following = below.get(heading.end, ())
        if any(code != section.code and level <= heading.level for code, level in following):
            bonus -= _NOTHING_BELOW
        yield score, bonus, section, heading


def _levels(section: str, pairs: Sequence[Pair]) -> set[Level]:
    return {heading.level for score, each, heading in pairs if each.code == section and score >= _KEYWORD}


def _names(title: str, own: Sequence[str]) -> bool:
    """Return whether the first thing that a heading names is one of a section's names."""
    first = (_phrases(title) or ("",))[0]
    return " " in first and first in own


class _SectionNames:
    """How a section may be called: its title, its keywords, and the names that these are made of."""

    def __init__(self, section: Section) -> None:
        from rapidfuzz import fuzz

        self._fuzz = fuzz
        self.title = fold(section.title).strip(" .:;")
        self.keywords = tuple(fold(keyword) for keyword in section.keywords)
        self.names = [name for text in (self.title, *self.keywords) for name in _phrases(text)]
        any_keyword = "|".join(map(re.escape, self.keywords)) or r"(?!)"
        self._anywhere, self._first = re.compile(rf"\b(?:{any_keyword})\b"), re.compile(rf"(?:{any_keyword})\b")

    def likeness(self, heading: Heading) -> float:
        """Return how much a heading's words are the section's, of 100."""
        score = self._fuzz.ratio(self.title, heading.title)
        if heading.strict:
            if score < _JUST_SO and heading.level < Level.NONE and heading.title in self.keywords:
                score = _JUST_SO
            return score if score >= _JUST_SO else 0.0
        if score < _KEYWORD and self._are_in(heading):
            score = _KEYWORD
        if score < _KEYWORD and heading.level < Level.NONE and _names(heading.title, self.names):
            score = _KEYWORD
        if score < _LIKE and heading.level < Level.NONE and len(heading.title) >= 8:
            # A heading may say more, or less, than the outline does.
            score = max(score, 0.95 * self._fuzz.token_set_ratio(self.title, heading.title))
        return score

    def _are_in(self, heading: Heading) -> bool:
        """Whether a heading has a keyword; one without a number must begin with it."""
        if heading.level < Level.NONE:
            return self._anywhere.search(heading.title) is not None
        return self._first.match(_OPENERS.sub("", heading.title)) is not None


_names_of = lru_cache(maxsize=512)(_SectionNames)


def _shared(section: Section, outline: Sequence[Section], found: Mapping[str, Heading]) -> Heading | None:
    """Return the heading of another section that names this one too: "Tồn tại, hạn chế và bài học kinh nghiệm"."""
    own = set(_names_of(section).names)
    for other in outline:
        heading = found.get(other.code)
        if heading is None or heading.strict:
            continue
        first, *rest = _phrases(heading.title) or ("",)
        # The first of its names is whole: "Kết quả thực hiện nhiệm vụ, giải pháp" names results and nothing else.
        if first in _names_of(other).names and own & set(rest):
            return heading
    return None


@lru_cache(maxsize=4096)
def _phrases(text: str) -> tuple[str, ...]:
    """Return the names that a heading or a keyword is made of, without what commonly leads them in."""
    return tuple(name for part in _JOINTS.split(text) if (name := _OPENERS.sub("", part)))
