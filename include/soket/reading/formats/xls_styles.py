"""What xlrd tells of how the cells of an .xls look: formats, lines through letters, letters that nobody sees."""

from __future__ import annotations

from typing import Any

from soket.reading.formats.colours import is_white


def is_struck(book: Any, font: int) -> bool:  # noqa: ANN401
    """Return whether a font has a line through its letters."""
    return font < len(book.font_list) and bool(book.font_list[font].struck_out)


def is_in_white(book: Any, font: int) -> bool:  # noqa: ANN401
    """Return whether a font's letters are white."""
    return font < len(book.font_list) and _is_white(book, book.font_list[font].colour_index)


def _is_white(book: Any, colour: int) -> bool:  # noqa: ANN401
    amounts = book.colour_map.get(colour)
    return amounts is not None and is_white(f"rgb{amounts}")


def is_bare(book: Any, cell: Any) -> bool:  # noqa: ANN401
    """Return whether a cell has no colour behind its letters."""
    style = cell.xf_index
    if style is None or style >= len(book.xf_list):
        return False
    behind = book.xf_list[style].background
    return not behind.fill_pattern or (behind.fill_pattern == 1 and _is_white(book, behind.pattern_colour_index))


def font_of(book: Any, cell: Any) -> int:  # noqa: ANN401
    """Return the number of a cell's font."""
    style = cell.xf_index
    return 0 if style is None or style >= len(book.xf_list) else int(book.xf_list[style].font_index)


def format_of(book: Any, cell: Any) -> str:  # noqa: ANN401
    """Return a cell's format, as Excel writes it; '' for none."""
    style = cell.xf_index
    if style is None or style >= len(book.xf_list):
        return ""
    found = book.format_map.get(book.xf_list[style].format_key)
    return found.format_str or "" if found else ""
