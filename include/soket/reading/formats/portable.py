"""Reads .pdf: the text of its pages as paragraphs; of a scan, what it seems to say, for search only."""

from __future__ import annotations

import contextlib
import io
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from soket.reading import programs
from soket.reading.broken import library
from soket.reading.findings import Content, Finding, FindingError
from soket.reading.formats.paragraphs import RAISED, Paragraphs
from soket.text import nfc

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

_MOST_PAGES = 300
_LEAST_LETTERS = 40  # a page
_COVERED = 0.7  # of a page, by one picture: text there is a scanner's guess
# A number may have lost the blank after it: it was a tab.
_PART = r"(?:Phần|PHẦN|Chương|CHƯƠNG)\s+(?:(?:thứ|THỨ)\s+\w+|[IVXL]+|\d{1,2})\b"
_OPENS = re.compile(_PART + r"|[-–+•*]\s|\(?(?:[IVXL]+|\d{1,2}(?:\.\d{1,2})*|[a-zđA-Z])[.)/:]\s?[^\d\s]")
_FULL_HEADING = 0.6  # of the longest line; capitals are wide
_FULL_LINE = 0.8  # of the longest line; a shorter one ends its paragraph
_PAGES_RECOGNISED = 3  # the first ones: sender, number, date and abstract stand there
_RECOGNISING_SECONDS = 15.0
_IMAGE_DOTS = 2_400_000  # a page for character recognition: A4 at about 165 dots an inch

_PASSWORD = 4  # pdfium's code for a document that wants one


_DIGITS = re.compile(r"(?<=[\w.,])([0-9])|[^\W_]")
_DIGIT = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}\s*(?:/\s*\d{1,4}|[-–])?", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{3}")
_EDGE = 2  # lines at the head and at the foot of a page


class _Page(NamedTuple):
    """The text of a page, whether it is a picture of one, and whether it lies on its side."""

    text: str
    is_picture: bool
    wide: bool


def open_portable(data: bytes) -> PdfDocument:
    """Return an open document; the caller closes it."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise FindingError("TEP-06" if error.err_code == _PASSWORD else "TEP-05") from None


def without_encryption(data: bytes) -> bytes:
    """Return a document as it opens without a password; raise FindingError where it does not."""
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_REMOVE_SECURITY

    result = io.BytesIO()
    with library(PdfiumError, code="TEP-06"), contextlib.closing(PdfDocument(data)) as document:
        document.save(result, flags=FPDF_REMOVE_SECURITY)
    return result.getvalue()


def read_portable(document: PdfDocument) -> tuple[Paragraphs, bool]:
    """Return the paragraphs of a document's text, and whether it is a scan, whose text is a guess if there is any."""
    if len(document) > _MOST_PAGES:
        raise FindingError("TEP-28", count=len(document), limit=_MOST_PAGES)
    pages, letters, pictures = [], 0, 0
    for number in range(len(document)):
        page = _read_page(document, number)
        pictures += page.is_picture
        letters += sum(character.isalpha() for character in page.text)
        pages.append(page)
    scanned = letters < _LEAST_LETTERS * len(pages) or pictures * 2 > len(pages)
    result = Paragraphs()
    for line in _joined(pages):
        result.add(line)
        result.end()
    return result, scanned


def _read_page(document: PdfDocument, number: int) -> _Page:
    from pypdfium2 import PdfiumError

    with library(PdfiumError):
        page = document[number]
        text_page = page.get_textpage()
        text = _with_marks(text_page, text_page.get_text_range())
        text_page.close()
        width, height = page.get_size()
        is_picture = _is_picture(page)
        page.close()
    return _Page(text, is_picture=is_picture, wide=width > height)


def _with_marks(page: PdfTextPage, text: str) -> str:
    """Return a page's text with small digits above their line as marks of notes, which are none of a figure's."""
    if len(text) != page.count_chars():
        return text  # which letter stands where is not known
    letters, before = list(text), -1  # the letter or digit that a digit is held against
    for match in _DIGITS.finditer(text):
        if match[1] is None:
            before = match.start()
            continue
        at = match.start(1)
        if before >= 0 and before >= at - 2 and not text[before:at].isspace() and _is_above(page, at, before):
            letters[at] = text[at].translate(RAISED)
            after = at + 1 + len(text[at + 1 : at + 4]) - len(text[at + 1 : at + 4].lstrip())
            if "\n" in text[at + 1 : after] and after < len(text) and _is_beside(page, after, before):
                letters[at + 1 : after] = [" ", *[""] * (after - at - 2)]  # the line goes on behind its mark
        else:
            before = at
    return "".join(letters)


def _is_above(page: PdfTextPage, at: int, before: int) -> bool:
    _, bottom, _, top = page.get_charbox(at)
    _, its_bottom, _, its_top = page.get_charbox(before)
    return bool(bottom > its_bottom + 0.25 * (its_top - its_bottom) and top - bottom < 0.85 * (its_top - its_bottom))


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


def _is_beside(page: PdfTextPage, at: int, before: int) -> bool:
    """Return whether two letters stand on one line."""
    _, bottom, _, top = page.get_charbox(at)
    _, its_bottom, _, its_top = page.get_charbox(before)
    return bool(bottom < its_top and its_bottom < top)


def _joined(pages: Sequence[_Page]) -> Iterator[str]:
    """Yield paragraphs: lines put together until one is short, or the next opens an item or a heading.

    What stands at the edge of page after page is no part of any; how long a full line is, depends on how the page lies.
    """
    lines = [
        (line, page.wide) for page, lines in zip(pages, _without_edges(pages), strict=True) for line in lines if line
    ]
    longest = {wide: max((len(line) for line, lies in lines if lies is wide), default=0) for wide in (False, True)}
    paragraph, before = "", False
    for (line, wide), (following, _) in zip(lines, [*lines[1:], ("", False)], strict=False):
        if paragraph and (wide is not before or _OPENS.match(line)):
            yield paragraph
            paragraph = ""
        paragraph, before = f"{paragraph} {line}".strip(), wide
        full = _FULL_HEADING if line.isupper() and following.isupper() else _FULL_LINE
        if len(line) < full * longest[wide]:
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph


def _without_edges(pages: Sequence[_Page]) -> list[list[str]]:
    """Return the lines of each page but for its number, and for heads and feet that other pages have too."""
    split = [
        [
            line
            for line in map(str.strip, page.text.replace("\ufffe", "-").splitlines())
            if not _PAGE_NUMBER.fullmatch(line)
        ]
        for page in pages
    ]
    edges = Counter(edge for lines in split for edge in filter(None, _edges(lines)))
    running = {edge for edge, count in edges.items() if count >= max(2, len(pages) / 2)}
    return [[line for line, edge in zip(lines, _edges(lines), strict=True) if edge not in running] for lines in split]


def _edges(lines: Sequence[str]) -> list[tuple[int, str] | None]:
    """Return of each line its place at the edge of its page, and what it says but for numbers; None further in."""
    count = len(lines)
    places = [at if at < _EDGE else at - count if at >= count - _EDGE else None for at in range(count)]
    return [
        (place, _DIGIT.sub("0", line)) if place is not None and _WORDS.search(line) else None
        for line, place in zip(lines, places, strict=True)
    ]
