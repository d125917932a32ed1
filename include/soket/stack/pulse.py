"""Whether Airflow's components do what they are there for, told by what they leave in its database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import LiteralString

import psycopg

from soket.stack.postgres import connect
from soket.stack.state import State

PARALLELISM = 8  # tasks at once on one machine

WORKER_KILLED = 3  # the scheduler's exit code where one of the executor's workers was killed

# Seconds after which something that should have happened counts as missing. Heartbeats come every five; a task that is
# queued has a free worker, and starts within two; files are parsed again every two minutes.
_SILENT = 45
_UNSTARTED = 45
_UNPARSED = 420

_HEARTBEAT = """
    SELECT extract(epoch FROM now() - max(latest_heartbeat)) FROM job WHERE job_type = %s AND state = 'running'
"""

# What is queued is in the executor's hands. What is scheduled waits rightly while as many run as may.
_WAITING = """
    SELECT extract(epoch FROM now() - min(coalesce(queued_dttm, scheduled_dttm)))
    FROM task_instance JOIN dag USING (dag_id)
    WHERE state = 'queued'
       OR state = 'scheduled' AND NOT is_paused AND NOT is_stale
          AND (SELECT count(*) FROM task_instance WHERE state = 'running') < %s
"""

_UNWATCHED = "SELECT extract(epoch FROM now() - min(created_date)) FROM trigger WHERE triggerer_id IS NULL"

_PARSED = "SELECT extract(epoch FROM now() - max(last_parsed_time)) FROM dag WHERE NOT is_stale"

Database = psycopg.Connection[tuple[object, ...]]


def look(state: State, component: str) -> str | None:
    """Return what is wrong with a component; None where nothing is, or where the database is what does not answer."""
    try:
        with connect(state) as database:
            return LOOKS[component](database)
    except psycopg.OperationalError:
        return None


def _scheduler(database: Database) -> str | None:
    """Look for the scheduler's heartbeat, and for tasks that should have started and did not."""
    return _silent(database, "SchedulerJob") or _late(
        database, _WAITING, _UNSTARTED, "có bước xếp hàng {} giây mà không tiến trình nào nhận", PARALLELISM
    )


def _triggerer(database: Database) -> str | None:
    """Look for the triggerer's heartbeat (it stops when its triggers do), and for triggers that nobody took over."""
    return _silent(database, "TriggererJob") or _late(
        database, _UNWATCHED, _UNSTARTED, "có bước chờ {} giây mà không ai trông"
    )


def _dag_processor(database: Database) -> str | None:
    """Look for the DAG processor's heartbeat, and for the last DAG that it read."""
    return _silent(database, "DagProcessorJob") or _late(
        database, _PARSED, _UNPARSED, "{} giây rồi không đọc tệp DAG nào"
    )


def _silent(database: Database, job: str) -> str | None:
    return _late(database, _HEARTBEAT, _SILENT, "không có nhịp tim đã {} giây", job)


def _late(
    database: Database,
    question: LiteralString,
    limit: float,
    words: str,
    *arguments: object,
) -> str | None:
    row = database.execute(question, arguments).fetchone()
    seconds = None if row is None or row[0] is None else float(str(row[0]))
    return words.format(round(seconds)) if seconds is not None and seconds > limit else None


LOOKS: Mapping[str, Callable[[Database], str | None]] = {
    "scheduler": _scheduler,
    "triggerer": _triggerer,
    "dag_processor": _dag_processor,
}
