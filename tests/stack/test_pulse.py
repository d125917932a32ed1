"""What Airflow's database tells of its components; `e2e/test_broken.py` asks the real one."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from soket.stack.credentials import Credentials
from soket.stack.postgres import ROLE, connect
from soket.stack.pulse import LOOKS, READ_AGAIN, Database, Limits, look_from_afar, unread_for
from soket.stack.state import State

pytestmark = pytest.mark.integration

# As much of Airflow's tables as is asked for.
TABLES = """
    CREATE TABLE job (job_type text, latest_heartbeat timestamptz);
    CREATE TABLE dag (dag_id text, is_paused bool, is_stale bool, last_parsed_time timestamptz);
    CREATE TABLE task_instance (dag_id text, state text, queued_dttm timestamptz, scheduled_dttm timestamptz, pool text DEFAULT 'default_pool');
    CREATE TABLE slot_pool (pool text, slots int);
    INSERT INTO slot_pool VALUES ('default_pool', 128), ('giai_doan', 5);
    CREATE TABLE trigger (triggerer_id int, created_date timestamptz);
    INSERT INTO job SELECT job, now() - interval '3 s' FROM unnest(ARRAY['SchedulerJob', 'TriggererJob', 'DagProcessorJob']) job;
    INSERT INTO job VALUES ('SchedulerJob', now() - interval '1 day');
    INSERT INTO dag VALUES ('live', false, false, now() - interval '100 s'), ('paused', true, false, now()), ('gone', false, true, now());
