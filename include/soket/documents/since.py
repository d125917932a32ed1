"""What came between two papers of one campaign: the reports that the later one has, and the totals that they moved."""

from __future__ import annotations

from dataclasses import dataclass

from soket.documents.figures import Summary
from soket.documents.sentences import names
from soket.documents.told import changes, told
from soket.plan.model import Unit

_MOVED = 3  # totals that are named


@dataclass(frozen=True)
class Between:
    """The reports that one summary has and an earlier one had not, or had in an earlier version; and what is gone."""

    added: tuple[Unit, ...]
    replaced: tuple[Unit, ...]
    dropped: tuple[Unit, ...]
    moved: tuple[str, ...]  # totals, in words

    def __bool__(self) -> bool:
        return bool(self.added or self.replaced or self.dropped)

    def in_words(self, earlier: str) -> str:
        """Say it in one sentence; `earlier` is what the earlier paper is called."""
        came = [
            f"{what} {names(units)}"
            for what, units in (
                ("thêm báo cáo của", self.added),
                ("báo cáo gửi lại của", self.replaced),
                ("không còn báo cáo của", self.dropped),
            )
            if units
        ]
        more = [f"và {len(self.moved) - _MOVED} số tổng khác"] if len(self.moved) > _MOVED else []
        moved = "; ".join([*self.moved[:_MOVED], *more])
        return f"So với {earlier}: {'; '.join(came)}; {moved or 'các số tổng không đổi'}."


def between(before: Summary, now: Summary) -> Between:
    """Compare what two summaries of one plan rest on, and the latest totals of each of their indicators."""
    found = changes(now.plan, told(before), told(now))
    moved = tuple(str(move) for move in found.latest if move.after is not None)
    return Between(found.added, found.replaced, found.dropped, moved)
