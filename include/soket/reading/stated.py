"""Numbers as the attributes of a file state them: one that is none, or beyond all bounds, is a broken file's."""

from __future__ import annotations

import math

from soket.reading.findings import FindingError

_MOST_DIGITS = 12


def whole(text: str) -> int:
    """Return a whole number; raise FindingError where it is none."""
    try:
        if len(text) <= _MOST_DIGITS:
            return int(text)
    except ValueError:
        pass
    raise FindingError("TEP-05")


def whole_or(text: str, default: int) -> int:
    """Return a whole number, or another where it is none: for what only matters to the eye."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else default


def number(text: str) -> float:
    """Return a number; raise FindingError where it is none."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise FindingError("TEP-05")
    return value
