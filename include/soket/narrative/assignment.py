"""Which headings open which sections, decided for a report as a whole: a point under a section's heading is its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from soket.narrative.headings import Heading, Level, Spot, depth_of

_MOST_KEPT = 40  # ways of placing the sections so far, the best ones
_MOST_TRIED = 5  # headings of a section
_BELOW_ITS_OWN, _CLEARLY_BETTER = (
    8.0,
    10.0,
)  # against a heading below one for the same section, unless it says it better
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
    candidates = [_below_its_own(each, candidates, ends) for each in candidates]
    by_section: dict[str, list[Candidate]] = {}
    # Of two that say the same the later one opens the section: the first may stand in a table of contents.
    for each in sorted(candidates, key=lambda each: (-each.weight, _backwards(each.heading.start), each.heading.end)):
        by_section.setdefault(each.section, []).append(each)
    kept = [_SoFar(0.0)]
    for tried in sorted(by_section.values(), key=lambda tried: -tried[0].weight):
        more = [
            _SoFar(placed.weight + each.weight - against, (*placed.chosen, each))
            for placed in kept
            for each in tried[:_MOST_TRIED]
            if (against := _against(each, placed.chosen, ends)) is not None
        ]
        kept = sorted([*more, *kept], key=lambda placed: -placed.weight)[:_MOST_KEPT]
    best = kept[0]
    return best.weight, {each.section: each.heading for each in best.chosen}


def _backwards(spot: Spot) -> Spot:
    return -spot[0], -spot[1]


def _below_its_own(one: Candidate, candidates: Sequence[Candidate], ends: Mapping[Spot, Spot]) -> Candidate:
    """Return a heading with what speaks against it where it stands below another for the same section."""
    at = one.heading.start
    below = any(
        other.section == one.section
        and other.heading.end <= at < ends[other.heading.start]
        and one.score < other.score + _CLEARLY_BETTER
        for other in candidates
    )
    return replace(one, weight=one.weight - _BELOW_ITS_OWN) if below else one


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
    depths = [depth_of(text) for text in paragraphs]
    ends = {}
    for each in candidates:
        heading = each.heading
        depth = depth_of(heading.text)
        if depth is None or heading.level is Level.NONE:
            ends[heading.start] = heading.end
            continue
        first = heading.end[0] + bool(heading.end[1])
        after = (at for at in range(first, len(paragraphs)) if (other := depths[at]) is not None and other <= depth)
        ends[heading.start] = next(after, len(paragraphs)), 0
    return ends
