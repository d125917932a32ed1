"""Where those who are asked stand: above who issues a plan, at its side, or below, at the place of who asks."""

from __future__ import annotations

import re

from soket.narrative.requests.bodies import ABOVE, CENTRAL
from soket.plan.model import Plan, Unit
from soket.text import flat, upper_first

_DEPTHS = tuple(
    re.compile(rf"\b(?:{words})\b")
    for words in ("trung uong|bo chinh tri|chinh phu", "tinh|tinh uy", "huyen|huyen uy|thi xa|thi uy|quan", "xa|phuong")
)
_PLACES = {"huyen": 2, "thi xa": 2, "thanh pho": 2, "quan": 2, "xa": 3, "phuong": 3, "thi tran": 3, "dac khu": 3}
# On folded text, bodies of a place below a province: one is called so by the bodies of its own place alone.
_LOCAL = re.compile(
    r"(?P<party>huyen|thi|thanh) uy\b"
    rf"|(?:(?:uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|dang uy) )?(?P<place>{'|'.join(_PLACES)})\b"
)


def is_above(plan: Plan, addressee: str | None) -> bool:
    """Return whether those who are asked stand above who issues a plan: what is asked of others is theirs to do."""
    if addressee is None:
        return False
    if addressee == CENTRAL:
        return True
    own, asked = (_level_of(flat(each)) for each in (plan.issuer, addressee))
    named = {office.name for office in plan.offices} | {unit.name for unit in plan.units}
    return addressee not in named and own is not None and asked is not None and asked < own


def _level_of(body: str) -> int | None:
    """Return how far below the centre a committee is."""
    return next((depth for depth, level in enumerate(_DEPTHS) if level.search(body)), None)


def is_its_own(plan: Plan, unit: Unit, addressee: str | None) -> bool:
    """Return whether a body asks itself, or one of a place those of its place, below who issues a plan.

    That is no matter of the plan's. All districts or all communes are asked by those of a higher level alone.
    """
    if addressee is None:
        return False
    name, plain = flat(unit.name), flat(addressee)
    if name == plain or name.startswith(f"{plain} "):
        return True
    asked, own, issuer = (
        _depth_below(addressee.replace(" các ", " ")),
        _depth_below(unit.name),
        _level_of(flat(plan.issuer)),
    )
    if asked is None or own is None or issuer is None:
        return False
    return asked > (own if " các " in addressee else issuer)


def is_below(plan: Plan, addressee: str | None) -> bool:
    """Return whether those who are asked stand below who issues a plan: the districts, the communes."""
    asked = _depth_below(addressee.replace(" các ", " ")) if addressee else None
    issuer = _level_of(flat(plan.issuer))
    return asked is not None and issuer is not None and asked > issuer


def _depth_below(body: str) -> int | None:
    found = _LOCAL.match(flat(body))
    return (2 if found["party"] else _PLACES[found["place"]]) if found else None


def rank_of(addressee: str | None) -> tuple[int, int, str]:
    """Return what puts those who are asked in order: from the centre down, and those whom nobody names last."""
    if addressee in (None, ABOVE):
        return 9 - bool(addressee), 0, ""
    plain = flat(upper_first(addressee))
    order = ("trung uong", "tinh uy", "hoi dong nhan dan", "uy ban nhan dan")
    rank = next((rank for rank, words in enumerate(order) if plain.startswith(words)), len(order))
    return rank, (_depth_below(addressee.replace(" các ", " ")) or 0) if rank < len(order) else 0, plain
