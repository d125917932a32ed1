"""The DAGs of a campaign that is still to come, rehearsed today: what Airflow asks before it starts a run's steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from airflow.sdk import DAG
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables.base import DagRunInfo, TimeRestriction

from conftest import REPOSITORY
from soket.clock import Pace, ReplayClock
from soket.orchestration.timetables import moment_of

Dags = dict[str, DAG]
SMALL = REPOSITORY / "tests" / "plan" / "small.yaml"


def first_run(dag: DAG) -> DagRunInfo | None:
    """Return the first run of a DAG as the scheduler has it, which starts no run of before the DAG's start."""
    kept: Any = DagSerialization.from_dict(DagSerialization.to_dict(dag))
    timetable = getattr(kept.timetable, "timetable", kept.timetable)
    info: DagRunInfo | None = timetable.next_dagrun_info(
        last_automated_data_interval=None, restriction=TimeRestriction(dag.start_date, None, False)
    )
    return info


@pytest.mark.parametrize("year", [2021, 2093], ids=["over", "to come"])
def test_every_dag_has_a_first_run_that_airflow_starts(dags_at: Callable[..., Dags], tmp_path: Path, year: int) -> None:
    text = SMALL.read_text(encoding="utf-8").partition('  - code: "2023"')[0]
    (tmp_path / "small.yaml").write_text(text.replace("2021-", f"{year}-"), encoding="utf-8")
    clock = ReplayClock.starting(datetime.now(UTC) + timedelta(seconds=5), Pace.parse(f"{year}-10-15 4, {year}-12-10"))
    built = dags_at(clock=clock.to_env(), plans=tmp_path)
    timed = {name: run for name, dag in built.items() if (run := first_run(dag))}
    assert set(built) - set(timed) == {"small.actions"}
    for name, run in timed.items():
        # Airflow makes no step of a run of before the DAG's start, nor of one whose date is still to come.
        assert built[name].start_date <= run.data_interval.start <= run.run_after, name  # type: ignore[operator]
        due = moment_of(clock, run.data_interval.start)
        assert abs(clock.real_time(due) - run.run_after) < timedelta(seconds=1), name
        assert due.year == year, name
