"""Whose a table says it is: the body or the place that its sheet's name, its head or the lines above it speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from soket.plan.model import Plan, Unit
from soket.reading.findings import Sheet
from soket.text import fold, nfc

_ABOVE = 8  # lines in which a title is looked for
_MOST_IN_TITLE = 2  # cells of a line above a table
_SENDER = r"(?:(?:tên )?(?:đơn vị|cơ quan)(?: (?:báo cáo|gửi|lập biểu))?\s*:\s*)?"
# What a place has: its council, its party's board, an office of either.
_BODY = (
    rf"{_SENDER}(?:(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân|hđnd|đảng ủy|đảng uỷ|đảng bộ)\s+|"
    r"(?:phòng|văn phòng|ban(?! hành)|thường trực|trung tâm|chi cục)\b[^.:;,()]{0,40}? )?"
)
_PLACE = r"(?P<kind>(?:huyện|thị|thành) (?:ủy|uỷ)|xã|phường|thị trấn|huyện|thị xã|thành phố)"
# "Xã hội" is no commune, "Huyện ủy" and "huyện năm …" name none.
_NO_NAME = (
    r"(?!(?:hội|viên|ủy|uỷ|năm|đạt|nông|giai|trong|qua|từ|đến|và|theo|thời|báo|tổng|về|uy|hoi|vien|bao|tong|ve|"
    r"nam \d+)\b)"
)
_NAME = rf"\s+{_NO_NAME}(?P<name>[^\W\d]+(?:\s+[^\W\d]+)?)"
# Where a place stands in a title: at the beginning of a clause, behind what figures are told of, or as their owner.
_BEFORE = (
    rf"(?:^|[.:]\s+|[-–—]\s+|\btrong đó:?\s+){_BODY}",
    r"\b(?:số liệu|kết quả|thống kê)\b[^.:;]{0,60}? ",
    r"\b(?:của|tại|địa bàn) ",
)
_NAMED = re.compile(rf"(?:{'|'.join(_BEFORE)})(?<!các ){_PLACE}{_NAME}", re.IGNORECASE)
# Without marks "phuong" may be "phương", too.
_BARE = re.compile(
    rf"^(?:(?:don vi|co quan)\s*:\s*)?(?P<kind>(?:huyen|thi|thanh) uy|xa|thi tran|huyen|thi xa|thanh pho){_NAME}",
    re.IGNORECASE,
)
_OF_A_COMMUNE = re.compile(r"\bcủa (?P<kind>xã|phường|thị trấn)(?P<name>)$", re.IGNORECASE)
_DATELINE = re.compile(r",\s*(?:ngày|ngay)\s+(?:\d|…|\.)", re.IGNORECASE)
# A line of who gets a table, or of a superior's paper that it goes with; a report that it goes with is its owner's.
_OF_A_PAPER = re.compile(r"\b(?:kinh gui|noi nhan|can cu)\b|^(?!.*\bbao cao\b).*\b(?:kem theo|ban hanh)\b")
_OF_ALL = re.compile(r"\b(?:toàn tỉnh|toan tinh)\b", re.IGNORECASE)
_OF_A_PLACE = re.compile(r"\b(?:huyen|thi xa|thi uy|thanh pho|thanh uy|xa|phuong|thi tran)\b")
_COMMITTEES = {"huyen uy": "huyen", "thi uy": "thi xa", "thanh uy": "thanh pho"}
_KINDS = {
    "huyen": re.compile(r"\bhuyen\b"),
    "thi xa": re.compile(r"\bthi (?:xa|uy)\b"),
    "thanh pho": re.compile(r"\bthanh (?:pho|uy)\b"),
}
_COMMUNES = frozenset(["xa", "phuong", "thi tran"])
_SAYS_WHO = re.compile(r"^(?:ten )?(?:don vi|co quan)(?: \w+){0,2} ?: ?")


@dataclass(frozen=True)
class Owner:
    """A commune, district or province, folded; `name` "" where only the kind is said."""

    kind: str
    name: str

    @property
    def is_a_commune(self) -> bool:
        """Whether it is part of a district."""
        return self.kind in _COMMUNES


@dataclass(frozen=True)
class Bodies:
    """The names, folded, of the unit that sends a table, and those of others that owe one like it."""

    own: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()

    @classmethod
    def named(cls, own: Iterable[str], others: Iterable[str] = ()) -> Bodies:
        """Return bodies by their names as they are written."""
        mine = frozenset(map(fold, own))
        return cls(mine, frozenset(map(fold, others)) - mine)

    def anothers(self, texts: Iterable[str]) -> str:
        """Return the line, of some above a table, that says that it is another's than the unit's; or ''.

        A unit that is of no place, a department say, may tell of any; a line with the unit's own name, or place,
        outweighs others.
        """
        lines = list(texts)
        said = {text: owner for text in lines if (owner := owner_in(text))}
        if any(self._is_own(text, said.get(text)) for text in lines):
            return ""
        placed = any(map(_OF_A_PLACE.search, self.own))
        return next((text for text in lines if self._names_another(text) or (placed and _name_of(said.get(text)))), "")

    def _is_own(self, text: str, owner: Owner | None) -> bool:
        if owner and owner.name:
            return _is_of(owner, self.own)
        return not _OF_A_PAPER.search(line := fold(text)) and any(f" {name} " in f" {line} " for name in self.own)

    def _names_another(self, text: str) -> bool:
        """Return whether a line is no more than another's name."""
        return _SAYS_WHO.sub("", fold(text)).strip(" .:-") in self.others


