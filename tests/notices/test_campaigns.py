"""Whole campaigns, with units that send when they like, a monitor that sleeps and a mail server that is down at times.

What must hold is told again here, apart from the code: only those are chased who owe, by their present date; nobody
gets two mails at once; and whenever monitor and server are both awake, everyone who should have heard has.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from soket.campaign.records import Ruling
from soket.campaign.register import Register, UnitEntry
from soket.notices import outbox
from soket.notices.delivery import deliver
from soket.notices.ladder import due, ladder_moments
from soket.notices.ledger import Intent, read_intent, states
from soket.notices.notice import CHASING
from soket.notices.outbox import post_current
from soket.plan.model import Plan, Recipient

from .plans import make_plan
from .post import ScriptedSender
from .world import World, moment

UNITS = 4
START = moment("2021-10-18 00:00")

hours = st.integers(min_value=1, max_value=24 * 46)
sendings = st.lists(st.tuples(hours, st.sampled_from(Ruling)), max_size=3)
extensions = st.lists(st.tuples(hours, st.integers(1, 10)), max_size=2)
stories = st.lists(st.tuples(sendings, extensions), min_size=UNITS, max_size=UNITS)
outages = st.lists(st.tuples(st.integers(0, 70), st.integers(1, 14)), max_size=3)


@pytest.fixture(autouse=True, scope="module")
def quick_messages() -> Iterator[None]:
    """Write messages that hold nothing but their name: how they read is tested elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outbox, "write_message", _name_only)
        yield


def _name_only(_workspace: object, intent: Intent, _moment: datetime) -> bytes:
    return f"X-Soket-Notice: {intent.notice.id}\r\n\r\n".encode()


def reporting_units(plan: Plan) -> Plan:
    return plan.model_copy(update={"units": plan.units[:UNITS]})


def lived(story: list) -> World:
    """Return a world in which a whole story is written down; its register shows what has happened by now."""
    world = World(reporting_units(make_plan(UNITS)))
    for unit, (sent, granted) in zip(world.plan.units, story, strict=True):
        events = [(hour, ruling) for hour, ruling in sent] + [(hour, days) for hour, days in granted]
        for hour, what in sorted(events, key=lambda event: event[0]):
            world.clock.set(START + timedelta(hours=hour, minutes=17))
            if isinstance(what, Ruling):
                world.send(unit.code, world.clock.now(), what)
            else:
                world.extend(unit.code, world.clock.now(), world.clock.now().date() + timedelta(days=what))
    return world


def steps_of(world: World, entry: UnitEntry, recipient: Recipient) -> list[tuple[datetime, int]]:
    """Return when each step for a reader falls, by counting working days one by one."""
    last_day = (entry.deadline - timedelta(seconds=1)).date()
    return sorted(
        (datetime.combine(_count(last_day, step.at), step.hour, START.tzinfo), step.at)
        for step in world.plan.ladders["chung"]
        if step.to is recipient
    )


def _count(last_day: date, days: int) -> date:
    day = last_day
    while days <= 0 and day.weekday() > 4:
        day -= timedelta(days=1)
    while days:
        day += timedelta(days=1 if days > 0 else -1)
        if day.weekday() <= 4:
            days -= 1 if days > 0 else -1
    return day


def told_at(register: Register, entry: UnitEntry) -> datetime:
    """Return when a unit was last given a date or a report back."""
    returned = [each.judged_at for each in entry.verdicts[-1:] if each.ruling is Ruling.RETURNED]
    return max([START, *returned, *([entry.extension.decided_at] if entry.extension else [])])


