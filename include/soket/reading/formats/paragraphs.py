"""Gathers a document's paragraphs as readers come by them: old fonts converted, one normal form, within limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from soket.reading.findings import Finding, FindingError, Table
from soket.reading.legacy import Coding, font_coding, in_capitals
from soket.text import nfc

_LONGEST_PARAGRAPH = 20_000
_MOST_TEXT = 2_000_000
_SOFT_HYPHEN = "\u00ad"


@lru_cache(maxsize=500)
def _font(name: str) -> tuple[Coding | None, bool]:
    return font_coding(name), in_capitals(name)


_Runs = list[tuple[tuple[Coding | None, bool], list[str]]]
"""Texts, each with the coding of its font and whether that shows capitals."""


class Paragraphs:
    """The paragraphs of one document, in order; blank ones are left out, notes follow the paragraph they belong to."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._runs: _Runs = []
        self._aside: list[_Runs] = []
        self._notes: list[str] = []
        self._size = 0
        self._codings: set[Coding] = set()
        self._depth = 0  # of tables
        self._rows: list[list[tuple[int, int, int]]] = []  # of the outermost table
        self.tables: list[Table] = []

    def add(self, text: str, font: str = "") -> None:
        """Add text of one font to the paragraph that is being read."""
        self._size += len(text)
        if self._size > _MOST_TEXT:
            raise FindingError("TEP-32", limit=_MOST_TEXT // 1_000_000)
        # A letter and its mark may lie in two runs of one font.
        if self._runs and self._runs[-1][0] == _font(font):
            self._runs[-1][1].append(text)
        else:
            self._runs.append((_font(font), [text]))

    def end(self) -> None:
        """End the paragraph, and put the notes that it refers to after it."""
        text = self._text()
        self._done += [line for line in (text, *self._notes) if line.strip(_SOFT_HYPHEN)]
        self._notes.clear()

    @contextmanager
    def table(self) -> Iterator[None]:
        """Take what is read meanwhile for a table's."""
        first = len(self._done)
        self._depth += 1
        yield
        self._depth -= 1
        if not self._depth:
            self.tables.append(Table(first, len(self._done), tuple(map(tuple, self._rows))))
            self._rows = []

    def row(self) -> None:
        """Begin the next row of a table."""
        if self._depth == 1:
            self._rows.append([])

    @contextmanager
    def cell(self, column: int) -> Iterator[None]:
        """Take what is read meanwhile for a cell's, which begins in a column, from 0."""
        own, first = self._depth == 1 and self._rows, len(self._done)
        yield
        if own:
            self._rows[-1].append((column, first, len(self._done)))

    def end_note(self, number: int) -> None:
        """Keep what was added since as a note of the paragraph around it; `set_aside` came before."""
        text = self._text()
        self._runs = self._aside.pop()
        self._notes.append(f"[{number}] {text}" if text else "")

    def set_aside(self) -> None:
        """Begin a note, in the middle of a paragraph."""
        self._aside.append(self._runs)
        self._runs = []

    def _text(self) -> str:
        parts = []
        for (coding, capitals), pieces in self._runs:
            text = "".join(pieces)
            if coding is not None and not text.isascii():
                text = coding.convert(text)
                self._codings.add(coding)
            parts.append(text.upper() if capitals else text)
        self._runs = []
        return nfc(" ".join("".join(parts).split()))[:_LONGEST_PARAGRAPH].rstrip()

    @property
    def texts(self) -> tuple[str, ...]:
        """All paragraphs so far."""
        return tuple(self._done)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is to be told of the fonts."""
        return tuple(Finding("TEP-21", facts={"coding": coding.value}) for coding in sorted(self._codings))
