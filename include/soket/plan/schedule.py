"""A plan's campaigns laid out day by day: what opens when, by when it is due, and when who is reminded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

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
    """The reminders of the units of some blocks, for one stage."""

    ladder: str
    stage: str
    blocks: tuple[str, ...]
    last_day: date
    steps: tuple[StepLine, ...]


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


def schedule(plan: Plan) -> list[CampaignSchedule]:
    """Return the schedule of each campaign of a plan."""
    return [_campaign(plan, campaign, WorkingCalendar.of(plan)) for campaign in plan.campaigns]


def _campaign(plan: Plan, campaign: Campaign, calendar: WorkingCalendar) -> CampaignSchedule:
    return CampaignSchedule(
        code=campaign.code,
        title=campaign.title,
        opens=campaign.opens,
        closes=campaign.closes,
        stages=tuple(_stage(plan, campaign, stage, calendar) for stage in plan.stages),
        ladders=tuple(
            _ladder(plan, campaign, ladder, stage, blocks, calendar)
            for (ladder, stage), blocks in ladders_in_use(plan).items()
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


def ladders_in_use(plan: Plan) -> dict[tuple[str, str], list[Block]]:
    """Return the blocks that go by each ladder, for the stage that their units hand their work in to."""
    used: dict[tuple[str, str], list[Block]] = {}
    for block in plan.blocks:
        for unit in plan.units:
            if unit.block == block.code and unit.owes is not Duty.EXEMPT:
                blocks = used.setdefault((plan.ladder_of(unit), plan.stage_of(unit).id), [])
                if block not in blocks:
                    blocks.append(block)
    return used


def _ladder(
    plan: Plan, campaign: Campaign, ladder: str, stage: str, blocks: list[Block], calendar: WorkingCalendar
) -> LadderLine:
    dates = campaign.stages[stage]
    readers = {
        Recipient.UNIT: "đơn vị",
        Recipient.HEAD: "lãnh đạo đơn vị",
        Recipient.LEADER: "cơ quan phụ trách khối: "
        + ", ".join(dict.fromkeys(plan.office(block.leader).name for block in blocks)),
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
            sent=dates.opening <= moment < campaign.end,
        )
        for step in plan.ladders[ladder]
        for moment in (step_moment(calendar, dates.last_day, step),)
    ]
    return LadderLine(
        ladder=ladder,
        stage=stage,
        blocks=tuple(block.name for block in blocks),
        last_day=dates.last_day,
        steps=tuple(sorted(steps, key=lambda step: step.moment)),
    )
