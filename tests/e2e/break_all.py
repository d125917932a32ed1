"""Breaks one thing after the other on a stack of its own, and says what came of it: `make break`.

    python -m e2e.break_all [case ...]

Takes about a minute and a half a case; the tests of `test_broken.py` do two of them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from demo.scenario import Drop
from demo.world import World
from e2e.breaking import break_it, freeze, idle_workers, kill, tree, worker_of, workers
from e2e.live import living, until
from soket.stack.status import status

Harm = Callable[[World], None]

CASES: dict[str, tuple[str, Harm]] = {
    "kill the idle worker that holds the lock": ("scheduler", lambda world: kill(idle_workers(world)[0])),
    "kill an idle worker that does not": ("scheduler", lambda world: kill(idle_workers(world)[-1])),
    "kill the busy worker": ("scheduler", lambda world: kill(worker_of(world, "judge"))),
    "kill all workers": ("scheduler", lambda world: kill(*workers(world))),
    "freeze the idle worker that holds the lock": ("scheduler", lambda world: freeze(idle_workers(world)[0])),
    **{
        f"freeze {name}": (name, lambda world, name=name: freeze(*tree(world, name)))  # type: ignore[misc]
        for name in ("scheduler", "triggerer", "dag-processor", "api-server", "seaweedfs", "postgres", "mail", "watch")
    },
    "freeze what runs the triggers": ("triggerer", lambda world: freeze(*tree(world, "triggerer")[1:])),
    "freeze the database's first process": ("postgres", lambda world: freeze(tree(world, "postgres")[0])),
}


def main(wanted: list[str]) -> int:
    """Break what was asked for, or everything; return how many cases did not go well."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder, living(Path(folder), "2021-10-26 7200, 2021-11-05") as world:
        drops = [each for each in world.scenario.drops(world.workspace.plan) if isinstance(each, Drop)]
        units = iter(sorted({each.owner for each in drops if each.number == 1 and each.content == "good"}))
        for case, (name, harm) in CASES.items():
            if wanted and case not in wanted:
                continue
            until(lambda: status(world.state).healthy, "everything works", 300)
            time.sleep(20)  # a run of the intake may just be ending
            try:
                outcome = break_it(world, next(units), name, lambda: harm(world), within=300)  # noqa: B023
                line = f"noticed {outcome.noticed:5.0f} s, verdict {outcome.verdict:5.0f} s, told {outcome.told:5.0f} s"
            except AssertionError as error:
                failed += 1
                line = str(error)
            sys.stdout.write(f"{case:45} {line}\n")
            sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
