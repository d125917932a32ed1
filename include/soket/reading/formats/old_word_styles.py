"""What a .doc says of how its text is shown, by styles and by runs: hidden, struck through, raised, in white."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from struct import unpack_from

from soket.reading.formats.colours import is_white

_STYLED, _FONT, _PLACE, _MOVED, _DELETED = 0x4A30, 0x4A4F, 0x2A48, 0x4845, 0x0800
_SWITCHES = {_DELETED, 0x083C, 0x0837, 0x2A53}  # and hidden, struck through once or twice
WHITE = 0x6870
"""Among what hides text: its letters are white; that does so where nothing of another colour is behind them."""
_COLOURS = {0x6870, 0x2A42}  # as amounts of red, green and blue; as a number of the palette
_BEHIND_LETTERS = {0x2A0C, 0xCA71, 0x4866}
_BEHIND_PARAGRAPHS, _BEHIND_CELLS = {0xC64D, 0x442D}, {0xD612, 0xD616, 0xD60C, 0xD609}
_WHITE, _AUTOMATIC = 8, 0xFF
_SHADE = 10  # bytes: of the pattern's colour, of what is behind it, which pattern
_OLD_SHADES = {0x442D, 0x4866, 0xD609}
_AS_STYLED = 0x80  # and above it the other way round, beside off and on
_PLACES = {1: 1, 2: -1}
_OPERAND_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
_CELLS = 0xD608
_OF_PARAGRAPHS, _OF_LETTERS, _MOST_BASES = 1, 2, 10


@dataclass(frozen=True)
class OldLook:
    """How text is shown: the switches that are on and hide or strike it, its font, above (1) its line or below (-1)."""

    unseen: frozenset[int] = frozenset()
    font: int | None = None
    raised: int = 0

    @property
    def is_deleted(self) -> bool:
        """Whether a tracked change took the text away."""
        return _DELETED in self.unseen


_PLAIN = OldLook()


def instructions(said: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each instruction with what it takes."""
    at = 0
    while at + 2 < len(said):
        operation = unpack_from("<H", said, at)[0]
        size = _OPERAND_SIZES[operation >> 13]
        if size < 0:
            size = said[at + 2] + 1
            if operation == _CELLS:  # as long as two bytes say
                size = int.from_bytes(said[at + 2 : at + 4], "little") + 1
        yield operation, said[at + 2 : at + 2 + size]
        at += 2 + size


def look_of(said: bytes, styles: Mapping[int, OldLook], around: OldLook = _PLAIN) -> OldLook:
    """Return how the text of a run is shown, or of a style, in what looks so `around` it."""
    look = styled = around
    for operation, operand in instructions(said):
        if operation in _SWITCHES:
            on = operand[0] == 1 or (operand[0] == _AS_STYLED + (operation not in styled.unseen))
            look = replace(look, unseen=look.unseen | {operation} if on else look.unseen - {operation})
        elif operation in _COLOURS:
            white = frozenset([WHITE]) if _is_white_by(operand) else frozenset[int]()
            look = replace(look, unseen=look.unseen - {WHITE} | white)
        elif operation == _PLACE:
            look = replace(look, raised=_PLACES.get(operand[0], 0))
        elif len(operand) != 2:
            continue
        elif operation == _STYLED:
            own = styles.get(unpack_from("<H", operand)[0], _PLAIN)
            kept = around.unseen | (look.unseen & {_DELETED})
            look = styled = OldLook(own.unseen | kept, look.font, own.raised or around.raised)
        elif operation == _MOVED:
            moved = unpack_from("<h", operand)[0]
            look = replace(look, raised=(moved > 0) - (moved < 0))
        elif operation == _FONT:
            look = replace(look, font=unpack_from("<H", operand)[0])
    behind = any(operation in _BEHIND_LETTERS for operation, _ in instructions(said))
    return replace(look, unseen=look.unseen - {WHITE}) if behind else look


def styles_in(table: bytes) -> dict[int, OldLook]:
    """Return how each style shows text, of letters and of paragraphs, by its number; of a broken table, fewer."""
    if len(table) < 6:
        return {}
    said: dict[int, tuple[int, bytes]] = {}
    header, count, size = unpack_from("<HHH", table)
    at = 2 + header
    for number in range(count):
        if at + 2 > len(table):
            break
        length = unpack_from("<H", table, at)[0]
        if found := _style_in(table[at + 2 : at + 2 + length], size):
            said[number] = found
        at += 2 + length + length % 2
    return {number: _rested(number, said) for number in said}


def _style_in(style: bytes, size: int) -> tuple[int, bytes] | None:
    """Return the number of the style that one rests on, and its instructions on letters; None for lists and tables."""
    if len(style) < size + 2:
        return None
    kind, base = (said := unpack_from("<H", style, 2)[0]) & 0xF, said >> 4
    at = size + 2 * unpack_from("<H", style, size)[0] + 4  # behind its name
    length = int.from_bytes(style[at : at + 2], "little")
    if kind == _OF_PARAGRAPHS:  # what it says of paragraphs is before
        at += 2 + length + length % 2
        length = int.from_bytes(style[at : at + 2], "little")
    return (base, style[at + 2 : at + 2 + length]) if kind in (_OF_PARAGRAPHS, _OF_LETTERS) else None


def _rested(number: int, said: Mapping[int, tuple[int, bytes]]) -> OldLook:
    own: list[bytes] = []
    while number in said and len(own) < _MOST_BASES:  # styles may rest on one another in a circle
        number, orders = said[number]
        own.append(orders)
    look = _PLAIN
    for orders in reversed(own):
        look = look_of(orders, {}, look)
    return look


def looks(
    runs: Sequence[tuple[int, bytes]], paragraphs: Sequence[tuple[int, int]], styles: Mapping[int, OldLook]
) -> Iterator[tuple[int, OldLook]]:
    """Yield how text looks from each place on, of runs with their instructions and of paragraphs with their styles."""
    around = {at: replace(styles.get(number, _PLAIN), font=None) for at, number in paragraphs}
    if set(around.values()) <= {_PLAIN}:
        yield from ((at, look_of(said, styles)) for at, said in runs)
        return
    said, look, of_runs = b"", _PLAIN, dict(runs)
    for at in sorted({*of_runs, *around}):
        said, look = of_runs.get(at, said), around.get(at, look)
        yield at, look_of(said, styles, look)


def _is_white_by(operand: bytes) -> bool:
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
