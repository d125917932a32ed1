"""Reads .ods by its own XML, which tells percentages, errors and what is hidden; repeats stay within our limits.

`content.xml` holds no declarations: the guard has seen to it.
"""

from __future__ import annotations

from xml.parsers import expat

from soket.reading.containers import Package
from soket.reading.findings import Cell, FindingError, Sheet, Special
from soket.reading.formats.cells import (
    BOXED,
    MOST_COLUMNS,
    MOST_ROWS,
    names_of,
    note_on,
    prompts,
    struck,
    with_marks,
)
from soket.reading.formats.colours import unseen
from soket.reading.formats.conditions import seen_as
from soket.reading.formats.ods_styles import OdsStyles
from soket.reading.formats.ods_table import Attributes, OdsTable, count_of, value_of
from soket.reading.guards.extent import column_letters
from soket.reading.xml import as_shown, open_space

_HIDDEN = {"collapse", "filter"}
_NOTE = "office:annotation"
# What has words beside those of the cell that it is anchored in: shapes, but no frame, which holds a box or a picture.
_BESIDE = {_NOTE} | {
    f"draw:{shape}"
    for shape in ("text-box", "custom-shape", "rect", "ellipse", "circle", "caption", "line", "path", "polygon")
}
_ABOUT = {"dc:creator", "dc:date", "svg:title", "svg:desc"}  # a note or a drawing, and seen nowhere


def read_ods(data: bytes) -> list[Sheet]:
    """Return the sheets of an OpenDocument spreadsheet."""
    with Package(data) as package:
        content = package.read("content.xml")
        common = package.read("styles.xml") if "styles.xml" in package.names else None
    reader = _OdsReader(OdsStyles(content, common))
    reader.parse(content)
    return reader.sheets


