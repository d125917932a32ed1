"""Reads .odt: the text in order, as it stands once changes are accepted, with automatic numbers written out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from soket.reading.broken import whole, whole_or
from soket.reading.formats.colours import is_white
from soket.reading.formats.numerals import Counters, NumberedLevel
from soket.reading.formats.paragraphs import MARGINS, Paragraphs
from soket.reading.xml import OPEN_SPACES, as_shown, attribute, child, open_space, parse, parts, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

# Deleted text is kept in `tracked-changes`, away from where it stood.
_GONE = {
    "tracked-changes",
    "annotation",
    "annotation-end",
    "table-of-content",
    "forms",
    "covered-table-cell",
    "ruby-text",
}
_MARGINS = {f"{{*}}{margin}{pages}": place for margin, place in MARGINS.items() for pages in ("", "-left", "-first")}
_SPANNED = ("number-columns-spanned", "number-rows-spanned")
_BOXES = {"frame", "text-box", "custom-shape", "g"}
_LOOKS = re.compile(
    rb"[\"'](?:\.Vn|VNI[- ])|:text-position=|:display=[\"']none|:text-line-through-(?:style|type)=|:color=[\"']#f",
    re.IGNORECASE,
)


class _Look(NamedTuple):
    """How text is shown; None where a style leaves it to what is around it."""

    font: str = ""
    hidden: bool | None = None
    raised: int | None = None
    colour: str = ""


_PLAIN = _Look()


def read_open_text(data: bytes) -> Paragraphs:
    """Return the paragraphs of a document's body: tables, text boxes and notes included."""
    content, styles = parts(data, "content.xml", "styles.xml")
    roots = [parse(part) for part in (styles, content) if part]
    reader = _OpenTextReader(roots, with_looks=any(map(_LOOKS.search, (content, styles))))
    for root in roots:
        for margin in root.iter(*_MARGINS):
            texts = ("".join(each.itertext()) for each in margin.iter("{*}p"))
            reader.result.margins += ((_MARGINS[f"{{*}}{tag(margin)}"], text) for text in texts)
    body = child(child(roots[-1], "body"), "text")
    if body is not None:
        reader.blocks(body)
    return reader.result


class _OpenTextReader:
    """Walks a document's elements."""

    def __init__(self, roots: list[_Element], *, with_looks: bool) -> None:
        self.result = Paragraphs()
        self._looks = _looks(roots) if with_looks else {}
        self._coloured = {name for root in roots for name in _coloured(root)} if with_looks else set()
        self._lists = _lists(roots)

    def blocks(self, parent: _Element, counters: Counters | None = None, depth: int = -1) -> None:
        """Read the paragraphs below an element; `counters` and `depth` are of the list it lies in."""
        first = tag(parent) == "list-item"  # of the paragraphs of an item, the first has the number
        for element in parent:
            match tag(element):
                case "p" | "h" as name:
                    number = ""
                    if counters is not None:
                        number = counters.next(depth) if first else ""
                    elif name == "h" and attribute(element, "is-list-header") != "true":
                        number = self._lists[""].next(whole(attribute(element, "outline-level") or "1") - 1)
                    first = False
                    self._paragraph(element, number)
                case "list":
                    self._list(element, counters, depth)
                case "tracked-changes":
                    self.result.tracked += len(element)
                case "table":
                    with self.result.table():
                        self.blocks(element)
                case "table-row":
                    self._row(element)
                case name if name not in _GONE:
                    self.blocks(element, counters, depth)

    def _row(self, element: _Element) -> None:
        self.result.row()
        column = 0
        for cell in element:
            if tag(cell) == "table-cell":
                wide, high = (max(whole_or(attribute(cell, each), 1), 1) for each in _SPANNED)
                with self.result.cell(column, wide, high):
                    self.blocks(cell)
            column += whole_or(attribute(cell, "number-columns-repeated"), 1)

    def _list(self, element: _Element, counters: Counters | None, depth: int) -> None:
        style = attribute(element, "style-name")
        if counters is None or style in self._lists:
            counters = self._lists.get(style, Counters({}))
            goes_on = attribute(element, "continue-numbering") == "true" or attribute(element, "continue-list")
            if depth < 0 and not goes_on:
                counters.numbers.clear()
        self.blocks(element, counters, depth + 1)

    def _paragraph(self, element: _Element, number: str) -> None:
        if any(attribute(each, "is-hidden") == "true" for each in element.iter("{*}hidden-paragraph")):
            return
        if number:
            self.result.add(number + " ")
        boxes: list[_Element] = []
        self._texts(element, self._look(element, _PLAIN), boxes)
        self.result.end()
        for box in boxes:
            self.blocks(box)

    def _texts(self, parent: _Element, look: _Look, boxes: list[_Element]) -> None:
        """Add the texts in an element that show, and collect the boxes anchored there."""
        self._add(parent.text, look)
        for element in parent:
            match tag(element):
                case "annotation":
                    self.result.comment("\n".join("".join(each.itertext()) for each in element.iter("{*}p")))
                case "note":
                    self._note(element)
                case name if name in OPEN_SPACES:
                    self.result.add(open_space(name, attribute(element, "c")))
                case name if name in _BOXES:
                    boxes.append(element)
                case name if name not in _GONE and attribute(element, "is-hidden") != "true":
                    self._texts(element, self._look(element, look), boxes)
            self._add(element.tail, look)

    def _add(self, text: str | None, look: _Look) -> None:
        if text and not look.hidden:
            self.result.add(as_shown(text), look.font, raised=look.raised or 0)

    def _note(self, element: _Element) -> None:
        self.result.begin_note()
        for paragraph in element.iter("{*}p"):
            self._texts(paragraph, self._look(paragraph, _PLAIN), [])
            self.result.add(" ")
        self.result.end_note()

    def _look(self, element: _Element, outer: _Look) -> _Look:
        own = self._looks.get(attribute(element, "style-name")) if self._looks else None
        if own is None:
            return outer
        hidden = outer.hidden if own.hidden is None else own.hidden
        colour = own.colour or outer.colour
        if is_white(colour):
            around = (attribute(each, "style-name") for each in (element, *element.iterancestors()))
            hidden = hidden or self._coloured.isdisjoint(around)
        return _Look(own.font or outer.font, hidden, outer.raised if own.raised is None else own.raised, colour)


