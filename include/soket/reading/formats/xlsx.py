"""Reads .xlsx by its own XML: what each cell holds and what its format shows of it.

Libraries give up over styles, pivots and dates that no figure depends on, and none of them tells raised marks or what
a format shows. Parts are found by relations, and elements by the last part of their names, so that strict files and
those with prefixes of their own are read alike. No part holds declarations: the guard has seen to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from soket.reading.broken import number, whole
from soket.reading.containers import Package
from soket.reading.findings import Cell, FindingError, Sheet, Special
from soket.reading.formats.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    moment,
    plain,
    sheet_of,
    struck,
    with_marks,
)
from soket.reading.formats.conditions import Conditions, conditional_formats
from soket.reading.formats.number_format import number_cell
from soket.reading.formats.stale_sums import (
    NOT_COMPUTED,
    Formulas,
    computed_anew,
    fills_others,
    has_results,
    mark_stale,
)
from soket.reading.formats.xlsx_asides import SAID_IN, said_beside
from soket.reading.formats.xlsx_styles import TRUE, children, formats_of, in_groups, is_on, is_struck, struck_of
from soket.reading.guards.extent import column_number
from soket.reading.relations import Relations
from soket.reading.xml import child as child_of
from soket.reading.xml import parse, tag

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_OFF_LINE, _EMPTY_TEXT = {"superscript", "subscript"}, '""'


def read_xlsx(data: bytes) -> list[Sheet]:
    """Return the sheets of an Excel workbook."""
    with Package(data) as package:
        return _Workbook(package).sheets()


class _Workbook:
    """The parts of one workbook."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._relations = Relations(package)
        self._main = self._relations.main()
        self._own = self._relations.of(self._main)
        root = self._tree(self._main)
        if root is None:
            raise FindingError("TEP-05")
        self._root: Element = root
        self.strings = [_rich_text(each) for each in children(self._named("sharedStrings"), "si")]
        styles = self._named("styles")
        self.formats = formats_of(styles)
        self.struck = struck_of(styles)
        self.conditional = conditional_formats(styles)
        properties = child_of(root, "workbookPr")
        self.epoch = datetime(1904, 1, 1) if is_on(properties, "date1904") else datetime(1899, 12, 30)  # noqa: DTZ001
        self.formulas = Formulas()

    def sheets(self) -> list[Sheet]:
        """Return the sheets that hold cells, in their order."""
        entries: list[tuple[Element, str, Element]] = []
        for entry in in_groups(self._root, "sheets", "sheet"):
            id_ = next((value for key, value in entry.attrib.items() if str(key).endswith("}id")), "")
            relation = self._own.get(id_)
            if relation and relation.kind == "worksheet" and (tree := self._tree(relation.target)) is not None:
                entries.append((entry, relation.target, tree))
        trees = (tree for _, _, tree in entries)
        self.computed_on_opening = computed_anew(child_of(self._root, "calcPr"), trees)
        readers = [_Reader(self, entry.get("name", ""), tree) for entry, _, tree in entries]
        if self.computed_on_opening:
            mark_stale({reader.name: reader.rows for reader in readers}, self.formulas)
        return [
            reader.sheet(
                hidden=entry.get("state", "visible") != "visible", asides=tuple(said_beside(tree, self._beside(part)))
            )
            for reader, (entry, part, tree) in zip(readers, entries, strict=True)
        ]

    def _beside(self, sheet: str) -> Iterator[tuple[str, Element | None]]:
        """Yield the parts with words beside the cells of a sheet, each with its kind."""
        related = self._relations.of(sheet).values()
        return ((each.kind, self._tree(each.target)) for each in related if each.kind in SAID_IN)

    def _named(self, kind: str) -> Element | None:
        """Return the part of a kind that the workbook refers to."""
        target = next((each.target for each in self._own.values() if each.kind == kind), None)
        return self._tree(target) if target else None

    def _tree(self, part: str) -> Element | None:
        entry = self._package.find(part)
        return parse(self._package.read(entry)) if entry else None


