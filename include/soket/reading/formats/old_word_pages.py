"""What the pages of a .doc say of its runs and paragraphs: how text is shown, and what ends in a table."""

from __future__ import annotations

from collections.abc import Iterator
from struct import unpack_from

from soket.reading.findings import FindingError
from soket.reading.formats.old_word_styles import instructions

PAGE = 512
IN_CELL, ROW = "\x1c", "\x1d"
"""Stand in the text for a paragraph's end in a cell, and for a row's."""

_MOST_RUNS, _MOST_PARAGRAPHS = 101, 29  # a page
_IN_TABLE, _ENDS_ROW, _SAID_BESIDE = 0x2416, 0x2417, 0x6646


def runs_in(page: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield where each run begins that a page tells of, with its instructions; raise FindingError for a broken one."""
    runs = page[-1]
    if runs > _MOST_RUNS:
        raise FindingError("TEP-05")
    for each in range(runs):
        start = unpack_from("<I", page, 4 * each)[0]
        said_at = page[4 * (runs + 1) + each] * 2
        said = page[said_at + 1 : said_at + 1 + page[said_at]] if said_at else b""
        yield start, said


def styles_of_paragraphs(page: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each paragraph begins that a page tells of, and the number of its style; where the last ends, -1."""
    after = None
    for start, end, said in _paragraphs_in(page):
        yield start, int.from_bytes(said[:2], "little")
        after = end
    if after is not None:
        yield after, -1


def ends_in(page: bytes, beside: bytes) -> Iterator[tuple[int, str]]:
    """Yield where paragraphs in tables end that a page tells of, with the mark of what they end.

    Of wide tables, the page only says where more is said, in a stream beside it.
    """
    for _, end, own in _paragraphs_in(page):
        said = dict(instructions(own[2:]))
        if len(where := said.get(_SAID_BESIDE, b"")) == 4:
            said = dict(instructions(_said_beside(where, beside)))
        if said.get(_ENDS_ROW, b"")[:1] == b"\1":
            yield end, ROW
        elif said.get(_IN_TABLE, b"")[:1] == b"\1":
            yield end, IN_CELL


def said_of_paragraphs(page: bytes, beside: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the instructions on paragraphs, and on rows of tables, that a page holds or names."""
    for _, _, own in _paragraphs_in(page):
        for operation, operand in instructions(own[2:]):
            yield operation, operand
            if operation == _SAID_BESIDE and len(operand) == 4:
                yield from instructions(_said_beside(operand, beside))


def _said_beside(where: bytes, beside: bytes) -> bytes:
    at = unpack_from("<I", where)[0]
    return beside[at + 2 : at + 2 + int.from_bytes(beside[at : at + 2], "little")]


def _paragraphs_in(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield from where to where each paragraph goes that a page tells of, and its style's number with instructions."""
    count = page[-1]
    for each in range(count if count <= _MOST_PARAGRAPHS else 0):
        start, end = unpack_from("<II", page, 4 * each)
        at = 2 * page[4 * (count + 1) + 13 * each]
        size, first = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[at + 1], at + 2)
        yield start, end, page[first : first + size] if at else b""