def _coloured(root: _Element) -> Iterator[str]:
    """Yield the styles that put a colour behind what is in them."""
    for properties in root.iter():
        behind = attribute(properties, "background-color") or attribute(properties, "fill-color")
        style = properties.getparent()
        if behind not in ("", "transparent") and not is_white(behind) and style is not None:
            yield from filter(None, [attribute(style, "name")])


def _looks(roots: list[_Element]) -> dict[str, _Look]:
    """Return how text of each style looks, as far as the style and those above it say."""
    families = {
        attribute(face, "name"): attribute(face, "font-family").strip("'\"")
        for root in roots
        for face in root.iter("{*}font-face")
    }
    styles = {attribute(style, "name"): style for root in roots for style in root.iter("{*}style")}
    return {name: _look_of(name, styles, families) for name in styles}


def _look_of(name: str, styles: dict[str, _Element], families: dict[str, str]) -> _Look:
    look = _Look()
    for _ in range(len(styles)):
        style = styles.get(name)
        if style is None:
            break
        properties = child(style, "text-properties")
        if properties is not None:
            font, place = attribute(properties, "font-name"), attribute(properties, "text-position")
            look = _Look(
                look.font or families.get(font, font),
                _is_gone(properties) if look.hidden is None else look.hidden,
                (_rise(place) if place else None) if look.raised is None else look.raised,
                look.colour or attribute(properties, "color"),
            )
        name = attribute(style, "parent-style-name")
    return look


def _is_gone(properties: _Element) -> bool | None:
    """Return whether text is hidden or struck through, which deletes it by hand; None where nothing is said of it."""
    shown = attribute(properties, "display")
    lines = {attribute(properties, f"text-line-through-{what}") for what in ("style", "type")} - {""}
    return shown == "none" or not lines <= {"none"} if shown or lines else None


def _rise(place: str) -> int:
    """Return whether a place ("super 58%", "33% 58%", "-33% 58%", "0% 100%") is above its line (1) or below it (-1)."""
    first = place.split()[0]
    if first == "sub" or first.startswith("-"):
        return -1
    return int(first == "super" or first.rstrip("%").strip("0.").isdigit())


def _lists(roots: list[_Element]) -> dict[str, Counters]:
    """Return the counters of every style of list; that of headings has no name."""
    lists = {"": Counters({})}
    for root in roots:
        for style in root.iter("{*}list-style", "{*}outline-style"):
            levels = {whole(attribute(level, "level", "1")) - 1: _level(level) for level in style}
            lists["" if tag(style) == "outline-style" else attribute(style, "name")] = Counters(levels)
    return lists


def _level(element: _Element) -> NumberedLevel:
    if tag(element) == "list-level-style-bullet":
        return NumberedLevel("-")
    depth = whole(attribute(element, "level", "1"))
    shown = whole(attribute(element, "display-levels", "1"))
    own = ".".join(f"%{at}" for at in range(max(1, depth - shown + 1), depth + 1))
    text = attribute(element, "num-prefix") + own + attribute(element, "num-suffix")
    return NumberedLevel(attribute(element, "num-format"), text, whole(attribute(element, "start-value", "1")))
