"""The styles and the automatic numbers of a .docx: what paragraphs get without saying so themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from soket.reading.broken import whole_or
from soket.reading.formats.numerals import Counters, NumberedLevel
from soket.reading.formats.word_colours import are_bare, are_white
from soket.reading.xml import attribute, child, tag, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_STYLES = {
    "upperRoman": "I", "lowerRoman": "i", "upperLetter": "A", "lowerLetter": "a", "decimalZero": "01", "bullet": "-",
    "none": "",
}  # fmt: skip
_LONGEST_CHAIN = 20
_PLACES = {"superscript": 1, "subscript": -1}
_UNSAID = ("vanish", "strike", "dstrike")  # hidden, or deleted by hand
_OF_THE_THEME = "theme"  # a font of today, whichever


@dataclass(frozen=True)
class Look:
    """How text is shown: its font, whether at all (not, if struck through), and above (1) or below (-1) its line."""

    font: str = ""
    hidden: bool = False
    raised: int = 0


def is_on(element: _Element) -> bool:
    """Return whether an element that switches something on does so."""
    return attribute(element, "val") not in ("0", "false", "off")


def _is_switched_on(what: str, sources: list[_Element | None]) -> bool:
    """Return whether the first of some properties that says anything of it switches something on."""
    said = next((said for source in sources if (said := child(source, what)) is not None), None)
    return said is not None and is_on(said)


class Styles:
    """Paragraph and character styles, each based on another."""

    def __init__(self, root: _Element | None, theme: _Element | None = None) -> None:
        self._theme = _fonts_of(theme)
        self._by_id = {attribute(style, "styleId"): style for style in _children(root, "style")}
        self.letters = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
        self.paragraph = child(child(child(root, "docDefaults"), "pPrDefault"), "pPr")
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

    def whole_chain(self, style: str, *, own: bool = False) -> list[_Element]:
        """Return a style and those that it is based on; of the usual one where none is named, unless `own`."""
        return list(self.chain(style if own else style or self._normal))

    def is_contents(self, style: str) -> bool:
        """Return whether a style is of the lines of a table of contents, which repeat the headings."""
        element = self._by_id.get(style)
        return element is not None and value(element, "name").casefold().startswith("toc ")

    def list_of(self, style: str) -> str:
        """Return the number of the list that a style of lists stands for."""
        return value(child(child(self._by_id.get(style), "pPr"), "numPr"), "numId")

    def look(self, run: _Element, style: str) -> Look:
        """Return how a run in a paragraph of a style looks."""
        own = child(run, "rPr")
        sources = [own]
        for name in (value(own, "rStyle"), style or self._normal):
            sources += [child(element, "rPr") for element in self.chain(name)]
        sources.append(self.letters)
        unseen = are_white(sources) and are_bare(run, sources, self._around(run, style))
        return Look(
            self.font_of(sources),
            hidden=unseen or any(_is_switched_on(what, sources) for what in _UNSAID),
            raised=_PLACES.get(next(filter(None, map(_place_in, sources)), ""), 0),
        )

    def _around(self, run: _Element, style: str) -> Iterator[_Element]:
        """Yield the styles of the paragraph and of the tables that a run stands in, with those they are based on."""
        yield from self.whole_chain(style)
        for table in run.iterancestors("{*}tbl"):
            yield from self.chain(value(child(table, "tblPr"), "tblStyle"))

    def font_of(self, sources: Iterable[_Element | None]) -> str:
        """Return the font that the first of some properties names which names any."""
        return next(filter(None, map(self._font_in, sources)), "")

    def _font_in(self, properties: _Element | None) -> str:
        """Return the font that some properties name, by itself or as one of the theme's."""
        fonts = child(properties, "rFonts")
        if fonts is None:
            return ""
        themed = attribute(fonts, "asciiTheme") or attribute(fonts, "hAnsiTheme")
        if themed:
            return self._theme.get(themed[:5], "") or _OF_THE_THEME
        return attribute(fonts, "ascii") or attribute(fonts, "hAnsi")


class Numbering:
    """The lists of a document and how far each has counted."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract = {attribute(each, "abstractNumId"): each for each in _children(root, "abstractNum")}
        self._numbers = {attribute(each, "numId"): each for each in _children(root, "num")}
        self._counters: dict[str, Counters] = {}  # by abstract number, for lists of one kind count on; or a list's own
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
        kind = self._definition(value(element, "abstractNumId"))
        overrides = {attribute(each, "ilvl"): each for each in _children(element, "lvlOverride")}
        own = {at: level for at, each in overrides.items() if (level := child(each, "lvl")) is not None}
        counters = self._counters.get(number if own else kind)
        if counters is None:
            levels = {attribute(each, "ilvl"): each for each in _children(self._abstract.get(kind), "lvl")} | own
            counters = self._counters[number if own else kind] = Counters(
                {int(at): _level(each) for at, each in levels.items() if _is_level(at)}
            )
        if number not in self._restarted:
            self._restarted.add(number)
            for at, override in overrides.items():
                start = value(override, "startOverride")
                if _is_level(at) and start:
                    counters.numbers[int(at)] = whole_or(start, 1) - 1
        return counters

    def _definition(self, kind: str) -> str:
        """Return the abstract number that has the levels of another, which may only name the style that has them."""
        for _ in range(_LONGEST_CHAIN):
            element = self._abstract.get(kind)
            style = value(element, "numStyleLink")
            if element is None or not style or child(element, "lvl") is not None:
                break
            linked = (each for each, other in self._abstract.items() if value(other, "styleLink") == style)
            kind = next(linked, "") or value(self._numbers.get(self._styles.list_of(style)), "abstractNumId")
        return kind


def _place_in(properties: _Element | None) -> str:
    """Return where some properties put text: above its line, below or on it; '' where they do not say."""
    aligned, moved = value(properties, "vertAlign"), value(properties, "position")
    if aligned and not (aligned == "baseline" and moved):
        return aligned
    if not moved or not moved.strip("+-0"):
        return "baseline" if moved else ""
    return "subscript" if moved.startswith("-") else "superscript" if moved.isdigit() else "baseline"


def _fonts_of(theme: _Element | None) -> dict[str, str]:
    """Return the two fonts of a theme: of headings ("major") and of text ("minor")."""
    fonts = {}
    for scheme in () if theme is None else theme.iter("{*}majorFont", "{*}minorFont"):
        latin = child(scheme, "latin")
        fonts[tag(scheme)[:5]] = "" if latin is None else attribute(latin, "typeface")
    return fonts


def _is_level(text: str) -> bool:
    return len(text) == 1 and text in "0123456789"


def _level(element: _Element) -> NumberedLevel:
    start = value(element, "start")
    style = value(element, "numFmt")
    return NumberedLevel(_STYLES.get(style, "1"), value(element, "lvlText"), whole_or(start, 1))


def _children(parent: _Element | None, name: str) -> list[_Element]:
    return [] if parent is None else [each for each in parent if tag(each) == name]
