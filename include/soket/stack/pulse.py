"""Whether Airflow's components do what they are there for, told by what they leave in its database."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg

from soket.plan.directory import directory_folder
from soket.plan.file_text import state_of, yaml_files
from soket.plan.loader import plans_folder
from soket.stack.postgres import connect
from soket.stack.state import State

PARALLELISM = 8  # tasks at once on one machine

# The work of stages and monitors has a pool: three workers are always left for what units and officials wait for.
POOL = "giai_doan"
POOL_SLOTS = PARALLELISM - 3

# Seconds between two readings of the DAG files that nobody asked for: a hundred plans' costs twelve of processor.
READ_AGAIN = 1800
_READ_WITHIN = 300.0  # seconds after a plan has changed, or the process has started

WORKER_KILLED = 3  # the scheduler's exit code where one of the executor's workers was killed


@dataclass(frozen=True)
class Limits:
    """Seconds after which something that should have happened counts as missing, and how many tasks run at once."""

    silent: float = 45  # heartbeats come every five
    unstarted: float = 45  # what is queued has a free worker, and starts within two
    unparsed: float = 2.5 * READ_AGAIN
    at_once: int = PARALLELISM


# Where workers are other machines, a queue may rightly be long, and nobody acts on what is found but a person.
AFAR = Limits(unstarted=900, at_once=32)

_HEARTBEAT = """
    SELECT extract(epoch FROM now() - max(latest_heartbeat)) FROM job WHERE job_type = %s
"""

# What is queued is in the executor's hands. What is scheduled (anew where it was deferred, with the time at which it
# was first queued) waits rightly while as many run as may, in all or in its pool, and while others of its pool are
# handed out before it: a hundred plans that begin at once are a long queue.
_WAITING = """
    SELECT extract(epoch FROM now() - min(CASE state WHEN 'queued' THEN queued_dttm ELSE scheduled_dttm END))
    FROM task_instance waiting JOIN dag USING (dag_id)
    WHERE state = 'queued'
       OR state = 'scheduled' AND NOT is_paused AND NOT is_stale
          AND (SELECT count(*) FROM task_instance WHERE state = 'running') < %s
          AND (SELECT count(*) FROM task_instance here
               WHERE here.pool = waiting.pool AND here.state IN ('running', 'queued'))
              < coalesce((SELECT slots FROM slot_pool WHERE slot_pool.pool = waiting.pool), 1)
          AND NOT EXISTS (SELECT FROM task_instance handed_out
                          WHERE handed_out.pool = waiting.pool
                            AND handed_out.queued_dttm > now() - make_interval(secs => %s))
"""

_UNWATCHED = "SELECT extract(epoch FROM now() - min(created_date)) FROM trigger WHERE triggerer_id IS NULL"

_PARSED = "SELECT extract(epoch FROM now() - max(last_parsed_time)) FROM dag WHERE NOT is_stale"

Database = psycopg.Connection[tuple[object, ...]]


def look(state: State, component: str, since: float) -> str | None:
    """Return what is wrong with a component that was started at `since` (Unix time).

    None where nothing is, or where the database is what does not answer.
    """
    try:
        with connect(state) as database:
            return LOOKS[component](database, Limits(unparsed=unread_for(since, time.time())))
    except psycopg.OperationalError:
        return None


def unread_for(since: float, now: float) -> float:
    """Return for how many seconds DAG files may be unread: not since a plan or the process is new, for a while."""
    age = now - max(since, *map(_changed, (plans_folder(), directory_folder())))
    return min(Limits.unparsed, age) if age > _READ_WITHIN else math.inf


def _changed(folder: Path) -> float:
    """Return when a folder's files were last changed or put there (Unix time); a copied file's own time is older."""
    return max((state[1] / 1e9 for file in yaml_files(folder) if (state := state_of(file))), default=0.0)


def look_from_afar(address: str) -> dict[str, str]:
    """Return what is wrong, by component, as the database at SQLAlchemy's address tells; itself among them."""
    try:
        with psycopg.connect(address.replace("+psycopg2", ""), connect_timeout=10, autocommit=True) as database:
            found = {name: at(database, AFAR) for name, at in LOOKS.items()}
    except psycopg.OperationalError as error:
        return {"postgres": f"không trả lời ({' '.join(str(error).split())})"}
    return {name: trouble for name, trouble in found.items() if trouble}


def _scheduler(database: Database, limits: Limits) -> str | None:
    """Look for the scheduler's heartbeat, and for tasks that should have started and did not."""
    words = "có bước xếp hàng {} giây mà không tiến trình nào nhận"
    return _silent(database, "SchedulerJob", limits) or _late(
        database, _WAITING, limits.unstarted, words, limits.at_once, limits.unstarted
    )


def _triggerer(database: Database, limits: Limits) -> str | None:
    """Look for the triggerer's heartbeat (it stops when its triggers do), and for triggers that nobody took over."""
    words = "có bước chờ {} giây mà không ai trông"
    return _silent(database, "TriggererJob", limits) or _late(database, _UNWATCHED, limits.unstarted, words)


def _dag_processor(database: Database, limits: Limits) -> str | None:
    """Look for the DAG processor's heartbeat, and for the last DAG that it read."""
    words = "{} giây rồi không đọc tệp DAG nào"
    return _silent(database, "DagProcessorJob", limits) or _late(database, _PARSED, limits.unparsed, words)


def _silent(database: Database, job: str, limits: Limits) -> str | None:
    return _late(database, _HEARTBEAT, limits.silent, "không có nhịp tim đã {} giây", job)


def _late(database: Database, question: LiteralString, limit: float, words: str, *arguments: object) -> str | None:
    row = database.execute(question, arguments).fetchone()
    seconds = None if row is None or row[0] is None else float(str(row[0]))
    return words.format(round(seconds)) if seconds is not None and seconds > limit else None


LOOKS: Mapping[str, Callable[[Database, Limits], str | None]] = {
    "scheduler": _scheduler,
    "triggerer": _triggerer,
    "dag_processor": _dag_processor,
}
