"""What a look counts of the disk."""

from __future__ import annotations

from pathlib import Path

from soak import sampler
from soket.stack.state import State


def test_a_log_that_was_set_apart_is_a_part_of_the_one_that_goes_on(tmp_path: Path) -> None:
    state = State.locate(tmp_path / "state")
    state.create()
    for name in ("api-server.log", "api-server.log.1", "page.log"):
        (state.logs / name).write_bytes(b"x" * 2**20)
    (state.airflow / "logs" / "dag_id=a").mkdir(parents=True)
    (state.airflow / "logs" / "dag_id=a" / "attempt=1.log").write_bytes(b"x" * 2**20)
    found = {name: round(size) for name, size in sampler._disk(state).items() if size >= 0.5}
    assert found == {"disk.logs.api-server": 2, "disk.logs.page": 1, "disk.airflow.logs": 1}
