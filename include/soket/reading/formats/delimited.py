"""Reads .csv: the encoding by its mark or by trial, the delimiter by the lines."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from soket.reading.findings import Cell, Finding, FindingError, Sheet
from soket.reading.formats.cells import MOST_COLUMNS, MOST_ROWS, plain, sheet_of
from soket.reading.guards import wide_encoding
from soket.text import YEAR

# A semicolon comes first, as it wins over a comma, which also stands in numbers.
_DELIMITERS = ";\t,|^~:#\x1f"
_WITHIN_CELLS = ";,"  # those that stand in numbers and words, too
_NUMBER, _YEAR = re.compile(r"\s*[+-]?\d[\d.]*\s*%?\s*"), re.compile(rf"\s*{YEAR}\s*")
_SAMPLE = 20_000
_SAMPLE_ROWS = 50
_MOST_TEXT = 10_000_000  # characters
_LONGEST_CELL = 2_000


def read_delimited(data: bytes) -> tuple[Sheet, list[Finding]]:
    """Return the table, every cell as text, and what is to be told of it; raise FindingError for one too long."""
    text, findings = _decoded(data)
    stated, _, rest = text.partition("\n")
    stated = stated.strip("\r\ufeff")
    skipped = 0
    if stated.lower().startswith("sep=") and stated[4:] in [*_DELIMITERS]:  # Excel's own first line
        delimiter, skipped, text = stated[-1], 1, rest
    else:
        delimiter = _delimiter(text[:_SAMPLE])
    if len(text) > _MOST_TEXT:
        raise FindingError("TEP-32", limit=_MOST_TEXT // 1_000_000)
    rows = _rows(text, delimiter, MOST_ROWS + 1)
    if len(rows) > MOST_ROWS:
        raise FindingError("TEP-13", sheet="csv", cell=f"A{text.count(chr(10)) + 1}")
    if delimiter in _WITHIN_CELLS and (longer := _longer_than_head(rows, delimiter)):
        number, count, width = longer
        raise FindingError("TEP-42", number=skipped + number, count=count, width=width, mark=delimiter)
    return sheet_of("", (skipped, 0), [[_cell(text) for text in row] for row in rows]), findings


def _longer_than_head(rows: Sequence[Sequence[str]], delimiter: str) -> tuple[int, int, int] | None:
    """Return which line of figures is longer than the head, its width and the head's: its cells may be cut within.

    Lines that all end with as many cells more, without a number in them, are as another program ends its lines.
    """
    head, lines = 0, []
    for at, row in enumerate(rows, 1):
        if sum(1 for cell in row if _NUMBER.fullmatch(cell) and not _YEAR.fullmatch(cell)) > 1:
            lines.append((at, row, head))
        else:
            head = max(head, len(row))
    uniform = len({len(row) for _, row, _ in lines}) == 1
    for at, row, width in lines:
        numbers = any(map(_NUMBER.fullmatch, row[width:]))
        if width and len(row) > width and (numbers or (delimiter == "," and not uniform)):
            return at, len(row), width
    return None


def _decoded(data: bytes) -> tuple[str, list[Finding]]:
    if encoding := wide_encoding(data):
        return unicodedata.normalize("NFC", data.decode(encoding, errors="replace")), []
    try:
        return unicodedata.normalize("NFC", data.decode("utf-8-sig")), []
    except UnicodeDecodeError:
        # Files put together out of several are in several code pages, line by line.
        lines = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
        return unicodedata.normalize("NFC", "\n".join(map(_decoded_line, lines))), [Finding("TEP-18")]


def _decoded_line(line: bytes) -> str:
    """Return a line's text; the codes and the digits are the same in every code page, the words may not be."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1258", errors="replace")


def _cell(text: str) -> Cell:
    return plain(text.strip()[:_LONGEST_CELL].rstrip())


def _delimiter(sample: str) -> str:
    """Return the delimiter that cuts most lines into the same number of cells."""
    best, agreement = ";", 0
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in _rows(sample, delimiter, _SAMPLE_ROWS) if len(row) > 1)
        if widths and max(widths.values()) > agreement:
            best, agreement = delimiter, max(widths.values())
    return best


def _rows(text: str, delimiter: str, most: int) -> list[list[str]]:
    """Return the first rows; a quotation mark that opens and never closes is taken for what it is."""
    csv.field_size_limit(_MOST_TEXT)
    try:
        return _read_rows(text, delimiter, most, quoting=csv.QUOTE_MINIMAL)
    except csv.Error:
        return _read_rows(text, delimiter, most, quoting=csv.QUOTE_NONE)


def _read_rows(text: str, delimiter: str, most: int, *, quoting: Literal[0, 3]) -> list[list[str]]:
    strict = quoting == csv.QUOTE_MINIMAL
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting, strict=strict)
    return [row[:MOST_COLUMNS] for row, _ in zip(reader, range(most), strict=False)]
