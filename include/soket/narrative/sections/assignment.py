"""Which headings open which sections, decided for a report as a whole: a point under a section's heading is its own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from soket.narrative.sections.headings import Heading, Level, Spot
from soket.narrative.sentences.marks import depths_in

_MOST_KEPT = 40  # ways of placing the sections so far, the best ones
_MOST_TRIED = 5  # headings of a section
_BELOW_ITS_OWN, _CLEARLY_BETTER = 8.0, 10.0  # against one below another for its section, unless it says it better
_WITHIN, _ONLY_A_POINT = 6.0, 30.0  # against a heading below another section's: it says just what its own does, or more


@dataclass(frozen=True)
class Candidate:
    """A heading that may open a section; `weight` is all that speaks for it by itself."""

    section: str
    heading: Heading
    score: float  # by its words alone
    weight: float
    pure: bool  # says what the section is called, and nothing more


@dataclass(frozen=True)
class _SoFar:
    weight: float
    chosen: tuple[Candidate, ...] = ()


def assigned(candidates: Sequence[Candidate], paragraphs: Sequence[str]) -> tuple[float, Mapping[str, Heading]]:
    """Return the best heading of each section, of which no two overlap, and what speaks for them all."""
    ends = _ends_below(candidates, paragraphs)
    by_section: dict[str, list[Candidate]] = {}
    for each in candidates:
        by_section.setdefault(each.section, []).append(each)
    sections = [sorted(_below_their_own(own, ends), key=_rank) for own in by_section.values()]
    kept = [_SoFar(0.0)]
    for tried in sorted(sections, key=lambda tried: _rank(tried[0])):
        more = [
            _SoFar(placed.weight + each.weight - against, (*placed.chosen, each))
            for placed in kept
            for each in tried[:_MOST_TRIED]
            if (against := _against(each, placed.chosen, ends)) is not None
        ]
        kept = sorted([*more, *kept], key=lambda placed: -placed.weight)[:_MOST_KEPT]
    best = kept[0]
    return best.weight, {each.section: each.heading for each in best.chosen}


def _rank(one: Candidate) -> tuple[float, int, int, Spot]:
    """Return a heading's place among others: the weightiest first."""
    # Of two that say the same the later one opens the section: the first may stand in a table of contents.
    index, offset = one.heading.start
    return -one.weight, -index, -offset, one.heading.end


def _below_their_own(own: Sequence[Candidate], ends: Mapping[Spot, Spot]) -> Iterator[Candidate]:
    """Yield a section's headings with what speaks against those that stand below another of them."""
    ended = sorted(own, key=lambda each: each.heading.end, reverse=True)
    above: list[tuple[float, Spot]] = []  # those ended before one, the best first, with how far what is below them goes
    for one in sorted(own, key=lambda each: each.heading.start):
        at = one.heading.start
        while ended and ended[-1].heading.end <= at:
            other = ended.pop()
            heappush(above, (-other.score, ends[other.heading.start]))
        while above and above[0][1] <= at:
            heappop(above)
        below = above and one.score < -above[0][0] + _CLEARLY_BETTER
        yield replace(one, weight=one.weight - _BELOW_ITS_OWN) if below else one


def _against(one: Candidate, chosen: Sequence[Candidate], ends: Mapping[Spot, Spot]) -> float | None:
    """Return what speaks against a heading beside those chosen; None where it overlaps one of them."""
    against = 0.0
    for other in chosen:
        if one.heading.start < other.heading.end and other.heading.start < one.heading.end:
            return None
        first, second = sorted((one, other), key=lambda each: each.heading.start)
        if second.heading.start < ends[first.heading.start]:
            against += _WITHIN if second.pure else _ONLY_A_POINT
    return against


def _ends_below(candidates: Sequence[Candidate], paragraphs: Sequence[str]) -> dict[Spot, Spot]:
    """Return how far what stands below each heading goes: to the next one that is numbered as high."""
    depths = depths_in(paragraphs)
    as_high: dict[int, list[int]] = {}
    ends = {}
    for each in candidates:
        heading = each.heading
        if (depth := heading.depth) is None or heading.level is Level.NONE:
            ends[heading.start] = heading.end
            continue
        if depth not in as_high:
            as_high[depth] = [*(at for at, other in depths.items() if other <= depth), len(paragraphs)]
        after = bisect_left(as_high[depth], heading.end[0] + bool(heading.end[1]))
        ends[heading.start] = as_high[depth][min(after, len(as_high[depth]) - 1)], 0
    return ends
