"""What a scan says, for search only: a layer of text that came with it, or what character recognition sees."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from soket.reading import programs
from soket.reading.findings import Content, Finding
from soket.reading.portable import page_pictures
from soket.text import nfc

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_MOST_PAGES = 3  # the first ones: sender, number, date and abstract stand there
_MOST_SECONDS = 15.0


def read_scan(document: PdfDocument, layer: tuple[str, ...]) -> Content:
    """Return a scan's text, which is no paragraph of any report; `layer` is what came with it."""
    if layer:
        return Content(scan="\n".join(layer), findings=(Finding("TEP-22"),))
    command = programs.recogniser()
    if command is None:
        return Content(scan="", findings=(Finding("TEP-26"),))
    texts, until = [], time.monotonic() + _MOST_SECONDS
    for picture in page_pictures(document, _MOST_PAGES):
        left = until - time.monotonic()
        if left <= 0:
            break
        texts.append(" ".join(programs.recognised(command, picture, left).split()))
    return Content(scan=nfc("\n".join(filter(None, texts))), findings=(Finding("TEP-22"),))
