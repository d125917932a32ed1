"""Letters that nobody sees: white ones, where nothing says that they stand on another colour."""

from __future__ import annotations

import re

from soket.reading.findings import Cell, Special

_LIGHT = 0xF0  # of each of red, green and blue, from which on letters are not told from paper
_HEXADECIMAL = re.compile(r"#?(?:[0-9a-f]{2})?((?:[0-9a-f]{2}){3})", re.IGNORECASE)  # with or without how opaque it is
_SHORT = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])", re.IGNORECASE)
_AMOUNTS = re.compile(r"rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)\b.*", re.IGNORECASE)


def is_white(colour: str) -> bool:
    """Return whether a colour is white, or nearly: "FFFFFF", "#fff", "white", "rgb(255, 255, 255)"."""
    said = colour.strip()
    if short := _SHORT.fullmatch(said):
        said = "".join(2 * part for part in short.groups())
    if amounts := _AMOUNTS.fullmatch(said):
        return all(int(each) >= _LIGHT for each in amounts.groups())
    found = _HEXADECIMAL.fullmatch(said)
    return said.lower() == "white" or (found is not None and min(bytes.fromhex(found[1])) >= _LIGHT)


def unseen(value: Cell) -> Cell:
    """Return what a cell of a workbook holds whose letters nobody sees: a number is there, and not shown."""
    match value:
        case float(number) | Special(value=float(number)):
            return Special("hidden", stored=number)
    return value
