"""Sections: which heading of a report opens which section of the outline, by its words, numbering and likeness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from soket.narrative.headings import Heading, Level, Spot, headings, number_of
from soket.plan.model import Plan, Section
from soket.record.records import SectionText
from soket.text import fold

_LIKE = 80.0  # of 100
_JUST_SO = 92.0
_KEYWORD = 86.0
_SAME_NUMBER, _MAIN_LEVEL, _NUMBERED = 8.0, 6.0, 1.0
_NOTHING_BELOW = 12.0  # as in a table of contents
_FEWEST_ON_A_LEVEL = 3  # headings that make a report's own numbering plain

_OPENERS = re.compile(r"^(?:(?:nhung|cac|mot so|ve|viec|cong tac|tinh hinh) )+")
_JOINTS = re.compile(r"\s*(?:[,;:&/–-]|\bva\b)\s*")
# After these, words that end a document's body: where it goes to, who signs.
_CLOSING = re.compile(r"noi nhan\b|(?:t/?m|kt|tl|tuq)\.? (?:ban|uy ban|chu tich|bi thu|giam doc|bch|btv)\b")

Pair = tuple[float, Section, Heading]


def read_sections(plan: Plan, paragraphs: Sequence[str]) -> tuple[SectionText, ...]:
    """Return every section of the plan's outline, in its order, with the text found under its heading.

    Two sections that a report has put under one heading share it, and its text.
    """
    candidates = headings(paragraphs)
    found = _assign(plan.outline, candidates)
    starts = sorted(heading.start for heading in found.values())
    last = starts[-1] if starts else (0, 0)
    end_of_body = next(
        (index for index in range(last[0] + 1, len(paragraphs)) if _CLOSING.match(fold(paragraphs[index]))),
        len(paragraphs),
    )
    for section in plan.outline:
        if section.code not in found and (shared := _shared(section, plan.outline, found)):
            found[section.code] = shared
    sections = []
    for section in plan.outline:
        heading = found.get(section.code)
        if heading is None:
            sections.append(SectionText(section=section.code, heading=None, text=""))
            continue
        end = next((start for start in starts if start > heading.start), (end_of_body, 0))
        text = _text(paragraphs, heading.end, end)
        sections.append(SectionText(section=section.code, heading=heading.text, text=text))
    return tuple(sections)


def _text(paragraphs: Sequence[str], start: Spot, end: Spot) -> str:
    """Return what stands between two spots, a line a paragraph."""
    (first, offset), (last, stop) = start, end
    if first == last:
        return paragraphs[first][offset:stop].strip() if first < len(paragraphs) else ""
    lines = [*paragraphs[first:last], paragraphs[last][:stop] if stop else ""]
    lines[0] = lines[0][offset:]
    return "\n".join(line for line in map(str.strip, lines) if line)


def _assign(outline: Sequence[Section], candidates: Sequence[Heading]) -> dict[str, Heading]:
    """Return the best heading of each section; no two overlap, and the likeliest pairs are made first."""
    pairs: list[Pair] = [
        (score, section, heading)
        for section in outline
        for heading in candidates
        if (score := _likeness(section, heading)) >= _LIKE
    ]
    found: dict[str, Heading] = {}
    taken: list[Heading] = []
    # Of two that say the same the later one opens the section: the first may stand in a table of contents.
    for _, section, heading in sorted(_weighed(pairs), key=_best_first):
        if section.code not in found and not any(_overlap(heading, other) for other in taken):
            found[section.code] = heading
            taken.append(heading)
    return found


def _best_first(pair: Pair) -> tuple[float, int, int, Spot]:
    score, _, heading = pair
    return -score, -heading.start[0], -heading.start[1], heading.end


def _overlap(one: Heading, other: Heading) -> bool:
    return one.start < other.end and other.start < one.end


def _weighed(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Yield pairs with what speaks for and against them beside the words: the level, the number, nothing below."""
    levels = Counter(
        level for section in {pair[1].code for pair in pairs} for level in _levels(section, pairs) if level < Level.NONE
    )
    most = max(levels.values(), default=0)
    main = min((level for level, count in levels.items() if count == most), default=Level.NONE)
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
            bonus += _SAME_NUMBER
        if heading.level == main:
            bonus += _MAIN_LEVEL
        following = below.get(heading.end, ())
        if any(code != section.code and level <= heading.level for code, level in following):
            bonus -= _NOTHING_BELOW
        yield score + bonus, section, heading


def _levels(section: str, pairs: Sequence[Pair]) -> set[Level]:
    return {heading.level for score, each, heading in pairs if each.code == section and score >= _KEYWORD}


def _likeness(section: Section, heading: Heading) -> float:
    """Return how much a heading's words are the section's, of 100."""
    from rapidfuzz import fuzz

    title, keywords = _words_of(section)
    score = fuzz.ratio(title, heading.title)
    if heading.strict:
        if score < _JUST_SO and heading.level < Level.NONE and heading.title in keywords:
            score = _JUST_SO
        return score if score >= _JUST_SO else 0.0
    if score < _KEYWORD and any(_speaks_of(keyword, heading) for keyword in keywords):
        score = _KEYWORD
    if score < _LIKE and heading.level < Level.NONE and len(heading.title) >= 8:
        # A heading may say more, or less, than the outline does.
        score = max(score, 0.95 * fuzz.token_set_ratio(title, heading.title))
    return score


def _speaks_of(keyword: str, heading: Heading) -> bool:
    """Return whether a heading has a keyword; one without a number must begin with it."""
    if heading.level < Level.NONE:
        return re.search(rf"\b{re.escape(keyword)}\b", heading.title) is not None
    return re.match(rf"{re.escape(keyword)}\b", _OPENERS.sub("", heading.title)) is not None


@lru_cache(maxsize=512)
def _words_of(section: Section) -> tuple[str, tuple[str, ...]]:
    return fold(section.title).strip(" .:;"), tuple(fold(keyword) for keyword in section.keywords)


def _shared(section: Section, outline: Sequence[Section], found: dict[str, Heading]) -> Heading | None:
    """Return the heading of another section that names this one too: "Tồn tại, hạn chế và bài học kinh nghiệm"."""
    title, keywords = _words_of(section)
    own = set(_phrases(title, *keywords))
    for other in outline:
        heading = found.get(other.code)
        if heading is None or heading.strict:
            continue
        first, *rest = _phrases(heading.title) or [""]
        # The first of its names is whole: "Kết quả thực hiện nhiệm vụ, giải pháp" names results and nothing else.
        if first in _phrases(_words_of(other)[0], *_words_of(other)[1]) and own & set(rest):
            return heading
    return None


def _phrases(*texts: str) -> list[str]:
    """Return the names that a heading or a keyword is made of, without what commonly leads them in."""
    parts = [_OPENERS.sub("", part) for text in texts for part in _JOINTS.split(text)]
    return [part for part in parts if part]
