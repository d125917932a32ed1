"""The report in short for a conference: whole paragraphs of the appraised one, the first of each heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from soket.documents.budget import WORDS_A_PAGE, budgets
from soket.documents.sourcing import Sourcing
from soket.plan.model import Section
from soket.text import fold

_PAGES = 4.5  # with head and signature 4 to 6
_HEADING = re.compile(r"(?P<number>[IVX]+)\s*[.\-]\s+\S")
_END = re.compile(r"(phu luc|noi nhan|bieu (so )?\d|danh muc)\b")
_LEAST_WORDS = 8  # fewer make a small heading, or a line of a list


@dataclass(frozen=True)
class ShortSection:
    """A heading, and what is kept below it."""

    heading: str
    paragraphs: tuple[str, ...]


def shortened(paragraphs: Sequence[str], outline: Sequence[Section]) -> list[ShortSection]:
    """Return a report in short; nothing where it has no headings in Roman numbers."""
    found = list(_sections(paragraphs))
    room = budgets(outline, {})
    whole = sum(room.values()) or 1
    by_number = {each.number.rstrip("."): room[each.code] for each in outline}
    usual = round(_PAGES * WORDS_A_PAGE / (len(found) or 1))
    short = []
    for heading, said in found:
        told = _HEADING.match(heading)
        share = by_number.get(told["number"] if told else "")
        left = round(share / whole * _PAGES * WORDS_A_PAGE) if share else usual
        kept: list[str] = []
        for paragraph in said:
            size = len(paragraph.split())
            if size < _LEAST_WORDS or (kept and size > left):
                continue
            kept.append(paragraph)
            left -= size
        if kept:
            short.append(ShortSection(heading, tuple(kept)))
    return short


def with_sources(sections: Sequence[ShortSection], sourcing: Sourcing) -> list[ShortSection]:
    """Return a report in short whose figures and sentences tell where they come from."""
    return [replace(each, paragraphs=tuple(map(sourcing.told, each.paragraphs))) for each in sections]


def _sections(paragraphs: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    heading, said = "", list[str]()
    for paragraph in paragraphs:
        text = " ".join(paragraph.split())
        if heading and _END.match(fold(text)):
            break
        if _HEADING.match(text) and len(text) < 200:
            if heading:
                yield heading, said
            heading, said = text, []
        elif text:
            said.append(text)
    if heading:
        yield heading, said
