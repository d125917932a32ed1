"""What a campaign's mail must and must not be, told apart from the code that sends it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from soket.notices.ledger import Intent
from soket.notices.timely import FRESH
from soket.plan.ladders import LadderStep, Recipient
from soket.plan.model import Plan
from soket.plan.national import national_year

from .life import INSTANT, Life

DAY = timedelta(days=1)
CHASES = ("reminder", "escalation")
NEWS = ("digest", "oddities")


@dataclass
class Handover:
    """A message that the post office took."""

    at: datetime
    notice: str
    acknowledged: bool


@dataclass
class Oracle:
    """Watches every message go out, and says at quiet times whether all that had to has."""

    life: Life
    taken: defaultdict[str, list[Handover]] = field(default_factory=lambda: defaultdict(list))  # by first id
    listed: defaultdict[str, list[tuple[datetime, frozenset[str]]]] = field(default_factory=lambda: defaultdict(list))
    dated: defaultdict[str, list[tuple[datetime, str]]] = field(default_factory=lambda: defaultdict(list))
    woken: Counter[str] = field(default_factory=Counter)  # chasing mails by address, since the last wake
    unreachable: set[str] = field(default_factory=set)  # addresses that the post office refused for good
    mails: int = 0

    # --- whenever a message goes out ---

    def takes(self, now: datetime, intent: Intent, addresses: list[str], *, acknowledged: bool) -> None:
        notice = intent.notice
        kind, first = notice.kind.value, first_of(notice.id)
        self.mails += 1
        if kind in (*CHASES, *NEWS):
            assert not self.is_quiet(now), f"{notice.id} in quiet hours, {now}"
            muted = all(self.life.muted(notice.addressee, at) for at in (now, now - FRESH))
            assert not muted, f"{notice.id} to whom no mail is to go, {now}"
        earlier = self.taken[first]
        assert not any(each.acknowledged for each in earlier), f"{notice.id} went out twice"
        if kind in CHASES:
            for address in addresses:
                self.woken[address] += 1
                assert self.woken[address] == 1, f"{address} gets a burst, {now}"
            if notice.addressee in self.life.units:
                self._only_who_owes(now, notice.addressee, notice.version, notice.id)
                left = all(self.life.left_alone(notice.addressee, at) for at in (now, now - FRESH))
                assert not left, f"{notice.id} before the day that was promised is over, {now}"
            else:
                names = frozenset(row["name"] for row in notice.context["late_units"])  # type: ignore[index, union-attr, call-overload, misc]
                self._only_who_is_late(now, notice.addressee, names)
                self.listed[notice.addressee].append((now, names))
        elif kind == "new_date":
            self.dated[notice.addressee].append((now, notice.version))
        earlier.append(Handover(now, notice.id, acknowledged))

    def _only_who_owes(self, now: datetime, code: str, version: str, notice: str) -> None:
        life = self.life
        # Whoever sends while the mail is being written is not to be helped.
        assert any(
            life.owes(code, at) and life.last_day(code, at).isoformat() == version for at in (now, now - FRESH)
        ), f"{notice} chases {code}, {life.standing(code, now)}, date {life.last_day(code, now)}, at {now}"

    def _only_who_is_late(self, now: datetime, office: str, names: frozenset[str]) -> None:
        assert names in [self._late_below(office, at) for at in (now, now - FRESH)], f"{office} is told wrong, {now}"

    def _late_below(self, office: str, now: datetime) -> frozenset[str]:
        plan = self.life.plan
        return frozenset(
            unit.name
            for unit in plan.units
            if self.life.late(unit.code, now)
            and any(office_of(plan, unit.block, step.to) == office for step in self._ladder(unit.code))
        )

    # --- when everything has worked ---

    def all_have_heard(self, now: datetime) -> None:
        """Everyone whom a step concerns that no later step replaced has got its mail."""
        for code in self.life.units:
            if self.life.owes(code, now):
                self._knows_its_date(code, now)
                self._has_heard(code, now)

    def _knows_its_date(self, code: str, now: datetime) -> None:
        """The last that a unit read of its date is true; that it owes again was said since."""
        news, last_day = self.life.date_news(code, now), self.life.last_day(code, now)
        if not news or self.life.plan.unit(code).contact.email in self.unreachable:
            return
        changed, taken_back = news[-1]
        if not taken_back and now.date() > last_day:
            return  # a later date that was over before anyone could be told of it
        read = [version for at, version in self.dated[code] if at >= changed][-1:]
        assert read == [last_day.isoformat()], f"{code} read of {read}, and its date is {last_day}, {now}"

    def _has_heard(self, code: str, now: datetime) -> None:
        if self.life.left_alone(code, now):
            return
        told, last_day = self.life.told(code, now), self.life.last_day(code, now)
        promise = self.life.promised(code, now)
        if promise:  # and the day is over: this is what the unit is held to
            told = datetime.combine(promise.last_day + DAY, time.min, now.tzinfo) - INSTANT
        unit = self.life.plan.unit(code)
        for recipient in Recipient:
            come = [
                (moment, step)
                for step in self._ladder(code)
                if step.to is recipient and (moment := self.moment_of(last_day, step)) <= now
            ]
            if not come:
                continue
            moment, step = max(come, key=lambda pair: (pair[0], pair[1].at))
            heard = moment if moment > told else self._morning_after(told, step)
            held = promise if recipient is Recipient.UNIT and moment <= told else None
            if heard > now or (recipient is Recipient.UNIT and moment <= told and not held):
                continue
            office = office_of(self.life.plan, unit.block, recipient)
            readers = {Recipient.UNIT: unit.contact, Recipient.HEAD: unit.head}
            contact = readers[recipient] if recipient in readers else self.life.plan.office(office).contact
            if contact.email in self.unreachable or self.life.muted(office or code, now):
                continue
            if recipient in readers:
                days = f"m{-step.at}" if step.at < 0 else f"p{step.at}" if step.at else "d0"
                held_to = f"-promise-{held.last_day:%Y%m%d}" if held else ""
                first = f"{step.kind}.{code}.{recipient.value}-{days}{held_to}.{last_day.isoformat()}"
                assert self.taken[first], f"{first} never went out, {now}"
            elif self.life.late(code, now):
                heard_of = any(at >= heard and unit.name in names for at, names in self.listed[office])
                assert heard_of, f"{office} has not heard of {code} since {heard}, {now}"

    # --- time, counted day by day ---

    def _ladder(self, code: str) -> tuple[LadderStep, ...]:
        unit = self.life.plan.unit(code)
        block = self.life.plan.block(unit.block)
        return self.life.plan.ladders[block.ladder_for.get(unit.owes, block.ladder)]

    def is_working_day(self, day: date) -> bool:
        plan, nation = self.life.plan, national_year(day.year)
        if day in plan.workdays:
            return True
        if day in plan.holidays or day in nation.days_off:
            return False
        return day.weekday() <= 4 or day in nation.days_worked

    def is_quiet(self, now: datetime) -> bool:
        quiet, minutes = self.life.plan.quiet, now.hour * 60 + now.minute
        start, end = (each.hour * 60 + each.minute for each in (quiet.start, quiet.end))
        inside = start <= minutes < end if start <= end else not end <= minutes < start
        return inside or not self.is_working_day(now.date())

    def moment_of(self, last_day: date, step: LadderStep) -> datetime:
        day, left = last_day, step.at
        while not self.is_working_day(day):
            day -= DAY
        while left:
            day += DAY if left > 0 else -DAY
            if self.is_working_day(day):
                left -= 1 if left > 0 else -1
        return datetime.combine(day, step.hour, self.life.campaign.start.tzinfo)

    def _morning_after(self, told: datetime, step: LadderStep) -> datetime:
        day = told.date() + DAY
        while not self.is_working_day(day):
            day += DAY
        return datetime.combine(day, step.hour, told.tzinfo)


def office_of(plan: Plan, block: str, recipient: Recipient) -> str:
    offices = {
        Recipient.LEADER: plan.block(block).leader,
        Recipient.LEAD: plan.roles.lead,
        Recipient.STANDING_BOARD: plan.roles.standing,
    }
    return offices.get(recipient, "")


def first_of(notice: str) -> str:
    """Return the id that a mail had before it was posted anew."""
    head, again, rest = notice.partition("-again")
    return head + rest.lstrip("0123456789") if again else notice
