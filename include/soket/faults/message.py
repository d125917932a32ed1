"""One entry of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass

from soket.plan.model import Severity

RETURNS, REFERS, ASKS, TELLS = Severity.CRITICAL, Severity.REFER, Severity.WARNING, Severity.INFO


@dataclass(frozen=True)
class Message:
    """How grave a fault is, and its words; the text's blanks are the finding's facts."""

    severity: Severity
    text: str
    advice: str | None = None
    aside: str | None = None  # for officials alone: what a unit is not told of another
    right: str | None = None  # of two that differ, which counts: what a unit that gives a reason says is right
