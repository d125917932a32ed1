"""Reminders and escalations: what each unit, its head and those above it are due to be told now.

A step of a ladder falls a number of working days from a unit's own last day, at an hour. Of the steps that have come,
only the latest for each reader counts, so after an outage everyone hears once, in words of today. What was posted
already is known by its id; `due` does not ask.

A step tells nothing new when something told the unit more recently: a longer date, or its report's return. A unit is
then reminded by its next step. Its superiors, who got no such mail, hear of it on the next working morning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from soket.campaign.acts import date_changes
from soket.campaign.register import Register, Standing, UnitEntry
from soket.campaign.workspace import Workspace
from soket.clock import VIETNAM
from soket.notices.notice import Kind, Notice
from soket.notices.wording import (
    OWED,
    STANDINGS,
    Facts,
    last_day_of,
    office_facts,
    say_days,
    stage_of,
    unit_facts,
)
from soket.plan.calendar import WorkingCalendar
from soket.plan.model import Campaign, LadderStep, Plan, Recipient, Unit
from soket.plan.schedule import step_moment
from soket.text import format_date, vietnamese_order

MORNING = time(7, 30)


def due(workspace: Workspace, register: Register) -> list[Notice]:
    """Return every reminder and escalation that is due now, posted already or not; none once the campaign is over."""
    if not workspace.campaign.start <= workspace.now < workspace.campaign.end:
        return []
    chased = [
        (unit, register.units[unit.code])
        for unit in workspace.plan.units
        if register.units[unit.code].standing.to_chase and register.stages[stage_of(unit)].opens <= workspace.now
    ]
    own = (_own_notices(workspace, register, unit, entry) for unit, entry in chased)
    return [notice for notices in own for notice in notices] + _superiors_notices(workspace, register, chased)


def ladder_moments(plan: Plan, campaign: Campaign, calendar: WorkingCalendar | None = None) -> list[datetime]:
    """Return the campaign moments at which mail may fall due, rising: each working day's morning and ladder hours.

    Every ladder hour of every working day, since an extension moves a unit's steps to days not known beforehand.
    """
    calendar = calendar or WorkingCalendar.of(plan)
    hours = sorted({MORNING, *(step.hour for ladder in plan.ladders.values() for step in ladder)})
    days = (campaign.opens + timedelta(days=offset) for offset in range((campaign.closes - campaign.opens).days + 1))
    return [datetime.combine(day, hour, VIETNAM) for day in days if calendar.is_working_day(day) for hour in hours]


def _own_notices(workspace: Workspace, register: Register, unit: Unit, entry: UnitEntry) -> Iterator[Notice]:
    """Yield what the unit and its head are due."""
    told = _told_at(register, unit, entry)
    for recipient, contact in ((Recipient.UNIT, unit.contact), (Recipient.HEAD, unit.head)):
        latest = _latest_step(workspace, unit, entry, recipient)
        if latest is None:
            continue
        moment, step = latest
        if recipient is Recipient.UNIT and moment <= told:
            continue
        if _heard_at(workspace, moment, step, told) > workspace.now:
            continue
        facts = unit_facts(workspace, unit, entry)
        if recipient is Recipient.HEAD:
            facts["addressed"] = f"Đồng chí {unit.head.name}" + (f", {unit.head.title}" if unit.head.title else "")
        yield Notice(
            kind=Kind(step.kind),
            addressee=unit.code,
            step=f"{recipient.value.replace('_', '-')}-{_signed(step.at)}",
            version=last_day_of(entry.deadline).isoformat(),
            to=(contact,),
            context={
                **facts,
                "to_head": recipient is Recipient.HEAD,
                "superior": None,
                "returned": entry.standing is Standing.RETURNED,
                "faults": _faults(entry),
            },
        )


def _superiors_notices(
    workspace: Workspace, register: Register, chased: Iterable[tuple[Unit, UnitEntry]]
) -> list[Notice]:
    """Return one digest for each superior that a unit's latest step writes to, of all late units below it."""
    plan, now = workspace.plan, workspace.now
    moments: defaultdict[str, list[datetime]] = defaultdict(list)
    letters: set[str] = set()
    below: defaultdict[str, list[tuple[Unit, UnitEntry]]] = defaultdict(list)
    for unit, entry in chased:
        if now < entry.deadline:
            continue
        leader, standing = plan.block(unit.block).leader, plan.roles.standing
        for office in dict.fromkeys((leader, standing)):
            below[office].append((unit, entry))
        for recipient, office in ((Recipient.LEADER, leader), (Recipient.STANDING_BOARD, standing)):
            latest = _latest_step(workspace, unit, entry, recipient)
            if latest is not None:
                moment = _heard_at(workspace, *latest, _told_at(register, unit, entry))
                if moment <= now:
                    moments[office].append(moment)
                    letters |= {office} if _asks_for_letter(workspace, unit, entry) else set()
    return [
        _digest_of_late(workspace, office, max(moments[office]).date(), below[office], letter=office in letters)
        for office in moments
    ]


