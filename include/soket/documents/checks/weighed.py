"""How grave what was found of a draft's figures is, beside all else that was found of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from soket.documents.checks.finding import FindingLevel
from soket.documents.judging import JudgedFigure
from soket.narrative.stated_figure import Doubt

MOST_TO_LOOK_AT = 10
"""So many figures of a draft are to be looked at; an appraiser who is sent to more looks at none."""
_ALIKE = 3  # figures that are all another's: whose they are was misread


def weighed(found: Sequence[JudgedFigure]) -> list[FindingLevel]:
    """Return how grave each finding about a draft's figures is.

    Those that look least like a slip of the figure that they should be are only told, where there are many.
    """
    others = Counter(each.whose for each in found if each.certain and each.whose)
    wrong = [each.certain and others[each.whose] < _ALIKE for each in found]
    open_ones = [at for at, each in enumerate(wrong) if not each]
    looked_at = sorted(open_ones, key=lambda at: _remote(found[at]))[:MOST_TO_LOOK_AT]
    levels = dict.fromkeys(looked_at, FindingLevel.LOOK)
    return [FindingLevel.WRONG if each else levels.get(at, FindingLevel.TELL) for at, each in enumerate(wrong)]


def _remote(figure: JudgedFigure) -> tuple[bool, int]:
    """Return how far a figure is from being one that is known."""
    doubts = figure.stated.doubts
    return not (figure.certain or figure.like), len(doubts) + (Doubt.INDICATOR in doubts)
