"""How far figures are from what the plan wants: of all units together, or of each."""

from __future__ import annotations

from dataclasses import dataclass

from soket.plan.model import Target


@dataclass(frozen=True)
class TargetComparison:
    """How far the latest total is from what the plan wants of all units together."""

    target: Target
    year: int
    actual: float

    @property
    def share(self) -> float | None:
        """The actual figure as a share of the target."""
        return self.actual / self.target.value if self.target.value else None


@dataclass(frozen=True)
class UnitsAtTarget:
    """How many of the units that gave a figure have reached what each of them is to reach."""

    target: Target
    year: int
    reached: int
    units: int
