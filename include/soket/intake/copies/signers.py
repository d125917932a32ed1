"""Signers: whether a certificate is in a unit's name. A name is asked about and never decides anything by itself."""

from __future__ import annotations

import re
from enum import Enum, auto

from soket.plan.model import Plan, Unit
from soket.reading.signatures import FileSignature
from soket.text import fold

_NEAR = 85.0  # of a hundred


class Whose(Enum):
    """In whose name a certificate is."""

    UNIT = auto()
    NEARLY = auto()  # almost the unit's name
    ANOTHER = auto()  # that of another unit of the plan
    NOBODY = auto()  # of no unit: a person's, or a body that the plan does not know


def whose(plan: Plan, unit: Unit, signature: FileSignature) -> tuple[Whose, str]:
    """Return in whose name a signature is, and that name."""
    from rapidfuzz import fuzz

    names = [each for each in (signature.signer, *signature.bodies) if each]
    own = _names(unit, plan)
    for name in names:
        if _plain(name) in own:
            return Whose.UNIT, name
    others = {name: each for each in plan.units if each.base != unit.base for name in _names(each, plan)}
    for name in names:
        if (other := others.get(_plain(name))) is not None:
            return Whose.ANOTHER, plan.unit(other.base).name
    for name in names:
        if any(fuzz.ratio(_plain(name), each) >= _NEAR or f" {each} " in f" {_plain(name)} " for each in own):
            return Whose.NEARLY, name
    return Whose.NOBODY, signature.signer or (names[0] if names else "")


def _names(unit: Unit, plan: Plan) -> set[str]:
    """Return a unit's names; what it owes beside its report is signed as the report is."""
    named = plan.unit(unit.base)
    return {_plain(each) for each in (named.name, *named.aliases)}


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))
