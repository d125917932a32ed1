"""Reads .doc of Word 97 to 2003: the text in order, as it stands once tracked changes are accepted.

The text lies in pieces, in two encodings; which of it is deleted and in what font is told by runs of file positions
and their styles.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from struct import iter_unpack, unpack_from

from soket.reading.containers import open_ole
from soket.reading.findings import FindingError
from soket.reading.formats.cell_marks import CellMarks, Mark
from soket.reading.formats.old_word_asides import BOX, REMARK, Asides, length_with_asides
from soket.reading.formats.old_word_pages import (
    IN_CELL,
    PAGE,
    ROW,
    ends_in,
    runs_in,
    said_of_paragraphs,
    styles_of_paragraphs,
)
from soket.reading.formats.old_word_styles import WHITE, OldLook, is_shaded, looks, styles_in
from soket.reading.formats.paragraphs import Paragraphs

_TABLE_FLAG = 0x0200
_LENGTHS = 0x4C  # of the body, of the notes, of the margins of pages
# Where the header says where each table lies: their numbers in its list of positions and lengths.
_STYLES, _RUNS, _PARAGRAPHS, _FONTS, _PIECES = 1, 12, 13, 15, 33
_POSITIONS = 154
_HEADER = _POSITIONS + 8 * (_PIECES + 1)
_MOST_PAGES = 20_000

_SHOWN = str.maketrans({"\x0b": "\n", "\x1e": "-", "\x1f": "\u00ad", "\x01": "", "\x00": ""})
_MARKS = {"\x07": Mark.CELL, IN_CELL: Mark.IN_CELL, ROW: Mark.ROW}
_BREAK, _ENDS_CELL = re.compile("[\r\x07\x0c\x1c\x1d]"), re.compile("[\x07\x1d]")
_NOTE = "\x02"
_PIECES_OF_TEXT = re.compile(f"([\r\x07\x0c\x1c\x1d{_NOTE}{REMARK}{BOX}])")


_Text = tuple[int, str, str, int]
"""A place among the characters, the text from there on, its font, and whether it stands above its line or below."""


def read_old_word(data: bytes) -> Paragraphs:
    """Return the paragraphs of a document's body, tables and notes included."""
    with open_ole(data) as ole:
        document = ole.read("WordDocument")
        if len(document) < _HEADER:
            raise FindingError("TEP-05")
        flags = unpack_from("<H", document, 0x0A)[0]
        tables = ole.read("1Table" if flags & _TABLE_FLAG else "0Table")
        beside = ole.read("Data") if ["Data"] in ole.paths else b""
    return _Document(document, tables, beside).read()


