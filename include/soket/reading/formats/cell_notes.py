"""Notes on the cells of one sheet of an .xlsx: the part that has their words, and the drawing that shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from soket.reading.findings import FindingError
from soket.reading.formats.edited_package import EditedPackage
from soket.reading.guards.extent import column_number
from soket.reading.marks import is_mark
from soket.reading.xml import attribute, child, drop, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_V, _O, _X = (f"urn:schemas-microsoft-com:{name}" for name in ("vml", "office:office", "office:excel"))
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_AFTER_DRAWING = {
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
}  # fmt: skip


class CellNotes:
    """The notes of one sheet."""

    def __init__(self, parts: EditedPackage, sheet: str) -> None:
        self._parts, self._sheet = parts, sheet
        self._comments = parts.related(sheet, "comments")
        self._drawing = self._shown_by()
        stem = re.sub(r"\W", "-", sheet.rpartition("/")[2].rpartition(".")[0])
        self._own_comments, self._own_drawing = f"xl/soket/notes-{stem}.xml", f"xl/soket/notes-{stem}.vml"

    def _shown_by(self) -> str | None:
        """Return the drawing that shows notes; a sheet may have another one for the heads of its printed pages."""
        root = self._parts.look(self._sheet)
        link = child(root, "legacyDrawing")
        told = self._parts.relations.of(self._sheet).get(attribute(link, "id") if link is not None else "")
        return told.target if told else None

    def put_in(self, notes: Mapping[str, str], author: str) -> None:
        """Put notes on cells that bear none: two on one no program shows."""
        try:
            taken = self._taken()
            free = {cell: words for cell, words in notes.items() if cell not in taken and _CELL.fullmatch(cell)}
            drawing = self._drawing_tree() if free else None
        except FindingError:
            return  # a drawing that Excel wrote as no XML is: the sheet of faults tells the same
        if not free or drawing is None:
            return
        self._write(free, author)
        for cell in free:
            self._draw(drawing, cell)

    def take_out(self) -> None:
        """Take out the notes that are ours."""
        look = self._parts.look(self._comments) if self._comments else None
        ours = {each.get("ref", "") for each in _notes(look) if is_mark("".join(each.itertext()))}
        if not ours or self._comments is None:
            return
        kept = self._parts.tree(self._comments)
        for each in [each for each in _notes(kept) if each.get("ref", "") in ours]:
            drop(each)
        try:
            drawing = self._parts.tree(self._drawing) if self._drawing else None
        except FindingError:
            drawing = None
        for shape in [each for each in (drawing if drawing is not None else ()) if _cell_of(each) in ours]:
            drop(shape)
        if self._comments == self._own_comments:
            self._parts.leave_out(self._own_comments, self._sheet)
            self._comments = None
        elif kept is not None:
            self._forget_authors(kept)
        if self._drawing == self._own_drawing:
            self._parts.leave_out(self._own_drawing, self._sheet)
            self._drawing = None
            sheet = self._parts.tree(self._sheet)
            link = child(sheet, "legacyDrawing")
            if link is not None:
                drop(link)

    def _taken(self) -> set[str]:
        root = self._parts.tree(self._comments) if self._comments else None
        return {each.get("ref", "") for each in _notes(root)}

    def _write(self, notes: Mapping[str, str], author: str) -> None:
        from lxml import etree

        root = self._parts.tree(self._comments) if self._comments else None
        if root is None:
            sheet = self._parts.look(self._sheet)
            space = str(sheet.tag).rpartition("}")[0].lstrip("{") if sheet is not None else ""
            root = etree.Element(f"{{{space}}}comments", nsmap={None: space})
            etree.SubElement(root, f"{{{space}}}authors")
            etree.SubElement(root, f"{{{space}}}commentList")
            self._parts.add(self._own_comments, root, _COMMENTS)
            self._parts.relate(self._sheet, "soketNotes", "comments", self._own_comments)
        space = str(root.tag).rpartition("}")[0]
        authors, group = child(root, "authors"), child(root, "commentList")
        if authors is None or group is None:
            return
        etree.SubElement(authors, f"{space}}}author").text = author
        for cell, words in notes.items():
            note = etree.SubElement(group, f"{space}}}comment", ref=cell, authorId=str(len(authors) - 1))
            told = etree.SubElement(etree.SubElement(note, f"{space}}}text"), f"{space}}}t")
            told.text = words
            told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    @staticmethod
    def _forget_authors(root: _Element) -> None:
        """Drop the last author where nobody of the others' notes is by it."""
        authors = child(root, "authors")
        used = {each.get("authorId") for each in _notes(root)}
        if authors is not None and len(authors) and str(len(authors) - 1) not in used:
            drop(authors[-1])

    def _drawing_tree(self) -> _Element | None:
        from lxml import etree

        if self._drawing:
            return self._parts.tree(self._drawing)
        root = etree.Element("xml", nsmap={"v": _V, "o": _O, "x": _X})
        kind = etree.SubElement(
            root, f"{{{_V}}}shapetype", {"id": "_x0000_t202", "coordsize": "21600,21600", f"{{{_O}}}spt": "202",
                                         "path": "m,l,21600r21600,l21600,xe"},
        )  # fmt: skip
        etree.SubElement(kind, f"{{{_V}}}stroke", joinstyle="miter")
        etree.SubElement(kind, f"{{{_V}}}path", {"gradientshapeok": "t", f"{{{_O}}}connecttype": "rect"})
        self._parts.add(self._own_drawing, root, _DRAWING)
        self._parts.relate(self._sheet, "soketDrawing", "vmlDrawing", self._own_drawing)
        sheet = self._parts.tree(self._sheet)
        if sheet is None:
            return None
        space = str(sheet.tag).rpartition("}")[0]
        link = etree.Element(f"{space}}}legacyDrawing", {f"{{{self._parts.office}}}id": "soketDrawing"})
        at = next((number for number, each in enumerate(sheet) if tag(each) in _AFTER_DRAWING), len(sheet))
        sheet.insert(at, link)
        return root

    @staticmethod
    def _draw(drawing: _Element, cell: str) -> None:
        from lxml import etree

        match = _CELL.fullmatch(cell)
        assert match is not None  # noqa: S101 - others are left out before
        row, column = int(match[2]) - 1, column_number(match[1]) - 1
        style = "position:absolute;margin-left:80pt;margin-top:5pt;width:260pt;height:110pt;z-index:1;visibility:hidden"
        shape = etree.SubElement(
            drawing, f"{{{_V}}}shape",
            {"id": f"_x0000_s{9000 + len(drawing)}", "type": "#_x0000_t202", "style": style, "fillcolor": "#ffffe1",
             f"{{{_O}}}insetmode": "auto"},
        )  # fmt: skip
        etree.SubElement(shape, f"{{{_V}}}fill", color2="#ffffe1")
        etree.SubElement(shape, f"{{{_V}}}path", {f"{{{_O}}}connecttype": "none"})
        box = etree.SubElement(shape, f"{{{_V}}}textbox", style="mso-direction-alt:auto")
        etree.SubElement(box, "div", style="text-align:left")
        data = etree.SubElement(shape, f"{{{_X}}}ClientData", ObjectType="Note")
        anchor = f"{column + 1}, 12, {max(row - 1, 0)}, 4, {column + 5}, 12, {row + 7}, 4"
        for name, text in (("Anchor", anchor), ("AutoFill", "False"), ("Row", str(row)), ("Column", str(column))):
            etree.SubElement(data, f"{{{_X}}}{name}").text = text


def _notes(root: _Element | None) -> list[_Element]:
    group = child(root, "commentList")
    return [each for each in group if tag(each) == "comment"] if group is not None else []


def _cell_of(shape: _Element) -> str:
    """Return the cell that a drawn note is on; '' for any other drawing."""
    from soket.reading.guards.extent import column_letters

    data = child(shape, "ClientData")
    if data is None or attribute(data, "ObjectType") != "Note":
        return ""
    row, column = (child(data, name) for name in ("Row", "Column"))
    if row is None or column is None or not ((row.text or "").isdecimal() and (column.text or "").isdecimal()):
        return ""
    return f"{column_letters(int(column.text or '0') + 1)}{int(row.text or '0') + 1}"
