"""The sheet of faults in a unit's workbook: each line with a link to its cell and room for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from soket.reading.marks import ANSWER_HEAD, MUST, FaultMark, FaultMarks, sheet_mark

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADS = (
    "Số",
    "Chỗ",
    "Mức",
    "Nội dung",
    "Cách sửa",
    f"{ANSWER_HEAD} (chọn ở cột bên, hoặc tự ghi)",
    "Lý do thường gặp",
)
_WIDTHS = dict(zip("ABCDEFG", (6, 24, 14, 60, 44, 44, 40), strict=True))
_LINE_HEIGHT = 15  # points
_TALLEST = 400  # of a row; Excel takes no more than 409
_ANSWERS, _REASONS = "F", "G"
_FIRST = 5  # row of the first line
_HOW = (
    "Bấm vào ô ở cột Chỗ để đến đúng nơi, sửa ngay trong tệp này, lưu rồi nộp lại. Trang này, ghi chú và màu nền do hệ "
    "thống thêm, khi nộp lại không phải xóa."
)
_HOW_TO_ANSWER = " Số đúng thì ghi lý do ở cột “Số đúng, lý do là”; điểm phải sửa thì sửa."


def fault_sheet(marks: FaultMarks, space: str, look: int | None, sheets: AbstractSet[str]) -> _Element:
    """Return the sheet; `look` is that of cells with several lines, `sheets` are those that can be linked to."""
    return _FaultSheet(space, look).whole(marks, sheets)


class _FaultSheet:
    """Writes the elements of a worksheet, in their order."""

    def __init__(self, space: str, look: int | None) -> None:
        from lxml import etree

        self._space = space
        self._look = {} if look is None else {"s": str(look)}
        self.root = etree.Element(f"{{{space}}}worksheet", nsmap={None: space})

    def whole(self, marks: FaultMarks, sheets: AbstractSet[str]) -> _Element:
        """Return the sheet with all its lines."""
        self._add(self._add(self.root, "sheetPr"), "pageSetUpPr", fitToPage="1")
        columns = self._add(self.root, "cols")
        for at, width in enumerate(_WIDTHS.values(), 1):
            self._add(columns, "col", min=str(at), max=str(at), width=str(width), customWidth="1")
        data = self._add(self.root, "sheetData")
        self._row(data, 1, {"A": f"{marks.title} {sheet_mark(marks.slip)}"}, look=False)
        asks = any(line.asks for line in marks.lines)
        self._row(data, 2, {"A": _HOW + (_HOW_TO_ANSWER if asks else "")}, look=False)
        self._row(data, _FIRST - 1, dict(zip("ABCDEFG" if asks else "ABCDE", _HEADS, strict=False)), bold=True)
        reasons, links = marks.reasons if asks else (), []
        for at in range(max(len(marks.lines), len(reasons))):
            row, cells = _FIRST + at, {}
            if at < len(marks.lines):
                line = marks.lines[at]
                cells = _line(line, to_answer=asks)
                links += [(f"B{row}", *line.cells[0])] if line.cells and line.cells[0][0] in sheets else []
            if at < len(reasons):
                cells[_REASONS] = reasons[at]
            self._row(data, row, cells)
        if reasons:
            self._choices(len(marks.lines), len(reasons))
        if links:
            group = self._add(self.root, "hyperlinks")
            for ref, sheet, cell in links:
                name = sheet.replace("'", "''")
                self._add(group, "hyperlink", ref=ref, location=f"'{name}'!{cell}", display=cell)
        setup = {"orientation": "landscape", "paperSize": "9", "fitToHeight": "0"}
        self._add(self.root, "pageSetup", **setup)
        return self.root

    def _choices(self, lines: int, reasons: int) -> None:
        """Offer the reasons that are often given; anything else may be written too."""
        group = self._add(self.root, "dataValidations", count="1")
        area = f"{_ANSWERS}{_FIRST}:{_ANSWERS}{_FIRST + max(lines, 1) - 1}"
        chosen = self._add(
            group, "dataValidation", type="list", allowBlank="1", showInputMessage="1", showErrorMessage="0", sqref=area
        )
        self._add(chosen, "formula1").text = f"${_REASONS}${_FIRST}:${_REASONS}${_FIRST + reasons - 1}"

    def _row(
        self, data: _Element, number: int, cells: dict[str, str], *, bold: bool = False, look: bool = True
    ) -> None:
        height = {"ht": str(_height(cells)), "customHeight": "1"} if look and self._look else {}
        row = self._add(data, "row", r=str(number), **height)
        for column, text in sorted(cells.items()):
            cell = self._add(row, "c", r=f"{column}{number}", t="inlineStr", **(self._look if look else {}))
            holder = self._add(cell, "is")
            if bold or not look:
                holder = self._add(holder, "r")
                self._add(self._add(holder, "rPr"), "b")
            told = self._add(holder, "t")
            told.text = text
            told.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _add(self, parent: _Element, name: str, /, **attributes: str) -> _Element:
        from lxml import etree

        return etree.SubElement(parent, f"{{{self._space}}}{name}", attributes)


def _height(cells: Mapping[str, str]) -> int:
    """Return how tall a row is in which every text is seen, in points: not every program works it out by itself."""
    tallest = max(
        sum(max(1, -(-len(part) // _WIDTHS[column])) for part in text.split("\n")) for column, text in cells.items()
    )
    return min(tallest * _LINE_HEIGHT, _TALLEST)


def _line(line: FaultMark, *, to_answer: bool) -> dict[str, str]:
    cells = ", ".join(cell for _, cell in line.cells[:10])
    sheet = f"{line.cells[0][0]}: " if line.cells else ""
    told = {
        "A": str(line.number),
        "B": f"{sheet}{cells}" if cells else "Cả tệp",
        "C": line.weight,
        "D": line.words,
        "E": line.advice,
    }
    return told if line.asks or not to_answer else told | {"F": MUST}
