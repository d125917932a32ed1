"""The outline (đề cương): which paragraph of a report opens which section, by numbering, keywords and likeness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from soket.campaign.records import SectionText
from soket.plan.model import Plan, Section
from soket.text import fold

# "I.", "II.1)", "3.", "a)", "Phần II:", "Mục 2 -"
_NUMBERED = re.compile(
    r"(?:(?:phan|muc|phan thu)\s+)?((?:[ivxl]+|\d{1,2}|[a-z])(?:\.\d{1,2})*)\s*[.):/–-]+\s*(.+)|"
    r"(?:phan|muc)\s+([ivxl]+|\d{1,2})\s+(.+)"
)
_LONGEST_HEADING = 250
_LIKE = 80.0  # of 100
_KEYWORD_LIKENESS = 86.0
_SAME_NUMBER = 8.0


@dataclass(frozen=True)
class _Heading:
    """A paragraph that may be a heading, folded."""

    index: int
    number: str
    title: str
    numbered: bool


def read_sections(plan: Plan, paragraphs: Sequence[str]) -> tuple[SectionText, ...]:
    """Return every section of the plan's outline, in its order, with the text found under its heading."""
    headings = [heading for index, text in enumerate(paragraphs) if (heading := _heading(index, text))]
    found = _assign(plan.outline, headings)
    starts = sorted(heading.index for heading in found.values())
    sections = []
    for section in plan.outline:
        heading = found.get(section.code)
        if heading is None:
            sections.append(SectionText(section=section.code, heading=None, text=""))
            continue
        end = next((start for start in starts if start > heading.index), len(paragraphs))
        text = "\n".join(paragraphs[heading.index + 1 : end])
        sections.append(SectionText(section=section.code, heading=paragraphs[heading.index], text=text))
    return tuple(sections)


def _heading(index: int, text: str) -> _Heading | None:
    """Return a paragraph as a possible heading: short, and numbered, in capitals, or not a sentence."""
    if len(text) > _LONGEST_HEADING:
        return None
    folded = fold(text)
    if match := _NUMBERED.fullmatch(folded):
        return _Heading(index, match[1] or match[3], (match[2] or match[4]).strip(" .:;"), numbered=True)
    if text.isupper() or (
        len(text) <= 100 and not text.endswith((".", ";", ",", ":")) and not text.startswith(("-", "+"))
    ):
        return _Heading(index, "", folded.strip(" .:;"), numbered=False)
    return None


def _assign(outline: Sequence[Section], headings: Sequence[_Heading]) -> dict[str, _Heading]:
    """Return the best heading of each section; none opens two sections, and the likeliest pairs are made first."""
    pairs = [
        (score, -heading.index, section, heading)
        for section in outline
        for heading in headings
        if (score := _likeness(section, heading)) >= _LIKE
    ]
    pairs.sort(key=lambda pair: pair[:2], reverse=True)
    found: dict[str, _Heading] = {}
    taken: set[int] = set()
    for _, _, section, heading in pairs:
        if section.code not in found and heading.index not in taken:
            found[section.code] = heading
            taken.add(heading.index)
    return found


def _likeness(section: Section, heading: _Heading) -> float:
    """Return how likely a paragraph opens a section: 100 for the same words, more with the same number."""
    from rapidfuzz import fuzz

    title = fold(section.title).strip(" .:;")
    score = fuzz.ratio(title, heading.title)
    if score < _KEYWORD_LIKENESS and any(_has_words(fold(keyword), heading.title) for keyword in section.keywords):
        score = _KEYWORD_LIKENESS
    if score < _LIKE and heading.numbered:
        # A heading may say more, or less, than the outline does.
        score = max(score, 0.95 * fuzz.token_set_ratio(title, heading.title)) if len(heading.title) >= 8 else score
    if score < _LIKE:
        return 0.0
    number = fold(section.number).strip(" .)")
    if heading.number and heading.number in (number, number.rpartition(".")[2]):
        score += _SAME_NUMBER
    return score + (1.0 if heading.numbered else 0.0)


def _has_words(words: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(words)}\b", text) is not None
