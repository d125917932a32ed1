"""One batch of submissions judged at once, by the real readers and Great Expectations, on a bucket in memory.

`python -m bench.batch [UNITS]` prints what it took as JSON. The files are made first, by a process of their own.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, timedelta
from pathlib import Path

from bench.plans import CAMPAIGN, write_plan
from bench.processes import peak_memory
from demo.samples.sending import files_of
from demo.scenario import Content, Drop
from soket.clock import FrozenClock
from soket.intake import batch
from soket.plan.loader import load
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.record.records import Verdict
from soket.record.workspace import Workspace
from soket.store.store import MemoryStore

UNITS = 3_300
ALONE = 10
_SEED = 6
# Of ten units: most good, some returned for what is in a table, for a table that is missing, for a broken file.
_CONTENTS = (
    *(Content.GOOD,) * 6,
    Content.WITHOUT_SECTION,
    Content.TOTAL_DIFFERS,
    Content.AMBIGUOUS_NUMBER,
    Content.WITHOUT_TABLE,
)


@dataclass(frozen=True)
class Batch:
    """What judging so many submissions took; memory is the peak of the process named, in MiB."""

    units: int
    seconds: float
    cpu: float
    memory: float  # of the process that judges
    child_memory: float  # of the largest of its readers and the validator
    rulings: dict[str, int]
    alone: int  # submissions judged once more, each by itself
    alike: int  # of them, those with the same verdict


def main() -> int:
    """Make the files, judge them, print what it took."""
    if sys.argv[1:2] == ["--make"]:
        _make(Path(sys.argv[2]), int(sys.argv[3]))
        return 0
    units = int(sys.argv[1]) if sys.argv[1:] else UNITS
    with tempfile.TemporaryDirectory(prefix="soket-bench-") as folder:
        subprocess.run([sys.executable, "-m", "bench.batch", "--make", folder, str(units)], check=True)
        print(json.dumps(asdict(_judge(Path(folder)))))
    return 0


def _make(folder: Path, units: int) -> None:
    plan = write_plan(folder, units)
    moment = plan.campaign(CAMPAIGN).start
    for index, unit in enumerate(plan.units[:units]):
        drop = Drop(owner=unit.code, number=1, at=moment, content=_CONTENTS[index % len(_CONTENTS)])
        for name, data in files_of(plan, drop, _SEED).items():
            path = folder / "drops" / unit.code / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _judge(folder: Path) -> Batch:
    os.environ["SOKET_SETTLE_SECONDS"] = "0"
    plan = load(folder / "bench.yaml")
    drops: dict[str, dict[str, bytes]] = {}
    for path in sorted((folder / "drops").glob("*/*")):
        drops.setdefault(path.parent.name, {})[path.name] = path.read_bytes()
    workspace = _workspace(plan)
    _drop(workspace, drops)
    began, cpu = time.monotonic(), _cpu()
    batch.process(workspace)
    seconds, cpu = time.monotonic() - began, _cpu() - cpu
    memory = peak_memory()
    child_memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    verdicts = _verdicts(workspace)
    alone = _workspace(plan)
    for code in list(drops)[:ALONE]:
        _drop(alone, {code: drops[code]})
        batch.process(alone)
    again = _verdicts(alone)
    return Batch(
        units=len(verdicts),
        seconds=seconds,
        cpu=cpu,
        memory=memory,
        child_memory=child_memory,
        rulings=dict(Counter(verdict.ruling.value for verdict in verdicts.values())),
        alone=len(again),
        alike=sum(_same(verdict, verdicts[unit]) for unit, verdict in again.items()),
    )


def _drop(workspace: Workspace, drops: Mapping[str, Mapping[str, bytes]]) -> None:
    for unit, files in drops.items():
        for name, data in files.items():
            workspace.store.put(workspace.keys.inbox_folder(unit) + name, data)


def _verdicts(workspace: Workspace) -> dict[str, Verdict]:
    units = read_register(workspace).units.values()
    return {entry.unit: entry.verdicts[0] for entry in units if entry.verdicts}


def _same(one: Verdict, other: Verdict) -> bool:
    """Whether two verdicts say the same, wherever what was read is kept: with which others, a batch says."""
    return one.model_copy(update={"parsed_key": other.parsed_key}) == other


def _workspace(plan: Plan) -> Workspace:
    campaign = plan.campaign(CAMPAIGN)
    moment = campaign.start + timedelta(hours=12)  # in the past, so that all has settled
    return Workspace(plan, campaign, MemoryStore(lambda: moment.astimezone(UTC)), FrozenClock(moment))


def _cpu() -> float:
    """Return the CPU seconds of this process and of those it started and that have ended."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


if __name__ == "__main__":
    sys.exit(main())
