"""Reads .docx: the text in order, as it stands once changes are accepted, with automatic numbers written out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from soket.reading.broken import whole_or
from soket.reading.containers import Package
from soket.reading.formats.paragraphs import Paragraphs
from soket.reading.formats.word_asides import loose_in, margins_in, notes_in, said_in
from soket.reading.formats.word_colours import names_white
from soket.reading.formats.word_styles import Look, Numbering, Styles, is_on
from soket.reading.guards.web_page import is_packed_page, is_page
from soket.reading.relations import CHUNK, Relations
from soket.reading.xml import attribute, child, parse, tag, value
from soket.text import SOFT_HYPHEN

if TYPE_CHECKING:
    from lxml.etree import _Element

_GONE = {"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "rt", "Fallback"}
_TRACKED = {"ins", "del", "moveFrom", "moveTo"}
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "ptab": "\t", "noBreakHyphen": "-"}
# Parts of formulas, which stand above, below or under something: what is seen between them and what is before them.
_FORMULAS = {"num": " ", "den": "/", "sub": "_", "rad": "√"}
_OF_SYMBOLS, _AS_IN_SYMBOL = 0xF000, "0123456789,.%+-()/:;=<> "  # where fonts of symbols lie; what is as it looks
_HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{4}")
_PLAIN = Look()
_ZIP, _RICH_TEXT = b"PK\x03\x04", b"{\\rt"
# What makes how a run looks matter: hidden text, text struck through or above its line, old fonts.
_LOOKS = ("{*}vanish", "{*}strike", "{*}dstrike", "{*}vertAlign", "{*}position")
_NAMING_FONTS, _OLD_FONTS = ("{*}rFonts", "{*}latin"), (".vn", "vni")


def read_word(data: bytes) -> Paragraphs:
    """Return the paragraphs of a document's body: tables, text boxes, notes and documents put into it included."""
    result = Paragraphs()
    _add_word(data, result)
    return result


def _add_word(data: bytes, result: Paragraphs) -> None:
    """Read a document into paragraphs."""
    with Package(data) as package:
        relations = Relations(package)
        main = relations.main()
        related = relations.of(main)
        named = {relation.kind: relation.target for relation in related.values()}

        def part(kind: str) -> _Element | None:
            found = package.find(named.get(kind, "") or f"word/{kind}.xml")
            content = package.read(found) if found else b""
            return parse(content) if content else None

        body, styles, theme = parse(package.read(package.find(main) or main)), part("styles"), part("theme")
        notes = part("footnotes"), part("endnotes")
        chunks = {
            at: package.read(entry)
            for at, relation in related.items()
            if relation.kind == CHUNK and (entry := package.find(relation.target))
        }
        known = Styles(styles, theme)
        asides = notes_in(notes[0]) | notes_in(notes[1])
        reader = _WordReader(result, known, Numbering(part("numbering"), known), asides)
        reader.with_looks = any(_with_looks(each) for each in (body, styles, theme, *notes) if each is not None)
        reader.chunks = chunks
        if (remarks := part("comments")) is not None:
            result.loose_comments += loose_in(remarks, body)
            reader.remarks = said_in(remarks)
        reader.blocks(body)
        result.margins += margins_in(package, related.values())


def _with_looks(root: _Element) -> bool:
    """Return whether how runs look matters to what a part says."""
    return (
        next(root.iter(*_LOOKS), None) is not None
        or names_white(root)
        or any(
            str(value).lower().startswith(_OLD_FONTS)
            for fonts in root.iter(*_NAMING_FONTS)
            for value in fonts.attrib.values()
        )
    )


def _add_chunk(data: bytes, result: Paragraphs) -> None:
    """Read a document, which the guard has seen, into the paragraphs of the one around it."""
    if data.startswith(_ZIP):
        _add_word(data, result)
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


