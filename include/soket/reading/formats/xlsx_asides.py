"""What is said beside the cells of one sheet of an .xlsx: in margins and boxes, by notes on cells and their prompts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from soket.reading.formats.cells import BOXED, PRINTED, PRINTED_BELOW, note_on, printed, prompts
from soket.reading.formats.xlsx_styles import children, is_on
from soket.reading.xml import tag

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Said = tuple[str, str]
"""Where, and what."""

SAID_IN = ("drawing", "comments")
"""The kinds of parts beside a sheet that hold such texts."""


def said_beside(sheet: Element, parts: Iterable[tuple[str, Element | None]]) -> Iterator[Said]:
    """Yield what is said beside the cells of a sheet, in it and in parts of the kinds in SAID_IN."""
    told: list[Said] = []
    for element in sheet.iter():
        name = tag(element)
        if name[-6:] in ("Header", "Footer") and element.text:  # of odd, even and first pages
            yield from printed(PRINTED if name.endswith("Header") else PRINTED_BELOW, element.text)
        elif name == "dataValidation" and is_on(element, "showInputMessage"):
            cells = element.get("sqref") or " ".join(each.text or "" for each in children(element, "sqref"))
            told += prompts(cells, [element.get("promptTitle", ""), element.get("prompt", "")])
    yield from told
    for kind, part in parts:
        if part is not None:
            yield from _boxed(part) if kind == "drawing" else _noted(part)


def _boxed(drawing: Element) -> Iterator[Said]:
    for paragraph in drawing.iter("{*}p"):
        yield BOXED, _text(paragraph)


def _noted(comments: Element) -> Iterator[Said]:
    for comment in comments.iter("{*}comment"):
        yield note_on(comment.get("ref", "")), _text(comment)


def _text(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter("{*}t"))
