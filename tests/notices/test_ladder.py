from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soket.campaign.records import Postponement, Ruling
from soket.campaign.register import Standing
from soket.clock import VIETNAM
from soket.notices.delivery import deliver
from soket.notices.ladder import due, ladder_moments, step_moment
from soket.notices.ledger import states
from soket.notices.notice import CHASING, Kind
from soket.notices.outbox import post_current
from soket.plan.model import LadderStep, Recipient, StageName

from .plans import make_plan
from .post import ScriptedSender
from .world import World, moment


def ids(world: World) -> list[str]:
    return [notice.id for notice in due(world.workspace, world.register)]


def at(when: str, units: int = 1) -> World:
    world = World(make_plan(units))
    world.clock.set(when)
    return world


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2021-10-18 07:30", []),
        ("2021-10-28 07:29", []),
        ("2021-10-28 07:30", ["reminder.unit_00.unit-m5.2021-11-04"]),
        ("2021-11-02 07:30", ["reminder.unit_00.unit-m2.2021-11-04"]),
        ("2021-11-04 13:59", ["reminder.unit_00.unit-m2.2021-11-04"]),
        ("2021-11-04 14:00", ["reminder.unit_00.unit-d0.2021-11-04"]),
        ("2021-11-05 07:30", ["reminder.unit_00.unit-p1.2021-11-04", "escalation.unit_00.head-p1.2021-11-04"]),
        (
            "2021-11-08 07:30",
            [
                "reminder.unit_00.unit-p1.2021-11-04",
                "escalation.unit_00.head-p1.2021-11-04",
                "escalation.ubnd.2021-11-08",
            ],
        ),
        (
            "2021-11-12 09:00",
            [
                "reminder.unit_00.unit-p1.2021-11-04",
                "escalation.unit_00.head-p4.2021-11-04",
                "escalation.ubnd.2021-11-10",
                "escalation.tttu.2021-11-10",
            ],
        ),
        ("2021-12-04 00:00", []),
    ],
)
def test_the_ladder_of_a_silent_unit(when: str, expected: list[str]) -> None:
    plan = make_plan(1)
    quiet = plan.model_copy(update={"units": plan.units[:1]})
    world = World(quiet)
    world.clock.set(when)
    assert ids(world) == expected


@pytest.mark.parametrize("ruling", [Ruling.ACCEPTED, Ruling.ACCEPTED_WITH_WARNINGS, None])
def test_nobody_who_sent_is_chased(ruling: Ruling | None) -> None:
    world = at("2021-11-12 09:00")
    world.send("unit_00", moment("2021-11-04 10:00"), ruling)
    assert not [each for each in ids(world) if "bao_ht" not in each]


def test_the_exempt_hear_nothing() -> None:
    world = at("2021-11-12 09:00")
    world.exempt("unit_00", moment("2021-10-20 10:00"))
    assert not [each for each in ids(world) if "bao_ht" not in each]


def test_files_in_the_inbox_stop_the_chase_before_they_are_judged() -> None:
    world = at("2021-11-05 07:30")
    world.store.put(world.workspace.keys.inbox_folder("unit_00") + "a.docx", b"x")
    assert world.register.units["unit_00"].standing is Standing.PENDING
    assert ids(world) == []


def test_an_extension_moves_the_ladder() -> None:
    world = at("2021-11-05 07:30")
    world.extend("unit_00", moment("2021-11-03 10:00"), date(2021, 11, 12))
    assert ids(world) == []
    world.clock.set("2021-11-10 07:30")
    assert ids(world) == ["reminder.unit_00.unit-m2.2021-11-12"]
    world.clock.set("2021-11-15 07:30")
    assert ids(world) == ["reminder.unit_00.unit-p1.2021-11-12", "escalation.unit_00.head-p1.2021-11-12"]


def test_granting_an_extension_is_no_reason_to_remind() -> None:
    world = at("2021-11-03 16:00")
    world.extend("unit_00", moment("2021-11-03 10:00"), date(2021, 11, 8))
    # m5 and m2 of the new date are past already, and the unit was told of it this morning.
    assert ids(world) == []


def test_a_postponement_moves_every_ladder() -> None:
    world = at("2021-11-05 07:30", units=2)
    world.decisions.append(
        Postponement(
            id="p",
            decided_at=moment("2021-11-01 10:00"),
            account="a",
            granted_by="b",
            reason="c",
            stage=StageName.UNIT_REPORTS,
            last_day=date(2021, 11, 12),
        )
    )
    assert ids(world) == []
    world.clock.set("2021-11-15 07:30")
    assert {each.rpartition(".")[2] for each in ids(world)} == {"2021-11-12"}


