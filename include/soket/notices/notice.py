"""A notice: one mail that a campaign owes to someone, known by an id that says which."""

from __future__ import annotations

import hmac
import re
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, JsonValue

from soket.plan.model import Contact, Plan, Slug
from soket.store.record import Record

Part = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,60}$")]


class Kind(StrEnum):
    """What a notice is; each kind has a folder of templates."""

    REQUEST = "request"
    NEW_DATE = "new_date"
    RECEIPT = "receipt"
    RETURN = "return"
    LOCKED = "locked"
    WITHDRAWN = "withdrawn"
    MESSAGE = "message"
    ACCESS = "access"
    CODE = "code"
    UNRECEIVED = "unreceived"
    REMINDER = "reminder"
    ESCALATION = "escalation"
    DIGEST = "digest"
    ODDITIES = "oddities"
    PROVISIONAL = "provisional"
    DRAFT = "draft"
    APPRAISAL = "appraisal"
    APPRAISAL_RETURNED = "appraisal_returned"
    APPRAISED = "appraised"
    ISSUED = "issued"
    INVITATION = "invitation"
    INVITATION_REMINDER = "invitation_reminder"
    INVITATION_WITHDRAWN = "invitation_withdrawn"
    REPLY = "reply"
    PRESS = "press"
    ALERT = "alert"

    @property
    def momentary(self) -> bool:
        """Whether the mail speaks of a moment: unsent when the moment is over, it may be withdrawn."""
        return self in (*CHASING, *DIGESTS)

    @property
    def renewed(self) -> bool:
        """Whether it is posted anew, in words of then, when it had to wait."""
        return self.momentary or self is Kind.NEW_DATE

    @property
    def of_stages(self) -> bool:
        """Whether a stage sends it when its time has come: nobody waits up for it."""
        return self in STAGES

    @property
    def secret(self) -> bool:
        """Whether it says what its reader alone may know, for minutes: what is kept of it hides that."""
        return self is Kind.CODE

    @property
    def answers(self) -> bool:
        """Whether it tells a unit what came of what it sent, or lets it in: such mail goes out before any other."""
        return self in ANSWERS


ANSWERS = (
    Kind.CODE,
    Kind.ACCESS,
    Kind.RECEIPT,
    Kind.RETURN,
    Kind.WITHDRAWN,
    Kind.UNRECEIVED,
    Kind.REPLY,
)
CHASING = (Kind.REMINDER, Kind.ESCALATION)
DIGESTS = (Kind.DIGEST, Kind.ODDITIES)
STAGES = (
    Kind.REQUEST,
    Kind.PROVISIONAL,
    Kind.DRAFT,
    Kind.APPRAISAL,
    Kind.APPRAISED,
    Kind.INVITATION,
    Kind.INVITATION_REMINDER,
    Kind.INVITATION_WITHDRAWN,
    Kind.PRESS,
)

AGAIN = "-again"  # what follows, in a step, counts how often the notice was posted anew


class Attachment(Record):
    """A file that goes with a notice, as it lies in the bucket."""

    name: str
    key: str
    content_type: str = "application/octet-stream"


class Notice(Record):
    """One mail, before it is written: to whom, about what, with which facts.

    The id is the ledger key: the same facts make the same id, so a mail that was claimed once is never claimed again.
    """

    kind: Kind
    addressee: Slug  # the unit or office that the mail is about
    step: Part  # which of the mails of its kind: a ladder step, a submission, a round, a day
    version: Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9_-]{0,60})?$")] = ""  # e.g. the deadline's last day
    variant: Slug | None = None  # of its templates: a folder inside its kind's, for what differs
    by: Slug | None = None  # the office in whose name it goes out; the lead unless told
    to: tuple[Contact, ...] = Field(min_length=1)
    cc: tuple[Contact, ...] = ()
    context: dict[str, JsonValue] = Field(default_factory=dict)  # facts for the templates, worded and formatted
    attachments: tuple[Attachment, ...] = ()

    @property
    def id(self) -> str:
        """The notice's name inside its campaign: ASCII, key-safe, one for each (kind, addressee, step, version)."""
        # No part holds a dot, so no two different notices share an id.
        return ".".join(part for part in (self.kind.value, self.addressee, self.step, self.version) if part)

    def again(self, number: int) -> Notice:
        """Return the notice under the id it has when it is posted for the n-th time anew; 0: under its own."""
        step = self.step.partition(AGAIN)[0]
        return self.model_copy(update={"step": f"{step}{AGAIN}{number}" if number else step})

    def reaching(self, day: date) -> Notice:
        """Return the notice as it goes out on a day: who stands in for a reader gets it, the reader a copy."""
        away = {each.email for each in self.to if each.stand_in_on(day)}
        if not away:
            return self
        to = tuple(stand_in.as_contact if (stand_in := each.stand_in_on(day)) else each for each in self.to)
        copies = tuple(each for each in self.to if each.email in away)
        return self.model_copy(update={"to": to, "cc": (*copies, *self.cc)})

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address the mail goes to, once each."""
        return tuple(dict.fromkeys(contact.email for contact in (*self.to, *self.cc)))


def kind_of(notice_id: str) -> Kind:
    """Return the kind that an id begins with."""
    return Kind(notice_id.partition(".")[0])


def first_id(notice_id: str) -> str:
    """Return the id that a notice had before it was posted anew."""
    return re.sub(rf"{AGAIN}\d+", "", notice_id)


def message_id(plan: Plan, campaign: str, notice_id: str, seal: bytes) -> str:
    """Return the Message-ID of a notice: the same on every try, guessed by nobody without the bucket's seal.

    It is short enough never to be folded. What is posted anew keeps it in newer words too: of a try that nobody knows
    the outcome of, the server may have taken the mail, and then the one with the newer words is its duplicate.
    """
    base = first_id(notice_id) if kind_of(notice_id).renewed else notice_id
    digest = hmac.digest(seal, f"{plan.id}/{campaign}/{base}".encode(), "sha256").hex()[:32]
    return f"<{digest}@{mail_domain(plan)}>"


def ascii_address(address: str) -> str:
    """Return an address with its domain as DNS knows it."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.encode('idna').decode()}"


def mail_domain(plan: Plan) -> str:
    """Return the domain that a plan's mail comes from, in ASCII: that of the office that runs soket."""
    domain = plan.office(plan.roles.operator).contact.email.rpartition("@")[2]
    return domain.encode("idna").decode()
