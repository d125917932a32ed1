"""The colours of a .doc: of letters, of what is behind them, and whether a document has any of these but white."""

from __future__ import annotations

from collections.abc import Iterable

from soket.reading.formats.colours import is_white

OF_LETTERS = {0x6870, 0x2A42}
"""Instructions that give letters a colour: as amounts of red, green and blue, and as a number of the palette."""
BEHIND_LETTERS = {0x2A0C, 0xCA71, 0x4866}
"""Those that put one behind them."""
_BEHIND_PARAGRAPHS, _BEHIND_CELLS = {0xC64D, 0x442D}, {0xD612, 0xD616, 0xD60C, 0xD609}
_WHITE, _AUTOMATIC = 8, 0xFF
_SHADE = 10  # bytes: of the pattern's colour, of what is behind it, which pattern
_OLD_SHADES = {0x442D, 0x4866, 0xD609}


def is_white_by(operand: bytes) -> bool:
    """Return whether an instruction gives letters white."""
    if len(operand) == 4:
        return operand[3] != _AUTOMATIC and is_white(operand[:3].hex())
    return operand[:1] == bytes([_WHITE])


def is_shaded(said: Iterable[tuple[int, bytes]]) -> bool:
    """Return whether instructions on paragraphs and tables put a colour, other than white, behind letters."""
    return any(
        _colours(operation, operand) for operation, operand in said if operation in _BEHIND_PARAGRAPHS | _BEHIND_CELLS
    )


def _colours(operation: int, operand: bytes) -> bool:
    if operation in _OLD_SHADES:
        shades = operand[1:] if operation in _BEHIND_CELLS else operand
        numbers = (int.from_bytes(shades[at : at + 2], "little") for at in range(0, len(shades) - 1, 2))
        return any((each >> 5) & 0x1F not in (0, _WHITE) or each >> 10 for each in numbers)
    entries = (operand[at : at + _SHADE] for at in range(1, len(operand) - _SHADE + 1, _SHADE))
    return any((each[7] != _AUTOMATIC and not is_white(each[4:7].hex())) or each[8:10] != b"\0\0" for each in entries)
