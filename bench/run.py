"""Measure the product on a fresh stack in real time, print a table, and bring docs/performance.md up to date.

`python -m bench.run [UNITS…]` from the repository's root. Takes about ten minutes; nothing else should run meanwhile.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bench import drafts, mails, many, measure
from bench.plans import CAMPAIGN, reports, write_plan
from bench.report import write_report
from soket.plan.model import Plan
from soket.stack.airflow import environment
from soket.stack.credentials import folder_credentials
from soket.stack.from_plans import stack_spec
from soket.stack.seaweedfs import key_client
from soket.stack.state import REPOSITORY, State
from soket.store.keys import Keys

SIZES = (60, 300)
IDLE_SECONDS = 60
SETTLE_SECONDS = 3

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


@dataclass(frozen=True)
class Drop:
    """What so many units at once cost: seconds from the first drop to each verdict mail, and what was used."""

    units: int
    dropping: float
    first: float
    median: float
    last: float
    mails: int
    cpu: float
    requests: int


def main() -> int:
    """Measure everything."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    results: dict[str, object] = {"machine": _machine(), "date": f"{datetime.now(UTC):%Y-%m-%d}", "drops": []}
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
                    results["idle"] = _idle(state)
                    results["parse"] = _parse(state)
                results["drops"].append(vars(_drop(state, plan)))  # type: ignore[attr-defined]
        _say("mails: a receipt for every unit of a large plan")
        os.environ["SOKET_PLANS"] = str(REPOSITORY / "include" / "plans")
        results["mails"] = vars(mails.measure(Path(folder) / "mails"))
    results["large"] = _apart("bench.large")
    results["many"] = [_apart("bench.many", str(size)) for size in many.SIZES]
    results["batch"] = _apart("bench.batch")
    results["drafts"] = [_apart("bench.drafts", str(size)) for size in drafts.SIZES]
    target = REPOSITORY / ".soket" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(write_report(results))
    return 0


def _say(text: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {text}", flush=True)


def _idle(state: State) -> dict[str, float]:
    before = measure.read(state)
    time.sleep(IDLE_SECONDS)
    used = measure.read(state) - before
    _say(f"idle minute: {used.requests} requests, {used.cpu:.1f} CPU seconds")
    return {"requests": used.requests, "cpu": used.cpu}


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


def _drop(state: State, plan: Plan) -> Drop:
    files = reports(plan)
    keys = Keys(plan.id, CAMPAIGN)
    clients = {code: key_client(state, folder_credentials(state, f"{plan.id}/{CAMPAIGN}/{code}")) for code in files}
    bucket = state.spec.bucket

    def send(code: str) -> None:
        for name, data in files[code].items():
            clients[code].put_object(Bucket=bucket, Key=keys.inbox_folder(code) + name, Body=data)

    arrivals = measure.Arrivals(state)
    before = measure.read(state)
    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, files))
    dropped = time.monotonic()
    arrivals.wait(len(files), 300)
    time.sleep(SETTLE_SECONDS)
    used = measure.read(state) - before
    arrivals.close()
    after = [moment - began for moment in arrivals.moments] or [float("nan")]
    result = Drop(
        units=len(files),
        dropping=dropped - began,
        first=after[0],
        median=statistics.median(after),
        last=after[-1],
        mails=len(arrivals.moments),
        cpu=used.cpu,
        requests=used.requests - sum(map(len, files.values())),
    )
    _say(f"{result}")
    return result


def _machine() -> dict[str, object]:
    memory = psutil.virtual_memory().total / 2**30
    return {
        "cores": psutil.cpu_count(),
        "memory": f"{memory:.0f} GiB",
        "system": platform.system(),
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    sys.exit(main())
