"""The guard of old workbooks: the records of a .xls stream (BIFF), walked once."""

from __future__ import annotations

from struct import unpack_from

from soket.reading.findings import Finding, FindingError
from soket.reading.guards.extent import Extent, check_cells

_SHEET_STARTS = {0x0009, 0x0209, 0x0409, 0x0809}
_PASSWORD, _SHEET_NAME, _EXTERNAL = 0x002F, 0x0085, 0x01AE
# Records that hold a cell, each beginning with its row and column; those of several cells end with the last column.
_CELLS = {0x0006, 0x0203, 0x0204, 0x0205, 0x00FD, 0x00D6, 0x027E, 0x0003, 0x0004, 0x0005, 0x0206, 0x0406}
_SEVERAL = {0x00BD}
_MACRO_SHEET = 1
_OWN_BOOK = (0x0401, 0x3A01)


def guard_old_workbook(stream: bytes) -> list[Finding]:
    """Return what is to be told of a workbook; raise FindingError where it must not be read."""
    at, sheets, cells = 0, 0, 0
    extent = Extent()
    findings: list[Finding] = []
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        body = at + 4
        if body + size > len(stream):
            raise FindingError("TEP-05")
        if kind in _SHEET_STARTS:
            extent.check(f"thứ {sheets - 1}")
            sheets, extent = sheets + 1, Extent()
        elif kind == _PASSWORD:
            raise FindingError("TEP-06")
        elif kind == _SHEET_NAME and size >= 6 and stream[body + 5] == _MACRO_SHEET:
            raise FindingError("TEP-07")
        elif kind == _EXTERNAL and size >= 4 and unpack_from("<H", stream, body + 2)[0] not in _OWN_BOOK:
            if _is_conversation(stream[body : body + size]):
                raise FindingError("TEP-10", target="liên kết DDE")
            findings = [Finding("TEP-11")]
        elif (kind in _CELLS or kind in _SEVERAL) and size >= 6:
            row, column = unpack_from("<HH", stream, body)
            cells += 1
            extent.hold(row + 1, column + 1)
            if kind in _SEVERAL:
                extent.hold(row + 1, unpack_from("<H", stream, body + size - 2)[0] + 1)
        at = body + size
    extent.check(f"thứ {sheets - 1}")
    check_cells(cells)
    return findings


def _is_conversation(book: bytes) -> bool:
    """Return whether what is called another workbook is a program to be asked (DDE): its name is no path."""
    return book[5:6] != b"\x01" and b"\x03" in book[6:]
