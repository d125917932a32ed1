"""What a unit waits from the last byte of its files to what its page says of them, on a bucket in memory.

`python -m bench.trials` prints seconds by the clock and of processor, each the median of as many sets, as JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import UTC, timedelta
from pathlib import Path
from statistics import median

import psutil

from bench.plans import CAMPAIGN, reports, write_plan
from soket.clock import FrozenClock
from soket.page.bench import Bench
from soket.page.trial import try_out
from soket.record.keeping import read_register
from soket.record.workspace import Workspace
from soket.store.store import MemoryStore

SETS = 11
_WARM = 10.0  # seconds in which what the page keeps ready is loaded, as while a clerk chooses files


def main() -> int:
    """Try the files of one unit after the other, as the page does."""
    with tempfile.TemporaryDirectory(prefix="soket-bench-") as folder:
        plan = write_plan(Path(folder), 60)
        campaign = plan.campaign(CAMPAIGN)
        moment = campaign.start + timedelta(hours=12)
        workspace = Workspace(plan, campaign, MemoryStore(lambda: moment.astimezone(UTC)), FrozenClock(moment))
        files, bench, seconds, cpu = reports(plan), Bench(), list[float](), list[float]()
        bench.warm()
        time.sleep(_WARM)
        for unit, own in list(files.items())[:SETS]:
            began, used = time.perf_counter(), _cpu()
            try_out(workspace, read_register(workspace, keep=False), unit, own, bench)
            seconds.append(time.perf_counter() - began)
            cpu.append(_cpu() - used)
        bench.close()
    sys.stdout.write(json.dumps({"sets": SETS, "seconds": median(seconds), "cpu": median(cpu)}) + "\n")
    return 0


def _cpu() -> float:
    """Return the CPU seconds of this process, of those it started, and of theirs that have ended."""
    this = psutil.Process()
    return sum(sum(each.cpu_times()[:4]) for each in (this, *this.children(recursive=True)))


if __name__ == "__main__":
    sys.exit(main())
