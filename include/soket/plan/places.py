"""The place that a unit's figures are of: the district of a Huyện ủy, the commune of a people's committee."""

from __future__ import annotations

import re
from functools import lru_cache

from soket.text import nfc

PLACE = (
    "Địa bàn của đơn vị, câu về số liệu gọi như vậy; không ghi thì suy từ tên (Huyện ủy X là huyện X), không suy được "
    "thì gọi tên đơn vị"
)
"""What a plan's author is told of the field."""

_COMMITTEES = {"huyện": "huyện", "quận": "quận", "thị": "thị xã", "thành": "thành phố", "tỉnh": "tỉnh"}
_OWN = re.compile(rf"({'|'.join(_COMMITTEES)}) (?:ủy|uỷ) (?P<own>\S.*)", re.IGNORECASE)
_OF = re.compile(
    r"(?:đảng (?:ủy|uỷ)|(?:ủy|uỷ) ban nhân dân|ubnd|hội đồng nhân dân|hđnd) "
    r"(?P<kind>xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh) (?P<own>\S.*)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def place_of(name: str) -> str | None:
    """Return the place that a body with such a name governs: "huyện Can Lộc" of "Huyện ủy Can Lộc"; None where none."""
    plain = nfc(name)
    if own := _OWN.fullmatch(plain):
        return f"{_COMMITTEES[own[1].lower()]} {own['own']}"
    of = _OF.fullmatch(plain)
    return f"{of['kind'].lower()} {of['own']}" if of else None
