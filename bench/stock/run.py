"""Measure soket and Airflow's stock parts side by side, on the same work: soket, stock, soket, stock, …

`python -m bench.stock.run [UNITS [ROUNDS]]` from the repository's root prints ratios; with all sixty units it brings
docs/performance.md up to date. Takes about half an hour; nothing else should run meanwhile.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import measure
from bench.drops import Cost, drop
from bench.plans import reports, write_plan
from bench.stock import stack as stock
from bench.stock.report import lines, write_report
from bench.stock.work import write_work
from soket.plan.model import Plan
from soket.stack.from_plans import stack_spec
from soket.stack.state import State

UNITS, ROUNDS = 60, 3
SINGLES = 3  # units that drop alone, before the others do so at once

_PAUSE = 4  # seconds: not always at the same moment of the poll
_WITHIN = 900  # seconds for the last mail

Files = Mapping[str, Mapping[str, bytes]]


@dataclass(frozen=True)
class Round:
    """What one stack took, in seconds and requests to the S3 server."""

    up: float
    armed: float  # from there until every sensor waits
    task_starts: list[float]  # from one task's end to the next one's start
    singles: list[float]  # from one unit's drop to its verdict mail
    idle_cpu: float  # of a minute in which the other units wait
    idle_requests: int
    together: Cost


def main() -> int:
    """Measure both in turns."""
    given = [int(each) for each in sys.argv[1:]]
    units, rounds = (*given, *(UNITS, ROUNDS)[len(given) :])
    stock.install()
    about = {"machine": measure.machine(), "date": f"{datetime.now(UTC):%Y-%m-%d}", "units": units}
    results: dict[str, list[object]] = {"soket": [], "stock": []}
    with tempfile.TemporaryDirectory(prefix="soket-stock-") as folder:
        plans = Path(folder) / "plans"
        # Forms and blocks of the plan need that many.
        plan = write_plan(plans, max(units, UNITS) + SINGLES)
        os.environ["SOKET_PLANS"] = str(plans)
        files = dict(list(reports(plan).items())[: units + SINGLES])
        for _ in range(rounds):
            for name, run in (("soket", _soket), ("stock", _stock)):
                done = run(State.locate(Path(folder) / name), plan, files)
                _say(f"{name}: {done}")
                results[name].append(asdict(done))
            # It takes long: what is known so far is told after each round.
            print("\n".join(lines({**about, **results})), flush=True)
    if units == UNITS:
        write_report({**about, **results})
    return 0


def _soket(state: State, plan: Plan, files: Files) -> Round:
    with measure.stack(stack_spec(), state) as up:
        _say(f"soket is up after {up:.1f} s")
        measure.wait_quiet(state)
        idle = measure.idle_minute(state)
        singles = _singles(state, plan, files)
        return Round(up, 0.0, [], singles, idle.cpu, idle.requests, _together(state, plan, files))


def _stock(state: State, plan: Plan, files: Files) -> Round:
    spec = stack_spec()
    alone, together = list(files)[:SINGLES], list(files)[SINGLES:]
    write_work(plan, {"stock_parts": together, "stock_parts_alone": alone}, spec.bucket, stock.work_file(state))
    with stock.stack(spec, state) as up:
        _say(f"stock is up after {up:.1f} s")
        began = time.monotonic()
        stock.wait_armed(state, len(together))
        armed = time.monotonic() - began
        _say(f"all sensors wait after {armed:.1f} s")
        time.sleep(_PAUSE)
        starts = stock.task_starts(state)
        _say(f"task starts {starts}")
        idle = measure.idle_minute(state)
        stock.trigger(state, "stock_parts_alone")
        stock.wait_armed(state, len(files))
        singles = _singles(state, plan, files)
        return Round(up, armed, starts, singles, idle.cpu, idle.requests, _together(state, plan, files))


def _singles(state: State, plan: Plan, files: Files) -> list[float]:
    """Return the seconds from a drop to its mail, of the first units one after the other."""
    seconds = []
    for code in list(files)[:SINGLES]:
        seconds.append(drop(state, plan.id, {code: files[code]}).first)
        time.sleep(_PAUSE)
    return seconds


def _together(state: State, plan: Plan, files: Files) -> Cost:
    """Return what it costs when all the others drop at once."""
    return drop(state, plan.id, {code: files[code] for code in list(files)[SINGLES:]}, within=_WITHIN)


def _say(text: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
