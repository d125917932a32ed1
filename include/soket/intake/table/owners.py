"""Whose a sheet says it is: the commune or district that its name, or the lines above its table, speak of."""

from __future__ import annotations

import re
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
_NAMED = re.compile(rf"(?:^{_BODY}|\b(?:của|tại|địa bàn) ){_PLACE}{_NAME}")
# Without marks "phuong" may be "phương", too.
_BARE = re.compile(rf"^(?P<kind>xa|thi tran|huyen|thi xa|thanh pho){_NAME}")
_OF_A_COMMUNE = re.compile(r"\bcủa (?P<kind>xã|phường|thị trấn)(?P<name>)$")
_COMMUNES = frozenset(["xa", "phuong", "thi tran"])


@dataclass(frozen=True)
class Owner:
    """A commune or district, folded; `name` "" where only the kind is said."""

    kind: str
    name: str


def owner_of(sheet: Sheet) -> Owner | None:
    """Return whose a sheet says it is; None where it says nothing."""
    texts = [sheet.name]
    for line in sheet.cells[:_ABOVE]:
        if sum(cell is not None for cell in line) > _MOST_IN_TITLE:
            break
        texts += [cell for cell in line if isinstance(cell, str)]
    for text in texts:
        plain = " ".join(nfc(text).casefold().split())
        pattern = _BARE if plain.isascii() else _NAMED
        if match := pattern.search(plain) or _OF_A_COMMUNE.search(plain):
            return Owner(fold(match["kind"]), fold(match["name"]))
    return None


def is_another(one: Owner | None, main: Owner | None) -> bool:
    """Return whether a sheet is another's than the main one, which may say nothing: a commune's is, then."""
    return one is not None and one != main and (main is not None or one.kind in _COMMUNES)
