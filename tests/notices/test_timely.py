from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from soket.clock import Pace, ReplayClock, StoppedClock
from soket.notices.delivery import deliver
from soket.notices.examples import examples
from soket.notices.ledger import Ending, states
from soket.notices.notice import Kind
from soket.notices.outbox import post
from soket.notices.retry import until_next
from soket.notices.senders import Refusal
from soket.notices.timely import FRESH, announce, chase, is_quiet
from soket.record.filing import file_decision

from .plans import make_plan
from .post import ScriptedSender, notice_of, receipt
from .world import World, moment

EXAMPLES = examples(make_plan(2))


def at(when: str) -> World:
    plan = make_plan(2)
    world = World(plan.model_copy(update={"units": plan.units[:2]}))
    world.clock.set(when)
    return world


@pytest.mark.parametrize(
    ("when", "quiet"),
    [
        ("2021-11-04 06:59", True),
        ("2021-11-04 07:00", False),
        ("2021-11-04 17:59", False),
        ("2021-11-04 18:00", True),
        ("2021-11-04 00:00", True),
        ("2021-11-06 10:00", True),  # a Saturday
        ("2021-09-02 10:00", True),  # Quốc khánh
    ],
)
def test_quiet_hours(when: str, quiet: bool) -> None:
    assert is_quiet(at(when).workspace) is quiet


def test_a_replay_has_nights_too() -> None:
    clock = ReplayClock.starting(datetime.now(UTC), Pace.parse("2021-11-06 4000, 2021-11-07"))
    assert is_quiet(replace(at("2021-11-04 10:00").workspace, clock=clock))


def test_a_reminder_of_another_day_waits_for_the_monitor_however_short_the_days() -> None:
    """A replay's night takes a second: what it held is of yesterday, though it was posted just now."""
    world, sender = at("2021-11-02 17:30"), ScriptedSender()
    chase(world.workspace)
    posted = world.clock.real()
    mornings = ReplayClock(
        (
            (posted, moment("2021-11-02 17:30")),
            (posted + timedelta(seconds=1), moment("2021-11-03 07:10")),
            (posted + timedelta(hours=1), moment("2021-11-03 07:20")),
        )
    )
    world.clock.pass_(seconds=2)
    morning = replace(world.workspace, clock=StoppedClock(mornings.campaign_time(world.clock.real()), mornings))
    deliver(morning, sender, now=world.clock.real)
    assert not sender.ids
    chase(morning)
    deliver(morning, sender, now=world.clock.real)
    assert len(sender.ids) == 2


def test_night_falls_over_a_batch() -> None:
    world, sender = at("2021-11-04 17:55"), ScriptedSender()
    chase(world.workspace)
    post(world.workspace, receipt())

    def until_six(message: bytes, _: object) -> dict[str, Refusal]:
        if "reminder" in notice_of(message):
            world.clock.set("2021-11-04 18:00")
        return {}

    sender.answer = until_six
    done = deliver(world.workspace, sender, now=world.clock.real)
    assert len(sender.ids) == 2, "the receipt and the first reminder"
    assert done.waiting == 1


def test_at_night_answers_go_out_and_reminders_wait() -> None:
    world, sender = at("2021-11-04 14:00"), ScriptedSender()
    chase(world.workspace)
    post(world.workspace, receipt())
    world.clock.set("2021-11-04 19:00")
    done = deliver(world.workspace, sender, now=world.clock.real)
    assert sender.ids == [receipt().id]
    assert done.waiting == 2
    assert done.error is None


@pytest.mark.parametrize("name", ["request", "draft", "appraisal", "appraised", "invitation", "press"])
def test_what_a_stage_sends_at_midnight_waits_for_that_days_morning(name: str) -> None:
    world, sender = at("2021-11-05 00:34"), ScriptedSender()
    workspace, notice = EXAMPLES[name]
    for attachment in notice.attachments:
        world.store.put(attachment.key, workspace.store.get(attachment.key))
    post(world.workspace, notice)
    post(world.workspace, receipt())
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.ids == [receipt().id], "somebody waits for an answer"
    assert until_next(world.workspace, timedelta(hours=1)) is None
    world.clock.set("2021-11-05 07:00")
    assert until_next(world.workspace, timedelta(hours=1)) is not None
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.ids == [receipt().id, notice.id]


@pytest.mark.parametrize("when", ["2021-11-05 18:30", "2021-11-06 07:00"])
def test_what_a_stage_sends_is_held_into_no_other_day(when: str) -> None:
    world, sender = at(when), ScriptedSender()
    _, notice = EXAMPLES["request"]
    post(world.workspace, notice.model_copy(update={"attachments": ()}))
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.ids == [notice.id]


def test_what_waited_is_told_in_words_of_now() -> None:
    world, sender = at("2021-11-02 07:30"), ScriptedSender(down=True)
    chase(world.workspace)
    deliver(world.workspace, sender, now=world.clock.real)
    sender.down = False
    world.clock.set("2021-11-03 09:00")
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.ids == [f"reminder.unit_0{number}.unit-m2-again1.2021-11-04" for number in range(2)]


def test_whoever_sent_while_the_mail_waited_is_not_chased() -> None:
    """Not even by a task that only meant to send its own mail."""
    world, sender = at("2021-11-04 14:00"), ScriptedSender(down=True)
    chase(world.workspace)
    deliver(world.workspace, sender, now=world.clock.real)
    sender.down = False
    world.clock.pass_(hours=1)
    world.store.put(world.workspace.keys.inbox_folder("unit_00") + "bao-cao.docx", b"x")
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.ids == ["reminder.unit_01.unit-d0.2021-11-04"]
    assert states(world.workspace)["reminder.unit_00.unit-d0.2021-11-04"].ending is Ending.WITHDRAWN


def test_an_extension_entered_while_the_mail_waited_is_obeyed() -> None:
    world, sender = at("2021-11-04 14:00"), ScriptedSender(down=True)
    chase(world.workspace)
    deliver(world.workspace, sender, now=world.clock.real)
    sender.down = False
    world.clock.pass_(hours=1)
    world.extend("unit_00", world.clock.now(), moment("2021-11-12 00:00").date())
    file_decision(world.workspace, world.decisions[0])
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.ids == ["reminder.unit_01.unit-d0.2021-11-04"]


def test_nobody_reads_of_a_date_after_a_later_one() -> None:
    world, sender = at("2021-11-01 16:00"), ScriptedSender(down=True)
    for number, day in enumerate(("2021-11-09 00:00", "2021-11-12 00:00")):
        world.extend("unit_00", world.clock.now(), moment(day).date())
        file_decision(world.workspace, world.decisions[number])
        announce(world.workspace, world.register)
        deliver(world.workspace, sender, now=world.clock.real)
        world.clock.pass_(hours=5)
    sender.down = False
    deliver(world.workspace, sender, now=world.clock.real)  # at night: an answer waits for no morning
    assert [each.rpartition(".")[2] for each in sender.ids] == ["2021-11-12"]


def test_fresh_mail_costs_no_second_look() -> None:
    world, sender = at("2021-11-04 14:00"), ScriptedSender()
    chase(world.workspace)
    world.clock.set(world.clock.moment + FRESH - timedelta(seconds=1))

    def never(*_: object) -> None:
        raise AssertionError("looked again")

    deliver(world.workspace, sender, now=world.clock.real, renewals=dict.fromkeys(Kind, never))
    assert {state.kind for state in states(world.workspace).values()} == {Kind.REMINDER}
    assert len(sender.ids) == 2
