"""Reads pages of the web that are sent as documents: the text in order, as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from soket.reading.broken import library, whole_or
from soket.reading.findings import Cell, Sheet
from soket.reading.formats.cells import plain, sheet_of
from soket.reading.formats.colours import is_white
from soket.reading.formats.numerals import Counters, NumberedLevel
from soket.reading.formats.paragraphs import Paragraphs
from soket.reading.guards.web_page import text_of
from soket.reading.xml import as_shown

if TYPE_CHECKING:
    from lxml.etree import _Element

_GONE = {
    "head", "script", "style", "title", "noscript", "del", "s", "strike", "template", "button",
    "xml", "rt", "rp",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "br", "hr", "table", "tr", "td",
    "th", "caption", "blockquote", "pre", "section", "article", "header", "footer", "center", "form", "address",
}  # fmt: skip
_ABSENT = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
# What is struck through was deleted by hand.
_HIDDEN = re.compile(
    r"(?:^|;)\s*(?:visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:\.0+)?[a-z%]*\s*(?:;|$)|"
    r"text-decoration[^;]*\bline-through)",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;]+)", re.IGNORECASE)
_BEHIND = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;]+)", re.IGNORECASE)
_NOTHING_BEHIND = {"", "none", "transparent", "auto"}
_RAISED = re.compile(r"(?:^|;)\s*(?:vertical-align\s*:\s*super|mso-text-raise\s*:\s*[1-9])", re.IGNORECASE)
_LOWERED = re.compile(r"(?:^|;)\s*(?:vertical-align\s*:\s*sub\b|mso-text-raise\s*:\s*-[1-9])", re.IGNORECASE)
_RULE, _CLASS = re.compile(r"([^{}]+)\{([^{}]*)\}"), re.compile(r"(?:^|,)\s*\w*\.([\w-]+)\s*(?=,|$)")
_REMARK = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_FAMILY = re.compile(r"(?:^|;)\s*font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)
_LIST_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(upper-roman|lower-roman|upper-alpha|lower-alpha|none)\b", re.IGNORECASE
)
_LIST_STYLES = {"upper-roman": "I", "lower-roman": "i", "upper-alpha": "A", "lower-alpha": "a", "none": ""}
_LINES_ABOVE = 8  # before a table, in which something may be said of it


def read_web_page(data: bytes) -> Paragraphs:
    """Return the paragraphs of a page, tables included."""
    result = Paragraphs()
    add_web_page(data, result)
    return result


def add_web_page(data: bytes, result: Paragraphs) -> None:
    """Read a page into paragraphs."""
    from lxml import etree

    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    with library(etree.XMLSyntaxError):
        root = etree.fromstring(text_of(data).encode() or b"<html/>", parser)
    if root is not None:
        _PageReader(result, _classes(root)).element(root)
        result.end()


class _PageReader:
    """Walks a page's elements."""

    def __init__(self, result: Paragraphs, classes: Mapping[str, str]) -> None:
        self._result, self._classes = result, classes
        self._lists: list[Counters] = []
        self._font, self._raised, self._after_blank = "", 0, False

    def element(self, element: _Element) -> None:
        """Read an element and what is below it."""
        name = str(element.tag).rpartition(":")[2].lower() if isinstance(element.tag, str) else ""
        style = self._style(element)
        if not name or name in _GONE or self._is_absent(element) or self._is_unseen(element, style):
            return
        if name in _BLOCKS:
            self._result.end()
        with self._looking(name, element, style):
            match name:
                case "table":
                    with self._result.table():
                        self._rows(element)
                case "select" | "input":
                    self._add(_chosen(element))
                case "ol" | "ul":
                    self._lists.append(_list(name, element, style))
                    self._inside(element)
                    self._lists.pop()
                case "li" if self._lists:
                    counters = self._lists[-1]
                    if (value := element.get("value", "")).isdigit():
                        counters.numbers[0] = whole_or(value, 1) - 1
                    if number := counters.next(0):
                        self._result.add(number + " ")
                    self._inside(element)
                case _:
                    self._inside(element)
        if name in _BLOCKS:
            self._result.end()

    def _inside(self, element: _Element) -> None:
        self._add(element.text)
        for each in element:
            self.element(each)
            self._add(each.tail)

    def _rows(self, table: _Element) -> None:
        """Read a table's rows; cells that reach down over several keep their columns in those below."""
        taken: dict[int, int] = {}  # rows still to come by column
        for row in _rows_of(table):
            self._result.row()
            column, below = 0, {at: left - 1 for at, left in taken.items() if left > 1}
            for cell in row:
                if cell.tag not in ("td", "th") or self._is_absent(row) or self._is_absent(cell):
                    continue
                while column in taken:
                    column += 1
                wide, high = whole_or(cell.get("colspan", ""), 1), whole_or(cell.get("rowspan", ""), 1)
                with self._result.cell(column, max(wide, 1), max(high, 1)):
                    self.element(cell)
                if high > 1:
                    below |= dict.fromkeys(range(column, column + min(wide, 100)), high - 1)
                column += max(wide, 1)
            taken = below

    def _is_unseen(self, element: _Element, style: str) -> bool:
        """Return whether letters are hidden or struck, or white with nothing of another colour behind them."""
        if _HIDDEN.search(style):
            return True
        colour = _COLOUR.findall(style)
        if not is_white(colour[-1] if colour else element.get("color", "")):
            return False
        around = (element, *element.iterancestors())
        behind = [each.get("bgcolor", "") for each in around]
        behind += [said for each in around for said in _BEHIND.findall(self._style(each))[-1:]]
        return all(said.strip().lower() in _NOTHING_BEHIND or is_white(said) for said in behind)

    def _style(self, element: _Element) -> str:
        """Return what is said of how an element looks, by its classes and by itself."""
        named = (self._classes.get(name, "") for name in element.get("class", "").split())
        return ";".join([*named, element.get("style", "")])

    def _is_absent(self, element: _Element) -> bool:
        """Return whether an element takes no room, as a cell that has no column."""
        return element.get("hidden") is not None or _ABSENT.search(self._style(element)) is not None

    @contextmanager
    def _looking(self, name: str, element: _Element, style: str) -> Iterator[None]:
        """Take what is read meanwhile for text that looks as an element says."""
        before = self._font, self._raised
        family = _FAMILY.search(style)
        self._font = family[1].strip() if family else element.get("face", self._font)
        above = name == "sup" or _RAISED.search(style) is not None
        below = name == "sub" or _LOWERED.search(style) is not None
        self._raised = self._raised or above - below
        yield
        self._font, self._raised = before

    def _add(self, text: str | None) -> None:
        if text:
            shown = as_shown(text)  # as a browser does, across elements too
            self._result.add(shown[shown[0] == " " and self._after_blank :], self._font, raised=self._raised)
            self._after_blank = shown[-1] == " "


