"""Units of measure that are stated for several rows: above the table, in its head, over a group of rows, beside it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from soket.intake.table.around import near
from soket.intake.table.grid import Grid
from soket.intake.table.header import Column, Header
from soket.narrative.quantities.measures import Measure, parse_measure
from soket.text import flat, fold, nfc

_CAPTION = re.compile(
    r"(?:^|[-–—:;,.(\[*]|\s{2,})\s*(?:đơn vị tính|đơn vị|đvt|đv tính|đv|don vi tinh|don vi|dvt|tính bằng|"
    r"tiền|số tiền|giá trị)\b[^:：()]{0,30}?\s*[:：;-]?\s*(?P<units>[^()\[\]]+)",
    re.IGNORECASE,
)
# What speaks of a unit wherever it stands, without marks: "các chỉ tiêu về tiền tính theo triệu đồng".
_SAYING = re.compile(
    r"\b(?:don vi tinh|dvt|dv tinh|(?:tinh|ghi|viet|lay|quy|quy doi) (?:don vi )?(?:bang|theo|ra|thanh|la)|"
    r"(?:la|bang|theo|don vi|dv|ghi|lay)(?= (?:nghin|ngan|trieu|ty|ti) \w))\b"
)
_MONEY_AND_MORE = re.compile(r"(?:d|dong) \w")
_BEHIND_COLON = re.compile(r"[:：]\s*([^:：()]{1,30}?)[\s.;)]*$")  # "Doanh thu, vốn: triệu đồng"
_END = re.compile(r"[()\[\]\n]|[.!?]\s+(?=[A-ZĐÀ-Ỹ])")
# Before a scale, these make an amount of it, or another word; so do those after it.
_NO_SCALE = re.compile(r"t[yi] (?:gia|le|trong|suat|so|phan|phu)\b.*")
_AMOUNT = re.compile(r".*\d|cong|hang|chuc|tram|nghin|ngan|nhieu|may|vai|moi|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi")
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,40})[)\]]")
_NEXT = re.compile(r"(?<!\d)[;,/]|[;,/](?!\d)| và |[:：]")
# What the unit is of, before it: "tiền - triệu đồng".
_INTRODUCED = re.compile(
    r"\s*(?:(?:số tiền|tiền|giá trị|số lượng|khách|là|tính bằng|bằng)\b\s*[-–—]?\s*)+", re.IGNORECASE
)
_OF_WHICH = re.compile(r"^[-+*\s]*(?:trong do|gom|bao gom|chia ra)\b")
_NUMBERED = re.compile(r"^(?:[ivx]+|[a-z]|\d{1,2})[.)/]")
_LONGEST = 160  # characters of a caption
_LEAST = 3  # powers of ten of a scale that is looked for within a sentence


@dataclass(frozen=True)
class Stated:
    """A unit of measure and where it stands; `own` where it stands in the indicator's own row or cell."""

    measure: Measure
    place: str
    own: bool = False
    doubtful: bool = False  # whether it is meant for the row is not certain

    def in_doubt(self) -> Stated:
        """Return the same for rows of which it may not be meant."""
        return replace(self, doubtful=True)


def speaks_of_units(text: str) -> bool:
    """Return whether a line says of itself that it states units of measure."""
    if _CAPTION.search(text) or _SAYING.search(flat(text)):
        return True
    measure = parse_measure(found[1]) if (found := _BEHIND_COLON.search(text)) else None
    return measure is not None and measure.scale >= _LEAST and bool(measure.base) and _is_a_unit(measure)


def stated_in(text: str, place: str) -> list[Stated]:
    """Return the units of measure that a line states: "(Đơn vị tính: triệu đồng; nghìn lượt)".

    In doubt are those of which it says more than is understood: "tính bằng triệu đồng trừ các chỉ tiêu về vốn".
    """
    line = " ".join(text.split())
    found: dict[tuple[int, str], Stated] = {}
    if len(line) <= _LONGEST:
        said = [line, *(match["units"] for match in _CAPTION.finditer(text)), *_IN_BRACKETS.findall(line)]
        for part in (each for words in said for each in _NEXT.split(words)):
            measure = parse_measure(_INTRODUCED.sub("", part, count=1) if _INTRODUCED.match(part) else part)
            if measure and measure.certain and _is_a_unit(measure):
                found.setdefault((measure.scale, measure.base), Stated(measure, place))
    shown = nfc(text)
    for saying in _SAYING.finditer(flat(shown)):
        for clause in _NEXT.split(_END.split(shown[saying.end() :], maxsplit=1)[0]):
            if stated := _at_the_end(clause.split(), place):
                found.setdefault((stated.measure.scale, stated.measure.base), stated)
    return list(found.values())


