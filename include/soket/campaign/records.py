"""What the bucket keeps of a campaign: each record is a JSON object written once."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from soket.plan.model import Severity, StageName


class Record(BaseModel):
    """Frozen, closed, and stable as JSON."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def to_json(self) -> bytes:
        """Return the record as it is stored."""
        return self.model_dump_json(indent=1).encode()


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

    @property
    def kept(self) -> bool:
        """Whether the file was taken in; one too large, or one too many, stays in the inbox, and `key` says where."""
        return bool(self.sha256)


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


class Fault(Record):
    """Something wrong in a submission: the code says what, the place says where, the message says it to a person."""

    code: str
    severity: Severity
    file: str | None = None
    place: str | None = None  # "ô D7", "mục III.2"
    message: str  # Vietnamese: what was found, what is expected
    advice: str | None = None  # Vietnamese: what to do


class Ruling(StrEnum):
    """How a submission was judged."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_WARNINGS = "accepted_with_warnings"
    RETURNED = "returned"


class Submission(StrEnum):
    """What a submission turned out to be."""

    REPORT = "report"
    OWN_REVIEW = "own_review"
    NIL_RETURN = "nil_return"
    COVERAGE_PLAN = "coverage_plan"


class Figure(Record):
    """One indicator's value in one year, from one cell; None where the unit has no figure."""

    indicator: str
    year: int
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
    figures: tuple[Figure, ...]
    faults: tuple[Fault, ...]  # found while reading


class Verdict(Record):
    """How a unit's n-th submission was judged."""

    unit: str
    number: int
    kind: Submission
    ruling: Ruling
    late: bool
    judged_at: datetime  # campaign time
    faults: tuple[Fault, ...]
    parsed_key: str | None = None
    slip_key: str | None = None

    @model_validator(mode="after")
    def _returned_has_reason(self) -> Verdict:
        critical = any(fault.severity is Severity.CRITICAL for fault in self.faults)
        if critical != (self.ruling is Ruling.RETURNED):
            raise ValueError("a submission is returned if, and only if, it has a critical fault")
        return self


class ActBase(Record):
    """What every act of an official carries: why, by whom, on what paper."""

    id: str
    decided_at: datetime  # campaign time
    account: str  # who entered it
    granted_by: str  # who decided it
    reason: str
    document_number: str | None = None


class Extension(ActBase):
    """A later date for one unit."""

    kind: Literal["extension"] = "extension"
    unit: str
    last_day: date


class Exemption(ActBase):
    """A unit owes nothing."""

    kind: Literal["exemption"] = "exemption"
    unit: str


class NilReturn(ActBase):
    """A unit says, through an operator, that it has nothing to report."""

    kind: Literal["nil_return"] = "nil_return"
    unit: str


class Postponement(ActBase):
    """A later date for a whole stage."""

    kind: Literal["postponement"] = "postponement"
    stage: StageName
    last_day: date


class Reopening(ActBase):
    """A stage that was done is to be gone through again."""

    kind: Literal["reopening"] = "reopening"
    stage: StageName


class Mute(ActBase):
    """One unit, or one office, gets no reminders, escalations or digests until a day is over."""

    kind: Literal["mute"] = "mute"
    unit: str | None = None
    office: str | None = None
    last_day: date

    @model_validator(mode="after")
    def _one_addressee(self) -> Mute:
        if (self.unit is None) == (self.office is None):
            raise ValueError("a mute is of one unit or of one office")
        return self

    @property
    def addressee(self) -> str:
        """The unit's or the office's code."""
        return self.unit or self.office or ""


class Undo(ActBase):
    """An earlier act is taken back, as if it had not been; both stay on the record."""

    kind: Literal["undo"] = "undo"
    undoes: str  # id of the act


class Appraisal(ActBase):
    """What the appraiser decided of one round's official draft."""

    kind: Literal["appraisal"] = "appraisal"
    round: int
    outcome: Literal["approved", "returned"]


class ConferenceFormat(ActBase):
    """How, and when, the conference is held."""

    kind: Literal["conference_format"] = "conference_format"
    format: Literal["in_person", "online", "postponed"]
    day: date
    place: str


Decision = Annotated[
    Extension | Exemption | NilReturn | Postponement | Reopening | Mute | Undo | Appraisal | ConferenceFormat,
    Field(discriminator="kind"),
]


class StageRecord(Record):
    """That one round of a stage reached a step: opened, closed, checked, done."""

    stage: StageName
    round: int
    step: str
    at: datetime  # campaign time
    note: str
    products: tuple[str, ...] = ()  # bucket keys
    details: dict[str, Any] = {}
