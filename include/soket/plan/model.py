"""A plan: who owes what to whom by when, as its YAML file says it.

The models are strict: an unknown word or a wrong type is a fault. What spans the plan (references to nothing, dates out
of order, …) is found by `soket.plan.references` and `soket.plan.coherence`; `soket.plan.check` tells every fault at once,
with file, line and what to do.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, EmailStr, Field, model_validator

from soket.clock import VIETNAM
from soket.text import format_number, nfc

Text = Annotated[str, Field(min_length=1), AfterValidator(nfc)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,60}$")]
RuleCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,3}-[A-Z0-9.]{1,20}$")]


class Strict(BaseModel):
    """Frozen, and closed to words it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class StageName(StrEnum):
    """The stages of a review, in their order; each has a DAG."""

    UNIT_REPORTS = "unit_reports"
    UBND_DRAFT = "ubnd_draft"
    VPTU_APPRAISAL = "vptu_appraisal"
    CONFERENCE = "conference"
    COMMUNICATIONS = "communications"


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


class Target(Strict):
    """What an indicator should reach; an example where the plan's source does not give it."""

    year: int
    value: float
    example: bool = False


class Severity(StrEnum):
    """What a broken rule leads to."""

    CRITICAL = "critical"  # returns the report
    WARNING = "warning"  # asks
    INFO = "info"  # tells


class RangeRule(Strict):
    """Each value lies between two bounds, inclusive."""

    kind: Literal["range"]
    code: RuleCode
    severity: Severity = Severity.CRITICAL
    min: float | None = None
    max: float | None = None

    @model_validator(mode="after")
    def _bounded(self) -> RangeRule:
        if self.min is None and self.max is None:
            raise ValueError("khoảng giá trị cần ít nhất một trong hai: «min», «max»")
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"«min» ({format_number(self.min)}) lớn hơn «max» ({format_number(self.max)})")
        return self


class YearlyJumpRule(Strict):
    """A value is at most `factor` times, and at least 1/`factor` of, the year before's."""

    kind: Literal["yearly_jump"]
    code: RuleCode
    severity: Severity = Severity.WARNING
    factor: float = Field(gt=1)


IndicatorRule = Annotated[RangeRule | YearlyJumpRule, Field(discriminator="kind")]


class Indicator(Strict):
    """A figure that reports give for each year."""

    code: Annotated[str, Field(pattern=r"^CT\d{2}(\.\d{1,2})?$")]
    name: Text
    unit_of_measure: Text
    type: Literal["integer", "decimal"] = "decimal"
    required: bool = True
    aggregate: Literal["sum", "mean", "none"] = "sum"
    target: Target | None = None
    rules: tuple[IndicatorRule, ...] = ()


class SumRule(Strict):
    """A total equals its parts, in each year; all three are indicator codes."""

    kind: Literal["sum"]
    code: RuleCode
    severity: Severity = Severity.CRITICAL
    total: str
    parts: tuple[str, ...] = Field(min_length=2)
    tolerance: float = Field(default=0.5, ge=0)


class OrderRule(Strict):
    """One indicator is never larger than another, in each year."""

    kind: Literal["order"]
    code: RuleCode
    severity: Severity = Severity.CRITICAL
    smaller: str
    larger: str


TableRule = Annotated[SumRule | OrderRule, Field(discriminator="kind")]


class IndicatorForm(Strict):
    """A table of indicators that units of some blocks fill in (biểu số liệu)."""

    code: Slug
    title: Text
    blocks: tuple[Slug, ...] = Field(min_length=1)
    years: tuple[int, ...] = Field(min_length=1)
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    rules: tuple[TableRule, ...] = ()


class Stage(Strict):
    """A part of the plan: who does it, for whom, what it delivers, and what happens when its date passes."""

    title: Text
    owner: Slug  # office
    receiver: Slug  # office
    delivers: Text
    source: Text  # the paragraph of the plan's source text
    at_deadline: Literal["wait", "proceed"] = "wait"
    copies: tuple[Slug, ...] = ()  # offices told of the product


class Deadline(Strict):
    """A date as officials write it: `before` D ends at 00:00 of D, `by` D ends at 24:00 of D."""

    before: date | None = None
    by: date | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Deadline:
        if (self.before is None) == (self.by is None):
            raise ValueError("ghi một trong hai: «before» (trước ngày) hoặc «by» (đến hết ngày)")
        return self

    @property
    def moment(self) -> datetime:
        """The first moment that is too late, in Vietnam time."""
        return datetime.combine(self.last_day + timedelta(days=1), time(), VIETNAM)

    @property
    def last_day(self) -> date:
        """The last day that is still in time."""
        if self.by is not None:
            return self.by
        assert self.before is not None  # noqa: S101 - the validator leaves exactly one
        return self.before - timedelta(days=1)


class StageDates(Deadline):
    """When a stage opens and what its date is, in one campaign."""

    opens: date

    @model_validator(mode="after")
    def _opens_first(self) -> StageDates:
        if self.opens > self.last_day:
            raise ValueError(f"mở ngày {self.opens:%d/%m/%Y}, sau ngày cuối là {self.last_day:%d/%m/%Y}")
        return self

    @property
    def opening(self) -> datetime:
        """The moment the stage opens: 00:00 of its day, Vietnam time."""
        return datetime.combine(self.opens, time(), VIETNAM)


class Campaign(Strict):
    """One run through the plan (đợt)."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,30}$")]
    title: Text
    opens: date
    closes: date  # the last day
    stages: dict[StageName, StageDates]

    @property
    def start(self) -> datetime:
        """The moment the campaign starts, Vietnam time."""
        return datetime.combine(self.opens, time(), VIETNAM)

    @property
    def end(self) -> datetime:
        """The first moment after the campaign, Vietnam time."""
        return datetime.combine(self.closes + timedelta(days=1), time(), VIETNAM)

    @property
    def last_morning(self) -> datetime:
        """The morning of the last day, when the campaign is archived."""
        return datetime.combine(self.closes, time(7, 30), VIETNAM)


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
    holidays: dict[date, Text] = {}  # days off beside the national calendar
    workdays: dict[date, Text] = {}  # days worked that the national calendar has off
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
