"""What the bucket keeps of a campaign: each record is a JSON object written once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from soket.faults import Fault
from soket.plan.model import Severity
from soket.plan.periods import PeriodId
from soket.record.marked import MarkedCopy
from soket.record.stage_details import StageDetails
from soket.store.record import Record


class PhotoPage(Record):
    """A page of a paper that was put together of photographs: of which one, and how that looks."""

    file: str  # as the unit named it
    sha256: str
    width: int  # dots, as it was taken
    height: int
    light: int  # of its paper, of 255
    sharp: int  # of its writing, of 100


class ReceivedFile(Record):
    """One file of a submission, as it arrived and where its copy is kept."""

    inbox_key: str
    key: str  # the kept copy
    name: str  # NFC, safe, unique in the submission
    original_name: str
    etag: str
    sha256: str  # "" where nothing was kept
    size: int
    arrived_at: datetime  # campaign time
    archive: str | None = None  # the name of the archive that it came in; `inbox_key` and `etag` are then the archive's
    pages: tuple[
        PhotoPage, ...
    ] = ()  # of what was put together here; the rest is then that of the photograph last come

    @property
    def kept(self) -> bool:
        """Whether the file was taken in; one too large, or one too many, stays in the inbox, and `key` says where."""
        return bool(self.sha256)

    @property
    def as_sent(self) -> bool:
        """Whether it came as it is: not in an archive, and not put together here."""
        return self.archive is None and not self.pages


class Receipt(Record):
    """That a unit's n-th submission arrived, and when; the deadline it was measured against stands beside it."""

    unit: str
    number: int
    received_at: datetime  # campaign time: the last of its files
    deadline: datetime  # first moment too late, with any extension
    files: tuple[ReceivedFile, ...]

    @property
    def late(self) -> bool:
        """Whether it arrived at or after its deadline."""
        return self.received_at >= self.deadline


class Ruling(StrEnum):
    """How a submission was judged."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    REFERRED = "referred"  # received, and left to a person
    RETURNED = "returned"

    @property
    def counts(self) -> bool:
        """Whether a submission so judged is one that the campaign rests on."""
        return self in (Ruling.ACCEPTED, Ruling.ACCEPTED_WITH_WARNINGS)


def ruling_of(faults: Iterable[Fault]) -> Ruling:
    """Return what faults lead to: the gravest decides."""
    severities = {fault.severity for fault in faults}
    if Severity.CRITICAL in severities:
        return Ruling.RETURNED
    if Severity.REFER in severities:
        return Ruling.REFERRED
    return Ruling.ACCEPTED_WITH_WARNINGS if Severity.WARNING in severities else Ruling.ACCEPTED


class Submission(StrEnum):
    """What a submission turned out to be."""

    REPORT = "report"
    OWN_REVIEW = "own_review"
    OWN_REVIEW_PLAN = "own_review_plan"  # announces an own review; its results are still owed
    NIL_RETURN = "nil_return"
    COVERAGE_PLAN = "coverage_plan"
    DOCUMENT = "document"  # beside the report


class Figure(Record):
    """One indicator's value in one year or part of one, from one cell; None where the unit has no figure."""

    indicator: str
    year: PeriodId
    value: float | None
    file: str
    cell: str


class SectionText(Record):
    """What a report says under one heading of the outline; `heading` None where it was not found."""

    section: str
    heading: str | None
    text: str


class ParsedReport(Record):
    """What was read out of a submission."""

    unit: str
    number: int
    kind: Submission
    sections: tuple[SectionText, ...]
    unplaced: tuple[SectionText, ...] = ()  # under headings of its own that are no section's, or before them all
    figures: tuple[Figure, ...]
    faults: tuple[Fault, ...]  # found while reading
    scans: dict[str, str] = Field(default_factory=dict)  # what scans seem to say, by file: for search only


def batch_id(submissions: Iterable[tuple[str, int]]) -> str:
    """Return what some submissions are called together: the same for the same ones."""
    return hashlib.sha256(repr(sorted(submissions)).encode()).hexdigest()[:16]


class Measured(Record):
    """What later submissions are measured by, small beside the report it was read out of."""

    unit: str
    number: int
    figures: tuple[Figure, ...]
    sketch: str  # of the text, in base64


class Verdict(Record):
    """How a unit's n-th submission was judged."""

    unit: str
    number: int
    kind: Submission
    ruling: Ruling
    late: bool
    judged_at: datetime  # campaign time
    faults: tuple[Fault, ...]
    parsed_key: str | None = None  # of what was read out of it, with others or alone: see record.parsed
    slip_key: str | None = None
    marked: tuple[MarkedCopy, ...] = ()
    on_trial: tuple[str, ...] = ()  # codes of the rules on trial that it breaks: counted, and told to nobody

    @model_validator(mode="after")
    def _ruling_has_reason(self) -> Verdict:
        due = ruling_of(self.faults)
        for ruling, weight in ((Ruling.RETURNED, "critical"), (Ruling.REFERRED, "referring and no critical")):
            if (due is ruling) != (self.ruling is ruling):
                raise ValueError(f"a submission is {ruling} if, and only if, it has a {weight} fault")
        return self


class Attempt(Record):
    """That our own code failed on a submission; it is tried again after a while."""

    unit: str
    number: int  # of the submission
    attempt: int  # 1, 2, …
    at: datetime  # campaign time
    again_at: datetime  # real time
    error: str  # the error's class
    detail: str


AGAIN = ".again-"
"""Stands behind a step's name where it was done again and something else came of it, before how often."""


class StageRecord(Record):
    """That one round of a stage reached a step: opened, closed, checked, done."""

    stage: str
    round: int
    step: str
    at: datetime  # campaign time
    note: str
    products: tuple[str, ...] = ()  # bucket keys
    details: Annotated[StageDetails | None, BeforeValidator(lambda given: given or None)] = None  # once written as {}

    @property
    def kind(self) -> str:
        """What step it is of, done for the first time or again."""
        return self.step.partition(AGAIN)[0]

    @property
    def times(self) -> int:
        """How often it had been done before."""
        return int(self.step.rpartition(AGAIN)[2]) if AGAIN in self.step else 0

    @property
    def headline(self) -> str:
        """The note in one line: where it is Markdown of several, the first one, without its marks."""
        return self.note.partition("\n")[0].replace("**", "")
