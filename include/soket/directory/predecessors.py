"""What figures of units that are gone mean for those that took their place: shares of them, or nothing comparable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from soket.plan.model import Indicator, Predecessor
from soket.plan.periods import PeriodId

At = tuple[str, PeriodId]
"""An indicator's code and a year, or a part of one."""


@dataclass(frozen=True)
class Inherited:
    """Figures that a unit took over, and why others of its predecessors are no measure for it."""

    figures: Mapping[At, float]
    reason: str = ""


def inherited(
    predecessors: Sequence[Predecessor],
    said: Mapping[str, Mapping[At, float]],
    indicators: Mapping[str, Indicator],
    names: Mapping[str, str],
) -> Inherited:
    """Return a unit's part of its predecessors' figures, by the shares that it took over.

    Only what adds up can be shared out, and only where every predecessor's share is known and each said a figure.
    """
    figures: dict[At, float] = {}
    reasons: dict[str, None] = {}
    for at in sorted({at for each in predecessors for at in said.get(each.unit, {}) if at[0] in indicators}):
        if why := _why_not(predecessors, said, indicators[at[0]], at, names):
            reasons[why] = None
        else:
            figures[at] = sum((each.share or 0.0) * said[each.unit][at] for each in predecessors)
    return Inherited(figures, "; ".join(reasons))


def _why_not(
    predecessors: Sequence[Predecessor],
    said: Mapping[str, Mapping[At, float]],
    indicator: Indicator,
    at: At,
    names: Mapping[str, str],
) -> str:
    unknown = [names[each.unit] for each in predecessors if each.share is None]
    if unknown:
        return f"chưa rõ phần của {', '.join(unknown)} nay thuộc đơn vị"
    if indicator.aggregate != "sum":
        return f"{indicator.code} không cộng được"
    silent = [names[each.unit] for each in predecessors if at not in said.get(each.unit, {})]
    return f"{', '.join(silent)} chưa có đủ số {indicator.code}" if silent else ""
