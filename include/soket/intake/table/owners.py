"""Whose a sheet says it is: the place that its name, or the lines above its table, speak of."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from soket.reading.findings import Sheet
from soket.text import fold, nfc

_ABOVE = 8  # lines in which a title is looked for
_MOST_IN_TITLE = 2  # cells of a line above a table
_BODY = r"(?:đơn vị(?: báo cáo)?\s*:\s*)?(?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd|đảng ủy|đảng uỷ|đảng bộ)\s+)?"
_PLACE = r"(?P<kind>xã|phường|thị trấn|huyện|thị xã|thành phố)"
# "Xã hội" is no commune, "Huyện ủy" and "huyện năm …" name none.
_NO_NAME = r"(?!(?:hội|viên|ủy|uỷ|năm|đạt|nông|giai|trong|qua|từ|đến|và|theo|thời|uy|hoi|vien|nam \d+)\b)"
_NAME = rf"\s+{_NO_NAME}(?P<name>[^\W\d]+(?:\s+[^\W\d]+)?)"
# Where a place stands in a title: at the beginning of a clause, behind what figures are told of, or as their owner.
_BEFORE = (
    rf"(?:^|[.:]\s+|[-–—]\s+|\btrong đó:?\s+){_BODY}",
    r"\b(?:số liệu|kết quả|thống kê)\b[^.:;]{0,60}? ",
    r"\b(?:của|tại|địa bàn) ",
)
_NAMED = re.compile(rf"(?:{'|'.join(_BEFORE)}){_PLACE}{_NAME}")
# Without marks "phuong" may be "phương", too.
_BARE = re.compile(rf"^(?P<kind>xa|thi tran|huyen|thi xa|thanh pho){_NAME}")
_OF_A_COMMUNE = re.compile(r"\bcủa (?P<kind>xã|phường|thị trấn)(?P<name>)$")
_DATELINE = re.compile(r",\s*(?:ngày|ngay)\s+(?:\d|…|\.)")
_OF_ALL = re.compile(r"\b(?:toàn tỉnh|toan tinh)\b")
_OF_A_PLACE = re.compile(r"\b(?:huyen|thi xa|thi uy|thanh pho|thanh uy|xa|phuong|thi tran)\b")
_KINDS = {
    "huyen": re.compile(r"\bhuyen\b"),
    "thi xa": re.compile(r"\bthi (?:xa|uy)\b"),
    "thanh pho": re.compile(r"\bthanh (?:pho|uy)\b"),
}
_COMMUNES = frozenset(["xa", "phuong", "thi tran"])


@dataclass(frozen=True)
class Owner:
    """A commune, district or province, folded; `name` "" where only the kind is said."""

    kind: str
    name: str

    @property
    def is_a_commune(self) -> bool:
        """Whether it is part of a district."""
        return self.kind in _COMMUNES


def owner_of(sheet: Sheet) -> Owner | None:
    """Return whose a sheet says it is; None where it says nothing."""
    return next((owner for _, owner in _owners(sheet)), None)


def said_to_be_anothers(sheet: Sheet, names: Collection[str]) -> str:
    """Return the line that says that a sheet is of another place than a unit's, known by some names; or ''.

    A unit that is of no place, a department say, may tell of any; a line with the unit's own place outweighs others.
    """
    known = [fold(name) for name in names]
    if not any(_OF_A_PLACE.search(name) for name in known):
        return ""
    found = list(_owners(sheet))
    if any(_is_of(owner, known) for _, owner in found):
        return ""
    return next((text for text, owner in found if owner.name), "")


def _is_of(owner: Owner, names: Iterable[str]) -> bool:
    """Return whether a place is a unit's: a district may call itself by its committee, a commune is no district."""
    named = [f" {name} " for name in names if f" {owner.name} " in f" {name} "]
    placed = [name for name in named if _OF_A_PLACE.search(name)]
    pattern = _KINDS.get(owner.kind) or re.compile(rf"\b{owner.kind}\b")
    return any(map(pattern.search, placed)) if placed else bool(named)


def _owners(sheet: Sheet) -> Iterator[tuple[str, Owner]]:
    """Yield the lines that say whose a sheet is, its name first."""
    texts = [sheet.name]
    for line in sheet.cells[:_ABOVE]:
        if sum(cell is not None for cell in line) > _MOST_IN_TITLE:
            break
        texts += [cell for cell in line if isinstance(cell, str)]
    yield from ((text, owner) for text in texts if (owner := owner_in(text)))


def owner_in(text: str) -> Owner | None:
    """Return whose a title says that figures are; None where it says nothing."""
    plain = " ".join(nfc(text).casefold().split())
    if _DATELINE.search(plain):
        return None
    pattern = _BARE if plain.isascii() else _NAMED
    if match := pattern.search(plain) or _OF_A_COMMUNE.search(plain):
        return Owner(fold(match["kind"]), fold(match["name"]))
    return Owner("tinh", "toan tinh") if _OF_ALL.search(plain) else None


def is_another(one: Owner | None, main: Owner | None) -> bool:
    """Return whether a sheet is another's than the main one, which may say nothing: a commune's is, then."""
    return one is not None and one != main and (main is not None or one.is_a_commune)
