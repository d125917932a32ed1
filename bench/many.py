"""What many plans side by side cost: reading them, building their DAGs, writing these down, and listing the bucket.

`python -m bench.many PLANS` prints one as JSON; in a process of its own, with Airflow's settings of the caller.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from bench.plans import CAMPAIGN, write_plans
from bench.processes import peak_memory
from soket.record.keeping import folders_read
from soket.stack.state import REPOSITORY
from soket.store.keys import Keys
from soket.store.store import MemoryStore, Page
from soket.store.together import list_folders

SIZES = (1, 10, 100)

_UNITS = 60


class _Counting(MemoryStore):
    """A bucket in memory that counts its pages."""

    pages = 0

    def page(self, prefix: str, *, after: str = "", token: str = "") -> Page:
        self.pages += 1
        return super().page(prefix, after=after, token=token)


def measure(plans: int) -> dict[str, float]:
    """Return milliseconds of processor a plan, and requests of a minute in which nothing happens."""
    with tempfile.TemporaryDirectory(prefix="soket-bench-") as folder:
        written_to = Path(folder) / "plans"
        names = write_plans(written_to, plans, _UNITS)
        os.environ.update(
            SOKET_PLANS=str(written_to),
            AIRFLOW_HOME=str(Path(folder) / "airflow"),
            AIRFLOW__CORE__PLUGINS_FOLDER=str(REPOSITORY / "plugins"),
        )
        from airflow.serialization.serialized_objects import DagSerialization

        from soket.orchestration.builder import build_all
        from soket.plan.loader import find_plan, load_all

        moments = [time.process_time()]
        found = load_all()[0]
        moments.append(time.process_time())
        dags = build_all(found)[0]
        moments.append(time.process_time())
        for dag in dags:
            DagSerialization.to_dict(dag)
        moments.append(time.process_time())
        read, built, written = (1000 * (after - before) / plans for before, after in pairwise(moments))
        from soket.plan import loader

        loader._remembered.cache_clear()
        before = time.process_time()
        build_all([find_plan(names[-1])])
        alone = 1000 * (time.process_time() - before)
    return {
        "plans": plans,
        "dags": len(dags),
        "read": read,
        "build": built,
        "write": written,
        "alone": alone,
        "memory": peak_memory(),
        "idle_empty": _minute(names, handed_in=False),
        "idle_full": _minute(names, handed_in=True),
    }


def _minute(names: list[str], *, handed_in: bool) -> int:
    """Return the requests of twelve looks at all inboxes and one at all that registers are made of."""
    store = _Counting()
    keys = [Keys(name, CAMPAIGN) for name in names]
    for each in keys:
        store.put(each.edition(1, "a"), b"")
        store.put(each.stage_record("unit_reports", 1, "opened"), b"")
        for number in range(_UNITS if handed_in else 0):
            unit = f"unit_{number:04d}"
            for name in ("bao-cao.docx", "so-lieu.xlsx"):
                store.put(each.inbox_folder(unit) + name, b"")
                store.put(each.report(unit, 1, f"files/{name}"), b"")
            for name in ("verdict.json", "slip.docx"):
                store.put(each.report(unit, 1, name), b"")
            store.put(each.receipt(unit, 1), b"")
    for _ in range(12):
        list_folders(store, [each.inbox for each in keys])
    list_folders(store, [folder for each in keys for folder in folders_read(each) if folder != each.inbox])
    return store.pages


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
