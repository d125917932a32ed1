"""One look at the stack: what its processes hold, what an idle stretch asks of the bucket, what lies on its disks."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from bench import measure
from bench.processes import Held, held
from soket.stack.mail import Mail
from soket.stack.postgres import connect
from soket.stack.seaweedfs import service_client
from soket.stack.state import State
from soket.store.keys import Keys

_MIB = 2**20

Figures = dict[str, float]

_HEARTBEAT: LiteralString = """
    SELECT extract(epoch FROM now() - max(latest_heartbeat)) FROM job WHERE job_type = 'SchedulerJob'
"""
_SIZE: LiteralString = "SELECT pg_database_size(current_database())"
_TABLES: LiteralString = "SELECT relname, pg_total_relation_size(relid) FROM pg_stat_user_tables"
_FAILED: LiteralString = "SELECT count(*) FROM dag_run WHERE state = 'failed'"
_QUEUED: LiteralString = "SELECT count(*) FROM task_instance WHERE state IN ('scheduled', 'queued')"
_AT_WORK: LiteralString = """
    SELECT count(*) FROM task_instance WHERE state = 'running' OR updated_at > now() - make_interval(secs => {})
"""
_DEFERRED: LiteralString = "SELECT count(*) FROM trigger"


@dataclass(frozen=True)
class Bucket:
    """What a bucket holds: objects and bytes by the first folder of their keys, older versions, submissions."""

    objects: Counter[str]
    older: Counter[str]
    size: int
    submissions: int


def look(state: State, campaigns: Sequence[Keys], seconds: float) -> Figures:
    """Return every figure, by name; what is asked of the bucket is counted over so many seconds before all else."""
    idle = _idle(state, seconds)
    return {**idle, **_processes(state), **_database(state), **_bucket(bucket(state, campaigns)), **_disk(state)}


def _idle(state: State, seconds: float) -> Figures:
    """Return what an idle minute costs, by what so many seconds did; nothing where a step of Airflow's ran in them."""
    before = measure.read(state)
    time.sleep(seconds)
    used = measure.read(state) - before
    with connect(state) as database:
        if _number(database, sql.SQL(_AT_WORK).format(used.at)):
            return {}
    minutes = used.at / 60
    return {"idle.requests": used.requests / minutes, "idle.cpu": used.cpu / minutes}


def _processes(state: State) -> Figures:
    of_each = held(state)
    total = sum(of_each.values(), Held())
    found: Figures = {}
    for what in ("memory", "files", "threads", "processes"):
        found[what] = getattr(total, what)
        found |= {f"{what}.{name}": getattr(each, what) for name, each in of_each.items()}
    # The server for trying out holds every mail in memory: what grows elsewhere would not be seen beside it.
    found["memory"] = sum(each.memory for name, each in of_each.items() if name != Mail.name)
    return found


def _database(state: State) -> Figures:
    with connect(state) as database:
        tables = database.execute(_TABLES).fetchall()
        rows = {
            f"rows.{name}": _number(database, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(str(name))))
            for name, _ in tables
        }
        return {
            "database": _number(database, _SIZE) / _MIB,
            "rows": sum(rows.values()),
            **rows,
            **{f"table.{name}": float(str(size)) / _MIB for name, size in tables},
            "heartbeat": _number(database, _HEARTBEAT),
            "failed": _number(database, _FAILED),
            "queued": _number(database, _QUEUED),
            "triggers": _number(database, _DEFERRED),
        }


def _number(database: psycopg.Connection[tuple[object, ...]], question: LiteralString | sql.Composed) -> float:
    row = database.execute(question).fetchone()
    return float(str(row[0])) if row and row[0] is not None else float("nan")


def bucket(state: State, campaigns: Sequence[Keys]) -> Bucket:
    """Return what the bucket holds, older versions too; submissions are those to some campaigns."""
    pages = service_client(state).get_paginator("list_object_versions").paginate(Bucket=state.spec.bucket)
    objects, older, size, submissions = Counter[str](), Counter[str](), 0, 0
    for page in pages:
        for version in page.get("Versions", []):
            size += version["Size"]
            key = version["Key"]
            (objects if version["IsLatest"] else older)[key.split("/")[0]] += 1
            submissions += version["IsLatest"] and any(each.is_receipt(key) for each in campaigns)
        older.update(marker["Key"].split("/")[0] for marker in page.get("DeleteMarkers", []))
    return Bucket(objects, older, size, submissions)


def _bucket(found: Bucket) -> Figures:
    return {
        "objects": found.objects.total(),
        **{f"objects.{name}": count for name, count in found.objects.items()},
        "older": found.older.total(),
        **{f"older.{name}": count for name, count in found.older.items()},
        "bytes": found.size / _MIB,
        "submissions": found.submissions,
    }


def _disk(state: State) -> Figures:
    """Return what lies in each folder of the state in MiB; in Airflow's and that of logs, by what is in them."""
    found = Counter[str]()
    for folder in (state.root, state.airflow, state.logs):
        for path in sorted(folder.iterdir()):
            if path not in (state.airflow, state.logs):
                # A log that was set apart is a part of the one that goes on.
                name = path.name.partition(".log")[0] if folder == state.logs else path.name
                found[name if folder == state.root else f"{folder.name}.{name}"] += _size(path)
    return {f"disk.{name}": size / _MIB for name, size in found.items()}


def _size(path: Path) -> int:
    total = 0
    for each in [path, *(path.rglob("*") if path.is_dir() and not path.is_symlink() else ())]:
        try:
            total += each.lstat().st_blocks * 512
        except FileNotFoundError:  # gone meanwhile
            continue
    return total