class _OdsReader:
    """Follows the XML; names come with their usual prefixes, which every known writer uses."""

    def __init__(self, styles: OdsStyles) -> None:
        self.sheets: list[Sheet] = []
        self._styles = styles
        self._table: OdsTable | None = None
        self._cells: list[Cell] = []
        self._row: Attributes = {}
        self._cell: Attributes | None = None
        self._covered = False
        self._text: list[tuple[str, bool]] = []  # and whether it is raised
        self._spans: list[str] = []  # the styles of those that are open
        self._aside: list[str] = []  # of a note or a text box
        self._paragraphs = 0  # of the cell; a formula that was computed has one, empty or not
        self._in_note = 0
        self._about_note = False  # within who wrote it, and when
        self._prompts: dict[str, list[str]] = {}  # what checks of cells say, by their names
        self._check = ""

    def parse(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            raise FindingError("TEP-15") from None

    def _start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "table:table" if self._table is None:
                hidden = attributes.get("table:style-name") in self._styles.hidden
                self._table = OdsTable(attributes.get("table:name", ""), hidden)
            case "table:table-column" if self._table:
                self._declare_columns(self._table, attributes)
            case "table:table-row":
                self._row, self._cells = attributes, []
            case "table:table-cell" | "table:covered-table-cell":
                self._cell, self._covered = attributes, name != "table:table-cell"
                self._text, self._paragraphs = [], 0
            case "text:p" if not self._in_note:
                self._text += [("\n", False)] if self._paragraphs else []
                self._paragraphs += 1
            case "text:s" | "text:tab" | "text:line-break":
                self._text.append((open_space(name.removeprefix("text:"), attributes.get("text:c", "")), False))
            case "text:span":
                self._spans.append(attributes.get("text:style-name", ""))
            case _:
                self._start_beside(name, attributes)

    def _start_beside(self, name: str, attributes: Attributes) -> None:
        match name:
            case "table:content-validation":
                self._check = attributes.get("table:name", "")
            case "table:help-message" if attributes.get("table:display") == "true":
                self._prompts[self._check] = [attributes.get("table:title", "")]
                self._in_note += 1
            case _ if name in _BESIDE:
                self._in_note += 1
            case _ if name in _ABOUT:
                self._about_note = True

    def _characters(self, text: str) -> None:
        if self._about_note:
            return
        if self._in_note:
            self._aside.append(text)
        elif self._cell is not None:
            styles = set(self._spans)
            if any(map(self._styles.is_in_white, styles)) and self._table and self._is_bare(self._table, self._cell):
                return
            text = text if styles.isdisjoint(self._styles.struck) else struck(text)
            self._text.append((as_shown(text), not styles.isdisjoint(self._styles.raised)))

    def _end(self, name: str) -> None:
        match name:
            case "text:span" if self._spans:
                self._spans.pop()
            case _ if name in _ABOUT:
                self._about_note = False
            case "table:help-message" if self._in_note:
                self._in_note -= 1
                self._prompts[self._check].append(" ".join(self._aside))
                self._aside = []
            case _ if name in _BESIDE:
                self._in_note -= 1
                if self._table:
                    place = note_on(self._place(self._table)) if name == _NOTE else BOXED
                    self._table.asides.append((place, " ".join(self._aside)))
                self._aside = []
            case "table:table-cell" | "table:covered-table-cell" if self._cell is not None and self._table:
                self._take_cell(self._table, self._cell)
                self._cell = None
            case "table:table-row" if self._table:
                self._take_row(self._table)
            case "table:table" if self._table:
                self._table.asides += self._styles.margins
                for check, cells in self._table.checked.items():
                    self._table.asides += prompts(names_of(cells), self._prompts.get(check, []))
                self.sheets.append(self._table.sheet())
                self._table = None

    def _declare_columns(self, table: OdsTable, attributes: Attributes) -> None:
        count = count_of(attributes, "columns-repeated")
        table.styles.append((table.columns + count, attributes.get("table:default-cell-style-name", "")))
        if attributes.get("table:visibility") in _HIDDEN:
            table.hidden_columns += range(table.columns, min(table.columns + count, MOST_COLUMNS))
        table.columns += count

    def _place(self, table: OdsTable) -> str:
        return f"{column_letters(len(self._cells) + 1)}{table.row + 1}"

    def _take_cell(self, table: OdsTable, cell: Attributes) -> None:
        uncached = "table:formula" in cell and not self._paragraphs and "office:value-type" not in cell
        text = with_marks(self._text).strip()
        style = self._style(table, cell)
        value: Cell = Special("uncached") if uncached else value_of(cell, text, self._styles.format_of(style))
        if isinstance(value, float):
            value = seen_as(value, self._styles.conditional(style))
        if self._styles.is_struck(style) and isinstance(value, str | float):
            value = struck(text)
        if self._styles.is_in_white(style) and self._styles.is_bare(style):
            value = unseen(value)
        if self._covered:
            value = None
        down, across = count_of(cell, "rows-spanned"), count_of(cell, "columns-spanned")
        if down > 1 or across > 1:
            column = len(self._cells)
            table.merged.append((table.row, column, table.row + down - 1, column + across - 1))
        if check := cell.get("table:content-validation-name"):
            last = min(len(self._cells) + count_of(cell, "columns-repeated"), MOST_COLUMNS)
            bottom = min(table.row + count_of(self._row, "rows-repeated"), MOST_ROWS)
            table.checked.setdefault(check, []).append((table.row + 1, len(self._cells) + 1, bottom, last))
        self._cells += [value] * min(count_of(cell, "columns-repeated"), MOST_COLUMNS - len(self._cells))

    def _is_bare(self, table: OdsTable, cell: Attributes) -> bool:
        return self._styles.is_bare(self._style(table, cell))

    def _style(self, table: OdsTable, cell: Attributes) -> str:
        """Return the style of a cell: its own, its row's or its column's."""
        column = len(self._cells)
        of_column = next((style for after, style in table.styles if column < after), "")
        return cell.get("table:style-name") or self._row.get("table:default-cell-style-name") or of_column

    def _take_row(self, table: OdsTable) -> None:
        count = count_of(self._row, "rows-repeated")
        while self._cells and self._cells[-1] is None:
            self._cells.pop()
        if self._row.get("table:visibility") in _HIDDEN:
            table.hidden_rows += range(table.row, min(table.row + count, MOST_ROWS + 1))
        if self._cells:
            room = MOST_ROWS + 1 - len(table.rows)
            blanks = min(table.row - len(table.rows), room)
            table.rows += [[] for _ in range(blanks)]
            table.rows += [self._cells] * min(count, MOST_ROWS + 1 - len(table.rows))
        table.row += count