"""  # noqa: E501


@pytest.fixture
def database(servers: State) -> Iterator[Database]:
    with connect(servers, "postgres") as server:
        server.execute("CREATE DATABASE pulse")
        try:
            with connect(servers, "pulse") as inside:
                inside.execute(TABLES)
                yield inside
        finally:
            server.execute("DROP DATABASE pulse WITH (FORCE)")


def troubles(database: Database) -> dict[str, str]:
    found = {name: at(database, Limits()) for name, at in LOOKS.items()}
    return {name: trouble for name, trouble in found.items() if trouble}


def test_where_all_is_well_nothing_is_said(database: Database) -> None:
    database.execute("INSERT INTO task_instance VALUES ('live', 'queued', now() - interval '5 s', NULL)")
    database.execute("INSERT INTO task_instance VALUES ('live', 'success', now() - interval '1 h', NULL)")
    assert troubles(database) == {}


@pytest.mark.parametrize(
    ("harm", "component", "words"),
    [
        ("UPDATE job SET latest_heartbeat = now() - interval '70 s'", "scheduler", "không có nhịp tim đã 70 giây"),
        ("UPDATE job SET latest_heartbeat = now() - interval '70 s'", "triggerer", "không có nhịp tim"),
        ("UPDATE job SET latest_heartbeat = now() - interval '70 s'", "dag_processor", "không có nhịp tim"),
        (
            "INSERT INTO task_instance VALUES ('live', 'queued', now() - interval '60 s', now() - interval '90 s')",
            "scheduler",
            "có bước xếp hàng 60 giây",
        ),
        (
            "INSERT INTO task_instance VALUES ('live', 'scheduled', NULL, now() - interval '60 s')",
            "scheduler",
            "có bước xếp hàng 60 giây",
        ),
        (  # the pool of stages is full, and intake has workers left
            (
                "INSERT INTO task_instance VALUES ('live', 'scheduled', NULL, now() - interval '60 s');"
                "INSERT INTO task_instance SELECT 'live', 'running', NULL, now(), 'giai_doan' FROM generate_series(1,5)"
            ),
            "scheduler",
            "có bước xếp hàng 60 giây",
        ),
        (  # others of its pool were handed out, but that is long ago; those of another pool do not count
            (
                "INSERT INTO task_instance VALUES ('live', 'scheduled', now() - interval '1h', now() - interval '1m');"
                "INSERT INTO task_instance VALUES ('live', 'success', now() - interval '50 s', now());"
                "INSERT INTO task_instance VALUES ('live', 'success', now() - interval '1 s', now(), 'giai_doan')"
            ),
            "scheduler",
            "có bước xếp hàng 60 giây",
        ),
        (  # nobody made the pool
            "INSERT INTO task_instance VALUES ('live', 'scheduled', NULL, now() - interval '60 s', 'none')",
            "scheduler",
            "có bước xếp hàng 60 giây",
        ),
        ("INSERT INTO trigger VALUES (NULL, now() - interval '60 s')", "triggerer", "có bước chờ 60 giây"),
        ("UPDATE dag SET last_parsed_time = now() - interval '80 min'", "dag_processor", "4800 giây rồi"),
    ],
)
def test_what_should_have_happened_and_did_not_is_said(
    database: Database, harm: str, component: str, words: str
) -> None:
    database.execute(harm)  # type: ignore[arg-type]
    assert troubles(database)[component].startswith(words)


@pytest.mark.parametrize(
    "calm",
    [
        "INSERT INTO task_instance VALUES ('paused', 'scheduled', NULL, now() - interval '1 h')",
        "INSERT INTO task_instance VALUES ('gone', 'scheduled', NULL, now() - interval '1 h')",
        (
            "INSERT INTO task_instance VALUES ('live', 'scheduled', NULL, now() - interval '1 h');"
            "INSERT INTO task_instance SELECT 'live', 'running', now(), now() FROM generate_series(1, 8)"
        ),
        (
            "INSERT INTO task_instance VALUES ('live', 'scheduled', NULL, now() - interval '1 h', 'giai_doan');"
            "INSERT INTO task_instance SELECT 'live', 'running', now(), now(), 'giai_doan' FROM generate_series(1, 5)"
        ),
        # Deferred for an hour, it has just come back.
        "INSERT INTO task_instance VALUES ('live', 'scheduled', now() - interval '1 h', now() - interval '1 s')",
        (  # the next of a long queue was handed out a moment ago
            "INSERT INTO task_instance VALUES ('live', 'scheduled', NULL, now() - interval '1 h');"
            "INSERT INTO task_instance VALUES ('live', 'success', now() - interval '5 s', now() - interval '1 h')"
        ),
        "INSERT INTO trigger VALUES (1, now() - interval '1 day')",
        "DELETE FROM dag",
        "DELETE FROM job",  # nothing was ever started
    ],
)
def test_what_waits_rightly_is_no_trouble(database: Database, calm: str) -> None:
    database.execute(calm)  # type: ignore[arg-type]
    assert troubles(database) == {}


def test_dag_files_are_to_be_read_soon_after_a_plan_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOKET_PLANS", str(tmp_path))
    monkeypatch.setenv("SOKET_DIRECTORY", str(tmp_path / "none"))
    (file := tmp_path / "plan.yaml").write_text("id: plan\n", encoding="utf-8")
    os.utime(file, (0, 0))  # as a copy keeps it
    changed = file.stat().st_ctime
    assert unread_for(changed - 9000, changed + 200) == math.inf
    assert unread_for(changed - 9000, changed + 400) == pytest.approx(400)
    assert unread_for(changed + 300, changed + 400) == math.inf  # the process is new
    assert unread_for(changed - 9000, changed + 90_000) == READ_AGAIN * 2.5


@pytest.fixture
def address(servers: State) -> Callable[[int], str]:
    password = quote(Credentials.load(servers).postgres, safe="")
    return lambda port: f"postgresql+psycopg2://{ROLE}:{password}@127.0.0.1:{port}/pulse"


def test_from_afar_the_database_is_looked_at_too(
    servers: State, database: Database, address: Callable[[int], str]
) -> None:
    assert look_from_afar(address(servers.ports["postgres"])) == {}
    database.execute("UPDATE job SET latest_heartbeat = now() - interval '70 s' WHERE job_type = 'TriggererJob'")
    assert set(look_from_afar(address(servers.ports["postgres"]))) == {"triggerer"}
    assert set(look_from_afar(address(1))) == {"postgres"}
