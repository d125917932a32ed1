"""A plan: who owes what to whom by when, as its YAML file says it.

The models are strict: an unknown word or a wrong type is a fault. What spans the plan (a reference to nothing, dates
out of order) is found by `soket.plan.references` and `soket.plan.coherence`; `soket.plan.check` tells all faults at
once, with file, line and what to do.
"""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from typing import Literal, TypeVar

from pydantic import EmailStr, Field, model_validator

from soket.plan.dates import Campaign, Deadline, StageDates, StageName
from soket.plan.strict import Slug, Strict, Text
from soket.plan.tables import (
    Indicator,
    IndicatorForm,
    OrderRule,
    RangeRule,
    Severity,
    SumRule,
    Target,
    YearlyJumpRule,
)

__all__ = [
    "Block",
    "Campaign",
    "Contact",
    "Deadline",
    "Duty",
    "Indicator",
    "IndicatorForm",
    "LadderStep",
    "Office",
    "OrderRule",
    "Plan",
    "Quantities",
    "RangeRule",
    "Recipient",
    "Roles",
    "Section",
    "Severity",
    "Slug",
    "Stage",
    "StageDates",
    "StageName",
    "Strict",
    "SumRule",
    "Target",
    "Text",
    "Unit",
    "YearlyJumpRule",
]


class Duty(StrEnum):
    """What a unit owes."""

    REPORT = "report"
    OWN_REVIEW = "own_review"
    NIL_RETURN = "nil_return"
    COVERAGE_PLAN = "coverage_plan"  # press agencies: a plan of coverage, owed to the communications stage
    EXEMPT = "exempt"


class Contact(Strict):
    """A person or desk that mail reaches."""

    name: Text
    title: Text | None = None
    email: EmailStr
    phone: Text | None = None


class Office(Strict):
    """An agency with a part in running the plan: it leads, drafts, appraises, decides or is told."""

    code: Slug
    name: Text
    short_name: Text
    contact: Contact
    account: Slug | None = None  # the office's user in the Airflow UI


class Block(Strict):
    """A group of like units (khối), with the office that follows it up."""

    code: Slug
    name: Text
    leader: Slug  # office that late units of the block are reported to
    ladder: Slug


class Unit(Strict):
    """A unit that the plan addresses. The code is its only key."""

    code: Slug
    name: Text
    aliases: tuple[Text, ...] = ()
    block: Slug
    owes: Duty = Duty.REPORT
    exempt_reason: Text | None = None
    contact: Contact
    head: Contact  # the unit's own leader, the first step of an escalation

    @model_validator(mode="after")
    def _exempt_has_reason(self) -> Unit:
        if (self.owes is Duty.EXEMPT) != (self.exempt_reason is not None):
            raise ValueError("«owes: exempt» và «exempt_reason» (lý do được miễn) phải đi cùng nhau")
        return self


class Section(Strict):
    """A heading of the outline (đề cương) that reports follow; `keywords` find it under other wordings."""

    code: Slug
    number: Text
    title: Text
    keywords: tuple[Text, ...] = ()
    required: bool = True
    guidance: Text | None = None


class Stage(Strict):
    """A part of the plan: who does it, for whom, what it delivers, and what happens when its date passes."""

    title: Text
    owner: Slug  # office
    receiver: Slug  # office
    delivers: Text
    source: Text  # the paragraph of the plan's source text
    at_deadline: Literal["wait", "proceed"] = "wait"
    copies: tuple[Slug, ...] = ()  # offices told of the product


class Recipient(StrEnum):
    """Whom a ladder step writes to."""

    UNIT = "unit"
    HEAD = "head"  # the unit's own leader
    LEADER = "leader"  # the block's leading office, one digest of all its late units
    STANDING_BOARD = "standing_board"  # Thường trực, one digest of all late units


class LadderStep(Strict):
    """A reminder or escalation, so many working days from a unit's last day (0), at an hour."""

    at: int  # working days: negative before the last day, positive after
    hour: time = time(7, 30)
    kind: Literal["reminder", "escalation"]
    to: Recipient
    letter: bool = False  # from this step on, digests of late units carry a draft letter for signature

    @model_validator(mode="after")
    def _letter_escalates(self) -> LadderStep:
        if self.letter and self.kind != "escalation":
            raise ValueError("«letter: true» (dự thảo công văn) chỉ đi với «kind: escalation»")
        return self


class Quantities(Strict):
    """Limits of what intake takes in."""

    max_file_mb: int = 25
    max_files: int = 20


class Roles(Strict):
    """Which office plays which part."""

    lead: Slug  # guides, follows and urges (Ban Tuyên giáo)
    receiver: Slug  # receives unit reports (UBND tỉnh)
    drafter: Slug  # writes the consolidated draft (Ban cán sự đảng UBND tỉnh)
    appraiser: Slug  # appraises it (Văn phòng Tỉnh ủy)
    standing: Slug  # decides (Thường trực Tỉnh ủy)
    operator: Slug  # runs soket


class Plan(Strict):
    """A review plan, whole."""

    id: Slug
    title: Text
    short_title: Text
    resolution: Text
    issuer: Text
    party_committee: Text  # the agency line of Party documents: TỈNH ỦY HÀ TĨNH
    state_body: Text  # the agency line of state documents: ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH
    place: Text
    document_code: Text  # "…-BC/TU"
    document_number: Text | None = None
    source: Text
    legal_basis: tuple[Text, ...]
    purposes: tuple[Text, ...]
    goals: tuple[Text, ...]
    confidentiality: Text
    request_guidance: tuple[Text, ...] = ()
    outline: tuple[Section, ...] = Field(min_length=1)
    forms: tuple[IndicatorForm, ...] = Field(min_length=1)
    offices: tuple[Office, ...] = Field(min_length=1)
    roles: Roles
    blocks: tuple[Block, ...] = Field(min_length=1)
    units: tuple[Unit, ...] = Field(min_length=1)
    stages: dict[StageName, Stage]
    ladders: dict[Slug, tuple[LadderStep, ...]]
    holidays: dict[date, Text] = Field(default_factory=dict)  # days off beside the national calendar
    workdays: dict[date, Text] = Field(default_factory=dict)  # days worked that the national calendar has off
    recipients: tuple[Text, ...]  # "Nơi nhận", as printed
    limits: Quantities = Quantities()
    campaigns: tuple[Campaign, ...] = Field(min_length=1)

    def unit(self, code: str) -> Unit:
        """Return the unit with a code; raise KeyError."""
        return _by_code(self.units, code)

    def office(self, code: str) -> Office:
        """Return the office with a code; raise KeyError."""
        return _by_code(self.offices, code)

    def block(self, code: str) -> Block:
        """Return the block with a code; raise KeyError."""
        return _by_code(self.blocks, code)

    def campaign(self, code: str) -> Campaign:
        """Return the campaign with a code; raise KeyError."""
        return _by_code(self.campaigns, code)

    def form_of(self, unit: Unit) -> IndicatorForm | None:
        """Return the table that a unit fills in; None where it reports in words only."""
        return next((form for form in self.forms if unit.block in form.blocks), None)

    def campaign_at(self, moment: datetime) -> Campaign | None:
        """Return the campaign that is open at a moment."""
        return next((each for each in self.campaigns if each.start <= moment < each.end), None)


_Coded = TypeVar("_Coded", Unit, Office, Block, Campaign)


def _by_code(things: tuple[_Coded, ...], code: str) -> _Coded:
    for thing in things:
        if thing.code == code:
            return thing
    raise KeyError(code)
