"""Reads how a .docx looks: what styles, tables and sections make of each paragraph, resolved down to the letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from soket.reading.containers import Package
from soket.reading.findings import FindingError
from soket.reading.formats.word_styles import Styles, is_on
from soket.reading.guards import guard
from soket.reading.looks import InTable, LaidOut, Lettering, LookedAt, Numbered, PageSet, TableHeld
from soket.reading.relations import Relations
from soket.reading.xml import attribute, child, parse, tag, value

if TYPE_CHECKING:
    from lxml.etree import _Element

_MM = 25.4 / 1440  # of a twip
_ALIGNS = {"start": "left", "end": "right", "distribute": "both", "": "left"}
_LINE = 240.0  # of a line of one, in Word's measure
_USUAL_SIZE = 10.0  # points, where nothing says another


def looked_at(data: bytes) -> dict[str, Any]:
    """Return how a document looks as JSON can hold it, or what keeps it from being looked at."""
    try:
        guard("docx", data)
        return read_looks(data).to_data()
    except FindingError as stopped:
        return {"finding": stopped.finding.code, "facts": stopped.finding.facts}


def read_looks(data: bytes) -> LaidOut:
    """Return how a document looks."""
    with Package(data) as package:
        relations = Relations(package)
        main = relations.main()
        related = relations.of(main)
        named = {relation.kind: relation.target for relation in related.values()}

        def part(name: str) -> _Element | None:
            found = package.find(name)
            content = package.read(found) if found else b""
            return parse(content) if content else None

        styles = Styles(part(named.get("styles", "word/styles.xml")), part(named.get("theme", "word/theme/theme1.xml")))
        margins = {
            key: root
            for key, relation in related.items()
            if relation.kind in ("header", "footer") and (root := part(relation.target)) is not None
        }
        return _Looker(styles, margins).look(parse(package.read(package.find(main) or main)))


class _Looker:
    """Walks a document's paragraphs, tables and sections."""

    def __init__(self, styles: Styles, margins: dict[str, _Element]) -> None:
        self._styles, self._margins = styles, margins
        self._numbers: dict[_Element, int] = {}
        self._unseen: set[_Element] = set()
        self._made: dict[tuple[str, str, bytes], dict[str, Any]] = {}

    def look(self, root: _Element) -> LaidOut:
        """Return how a document looks, its paragraphs numbered as they come."""
        body = child(root, "body")
        if body is None:
            return LaidOut((), (), ())
        self._numbers = {each: number for number, each in enumerate(root.iter("{*}p"))}
        gone = root.iter("{*}del", "{*}moveFrom", "{*}Fallback")
        self._unseen = {inner for each in gone for inner in each.iter()}
        cells = dict(self._cells(body))
        paragraphs = tuple(self._paragraph(each, cells.get(each)) for each in self._numbers if each not in self._unseen)
        return LaidOut(paragraphs, tuple(self._pages(body)), tuple(self._tables(body)))

    def _cells(self, body: _Element) -> Iterator[tuple[_Element, InTable]]:
        """Yield the paragraphs in tables with their places; those in a table within a table have its place."""
        for number, table in enumerate(body.iter("{*}tbl")):
            for row_number, row in enumerate(each for each in table if tag(each) == "tr"):
                column = 0
                for cell in (each for each in row.iter("{*}tc") if each.getparent() is row):
                    for paragraph in cell.iter("{*}p"):
                        yield paragraph, InTable(number, row_number, column)
                    span = value(child(cell, "tcPr"), "gridSpan")
                    column += int(span) if span.isdigit() else 1

    def _paragraph(self, element: _Element, cell: InTable | None) -> LookedAt:
        properties = child(element, "pPr")
        style = value(properties, "pStyle")
        return LookedAt(
            number=self._numbers[element],
            text=self._text(element),
            cell=cell,
            sets=tuple(self._sets(element, style)),
            drawn=any(True for _ in element.iter("{*}drawing", "{*}pict")),
            **self._once("p", style, properties, self._shape),
        )

    def _once(
        self, what: str, style: str, own: _Element | None, make: Callable[[str, _Element | None], dict[str, Any]]
    ) -> dict[str, Any]:
        """Return what a style and one's own properties make: thousands of paragraphs say the same."""
        from lxml import etree

        key = what, style, b"" if own is None else etree.tostring(own)
        if key not in self._made:
            self._made[key] = make(style, own)
        return self._made[key]

    def _shape(self, style: str, own: _Element | None) -> dict[str, Any]:
        chain = self._styles.whole_chain(style)
        sources = [own, *(child(each, "pPr") for each in chain), self._styles.paragraph]
        spacing, indent = _said(sources, "spacing"), _said(sources, "ind")
        rule = spacing.get("lineRule", "auto")
        borders = [each for source in sources if (each := child(source, "pBdr")) is not None][:1]
        align = next((found for source in sources if (found := value(source, "jc"))), "")
        return {
            "align": _ALIGNS.get(align, align),
            "indent": _MM * (_number(indent.get("firstLine")) - _number(indent.get("hanging"))),
            "before": _number(spacing.get("before")) / 20,
            "after": _number(spacing.get("after")) / 20,
            "line": _number(spacing.get("line"), _LINE) / (_LINE if rule == "auto" else 20),
            "line_rule": rule,
            "keep_next": _flag(sources, "keepNext"),
            "ruled": any(tag(side) in ("top", "bottom") for each in borders for side in each),
        }

    def _text(self, element: _Element) -> str:
        shown = (each for each in element.iter("{*}t", "{*}tab", "{*}br") if each not in self._unseen)
        return "".join(each.text or "" if tag(each) == "t" else "\n" if tag(each) == "br" else "\t" for each in shown)

    def _sets(self, element: _Element, style: str) -> Iterator[Lettering]:
        for run in element.iter("{*}r"):
            text = "".join(each.text or "" for each in run if tag(each) == "t")
            letters = len("".join(text.split()))
            if not letters or run in self._unseen:
                continue
            yield Lettering(letters, **self._once("r", style, child(run, "rPr"), self._letters))

    def _letters(self, style: str, own: _Element | None) -> dict[str, Any]:
        chain = [*self._styles.whole_chain(value(own, "rStyle"), own=True), *self._styles.whole_chain(style)]
        sources = [own, *(child(each, "rPr") for each in chain), self._styles.letters]
        size = next((found for source in sources if (found := value(source, "sz"))), "")
        underline = next((found for source in sources if (found := value(source, "u"))), "none")
        return {
            "font": self._styles.font_of(sources),
            "size": _number(size, 2 * _USUAL_SIZE) / 2,
            "bold": _flag(sources, "b"),
            "italic": _flag(sources, "i"),
            "underline": underline != "none",
        }

    def _pages(self, body: _Element) -> Iterator[PageSet]:
        begins = 0
        before: dict[tuple[str, str], _Element] = {}
        for section in body.iter("{*}sectPr"):
            if any(tag(each) == "sectPrChange" for each in section.iterancestors()):
                continue
            before = before | self._headers(section)
            size, margin, numbers = child(section, "pgSz"), child(section, "pgMar"), child(section, "pgNumType")
            starts = "" if numbers is None else attribute(numbers, "start")
            apart = child(section, "titlePg")
            yield PageSet(
                width=_MM * _number(_of(size, "w")),
                height=_MM * _number(_of(size, "h")),
                top=_MM * _number(_of(margin, "top")),
                bottom=_MM * _number(_of(margin, "bottom")),
                left=_MM * _number(_of(margin, "left")),
                right=_MM * _number(_of(margin, "right")),
                first_apart=apart is not None and is_on(apart),
                starts=int(starts) if starts.isdigit() else None,
                begins=begins,
                numbers=tuple(self._page_numbers(before)),
            )
            paragraph = next((each for each in section.iterancestors("{*}p")), None)
            begins = self._numbers[paragraph] + 1 if paragraph is not None else begins

    def _headers(self, section: _Element) -> dict[tuple[str, str], _Element]:
        """Return the heads and feet that a section names, by what they are and for which pages."""
        found = {}
        for each in section:
            if tag(each) in ("headerReference", "footerReference"):
                part = self._margins.get(attribute(each, "id"))
                if part is not None:
                    found[tag(each), attribute(each, "type", "default")] = part
        return found

    def _page_numbers(self, margins: dict[tuple[str, str], _Element]) -> Iterator[Numbered]:
        for (kind, of), part in margins.items():
            for paragraph in part.iter("{*}p"):
                fields = [each.text or "" for each in paragraph.iter("{*}instrText")]
                fields += [attribute(each, "instr") for each in paragraph.iter("{*}fldSimple")]
                if not any(each.split()[:1] == ["PAGE"] for each in fields):
                    continue
                self._numbers.setdefault(paragraph, -1)
                looked = self._paragraph(paragraph, None)
                size = looked.sets[0].size if looked.sets else 0.0
                yield Numbered(kind == "headerReference", of, looked.align, size)

    def _tables(self, body: _Element) -> Iterator[TableHeld]:
        for table in body.iter("{*}tbl"):
            rows = [each for each in table if tag(each) == "tr"]
            said = [child(row, "trPr") for row in rows]
            repeated = 0
            for each in said:
                if child(each, "tblHeader") is None:
                    break
                repeated += 1
            first = next((self._numbers[each] for each in table.iter("{*}p")), -1)
            splitting = sum(child(each, "cantSplit") is None for each in said)
            yield TableHeld(len(rows), repeated, splitting, self._is_bordered(table), first)

    def _is_bordered(self, table: _Element) -> bool:
        properties = child(table, "tblPr")
        chain = self._styles.whole_chain(value(properties, "tblStyle"), own=True)
        for source in (properties, *(child(each, "tblPr") for each in chain)):
            borders = child(source, "tblBorders")
            if borders is not None:
                return any(attribute(each, "val") not in ("", "none", "nil") for each in borders)
        sides = (each for borders in table.iter("{*}tcBorders") for each in borders)
        return any(attribute(each, "val") not in ("", "none", "nil") for each in sides)


def _said(sources: list[_Element | None], name: str) -> dict[str, str]:
    """Return an element's attributes, each as the first source has it."""
    said: dict[str, str] = {}
    for source in reversed(sources):
        found = child(source, name)
        if found is not None:
            said |= {str(key).rpartition("}")[2]: str(each) for key, each in found.attrib.items()}
    return said


def _flag(sources: list[_Element | None], name: str) -> bool:
    return next((is_on(each) for source in sources if (each := child(source, name)) is not None), False)


def _of(element: _Element | None, name: str) -> str:
    return "" if element is None else attribute(element, name)


def _number(text: str | None, usual: float = 0.0) -> float:
    try:
        return float(text) if text else usual
    except ValueError:
        return usual
