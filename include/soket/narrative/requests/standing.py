"""Where those who are asked stand: above who issues a plan, at its side, or below, at the place of who asks."""

from __future__ import annotations

import re

from soket.narrative.requests.bodies import ABOVE, CENTRAL
from soket.narrative.requests.levels import SUPREME, committee_level, is_of_many, place_level
from soket.narrative.sentences.stops import CAPITALS
from soket.plan.model import Plan, Unit
from soket.text import flat, upper_first

# Which place a body is of, where it says so: "Ủy ban nhân dân huyện Cẩm Xuyên".
_PLACE = re.compile(rf"\b(?:ủy|phố|tỉnh|huyện|xã|phường|khu) (?P<of>[{CAPITALS}].*)$")


def is_above(plan: Plan, addressee: str | None) -> bool:
    """Return whether those who are asked stand above who issues a plan: what is asked of others is theirs to do."""
    if addressee is None:
        return False
    if addressee == CENTRAL or addressee in SUPREME:
        return True
    own, asked = committee_level(plan.issuer), committee_level(addressee)
    named = {office.name for office in plan.offices} | {unit.name for unit in plan.units}
    return addressee not in named and own is not None and asked is not None and asked < own


def is_its_own(plan: Plan, unit: Unit, addressee: str | None) -> bool:
    """Return whether a body asks itself, or one of a place those of its place, below who issues a plan.

    That is no matter of the plan's. All districts or all communes are asked by those of a higher level alone; a body
    that is called by its place is of that place, or below who asks. A Party committee of nobody is one's own.
    """
    if addressee is None:
        return False
    name, plain = flat(unit.name), flat(addressee)
    if name == plain or name.startswith(f"{plain} ") or addressee == "Đảng ủy":
        return True
    issuer = committee_level(plan.issuer)
    asked, own = place_level(addressee, issuer), place_level(unit.name, issuer)
    if asked is None or own is None or issuer is None:
        return False
    if is_of_many(addressee):
        return asked > own
    place = _PLACE.search(addressee)
    return asked > issuer and (not place or asked > own or name.endswith(flat(place["of"])))


def is_below(plan: Plan, addressee: str | None) -> bool:
    """Return whether those who are asked stand below who issues a plan: the districts, the communes."""
    issuer = committee_level(plan.issuer)
    asked = place_level(addressee, issuer) if addressee else None
    return asked is not None and issuer is not None and asked > issuer


def order_of(addressee: str | None) -> tuple[int, int, str]:
    """Return what puts those who are asked in order: from the centre down, and those whom nobody names last."""
    if addressee in (None, ABOVE):
        return 9 - bool(addressee), 0, ""
    if addressee in SUPREME:
        return 0, SUPREME.index(addressee), ""
    plain = flat(upper_first(addressee))
    order = ("trung uong", "tinh uy", "hoi dong nhan dan", "uy ban nhan dan")
    rank = next((rank for rank, words in enumerate(order) if plain.startswith(words)), len(order))
    deep = (place_level(addressee) or 0) if rank < len(order) else 0
    return rank, deep if rank else len(SUPREME), plain