def _at_the_end(words: list[str], place: str) -> Stated | None:
    """Return the scaled unit that a clause ends with; in doubt where more follows."""
    if (found := unit_at_end(words)) and not _MONEY_AND_MORE.match(found[1].base):
        return Stated(found[1], place)
    for at in _scaled(words):
        measure = parse_measure(" ".join(words[at : at + 2]))
        if measure and measure.scale >= _LEAST and measure.base:
            return Stated(replace(measure, text=" ".join(words[at:])), place, doubtful=True)
    return None


def unit_at_end(words: Sequence[str]) -> tuple[int, Measure] | None:
    """Return the scaled unit that some words end with, and where it begins: "Tổng thu, ĐVT triệu đồng"."""
    for at in _scaled(words):
        measure = parse_measure(" ".join(words[at:]))
        if measure and measure.scale >= _LEAST and _is_a_unit(measure) and (measure.base or not at):
            return at, measure
    return None


def _scaled(words: Sequence[str]) -> list[int]:
    """Return where a scale may begin that is none of an amount's, nor a part of another word."""
    plain = [fold(word) for word in words]
    return [
        at
        for at in range(len(words))
        if not (at and _AMOUNT.fullmatch(plain[at - 1])) and not _NO_SCALE.match(" ".join(plain[at:]))
    ]


def _is_a_unit(measure: Measure) -> bool:
    """Return whether the words after a scale are few enough for a unit: "nghìn lượt khách", but no sentence."""
    return len(measure.base.split()) <= 3 and not any(letter.isdigit() for letter in measure.base)


def stated_for_all(grid: Grid, header: Header, after: int) -> list[Stated]:
    """Return the units of measure that the lines above, the heads of names or what stands beside the cells state.

    `after` is the row after the last of the indicators: notes follow there.
    """
    first, taken = min(header.years.values()), {column for column, said in header.columns.items() if said.year}
    found = []
    for row in chain(*near(grid, header, after)):
        for column in range(grid.width):
            cell = grid.cell(row, column)
            in_head = header.top <= row <= header.bottom
            if not isinstance(cell, str) or (in_head and column in taken and not _is_over_columns(grid, row, column)):
                continue
            # Beside the heads, over years, and below the table, only words that say so speak of units.
            plainly = row < header.top or (in_head and column < first and column not in taken)
            if plainly or speaks_of_units(cell):
                found += stated_in(cell, f"ô {grid.place(row, column)}")
    return found + [stated for place, text in grid.said_above(header.bottom) for stated in stated_in(text, place)]


def stated_by(head: Column, place: str) -> list[Stated]:
    """Return the units of measure that the head of one column states, in brackets as many as it likes."""
    several = [said for said in _IN_BRACKETS.findall(" ".join(head.texts)) if _NEXT.search(said)]
    if several or head.measure is None:
        return [stated for said in several for stated in stated_in(said, place)]
    return [Stated(head.measure, place)]


def _is_over_columns(grid: Grid, row: int, column: int) -> bool:
    area = grid.merged.get((row, column))
    return area is not None and area[1] < area[3]


class Groups:
    """The units of measure that rows without figures state for the rows below them."""

    def __init__(self, grid: Grid, header: Header, labels: Sequence[int], rows: Collection[int], until: int) -> None:
        self._grid, self._header, self._labels = grid, header, labels
        self._stated: dict[int, list[Stated]] = {}
        standing: list[tuple[str, Stated]] = []  # with the manner of the heading that states it
        for row in range(header.bottom + 1, until):
            if row in rows:
                self._stated[row] = [stated for _, stated in standing]
            elif (manner := self._manner(row)) is not None:
                said = list(self._units(row))
                bases = {each.measure.base for each in said}
                # A heading like the one that states a unit begins another group, of which nobody has said the unit.
                standing = [
                    (kind, each.in_doubt() if kind == manner else each)
                    for kind, each in standing
                    if each.measure.base not in bases
                ]
                standing += [(manner, each) for each in said]

    def over(self, row: int) -> list[Stated]:
        """Return what is stated for a row."""
        return self._stated.get(row, [])

    def _manner(self, row: int) -> str | None:
        """Return how the heading of a group is written; None for a row that is none."""
        if any(self._grid.cell(row, column) is not None for column in self._header.years.values()):
            return None
        texts = [text for column in self._labels if isinstance(text := self._grid.cell(row, column), str)]
        text = next((each for each in texts if any(map(str.isalpha, each))), None)
        if text is None or _OF_WHICH.match(fold(text)):
            return None
        numbered = _NUMBERED.match(fold(text))
        return f"{text.isupper()} {bool(numbered)}"

    def _units(self, row: int) -> Iterator[Stated]:
        for column in self._labels:
            cell = self._grid.cell(row, column)
            if not isinstance(cell, str):
                continue
            own = parse_measure(cell) if column in self._header.measure_columns else None
            place = f"ô {self._grid.place(row, column)}"
            yield from [Stated(own, place)] if own else stated_in(cell, place)
