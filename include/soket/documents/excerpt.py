"""The report in short for a conference: whole paragraphs of the appraised one, the first of each heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from soket.documents.budget import WORDS_A_PAGE, budgets
from soket.documents.doubt_marks import MARK
from soket.documents.sourcing import Sourcing
from soket.plan.model import Section
from soket.text import fold

_PAGES = 4.5  # with head and signature 4 to 6
_HEADING = re.compile(r"(?P<number>[IVX]+)\s*[.\-]\s+\S")
_END = re.compile(r"(phu luc|noi nhan|danh muc)\b")
_TABLE = re.compile(r"(bieu|bang) (so )?\d+\b")  # its title, without which it stays behind
_BELOW_A_TABLE = re.compile(rf"{re.escape(MARK)}|“…”")  # a note to it, without which it says nothing
_SILENT = re.compile(r"chua co noi dung muc nay\b")  # told to the drafter; no hall is read it
_GAP = re.compile(r"so lieu tren chua co phan cua\b")
_SENTENCE_ENDS = tuple(".;:!?”)")
_LEAST_WORDS = 8  # fewer make a line of a list
_MOST_OF_A_HEAD = 25  # words


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
        if kept := _kept(said, left):
            short.append(ShortSection(heading, tuple(kept)))
    return short


def _kept(said: Sequence[str], left: int) -> list[str]:
    """Return what fits, in order: with the small headings that it stands under, and whatever says what totals lack."""
    kept, heads, below = list[str](), list[str](), False
    for paragraph in said:
        size, plain = len(paragraph.split()), fold(paragraph)
        if size <= _MOST_OF_A_HEAD and not paragraph.endswith(_SENTENCE_ENDS):
            if not _TABLE.match(plain):
                heads, below = [*([] if below else heads), paragraph], False
            continue
        if _BELOW_A_TABLE.match(paragraph) or _SILENT.match(plain):
            continue
        below = True
        gap = _GAP.match(plain) is not None
        if not gap and (size < _LEAST_WORDS or _TABLE.match(plain) or (kept and size > left)):
            continue
        kept += [*([] if gap else heads), paragraph]
        heads = heads if gap else []
        left -= size
    return kept


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
