"""Sections: which heading of a report opens which section of the outline, by its words, numbering and likeness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from soket.narrative.sections.assignment import Candidate, assigned
from soket.narrative.sections.cells import cell_paragraphs, data_paragraphs
from soket.narrative.sections.combined import KindTold, share_of, shared
from soket.narrative.sections.headings import Heading, Level, Spot, contents_lines, headings, level_of, number_of
from soket.narrative.sections.kinds import is_past, kind_of, kinds_in, last_year
from soket.narrative.sections.names import BY_KIND, JUST_SO, KEYWORD, LIKE, names_of
from soket.narrative.sections.places import (
    Pair,
    filled,
    from_the_first,
    in_families,
    outside,
    without_items,
    without_umbrellas,
)
from soket.narrative.sections.stretches import ReportLayout
from soket.narrative.sentences.marks import BAR
from soket.plan.model import Plan, Section
from soket.reading.findings import Table
from soket.record.records import SectionText
from soket.text import fold

_SAME_NUMBER, _MAIN_LEVEL, _NUMBERED, _DEEPER = 8.0, 2.0, 1.0, 2.0
_NONE_AT_ALL = 60.0  # of a section that none opens
_NOTHING_BELOW = 12.0  # as in a table of contents
_FEWEST_ON_A_LEVEL = 3  # headings that make a report's own numbering plain

_ON_THE_UNIT = re.compile(r"\b(?:dac diem|tinh hinh|khai quat|boi canh)\b")
_SAYS_WHAT_FOR = re.compile(r"^(?:thuc hien|can cu|theo|kinh (?:gui|thua)|trien khai)\b|\bbao cao\b")
_FEWEST_WORDS = 12  # of a sentence before all headings
# After these, words that end a document's body: where it goes to, who signs.
_CLOSING = re.compile(
    r"noi nhan\b|phu luc(?: (?:so|[0-9ivx]+|kem theo)){0,2}(?:\W*$| ?[:–-] )"
    r"|(?:t/?m|kt|tl|tuq)\.? ?(?:ban|uy ban|ubnd|hdnd|mat tran|thuong truc|(?:dang|tinh|thanh|thi|huyen) uy|lanh dao"
    r"|tap the|chu tich|bi thu|giam doc|truong|thu truong|hoi|bch|btv)\b"
)


class Outline(NamedTuple):
    """What a report says under each section of the outline, and under headings of its own that are no section's."""

    sections: tuple[SectionText, ...]
    unplaced: tuple[SectionText, ...] = ()


def read_sections(
    plan: Plan, paragraphs: Sequence[str], tables: Sequence[Table] = (), *, by_place: bool = True
) -> tuple[SectionText, ...]:
    """Return every section of the plan's outline, in its order, with the text found under its heading."""
    return read_outline(plan, paragraphs, tables, by_place=by_place).sections


def read_outline(
    plan: Plan,
    paragraphs: Sequence[str],
    tables: Sequence[Table] = (),
    *,
    by_place: bool = True,
    kind_told: KindTold | None = None,
) -> Outline:
    """Return every section of the plan's outline, in its order, with its text, and what is under no section.

    Two sections that a report has put under one heading share it, and its text, unless `kind_told` parts that. A letter
    before the report and what is put after its signature are other texts: the one with the outline's headings is it.
    `by_place`: a heading with other words may open a section that these are of, or whose number it has, between those
    before and after it.
    """
    others = data_paragraphs(paragraphs, tables) | contents_lines(paragraphs)
    candidates = [heading for heading in headings(paragraphs) if heading.start[0] not in others]
    likely = list(_likely(plan, paragraphs, candidates, by_kind=by_place))
    found, span = _found(plan.outline, paragraphs, candidates, likely, by_place=by_place)
    cells = cell_paragraphs(paragraphs, tables)
    lines = [f"{line} {BAR}" if at in cells else line for at, line in enumerate(paragraphs)]
    also = _also(plan.outline, likely)
    kinds = kinds_in(plan.outline)
    parted = ReportLayout(paragraphs, found, candidates, also, span, kinds).stretches()
    shares = {
        each.heading.start: share
        for each in parted
        if kind_told and (share := share_of(each, parted, _text(lines, each.heading.end, each.end), kinds, kind_told))
    }
    sections = []
    for section in plan.outline:
        own = [each for each in parted if section.code in shares.get(each.heading.start, each.sections)]
        over = next((each for each in own if each.heading.start not in shares), own[0] if own else None)
        texts = [
            shares[each.heading.start][section.code]
            if each.heading.start in shares
            else _text(lines, each.heading.start if each is not over else each.heading.end, each.end)
            for each in own
        ]
        if section is plan.outline[0] and not own:
            texts = [_opening(plan.outline, found, span[0], paragraphs)]
        text = "\n".join(filter(None, texts))
        sections.append(SectionText(section=section.code, heading=over and over.heading.text, text=text))
    unplaced = [
        SectionText(section="", heading=each.heading.text, text=text)
        for each in parted
        if not each.sections or each.heading.start in shares
        if (text := shares.get(each.heading.start, {"": _text(lines, each.heading.end, each.end)}).get("", ""))
    ]
    if not sections[0].text and sections[0].heading is None:
        first = parted[0].heading.start[0] if parted else span[1]
        unplaced[:0] = _before_all(lines[span[0] : first])
    return Outline(tuple(sections), tuple(unplaced))