def _asks_for_letter(workspace: Workspace, unit: Unit, entry: UnitEntry) -> bool:
    """Whether the step from which a letter is drafted has come for a unit."""
    ladder = workspace.plan.ladders[workspace.plan.block(unit.block).ladder]
    last_day = last_day_of(entry.deadline)
    return any(step.letter and step_moment(workspace.calendar, last_day, step) <= workspace.now for step in ladder)


def _digest_of_late(
    workspace: Workspace, code: str, day: date, late: list[tuple[Unit, UnitEntry]], *, letter: bool
) -> Notice:
    plan = workspace.plan
    office = plan.office(code)
    rows: list[Facts] = [
        {
            "name": unit.name,
            "block": plan.block(unit.block).name,
            "owed": OWED[unit.owes],
            "standing": STANDINGS[entry.standing],
            "last_day": format_date(last_day_of(entry.deadline)),
            "days": say_days(workspace, entry.deadline),
            "head": ", ".join(part for part in (unit.head.name, unit.head.title) if part),
            "phone": unit.head.phone or unit.contact.phone,
        }
        for unit, entry in vietnamese_order(late, lambda pair: pair[0].name)
    ]
    return Notice(
        kind=Kind.ESCALATION,
        addressee=code,
        step=day.isoformat(),
        by=plan.roles.operator if code == plan.roles.lead else None,  # nobody reports to itself
        to=(office.contact,),
        context={
            **office_facts(office),
            "to_head": False,
            "superior": office.name,
            "late_units": list(rows),
            "letter": letter,
        },
    )


def _latest_step(
    workspace: Workspace, unit: Unit, entry: UnitEntry, recipient: Recipient
) -> tuple[datetime, LadderStep] | None:
    """Return the latest step for a reader that has come, with its moment."""
    ladder = workspace.plan.ladders[workspace.plan.block(unit.block).ladder]
    last_day = last_day_of(entry.deadline)
    steps = [(step_moment(workspace.calendar, last_day, step), step) for step in ladder if step.to is recipient]
    return max(
        (pair for pair in steps if pair[0] <= workspace.now), key=lambda pair: (pair[0], pair[1].at), default=None
    )


def _told_at(register: Register, unit: Unit, entry: UnitEntry) -> datetime:
    """Return when the unit was last told where it stands: the stage's opening, a new date, or its report's return."""
    stage = register.stages[stage_of(unit)]
    moments = [stage.opens, *(act.decided_at for act in date_changes(register.decisions, unit.code, stage.stage))]
    if entry.standing is Standing.RETURNED and entry.last_verdict:
        moments.append(entry.last_verdict.judged_at)
    return max(moments)


def _heard_at(workspace: Workspace, moment: datetime, step: LadderStep, told: datetime) -> datetime:
    """Return when a step is to be heard: at its moment or, if the unit was told something since, the morning after."""
    if moment > told:
        return moment
    day = told.astimezone(VIETNAM).date() + timedelta(days=1)
    while not workspace.calendar.is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, step.hour, VIETNAM)


def _faults(entry: UnitEntry) -> list[str]:
    """Return what was wrong with a returned report."""
    verdict = entry.last_verdict
    if entry.standing is not Standing.RETURNED or verdict is None:
        return []
    return [fault.message for fault in verdict.faults if fault.severity == "critical"]


def _signed(days: int) -> str:
    """Return a step's working days as an id can hold them: m3, d0, p2."""
    return f"m{-days}" if days < 0 else f"p{days}" if days else "d0"
