"""A directory as a sheet that people go over and `soket directory import` reads again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from soket.directory.headings import LABELS
from soket.documents import sheets
from soket.plan.directory import Directory, ListedOffice, ListedUnit

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = {"code": 22, "name": 42, "aliases": 30, "group": 24, "kind": 12}
_WIDTH = 30


def workbook_of(directory: Directory) -> bytes:
    """Return a directory's bodies as an .xlsx, one a row, under headings that import knows."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    workbook = Workbook()
    sheet: Worksheet = workbook.worksheets[0]
    sheet.title = "Danh bạ"
    sheets.write(sheet, 1, 1, directory.title, bold=True, size=14, border=False)
    sheets.write_heads(sheet, 3, list(LABELS.values()))
    bodies: list[ListedOffice | ListedUnit] = [*directory.offices, *directory.units]
    for row, body in enumerate(bodies, 4):
        for column, part in enumerate(LABELS, 1):
            sheets.write(sheet, row, column, _part(body, part))
    for column, part in enumerate(LABELS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = _WIDTHS.get(part, _WIDTH)
    sheet.freeze_panes = "C4"
    sheets.set_page(sheet)
    return sheets.save(workbook)


def _part(body: ListedOffice | ListedUnit, part: str) -> str | None:
    if part == "aliases":
        return "; ".join(body.aliases if isinstance(body, ListedUnit) else (body.short_name,)) or None
    value: object = body
    for name in part.split("."):
        value = getattr(value, name, None)
    return value if value is None else str(value)
