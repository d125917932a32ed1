"""What a report's own layout tells of its headings, beside their words: families, umbrellas, gaps in the numbering."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from soket.narrative.sections.headings import Heading, Level, Spot
from soket.narrative.sections.kinds import SectionKind, kind_of, sides_of
from soket.narrative.sentences.causes import OF_SUCCESS, cause_in
from soket.narrative.sentences.marks import depths_in
from soket.plan.model import Section

Pair = tuple[float, Section, Heading]
"""How much of 100 a heading's words are a section's."""

Found = dict[str, Heading]

_FAMILY, _SMALL_FAMILY = 3, 2  # sections opened in one shape make it one of headings: "* Kết quả:", "* Hạn chế:"


def in_families(pairs: Sequence[Pair], outline: Sequence[Section]) -> list[Pair]:
    """Return pairs without those of a shape that headings alone do not have: a bullet, "Hai là", a colon.

    Nor have sections a line that comes again: "- Hạn chế:" stands in each field that is told of by itself.
    """
    sections: defaultdict[str, set[str]] = defaultdict(set)
    times = Counter((section.code, heading.shape, heading.title) for _, section, heading in pairs)
    once = [pair for pair in pairs if not pair[2].named or times[pair[1].code, pair[2].shape, pair[2].title] == 1]
    for _, section, heading in once:
        sections[heading.shape].add(section.code)
    fewest = _FAMILY if len(outline) > _FAMILY else _SMALL_FAMILY
    return [pair for pair in once if not pair[2].named or len(sections[pair[2].shape]) >= fewest]


def without_umbrellas(pairs: Sequence[Pair], paragraphs: Sequence[str]) -> list[Pair]:
    """Return pairs without the headings over others that share out what they name.

    "Phần thứ hai. Phương hướng và kiến nghị" right over "I. Phương hướng" and "II. Kiến nghị" opens neither.
    """
    depths = depths_in(paragraphs)
    by_start: defaultdict[Spot, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_start[pair[2].start].append(pair)
    gone = {
        (section.code, heading.start)
        for _, section, heading in pairs
        if heading.level < Level.NONE
        and (children := _children(heading, depths))
        and section.code in _shared_out([by_start[at, 0] for at in children], pairs, heading, (children[-1] + 1, 0))
    }
    return [pair for pair in pairs if (pair[1].code, pair[2].start) not in gone]


def _children(heading: Heading, depths: Mapping[int, int]) -> list[int]:
    """Return the paragraphs numbered below a heading, the first of which comes right after it."""
    own, (first, offset) = heading.depth, heading.end
    depth = depths.get(first)
    if own is None or depth is None or offset or depth <= own:
        return []
    after = min((at for at, each in depths.items() if at > first and each < depth), default=max(depths) + 1)
    return [at for at, each in depths.items() if first <= at < after and each == depth]


def _shared_out(children: Sequence[Sequence[Pair]], pairs: Sequence[Pair], over: Heading, end: Spot) -> set[str]:
    """Return the sections that headings open below another, each its own; none where some is no section's."""
    named = [{section.code for _, section, _ in own} for own in children]
    every = set[str]().union(*named)
    if not all(named) or len(every) < len(children) or len(children) == 1:
        return set()
    elsewhere = {
        section.code
        for _, section, heading in pairs
        if heading.level <= over.level and not over.start <= heading.start < end
    }
    # What has a heading as high elsewhere is only a point here.
    return set() if any(own <= elsewhere for own in named) else every


def without_items(pairs: Sequence[Pair], paragraphs: Sequence[str]) -> list[Pair]:
    """Return pairs without the labels of items in a row below something higher, most of which are of no section.

    "b) Tuyên truyền: Đài huyện phát 214 tin." stands between "a) Học tập: …" and "c) Khách: …", under their heading.
    """
    opening = {heading.start[0] for _, _, heading in pairs}
    rows: dict[int, list[int]] = {}
    row_of: dict[int, list[int]] = {}
    for at, depth in depths_in(paragraphs).items():
        rows = {each: row for each, row in rows.items() if each <= depth}
        row = rows.setdefault(depth, [])
        row.append(at)
        if min(rows) < depth:
            row_of[at] = row

    def is_item(heading: Heading) -> bool:
        at = heading.start[0]
        row = row_of.get(at, ())
        return heading.end[0] == at and not heading.start[1] and 2 * sum(map(opening.__contains__, row)) < len(row)

    return [pair for pair in pairs if not is_item(pair[2])]


