"""Reads spreadsheets by what they are, whatever their names say: .xlsx, .ods and .xls."""

from __future__ import annotations

from soket.reading.cells import holds_anything
from soket.reading.findings import Sheet
from soket.reading.package import Package


def read_workbook(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets that hold anything."""
    return tuple(sheet for sheet in _sheets(data) if holds_anything(sheet))


def _sheets(data: bytes) -> list[Sheet]:
    if not data.startswith(b"PK"):
        from soket.reading.xls import read_xls

        return read_xls(data)
    with Package(data) as package:
        is_open_document = "content.xml" in package.names
    if is_open_document:
        from soket.reading.ods import read_ods

        return read_ods(data)
    from soket.reading.xlsx import read_xlsx

    return read_xlsx(data)
