"""Reads .xlsx by its own XML: what each cell holds and what its format shows of it.

Libraries give up over styles, pivots and dates that no figure depends on, and none of them tells raised marks or what
a format shows. Parts are found by relations, and elements by the last part of their names, so that strict files and
those with prefixes of their own are read alike. No part holds declarations: the guard has seen to it.
"""

from __future__ import annotations

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
)
from soket.reading.formats.colours import unseen
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
from soket.reading.formats.xlsx_layout import REFERENCE, hidden_columns_in, is_hidden, merged_in
from soket.reading.formats.xlsx_styles import (
    TRUE,
    bare_of,
    children,
    formats_of,
    in_groups,
    is_on,
    rich_text,
    struck_of,
    white_of,
)
from soket.reading.guards.extent import column_number
from soket.reading.relations import Relations
from soket.reading.xml import child as child_of
from soket.reading.xml import parse, tag

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_EMPTY_TEXT = '""'


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
        strings = [*children(self._named("sharedStrings"), "si")]
        self.strings = [rich_text(each) for each in strings]
        runs = ((at, each) for at, each in enumerate(strings) if any(tag(part) == "r" for part in each))
        self.bare_strings = {at: rich_text(each, bare=True) for at, each in runs}  # where no colour is behind them
        styles = self._named("styles")
        self.formats = formats_of(styles)
        self.struck = struck_of(styles)
        self.bare, self.white = bare_of(styles), white_of(styles)
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
        # A table lends its cells colours, which their own styles say nothing of.
        self._bare = self.book.bare if child_of(self.tree, "tableParts") is None else set()
        for row in in_groups(self.tree, "sheetData", "row"):
            self._row, self._column = whole(row.get("r") or str(self._row + 1)), 0
            if is_hidden(row, "ht"):
                self.hidden_rows.append(self._row - 1)
            for cell in children(row, "c"):
                self._take(cell)

    def sheet(self, *, hidden: bool, asides: tuple[tuple[str, str], ...]) -> Sheet:
        """Return what the sheet holds."""
        return sheet_of(
            self.name,
            (0, 0),
            self.rows,
            merged=merged_in(self.tree),
            hidden_rows=self.hidden_rows,
            hidden_columns=hidden_columns_in(self.tree),
            hidden=hidden,
            asides=asides,
        )

    def _take(self, cell: Element) -> None:
        self._column += 1
        if match := REFERENCE.fullmatch(cell.get("r", "")):
            self._row, self._column = whole(match[2]), column_number(match[1])
        value = self._value(cell)
        if isinstance(value, float):
            value = self._conditions.shown(self._row, self._column, value)
        if (style := self._style(cell)) in self.book.struck and isinstance(value, str | float):
            value = struck(value if isinstance(value, str) else f"{value:.15g}".replace(".", ","))
        if style in self.book.white & self._bare:
            value = unseen(value)
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
                bare = self._style(cell) in self._bare
                return plain(rich_text(inline, bare=bare)) if (inline := child_of(cell, "is")) is not None else None
            case "s":
                return self._shared(cell, whole(text.strip() or "-1"))
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

    def _shared(self, cell: Element, index: int) -> Cell:
        if not 0 <= index < len(self.book.strings):
            return None
        bare = self.book.bare_strings.get(index) if self._style(cell) in self._bare else None
        return plain(self.book.strings[index] if bare is None else bare)

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
