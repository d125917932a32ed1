"""A whole stack that lives through part of the campaign of 2021, and ways to wait for what happens on it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg

from conftest import REPOSITORY
from demo.place import Place
from demo.samples.sending import files_of
from demo.scenario import Drop, load
from demo.stage import SETTINGS
from demo.world import World
from soket.plan.loader import ENVIRONMENT_VARIABLE
from soket.record.keeping import read_register
from soket.record.register import Register
from soket.stack import launch
from soket.stack.from_plans import stack_spec
from soket.stack.postgres import connect
from soket.stack.state import State

_NEWEST_STEPS = (
    "SELECT dag_id, run_id, task_id, state, try_number, start_date, end_date"
    " FROM task_instance ORDER BY updated_at DESC LIMIT 60"
)
SCRIPT = REPOSITORY / "samples" / "nq06_du_lich" / "scenario.yaml"


@contextmanager
def living(folder: Path, replay: str, beside: str | None = None) -> Iterator[World]:
    """Run a whole stack at a pace ("2021-10-26 60, 2021-11-05": 60 real seconds a day), with a plan beside if given."""
    surroundings = dict(os.environ)
    state = State.locate(folder / "stack")
    settings = dict(SETTINGS)
    if beside is not None:
        plans = folder / "plans"
        shutil.copytree(REPOSITORY / "include" / "plans", plans)
        (plans / "beside.yaml").write_text(beside, encoding="utf-8")
        settings[ENVIRONMENT_VARIABLE] = os.environ[ENVIRONMENT_VARIABLE] = str(plans)
    try:
        with state.locked() as lock:
            launch.prepare(state, replace(stack_spec(), settings=settings))
            launch.detach(state, lock, replay=replay)
        with closing(World.at(Place.embedded(state), SCRIPT, load(SCRIPT))) as opened:
            yield opened
    finally:
        launch.down(state)
        os.environ.clear()
        os.environ.update(surroundings)


def until(seen: Callable[[], bool], what: str, seconds: float = 400) -> None:
    """Wait until something is seen; fail where it is not in time."""
    deadline = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.5)


def register_of(world: World) -> Register:
    """Return the register as it is now."""
    return read_register(world.workspace)


def drop(world: World, unit: str) -> None:
    """Send a unit's first files of the script, with its own keys."""
    plan = world.workspace.plan
    sending = next(each for each in world.scenario.drops(plan) if isinstance(each, Drop) and each.owner == unit)
    for name, data in files_of(plan, sending, world.scenario.seed).items():
        world.store_of(unit).put(world.workspace.keys.inbox_folder(unit) + name, data)


def seen_from_within(state: State) -> str:
    """Return what a stack last did: Airflow's newest steps, and the ends of its components' logs."""
    try:
        with connect(state) as database:
            found = database.execute(_NEWEST_STEPS).fetchall()
        steps = ["  ".join(map(str, step)) for step in found]
    except psycopg.OperationalError as error:  # a test may have frozen it
        steps = [f"the database does not answer: {error}"]
    logs = [f"{each.name}\n{launch.tail(state, each.stem, 40)}" for each in sorted(state.logs.glob("*.log"))]
    return "\n\n".join(["\n".join(steps), *logs])
