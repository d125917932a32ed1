"""The demonstration's script: who drops what at which campaign moment, and what officials do; read from YAML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, Field

from soket.clock import VIETNAM, Pace
from soket.plan.model import Duty, Plan, Strict, Text
from soket.plan.rights import Part
from soket.record.register import Standing

Moment = Annotated[datetime, AfterValidator(lambda moment: moment.replace(tzinfo=VIETNAM))]
"""Written without a zone: it is Vietnam's."""


class Content(StrEnum):
    """What a sending holds."""

    GOOD = "good"
    TABLE_AS_CSV = "table_as_csv"
    AMENDED = "amended"  # as good, with one figure put right
    STEEP = "steep"  # a figure jumps more than the rules expect
    WITHOUT_SECTION = "without_section"
    TOTAL_DIFFERS = "total_differs"  # a total is not the sum of its parts
    AMBIGUOUS_NUMBER = "ambiguous_number"  # "12.34"
    WITHOUT_INDICATOR = "without_indicator"
    WITHOUT_TABLE = "without_table"
    TRUNCATED = "truncated"  # a broken upload
    INFLATED = "inflated"  # unpacks to far more than it weighs
    OWN_REVIEW = "own_review"
    NIL_RETURN = "nil_return"
    COVERAGE_PLAN = "coverage_plan"
    SIGNED_OTHERWISE = "signed_otherwise"  # beside a signed copy in which two figures are others
    STRAY = "stray"  # in a folder that is nobody's


class Nomination(Strict):
    """Whom a unit nominates for commendation, beside its report."""

    name: Text
    merit: Text


class Drop(Strict):
    """One sending: files that arrive in a folder together."""

    owner: str  # code of a unit, or a folder's name that is nobody's
    number: int  # the owner's n-th sending
    at: Moment
    content: Content
    nominates: Nomination | None = None


class Send(Strict):
    """One sending of a story."""

    at: Moment
    content: Content


class Story(Strict):
    """What one unit does that is worth telling, and where it ends."""

    unit: str
    about: Text
    by_page: bool = False  # it hands in on its page, not with its key to the bucket
    sends: tuple[Send, ...] = ()
    nominates: Nomination | None = None  # with its first sending
    ends: Standing


class Stray(Strict):
    """Files in a folder that belongs to nobody."""

    folder: str
    about: Text
    at: Moment


class Spread(Strict):
    """When everybody else sends: over these days, in office hours, a share of them in the rush of the last two."""

    first: date
    last: date
    rush_share: float = Field(ge=0, le=1)


class Form(Strict):
    """An entry in the trigger form, by whoever plays a part in the plan; the other names are the form's."""

    at: Moment
    by: Part = "operator"
    act: Literal["extension", "exemption", "nil_return", "postponement", "reopening", "commendation"]
    unit: str | None = None
    stage: str | None = None
    last_day: date | None = None
    proposals: str | None = None
    conclusion: str | None = None
    reason: Text
    granted_by: Text
    document_number: str | None = None
    once: Literal["returned"] | None = None  # waits until the appraisal that it speaks of is on record


class OfficialDraft(Strict):
    """What the drafting office changes in the working draft before it sends it as its own."""

    not_before: Moment
    adds: Text  # a paragraph of its own
    under: Text | None = None  # the number of the heading that it goes under; else it ends up at the very end
    misprints: bool = False  # and figures, in a table and in prose, that are not those that were added up
    cleaned: bool = False  # and takes away what the working draft says to its drafters alone


class Answer(Strict):
    """An office's answer to a question in the Airflow UI: the option, and the fields it fills in."""

    not_before: Moment
    option: Text
    fields: dict[str, str]


class GuestAnswer(Strict):
    """What a unit answers to its invitation, and which way: from its calendar, with the form, or on its page."""

    unit: str
    by: Literal["mail", "drop", "page"]
    attends: Text  # as it is written into the form; a calendar knows "có" and anything else
    person: str = ""
    post: str = ""
    speaks_on: str = ""


