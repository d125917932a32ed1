"""What is said beside the cells of one sheet of an .xlsx: in margins and boxes, by notes on cells and their prompts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from soket.reading.formats.cells import BOXED, PRINTED, PRINTED_BELOW, note_on, printed
from soket.reading.formats.xlsx_styles import children, is_on
from soket.reading.marks import is_form_prompt
from soket.reading.xml import tag

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Said = tuple[str, str]
"""Where, and what."""

SAID_IN = ("drawing", "comments")
"""The kinds of parts beside a sheet that hold such texts."""

_LONGEST = 200  # characters of the names of cells


def said_beside(sheet: Element, parts: Iterable[tuple[str, Element | None]]) -> Iterator[Said]:
    """Yield what is said beside the cells of a sheet, in it and in parts of the kinds in SAID_IN."""
    prompts: list[Said] = []
    for element in sheet.iter():
        name = tag(element)
        if name[-6:] in ("Header", "Footer") and element.text:  # of odd, even and first pages
            yield from printed(PRINTED if name.endswith("Header") else PRINTED_BELOW, element.text)
        elif name == "dataValidation" and is_on(element, "showInputMessage"):
            prompts += _prompts(element)
    yield from prompts
    for kind, part in parts:
        line = "p" if kind == "drawing" else "comment"
        for element in (each for each in (part.iter() if part is not None else ()) if tag(each) == line):
            place = note_on(element.get("ref", "")) if line == "comment" else BOXED
            yield place, "".join(each.text or "" for each in element.iter() if tag(each) == "t")


def _prompts(check: Element) -> Iterator[Said]:
    """Yield what a check of cells says as one is chosen; a form's own words say nothing new."""
    said = [text for name in ("promptTitle", "prompt") if (text := check.get(name))]
    if said and not is_form_prompt(said[-1]):
        cells = check.get("sqref") or " ".join(each.text or "" for each in children(check, "sqref"))
        place = note_on(cells if len(cells) <= _LONGEST else cells[:_LONGEST].rpartition(" ")[0], "lời nhắc")
        yield from ((place, text) for text in said)
