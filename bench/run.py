"""Measure the product on a fresh stack in real time, print a table, and bring docs/performance.md up to date.

`python -m bench.run [UNITS…]` from the repository's root. Takes about ten minutes; nothing else should run meanwhile.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench import drafts, mails, many, measure
from bench.drops import drop
from bench.plans import reports, write_plan
from bench.report import FOLDER, write_report
from soket.stack.airflow import environment
from soket.stack.from_plans import stack_spec
from soket.stack.state import REPOSITORY, State

SIZES = (60, 300)

_PARSE = """
import json, sys, time
started = time.perf_counter()
from soket.orchestration.builder import build_dags
imported = time.perf_counter()
from soket.plan.loader import load_all
plans, _ = load_all()
loaded = time.perf_counter()
count = sum(1 for plan in plans for _ in build_dags(plan))
built = time.perf_counter()
print(json.dumps({"import": imported - started, "plan": loaded - imported, "dags": built - loaded, "count": count}))
"""


def main() -> int:
    """Measure everything."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    results: dict[str, object] = {"machine": measure.machine(), "date": f"{datetime.now(UTC):%Y-%m-%d}", "drops": []}
    with tempfile.TemporaryDirectory(prefix="soket-bench-") as folder:
        for size in sizes:
            plans = Path(folder) / f"plans-{size}"
            os.environ["SOKET_PLANS"] = str(REPOSITORY / "include" / "plans")
            plan = write_plan(plans, size)
            os.environ["SOKET_PLANS"] = str(plans)
            state = State.locate(Path(folder) / f"state-{size}")
            with measure.stack(stack_spec(), state) as seconds:
                _say(f"{size} units: stack up after {seconds:.1f} s")
                measure.wait_quiet(state)
                if size == sizes[0]:
                    results["start"] = {"fresh": seconds}
                    idle = measure.idle_minute(state)
                    _say(f"idle minute: {idle.requests} requests, {idle.cpu:.1f} CPU seconds")
                    results["idle"] = {"requests": idle.requests, "cpu": idle.cpu}
                    results["parse"] = _parse(state)
                cost = drop(state, plan.id, reports(plan))
                _say(f"{cost}")
                results["drops"].append(vars(cost))  # type: ignore[attr-defined]
        _say("mails: a receipt for every unit of a large plan")
        os.environ["SOKET_PLANS"] = str(REPOSITORY / "include" / "plans")
        results["mails"] = vars(mails.measure(Path(folder) / "mails"))
    results["large"] = _apart("bench.large")
    results["many"] = [_apart("bench.many", str(size)) for size in many.SIZES]
    results["batch"] = _apart("bench.batch")
    results["drafts"] = [_apart("bench.drafts", str(size)) for size in drafts.SIZES]
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "bench.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(write_report(results))
    return 0


def _say(text: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {text}", flush=True)


def _parse(state: State) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _PARSE],
        env={**os.environ, **environment(state)},
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _apart(module: str, *arguments: str) -> dict[str, object]:
    """Measure in a process of its own, so that its memory can be told."""
    done = subprocess.run([sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    _say(f"{module}: {found}")
    return found


if __name__ == "__main__":
    sys.exit(main())
