"""A figure that prose states: of what it is, when, whose, and what of that is in doubt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from soket.narrative.figures.kinds import FigureKind
from soket.narrative.names.whose import HeldAgainst, Whose
from soket.narrative.quantities.amounts import Amount
from soket.plan.periods import PeriodId


class Doubt(Enum):
    """What of a figure is not told in its own clause."""

    INDICATOR = auto()
    TIME = auto()
    UNIT = auto()
    BASE = auto()


@dataclass(frozen=True)
class StatedFigure:
    """A figure that a paragraph states; `start` and `end` say where in it."""

    text: str
    start: int
    end: int
    amount: Amount
    kind: FigureKind
    indicator: str
    against: str | None = None  # the whole that it is a share of, or what it is so many times
    per: str | None = None  # of which indicator it is for one, and has changed since
    rate: bool = False  # a share of its own whole, by what its sentence says
    rest: str | None = None  # of which indicator it is what its own leaves
    period: PeriodId | None = None
    base: PeriodId | None = None
    span: tuple[int, int] | None = None
    unit: Whose = None
    beside: HeldAgainst | None = None  # whose figure it is held against, where that is another's
    points: bool = False
    rises: bool | None = None  # whether a change is said to be a rise; None where nothing says which
    doubts: frozenset[Doubt] = frozenset()
    likely: tuple[str, ...] = ()  # indicators that the sentence speaks of
    around: tuple[PeriodId, ...] = ()  # times that it names
    units: tuple[Whose, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether indicator, time and unit stand in one clause with it."""
        return not self.doubts
