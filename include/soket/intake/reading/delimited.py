"""Reads .csv: the encoding by its mark or by trial, the delimiter by the lines."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata
from collections import Counter

from soket.intake.findings import Finding, FindingError, Sheet

_MOST_ROWS, _MOST_COLUMNS = 3_000, 200
_DELIMITERS = ";\t,|"


def read_delimited(data: bytes) -> tuple[Sheet, list[Finding]]:
    """Return the table, every cell as text, and what is to be told of it."""
    text, findings = _decoded(data)
    lines = text.splitlines()
    stated = lines[0].strip() if lines else ""
    if stated.lower().startswith("sep=") and len(stated) == 5:  # Excel's own first line
        delimiter, skipped = stated[4], 1
    else:
        delimiter, skipped = _delimiter(lines), 0
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines[skipped : _MOST_ROWS + skipped + 1])), delimiter=delimiter))
    except csv.Error:
        raise FindingError("TEP-15") from None
    if len(rows) > _MOST_ROWS:
        raise FindingError("TEP-13", sheet="csv", cell=f"A{len(lines)}")
    cells = tuple(tuple(cell.strip() or None for cell in row[:_MOST_COLUMNS]) for row in rows)
    return Sheet("", 1 + skipped, 1, cells), findings


def _decoded(data: bytes) -> tuple[str, list[Finding]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        # The codes and the digits are the same in every code page; the words may not be.
        return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace")), [Finding("TEP-18")]


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter on which most lines agree; a semicolon wins over a comma, which also stands in numbers."""
    best, agreement = ";", 0
    for delimiter in _DELIMITERS:
        counts = Counter(count for line in lines[:50] if (count := line.count(delimiter)))
        if counts and max(counts.values()) > agreement:
            best, agreement = delimiter, max(counts.values())
    return best
