"""A signed copy held against the document beside it: which figures it has otherwise, and where.

A figure is known by the words around it. Pages tear lines and tables apart, so what has moved is no difference: only a
figure whose words are there with another one between them, or which is in one of both alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from soket.text import flat, quoted

_TOKEN = re.compile(r"(?P<figure>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_]+)")
_AROUND = 3  # words on either side that a figure is known by
_FEWEST_WORDS = 4  # of those, so that they are the figure's own
_QUOTED = 45  # letters on either side
_SHINGLE = 4
_HEAD = 80  # words in which number and date stand, which a draft has none of
_MOST = 200  # figures


@dataclass(frozen=True)
class _Stated:
    """A figure where it stands."""

    text: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    quote: str
    paragraph: int
    at: int  # of all words and figures

    @property
    def around(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return self.before, self.after

    @property
    def is_known(self) -> bool:
        """Whether enough words stand around it, and not figures alone."""
        return sum(word != "#" for word in (*self.before, *self.after)) >= _FEWEST_WORDS

    @property
    def counts(self) -> bool:
        """Whether it is more than a number before an item."""
        return sum(letter.isdigit() for letter in self.text) > 1


_Pair = tuple[_Stated, _Stated]


@dataclass(frozen=True)
class Different:
    """A figure of the document and what the copy has in its place; "" where it has none, or the document has none."""

    copy: str
    document: str
    quote: str
    paragraph: int | None  # of the document


@dataclass(frozen=True)
class Compared:
    """How a copy compares with a document."""

    alike: float  # how much of the document's wording the copy has
    figures: int  # of the document
    different: tuple[Different, ...]


def compare_texts(document: Sequence[str], copy: Sequence[str]) -> Compared:
    """Return how a copy compares with a document, both by their paragraphs."""
    ours, theirs = _words(document), _words(copy)
    wording = set(_shingles(ours))
    alike = len(wording.intersection(_shingles(theirs))) / len(wording) if wording else 0.0
    stated, copied = list(_stated(document)), list(_stated(copy))
    left, right, same = _paired(stated, copied, lambda each: (each.text, each.around), repeats=True)
    left, right, swapped = _paired(left, right, lambda each: each.around if each.is_known else None)
    left, right, moved = _paired(left, right, lambda each: each.text, repeats=True)
    left, right, wrong = _between(left, right, stated, copied, [*same, *swapped, *moved])
    wrong += swapped
    found = [Different(new.text, old.text, old.quote, old.paragraph) for old, new in wrong]
    found += [Different("", each.text, each.quote, each.paragraph) for each in left if each.counts]
    found += [Different(each.text, "", each.quote, None) for each in right if each.counts and each.at >= _HEAD]
    ordered = sorted(found, key=lambda each: (each.paragraph is None, each.paragraph))
    return Compared(alike, len(stated), tuple(ordered[:_MOST]))


def _words(paragraphs: Iterable[str]) -> list[str]:
    return [flat(match["word"]) for each in paragraphs for match in _TOKEN.finditer(each) if match["word"]]


def _shingles(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for at in range(len(words) - _SHINGLE + 1):
        yield tuple(words[at : at + _SHINGLE])


def _stated(paragraphs: Sequence[str]) -> Iterator[_Stated]:
    """Yield the figures of a text; the words around one are those of its paragraph and the next ones."""
    tokens = [(match, number) for number, text in enumerate(paragraphs) for match in _TOKEN.finditer(text)]
    around = ["#" if match["figure"] else flat(match["word"]) for match, _ in tokens]
    for at, (match, number) in enumerate(tokens):
        if match["figure"]:
            text = paragraphs[number]
            start, end = max(match.start() - _QUOTED, 0), match.end() + _QUOTED
            yield _Stated(
                match["figure"],
                tuple(around[max(at - _AROUND, 0) : at]),
                tuple(around[at + 1 : at + 1 + _AROUND]),
                quoted(_whole_words(text, start, end), 2 * _QUOTED + 40).rstrip("."),
                number,
                at,
            )


def _whole_words(text: str, start: int, end: int) -> str:
    """Return a passage of a text from the word that it begins in to the one that it ends in."""
    start = text.rfind(" ", 0, start) + 1 if start else 0
    stop = text.find(" ", end)
    return ("… " if start else "") + text[start : stop if stop >= 0 else None] + (" …" if stop >= 0 else "")


def _between(
    left: Sequence[_Stated],
    right: Sequence[_Stated],
    stated: Sequence[_Stated],
    copied: Sequence[_Stated],
    pairs: Sequence[_Pair],
) -> tuple[list[_Stated], list[_Stated], list[_Pair]]:
    """Pair what is left after the same pair of figures on either side, where it is as much in both."""
    mates = {old.at: new.at for old, new in pairs}
    ours = _after(left, stated, mates)
    theirs = _after(right, copied, {each: each for each in mates.values()})
    found = [
        pair
        for at, olds in ours.items()
        if len(olds) == len(theirs.get(at, ()))
        for pair in zip(olds, theirs[at], strict=True)
    ]
    gone = {id(each) for pair in found for each in pair}
    return [each for each in left if id(each) not in gone], [each for each in right if id(each) not in gone], found


def _after(some: Sequence[_Stated], of: Sequence[_Stated], mates: Mapping[int, int]) -> dict[int, list[_Stated]]:
    """Return some figures by the last one before them that has a mate, and which that is."""
    wanted, last = {each.at for each in some}, -1
    found = defaultdict[int, list[_Stated]](list)
    for each in of:
        if each.at in wanted:
            found[last].append(each)
        last = mates.get(each.at, last)
    return found


def _paired(
    left: Sequence[_Stated], right: Sequence[_Stated], key: Callable[[_Stated], object], *, repeats: bool = False
) -> tuple[list[_Stated], list[_Stated], list[_Pair]]:
    """Return what of both is left without another of its key, and the pairs; None is nobody's key.

    Where a key `repeats`, its figures are paired in their order; else only one that there is once on either side is.
    """
    theirs: defaultdict[object, list[_Stated]] = defaultdict(list)
    for each in right:
        theirs[key(each)].append(each)
    counted = Counter(map(key, left))
    kept, pairs = [], []
    for each in left:
        mark = key(each)
        others = theirs[mark] if mark is not None else []
        if others and (repeats or (counted[mark] == 1 and len(others) == 1)):
            pairs.append((each, others.pop(0)))
        else:
            kept.append(each)
    gone = {id(other) for _, other in pairs}
    return kept, [each for each in right if id(each) not in gone], pairs
