"""A plan's campaigns laid out day by day: what opens when, by when it is due, and when who is reminded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from soket.clock import VIETNAM
from soket.plan.calendar import WorkingCalendar
from soket.plan.dates import say_deadline
from soket.plan.ladders import MORNING
from soket.plan.model import Block, Campaign, Duty, LadderStep, Plan, Recipient, Stage, Strict
from soket.plan.words import LADDER_STEPS, TONES


class StageLine(Strict):
    """One stage of a campaign."""

    stage: str
    title: str
    owner: str
    receiver: str
    opens: date
    last_day: date
    last_moment: str
    working_days: int  # from the opening to the last day, both counted


class StepLine(Strict):
    """One reminder or escalation, for units without an extension."""

    at: int
    kind: str
    to: str
    copies: tuple[str, ...]
    tone: str
    template: str | None
    moment: datetime
    sent: bool  # whether it falls between the stage's opening and the campaign's end


class LadderLine(Strict):
    """The reminders of the units of some blocks, for one stage and one date."""

    ladder: str
    stage: str
    blocks: tuple[str, ...]  # by name, and units with a date of their own
    last_day: date
    steps: tuple[StepLine, ...]


class LadderUse(NamedTuple):
    """A ladder as some units go by it: for a stage, until their date."""

    ladder: str
    stage: str
    last_day: date


class DayLine(Strict):
    """A weekday off, or a Saturday or Sunday worked."""

    day: date
    worked: bool
    why: str  # the plan's words; of the national calendar, only that it says so


class CampaignSchedule(Strict):
    """One campaign."""

    code: str
    title: str
    opens: date
    closes: date
    stages: tuple[StageLine, ...]
    ladders: tuple[LadderLine, ...]
    odd_days: tuple[DayLine, ...]  # in the campaign, that a Monday-to-Friday week does not have


def step_moment(calendar: WorkingCalendar, last_day: date, step: LadderStep) -> datetime:
    """Return the moment of a ladder's step for a unit with a last day, in Vietnam time."""
    return datetime.combine(calendar.add_working_days(last_day, step.at), step.hour, VIETNAM)


def ladder_moments(plan: Plan, campaign: Campaign, calendar: WorkingCalendar | None = None) -> list[datetime]:
    """Return the campaign moments at which mail may fall due, rising: each working day's morning and ladder hours.

    Every ladder hour of every working day, since an extension moves a unit's steps to days not known beforehand.
    """
    calendar = calendar or WorkingCalendar.of(plan)
    hours = sorted({MORNING, *(step.hour for ladder in plan.ladders.values() for step in ladder)})
    days = (campaign.opens + timedelta(days=offset) for offset in range((campaign.closes - campaign.opens).days + 1))
    return [datetime.combine(day, hour, VIETNAM) for day in days if calendar.is_working_day(day) for hour in hours]


def mornings(plan: Plan, first: date, last: date) -> list[datetime]:
    """Return the morning of each working day from one day to another, both counted, rising."""
    calendar = WorkingCalendar.of(plan)
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return [datetime.combine(day, MORNING, VIETNAM) for day in days if calendar.is_working_day(day)]


def schedule(plan: Plan) -> list[CampaignSchedule]:
    """Return the schedule of each campaign of a plan."""
    calendar = WorkingCalendar.of(plan)
    return [_campaign(plan.in_campaign(campaign), campaign, calendar) for campaign in plan.campaigns]


def _campaign(plan: Plan, campaign: Campaign, calendar: WorkingCalendar) -> CampaignSchedule:
    return CampaignSchedule(
        code=campaign.code,
        title=campaign.title,
        opens=campaign.opens,
        closes=campaign.closes,
        stages=tuple(_stage(plan, campaign, stage, calendar) for stage in plan.stages),
        ladders=tuple(
            _ladder(plan, campaign, use, blocks, calendar) for use, blocks in ladders_in_use(plan, campaign).items()
        ),
        odd_days=tuple(_odd_days(plan, campaign, calendar)),
    )


def _odd_days(plan: Plan, campaign: Campaign, calendar: WorkingCalendar) -> Iterator[DayLine]:
    for offset in range((campaign.closes - campaign.opens).days + 1):
        day = campaign.opens + timedelta(days=offset)
        worked = calendar.is_working_day(day)
        if worked != (day.weekday() < 5):
            given = (plan.workdays if worked else plan.holidays).get(day)
            yield DayLine(day=day, worked=worked, why=given or ("làm bù" if worked else "nghỉ theo lịch chung"))


def _stage(plan: Plan, campaign: Campaign, stage: Stage, calendar: WorkingCalendar) -> StageLine:
    dates = campaign.stages[stage.id]
    return StageLine(
        stage=stage.id,
        title=stage.title,
        owner=plan.office(stage.owner).name,
        receiver=plan.office(stage.receiver).name,
        opens=dates.opens,
        last_day=dates.last_day,
        last_moment=say_deadline(dates),
        working_days=calendar.working_days_between(dates.opens, dates.last_day) + calendar.is_working_day(dates.opens),
    )


def ladders_in_use(plan: Plan, campaign: Campaign) -> dict[LadderUse, dict[str, Block]]:
    """Return who goes by each ladder, for the stage that they hand their work in to and their date there.

    That is blocks, and units with a date of their own, by name.
    """
    used: dict[LadderUse, dict[str, Block]] = {}
    blocks = {block.code: block for block in plan.blocks}
    for unit in sorted(plan.units, key=lambda each: list(blocks).index(each.block)):
        if unit.owes is not Duty.EXEMPT:
            stage, block = plan.stage_of(unit), blocks[unit.block]
            use = LadderUse(plan.ladder_of(unit), stage.id, plan.deadline_of(campaign, stage, unit).last_day)
            own = unit.code in campaign.stages[stage.id].units
            used.setdefault(use, {})[unit.name if own else block.name] = block
    return used


def _ladder(
    plan: Plan, campaign: Campaign, use: LadderUse, blocks: dict[str, Block], calendar: WorkingCalendar
) -> LadderLine:
    opening = campaign.stages[use.stage].opening
    readers = {
        Recipient.UNIT: "đơn vị",
        Recipient.HEAD: "lãnh đạo đơn vị",
        Recipient.LEADER: "cơ quan phụ trách khối: "
        + ", ".join(dict.fromkeys(plan.office(block.leader).name for block in blocks.values())),
        Recipient.LEAD: plan.office(plan.roles.lead).name,
        Recipient.STANDING_BOARD: plan.office(plan.roles.standing).name,
    }
    steps = [
        StepLine(
            at=step.at,
            kind=LADDER_STEPS[step.kind].phrase,
            to=readers[step.to],
            copies=tuple(plan.office(code).short_name for code in step.cc),
            tone=TONES[step.tone].phrase,
            template=step.template,
            moment=moment,
            sent=opening <= moment < campaign.end,
        )
        for step in plan.ladders[use.ladder]
        for moment in (step_moment(calendar, use.last_day, step),)
    ]
    return LadderLine(
        ladder=use.ladder,
        stage=use.stage,
        blocks=tuple(blocks),
        last_day=use.last_day,
        steps=tuple(sorted(steps, key=lambda step: step.moment)),
    )
