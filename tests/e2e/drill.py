"""Loses a whole stack and goes on from a copy of its bucket, and says how long each step took: `make drill`.

    python -m e2e.drill

Airflow's database is lost with the stack; what it knew of runs comes anew out of the record.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from demo.scenario import Drop
from demo.world import World
from e2e.live import drop, living, register_of, until
from soket.stack.backup import back_up, restore
from soket.stack.state import State, write_private

_DAYS = "2021-10-26 3600, 2021-11-05"  # an hour a day: mornings, with their mail, are far off
_WITHIN = 900.0


@contextmanager
def timed(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    sys.stdout.write(f"{what:60} {time.monotonic() - began:6.1f} s\n")
    sys.stdout.flush()


def judged(world: World, unit: str) -> None:
    """Let a unit send its files, and wait for what is found and for the answer."""
    drop(world, unit)
    until(lambda: bool(register_of(world).units[unit].verdicts), "the report is judged", _WITHIN)
    until(lambda: f"receipt.{unit}.n1" in world.mailbox.look(), "the answer is in the mailbox", _WITHIN)


def main() -> None:
    """Run the drill; raise where the campaign does not go on as it was."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, copy = Path(temporary), Path(temporary) / "soket.tar"
        (folder / "old").mkdir()
        (folder / "new").mkdir()
        with living(folder / "old", _DAYS) as world:
            drops = [each for each in world.scenario.drops(world.workspace.plan) if isinstance(each, Drop)]
            first, second, *_ = sorted({each.owner for each in drops if each.number == 1 and each.content == "good"})
            judged(world, first)
            sent = set(world.mailbox.look())
            before, clock = register_of(world).units[first], world.state.clock
        old = world.state
        with timed("back up the stack that is down"):
            size = back_up(old, copy)
        shutil.rmtree(old.root)
        with timed(f"restore {size / 2**20:.1f} MB into an empty folder"):
            new = State.locate(folder / "new" / "stack")
            restore(copy, new)
            write_private(new.clock_file, clock or "")
        began = time.monotonic()
        with living(folder / "new", _DAYS) as world:
            sys.stdout.write(f"{'start everything, with a database made anew':60} {time.monotonic() - began:6.1f} s\n")
            after = register_of(world).units[first]
            if (after.receipts, after.verdicts) != (before.receipts, before.verdicts):
                raise AssertionError("what was on record is not what is")
            with timed("take in and answer the next report"):
                judged(world, second)
            if again := sent & set(world.mailbox.look()):
                raise AssertionError(f"sent again: {again}")


if __name__ == "__main__":
    main()
