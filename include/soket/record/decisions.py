"""What officials decide, by hand or in answer to a question; each decision is a record that nothing changes."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from soket.plan.changes import Amendment, ChangeKind
from soket.store.record import Record


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


class Review(ActBase):
    """What a person decided of a submission that was referred, was returned, or counts with figures that are odd."""

    kind: Literal["review"] = "review"
    unit: str
    number: int  # of the submission
    outcome: Literal["accepted", "returned"]


class Retry(ActBase):
    """A unit's submissions that our own code failed on are to be tried again at once."""

    kind: Literal["retry"] = "retry"
    unit: str


class LinkRenewal(ActBase):
    """The links sent before to a unit's or an office's page open nothing any more; the next mail carries a new one."""

    kind: Literal["link_renewal"] = "link_renewal"
    unit: str | None = None
    office: str | None = None

    @model_validator(mode="after")
    def _one_reader(self) -> LinkRenewal:
        if (self.unit is None) == (self.office is None):
            raise ValueError("a link is of one unit or of one office")
        return self

    @property
    def addressee(self) -> str:
        """The unit's or the office's code."""
        return self.unit or self.office or ""


class Promise(ActBase):
    """A unit that was called said by when it will send: until that day is over nobody reminds it."""

    kind: Literal["promise"] = "promise"
    unit: str
    last_day: date
    person: str  # who promised


class Urging(ActBase):
    """A unit is to be reminded at once, beside what its ladder says."""

    kind: Literal["urging"] = "urging"
    unit: str


class OfficialMessage(ActBase):
    """Words of an official: to a unit or, about it, to other officials alone; the reason is what they say."""

    kind: Literal["message"] = "message"
    unit: str
    manner: Literal["asks", "tells", "internal"]
    number: int | None = None  # of the submission
    about: str | None = None  # the fault, the cell, the point

    @property
    def shared(self) -> bool:
        """Whether the unit reads it."""
        return self.manner != "internal"


class RequestRefusal(ActBase):
    """What a unit asked for, more time, it does not get."""

    kind: Literal["request_refusal"] = "request_refusal"
    unit: str


class Postponement(ActBase):
    """A later date for a whole stage."""

    kind: Literal["postponement"] = "postponement"
    stage: str
    last_day: date


class Reopening(ActBase):
    """A stage that was done is to be gone through again."""

    kind: Literal["reopening"] = "reopening"
    stage: str


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
    stage: str | None = None  # none: the plan's first of its kind
    round: int
    outcome: Literal["approved", "returned"]


class ConferenceFormat(ActBase):
    """How, and when, the conference is held."""

    kind: Literal["conference_format"] = "conference_format"
    stage: str | None = None  # none: the plan's first of its kind
    format: Literal["in_person", "online", "postponed"]
    day: date
    place: str
    starts: time | None = None
    chair: str | None = None
    line_test: datetime | None = None  # of an online conference
    reply_by: date | None = None  # the last day on which guests are to say who comes


class Commendation(ActBase):
    """Who of those proposed is commended, or is not."""

    kind: Literal["commendation"] = "commendation"
    proposals: tuple[str, ...] = Field(min_length=1)  # ids
    conclusion: Literal["commended", "declined"]

    @field_validator("proposals", mode="before")
    @classmethod
    def _as_filled_in(cls, given: object) -> object:
        return (
            tuple(dict.fromkeys(given.replace(",", " ").replace(";", " ").split())) if isinstance(given, str) else given
        )


class Opinion(ActBase):
    """What those above said to the questions that a stage's report was laid before them with; the reason says it."""

    kind: Literal["opinion"] = "opinion"
    stage: str


class PlanChange(ActBase):
    """The plan was changed while the campaign was under way."""

    kind: Literal["plan_change"] = "plan_change"
    edition: int  # of the plan, from then on
    changes: tuple[Amendment, ...]

    def concerns(self, unit: str) -> bool:
        """Whether a unit was added, or has to do something else than before."""
        kinds = (ChangeKind.UNIT_ADDED, ChangeKind.UNIT_MOVED, ChangeKind.DUTY)
        return any(each.kind in kinds and each.about == unit for each in self.changes)


Decision = Annotated[
    Extension
    | Exemption
    | NilReturn
    | Review
    | Retry
    | LinkRenewal
    | Promise
    | Urging
    | OfficialMessage
    | RequestRefusal
    | Postponement
    | Reopening
    | Mute
    | Undo
    | Appraisal
    | ConferenceFormat
    | Commendation
    | Opinion
    | PlanChange,
    Field(discriminator="kind"),
]
