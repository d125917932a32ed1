"""Reads spreadsheets by what they are, whatever their names say: .xlsx, .ods and .xls."""

from __future__ import annotations

from soket.intake.findings import Sheet
from soket.intake.package import Package
from soket.intake.reading.cells import holds_anything


def read_workbook(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets that hold anything."""
    return tuple(sheet for sheet in _sheets(data) if holds_anything(sheet))


def _sheets(data: bytes) -> list[Sheet]:
    if not data.startswith(b"PK"):
        from soket.intake.reading.xls import read_xls

        return read_xls(data)
    with Package(data) as package:
        is_open_document = "content.xml" in package.names
    if is_open_document:
        from soket.intake.reading.ods import read_ods

        return read_ods(data)
    from soket.intake.reading.xlsx import read_xlsx

    return read_xlsx(data)
