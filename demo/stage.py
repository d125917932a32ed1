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
from soket.text import format_number

# A replayed campaign keeps its mails to itself unless it is told to speak.
SETTINGS = {"SOKET_MAIL": "send", **QUICK}

# Writing the samples is work like that of the tasks: so many seconds, where the pace of the script is right.
USUAL = 6.0
# Times: polls and mail's windows are as long on a fast machine, and slower than that it takes all too long.
FASTEST, SLOWEST = 0.75, 3.0
_BUSIER = 1.25  # times slower than at the start, from which on a pace is no longer slow enough


@contextmanager
def raised_stack(console: Console, state: State, script: Path, times: float, *, keep: bool) -> Iterator[World]:
    """Start a fresh stack that replays the script's campaign, so many times slower, and hand over its world.

    The stack is stopped at the end, unless it is to be kept; where something goes wrong, it is kept only if asked.
    """
    scenario = load(script)
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


def samples_written(script: Path) -> tuple[list[Path], float]:
    """Write a script's samples; return them, and how many times slower than usual the machine was at it."""
    began = time.monotonic()
    written = write_samples(script)
    return written, slowness(time.monotonic() - began)


def slowness(took: float) -> float:
    """Return how many times slower than usual a machine is, by the seconds that writing the samples took."""
    return min(max(took / USUAL, FASTEST), SLOWEST)


def busier_by(before: float, now: float) -> str:
    """Return what to say where a machine is slower now than when the pace was set; "" where it is not."""
    if now < _BUSIER * before:
        return ""
    return (
        f"Máy nay chậm hơn lúc bắt đầu {format_number(now / before, 1)} lần (có việc khác chạy cùng): nhịp đặt "
        "lúc đó không còn đủ chậm. Chạy lại make demo khi máy rảnh."
    )


def _words(told: StackStatus) -> str:
    ready = [component.title for component in told.components if component.phase == "ready"]
    return f"Khởi động hệ thống: {len(ready)}/{len(told.components)} phần đã chạy ({', '.join(ready[-2:])})"