def _also(outline: Sequence[Section], likely: Sequence[Pair]) -> dict[Spot, str]:
    """Return by where they begin what sections headings are of: by their first words, else by all of them."""
    kinds = kinds_in(outline)
    best = sorted(likely, key=lambda pair: (kind_of(pair[2]) in kinds[pair[1].code], pair[0]))
    return {heading.start: section.code for _, section, heading in best}


def _found(
    outline: Sequence[Section],
    paragraphs: Sequence[str],
    candidates: Sequence[Heading],
    likely: Sequence[Pair],
    *,
    by_place: bool,
) -> tuple[Mapping[str, Heading], tuple[int, int]]:
    """Return the headings that open sections, and where the text begins and ends that has them: else the longest."""
    texts = list(_texts(paragraphs))
    span = max(texts, key=lambda each: sum(map(len, paragraphs[slice(*each)])))
    found: Mapping[str, Heading] = {}
    most = 0.0
    for start, end in texts:
        inside = [each for each in candidates if start <= each.start[0] and each.end <= (end, 0)]
        pairs = [each for each in likely if start <= each[2].start[0] and each[2].end <= (end, 0)]
        weight, assignment = _assign(outline, pairs, paragraphs[:end])
        if by_place:
            assignment = filled(outline, assignment, inside)
        if weight > most:
            most, found, span = weight, assignment, (start, end)
    unopened = [each for each in outline if each.code not in found]
    return {**found, **{each.code: heading for each in unopened if (heading := shared(each, outline, found))}}, span


def _before_all(lines: Sequence[str]) -> Iterator[SectionText]:
    """Yield what a report says before all its headings, or without any, but for what it is for."""
    said = [line for line in lines if _is_said(line)]
    if said:
        yield SectionText(section="", heading=None, text="\n".join(said))


def _is_said(line: str) -> bool:
    return line.endswith(".") and len(line.split()) >= _FEWEST_WORDS and not _SAYS_WHAT_FOR.search(fold(line))


def _likely(plan: Plan, paragraphs: Sequence[str], candidates: Sequence[Heading], *, by_kind: bool) -> Iterator[Pair]:
    """Yield headings with the sections whose words they may have; by their kind alone, if no section has the words."""
    asked, last = kinds_in(plan.outline), last_year(plan)
    kinds = [kind_of(each, "".join(paragraphs[each.end[0] : each.end[0] + 1])) for each in candidates if by_kind]
    for section in plan.outline:
        called = names_of(section)
        for heading, kind in zip_longest(candidates, kinds):
            score = called.likeness(heading)
            if score < LIKE and kind in asked[section.code]:
                score = BY_KIND
            if score >= LIKE and not (by_kind and is_past(heading, section, last)):
                yield score, section, heading


def _opening(outline: Sequence[Section], found: Mapping[str, Heading], begins: int, paragraphs: Sequence[str]) -> str:
    """Return what a report says before the heading of its second section, where the first is on what the unit is."""
    second = found.get(outline[1].code) if len(outline) > 1 and _ON_THE_UNIT.search(fold(outline[0].title)) else None
    if second is None or any(each.start < second.start for each in found.values()):
        return ""
    return "\n".join(line for line in paragraphs[begins : second.start[0]] if _is_said(line))


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
    outline: Sequence[Section], likely: Sequence[Pair], paragraphs: Sequence[str]
) -> tuple[float, Mapping[str, Heading]]:
    pairs = outside(without_items(likely, paragraphs), kinds_in(outline), paragraphs)
    pairs = without_umbrellas(in_families(pairs, outline), paragraphs)
    candidates = [
        Candidate(section.code, heading, score, score + bonus - _NONE_AT_ALL, names_of(section).is_pure(heading))
        for score, bonus, section, heading in _weighed(pairs)
    ]
    weight, found = assigned(candidates, paragraphs)
    return weight, from_the_first(found, pairs)


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
        if plain and (heading.level is Level.NONE or (heading.named and heading.level is not main)) and score < JUST_SO:
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
    return {heading.level for score, each, heading in pairs if each.code == section and score >= KEYWORD}