NOBODY = Bodies()
"""Where it isn't known who sends a table."""


def bodies_of(plan: Plan, unit: Unit) -> Bodies:
    """Return the bodies of a plan as one of its units sees them."""
    form = plan.form_of(unit)
    others = (each for each in plan.units if plan.form_of(each) is form)
    return Bodies.named((unit.name, *unit.aliases), (name for each in others for name in (each.name, *each.aliases)))


def owner_of(sheet: Sheet) -> Owner | None:
    """Return whose a sheet says it is; None where it says nothing."""
    return next(filter(None, map(owner_in, titles_of(sheet))), None)


def titles_of(sheet: Sheet) -> Iterator[str]:
    """Yield the texts that may say whose a sheet is: its name, the lines above its table, what stands over columns."""
    yield sheet.name
    wide = {(top, left) for top, left, _, right in sheet.layout.merged if right > left}
    above = True
    for row, line in enumerate(sheet.cells[:_ABOVE]):
        above = above and sum(cell is not None for cell in line) <= _MOST_IN_TITLE
        texts = ((column, cell) for column, cell in enumerate(line) if isinstance(cell, str))
        yield from (text for column, text in texts if above or (row, column) in wide)


def _is_of(owner: Owner, names: Iterable[str]) -> bool:
    """Return whether a place is a unit's: a district may call itself by its committee, a commune is no district."""
    named = [f" {name} " for name in names if f" {owner.name} " in f" {name} "]
    placed = [name for name in named if _OF_A_PLACE.search(name)]
    pattern = _KINDS.get(owner.kind) or re.compile(rf"\b{owner.kind}\b")
    return any(map(pattern.search, placed)) if placed else bool(named)


def _name_of(owner: Owner | None) -> str:
    return owner.name if owner else ""


def owner_in(text: str) -> Owner | None:
    """Return whose a title says that figures are; None where it says nothing."""
    shown = " ".join(nfc(text).split())
    if _DATELINE.search(shown) or _OF_A_PAPER.search(fold(shown)):
        return None
    pattern = _BARE if shown.isascii() else _NAMED
    for match in (*pattern.finditer(shown), *_OF_A_COMMUNE.finditer(shown)):
        kind, name = fold(match["kind"]), match["name"]
        # "Huyện ủy triển khai" and "của huyện còn thấp" name none.
        if shown.islower() or not name or name[0].isupper():
            return Owner(_COMMITTEES.get(kind, kind), fold(name))
    return Owner("tinh", "toan tinh") if _OF_ALL.search(shown) else None


def is_another(one: Owner | None, main: Owner | None) -> bool:
    """Return whether a sheet is another's than the main one, which may say nothing: a commune's is, then."""
    return one is not None and one != main and (main is not None or one.is_a_commune)
