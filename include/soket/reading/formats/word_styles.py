"""The styles and the automatic numbers of a .docx: what paragraphs get without saying so themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from soket.reading.broken import whole_or
from soket.reading.formats.numerals import Counters, NumberedLevel
from soket.reading.xml import attribute, child, parse, tag, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_STYLES = {
    "upperRoman": "I", "lowerRoman": "i", "upperLetter": "A", "lowerLetter": "a", "decimalZero": "01", "bullet": "-",
    "none": "",
}  # fmt: skip
_LONGEST_CHAIN = 20


class Styles:
    """Paragraph and character styles, each based on another."""

    def __init__(self, part: bytes) -> None:
        root = parse(part) if part else None
        self._by_id = {attribute(style, "styleId"): style for style in _children(root, "style")}
        self._defaults = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
        self._normal = next(
            (
                name
                for name, style in self._by_id.items()
                if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true")
            ),
            "",
        )

    def chain(self, style: str) -> Iterator[_Element]:
        """Yield a style and those that it is based on."""
        for _ in range(_LONGEST_CHAIN):
            element = self._by_id.get(style)
            if element is None:
                return
            yield element
            style = value(element, "basedOn")

    def is_contents(self, style: str) -> bool:
        """Return whether a style is of the lines of a table of contents, which repeat the headings."""
        element = self._by_id.get(style)
        return element is not None and value(element, "name").casefold().startswith("toc ")

    def font(self, run: _Element, style: str) -> str:
        """Return the font of a run in a paragraph of a style."""
        own = child(run, "rPr")
        sources = [own]
        for name in (value(own, "rStyle"), style or self._normal):
            sources += [child(element, "rPr") for element in self.chain(name)]
        for source in (*sources, self._defaults):
            fonts = child(source, "rFonts")
            if fonts is not None and (name := attribute(fonts, "ascii") or attribute(fonts, "hAnsi")):
                return name
        return ""


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, part: bytes, styles: Styles) -> None:
        self._styles = styles
        root = parse(part) if part else None
        self._abstract = {attribute(each, "abstractNumId"): each for each in _children(root, "abstractNum")}
        self._numbers = {attribute(each, "numId"): each for each in _children(root, "num")}
        self._counters: dict[str, Counters] = {}  # by abstract number: lists of one kind count on
        self._restarted: set[str] = set()

    def number(self, properties: _Element | None, style: str) -> str:
        """Count a paragraph, and return what its list writes before it; '' where it is in none."""
        own = child(properties, "numPr")
        number, depth = value(own, "numId"), value(own, "ilvl")
        if not number:
            for element in self._styles.chain(style):
                inherited = child(child(element, "pPr"), "numPr")
                if inherited is not None and (number := value(inherited, "numId")):
                    depth = depth or value(inherited, "ilvl")
                    break
        found = self._numbers.get(number)
        if found is None:
            return ""
        counters = self._counters_of(number, found)
        return counters.next(whole_or(depth, 0))

    def _counters_of(self, number: str, element: _Element) -> Counters:
        kind = value(element, "abstractNumId")
        overrides = {attribute(each, "ilvl"): each for each in _children(element, "lvlOverride")}
        counters = self._counters.get(kind)
        if counters is None:
            levels = {attribute(each, "ilvl"): each for each in _children(self._abstract.get(kind), "lvl")}
            counters = self._counters[kind] = Counters(
                {int(at): _level(each) for at, each in levels.items() if _is_level(at)}
            )
        if number not in self._restarted:
            self._restarted.add(number)
            for at, override in overrides.items():
                start = value(override, "startOverride")
                if _is_level(at) and start:
                    counters.numbers[int(at)] = whole_or(start, 1) - 1
        return counters


def _is_level(text: str) -> bool:
    return len(text) == 1 and text in "0123456789"


def _level(element: _Element) -> NumberedLevel:
    start = value(element, "start")
    style = value(element, "numFmt")
    return NumberedLevel(_STYLES.get(style, "1"), value(element, "lvlText"), whole_or(start, 1))


def _children(parent: _Element | None, name: str) -> list[_Element]:
    return [] if parent is None else [each for each in parent if tag(each) == name]
