"""How far below the centre bodies stand, and what all of one level are called together."""

from __future__ import annotations

import re

from soket.plan.model import Plan
from soket.text import flat

SUPREME = ("Bộ Chính trị", "Ban Bí thư", "Quốc hội", "Chính phủ", "Thủ tướng Chính phủ")
"""Who stands above every ministry: where a ministry issues the plan, each is asked by its own name."""
LEVELS = {
    flat(level): level for level in ("tỉnh", "thành phố", "huyện", "thị xã", "xã", "phường", "đặc khu", "trung ương")
}
LEVEL = "|".join(LEVELS)
"""A pattern for what a body's area may be, on folded text."""
DISTRICT_PARTIES = "các huyện ủy, thị ủy, thành ủy"

_PROVINCES, _DISTRICTS, _COMMUNES = "các tỉnh, thành phố", "các huyện, thị xã, thành phố", "các xã, phường"
_TOGETHER = {0: _PROVINCES, 1: _PROVINCES, 2: _DISTRICTS, 3: _COMMUNES}
_DEPTHS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in (
        "trung uong|bo chinh tri|chinh phu|thu tuong|quoc hoi|ban bi thu|^(?:bo(?! (?:chi huy|tu lenh|doi))|tong cuc)",
        "tinh|tinh uy",
        "huyen|huyen uy|thi xa|thi uy|quan",
        "xa|phuong",
    )
)
_PLACES = {
    "tinh": 1,
    "huyen": 2,
    "thi xa": 2,
    "thanh pho": 2,
    "quan": 2,
    "xa": 3,
    "phuong": 3,
    "thi tran": 3,
    "dac khu": 3,
}
_PARTIES = {"tinh": 1, "huyen": 2, "thi": 2, "thanh": 2}
# On folded text, bodies of a place: those below the centre are called so by the bodies of their own place alone.
_LOCAL = re.compile(
    rf"(?P<party>{'|'.join(_PARTIES)}) uy\b"
    rf"|(?:(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|dang uy) )?(?P<place>{'|'.join(_PLACES)})\b"
)


def committee_level(body: str) -> int | None:
    """Return how far below the centre a committee is: a ministry at it, a province one below."""
    plain = flat(body)
    return next((depth for depth, level in enumerate(_DEPTHS) if level.search(plain)), None)


def place_level(body: str, issuer: int | None = None) -> int | None:
    """Return how far below the centre the place of a body is, or of all of its kind; None where it is of none.

    `issuer` is how far below it who issues the plan is.
    """
    found = _LOCAL.match(flat(body).removeprefix("cac ").replace(" cac ", " "))
    if found is None:
        return None
    if issuer == 0 and "thanh" in (found["party"], (found["place"] or "").split(" ")[0]):
        return 1  # cities of the centre's own
    return _PARTIES[found["party"]] if found["party"] else _PLACES[found["place"]]


def is_of_many(body: str) -> bool:
    """Whether all of a kind are called so: "các huyện ủy", "Ủy ban nhân dân các xã, phường"."""
    return body.startswith("các ") or " các " in body


class Localities:
    """What all committees of a level are called in a plan."""

    def __init__(self, plan: Plan) -> None:
        issuer = committee_level(plan.issuer)
        self.at_the_centre = issuer == 0
        depths = {depth for unit in plan.units if (depth := place_level(unit.name, issuer))}
        self._any = 1 if self.at_the_centre else 3 if depths == {3} else 2

    def all_of(self, level: str) -> str:
        """Return what the places of a level are called, given it on folded text: "các địa phương" are the plan's."""
        if level == "dia phuong" or (level == "thanh pho" and self.at_the_centre):
            return _TOGETHER[self._any]
        return _TOGETHER[_PLACES.get(level, 2)]


def parties_of(level: str) -> str:
    """Return what the Party committees of places are called, given the first of their kinds on folded text."""
    depth = _PARTIES.get(level)
    return f"Đảng ủy {_COMMUNES}" if depth is None else "các tỉnh ủy, thành ủy" if depth == 1 else DISTRICT_PARTIES
