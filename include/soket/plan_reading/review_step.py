"""One stage of a review as a paper has it, and when two mentions are of one body."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from soket.plan.dates import Deadline
from soket.plan_reading.bodies import NamedBody
from soket.plan_reading.groups import BodyGroup
from soket.plan_reading.passages import Passage
from soket.plan_reading.written_date import When
from soket.text import flat


@dataclass
class ReviewStep:
    """One stage as the paper has it; what is None is to be asked."""

    kind: str
    owner: NamedBody | None = None
    receiver: NamedBody | None = None
    when: When | None = None
    passages: list[Passage] = field(default_factory=list)
    groups: dict[str, tuple[BodyGroup, When | None, Passage]] = field(default_factory=dict)  # of those who report
    named: list[tuple[NamedBody, When | None, Passage]] = field(default_factory=list)  # bodies that report, by name

    @property
    def last_day(self) -> date:
        """The last day; without a date, behind all others."""
        return self.when.deadline.last_day if self.when and self.when.deadline else date.max

    @property
    def deadline(self) -> Deadline | None:
        """The date as the paper says it."""
        return self.when.deadline if self.when else None


def same_body(one: NamedBody | None, other: NamedBody | None) -> bool:
    """Whether two mentions are of one body, written alike but for short forms."""
    return one is not None and other is not None and key_of(one.name) == key_of(other.name)


def key_of(name: str) -> str:
    """Return a body's name for comparison: folded, short forms written out."""
    words = f" {flat(name)} "
    for short, whole in (
        (" ubnd ", " uy ban nhan dan "),
        (" vptu ", " van phong tinh uy "),
        (" & ", " va "),
        (" mttq ", " mat tran to quoc "),
    ):
        words = words.replace(short, whole)
    return " ".join(words.split())
