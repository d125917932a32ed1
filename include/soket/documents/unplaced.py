"""What reports say that no line of the draft tells: under no heading of the outline, or under one without themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from soket.documents.composing import ComposedSection
from soket.documents.figures import Summary
from soket.documents.provenance import digest_of
from soket.documents.said import Saying
from soket.narrative.sentences.prose import statements
from soket.plan.model import Unit

_OUTSIDE = "Ngoài đề cương"


class UnplacedSentence(NamedTuple):
    """A sentence of a report under a heading of the unit's own, verbatim."""

    unit: Unit
    submission: int
    heading: str  # empty for what stands before all headings
    number: int
    text: str

    @property
    def place(self) -> str:
        """Where it stands, as a list of sentences tells it."""
        return f"{_OUTSIDE}: {self.heading}" if self.heading else f"{_OUTSIDE}, trước các mục"

    @property
    def digest(self) -> str:
        """A short hash, by which it is known again."""
        return digest_of(self.text)


def unplaced_sentences(summary: Summary) -> Iterator[UnplacedSentence]:
    """Yield what no heading of the outline has, sentence by sentence."""
    for each in summary.unplaced:
        for said in statements(each.text):
            if said.complete:
                yield UnplacedSentence(each.unit, each.submission, each.heading, said.number, said.text)


def unplaced_lines(summary: Summary) -> list[str]:
    """Return how many sentences of whom stand under which headings of their own."""
    count = Counter((each.unit.name, each.heading) for each in unplaced_sentences(summary))
    return [
        f"{unit}, {f'phần “{heading}”' if heading else 'trước các mục'}: {number} câu"
        for (unit, heading), number in count.items()
    ]


def left_over(section: ComposedSection) -> tuple[Saying, ...]:
    """Return what is told nowhere under a heading without themes, where quotes are all that there is.

    Requests that are not quoted are listed by themselves.
    """
    under, quoted = section.under, {each.text for each in section.quotes}
    return () if under.themes else tuple(each for each in under.said if not each.asks and each.text not in quoted)
