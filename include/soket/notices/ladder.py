"""Reminders and escalations: what each unit, its head and those above it are due to be told now.

A step of a ladder falls a number of working days from a unit's own last day, at an hour. Of the steps that have come,
only the latest for each reader counts, so after an outage everyone hears once, in words of today. What was posted
already is known by its id; `due` does not ask.

A step tells nothing new when something told the unit more recently: a longer date, or its report's return. A unit is
then reminded by its next step. Its superiors, who got no such mail, hear of it on the next working morning.

Nor is a unit chased that promised, when it was called, to send by a day: until that day is over. Then it is reminded
once of what it promised, on the next working morning, and all goes on as before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from soket.clock import VIETNAM
from soket.notices.compose.chasing import late_units_notice, say_closed, unit_notice
from soket.notices.ledger import NoticeState
from soket.notices.notice import Notice
from soket.notices.reports.unreached import unreached
from soket.plan.dates import last_day_of
from soket.plan.ladders import LadderStep, Recipient, Tone
from soket.plan.model import Plan, Unit
from soket.plan.schedule import step_moment
from soket.record.composed import say_later
from soket.record.decisions import Promise, Urging
from soket.record.promises import over_at, promise_of, say_promise, told_at
from soket.record.register import Register, UnitEntry
from soket.record.sending import leader_link
from soket.record.threads import asked_of_unit
from soket.record.workspace import Workspace

Step = tuple[datetime, LadderStep]  # when it falls for a unit, and what it is

_FIRST = LadderStep(at=0, kind="reminder", to=Recipient.UNIT, tone=Tone.FRIENDLY)
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Chased:
    """A unit that owes something, as its ladder sees it."""

    unit: Unit
    entry: UnitEntry
    told: datetime  # when it was last told where it stands; of a promise that was broken, the end of its day
    steps: tuple[Step, ...]  # of its ladder, that have come
    ladder: tuple[LadderStep, ...]  # whole
    promise: Promise | None  # that it gave since it was told
    urging: Urging | None  # by which it is to be reminded at once, since it was told

    def is_left(self, now: datetime) -> bool:
        """Whether it is left alone, since it promised a day that is not over."""
        return self.promise is not None and now < over_at(self.promise)

    def is_to_hear(self, now: datetime) -> bool:
        """Whether it, or its head, is to be reminded again: by a step to come, or of what it promised."""
        come = [step for _, step in self.steps]
        return self.is_left(now) or any(not step.to.superior and step not in come for step in self.ladder)

    def latest(self, recipient: Recipient) -> Step | None:
        """Return the latest step for a reader that has come."""
        own = [pair for pair in self.steps if pair[1].to is recipient]
        return max(own, key=lambda pair: (pair[0], pair[1].at), default=None)

    @cached_property
    def superiors(self) -> list[Recipient]:
        """Those above the unit that its ladder reaches sooner or later."""
        return [
            recipient for recipient in Recipient if recipient.superior and any(s.to is recipient for s in self.ladder)
        ]


def due(workspace: Workspace, register: Register, known: Mapping[str, NoticeState] | None = None) -> list[Notice]:
    """Return every reminder and escalation that is due now, posted already or not; none once the campaign is over."""
    if not workspace.campaign.start <= workspace.now < workspace.campaign.end:
        return []
    chased = list(chased_units(workspace, register))
    own = [
        notice
        for each in chased
        if not each.is_left(workspace.now)
        for notice in _own_notices(workspace, register, each)
    ]
    return own + urged(workspace, register) + _superiors_notices(workspace, register, chased, known)


def chased_units(workspace: Workspace, register: Register) -> Iterator[Chased]:
    """Yield whoever owes something it has not sent, to a stage that is open."""
    now = workspace.now
    moments: dict[tuple[str, date], tuple[Step, ...]] = {}  # most units share a ladder and a date
    for unit in workspace.plan.units:
        entry = register.units[unit.code]
        if not entry.to_chase or register.of(workspace.plan.stage_of(unit)).opens > now:
            continue
        name, last_day = workspace.plan.ladder_of(unit), last_day_of(entry.deadline)
        ladder = workspace.plan.ladders[name]
        if (name, last_day) not in moments:
            steps = ((step_moment(workspace.calendar, last_day, step), step) for step in ladder)
            moments[name, last_day] = tuple(pair for pair in steps if pair[0] <= now)
        promise = promise_of(workspace.plan, register, unit)
        told = over_at(promise) - _INSTANT if promise else told_at(workspace.plan, register, unit)
        urging = register.acts.urging_of(unit.code)
        fresh = urging if urging and urging.decided_at >= told else None
        yield Chased(unit, entry, told, moments[name, last_day], ladder, promise, fresh)


def urged(workspace: Workspace, register: Register) -> list[Notice]:
    """Return the reminders that officials want sent at once, posted already or not."""
    if not workspace.campaign.start <= workspace.now < workspace.campaign.end:
        return []
    return [
        _urging_notice(workspace, register, each, each.urging)
        for each in chased_units(workspace, register)
        if each.urging
    ]


def _urging_notice(workspace: Workspace, register: Register, chased: Chased, urging: Urging) -> Notice:
    """Return the reminder of an act: in the words of the step that was the unit's last, or will be its first."""
    latest = chased.latest(Recipient.UNIT)
    own = (step for step in chased.ladder if step.to is Recipient.UNIT)
    step = latest[1] if latest else min(own, key=lambda step: step.at, default=_FIRST)
    return unit_notice(
        workspace,
        chased.unit,
        chased.entry,
        step,
        urging=urging,
        asked=_asked(workspace, register, chased.unit),
        later=say_later(workspace.plan, register, chased.entry),
    )


