"""What people changed in a text, its paragraphs aligned by likeness: reworded, with other figures, added, removed."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from soket.text import Word

_LIKE = 55.0  # of 100: below, one paragraph was removed and another added
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_WHOLE = re.compile(rf"{_FIGURE.pattern}(?:/{_FIGURE.pattern})*")  # "5/6", "04/11/1998"


class ChangeSort(StrEnum):
    """What was done with a paragraph."""

    ADDED = "added"
    REMOVED = "removed"
    WORDING = "wording"
    FIGURE = "figure"


CHANGE_SORTS = {
    ChangeSort.ADDED: Word("thêm"),
    ChangeSort.REMOVED: Word("bỏ"),
    ChangeSort.WORDING: Word("sửa lời"),
    ChangeSort.FIGURE: Word("sửa số"),
}


@dataclass(frozen=True)
class Change:
    """A paragraph that people added, removed or rewrote; `number` is its place in the text it stands in."""

    before: str | None
    after: str | None
    number: int = 0

    @property
    def sort(self) -> ChangeSort:
        """What was done."""
        if self.before is None:
            return ChangeSort.ADDED
        if self.after is None:
            return ChangeSort.REMOVED
        same = sorted(_FIGURE.findall(self.before)) == sorted(_FIGURE.findall(self.after))
        return ChangeSort.WORDING if same else ChangeSort.FIGURE

    @property
    def kind(self) -> str:
        """What was done, in print."""
        return CHANGE_SORTS[self.sort].label

    @property
    def figures(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The figures that only the one text has, or has more often, and those of the other; a count is one: 5/6."""
        old, new = (Counter(_WHOLE.findall(each or "")) for each in (self.before, self.after))
        return tuple((old - new).elements()), tuple((new - old).elements())


def compare_texts(before: Sequence[str], after: Sequence[str]) -> tuple[Change, ...]:
    """Return the paragraphs that differ, in the order of the later text; what only moved is no change."""
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    old: list[int] = []
    new: list[int] = []
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag != "equal":
            old += range(first, last)
            new += range(start, end)
    pairs = _moved(before, after, old, new)
    old, new = [at for at in old if at not in pairs], [at for at in new if at not in pairs.values()]
    alike = _alike(before, after, old, new)
    places = {at: place for place, at in alike.items()}
    found = [(at, 1, Change(before[places[at]] if at in places else None, after[at], at + 1)) for at in new]
    found += [(_where(matcher, at), 0, Change(before[at], None, at + 1)) for at in old if at not in alike]
    return tuple(change for *_, change in sorted(found, key=lambda each: each[:2]))


def _moved(before: Sequence[str], after: Sequence[str], old: Sequence[int], new: Sequence[int]) -> dict[int, int]:
    free: dict[str, list[int]] = {}
    for at in new:
        free.setdefault(after[at], []).append(at)
    return {at: free[before[at]].pop(0) for at in old if free.get(before[at])}


def _alike(before: Sequence[str], after: Sequence[str], old: Sequence[int], new: Sequence[int]) -> dict[int, int]:
    """Return which paragraph became which: the most alike first, each once."""
    from rapidfuzz import fuzz, process

    if not old or not new:
        return {}
    scores = process.cdist(
        [before[at] for at in old], [after[at] for at in new], scorer=fuzz.ratio, score_cutoff=_LIKE, workers=1
    )
    ranked = sorted(
        ((float(scores[row, column]), row, column) for row, column in zip(*scores.nonzero(), strict=True)),
        key=lambda each: (-each[0], each[1], each[2]),
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, row, column in ranked:
        if old[row] not in pairs and column not in taken:
            pairs[old[row]] = new[column]
            taken.add(column)
    return pairs


def _where(matcher: difflib.SequenceMatcher[str], at: int) -> int:
    """Return the place in the later text at which a removed paragraph stood."""
    for _, first, last, start, end in matcher.get_opcodes():
        if first <= at < last:
            return min(start + at - first, end)
    return 0