def _chosen(element: _Element) -> str:
    """Return what a field of a form shows: the option that is chosen, or what is typed in."""
    if element.tag == "input":
        return element.get("value", "") if element.get("type", "text").lower() in ("text", "number") else ""
    options = list(element.iter("option"))
    chosen = [each for each in options if each.get("selected") is not None] or options[:1]
    return " ".join("".join(each.itertext()) for each in chosen)


def _classes(root: _Element) -> dict[str, str]:
    """Return what is said of each class, as Excel and Word write it: ".xl24 {…}", "span.SpellE {…}"."""
    found: dict[str, str] = {}
    for sheet in root.iter("style"):
        for rule in _RULE.finditer(_REMARK.sub("", sheet.text or "")):
            for name in _CLASS.findall(rule[1]):
                found[name] = f"{found.get(name, '')};{rule[2]}"
    return found


def _rows_of(table: _Element) -> Iterator[_Element]:
    for element in table:
        if element.tag == "tr":
            yield element
        elif element.tag in ("thead", "tbody", "tfoot"):
            yield from _rows_of(element)


def _list(name: str, element: _Element, style: str) -> Counters:
    said = _LIST_STYLE.search(style)
    numeral = "-" if name == "ul" else element.get("type", "1")
    if said:
        numeral = _LIST_STYLES[said[1].lower()]
    return Counters({0: NumberedLevel(numeral, "%1.", whole_or(element.get("start", ""), 1))})


def sheets_of(found: Paragraphs) -> Iterator[Sheet]:
    """Yield the tables of a page as sheets, each under the lines before it: they may say its unit of measure."""
    for number, table in enumerate(found.tables, 1):
        lines: list[list[Cell]] = [
            [plain(text)] for text in found.texts[max(0, table.first - _LINES_ABOVE) : table.first]
        ]
        down = len(lines)
        for row in table.rows:
            line: list[Cell] = []
            for column, first, after in row:
                line += [None] * (column - len(line))
                line.append(plain("\n".join(found.texts[first:after])))
            lines.append(line)
        merged = ((top + down, left, bottom + down, right) for top, left, bottom, right in table.merged)
        yield sheet_of(f"Bảng {number}" if len(found.tables) > 1 else "", (0, 0), lines, merged=merged)
