"""Reads .ods by its own XML, which tells percentages, errors and what is hidden; repeats stay within our limits.

`content.xml` holds no declarations: the guard has seen to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from soket.reading.broken import number, whole
from soket.reading.containers import Package
from soket.reading.findings import Cell, FindingError, Sheet, Special
from soket.reading.formats.cells import MOST_COLUMNS, MOST_ROWS, plain, sheet_of

_ERRORS = {"Err:502": "#VALUE!", "Err:503": "#NUM!", "Err:504": "#REF!", "Err:508": "#NAME?", "Err:532": "#DIV/0!"}
_HIDDEN = {"collapse", "filter"}
_Merge = tuple[int, int, int, int]
Attributes = dict[str, str]


def read_ods(data: bytes) -> list[Sheet]:
    """Return the sheets of an OpenDocument spreadsheet."""
    with Package(data) as package:
        content = package.read("content.xml")
    reader = _OdsReader()
    reader.parse(content)
    return reader.sheets


@dataclass
class _Table:
    """One sheet while it is read."""

    name: str
    hidden: bool
    rows: list[list[Cell]] = field(default_factory=list)
    row: int = 0  # of the next row
    columns: int = 0  # declared so far
    merged: list[_Merge] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)


class _OdsReader:
    """Follows the XML; names come with their usual prefixes, which every known writer uses."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._table: _Table | None = None
        self._cells: list[Cell] = []
        self._row: Attributes = {}
        self._cell: Attributes | None = None
        self._covered = False
        self._text: list[str] = []
        self._paragraphs = 0  # of the cell; a formula that was computed has one, empty or not
        self._in_note = 0

    def parse(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            raise FindingError("TEP-15") from None

    def _start(self, name: str, attributes: Attributes) -> None:
        match name:
            case "style:style":
                self._style = attributes.get("style:name", "")
            case "style:table-properties" if attributes.get("table:display") == "false":
                self._hidden_styles.add(self._style)
            case "table:table" if self._table is None:
                hidden = attributes.get("table:style-name") in self._hidden_styles
                self._table = _Table(attributes.get("table:name", ""), hidden)
            case "table:table-column" if self._table:
                self._declare_columns(self._table, attributes)
            case "table:table-row":
                self._row, self._cells = attributes, []
            case "table:table-cell" | "table:covered-table-cell":
                self._cell, self._covered = attributes, name != "table:table-cell"
                self._text, self._paragraphs = [], 0
            case "office:annotation":
                self._in_note += 1
            case "text:p" if not self._in_note:
                self._text += ["\n"] if self._paragraphs else []
                self._paragraphs += 1
            case "text:s" | "text:tab" | "text:line-break":
                self._text.append(" ")

    def _characters(self, text: str) -> None:
        if self._cell is not None and not self._in_note:
            self._text.append(text)

    def _end(self, name: str) -> None:
        match name:
            case "office:annotation":
                self._in_note -= 1
            case "table:table-cell" | "table:covered-table-cell" if self._cell is not None and self._table:
                self._take_cell(self._table, self._cell)
                self._cell = None
            case "table:table-row" if self._table:
                self._take_row(self._table)
            case "table:table" if self._table:
                self.sheets.append(_finished(self._table))
                self._table = None

    def _declare_columns(self, table: _Table, attributes: Attributes) -> None:
        count = _count(attributes, "columns-repeated")
        if attributes.get("table:visibility") in _HIDDEN:
            table.hidden_columns += range(table.columns, min(table.columns + count, MOST_COLUMNS))
        table.columns += count

    def _take_cell(self, table: _Table, cell: Attributes) -> None:
        uncached = "table:formula" in cell and not self._paragraphs and "office:value-type" not in cell
        value: Cell = Special("uncached") if uncached else _value(cell, "".join(self._text).strip())
        if self._covered:
            value = None
        down, across = _count(cell, "rows-spanned"), _count(cell, "columns-spanned")
        if down > 1 or across > 1:
            column = len(self._cells)
            table.merged.append((table.row, column, table.row + down - 1, column + across - 1))
        self._cells += [value] * min(_count(cell, "columns-repeated"), MOST_COLUMNS - len(self._cells))

    def _take_row(self, table: _Table) -> None:
        count = _count(self._row, "rows-repeated")
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


def _count(attributes: Attributes, what: str) -> int:
    return max(1, whole(attributes.get(f"table:number-{what}", "1")))


def _finished(table: _Table) -> Sheet:
    return sheet_of(
        table.name,
        (0, 0),
        table.rows,
        merged=table.merged,
        hidden_rows=table.hidden_rows,
        hidden_columns=table.hidden_columns,
        hidden=table.hidden,
    )


def _value(cell: Attributes, text: str) -> Cell:
    if cell.get("calcext:value-type") == "error" or text.startswith("Err:"):
        return Special("error", _ERRORS.get(text, text or "#?"))
    match cell.get("office:value-type"):
        case "float" | "currency":
            return number(cell.get("office:value", ""))
        case "percentage":
            return Special("percent", number(cell.get("office:value", "")))
        case "boolean":
            return cell.get("office:boolean-value") == "true"
        case "date":
            return Special("date", cell.get("office:date-value", text).replace("T", " "))
        case "time":
            return Special("date", text)
    return plain(text)
