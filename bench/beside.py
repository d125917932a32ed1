"""What plans side by side cost a stack that runs: its start, idle minutes, memory, a drop's way to its mail.

`python -m bench.beside PLANS [UNITS]` prints one as JSON; nothing else should run meanwhile. A hundred plans' letters
and first mornings take half an hour.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import LiteralString

from bench import measure
from bench.drops import drop
from bench.plans import reports, write_plans
from bench.processes import held
from demo.mailbox import Mailbox
from soket.plan.loader import find_plan
from soket.stack.credentials import Credentials
from soket.stack.from_plans import stack_spec
from soket.stack.mail import USER
from soket.stack.ports import HOST
from soket.stack.postgres import connect
from soket.stack.state import State

_CALM_REQUESTS = 20  # of ten seconds
_CALM_SECONDS = 3600  # six thousand request letters take a while, and a hundred first mornings of a working day
_IDLE_MINUTES = 10  # so that what is done each ten minutes is among it
_WAITED: LiteralString = """
    SELECT extract(epoch FROM start_date - scheduled_dttm) FROM task_instance
    WHERE start_date >= scheduled_dttm ORDER BY start_date DESC LIMIT %s
"""
_DROPS = 5
_PAUSE = 4  # seconds: not always at the same moment of the poll


def main() -> int:
    """Measure plans of a size side by side on a fresh stack."""
    plans, units = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 60
    with tempfile.TemporaryDirectory(prefix="soket-bench-") as folder:
        names = write_plans(Path(folder) / "plans", plans, units)
        os.environ["SOKET_PLANS"] = str(Path(folder) / "plans")
        files = list(reports(find_plan(names[0])).items())[:_DROPS]
        state = State.locate(Path(folder) / "state")
        with measure.stack(stack_spec(), state) as seconds:
            measure.say(f"up after {seconds:.1f} s")
            began = time.monotonic()
            _wait_letters(state, plans * units)
            measure.wait_quiet(state, requests=_CALM_REQUESTS, seconds=_CALM_SECONDS)
            calm = time.monotonic() - began
            measure.say(f"calm after {calm:.0f} s")
            idle = [_idle_minute(state) for _ in range(_IDLE_MINUTES)]
            memory = {name: round(each.memory) for name, each in held(state).items()}
            measure.say(f"memory {memory}")
            drops = sorted(_drop(state, names[index % plans], *each) for index, each in enumerate(files))
            measure.say(f"drops {drops}")
            steps = _steps_waited(state, _DROPS)
    print(
        json.dumps(
            {
                "plans": plans,
                "units": units,
                "up": seconds,
                "calm": calm,
                "requests": [each.requests for each in idle],
                "cpu": [each.cpu for each in idle],
                "cpu_average": statistics.mean(each.cpu for each in idle),
                "memory": memory,
                "drops": drops,
                "steps_waited": steps,
            }
        )
    )
    return 0


def _idle_minute(state: State) -> measure.Reading:
    used = measure.idle_minute(state)
    measure.say(f"idle minute: {used.requests} requests, {used.cpu:.1f} CPU s")
    return used


def _steps_waited(state: State, steps: int) -> list[float]:
    """Return how long the last so many steps waited for the scheduler and a worker, in seconds, the shortest first.

    A step that waited for something else, as a sensor does, has begun before and is none of them.
    """
    with connect(state) as database:
        found = database.execute(_WAITED, [steps]).fetchall()
    return sorted(float(str(waited)) for (waited,) in found)


def _wait_letters(state: State, letters: int) -> None:
    """Wait until every unit has its request letter: before they begin, a stack may be calm, too."""
    box = Mailbox(HOST, state.ports["imap"], USER, Credentials.load(state).mail)
    deadline, came = time.monotonic() + _CALM_SECONDS, 0
    while (came := came + sum(each.startswith("request.") for each in box.look())) < letters:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{came} of {letters} request letters came")
        time.sleep(1)


def _drop(state: State, plan: str, code: str, files: Mapping[str, bytes]) -> float:
    """Return the seconds from one unit's drop to its verdict mail."""
    cost = drop(state, plan, {code: files})
    time.sleep(_PAUSE)
    return cost.first


if __name__ == "__main__":
    sys.exit(main())
