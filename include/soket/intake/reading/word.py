"""Reads .docx: the text in order, with automatic numbering written out and tracked insertions taken as text."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from typing import Any

_LONGEST_PARAGRAPH = 20_000
_MOST_TEXT = 4_000_000


def read_word(data: bytes) -> tuple[str, ...]:
    """Return the paragraphs of a document's body, tables included, blank ones left out."""
    from docx2python import docx2python

    with docx2python(io.BytesIO(data)) as document:
        paragraphs, total = [], 0
        for text in _texts(document.body):
            line = unicodedata.normalize("NFC", " ".join(text.split()))[:_LONGEST_PARAGRAPH]
            total += len(line)
            if total > _MOST_TEXT:
                break
            if line:
                paragraphs.append(line)
        return tuple(paragraphs)


def _texts(nested: Any) -> Iterator[str]:  # noqa: ANN401 - lists of lists of texts, four deep
    if isinstance(nested, str):
        yield nested
    else:
        for part in nested:
            yield from _texts(part)
