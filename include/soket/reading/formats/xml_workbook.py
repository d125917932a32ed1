"""Reads workbooks in one XML, as Excel 2003 knew them: software that reports out of a database names them .xls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from soket.reading.broken import number, whole, whole_or
from soket.reading.findings import Cell, FindingError, Sheet, Special
from soket.reading.formats.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    PRINTED,
    PRINTED_BELOW,
    note_on,
    plain,
    printed,
    sheet_of,
    struck,
    with_marks,
)
from soket.reading.formats.number_format import is_of_time, number_cell
from soket.reading.formats.xlsx_styles import children, in_groups
from soket.reading.guards.extent import column_letters
from soket.reading.xml import attribute, child, parse, tag

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Formats that have a name; one of a currency is that of whoever opens the file.
_NAMED = {
    "General Number": "General", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "Currency": "#,##0.00[$¤]", "Euro Currency": "#,##0.00[$€]",
}  # fmt: skip
_LONGEST_CHAIN = 20
_OFF_LINE, _STRUCK = {"Sup", "Sub"}, "S"


def read_xml_workbook(data: bytes) -> list[Sheet]:
    """Return the sheets of a workbook in one XML."""
    root = parse(data)
    styles = {attribute(each, "ID"): each for each in in_groups(root, "Styles", "Style")}
    return [_XmlWorkbookSheet(sheet, styles).sheet() for sheet in children(root, "Worksheet")]


@dataclass
class _XmlWorkbookSheet:
    """One sheet while it is read."""

    root: Element
    styles: dict[str, Element]
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    def sheet(self) -> Sheet:
        """Return what the sheet holds."""
        row = 0
        for element in in_groups(self.root, "Table", "Row"):
            row = whole(attribute(element, "Index")) if attribute(element, "Index") else row + 1
            if attribute(element, "Hidden") == "1":
                self.hidden_rows.append(row - 1)
            self._take(element, row)
            row += whole_or(attribute(element, "Span"), 0)
        options = child(self.root, "WorksheetOptions")
        visible = child(options, "Visible")
        page = child(options, "PageSetup")
        margins = ((PRINTED, child(page, "Header")), (PRINTED_BELOW, child(page, "Footer")))
        return sheet_of(
            attribute(self.root, "Name"),
            (0, 0),
            self.rows,
            merged=self.merged,
            hidden_rows=self.hidden_rows,
            hidden_columns=self._hidden_columns(),
            hidden=visible is not None and (visible.text or "").strip() not in ("", "SheetVisible"),
            asides=(
                *(part for at, each in margins if each is not None for part in printed(at, attribute(each, "Data"))),
                *self.notes,
            ),
        )

    def _take(self, element: Element, row: int) -> None:
        column = 0
        for cell in children(element, "Cell"):
            column = whole(attribute(cell, "Index")) if attribute(cell, "Index") else column + 1
            across, down = (whole_or(attribute(cell, name), 0) for name in ("MergeAcross", "MergeDown"))
            if across or down:
                self.merged.append((row - 1, column - 1, row - 1 + down, column - 1 + across))
            place = note_on(f"{column_letters(column)}{row}")
            self.notes += ((place, _text(note)) for note in children(cell, "Comment"))
            self._put(row, column, self._value(cell, attribute(cell, "StyleID") or attribute(element, "StyleID")))
            column += across

    def _put(self, row: int, column: int, value: Cell) -> None:
        if value is None or column > MOST_COLUMNS:
            return
        if row > MOST_ROWS:
            raise FindingError("TEP-13", sheet=attribute(self.root, "Name"), cell=f"A{row}")
        self.rows += [[] for _ in range(row - len(self.rows))]
        line = self.rows[row - 1]
        line += [None] * (column - len(line))
        line[column - 1] = value

    def _value(self, cell: Element, style: str) -> Cell:
        content = child(cell, "Data")
        computed = bool(attribute(cell, "Formula"))
        if content is None:
            return Special("uncached") if computed else None
        text = _text(content)
        match attribute(content, "Type"):
            case "Number":
                return self._number(number(text.strip()), style, computed=computed)
            case "DateTime":
                return Special("date", text.replace("T", " ").removesuffix(".000"))
            case "Boolean":
                return text.strip() == "1"
            case "Error":
                return Special("error", text)
        return plain(struck(text) if self._is_struck(style) else text)

    def _number(self, value: float, style: str, *, computed: bool) -> Cell:
        if value == 0 and computed:
            return Special("uncached")  # what a program puts there that leaves the sum to Excel
        if self._is_struck(style):
            return struck(f"{value:.15g}".replace(".", ","))
        said = self._said(style, "NumberFormat", "Format")
        code = _NAMED.get(said, said)
        if is_of_time(code) or said.endswith((" Date", " Time")):
            return Special("date", str(value))
        held = plain(value)
        return number_cell(held, code) if isinstance(held, float) else held

    def _is_struck(self, style: str) -> bool:
        return self._said(style, "Font", "StrikeThrough") == "1"

    def _said(self, style: str, group: str, name: str) -> str:
        """Return what a style, or one that it rests on, says of something."""
        for _ in range(_LONGEST_CHAIN):
            element = self.styles.get(style)
            if element is None:
                break
            found = child(element, group)
            if found is not None and (said := attribute(found, name)):
                return said
            style = attribute(element, "Parent")
        return ""

    def _hidden_columns(self) -> Iterator[int]:
        column = 0
        for element in in_groups(self.root, "Table", "Column"):
            column = whole_or(attribute(element, "Index"), column + 1)
            span = whole_or(attribute(element, "Span"), 0)
            if attribute(element, "Hidden") == "1":
                yield from range(column - 1, min(column + span, MOST_COLUMNS))
            column += span


def _text(element: Element) -> str:
    return with_marks(_runs(element, raised=False, through=False))


def _runs(element: Element, *, raised: bool, through: bool) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text, each with whether it is raised."""
    raised, through = raised or tag(element) in _OFF_LINE, through or tag(element) == _STRUCK
    if element.text:
        yield struck(element.text) if through else element.text, raised
    for each in element:
        yield from _runs(each, raised=raised, through=through)
        if each.tail:
            yield struck(each.tail) if through else each.tail, raised