def test_a_returned_report_is_owed_again_but_its_return_was_the_reminder() -> None:
    world = at("2021-11-03 10:00")
    world.send("unit_00", moment("2021-11-02 09:00"), Ruling.RETURNED)
    assert ids(world) == []
    world.clock.set("2021-11-04 14:00")
    (notice,) = due(world.workspace, world.register)
    assert notice.id == "reminder.unit_00.unit-d0.2021-11-04"
    assert notice.context["returned"] is True
    assert notice.context["faults"] == ["Tổng không khớp."]


def test_superiors_hear_of_a_late_return_the_next_working_morning() -> None:
    world = at("2021-11-19 12:00")
    world.send("unit_00", moment("2021-11-19 09:00"), Ruling.RETURNED)  # a Friday, long after every step
    assert ids(world) == []
    world.clock.set("2021-11-22 07:30")
    assert ids(world) == [
        "escalation.unit_00.head-p4.2021-11-04",
        "escalation.ubnd.2021-11-22",
        "escalation.tttu.2021-11-22",
    ]


def test_a_superior_gets_one_digest_of_all_late_units_below() -> None:
    world = at("2021-11-10 07:30", units=5)
    world.send("unit_02", moment("2021-11-04 10:00"))
    world.extend("unit_04", moment("2021-11-03 10:00"), date(2021, 11, 19))
    digests = {each.addressee: each for each in due(world.workspace, world.register) if each.context["superior"]}
    late = {code: len(notice.context["late_units"]) for code, notice in digests.items()}  # type: ignore[arg-type]
    assert late == {"ubnd": 1, "btg": 2, "tttu": 3}


def test_a_leader_who_is_the_standing_board_too_gets_one_digest() -> None:
    plan = make_plan(3)
    blocks = tuple(block.model_copy(update={"leader": "tttu"}) for block in plan.blocks)
    world = World(plan.model_copy(update={"blocks": blocks}))
    world.clock.set("2021-11-10 07:30")
    superiors = [each for each in due(world.workspace, world.register) if each.context["superior"]]
    assert [each.id for each in superiors] == ["escalation.tttu.2021-11-10"]
    assert len(superiors[0].context["late_units"]) == 3  # type: ignore[arg-type]


def test_nobody_is_chased_before_the_stage_opens() -> None:
    world = at("2021-11-05 07:30")
    assert not [each for each in ids(world) if "bao_ht" in each]  # communications open on 08/11
    world.clock.set("2021-11-26 07:30")
    assert "reminder.bao_ht.unit-m5.2021-12-03" in ids(world)


@pytest.mark.parametrize(
    ("last_day", "step", "expected"),
    [
        (date(2021, 11, 4), 0, date(2021, 11, 4)),
        (date(2021, 11, 4), -4, date(2021, 10, 29)),
        (date(2021, 11, 4), 2, date(2021, 11, 8)),
        (date(2021, 11, 7), 0, date(2021, 11, 5)),  # a Sunday: the Friday before it
        (date(2021, 11, 7), -1, date(2021, 11, 4)),
        (date(2021, 11, 7), 1, date(2021, 11, 8)),
    ],
)
def test_steps_fall_on_working_days(last_day: date, step: int, expected: date) -> None:
    world = World()
    ladder_step = LadderStep(at=step, kind="reminder", to=Recipient.UNIT)
    assert step_moment(world.workspace.calendar, last_day, ladder_step).date() == expected


def test_the_monitor_wakes_whenever_a_step_may_fall_due() -> None:
    plan = make_plan()
    moments = ladder_moments(plan, plan.campaigns[0])
    assert moments == sorted(set(moments))
    assert {each.time() for each in moments} == {time(7, 30), time(14)}
    assert moments[0] == moment("2021-10-18 07:30")
    assert moments[-1] == moment("2021-12-03 14:00")
    assert not [each for each in moments if each.weekday() > 4]
    assert len(moments) == 2 * 35


# --- whole campaigns -------------------------------------------------------------------------------------------------

UNITS = 4
START = moment("2021-10-18 00:00")
HOURS = 24 * 46

hours = st.integers(min_value=1, max_value=HOURS - 1)
sendings = st.lists(st.tuples(hours, st.sampled_from(list(Ruling))), max_size=3)
extensions = st.lists(st.tuples(hours, st.integers(1, 10)), max_size=2)
stories = st.lists(st.tuples(sendings, extensions), min_size=UNITS, max_size=UNITS)
outages = st.lists(st.tuples(st.integers(0, 70), st.integers(1, 14)), max_size=3)


