"""The rows of a sheet that an office keeps: who is named in each, found by the headings over the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from soket.directory.headings import LABELS, columns_of
from soket.reading.findings import Cell, Content, Sheet, Special
from soket.text import nfc

_MOST_HEAD_ROWS = 3
_SEARCHED = 30  # rows from the top in which the head is looked for
_MOBILE_DIGITS = 9  # of a telephone number that was typed as a number, and so lost its zero


class UnknownSheetError(ValueError):
    """No sheet of a file names bodies; the message says what was looked for."""


@dataclass
class SheetRow:
    """One body as the sheet has it; parts that the sheet leaves blank are left out."""

    number: int  # the sheet's own
    parts: dict[str, str]
    section: str | None = None  # the title row that it stands under
    told: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the sheet calls the body."""
        return self.parts.get("name") or self.parts.get("code", "")


def rows_of(content: Content) -> list[SheetRow]:
    """Return the rows of the sheet that names the most bodies; raise UnknownSheetError where none does."""
    found = [rows for sheet in content.sheets if not sheet.layout.hidden and (rows := _rows(sheet))]
    if not found:
        wanted = ", ".join(f"“{LABELS[each]}”" for each in ("name", "contact.name", "contact.email", "contact.phone"))
        raise UnknownSheetError(
            f"không thấy bảng nào có cột tên đơn vị và cột thư điện tử (các cột nhận ra: {wanted}, …)"
        )
    return max(found, key=len)


def _rows(sheet: Sheet) -> list[SheetRow]:
    shown = _shown(sheet)
    head = _head(shown)
    if head is None:
        return []
    after, columns = head
    rows: list[SheetRow] = []
    section: str | None = None
    for index, line in enumerate(shown[after:], after):
        cells = {part: line[column] for part, column in columns.items() if line[column] is not None}
        texts = [text for each in line if (text := _text(each))]
        if len(set(texts)) == 1 and not texts[0].isdigit():
            section = texts[0]  # a title over the rows that follow, alone or merged over them
            continue
        row = SheetRow(sheet.row + index, {}, section)
        for part, cell in cells.items():
            if text := _part(row, part, cell):
                row.parts[part] = text
        if row.name and len(row.parts) > 1:
            rows.append(row)
    return rows


def _head(shown: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int]] | None:
    """Return the row after the head, and the columns; the head is the rows, one to three, that name the most parts."""
    best: tuple[int, int, dict[str, int]] | None = None
    for top in range(min(len(shown), _SEARCHED)):
        for height in range(1, min(_MOST_HEAD_ROWS, len(shown) - top) + 1):
            over = zip(*shown[top : top + height], strict=True)
            columns = columns_of([" ".join(dict.fromkeys(filter(None, map(_text, cells)))) for cells in over])
            named = "name" in columns or "code" in columns
            if named and "contact.email" in columns and (best is None or len(columns) > best[0]):
                best = len(columns), top + height, columns
    return best and best[1:]


def _shown(sheet: Sheet) -> list[list[Cell]]:
    """Return what each cell shows: a merged one shows what its first cell holds."""
    width = max(map(len, sheet.cells), default=0)
    shown = [[*line, *[None] * (width - len(line))] for line in sheet.cells]
    for top, left, bottom, right in sheet.layout.merged:
        for row in range(top, min(bottom, len(shown) - 1) + 1):
            for column in range(left, min(right, width - 1) + 1):
                shown[row][column] = sheet.cells[top][left] if left < len(sheet.cells[top]) else None
    return shown


def _text(cell: Cell) -> str:
    match cell:
        case str():
            return " ".join(nfc(cell).split())
        case float() if cell.is_integer():
            return str(int(cell))
        case None | Special() | bool():
            return ""
    return str(cell)


def _part(row: SheetRow, part: str, cell: Cell) -> str:
    """Return one part of a body; what cannot be taken as it stands is told and left out."""
    text = _text(cell)
    if part.endswith(".phone") and isinstance(cell, float) and len(text) == _MOBILE_DIGITS:
        row.told.append(f"số điện thoại {text} ghi dạng số nên mất số 0 đầu: đọc là 0{text}")
        return f"0{text}"
    if part.endswith(".email"):
        addresses = [each.strip("<>()") for each in text.replace(";", " ").replace(",", " ").split() if "@" in each]
        if len(addresses) > 1:
            row.told.append(f"{LABELS[part].lower()} có {len(addresses)} địa chỉ: chỉ ghi một; chưa lấy")
            return ""
        return addresses[0] if addresses else text
    return text
