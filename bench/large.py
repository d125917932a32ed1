"""What a plan for every commune of the country costs: checked as `soket plan check` does, and made into DAGs.

`python -m bench.large` prints it as JSON; in a process of its own, so that its memory can be told.
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from bench.plans import write_plan
from bench.processes import peak_memory
from soket.plan.check import doubtful, examine

COMMUNES = 3_321


def measure() -> dict[str, float]:
    """Return the seconds of processor, and the MiB at the most while the plan was checked."""
    with tempfile.TemporaryDirectory(prefix="soket-bench-") as folder:
        write_plan(Path(folder), COMMUNES)
        file = Path(folder) / "bench.yaml"
        started = time.process_time()
        plan, faults = examine(file)
        assert plan is not None, faults  # noqa: S101 - it is our own
        doubtful(file, plan)
        checked = time.process_time()
        memory = peak_memory()
    from soket.orchestration.builder import build_dags

    imported = time.process_time()
    count = sum(1 for _ in build_dags(plan))
    built = time.process_time()
    return {"units": COMMUNES, "check": checked - started, "memory": memory, "dags": built - imported, "count": count}


if __name__ == "__main__":
    print(json.dumps(measure()))
