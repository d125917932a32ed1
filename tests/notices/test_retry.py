"""When mail that waits is tried again by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from soket.notices.delivery import deliver
from soket.notices.ledger import LEASE
from soket.notices.notice import Kind
from soket.notices.outbox import post, post_all
from soket.notices.retry import AT_LEAST, AT_MOST, until_next
from soket.notices.switch import throw

from .misbehaving import SILENT, server
from .post import CountingStore, ScriptedSender, receipt, take
from .world import World

AT_ONCE = timedelta(0)


@pytest.fixture
def world() -> World:
    world = World()
    world.clock.set("2021-11-05 16:55")  # a Friday
    return world


def wait(world: World, watched: timedelta = AT_ONCE) -> timedelta | None:
    return until_next(world.workspace, watched)


def test_an_empty_outbox_is_one_listing(world: World) -> None:
    post(world.workspace, receipt("unit_00"))
    deliver(world.workspace, ScriptedSender(), now=world.clock.real)
    store = CountingStore(world.store)
    world.workspace = type(world.workspace)(world.plan, world.plan.campaigns[0], store, world.clock)
    assert wait(world) is None
    assert store.calls == {"list": 1}


@pytest.mark.integration
def test_what_a_silent_server_left_lying_goes_out_within_minutes_with_nobody_dropping(world: World) -> None:
    post_all(world.workspace, [receipt("unit_00"), receipt("unit_01")])
    with server(hello=[SILENT]) as post_office:
        assert deliver(world.workspace, post_office.sender(timeout=0.3), now=world.clock.real).error is not None
        assert wait(world) == AT_LEAST
        world.clock.pass_(seconds=60)
        assert wait(world, AT_LEAST) == AT_ONCE
        assert len(deliver(world.workspace, post_office.sender(), now=world.clock.real).sent) == 2
    assert wait(world) is None


def test_a_server_that_is_down_till_monday_is_asked_each_quarter_of_an_hour(world: World) -> None:
    post(world.workspace, receipt("unit_00"))
    down, tries = ScriptedSender(down=True), 0
    friday = world.clock.moment
    while world.clock.moment - friday < timedelta(days=2.5):
        deliver(world.workspace, down, now=world.clock.real)
        tries += 1
        pause = wait(world)
        assert pause is not None
        assert AT_LEAST <= pause <= AT_MOST
        world.clock.pass_(seconds=pause.total_seconds())
        assert wait(world, pause) == AT_ONCE
    assert tries < 2.5 * 24 * 4 + 20


def hold(world: World) -> None:
    throw(world.store, held=True, by="van_hanh", reason="chờ ý kiến", at=world.clock.real())


def claim(world: World) -> None:
    assert take(world, receipt("unit_00").id)


@pytest.mark.parametrize(("before", "left"), [(hold, None), (claim, LEASE - timedelta(minutes=2))])
def test_what_may_not_go_is_not_waited_for(
    world: World, before: Callable[[World], None], left: timedelta | None
) -> None:
    post(world.workspace, receipt("unit_00"))
    before(world)
    world.clock.pass_(minutes=2)
    assert wait(world, timedelta(minutes=2)) == left


def test_reminders_wait_for_the_end_of_quiet_hours_and_answers_do_not(world: World) -> None:
    world.clock.set("2021-11-03 22:30")
    post(world.workspace, receipt("unit_00").model_copy(update={"kind": Kind.REMINDER}))
    world.clock.pass_(minutes=2)
    assert wait(world, AT_LEAST) is None
    post(world.workspace, receipt("unit_01"))
    world.clock.pass_(minutes=2)
    assert wait(world, AT_LEAST) == AT_ONCE
