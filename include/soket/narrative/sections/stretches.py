"""Which stretches of a report are under which section: a section may have several, and some belong to none.

A heading as high as those that open sections ends what stands under the one above it. Where its words are a section's,
it goes on with that: "I. Kết quả 3 năm đầu", "III. Kết quả 2 năm sau"; else it is of none: "II. Công tác cán bộ".
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from soket.narrative.sections.headings import Heading, Level, Spot
from soket.narrative.sections.kinds import SectionKind, kind_of, sides_of
from soket.narrative.sentences.marks import depths_in

_MOST_WORDS, _MOST_WORDS_BARE = 15, 9  # of a heading that is no section's, or that says so by its look alone
_FEWEST_OF_A_LOOK = 2  # sections opened by lines of one look
_ON = ("ve ", "ve:")
_STOPS = (".", ";", ",")


class Stretch(NamedTuple):
    """What stands below a heading, up to the next; `sections` are the codes of those it is of, if any."""

    heading: Heading
    end: Spot
    sections: tuple[str, ...]


def _look(one: Heading) -> str:
    """Return what shows that a line without a number is over others: its bullet, or "về"."""
    return "ve" if one.level is Level.NONE and one.title.startswith(_ON) else one.shape


class ReportLayout:
    """How a report is laid out: the headings that open sections, and those as high as they are.

    `also` are headings whose words are a section's, by where they begin; `span` is the report's first paragraph and
    the one after its last; `kinds` is what each section is of.
    """

    def __init__(
        self,
        paragraphs: Sequence[str],
        found: Mapping[str, Heading],
        headings: Sequence[Heading],
        also: Mapping[Spot, str],
        span: tuple[int, int],
        kinds: Mapping[str, frozenset[SectionKind]],
    ) -> None:
        self._paragraphs, self._found, self._also, self._span, self._kinds = paragraphs, found, also, span, kinds
        self._depths = depths_in(paragraphs)
        self._opened = sorted({each.start: each for each in found.values()}.values(), key=lambda each: each.start)
        self._used = {each.depth for each in self._opened if each.level < Level.NONE}
        self._looks = Counter(map(_look, self._opened))
        self._headings = sorted(headings, key=lambda each: (each.start, each.end))

    def stretches(self) -> list[Stretch]:
        """Return the stretches of the report in their order."""
        of = {
            each.start: tuple({code: None for code, own in self._found.items() if own is each} | self._named(each))
            for each in self._opened
        }
        ordered = list(self._opened)
        for each in self._others():
            code = self._also.get(each.start)
            goes_on = (code,) if code and self._goes_on(each, code) else self._over(each)
            of[each.start] = (*self._named(each),) or goes_on
            ordered.append(each)
        ordered.sort(key=lambda each: each.start)
        above = [(), *(of[each.start] for each in ordered)]
        ordered = [each for each, codes in zip(ordered, above, strict=False) if not self._is_umbrella(each, codes)]
        ends = [*(each.start for each in ordered[1:]), (self._span[1], 0)]
        return [Stretch(each, end, of[each.start]) for each, end in zip(ordered, ends, strict=False)]

    def _named(self, one: Heading) -> dict[str, None]:
        """Return the sections that a heading names, where these are several."""
        return dict.fromkeys(sides_of(one, self._kinds).values())

    def _others(self) -> Iterator[Heading]:
        """Yield headings that open no section and are as high as the one above, or as the first below."""
        starts = [each.start for each in self._opened]
        above: Heading | None = None
        for each in self._headings:
            at = bisect_right(starts, each.start)
            before, after = self._opened[at - 1] if at else None, self._opened[at] if at < len(starts) else None
            if (before and each.start < before.end) or (after and after.start[0] <= each.start[0]):
                continue
            above = before if above is None or (before and above.start < before.start) else above
            if above and each.start < above.end:
                continue
            if self._is_heading(each) and (self._is_as_high(each, above, after) or self._is_aside(each, above)):
                above = each
                yield each

    def _holds(self, one: Heading, other: Heading) -> bool:
        """Whether a heading of results is over the one that opens their section: over a part, that over a point."""
        depth, below = one.depth, other.depth
        if depth is None or below is None or depth >= below or kind_of(one) is not SectionKind.DONE:
            return False
        between = range(one.start[0] + 1, other.start[0])
        return one.start < other.start and all(self._depths.get(at, below) > depth for at in between)

    def _over(self, one: Heading) -> tuple[str, ...]:
        """Return the sections of the heading that another stands below; of lessons only those that are."""
        if one.depth is None or self._learns(one):
            return ()
        higher = [at for at, other in self._depths.items() if at < one.start[0] and other < one.depth]
        above = {each.start[0]: each for each in self._opened}.get(max(higher, default=-1))
        return tuple(code for code, own in self._found.items() if own is above)

    def _learns(self, one: Heading) -> bool:
        """Whether a heading is of lessons, where no section is: these are neither what was done nor what is amiss."""
        return kind_of(one) is SectionKind.LESSONS and one.start not in self._also

    def _is_aside(self, one: Heading, above: Heading | None) -> bool:
        """Whether a numbered heading below a section's is of something else, or follows one that was."""
        if above is None or one.depth is None or one.level is Level.NONE:
            return False
        return self._learns(one) or (self._learns(above) and one.depth == above.depth)

    def _is_umbrella(self, one: Heading, above: Collection[str]) -> bool:
        """Whether a heading has nothing of its own below: another's, or one more of the section that it stands in."""
        if one in self._opened:
            return False
        if any(each.start == one.end for each in self._opened):
            return True
        return not self._named(one) and self._also.get(one.end) in above

    def _is_heading(self, one: Heading) -> bool:
        """Whether a line by itself is over others: short, no sentence, with something else than its like below."""
        first, last = self._span
        below = one.end[0]
        if one.start[1] or one.end[1] or one.strict or not first <= one.start[0] < below < last:
            return False
        most = _MOST_WORDS if one.level < Level.NONE else _MOST_WORDS_BARE
        if one.text.endswith(_STOPS) or len(one.title.split()) > most:
            return False
        return self._depths.get(below, -1) != one.depth

    def _is_as_high(self, one: Heading, above: Heading | None, below: Heading | None) -> bool:
        beside = above or below
        if beside is None:
            return False
        if one.shape or one.level is Level.NONE:
            return self._looks_like(one, beside, above)
        depth, other = one.depth, beside.depth
        if depth is None or other is None or depth > other:
            return False
        if depth not in self._used and one.level > Level.ROMAN:
            return False  # items of a list
        if depth == other and above is not None and not self._counts_on(one, above, depth):
            return False
        same = below is not None and below.depth == depth and below.level is one.level
        return not same or below is None or one.number < below.number or self._is_above(one, below, depth)

    def _counts_on(self, one: Heading, above: Heading, depth: int) -> bool:
        """Whether a heading is the next after the one above, and not one more of a list below it."""
        listed = any(self._depths.get(at) == depth for at in range(above.end[0], one.start[0]))
        return above.number < one.number and not listed

    def _looks_like(self, one: Heading, beside: Heading, above: Heading | None) -> bool:
        """Whether a line without a number has the look of those that open sections; a bare one must say what it is."""
        look = _look(one)
        if look == ":" or look != _look(beside) or one.level is not beside.level:
            return False
        if look == "ve" and one.shape == beside.shape == ":":
            return True
        if look:
            return self._looks[look] >= _FEWEST_OF_A_LOOK
        return above is not None and self._goes_on(one, self._also.get(one.start, ""))

    def _is_above(self, one: Heading, below: Heading, depth: int) -> bool:
        """Whether something higher stands between: "II." of "Phần thứ nhất", and "I." of "Phần thứ hai"."""
        return any(self._depths.get(at, depth) < depth for at in range(one.end[0], below.start[0]))

    def _goes_on(self, one: Heading, code: str) -> bool:
        """Whether a heading is as high as the one that opens the section of its words, with no other's between them.

        Results alone may be told in several places: of a period each.
        """
        other = self._found.get(code)
        if other is not None and self._holds(one, other):
            return True
        if other is None or (one.level, one.shape) != (other.level, other.shape):
            return False
        first, last = sorted((one.start, other.start))
        if (depth := one.depth) != other.depth:
            return False
        if depth is None or kind_of(one) is not SectionKind.DONE:
            return not any(first < each.start < last for each in self._opened)
        return all(self._depths.get(at, depth) >= depth for at in range(first[0], last[0]))
