"""What a .doc keeps behind its body's text: what people remarked, and what stands in boxes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from struct import iter_unpack, unpack_from

from soket.reading.formats.paragraphs import Paragraphs

REMARK, BOX = "\x05", "\x08"
"""What stands in the body where a remark belongs, and where a box, or another shape, is anchored."""
_ANCHORS, _BOXES = 40, 56  # the numbers of the tables of what is anchored, and of the texts of boxes
_LENGTHS = 0x4C  # of the body, the notes, the margins, macros, remarks, notes at the end, boxes
_ANCHOR, _BOX, _BOX_OF = 26, 22, 14  # bytes of an entry; where one says of which shape it is
_ENDS = re.compile("[\r\x07\x0c]")


def length_with_asides(document: bytes) -> int:
    """Return how many characters there are down to the last box's."""
    return sum(unpack_from("<7I", document, _LENGTHS))


class Asides:
    """Puts remarks and boxes where they belong, as the marks of their places come."""

    def __init__(self, document: bytes, between: Callable[[int, int], str], table: Callable[[int], bytes]) -> None:
        body, notes, margins, macros, remarks, others, boxes = unpack_from("<7I", document, _LENGTHS)
        first = body + notes + margins + macros
        said = between(first, first + remarks).split(REMARK)[1:]
        self._remarks = iter(["\n".join(_ENDS.split(each)).strip() for each in said])
        in_boxes = between(first + remarks + others, first + remarks + others + boxes)
        self._boxes = _boxes_in(in_boxes, table(_ANCHORS), table(_BOXES)) if boxes else iter(())
        self._waiting: list[str] = []  # until the paragraph ends at which they are anchored

    def take(self, mark: str, result: Paragraphs) -> None:
        """Take the mark of a place."""
        if mark == REMARK:
            result.comment(next(self._remarks, ""))
        else:
            self._waiting += next(self._boxes, ())

    def give(self, result: Paragraphs) -> None:
        """Add the lines of the boxes that were anchored in the paragraph that has ended."""
        for line in self._waiting:
            result.add(line)
            result.end()
        self._waiting.clear()


def _boxes_in(text: str, anchors: bytes, boxes: bytes) -> Iterator[list[str]]:
    """Yield the lines of the box at each anchor, in the order of their places; none of what is no box.

    `text` is that of all boxes; both tables list places, then entries, which name the shape that they are of.
    """
    places, entries = _entries(boxes, _BOX)
    shapes = (unpack_from("<I", entry, _BOX_OF)[0] for entry in entries)
    texts = {shape: text[start:end] for shape, (start, end) in zip(shapes, pairwise(places), strict=False)}
    for anchor in _entries(anchors, _ANCHOR)[1]:
        yield _ENDS.split(texts.get(unpack_from("<I", anchor)[0], ""))


def _entries(table: bytes, size: int) -> tuple[list[int], Sequence[bytes]]:
    """Return the places that a table lists, one more than entries, and the entries."""
    count = max(len(table) - 4, 0) // (4 + size)
    at = 4 * (count + 1)
    places = [place for (place,) in iter_unpack("<I", table[:at])] if count else []
    return places, [table[at + size * index :][:size] for index in range(count)]
