"""What the styles of an OpenDocument spreadsheet say of its cells: which format each has, and what raises text.

A data style becomes a format as Excel writes it, so that one reading of formats serves every kind of workbook.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from soket.reading.broken import library, whole_or
from soket.reading.formats.cells import PRINTED, PRINTED_BELOW
from soket.reading.formats.colours import is_white
from soket.reading.formats.conditions import Rule
from soket.reading.formats.number_format import Comparison

_KINDS = {"number-style", "percentage-style", "currency-style"}
_COMPARISON = re.compile(r"(?:value|cell-content)\(\)\s*(<=|>=|!=|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_POSITION = re.compile(r"(?:super|sub|-?[1-9]\d*%)(?:\s|$)")
_MOST_THOUSANDS = 4
_MARGINS = {
    f"{margin}{pages}": place
    for margin, place in (("header", PRINTED), ("footer", PRINTED_BELOW))
    for pages in ("", "-left", "-first")
}

Element = ElementTree.Element


class OdsStyles:
    """The styles of one spreadsheet."""

    def __init__(self, content: bytes, common: bytes | None) -> None:
        self._data: dict[str, Element] = {}
        self._cells: dict[str, tuple[str, str]] = {}  # of a cell's style: its data style, and the style it rests on
        self._maps: dict[str, list[tuple[str, str]]] = {}  # of a cell's style: conditions, and the styles on them
        self.raised: set[str] = set()  # of texts
        self.struck: set[str] = set()  # through, of texts and cells
        self._colours: dict[str, str] = {}  # of letters, of texts and cells
        self._behind: dict[str, str] = {}  # of cells
        self.hidden: set[str] = set()  # of whole sheets
        self.margins: list[tuple[str, str]] = []  # of printed pages: where, and what stands there
        for source in filter(None, (common, content)):
            self._read(source)

    def format_of(self, style: str) -> str:
        """Return the format of a cell's style, as Excel writes it; '' for one that shows the number as it is."""
        data = (self._cells.get(each, ("", ""))[0] for each in self._rests_on(style))
        return next(map(self._code, filter(None, data)), "")

    def is_struck(self, style: str) -> bool:
        """Return whether cells of a style have a line through what they hold."""
        return not self.struck.isdisjoint(self._rests_on(style))

    def is_bare(self, style: str) -> bool:
        """Return whether cells of a style have no colour behind their letters."""
        behind = next(filter(None, (self._behind.get(each) for each in self._rests_on(style))), "transparent")
        return behind == "transparent" or is_white(behind)

    def is_in_white(self, style: str) -> bool:
        """Return whether letters of a style, of texts or cells, are white."""
        return is_white(next(filter(None, (self._colours.get(each) for each in self._rests_on(style))), ""))

    def conditional(self, style: str) -> Iterator[Rule]:
        """Yield the formats that cells of a style have on a condition."""
        for each in self._rests_on(style):
            for condition, target in self._maps.get(each, ()):
                yield _comparison(condition), self.format_of(target)

    def _rests_on(self, style: str) -> Iterator[str]:
        """Yield a style and those that it rests on."""
        for _ in range(10):  # it may be in a circle
            yield style
            style = self._cells.get(style, ("", ""))[1]

    def _read(self, source: bytes) -> None:
        with library(ElementTree.ParseError, LookupError, ValueError):
            for event, element in ElementTree.iterparse(io.BytesIO(source), ("start", "end")):  # noqa: S314 - guarded
                name = _last(element.tag)
                if event == "start" and name == "body":
                    return
                if event == "end":
                    self._take(name, element)

    def _take(self, name: str, element: Element) -> None:
        if name in _KINDS:
            self._data[_get(element, "name")] = element
        for each in element if name == "style" else ():
            self._colours[_get(element, "name")] = _get(each, "color") or self._colours.get(_get(element, "name"), "")
            if _last(each.tag) == "table-cell-properties":
                self._behind[_get(element, "name")] = _get(each, "background-color")
        if name == "style" and any(map(_has_line_through, element)):
            self.struck.add(_get(element, "name"))
        if name == "style" and _get(element, "family") == "table-cell":
            own = _get(element, "name")
            self._cells[own] = (_get(element, "data-style-name"), _get(element, "parent-style-name"))
            maps = (each for each in element if _last(each.tag) == "map")
            self._maps[own] = [(_get(each, "condition"), _get(each, "apply-style-name")) for each in maps]
        elif name == "style" and any(_POSITION.match(_get(each, "text-position")) for each in element):
            self.raised.add(_get(element, "name"))
        elif name == "style" and any(_get(each, "display") == "false" for each in element):
            self.hidden.add(_get(element, "name"))
        elif name in _MARGINS:
            texts = ("".join(each.itertext()) for each in element.iter() if _last(each.tag) == "p")
            self.margins += ((_MARGINS[name], text) for text in texts)

    def _code(self, name: str) -> str:
        style = self._data.get(name)
        if style is None:
            return ""
        parts = []
        for each in style:
            target = self._data.get(_get(each, "apply-style-name")) if _last(each.tag) == "map" else None
            comparison = _comparison(_get(each, "condition"))
            if target is not None and comparison:
                parts.append(f"[{comparison[0]}{comparison[1]:.15g}]{''.join(_pieces(target))}")
        return ";".join([*parts, "".join(_pieces(style))])


def _comparison(condition: str) -> Comparison | None:
    found = _COMPARISON.fullmatch(condition.strip())
    return ("<>" if found[1] == "!=" else found[1], float(found[2])) if found else None


def _pieces(style: Element) -> Iterator[str]:
    percent = _last(style.tag) == "percentage-style"
    for each in style:
        text = "".join(each.itertext()).replace('"', "'")
        match _last(each.tag):
            case "number":
                yield _digits(each)
            case "text" if percent and "%" in text:
                yield "%"
            case "text" | "currency-symbol" if text:
                yield f'"{text}"'
            case "scientific-number":
                yield "0E+0"
            case "fraction":
                yield "# ?/?"


def _digits(number: Element) -> str:
    decimals = _get(number, "decimal-places")
    factor = whole_or(_get(number, "display-factor").partition(".")[0], 1)
    thousands = min((len(str(factor)) - 1) // 3, _MOST_THOUSANDS)
    if not decimals and not thousands:
        return "General"
    places = min(whole_or(decimals, 0), 20)
    least = min(whole_or(_get(number, "min-decimal-places"), places), places)
    return f"0{'.' if places else ''}{'0' * least}{'#' * (places - least)}{',' * thousands}"


def _has_line_through(properties: Element) -> bool:
    return any(_get(properties, f"text-line-through-{what}") not in ("", "none") for what in ("style", "type"))


def _last(name: str) -> str:
    return name.rpartition("}")[2]


def _get(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _last(key) == name), "")
