"""`soket plan diff`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from syrupy.assertion import SnapshotAssertion
from typer.testing import CliRunner, Result

from conftest import REPOSITORY
from record.builders import drop
from soket import clock
from soket.cli import plan as command
from soket.cli import session
from soket.clock import FrozenClock
from stages.running import NEW, Running, dates, later, unit

SMALL = REPOSITORY / "tests" / "plan" / "small.yaml"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    at = FrozenClock(Running()("2021-10-20 09:00").now)
    monkeypatch.setattr(clock, "from_environment", lambda: at)


@pytest.fixture
def diff(tmp_path: Path) -> Callable[..., Result]:
    """Give the command on the small plan and one that is edited."""

    def run(edit: Callable[[dict[str, Any]], object], *options: str) -> Result:
        data = yaml.safe_load(SMALL.read_text(encoding="utf-8"))
        edit(data)
        file = tmp_path / "new.yaml"
        file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        app = typer.Typer()
        app.add_typer(command.app, name="plan")
        return CliRunner().invoke(app, ["plan", "diff", str(SMALL), str(file), *options])

    return run


def everything(data: dict[str, Any]) -> None:
    later(data)
    dates(data).update(opens=date(2021, 10, 25))
    data["title"] = "Kế hoạch khác"
    data["confidentiality"] = "Tuyệt đối không gửi tài liệu mật."
    data["units"].append(NEW)
    data["units"].remove(unit(data, "bao_ba"))
    data["blocks"].pop()
    unit(data, "h_mot").update(name="Huyện Nhất", contact={"name": "Bà Hai", "email": "ba@mot.example"})
    unit(data, "so_hai").update(code="so_nhi")
    form = data["forms"][0]
    form["indicators"].append({"code": "CT02", "name": "Số mới", "unit_of_measure": "lượt"})
    data["forms"][1]["indicators"][0]["unit_of_measure"] = "cuộc"
    data["stages"][1].update(owner="van_phong")


def test_everything_that_changes_is_told_with_what_happens(
    diff: Callable[..., Result], snapshot: SnapshotAssertion
) -> None:
    result = diff(everything, "--campaign", "2021")
    assert result.exit_code == 1
    assert result.output == snapshot


def test_as_data(diff: Callable[..., Result]) -> None:
    result = diff(later, "--json")
    assert result.exit_code == 0
    told = json.loads(result.output)
    days = {"before": "2021-11-04", "after": "2021-11-08"}  # of the stage itself, and of the units that owe to it
    assert [(each["kind"], each["moved"]) for each in told["2021"]] == [
        ("date", [{"units": [], **days}, {"units": ["h_mot", "so_hai"], **days}])
    ]
    assert told["2023"] == []


def test_what_is_on_record_is_asked_where_the_campaign_runs(
    diff: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    running = Running()
    running.open()
    drop(running("2021-10-19 09:00"), "h_mot")
    monkeypatch.setattr(session, "workspace", lambda *_: running())

    def without(data: dict[str, Any]) -> None:
        data["units"] = [*(each for each in data["units"] if each["code"] != "h_mot"), NEW]

    assert diff(without, "--campaign", "2021").exit_code == 0
    result = diff(without, "--campaign", "2021", "--on-record")
    assert result.exit_code == 1
    assert "Không đổi được: đã nộp tệp" in result.output


def test_another_plan_and_a_campaign_that_is_gone(diff: Callable[..., Result]) -> None:
    other = diff(lambda data: data.update(id="khac"))
    assert other.exit_code == 2
    assert "«small»" in other.output
    gone = diff(lambda data: data["campaigns"].pop(0))
    assert gone.exit_code == 1
    assert "Đợt 2021: không còn trong tệp mới" in gone.output
    assert diff(later, "--campaign", "1999").exit_code == 2
    assert diff(lambda data: data.pop("title")).exit_code == 1
