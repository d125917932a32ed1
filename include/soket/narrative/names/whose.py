"""Whose a figure is: one unit's, that of several together, or what one of them has on average."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

_NAMED = 3  # units of a group that are told by name


@dataclass(frozen=True)
class Together:
    """Several units, by their codes; none of them are all that have a figure.

    A group that is named by what its units are has some without figures, `count` is how many are said to be.
    """

    codes: tuple[str, ...] = ()
    count: int | None = None
    listed: bool = False  # each of them by its own name
    mean: bool = False

    def of(self, having: Iterable[str]) -> tuple[str, ...] | None:
        """Return which units it is, of those that have a figure; None where these are not as many as is said."""
        known = frozenset(having)
        own = tuple(each for each in self.codes if each in known) if self.codes else tuple(sorted(known))
        if not own or (self.listed and len(own) < len(self.codes)):
            return None
        return own if self.count in (None, len(self.codes), len(own)) else None


Whose = str | Together | None
"""A unit's code, a group, or None for all units together."""


class Scope(NamedTuple):
    """Where a text says whose its figures are."""

    start: int
    end: int
    whose: Whose
    base: bool = False  # another's figures are held against it
    loose: bool = False  # others may be meant
    passed: bool = False  # named on the way: "đứng thứ ba, sau huyện Một"


@dataclass(frozen=True)
class HeldAgainst:
    """Whose figure another's is held against."""

    whose: Whose


def codes_of(whose: Whose) -> tuple[str, ...]:
    """Return the units that are meant, as far as they are named."""
    return whose.codes if isinstance(whose, Together) else (whose,) if whose else ()


def called(whose: Whose, names: Mapping[str, str]) -> str:
    """Return how a finding calls those whose a figure is, by the names of units; "" for all together."""
    if not isinstance(whose, Together):
        return names[whose] if whose else ""
    if whose.listed and len(whose.codes) <= _NAMED:
        among = " và ".join(names[each] for each in whose.codes)
    else:
        among = f"{len(whose.codes)} đơn vị" if whose.codes else "các đơn vị"
    return f"bình quân của {among}" if whose.mean else f"{among} cộng lại"
