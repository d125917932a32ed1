"""Letters that nobody sees: white ones, where nothing says that they stand on another colour."""

from __future__ import annotations

import re

from soket.reading.findings import Cell, Special

_LIGHT = 0xF0  # of each of red, green and blue, from which on letters are not told from paper
_HEXADECIMAL = re.compile(r"#?(?:[0-9a-f]{2})?((?:[0-9a-f]{2}){3})", re.IGNORECASE)  # with or without how opaque it is
_SHORT = re.compile(r"#([0-9a-f])([0-9a-f])([0-9a-f])", re.IGNORECASE)
_AMOUNTS = re.compile(r"rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)\b.*", re.IGNORECASE)
_TABLE, _PART = re.compile(rb"\\colortbl([^{}]*)"), re.compile(rb"\\(?:red|green|blue)(\d{1,3})")
_BEHIND = re.compile(rb"\\(?:clcbpat|clcfpat|cbpat|chcbpat|highlight|cb)(\d{1,4})")


def is_white(colour: str) -> bool:
    """Return whether a colour is white, or nearly: "FFFFFF", "#fff", "white", "rgb(255, 255, 255)"."""
    said = colour.strip()
    if short := _SHORT.fullmatch(said):
        said = "".join(2 * part for part in short.groups())
    if amounts := _AMOUNTS.fullmatch(said):
        return all(int(each) >= _LIGHT for each in amounts.groups())
    found = _HEXADECIMAL.fullmatch(said)
    return said.lower() == "white" or (found is not None and min(bytes.fromhex(found[1])) >= _LIGHT)


def whites_in(data: bytes) -> frozenset[int]:
    """Return the numbers of the colours of an .rtf that are white, where letters in them stand on white, too."""
    table = _TABLE.search(data)
    colours = [[int(each) for each in _PART.findall(colour)] for colour in table[1].split(b";")] if table else []
    whites = frozenset(at for at, colour in enumerate(colours) if is_white(f"rgb({','.join(map(str, colour))})"))
    behind = {int(number) for number in _BEHIND.findall(data)}
    return whites if behind <= {0, *whites} else frozenset()


def unseen(value: Cell) -> Cell:
    """Return what a cell of a workbook holds whose letters nobody sees: a number is there, and not shown."""
    match value:
        case float(number) | Special(value=float(number)):
            return Special("hidden", stored=number)
    return value
