from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path

import pytest
from airflow.sdk import DAG

from conftest import REPOSITORY

Dags = dict[str, DAG]


def read_dags() -> Dags:
    """Return the DAGs of the DAG file, read as Airflow reads it."""
    found = runpy.run_path(str(REPOSITORY / "dags" / "review_plans.py"))
    return {thing.dag_id: thing for thing in found.values() if isinstance(thing, DAG)}


@pytest.fixture(scope="session")
def dags() -> Dags:
    """Every DAG of the repository's own plans, read today: all campaigns are over."""
    return read_dags()


@pytest.fixture
def dags_at(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Dags]:
    """Give the DAGs as they are at a campaign moment, or of another folder of plans."""

    def read(clock: str = "wall", plans: Path | None = None) -> Dags:
        monkeypatch.setenv("SOKET_CLOCK", clock)
        if plans:
            monkeypatch.setenv("SOKET_PLANS", str(plans))
        return read_dags()

    return read
