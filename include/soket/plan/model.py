"""A plan: who owes what to whom by when, as its YAML file says it.

The models are strict: an unknown word or a wrong type is a fault. What spans the plan (a reference to nothing, dates
out of order) is found by `soket.plan.references` and `soket.plan.coherence`; `soket.plan.check` tells all faults at
once, with file, line and what to do.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Literal, TypeVar, get_args

from pydantic import Field, model_validator

from soket.plan.dates import Campaign, Deadline, StageDates, present
from soket.plan.ladders import LadderStep, Quiet, Recipient, Tone
from soket.plan.letters import Contact, DocumentForm, Letterhead, ReviewWord, StandIn
from soket.plan.rights import Part, Rights, Roles
from soket.plan.stages import Stage, StageKind, downstream, nearest_drafts, upstream
from soket.plan.strict import Slug, Strict, Text, UploadPage
from soket.plan.tables import (
    Indicator,
    IndicatorForm,
    OrderRule,
    RangeRule,
    RestatedRule,
    SettableCode,
    Severity,
    SpreadRule,
    SumRule,
    Target,
    TargetRule,
    YearlyJumpRule,
)

__all__ = [
    "Block",
    "Campaign",
    "Contact",
    "Deadline",
    "DocumentForm",
    "Duty",
    "Indicator",
    "IndicatorForm",
    "LadderStep",
    "Letterhead",
    "MailLimits",
    "Office",
    "OrderRule",
    "Part",
    "Plan",
    "Predecessor",
    "Quantities",
    "Quiet",
    "RangeRule",
    "Recipient",
    "RestatedRule",
    "ReviewWord",
    "Rights",
    "Roles",
    "Section",
    "SettableCode",
    "Severity",
    "Slug",
    "SpreadRule",
    "Stage",
    "StageDates",
    "StageKind",
    "StandIn",
    "Strict",
    "SumRule",
    "Target",
    "TargetRule",
    "Text",
    "Tone",
    "Unit",
    "YearlyJumpRule",
]


class Duty(StrEnum):
    """What a unit owes."""

    REPORT = "report"
    OWN_REVIEW = "own_review"
    NIL_RETURN = "nil_return"
    COVERAGE_PLAN = "coverage_plan"  # press agencies: a plan of coverage, owed to the stage that publishes
    EXEMPT = "exempt"


class Office(Strict):
    """An agency with a part in running the plan: it leads, drafts, appraises, decides or is told."""

    code: Slug
    name: Text
    short_name: Text
    contact: Contact
    account: Slug | None = None  # the office's user in the Airflow UI
    form: DocumentForm | None = None  # of its documents, unless the plan's
    letterhead: Letterhead = Letterhead()


class Block(Strict):
    """A group of like units (khối), with the office that follows it up."""

    code: Slug
    name: Text
    leader: Slug  # office that late units of the block are reported to
    ladder: Slug
    ladder_for: dict[Duty, Slug] = Field(default_factory=dict)  # of units that owe something else than most


class Predecessor(Strict):
    """A unit of earlier, of which this one took over a part."""

    unit: Slug
    share: float | None = Field(None, gt=0, le=1)  # of what was the predecessor's; 1 is all, None where nobody says


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
    predecessors: tuple[Predecessor, ...] = ()  # whose figures of the campaign before are this unit's now

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
    min_words: int = Field(default=15, ge=0)  # fewer, and a report is asked about it; words as Vietnamese spells them
    guidance: Text | None = None


class Quantities(Strict):
    """Limits of what intake takes in."""

    max_file_mb: int = 25
    max_files: int = 20
    max_folder_files: int = 200  # in one inbox folder at a time, received or not
    max_folder_mb: int = 1000
    late: Literal["flag", "lock"] = "flag"  # what comes after its date: taken and flagged, or kept and not taken


class MailLimits(Strict):
    """How much mail a reader is to bear."""

    per_reader_day: int = Field(10, ge=1)  # mails a day that come unasked: reminders, escalations, digests


class Conference(Strict):
    """What the plan says of its conference, printed as it stands."""

    choosing: Text | None = None  # to whoever chooses its format
    attending: Text | None = None  # to those invited


class Plan(Strict):
    """A review plan, whole."""

    id: Slug
    title: Text
    short_title: Text
    resolution: Text
    issuer: Text
    review_word: ReviewWord = "sơ kết"  # what the plan calls its review
    form: DocumentForm = "party"  # of the documents of whoever decides, and of offices that name none
    party_committee: Text | None = None  # the agency line of Party documents: TỈNH ỦY …
    state_body: Text | None = None  # the agency line of state documents: ỦY BAN NHÂN DÂN TỈNH …
    place: Text
    document_code: Text  # "…-BC/TU"
    document_number: Text | None = None
    source: Text
    directory: Slug | None = None  # where offices, units and contacts come from, beside what the file itself says
    legal_basis: tuple[Text, ...]
    purposes: tuple[Text, ...]
    goals: tuple[Text, ...]
    confidentiality: Text
    request_guidance: tuple[Text, ...] = ()
    conference: Conference = Conference()
    outline: tuple[Section, ...] = Field(min_length=1)
    forms: tuple[IndicatorForm, ...] = Field(min_length=1)
    offices: tuple[Office, ...] = Field(min_length=1)
    roles: Roles
    may: Rights = Rights()  # who may do what
    blocks: tuple[Block, ...] = Field(min_length=1)
    units: tuple[Unit, ...] = Field(min_length=1)
    stages: tuple[Stage, ...] = Field(min_length=1)  # in the order of pages and lists
    ladders: dict[Slug, tuple[LadderStep, ...]]
    quiet: Quiet = Quiet()  # no reminder, escalation or digest goes out then
    upload_page: UploadPage | None = None  # where a unit hands in by browser: https://…/{plan}/{campaign}/{unit}
    holidays: dict[date, Text] = Field(default_factory=dict)  # days off beside the national calendar
    workdays: dict[date, Text] = Field(default_factory=dict)  # days worked that the national calendar has off
    recipients: tuple[Text, ...]  # "Nơi nhận", as printed
    limits: Quantities = Quantities()
    severities: dict[SettableCode, Severity] = Field(default_factory=dict)  # in place of the catalogue's own
    mail: MailLimits = MailLimits()
    campaigns: tuple[Campaign, ...] = Field(min_length=1)

    def unit(self, code: str) -> Unit:
        """Return the unit with a code; raise KeyError."""
        return _by_code(self.units, code)

    def office(self, code: str) -> Office:
        """Return the office with a code; raise KeyError."""
        return _by_code(self.offices, code)

    def holder(self, folder: str) -> Unit | Office | None:
        """Return whose inbox folder one is, by its name; None where it is nobody's."""
        return next((each for each in self.units if each.code == folder), None) or next(
            (each for each in self.offices if each.code == folder), None
        )

    def parts_of(self, account: str) -> frozenset[Part]:
        """Return the parts that the office with an account plays; none where the plan does not know the account."""
        offices = {office.code for office in self.offices if office.account == account}
        return frozenset(part for part in get_args(Part) if getattr(self.roles, part) in offices)

    def offices_of(self, act: str) -> list[Office]:
        """Return the offices that may do an act and have an account to do it with, each once."""
        codes = dict.fromkeys(getattr(self.roles, part) for part in self.may.of(act))
        return [office for office in map(self.office, codes) if office.account]

    def block(self, code: str) -> Block:
        """Return the block with a code; raise KeyError."""
        return _by_code(self.blocks, code)

    def campaign(self, code: str) -> Campaign:
        """Return the campaign with a code; raise KeyError."""
        return _by_code(self.campaigns, code)

    def stage(self, code: str) -> Stage:
        """Return the stage with an id; raise KeyError."""
        for stage in self.stages:
            if stage.id == code:
                return stage
        raise KeyError(code)

    def stages_of(self, *kinds: StageKind) -> list[Stage]:
        """Return the stages of some kinds, in the plan's order."""
        return [stage for stage in self.stages if stage.kind in kinds]

    def upstream(self, stage: Stage) -> list[Stage]:
        """Return all that a stage rests on, directly or not, in the plan's order."""
        return upstream(self.stages, stage)

    def downstream(self, stage: Stage) -> list[Stage]:
        """Return all that rests on a stage, directly or not, in the plan's order."""
        return downstream(self.stages, stage)

    def draft_of(self, stage: Stage) -> Stage | None:
        """Return the draft that a stage works on: the first on its way up."""
        return next(iter(nearest_drafts(self.stages, stage)), None)

    def returned_by(self, appraisal: Stage) -> Stage | None:
        """Return the draft that goes back where an appraisal returns it."""
        return self.stage(appraisal.returns_to) if appraisal.returns_to else self.draft_of(appraisal)

    def mark_of(self, stage: Stage) -> str:
        """Return what tells a stage's decisions and mails from those of others of its kind; "" for the first one."""
        return "" if stage == self.stages_of(stage.kind)[0] else f"{stage.id}-"

    def stage_of(self, unit: Unit) -> Stage:
        """Return the stage that a unit hands its work in to: the one that names its block, or names none."""
        kind = StageKind.PUBLISH if unit.owes is Duty.COVERAGE_PLAN else StageKind.COLLECT
        stages = self.stages_of(kind)
        named = (stage for stage in stages if unit.block in stage.blocks)
        return next(named, None) or next(stage for stage in stages if not stage.blocks)

    def units_of(self, stage: Stage) -> list[Unit]:
        """Return the units that hand their work in to a stage, in the plan's order."""
        return [unit for unit in self.units if self.stage_of(unit) is stage]

    def deadline_of(self, campaign: Campaign, stage: Stage, unit: Unit) -> Deadline:
        """Return a unit's date for a stage, as the plan has it."""
        return campaign.stages[stage.id].of(unit.code, unit.block)

    def ladder_of(self, unit: Unit) -> str:
        """Return the name of the ladder that a unit is reminded by."""
        block = self.block(unit.block)
        return block.ladder_for.get(unit.owes, block.ladder)

    def form_of(self, unit: Unit) -> IndicatorForm | None:
        """Return the table that a unit fills in; None where it reports in words only."""
        return next((form for form in self.forms if unit.block in form.blocks), None)

    def campaign_before(self, campaign: Campaign) -> Campaign | None:
        """Return the campaign that came last before one."""
        earlier = [each for each in self.campaigns if each.opens < campaign.opens]
        return max(earlier, key=lambda each: each.opens, default=None)

    def open_campaigns(self, now: datetime) -> list[Campaign]:
        """Return the campaigns that are under way."""
        return [each for each in self.campaigns if each.start <= now < each.end]

    def present_campaign(self, now: datetime) -> Campaign:
        """Return the campaign that is meant where none is named; before the first begins, the first."""
        return present(self.campaigns, now) or min(self.campaigns, key=lambda each: each.opens)


_Coded = TypeVar("_Coded", Unit, Office, Block, Campaign)


def _by_code(things: tuple[_Coded, ...], code: str) -> _Coded:
    for thing in things:
        if thing.code == code:
            return thing
    raise KeyError(code)
