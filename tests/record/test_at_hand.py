"""DAGs are made of what campaigns go by, not of a file whose change is refused or not yet looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from soket.plan.model import Plan
from soket.record.at_hand import EDITIONS_VARIABLE, as_on_record
from soket.stages.changing import follow
from stages.running import Edit, Running, dates


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Running:
    monkeypatch.setenv(EDITIONS_VARIABLE, str(tmp_path / "editions"))
    running = Running()
    running.open()
    running.look("2021-10-18 09:00")
    return running


def of_dags(running: Running) -> Plan:
    return as_on_record(Plan.model_validate(running.data), running.now)


def moved(stage: str, opens: date) -> Edit:
    return lambda data: dates(data, stage).update(opens=opens)


def test_a_file_that_says_the_same_is_taken_as_it_is(running: Running) -> None:
    filed = Plan.model_validate(running.data)
    assert as_on_record(filed, running.now) is filed


def test_dates_wait_until_they_are_on_record(running: Running) -> None:
    running.edit(moved("ubnd_draft", date(2021, 11, 8)))
    assert of_dags(running).campaigns[0].stages["ubnd_draft"].opens == date(2021, 11, 5)
    follow(running("2021-10-20 09:00"))
    assert of_dags(running).campaigns[0].stages["ubnd_draft"].opens == date(2021, 11, 8)


def test_what_is_refused_reaches_no_dag_and_stages_with_it_stay(running: Running) -> None:
    running.edit(moved("unit_reports", date(2021, 10, 25)))  # it opened on the 18th
    running.edit(moved("ubnd_draft", date(2021, 11, 8)))
    running.edit(lambda data: data["stages"][1].update(owner="van_phong"))
    running.edit(lambda data: data["campaigns"][0]["stages"].pop("communications"))
    follow(running("2021-10-20 09:00"))
    plan = of_dags(running)
    assert plan.campaigns[0].stages["ubnd_draft"].opens == date(2021, 11, 5)
    assert "communications" in plan.campaigns[0].stages
    assert plan.stage("ubnd_draft").owner == "tuyen_giao"
    assert plan.stage("conference").after == ("vptu_appraisal",)
    assert plan.campaigns[1] == Plan.model_validate(running.data).campaigns[1]


def test_only_the_last_edition_is_kept_and_only_while_the_campaign_is_open(running: Running, tmp_path: Path) -> None:
    running.edit(moved("ubnd_draft", date(2021, 11, 8)))
    follow(running("2021-10-20 09:00"))
    (kept,) = (tmp_path / "editions").rglob("*.json")
    assert kept.name.startswith("0002-")
    running.edit(moved("ubnd_draft", date(2021, 11, 9)))
    assert as_on_record(Plan.model_validate(running.data), running("2022-01-10 09:00").now).campaigns[0].stages[
        "ubnd_draft"
    ].opens == date(2021, 11, 9)


def test_what_cannot_be_read_is_left_to_the_file(running: Running, tmp_path: Path) -> None:
    (kept,) = (tmp_path / "editions").rglob("*.json")
    kept.write_text("{}")
    running.edit(moved("ubnd_draft", date(2021, 11, 8)))
    assert of_dags(running).campaigns[0].stages["ubnd_draft"].opens == date(2021, 11, 8)