@dataclass
class _Reader:
    """One sheet while it is read."""

    book: _Workbook
    name: str
    tree: Element
    rows: list[list[Cell]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    _row: int = 0
    _column: int = 0

    def __post_init__(self) -> None:
        self._conditions = Conditions(self.tree, self.book.conditional)
        for row in in_groups(self.tree, "sheetData", "row"):
            self._row, self._column = whole(row.get("r") or str(self._row + 1)), 0
            if is_on(row, "hidden"):
                self.hidden_rows.append(self._row - 1)
            for cell in children(row, "c"):
                self._take(cell)

    def sheet(self, *, hidden: bool, asides: tuple[tuple[str, str], ...]) -> Sheet:
        """Return what the sheet holds."""
        return sheet_of(
            self.name,
            (0, 0),
            self.rows,
            merged=self._merged(),
            hidden_rows=self.hidden_rows,
            hidden_columns=self._hidden_columns(),
            hidden=hidden,
            asides=asides,
        )

    def _take(self, cell: Element) -> None:
        self._column += 1
        if match := _REFERENCE.fullmatch(cell.get("r", "")):
            self._row, self._column = whole(match[2]), column_number(match[1])
        value = self._value(cell)
        if isinstance(value, float):
            value = self._conditions.shown(self._row, self._column, value)
        if self._style(cell) in self.book.struck and isinstance(value, str | float):
            value = struck(value if isinstance(value, str) else f"{value:.15g}".replace(".", ","))
        formula = child_of(cell, "f")
        if value == 0.0 and self.book.computed_on_opening and formula is not None and not fills_others(cell, formula):
            value = NOT_COMPUTED  # what a program puts there that leaves the sum to Excel
        if value is None or self._column > MOST_COLUMNS:
            return
        if self._row > MOST_ROWS:
            raise FindingError("TEP-13", sheet=self.name, cell=cell.get("r", f"A{self._row}"))
        self.rows += [[] for _ in range(self._row - len(self.rows))]
        line = self.rows[self._row - 1]
        line += [None] * (self._column - len(line))
        line[self._column - 1] = value
        self.book.formulas.take((self.name, self._row - 1, self._column - 1), formula)

    def _value(self, cell: Element) -> Cell:
        content = child_of(cell, "v")
        text = (content.text or "") if content is not None else ""
        match cell.get("t", "n"):
            case "inlineStr":
                return plain(_rich_text(inline)) if (inline := child_of(cell, "is")) is not None else None
            case "s":
                return self._shared(whole(text.strip() or "-1"))
            case "str":
                return plain(text)
            case "b":
                return text.strip() in TRUE
            case "e":
                return Special("error", text)
            case "d":
                return Special("date", text.replace("T", " ").removesuffix("Z"))
        if not text.strip():
            return self._without_result(cell, content)
        return self._number(number(text.strip()), self._style(cell))

    @staticmethod
    def _style(cell: Element) -> int:
        style = cell.get("s", "0")
        return int(style) if style.isdecimal() and len(style) < 6 else 0

    def _shared(self, index: int) -> Cell:
        return plain(self.book.strings[index]) if 0 <= index < len(self.book.strings) else None

    def _number(self, value: float, index: int) -> Cell:
        code = self.book.formats[index] if index < len(self.book.formats) else ""
        if code is None:
            return moment(value, self.book.epoch)
        held = plain(value)
        return number_cell(held, code) if isinstance(held, float) else held

    def _without_result(self, cell: Element, content: Element | None) -> Cell:
        """Return what a cell without a number holds: a formula that was never computed is no blank.

        Most programs give an empty result the type of a text. Where one gives it none, and gives other formulas their
        results, an empty text that the formula names is its result.
        """
        formula = child_of(cell, "f")
        if formula is None:
            return None
        blank = content is not None and _EMPTY_TEXT in (formula.text or "") and self._computed
        return None if blank else Special("uncached")

    @cached_property
    def _computed(self) -> bool:
        return has_results(self.tree)

    def _merged(self) -> Iterator[tuple[int, int, int, int]]:
        for area in in_groups(self.tree, "mergeCells", "mergeCell"):
            corners = [_REFERENCE.fullmatch(each) for each in area.get("ref", "").split(":")]
            if len(corners) == 2 and (one := corners[0]) and (other := corners[1]):
                yield int(one[2]) - 1, column_number(one[1]) - 1, int(other[2]) - 1, column_number(other[1]) - 1

    def _hidden_columns(self) -> Iterator[int]:
        for column in in_groups(self.tree, "cols", "col"):
            if is_on(column, "hidden"):
                first, last = (whole(column.get(name, "1")) for name in ("min", "max"))
                yield from range(first - 1, min(last, MOST_COLUMNS))


def _rich_text(element: Element) -> str:
    """Return a text whose runs may be raised: a number's marks of footnotes are kept apart from its digits."""
    runs: list[tuple[str, bool]] = []
    for child in element:
        match tag(child):
            case "t":
                runs.append((child.text or "", False))
            case "r":
                raised = any(tag(each) == "vertAlign" and each.get("val") in _OFF_LINE for each in child.iter())
                text = "".join(each.text or "" for each in children(child, "t"))
                runs.append((struck(text) if is_struck(child_of(child, "rPr")) else text, raised))
    return with_marks(runs)
