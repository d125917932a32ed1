"""A stack that loses what works in it; `e2e.break_all` breaks the rest of it, in more time."""

from __future__ import annotations

import psutil
import pytest

from demo.world import World
from e2e.breaking import break_it, component, freeze, idle_workers, kill
from soket.stack import pulse

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]


def test_what_works_shows_it(world: World) -> None:
    assert {name: pulse.look(world.state, name, 0) for name in pulse.LOOKS} == dict.fromkeys(pulse.LOOKS)


def test_a_killed_worker_costs_no_verdict_and_is_told(world: World) -> None:
    # The worst of them: it takes the lock of the queue with it.
    break_it(world, "h_duc_tho", "scheduler", lambda: kill(idle_workers(world)[0]))
    assert component(world, "scheduler").restarted_for.startswith("một tiến trình chạy bước bị giết")


def test_a_worker_that_holds_all_others_up_is_noticed_by_what_does_not_start(world: World) -> None:
    frozen: list[psutil.Process] = []

    def harm() -> None:
        frozen.extend(idle_workers(world))  # the one that holds the lock is among them
        freeze(*frozen)

    break_it(world, "h_can_loc", "scheduler", harm)
    assert "xếp hàng" in component(world, "scheduler").restarted_for
    assert not any(each.is_running() for each in frozen)
