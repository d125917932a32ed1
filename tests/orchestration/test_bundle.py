"""When Airflow is asked to read the DAG files again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from soket.orchestration import bundle
from soket.orchestration.bundle import PlansBundle


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    found: list[float] = []
    monkeypatch.setattr(PlansBundle, "_ask", lambda _: found.append(bundle.time.monotonic()))
    return found


def refreshed(monkeypatch: pytest.MonkeyPatch, watched: PlansBundle, *moments: float) -> None:
    for moment in moments:
        monkeypatch.setattr(bundle.time, "monotonic", lambda moment=moment: moment)
        watched.refresh()


@pytest.mark.parametrize("what", ["plan", "new plan", "plan gone", "directory", "edition"])
def test_a_change_is_asked_for_at_once_and_once_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: list[float], what: str
) -> None:
    folders = {"SOKET_PLANS": "plans", "SOKET_DIRECTORY": "directory", "SOKET_EDITIONS": "editions"}
    for variable, name in folders.items():
        (tmp_path / name).mkdir()
        monkeypatch.setenv(variable, str(tmp_path / name))
    files = {name: tmp_path / name / "a.yaml" for name in ("plans", "directory")}
    for file in files.values():
        file.write_text("id: a", encoding="utf-8")
    watched = PlansBundle(name="dags-folder", path=str(tmp_path))
    refreshed(monkeypatch, watched, 0, 15, 30)
    assert not asked
    match what:
        case "plan":
            os.utime(files["plans"], (1, 1))
        case "new plan":
            (tmp_path / "plans" / "b.yaml").write_text("id: b", encoding="utf-8")
        case "plan gone":
            files["plans"].unlink()
        case "directory":
            os.utime(files["directory"], (1, 1))
        case "edition":
            kept = tmp_path / "editions" / "a" / "2021"
            kept.mkdir(parents=True)
            (kept / "0002-abc.json").write_text("{}", encoding="utf-8")
    refreshed(monkeypatch, watched, 45, 60, 75, 135, 150, 600)
    assert asked == [45, 135]


def test_changes_that_follow_each_other_are_asked_for_together(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: list[float]
) -> None:
    monkeypatch.setenv("SOKET_PLANS", str(tmp_path))
    watched = PlansBundle(name="dags-folder", path=str(tmp_path))
    refreshed(monkeypatch, watched, 0)
    for moment in range(15, 316, 15):  # a first morning of twenty plans
        (tmp_path / f"plan_{moment}.yaml").write_text("id: a", encoding="utf-8")
        refreshed(monkeypatch, watched, moment)
    refreshed(monkeypatch, watched, *range(330, 1200, 15))
    assert asked == [15, 105, 195, 285, 375, 465]