class Officials(Strict):
    """The acts of officials; where more is asked than is written here, the last one is repeated."""

    forms: tuple[Form, ...] = ()
    drafts: tuple[OfficialDraft, ...] = Field(min_length=1)
    appraisals: tuple[Answer, ...] = Field(min_length=1)
    conference: tuple[Answer, ...] = Field(min_length=1)


class Scenario(Strict):
    """The whole script."""

    plan: str
    campaign: str
    seed: int
    pace: str
    spread: Spread
    stories: tuple[Story, ...]
    strays: tuple[Stray, ...] = ()
    coverage: Spread
    guests: tuple[GuestAnswer, ...] = ()
    in_time: tuple[str, ...] = ()  # the stages that end by their date
    officials: Officials

    def pace_for(self, slowness: float) -> str:
        """Return the pace of the replay on a machine that takes so many times as long as it should."""
        pace = Pace.parse(self.pace)
        stretches = [f"{day} {seconds * slowness:.2f}" for day, seconds in pace.stretches]
        return ", ".join((*stretches, str(pace.end)))

    def story(self, unit: str) -> Story | None:
        """Return a unit's story, if it has one."""
        return next((story for story in self.stories if story.unit == unit), None)

    def expected(self, plan: Plan) -> dict[str, Standing]:
        """Return where each unit ends."""
        ends = {unit.code: Standing.EXEMPT if unit.owes is Duty.EXEMPT else Standing.ACCEPTED for unit in plan.units}
        return ends | {story.unit: story.ends for story in self.stories}

    def drops(self, plan: Plan) -> list[Drop]:
        """Return every sending of the campaign, by time; the same for the same plan and script."""
        random = Random(self.seed)  # noqa: S311 - a script, not a secret
        drops = [
            Drop(
                owner=story.unit,
                number=number,
                at=send.at,
                content=send.content,
                nominates=story.nominates if number == 1 else None,
            )
            for story in self.stories
            for number, send in enumerate(story.sends, start=1)
        ]
        drops += [Drop(owner=stray.folder, number=1, at=stray.at, content=Content.STRAY) for stray in self.strays]
        others = [unit for unit in plan.units if unit.owes is not Duty.EXEMPT and self.story(unit.code) is None]
        reporting = [unit.code for unit in others if unit.owes is not Duty.COVERAGE_PLAN]
        press = [unit.code for unit in others if unit.owes is Duty.COVERAGE_PLAN]
        random.shuffle(reporting)
        drops += [
            Drop(owner=code, number=1, at=at, content=Content.TABLE_AS_CSV if index % 6 == 5 else Content.GOOD)
            for index, (code, at) in enumerate(
                zip(reporting, _spread(self.spread, len(reporting), random), strict=True)
            )
        ]
        drops += [
            Drop(owner=code, number=1, at=at, content=Content.COVERAGE_PLAN)
            for code, at in zip(press, _spread(self.coverage, len(press), random), strict=True)
        ]
        return sorted(drops, key=lambda drop: (drop.at, drop.owner))


def load(path: Path) -> Scenario:
    """Read a script."""
    return Scenario.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def _spread(spread: Spread, count: int, random: Random) -> Sequence[datetime]:
    """Return so many moments in office hours, the rush last."""
    days = [spread.first + timedelta(days=index) for index in range((spread.last - spread.first).days + 1)]
    quiet, rush = days[:-2] or days, days[-2:]
    in_rush = round(count * spread.rush_share)
    chosen = [random.choice([day for day in quiet if day.weekday() < 5] or quiet) for _ in range(count - in_rush)]
    chosen += [random.choice(rush) for _ in range(in_rush)]
    # Not at the hour of the reminders, where a replay cannot tell which came first; nor late on the last day, where a
    # server that is being restarted would make a unit late that was not to be.
    return sorted(
        datetime.combine(day, time(random.randint(9, 12 if day == spread.last else 15), random.randint(0, 59)), VIETNAM)
        for day in chosen
    )
