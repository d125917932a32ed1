"""A remark to the drafter: whose figure or sentence is to be looked at, where it stands, and why."""

from __future__ import annotations

from dataclasses import dataclass

from soket.documents.said import Saying
from soket.plan.model import Unit


@dataclass(frozen=True)
class Remark:
    """Something for the drafter to look at."""

    kind: str
    unit: Unit
    submission: int
    place: str  # "mục III, câu 2", "ô D7"
    why: str
    said: Saying | None = None
    against: Saying | None = None

    @property
    def in_words(self) -> str:
        """The remark in one line, with the sentence."""
        sentence = f" “{self.said.text}”" if self.said else ""
        return f"{self.kind}. {self.unit.name}, {self.place}: {self.why}{sentence}"


def remark_on(said: Saying, kind: str, why: str, against: Saying | None = None) -> Remark:
    """Return a remark on a sentence."""
    place = f"mục {said.section.number.rstrip('.')}, câu {said.number}"
    return Remark(kind, said.unit, said.submission, place, why, said, against)
