"""Reads .pdf: the text of its pages as paragraphs; of a scan, what it seems to say, for search only."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from soket.reading import programs
from soket.reading.broken import library
from soket.reading.findings import Content, Finding, FindingError
from soket.reading.formats.paragraphs import Paragraphs
from soket.text import nfc

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_MOST_PAGES = 300
_LEAST_LETTERS = 40  # a page
_COVERED = 0.7  # of a page, by one picture: text there is a scanner's guess
# A number may have lost the blank after it: it was a tab.
_OPENS = re.compile(r"[-–+•*]\s|\(?(?:[IVXL]+|\d{1,2}(?:\.\d{1,2})*|[a-zđA-Z])[.)/:]\s?[^\d\s]")
_FULL_LINE = 0.8  # of the longest line; a shorter one ends its paragraph
_PAGES_RECOGNISED = 3  # the first ones: sender, number, date and abstract stand there
_RECOGNISING_SECONDS = 15.0
_IMAGE_DOTS = 2_400_000  # a page for character recognition: A4 at about 165 dots an inch

_PASSWORD = 4  # pdfium's code for a document that wants one


def open_portable(data: bytes) -> PdfDocument:
    """Return an open document; the caller closes it."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise FindingError("TEP-06" if error.err_code == _PASSWORD else "TEP-05") from None


def read_portable(document: PdfDocument) -> tuple[Paragraphs, bool]:
    """Return the paragraphs of a document's text, and whether it is a scan, whose text is a guess if there is any."""
    if len(document) > _MOST_PAGES:
        raise FindingError("TEP-28", count=len(document), limit=_MOST_PAGES)
    pages, letters, pictures = [], 0, 0
    for number in range(len(document)):
        text, is_picture = _read_page(document, number)
        pictures += is_picture
        letters += sum(character.isalpha() for character in text)
        pages.append(text)
    scanned = letters < _LEAST_LETTERS * len(pages) or pictures * 2 > len(pages)
    result = Paragraphs()
    for line in _joined(pages):
        result.add(line)
        result.end()
    return result, scanned


def _read_page(document: PdfDocument, number: int) -> tuple[str, bool]:
    """Return the text of a page, and whether it is a picture of one."""
    from pypdfium2 import PdfiumError

    with library(PdfiumError):
        page = document[number]
        text_page = page.get_textpage()
        text = text_page.get_text_range()
        text_page.close()
        is_picture = _is_picture(page)
        page.close()
    return text, is_picture


def read_scan(document: PdfDocument, layer: tuple[str, ...]) -> Content:
    """Return a scan's text, which is no paragraph of any report; `layer` is what came with it."""
    if layer:
        return Content(scan="\n".join(layer), findings=(Finding("TEP-22"),))
    command = programs.recogniser()
    if command is None:
        return Content(scan="", findings=(Finding("TEP-26"),))
    texts, until = [], time.monotonic() + _RECOGNISING_SECONDS
    for picture in _page_pictures(document, _PAGES_RECOGNISED):
        left = until - time.monotonic()
        if left <= 0:
            break
        texts.append(" ".join(programs.recognised(command, picture, left).split()))
    return Content(scan=nfc("\n".join(filter(None, texts))), findings=(Finding("TEP-22"),))


def _page_pictures(document: PdfDocument, most: int) -> Iterator[bytes]:
    """Yield the first pages as grey pictures (PGM)."""
    from pypdfium2 import PdfiumError

    for index in range(min(most, len(document))):
        with library(PdfiumError):
            page = document[index]
            width, height = page.get_size()
            scale = min((_IMAGE_DOTS / max(width * height, 1)) ** 0.5, 4)
            bitmap = page.render(scale=scale, grayscale=True)
        rows = bytes(bitmap.buffer)
        lines = b"".join(rows[at : at + bitmap.width] for at in range(0, bitmap.stride * bitmap.height, bitmap.stride))
        yield b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + lines
        bitmap.close()
        page.close()


def _is_picture(page: PdfPage) -> bool:
    """Return whether one picture covers most of a page, as a scanner makes it."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    width, height = page.get_size()
    for picture in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) >= _COVERED * width * height:
            return True
    return False


def _joined(pages: list[str]) -> Iterator[str]:
    """Yield paragraphs: lines put together until one is short, or the next opens an item or a heading."""
    lines = [line.replace("\ufffe", "-").strip() for page in pages for line in page.splitlines()]
    longest = max(map(len, lines), default=0)
    paragraph = ""
    for line in lines:
        # A page's number stands alone in its line.
        if not line or line.isdigit():
            continue
        if paragraph and _OPENS.match(line):
            yield paragraph
            paragraph = ""
        paragraph = f"{paragraph} {line}".strip()
        if len(line) < _FULL_LINE * longest:
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph
