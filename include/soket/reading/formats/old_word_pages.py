"""What the pages of a .doc say of its runs and paragraphs: how text is shown, and what ends in a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack_from

from soket.reading.findings import FindingError

PAGE = 512
IN_CELL, ROW = "\x1c", "\x1d"
"""Stand in the text for a paragraph's end in a cell, and for a row's."""

_MOST_RUNS, _MOST_PARAGRAPHS = 101, 29  # a page
_FONT, _PLACE, _MOVED = 0x4A4F, 0x2A48, 0x4845
_UNSAID = {0x0800, 0x083C, 0x0837, 0x2A53}  # deleted, hidden, struck through once or twice
_IN_TABLE, _ENDS_ROW, _SAID_BESIDE, _CELLS = 0x2416, 0x2417, 0x6646, 0xD608
_SUPERSCRIPT = 1
_OPERAND_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)


@dataclass(frozen=True)
class Stretch:
    """What is said of the text from a position in the file on."""

    start: int
    gone: bool  # deleted or hidden
    font: int | None
    raised: bool = False


def runs_in(page: bytes) -> Iterator[Stretch]:
    """Yield the runs that a page tells of; raise FindingError for a broken one."""
    runs = page[-1]
    if runs > _MOST_RUNS:
        raise FindingError("TEP-05")
    for each in range(runs):
        start = unpack_from("<I", page, 4 * each)[0]
        said_at = page[4 * (runs + 1) + each] * 2
        said = page[said_at + 1 : said_at + 1 + page[said_at]] if said_at else b""
        yield _run(start, said)


def ends_in(page: bytes, beside: bytes) -> Iterator[tuple[int, str]]:
    """Yield where paragraphs in tables end that a page tells of, with the mark of what they end.

    Of wide tables, the page only says where more is said, in a stream beside it.
    """
    count = page[-1]
    for each in range(count if count <= _MOST_PARAGRAPHS else 0):
        end = unpack_from("<I", page, 4 * (each + 1))[0]
        at = 2 * page[4 * (count + 1) + 13 * each]
        size, at = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[at + 1], at + 2)
        said = dict(_instructions(page[at + 2 : at + size]))  # behind the number of a style
        if len(where := said.get(_SAID_BESIDE, b"")) == 4:
            at = unpack_from("<I", where)[0]
            said = dict(_instructions(beside[at + 2 : at + 2 + int.from_bytes(beside[at : at + 2], "little")]))
        if said.get(_ENDS_ROW, b"")[:1] == b"\1":
            yield end, ROW
        elif said.get(_IN_TABLE, b"")[:1] == b"\1":
            yield end, IN_CELL


def _instructions(said: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each instruction with what it takes."""
    at = 0
    while at + 2 < len(said):
        operation = unpack_from("<H", said, at)[0]
        size = _OPERAND_SIZES[operation >> 13]
        if size < 0:
            size = said[at + 2] + 1
            if operation == _CELLS:  # as long as two bytes say
                size = int.from_bytes(said[at + 2 : at + 4], "little") + 1
        yield operation, said[at + 2 : at + 2 + size]
        at += 2 + size


def _run(start: int, said: bytes) -> Stretch:
    """Return what a run's instructions say of deletion, showing and font."""
    gone, font, raised = False, None, False
    for operation, operand in _instructions(said):
        if operation in _UNSAID:
            gone = gone or operand[0] == 1
        elif operation == _PLACE:
            raised = operand[0] == _SUPERSCRIPT
        elif operation == _MOVED and len(operand) == 2:
            raised = unpack_from("<h", operand)[0] > 0
        elif operation == _FONT and len(operand) == 2:
            font = unpack_from("<H", operand)[0]
    return Stretch(start, gone, font, raised)
