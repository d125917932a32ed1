from __future__ import annotations

import pytest

from soket.notices.delivery import deliver
from soket.notices.digests import digest_notice, oddities_notice
from soket.notices.ledger import Ending, states
from soket.notices.notice import Kind, Notice
from soket.notices.outbox import post, resend
from soket.notices.senders import Refusal
from soket.notices.troubles import troubled

from .post import ScriptedSender, receipt
from .test_limits import reminder
from .world import World

UNKNOWN = Refusal(550, "5.1.1 no such user")
LATER = Refusal(451, "4.7.1 greylisted")


def at(moment: str) -> World:
    world = World()
    world.clock.set(moment)
    return world


def go(world: World, *notices: Notice, bad: str = "", why: Refusal = UNKNOWN) -> None:
    for notice in notices:
        post(world.workspace, notice)
    sender = ScriptedSender(answer=lambda _, to: {each: why for each in to if bad and bad in each})
    deliver(world.workspace, sender, now=world.clock.real)


def names(world: World) -> list[str]:
    return [state.id for state in troubled(world.workspace, states(world.workspace).values())]


def test_a_bad_address_among_several_is_in_the_digest_of_the_next_morning() -> None:
    world = at("2021-10-20 07:30")
    go(world, receipt("unit_00", "n1", "a@x.example", "sai@x.example"), bad="sai")
    assert states(world.workspace)["receipt.unit_00.n1"].ending is Ending.PARTLY
    world.clock.set("2021-10-21 07:30")
    line = {"id": "receipt.unit_00.n1", "to": "sai@x.example", "note": "550 5.1.1 no such user"}
    for notice in (digest_notice(world.workspace, world.register), oddities_notice(world.workspace, world.register)):
        assert notice is not None
        assert notice.context["failed_mails"] == [line]


def test_what_servers_put_off_shows_on_the_next_morning_not_after_days() -> None:
    world = at("2021-10-20 07:30")
    go(world, receipt(), bad="unit_00", why=LATER)
    assert names(world) == []
    world.clock.set("2021-10-21 07:30")
    assert names(world) == ["receipt.unit_00.n1"]
    go(world)
    assert names(world) == []


def test_what_somebody_saw_to_is_told_no_more() -> None:
    world = at("2021-10-20 07:30")
    go(world, receipt("unit_00", "n1", "a@x.example", "sai@x.example"), bad="sai")
    world.clock.pass_(minutes=1)
    new = resend(world.workspace, "receipt.unit_00.n1", to="dung@x.example")
    assert names(world) == []
    sender = ScriptedSender()
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.recipients == [("dung@x.example",)], "whoever has it gets it no second time"
    assert names(world) == []
    assert states(world.workspace)[new].ending is Ending.SENT


def test_resent_without_a_new_address_it_goes_to_those_who_did_not_get_it() -> None:
    world = at("2021-10-20 07:30")
    go(world, receipt("unit_00", "n1", "a@x.example", "sai@x.example"), bad="sai")
    resend(world.workspace, "receipt.unit_00.n1")
    sender = ScriptedSender()
    deliver(world.workspace, sender, now=world.clock.real)
    assert sender.recipients == [("sai@x.example",)]


def test_resent_and_failed_again_only_the_latest_is_told() -> None:
    world = at("2021-10-20 07:30")
    go(world, receipt(), bad="unit_00")
    world.clock.pass_(minutes=1)
    new = resend(world.workspace, "receipt.unit_00.n1", to="unit_00@y.example")
    go(world, bad="unit_00")
    assert names(world) == [new]


@pytest.mark.parametrize("comes", [True, False])
def test_a_reminder_that_failed_is_told_until_one_goes_out(comes: bool) -> None:
    world = at("2021-10-20 07:30")
    go(world, reminder(0, "sai@x.example"), bad="sai")
    world.clock.set("2021-10-25 07:30")
    later = reminder(0, "dung@x.example" if comes else "sai@x.example").model_copy(update={"step": "unit-m1"})
    go(world, later, bad="sai")
    assert names(world) == ([] if comes else ["reminder.unit_00.unit-m2", "reminder.unit_00.unit-m1"])
    assert Kind.REMINDER.momentary
