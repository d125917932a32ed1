"""Everything that must be there before the curtain rises: samples and a fresh stack in campaign time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from demo.place import Place
from demo.samples.folder import write_samples
from demo.scenario import load
from demo.world import World
from soket.stack import launch
from soket.stack.from_plans import stack_spec
from soket.stack.replaying import QUICK
from soket.stack.state import State
from soket.stack.status import StackStatus

# A replayed campaign keeps its mails to itself unless it is told to speak.
SETTINGS = {"SOKET_MAIL": "send", **QUICK}

# Writing the samples is work like that of the tasks: so many seconds, where the pace of the script is right.
USUAL = 6.0
# Times: polls and mail's windows are as long on a fast machine, and slower than that it takes all too long.
FASTEST, SLOWEST = 0.75, 3.0


@contextmanager
def raised_stack(console: Console, state: State, script: Path, *, keep: bool) -> Iterator[World]:
    """Write the samples, start a fresh stack that replays the script's campaign, and hand over its world.

    The stack is stopped at the end, unless it is to be kept; where something goes wrong, it is kept only if asked.
    """
    scenario = load(script)
    launch.down(state)
    began = time.monotonic()
    written = write_samples(script)
    times = slowness(time.monotonic() - began)
    console.print(f"Tệp mẫu: {len(written)} tệp trong {script.parent / scenario.campaign}", soft_wrap=True)
    if times >= 1.1:
        console.print(f"Máy chậm hoặc đang bận: diễn lại chậm hơn {times:.1f} lần để mọi việc kịp theo kịch bản.")
    spec = stack_spec()
    spec = replace(spec, settings={**spec.settings, **SETTINGS})
    with state.locked() as lock:
        launch.prepare(state, spec, reset=True)
        with console.status("Khởi động hệ thống…") as shown:
            launch.detach(
                state, lock, replay=scenario.pace_for(times), listener=lambda told: shown.update(_words(told))
            )
    try:
        yield World.at(Place.embedded(state), script, scenario)
    finally:
        if not keep:
            launch.down(state)


def slowness(took: float) -> float:
    """Return how many times slower than usual a machine is, by the seconds that writing the samples took."""
    return min(max(took / USUAL, FASTEST), SLOWEST)


def _words(told: StackStatus) -> str:
    ready = [component.title for component in told.components if component.phase == "ready"]
    return f"Khởi động hệ thống: {len(ready)}/{len(told.components)} phần đã chạy ({', '.join(ready[-2:])})"
