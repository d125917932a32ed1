"""Documents put whole into a .docx (altChunk), as web systems make reports: a page, a text, another document."""

from __future__ import annotations

from soket.reading.formats.paragraphs import Paragraphs
from soket.reading.web_pages import is_packed_page, is_page

_ZIP, _RICH_TEXT = b"PK\x03\x04", b"{\\rt"


def add_chunk(data: bytes, result: Paragraphs) -> None:
    """Read a document, which the guard has seen, into the paragraphs of the one around it."""
    if data.startswith(_ZIP):
        from soket.reading.formats.word import add_word

        add_word(data, result)
    elif data.startswith(_RICH_TEXT):
        from soket.reading.formats.rich_text import add_rich_text

        add_rich_text(data, result)
    elif is_page(data) or is_packed_page(data):
        from soket.reading.formats.web_page import add_web_page

        add_web_page(data, result)
    else:
        for line in data.decode("utf-8-sig", errors="replace").splitlines():
            result.add(line)
            result.end()