class _Document:
    """The streams of a document."""

    def __init__(self, document: bytes, tables: bytes, beside: bytes) -> None:
        self._document, self._tables, self._beside = document, tables, beside
        self._looks = list(self._read_looks())
        self._starts = [start for start, _ in self._looks]
        self._fonts = list(self._read_fonts())
        self._ends = sorted(self._read_ends())

    def read(self) -> Paragraphs:
        body, notes, margins = unpack_from("<3I", self._document, _LENGTHS)
        end = body + notes
        found = list(self._texts(length_with_asides(self._document)))

        def between(first: int, after: int) -> str:
            return "".join(text[max(first - at, 0) : max(after - at, 0)] for at, text, _, _ in found)

        texts = [(start, text[: max(end - start, 0)], font, raised) for start, text, font, raised in found]
        beside = _Fields().result_of(between(end, end + margins))
        asides = Asides(self._document, between, self._table)
        result = Paragraphs()
        result.margins += (("đầu trang hay chân trang", line.translate(_SHOWN)) for line in _BREAK.split(beside))
        marks = CellMarks(result)
        aside = iter(self._notes(texts, body))
        field = _Fields()
        for start, text, font, raised in texts:
            for piece in _PIECES_OF_TEXT.split(field.result_of(text[: max(body - start, 0)])):
                if piece == _NOTE:
                    result.begin_note()
                    for line, its_font, is_raised in next(aside, ()):
                        result.add(line, its_font, raised=is_raised)
                    result.end_note()
                elif piece in (REMARK, BOX):
                    asides.take(piece, result)
                elif _BREAK.fullmatch(piece):
                    mark = _MARKS.get(piece, Mark.PARAGRAPH)
                    marks.end(mark)
                    if mark is Mark.PARAGRAPH:
                        asides.give(result)
                elif piece:
                    result.add(piece.translate(_SHOWN), font, raised=raised)
        marks.close()
        return result

    def _notes(self, texts: list[_Text], body: int) -> list[list[tuple[str, str, int]]]:
        """Return the texts of the notes, which stand after the body, each opened by its mark."""
        notes: list[list[tuple[str, str, int]]] = []
        field = _Fields()
        for start, text, font, raised in texts:
            for index, piece in enumerate(field.result_of(text[max(body - start, 0) :]).split(_NOTE)):
                if index:
                    notes.append([])
                if piece and notes:
                    notes[-1].append((_BREAK.sub(" ", piece).translate(_SHOWN), font, raised))
        return notes

    def _table(self, number: int) -> bytes:
        at = _POSITIONS + 8 * number
        start, length = unpack_from("<II", self._document, at) if at + 8 <= len(self._document) else (0, 0)
        return self._tables[start : start + length]

    def _texts(self, length: int) -> Iterator[_Text]:
        """Yield the texts of one look that show, each with its place among the characters."""
        for place, start, characters, width in self._pieces(length):
            end = start + characters * width
            at = start
            while at < end:
                index = bisect_right(self._starts, at) - 1
                following = self._starts[index + 1] if index + 1 < len(self._starts) else end
                stop = min(max(following, at + width), end)
                look = self._looks[index][1] if index >= 0 else OldLook()
                raw = self._document[at:stop]
                text = raw.decode("utf-16-le" if width == 2 else "cp1252", errors="replace")
                text = self._marked(text, at, stop, width)
                if look.unseen:  # and what ends a paragraph or a cell ends it
                    text = "".join((_ENDS_CELL if look.is_deleted else _BREAK).findall(text))
                if text:
                    font = self._fonts[look.font] if look.font is not None and look.font < len(self._fonts) else ""
                    yield place + (at - start) // width, text, font, look.raised
                at = stop

    def _marked(self, text: str, start: int, stop: int, width: int) -> str:
        """Return text with marks where it ends paragraphs in cells, and rows: the file says so of its positions."""
        ends = self._ends[bisect_right(self._ends, (start, "")) : bisect_right(self._ends, (stop, "\xff"))]
        for end, mark in ends:
            at = (end - start) // width - 1
            if 0 <= at < len(text) and text[at] in "\r\x07" and (mark == ROW or text[at] == "\r"):
                text = text[:at] + mark + text[at + 1 :]
        return text

    def _pieces(self, length: int) -> Iterator[tuple[int, int, int, int]]:
        """Yield each piece: its first character, where it lies in the file, its characters and their width."""
        table = self._piece_table()
        if len(table) < 4:
            return
        count = (len(table) - 4) // 12
        places = [place for (place,) in iter_unpack("<I", table[: 4 * (count + 1)])]
        for index, (first, after) in enumerate(pairwise(places)):
            after = min(after, length)
            if after <= first:
                continue
            position = unpack_from("<I", table, 4 * (count + 1) + 8 * index + 2)[0]
            narrow = bool(position & 0x40000000)
            start = (position & 0x3FFFFFFF) // 2 if narrow else position & 0x3FFFFFFF
            width = 1 if narrow else 2
            characters = min(after - first, (len(self._document) - start) // width)
            if characters > 0:
                yield first, start, characters, width

    def _piece_table(self) -> bytes:
        table, at = self._table(_PIECES), 0
        while at + 5 <= len(table) and table[at] == 1:  # what changed since the last full save
            at += 3 + unpack_from("<H", table, at + 1)[0]
        if at + 5 > len(table) or table[at] != 2:
            raise FindingError("TEP-05")
        length = unpack_from("<I", table, at + 1)[0]
        return table[at + 5 : at + 5 + length]

    def _read_looks(self) -> Iterator[tuple[int, OldLook]]:
        """Yield how text looks from each place in the file on, by its runs and the paragraphs that they lie in."""
        paragraphs = [each for page in self._pages(_PARAGRAPHS) for each in styles_of_paragraphs(page)]
        runs = [run for page in self._pages(_RUNS) for run in runs_in(page)]
        said = (each for page in self._pages(_PARAGRAPHS) for each in said_of_paragraphs(page, self._beside))
        none = frozenset([WHITE]) if is_shaded(said) else frozenset[int]()
        for at, look in looks(runs, paragraphs, styles_in(self._table(_STYLES))):
            yield at, replace(look, unseen=look.unseen - none)

    def _read_ends(self) -> Iterator[tuple[int, str]]:
        """Yield where in the file paragraphs end that lie in tables, with the mark of what they end."""
        return (end for page in self._pages(_PARAGRAPHS) for end in ends_in(page, self._beside))

    def _pages(self, number: int) -> Iterator[bytes]:
        table = self._table(number)
        count = max(len(table) - 4, 0) // 8
        for index in range(min(count, _MOST_PAGES)):
            page_at = (unpack_from("<I", table, 4 * (count + 1) + 4 * index)[0] & 0x3FFFFF) * PAGE
            page = self._document[page_at : page_at + PAGE]
            if len(page) == PAGE:
                yield page

    def _read_fonts(self) -> Iterator[str]:
        table = self._table(_FONTS)
        at = 4
        while at + 40 < len(table):
            size = table[at] + 1
            yield table[at + 40 : at + size].decode("utf-16-le", errors="replace").partition("\0")[0]
            at += size


class _Fields:
    """Leaves out what fields are made of, across runs; what they came to stays."""

    def __init__(self) -> None:
        self._open: list[bool] = []  # of each open field, whether its result has begun

    def result_of(self, text: str) -> str:
        if not self._open and "\x13" not in text:
            return text
        kept = []
        for piece in re.split("([\x13-\x15])", text):
            if piece == "\x13":
                self._open.append(False)
            elif piece == "\x14" and self._open:
                self._open[-1] = True
            elif piece == "\x15" and self._open:
                self._open.pop()
            elif all(self._open):
                kept.append(piece)
        return "".join(kept)