class _WordReader:
    """Walks a document's elements."""

    def __init__(self, result: Paragraphs, styles: Styles, numbering: Numbering, notes: dict[str, _Element]) -> None:
        self.result = result
        self.with_looks = False
        self.chunks: dict[str, bytes] = {}
        self.remarks: dict[str, str] = {}
        self._styles, self._numbering, self._notes = styles, numbering, notes

    def blocks(self, parent: _Element) -> None:
        """Read the paragraphs below an element, rows deleted or hidden and tables of contents left out."""
        for element in parent:
            match tag(element):
                case "p":
                    self._paragraph(element)
                case "tr" if _is_gone(child(element, "trPr")):
                    continue
                case "altChunk":
                    _add_chunk(self.chunks.pop(attribute(element, "id"), b""), self.result)
                case "sdt" if _is_contents(element):
                    continue
                case "tbl":
                    with self.result.table():
                        self.blocks(element)
                case "tr":
                    self.result.row()
                    column = whole_or(value(child(element, "trPr"), "gridBefore"), 0)
                    for cell in _cells(element):
                        properties = child(cell, "tcPr")
                        wide = max(whole_or(value(properties, "gridSpan"), 1), 1)
                        with self.result.cell(column, wide, goes_on=_goes_on(properties)):
                            self.blocks(cell)
                        column += wide
                case name if name not in _GONE:
                    self.blocks(element)

    def _paragraph(self, element: _Element) -> None:
        properties = child(element, "pPr")
        style = value(properties, "pStyle")
        if self._styles.is_contents(style):
            return
        if number := self._numbering.number(properties, style):
            self.result.add(number + " ")
        self.result.tracked += sum(tag(each) in _TRACKED for each in element)
        boxes = list(self._runs(element, style))
        if child(child(properties, "rPr"), "del") is None:  # else this paragraph goes on in the next one
            self.result.end()
        for box in boxes:
            self.blocks(box)

    def _runs(self, parent: _Element, style: str, look: Look = _PLAIN) -> Iterator[_Element]:
        """Add the texts below an element that show; yield the text boxes among them."""
        for element in parent:
            name = tag(element)
            if name == "t":
                self.result.add(element.text or "", look.font, raised=look.raised)
            elif name == "softHyphen":
                self.result.add(SOFT_HYPHEN, look.font)
            elif name in _SPACES:
                self.result.add(_SPACES[name])
            elif name == "commentReference":
                self.result.comment(self.remarks.get(attribute(element, "id"), ""))
            elif name in ("footnoteReference", "endnoteReference"):
                self._note(name.removesuffix("Reference") + attribute(element, "id"))
            elif name == "txbxContent":
                yield element
            elif name not in _GONE:
                self._add_before(name, element)
                inner = self._look(element, style, look)
                if not inner.hidden:
                    yield from self._runs(element, style, inner)

    def _add_before(self, name: str, element: _Element) -> None:
        """Add what an element is seen as, or what is seen before it."""
        if name == "sym" and self.result.has_begun:
            self.result.add(_symbol(element))
        elif name == "ddList":  # of a form's field, which shows the one chosen
            chosen = whole_or(value(element, "result") or value(element, "default"), 0)
            entries = [attribute(each, "val") for each in element if tag(each) == "listEntry"]
            self.result.add("".join(entries[chosen : chosen + 1]))
        elif name in _FORMULAS:
            self.result.add(_FORMULAS[name])

    def _look(self, element: _Element, style: str, outer: Look) -> Look:
        """Return how what is below an element looks; a power of a formula stands above its line."""
        look = self._styles.look(element, style) if self.with_looks and tag(element) == "r" else outer
        return replace(look, raised=look.raised or outer.raised or int(tag(element) == "sup"))

    def _note(self, key: str) -> None:
        note = self._notes.pop(key, None)
        if note is None:
            return
        self.result.begin_note()
        for paragraph in note.iter("{*}p"):
            for _ in self._runs(paragraph, value(child(paragraph, "pPr"), "pStyle")):
                pass  # a note has no text boxes
            self.result.add(" ")
        self.result.end_note()


def _symbol(element: _Element) -> str:
    """Return a symbol: figures, commas and points of the font Symbol are what they look like, others a mark."""
    said = attribute(element, "char")
    code = int(said, 16) if _HEXADECIMAL.fullmatch(said) else 0
    letter = chr(code - _OF_SYMBOLS if code >= _OF_SYMBOLS else code)
    known = letter in _AS_IN_SYMBOL and attribute(element, "font") == "Symbol"
    return letter if known or (code < _OF_SYMBOLS and letter.isprintable()) else "•"


def _cells(row: _Element) -> Iterator[_Element]:
    """Yield the cells of a row, also those in content controls and tracked insertions."""
    for element in row:
        if tag(element) == "tc":
            yield element
        elif tag(element) not in _GONE:
            yield from _cells(element)


def _goes_on(properties: _Element | None) -> bool:
    """Return whether a cell is part of the one above it."""
    return child(properties, "vMerge") is not None and value(properties, "vMerge") != "restart"


def _is_gone(properties: _Element | None) -> bool:
    """Return whether a row was deleted, or is hidden."""
    hidden = child(properties, "hidden")
    return child(properties, "del") is not None or (hidden is not None and is_on(hidden))


def _is_contents(element: _Element) -> bool:
    gallery = child(child(child(element, "sdtPr"), "docPartObj"), "docPartGallery")
    return gallery is not None and attribute(gallery, "val") == "Table of Contents"
