"""The amounts that sentences of reports have; they are shown beside each other and never added up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from soket.documents.said import Saying, Sayings
from soket.narrative.amounts import AMOUNT, about_after, read_amount

_BEFORE = 24  # letters, in which the two words before an amount are
_AMOUNT = re.compile(AMOUNT)
_COUNTED = re.compile(r"\s*(?P<counted>[^\W\d_]+)")
# After these a number is a day, a year or a paper, and no amount.
_NAMING = frozenset({"nam", "doan", "thang", "ngay", "quy", "lo", "so", "ky", "khoa", "dieu", "-", "–"})
_YEARS = range(1900, 2101)


class ProseFigure(NamedTuple):
    """An amount that a sentence has."""

    said: Saying
    text: str
    value: float
    counted: str  # what it counts, folded: its first word


def prose_figures(sayings: Sayings) -> list[ProseFigure]:
    """Return the amounts of all sentences; they are never added up."""
    known: dict[str, list[tuple[str, float, str]]] = {}  # what several say in the same words is looked through once
    found = []
    for section in sayings.sections:
        for said in section.said:
            if said.with_figure:
                if said.text not in known:
                    known[said.text] = list(_amounts(said))
                found += [ProseFigure(said, *each) for each in known[said.text]]
    return found


def _amounts(said: Saying) -> Iterator[tuple[str, float, str]]:
    for match in _AMOUNT.finditer(said.plain):
        before = ["", "", *said.plain[max(0, match.start() - _BEFORE) : match.start()].split()][-2:]
        counted = "%" if match["percent"] else (_COUNTED.match(said.plain, match.end()) or {"counted": ""})["counted"]
        if not counted or before[-1] in _NAMING or _is_year(match):
            continue
        if amount := read_amount(match, about=about_after((before[0], before[1]))):
            end = match.end() if match["percent"] else said.plain.index(counted, match.end()) + len(counted)
            yield said.text[match.start() : end], amount.value, counted


def _is_year(match: re.Match[str]) -> bool:
    return match["first"].isdigit() and not match["scale"] and int(match["first"]) in _YEARS