@dataclass
class Run:
    """A campaign as the monitor lives it."""

    world: World
    sender: ScriptedSender = field(default_factory=ScriptedSender)
    told: defaultdict[str, list[tuple[datetime, set[str]]]] = field(default_factory=lambda: defaultdict(list))

    def wake(self, now: datetime, *, server_down: bool) -> None:
        self.world.clock.set(now)
        workspace, register = self.world.workspace, self.world.register
        post_current(workspace, due(workspace, register), CHASING, now=self.world.clock.real)
        self.sender.down = server_down
        before = len(self.sender.raw)
        deliver(workspace, self.sender, now=self.world.clock.real)
        new = self.sender.ids[before:]
        for notice in new:
            self.only_those_who_owe(notice, register)
        self.no_burst(before)
        if not server_down:
            for entry in register.units.values():
                if entry.standing.to_chase:
                    self.unit_has_heard(entry, register)
                    self.superiors_have_heard(entry, register)

    def only_those_who_owe(self, notice: str, register: Register) -> None:
        _, who, *rest = notice.split(".")
        if who in register.units:
            entry = register.units[who]
            assert entry.standing.to_chase
            assert rest[1] == (entry.deadline - timedelta(seconds=1)).date().isoformat(), "chased by an old date"
            self.told[who].append((register.as_of, {rest[0].split("-")[0]}))
            return
        rows = read_intent(self.world.workspace, notice).notice.context["late_units"]
        listed = {str(row["name"]) for row in rows}  # type: ignore[union-attr, index, call-overload]
        below = {
            unit.name
            for unit in self.world.plan.units
            if register.units[unit.code].standing.to_chase
            and register.units[unit.code].deadline <= register.as_of
            and who in (self.world.plan.block(unit.block).leader, "tttu")
        }
        assert listed == below, "a superior gets all that are late, and none that is not"
        self.told[who].append((register.as_of, listed))

    def no_burst(self, before: int) -> None:
        readers = Counter(address for each in self.sender.recipients[before:] for address in each)
        assert set(readers.values()) <= {1}

    def unit_has_heard(self, entry: UnitEntry, register: Register) -> None:
        """The latest step since the unit was told anything has reached it, at its hour or when we woke."""
        told, now = told_at(register, entry), register.as_of
        fallen = [step for step, _ in steps_of(self.world, entry, Recipient.UNIT) if told < step <= now]
        if fallen:
            assert any(at >= told and "unit" in readers for at, readers in self.told[entry.unit]), entry

    def superiors_have_heard(self, entry: UnitEntry, register: Register) -> None:
        """Head, leader and standing board have heard of the present date's first step, at the latest days later."""
        unit, now, told = self.world.plan.unit(entry.unit), register.as_of, told_at(register, entry)
        offices = {Recipient.LEADER: self.world.plan.block(unit.block).leader, Recipient.STANDING_BOARD: "tttu"}
        for recipient in (Recipient.HEAD, *offices):
            first, _ = steps_of(self.world, entry, recipient)[0]
            # A weekend may lie between a return and the morning on which it is told.
            if now < first or now - max(first, told) < timedelta(days=4):
                continue
            if recipient is Recipient.HEAD:
                assert any("head" in readers for _, readers in self.told[entry.unit]), entry
            else:
                assert any(at >= first and unit.name in names for at, names in self.told[offices[recipient]]), entry


# A campaign is long to shrink and short to read.
@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(story=stories, monitor=outages, server=outages)
def test_a_campaign_with_outages(story: list, monitor: list, server: list) -> None:
    run = Run(lived(story))
    campaign = run.world.plan.campaigns[0]
    asleep = {index for first, length in monitor for index in range(first, first + length)}
    down = {index for first, length in server for index in range(first, first + length)}
    for index, now in enumerate(ladder_moments(run.world.plan, campaign)):
        if index not in asleep:
            run.wake(now, server_down=index in down)
    run.world.clock.set("2021-12-06 07:30")
    assert deliver(run.world.workspace, run.sender, now=run.world.clock.real).sent == (), "chased after the end"
    assert len(set(run.sender.ids)) == len(run.sender.ids), "a mail went out twice"
    assert all(state.ending for state in states(run.world.workspace).values()), "something is left in the outbox"


@settings(max_examples=25, deadline=None)
@given(start=st.integers(0, 60), length=st.integers(1, 60))
def test_after_an_outage_everyone_hears_once(start: int, length: int) -> None:
    run = Run(World(reporting_units(make_plan(UNITS))))
    for index, now in enumerate(ladder_moments(run.world.plan, run.world.plan.campaigns[0])):
        if not start <= index < start + length:
            run.wake(now, server_down=False)
