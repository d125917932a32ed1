"""Quotations in prose: what stands between quotation marks, and who is named as the one who says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from soket.narrative.names.unit_names import UnitNames
from soket.text import flat

_PAIRS = {"“": "”", "«": "»"}
_SAYS = re.compile(
    r"(?:,? (?:muc|phan) [^“”]{0,60})?(?: ?\([^()]*\))?,?"
    r"(?: (?:da |co |cung )?(?:neu|viet|bao cao|cho biet|phan anh|danh gia|nhan dinh|de nghi|kien nghi|thua nhan"
    r"|khang dinh))?(?: (?:rang|la))?\s*:?\s*"
)


class Quotation(NamedTuple):
    """What stands between two quotation marks: from where, to where."""

    start: int
    end: int
    text: str


def quotations(text: str) -> Iterator[Quotation]:
    """Yield the quotations of a text, of those within each other the outer."""
    at = 0
    while at < len(text):
        end = _end_of(text, at)
        if end is None:
            at += 1
            continue
        yield Quotation(at + 1, end, text[at + 1 : end])
        at = end + 1


def _end_of(text: str, at: int) -> int | None:
    """Return where the quotation ends that a mark opens; None where none does, or it is never closed."""
    opening = text[at]
    if opening == '"':
        end = text.find('"', at + 1)
        return end if end > 0 else None
    if opening not in _PAIRS:
        return None
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == opening) - (text[place] == _PAIRS[opening])
        if not depth:
            return place
    return None


def who_says(units: UnitNames, text: str, quotation: Quotation) -> str | None:
    """Return the unit that is named right before a quotation: "Huyện ủy Một: “…”"; None where none is."""
    plain = flat(text[: quotation.start - 1])
    named = units.found(plain)
    return named[-1][2] if named and _SAYS.fullmatch(plain, named[-1][1]) else None
