"""Marks in a copy of an .xlsx: notes and a tint at cells, and a sheet of faults; no cell, formula or style changes.

The tint is a conditional format, so that what a cell looked like stays what it is. All that is added is known again by
the id in its words, whatever program saved the file since.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from soket.reading.formats.cell_notes import CellNotes
from soket.reading.formats.edited_package import EditedPackage
from soket.reading.formats.fault_sheet import fault_sheet
from soket.reading.formats.xlsx_styles import in_groups
from soket.reading.marks import FaultMarks, is_sheet_of_faults
from soket.reading.xml import attribute, child, drop, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_SHEET, _OWN = "worksheet", "xl/soket/faults.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_NAME = "Điểm cần sửa"
_FORMULA = re.compile(r'LEN\("SK [^"]*"\)>0')
_TINT = "FFFFE699"
_MOST_CELLS = 500  # of a sheet

# The order of what stands in a worksheet and in a style sheet, as far as it is needed.
_AFTER_TINT = {
    "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
    "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing",
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}  # fmt: skip
_AFTER_FORMATS = {"tableStyles", "colors", "extLst"}


class MarkedWorkbook:
    """A workbook to whose cells marks are put, or taken from."""

    def __init__(self, parts: EditedPackage) -> None:
        root = parts.look(parts.main)
        assert root is not None  # noqa: S101 - the guard has seen it
        self._parts = parts
        own = parts.relations.of(parts.main)
        self._sheets: dict[str, str] = {}  # the part of each, by its name
        for entry in in_groups(root, "sheets", "sheet"):
            relation = own.get(attribute(entry, "id"))
            if relation and relation.kind == _SHEET:
                self._sheets[entry.get("name", "")] = relation.target
        self._styles = parts.related(parts.main, "styles")

    def take_out(self) -> None:
        """Take out the marks that are there."""
        ours = [name for name, part in self._sheets.items() if name.startswith(_NAME) and self._is_ours(part)]
        for name in ours:
            self._take_out_sheet(name)
        for part in self._sheets.values():
            self._take_out_tint(part)
            CellNotes(self._parts, part).take_out()
        self._take_out_formats()

    def put_in(self, marks: FaultMarks) -> None:
        """Put marks in."""
        notes: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
        for line in marks.lines:
            for sheet, cell in line.cells:
                if sheet in self._sheets and (cell in notes[sheet] or len(notes[sheet]) < _MOST_CELLS):
                    notes[sheet].setdefault(cell, []).append(line.note(marks.slip))
        tint, wrapped = self._formats() if self._styles else (None, None)
        for sheet, cells in notes.items():
            part = self._sheets[sheet]
            if tint is not None and cells:
                self._tint(part, list(cells), tint, marks.slip)
            CellNotes(self._parts, part).put_in({cell: "\n".join(said) for cell, said in cells.items()}, marks.author)
        self._add_sheet(marks, wrapped)

    def _is_ours(self, part: str) -> bool:
        root = self._parts.look(part)
        texts = self._first_texts(root) if root is not None else iter(())
        return any(map(is_sheet_of_faults, texts))

    def _first_texts(self, sheet: _Element) -> Iterator[str]:
        """Yield the texts of a sheet's first cells, wherever the program that saved it keeps them."""
        shared = self._parts.related(self._parts.main, "sharedStrings")
        strings = self._parts.look(shared) if shared else None
        for row in list(in_groups(sheet, "sheetData", "row"))[:5]:
            for cell in list(row)[:3]:
                value = child(cell, "v")
                if cell.get("t") == "s" and value is not None and strings is not None:
                    at = int(value.text) if value.text and value.text.isdecimal() else len(strings)
                    yield "".join(strings[at].itertext()) if at < len(strings) else ""
                else:
                    yield "".join(cell.itertext())

    def _take_out_sheet(self, name: str) -> None:
        part, root = self._sheets.pop(name), self._parts.tree(self._parts.main)
        for entry in list(in_groups(root, "sheets", "sheet")) if root is not None else ():
            if entry.get("name") == name:
                drop(entry)
        self._parts.leave_out(part, self._parts.main)

    def _add_sheet(self, marks: FaultMarks, wrapped: int | None) -> None:
        from lxml import etree

        root = self._parts.tree(self._parts.main)
        group = child(root, "sheets")
        if root is None or group is None:
            return
        taken = {attribute(each, "name").casefold() for each in group}
        names = (_NAME, *(f"{_NAME} {number}" for number in range(2, 1000)))
        name = next(each for each in names if each.casefold() not in taken)
        numbers = [int(told) for each in group if (told := each.get("sheetId", "")).isdecimal()]
        space = str(root.tag).rpartition("}")[0].lstrip("{")
        self._parts.add(_OWN, fault_sheet(marks, space, wrapped, set(self._sheets)), _TYPE)
        self._parts.relate(self._parts.main, "soketFaults", _SHEET, _OWN)
        entry = etree.SubElement(group, f"{{{space}}}sheet", name=name, sheetId=str(max(numbers, default=0) + 1))
        entry.set(f"{{{self._parts.office}}}id", "soketFaults")

    def _formats(self) -> tuple[int, int | None]:
        """Add how a tinted cell, and one of the sheet of faults, looks; return their numbers."""
        from lxml import etree

        root = self._parts.tree(self._styles or "")
        assert root is not None  # noqa: S101 - a relation leads to it
        space = str(root.tag).rpartition("}")[0]
        formats = child(root, "dxfs")
        if formats is None:
            formats = etree.Element(f"{space}}}dxfs")
            _insert_before(root, formats, _AFTER_FORMATS)
        own = etree.SubElement(formats, f"{space}}}dxf")
        fill = etree.SubElement(etree.SubElement(own, f"{space}}}fill"), f"{space}}}patternFill", patternType="solid")
        for each in ("fgColor", "bgColor"):
            etree.SubElement(fill, f"{space}}}{each}", rgb=_TINT)
        if formats.get("count") is not None:  # a list that the file did not have says no number, and goes again
            formats.set("count", str(len(formats)))
        cells = child(root, "cellXfs")
        if cells is None:
            return len(formats) - 1, None
        look = etree.SubElement(
            cells, f"{space}}}xf",
            numFmtId="49", fontId="0", fillId="0", borderId="0", xfId="0", applyNumberFormat="1", applyAlignment="1",
        )  # fmt: skip
        etree.SubElement(look, f"{space}}}alignment", vertical="top", wrapText="1")
        if cells.get("count") is not None:
            cells.set("count", str(len(cells)))
        return len(formats) - 1, len(cells) - 1

    def _take_out_formats(self) -> None:
        """Take out looks of ours that are still where they were put; a program that saved the file has moved them."""
        root = self._parts.look(self._styles) if self._styles else None
        formats, cells = child(root, "dxfs"), child(root, "cellXfs")
        last = formats[-1] if formats is not None and len(formats) else None
        if last is None or not any(each.get("rgb") == _TINT for each in last.iter()):
            return
        kept = self._parts.tree(self._styles or "")
        formats, cells = child(kept, "dxfs"), child(kept, "cellXfs")
        if formats is not None:
            drop(formats[-1])
            _count(formats)
        look = cells[-1] if cells is not None and len(cells) else None
        if (
            cells is not None
            and look is not None
            and look.get("numFmtId") == "49"
            and child(look, "alignment") is not None
        ):
            drop(look)
            _count(cells)

    def _tint(self, part: str, cells: list[str], look: int, slip: str) -> None:
        from lxml import etree

        sheet = self._parts.tree(part)
        if sheet is None:
            return
        space = str(sheet.tag).rpartition("}")[0]
        taken = [int(rank) for each in sheet.iter("{*}cfRule") if (rank := each.get("priority", "")).isdecimal()]
        block = etree.Element(f"{space}}}conditionalFormatting", sqref=" ".join(cells))
        rule = etree.SubElement(
            block, f"{space}}}cfRule", type="expression", dxfId=str(look), priority=str(max(taken, default=0) + 1)
        )
        etree.SubElement(rule, f"{space}}}formula").text = f'LEN("SK {slip}")>0'
        _insert_before(sheet, block, _AFTER_TINT)

    def _take_out_tint(self, part: str) -> None:
        sheet = self._parts.look(part)
        if sheet is None or not any(map(_is_tint, sheet.iter("{*}cfRule"))):
            return
        kept = self._parts.tree(part)
        for rule in [each for each in kept.iter("{*}cfRule") if _is_tint(each)] if kept is not None else ():
            block = rule.getparent()
            drop(rule if block is None or len(block) > 1 else block)


def _is_tint(rule: _Element) -> bool:
    formula = child(rule, "formula")
    return formula is not None and _FORMULA.fullmatch((formula.text or "").replace(" >", ">").strip()) is not None


def _insert_before(parent: _Element, element: _Element, later: set[str]) -> None:
    """Put an element where the order of such parts has it: before the first of those that come later."""
    at = next((number for number, each in enumerate(parent) if tag(each) in later), len(parent))
    parent.insert(at, element)


def _count(group: _Element) -> None:
    if group.get("count") is not None:
        group.set("count", str(len(group)))
    elif not len(group):
        drop(group)