def _asked(workspace: Workspace, register: Register, unit: Unit) -> list[str]:
    return [" ".join(each.text.split()) for each in asked_of_unit(workspace.plan, register, unit.code)]


def _own_notices(workspace: Workspace, register: Register, chased: Chased) -> Iterator[Notice]:
    """Yield what the unit and its head are due."""
    for recipient in (Recipient.UNIT, Recipient.HEAD):
        latest = chased.latest(recipient)
        if latest is None:
            continue
        moment, step = latest
        broken = chased.promise if moment <= chased.told and recipient is Recipient.UNIT else None
        if recipient is Recipient.UNIT and moment <= chased.told and broken is None:
            continue
        if _heard_at(workspace, moment, step, chased.told) <= workspace.now:
            asked = _asked(workspace, register, chased.unit)
            yield unit_notice(workspace, chased.unit, chased.entry, step, broken, asked=asked)


def _superiors_notices(
    workspace: Workspace, register: Register, chased: list[Chased], known: Mapping[str, NoticeState] | None
) -> list[Notice]:
    """Return one digest for each superior that a unit's latest step writes to, of all late units below it."""
    now = workspace.now
    steps: defaultdict[str, list[Step]] = defaultdict(list)
    letters: set[str] = set()
    below: defaultdict[str, list[tuple[Unit, UnitEntry]]] = defaultdict(list)
    to_hear = {each.unit.code for each in chased if each.is_to_hear(now)}
    promised = {each.unit.code: say_promise(each.promise, now) for each in chased if each.promise}
    for each in chased:
        if now < each.entry.deadline:
            continue
        offices = {recipient: _office(workspace.plan, each.unit, recipient) for recipient in each.superiors}
        for office in dict.fromkeys(offices.values()):
            below[office].append((each.unit, each.entry))
        if each.is_left(now):
            continue
        for recipient, office in offices.items():
            if (latest := each.latest(recipient)) is not None:
                moment = _heard_at(workspace, *latest, each.told)
                if moment <= now:
                    steps[office].append((moment, latest[1]))
                    letters |= {office} if any(step.letter for _, step in each.steps) else set()
    unread = {each.code for each in unreached(workspace, None if known is None else known.values())} if steps else set()
    return [
        late_units_notice(
            workspace,
            office,
            steps[office],
            below[office],
            letter=office in letters,
            unread=unread,
            promised=promised,
            again=any(unit.code in to_hear for unit, _ in below[office]),
            minute=leader_link(workspace, register.acts, office, now.date()),
            in_all=sum(now >= each.entry.deadline for each in chased),
            closed=say_closed(workspace.plan, register, [unit for unit, _ in below[office]]),
        )
        for office in steps
    ]


def _office(plan: Plan, unit: Unit, recipient: Recipient) -> str:
    """Return the office above a unit that a step means."""
    match recipient:
        case Recipient.LEADER:
            return plan.block(unit.block).leader
        case Recipient.LEAD:
            return plan.roles.lead
        case _:
            return plan.roles.standing


def _heard_at(workspace: Workspace, moment: datetime, step: LadderStep, told: datetime) -> datetime:
    """Return when a step is to be heard: at its moment or, if the unit was told something since, the morning after."""
    if moment > told:
        return moment
    day = told.astimezone(VIETNAM).date() + timedelta(days=1)
    while not workspace.calendar.is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, step.hour, VIETNAM)
