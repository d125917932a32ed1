"""The catalogue: what each fault is called, how grave it is, and the Vietnamese words that a unit reads.

Codes: TEP the file itself, HS the submission as a whole, KS its signatures and signed copies, DC the outline, TB its
words against the table, GN reports alike, BS the table's layout, SL its figures, DN a nomination. The figures' own
rules have the codes that the plan gives them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pydantic import Field

from soket.faults.figures import FIGURES
from soket.faults.files import ARCHIVES, FILES
from soket.faults.message import Message
from soket.faults.photos import PHOTOS
from soket.faults.signed import SIGNED, UNLIKE_SIGNED
from soket.faults.submission import SUBMISSION
from soket.faults.table import TABLE
from soket.faults.words import LIKENESS, NARRATIVE, OUTLINE
from soket.plan.model import Plan, Severity
from soket.reading.findings import Fact, Finding
from soket.store.record import Record

MESSAGES: dict[str, Message] = (
    FILES | ARCHIVES | PHOTOS | SUBMISSION | SIGNED | OUTLINE | NARRATIVE | LIKENESS | TABLE | FIGURES
)


class Fault(Record):
    """Something wrong in a submission: the code says what, the place says where, the message says it to a person."""

    code: str
    severity: Severity
    file: str | None = None
    place: str | None = None  # "ô D7", "mục III.2"
    where: str | None = None  # the place for a reader who has the file before him: sheet, cell, indicator, year
    message: str  # Vietnamese: what was found, what is expected
    advice: str | None = None  # Vietnamese: what to do
    aside: str | None = None  # Vietnamese: for officials alone, on the board; in no slip and no mail to the unit
    right: str | None = Field(None, exclude_if=lambda right: right is None)  # what a unit that gives a reason confirms
    denies: tuple[str, str] | None = None  # file and cell of the figure that the words at the place gainsay
    weighs: tuple[str, ...] = Field((), exclude_if=lambda each: not each)  # of the table, that the words deny together
    matter: str | None = None  # the figures that it is about, with their values: see intake.places
    waits: bool = Field(False, exclude_if=lambda waits: not waits)  # nothing confirms it: its cell is to be mended
    confirmed: str | None = None  # id of the unit's confirmation that it asks nothing more by

    @property
    def known_as(self) -> str:
        """By what it is known to be the same question about the same thing, in whatever file and cell that stands."""
        told = self.matter or "\n".join((self.place or "", self.message))
        return hashlib.sha256(f"{self.code}\n{told}".encode()).hexdigest()[:16]

    @property
    def is_odd(self) -> bool:
        """Whether a figure counts and a person is to say a word on it all the same.

        A rule of the plan found it odd, or the report's own words say otherwise.
        """
        return self.severity is Severity.WARNING and (self.code not in MESSAGES or self.is_of_words)

    @property
    def is_of_words(self) -> bool:
        """Whether the report's own words gainsay its table; of a change no one figure is the wrong one."""
        return self.code in NARRATIVE

    @property
    def gainsaying(self) -> str | None:
        """What it says up to the end of the words that gainsay the table: alike for all that one sentence gainsays."""
        return self.message.partition("», ")[0] if self.is_of_words else None

    @property
    def is_of_figure(self) -> bool:
        """Whether it asks about a figure, and not about a section, a file or a signature."""
        return self.code not in MESSAGES or self.code in (
            UNLIKE_SIGNED | NARRATIVE.keys() | TABLE.keys() | FIGURES.keys()
        )

    @property
    def is_unlike_signed(self) -> bool:
        """Whether the signed copy says otherwise, and nobody has said which is right."""
        return self.code in UNLIKE_SIGNED and self.confirmed is None


def fault(code: str, file: str | None = None, place: str | None = None, **facts: Fact) -> Fault:
    """Return a fault in the catalogue's words."""
    message = MESSAGES[code]
    return Fault(
        code=code,
        severity=message.severity,
        file=file,
        place=place,
        message=message.text.format(**facts),
        advice=message.advice and message.advice.format(**facts),
        aside=message.aside and message.aside.format(**facts),
        right=message.right and message.right.format(**facts),
    )


def fault_of(finding: Finding, file: str) -> Fault:
    """Return what was found in a file as a fault."""
    return fault(finding.code, file, finding.place, **finding.facts)


def weighed(plan: Plan, faults: Iterable[Fault]) -> list[Fault]:
    """Return faults with the severities that the plan sets in place of the catalogue's."""
    set_by_plan = {code.value: severity for code, severity in plan.severities.items()}
    return [each.model_copy(update={"severity": set_by_plan.get(each.code, each.severity)}) for each in faults]
