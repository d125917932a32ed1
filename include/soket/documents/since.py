"""What came between two papers of one campaign: the reports that the later one has, and the totals that they moved."""

from __future__ import annotations

from dataclasses import dataclass

from soket.documents.figures import Summary
from soket.documents.sentences import names
from soket.documents.told import changes, told
from soket.plan.model import Unit
from soket.text import first_units

_MOVED = 3  # totals that are named
_NAMED = 3  # units, where it is told beside a figure


@dataclass(frozen=True)
class Between:
    """The reports that one summary has and an earlier one had not, or had in an earlier version; and what is gone.

    `earlier` is what the earlier paper is called.
    """

    earlier: str
    added: tuple[Unit, ...]
    replaced: tuple[Unit, ...]
    dropped: tuple[Unit, ...]
    moved: tuple[str, ...]  # totals, in words

    def __bool__(self) -> bool:
        return bool(self.added or self.replaced or self.dropped)

    @property
    def in_words(self) -> str:
        """It in words: whose reports, then the totals."""
        more = [f"và {len(self.moved) - _MOVED} số tổng khác"] if len(self.moved) > _MOVED else []
        moved = "; ".join([*self.moved[:_MOVED], *more])
        came = "; ".join(f"{what} {names(units)}" for what, units in self._parts)
        return f"So với {self.earlier}: {came}. {moved or 'Các số tổng không đổi'}."

    @property
    def reports(self) -> str:
        """Whose reports came or went, in short."""
        return "; ".join(
            f"{what} {first_units([each.name for each in units], _NAMED, ', ')}" for what, units in self._parts
        )

    @property
    def _parts(self) -> list[tuple[str, tuple[Unit, ...]]]:
        return [
            (what, units)
            for what, units in (
                ("thêm báo cáo của", self.added),
                ("báo cáo gửi lại của", self.replaced),
                ("không còn báo cáo của", self.dropped),
            )
            if units
        ]


def between(before: Summary, now: Summary, earlier: str) -> Between:
    """Compare what two summaries of one plan rest on, and the latest totals of each of their indicators."""
    found = changes(now.plan, told(before), told(now))
    moved = tuple(str(move) for move in found.latest if move.after is not None)
    return Between(earlier, found.added, found.replaced, found.dropped, moved)
