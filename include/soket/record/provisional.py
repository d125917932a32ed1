"""Provisional drafts (bản tổng hợp tạm): what a draft would say of the reports at hand, before they are all there.

They are of no round: whatever looks at a stage's rounds finds none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from soket.store.record import Record
from soket.text import fold

ROUND = 0  # a stage's rounds begin with 1
TITLE = "Bản tổng hợp tạm"


_MARKS_WITHIN = 40  # paragraphs: further down, a text may speak of one


class ProvisionalDraft(Record):
    """Of a draft made while reports still come: which edition it is, how many reports it has of how many owed."""

    number: int
    sent: int
    owing: int
    inputs: str  # digest of all that it is made of: of the same, none is made again
    as_of: datetime  # campaign time: when the last of that came

    @property
    def share(self) -> str:
        """How many reports it has, of how many: 31/60."""
        return f"{self.sent}/{self.owing}"

    @property
    def step(self) -> str:
        """The step of its record."""
        return f"provisional-{self.number:03}"

    @property
    def folder(self) -> str:
        """Where its files lie in its stage's round: of two that were made at once, each has its own."""
        return f"{self.number:03}-{self.inputs[:8]}"


def is_provisional(paragraphs: Sequence[str]) -> bool:
    """Whether a document still says of itself, at its head, that it is a provisional draft."""
    return any(fold(each).startswith(f"{fold(TITLE)} so ") for each in paragraphs[:_MARKS_WITHIN])