def outside(
    pairs: Sequence[Pair], kinds: Mapping[str, frozenset[SectionKind]], paragraphs: Sequence[str]
) -> list[Pair]:
    """Return pairs without the labels below a numbered heading that names several sections: they part its text."""
    depths = depths_in(paragraphs)
    inside: set[int] = set()
    for heading in {pair[2].start: pair[2] for pair in pairs if pair[2].level < Level.NONE}.values():
        depth = depths.get(heading.start[0])
        if depth is not None and not heading.start[1] and not heading.end[1] and sides_of(heading, kinds):
            ends = (at for at, other in depths.items() if at > heading.start[0] and other <= depth)
            inside.update(range(heading.end[0], min(ends, default=len(paragraphs))))
    return [pair for pair in pairs if not (pair[2].named and pair[2].start[0] in inside)]


def from_the_first(found: Mapping[str, Heading], pairs: Sequence[Pair]) -> Found:
    """Return headings with the first of two that open one section together: "* Hạn chế:", "* Nguyên nhân:"."""
    starts = sorted(each.start for each in found.values())
    earlier = dict(found)
    for code, heading in found.items():
        before = max((start for start in starts if start < heading.start), default=(-1, 0))
        between = [pair for pair in pairs if before < pair[2].start < heading.start]
        alike = [
            other
            for _, section, other in between
            if section.code == code and (other.level, other.shape) == (heading.level, heading.shape)
        ]
        if heading.level < Level.NONE and kind_of(heading) is SectionKind.CAUSES:  # "2. Tồn tại", "3. Nguyên nhân"
            lacks = [each for each in alike if _comes_next(each, heading) and kind_of(each) is SectionKind.LACKS]
            earlier[code] = lacks[-1] if lacks else heading
        elif heading.level is Level.NONE and alike and all(section.code == code for _, section, _ in between):
            earlier[code] = min(alike, key=lambda each: each.start)
    return earlier


def _comes_next(one: Heading, other: Heading) -> bool:
    """Whether a heading's number or letter is the one before another's."""
    if one.number and other.number:
        return (*one.number[:-1], one.number[-1] + 1) == other.number
    return not one.number and not other.number and ord(one.text[0]) + 1 == ord(other.text[0])


def filled(outline: Sequence[Section], found: Mapping[str, Heading], headings: Sequence[Heading]) -> Found:
    """Return headings with those of the sections between, where their numbers leave no doubt: I, II, …, IV."""
    level = _main_level(found)
    own = [each for each in headings if each.level is level and not each.start[1] and len(each.number) == 1]
    # "Một số nội dung khác" is of no outline, nor is why things went well.
    own = [each for each in own if each.title.split()[-1:] != ["khac"] and cause_in(each.title) != OF_SUCCESS]
    last = max((each.number[0] for each in own), default=0)
    whole = last == len(outline) and [each.number[0] for each in own] == [*range(1, last + 1)]
    complete = dict(found)
    for before, after, gap in _gaps(outline, found):
        ends = [found[each.code] for each in (before, after) if each]
        if any(each not in own for each in ends) or not (whole or len(ends) == 2):
            continue
        low = found[before.code].number[0] if before else 0
        high = found[after.code].number[0] if after else last + 1
        between = [
            each
            for each in own
            if (before is None or found[before.code].start < each.start)
            and (after is None or each.start < found[after.code].start)
        ]
        if [each.number[0] for each in between] == [*range(low + 1, high)] and len(between) == len(gap):
            complete |= {section.code: heading for section, heading in zip(gap, between, strict=True)}
    return complete


def _main_level(found: Mapping[str, Heading]) -> Level:
    levels = [each.level for each in found.values() if each.level < Level.NONE and not each.named]
    return max(set(levels), key=lambda level: (levels.count(level), -level), default=Level.NONE)


def _gaps(
    outline: Sequence[Section], found: Mapping[str, Heading]
) -> Iterator[tuple[Section | None, Section | None, list[Section]]]:
    """Yield the sections that have no heading, one after another, with the one before them and the one after."""
    opened = [at for at, section in enumerate(outline) if section.code in found]
    for before, after in pairwise([-1, *opened, len(outline)]):
        if after - before > 1:
            end = outline[after] if after < len(outline) else None
            yield outline[before] if before >= 0 else None, end, [*outline[before + 1 : after]]