def live(stories: list, plan) -> World:
    """Return a world in which all of a story is written down already; the register shows what has happened by now."""
    world = World(plan)
    for code, (sent, granted) in zip((unit.code for unit in plan.units), stories, strict=False):
        events = [(hour, "send", ruling) for hour, ruling in sent] + [(hour, "extend", days) for hour, days in granted]
        for hour, act, detail in sorted(events, key=lambda event: event[0]):
            world.clock.set(START + timedelta(hours=hour, minutes=17))
            if act == "send":
                world.send(code, world.clock.now(), detail)
            else:
                world.extend(code, world.clock.now(), world.clock.now().date() + timedelta(days=detail))
    return world


@settings(max_examples=60, deadline=None)
@given(stories=stories, monitor=outages, server=outages)
def test_a_campaign_with_outages(stories: list, monitor: list, server: list) -> None:
    plan = make_plan(UNITS)
    plan = plan.model_copy(update={"units": plan.units[:UNITS]})
    world = live(stories, plan)
    sender = ScriptedSender()
    moments = ladder_moments(plan, plan.campaigns[0]) + [moment("2021-12-06 07:30")]
    asleep = {index for first, length in monitor for index in range(first, first + length)}
    down = {index for first, length in server for index in range(first, first + length)}
    owed_since: dict[str, datetime] = {}
    heads_told: defaultdict[str, set[str]] = defaultdict(set)

    for index, now in enumerate(moments):
        world.clock.set(now)
        if index in asleep:
            continue
        register = world.register
        post_current(world.workspace, due(world.workspace, register), CHASING)
        sender.down = index in down
        before = len(sender.raw)
        deliver(world.workspace, sender, now=world.clock.real)
        mails = [sender.messages[number] for number in range(before, len(sender.raw))]
        names = [str(mail["X-Soket-Notice"]).split(".") for mail in mails]

        if now >= plan.campaigns[0].end:
            assert not mails, "chased after the end"
            continue
        for kind, who, *rest in names:
            if who.startswith("unit"):
                entry = register.units[who]
                assert entry.standing.to_chase, "chased though nothing is owed"
                last_day = (entry.deadline - timedelta(hours=1)).date().isoformat()
                assert rest[1] == last_day, "chased by an old date"
                if rest[0].startswith("head"):
                    heads_told[who].add(last_day)
                    assert now >= entry.deadline
        readers = Counter((who, rest[0].split("-")[0] if who.startswith("unit") else "") for _, who, *rest in names)
        assert set(readers.values()) <= {1}, "a burst"

        if sender.down:
            continue
        # Nobody is missed: whoever has owed since before the last step's day has been told, and so has its head.
        for code, entry in register.units.items():
            if not entry.standing.to_chase:
                owed_since.pop(code, None)
                continue
            owed_since.setdefault(code, now)
            last_day = (entry.deadline - timedelta(hours=1)).date()
            first = step_moment(
                world.workspace.calendar, last_day, LadderStep(at=1, kind="escalation", to=Recipient.HEAD)
            )
            quiet = max(
                [act.decided_at for act in register.decisions if act.unit == code]
                + [verdict.judged_at for verdict in entry.verdicts if verdict.ruling is Ruling.RETURNED],
                default=START,
            )
            if now >= first and now - quiet > timedelta(days=5):
                assert last_day.isoformat() in heads_told[code], "a head was never told"

    assert len({mail["Message-ID"] for mail in sender.messages}) == len(sender.raw), "a mail went out twice"
    assert all(state.ending is not None or sender.down for state in states(world.workspace).values()) or down


@settings(max_examples=30, deadline=None)
@given(gap=st.integers(1, 60), start=st.integers(0, 60))
def test_after_an_outage_everyone_hears_once(gap: int, start: int) -> None:
    world = World(make_plan(UNITS))
    moments = ladder_moments(world.plan, world.plan.campaigns[0])
    sender = ScriptedSender()
    for index, now in enumerate(moments):
        world.clock.set(now)
        before = len(sender.raw)
        if not start <= index < start + gap:
            post_current(world.workspace, due(world.workspace, world.register), CHASING)
        deliver(world.workspace, sender, now=world.clock.real)
        readers = Counter(address for each in sender.recipients[before:] for address in each)
        assert set(readers.values()) <= {1}


def test_a_ladder_may_write_to_the_head_before_the_date() -> None:
    world = World(make_plan(1, ladder=[{"at": -1, "kind": "reminder", "to": "head"}]))
    world.clock.set("2021-11-03 07:30")
    (notice,) = due(world.workspace, world.register)
    assert notice.id == "reminder.unit_00.head-m1.2021-11-04"
    assert notice.context["addressed"] == "Đồng chí Nguyễn Văn 0, Bí thư"
    assert notice.kind is Kind.REMINDER
