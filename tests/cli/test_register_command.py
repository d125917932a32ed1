"""`soket register show`, whatever there is to show."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import Desk
from record.builders import drop, submit
from soket.cli import register as command
from soket.cli import session
from soket.cli.main import app
from soket.plan.model import Duty, Plan
from soket.record.keeping import read_register
from soket.record.records import Ruling
from soket.record.register import Standing
from soket.record.words import STANDINGS


@pytest.mark.parametrize("standing", Standing)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_standing_is_shown(
    workspace: Desk, plan: Plan, monkeypatch: pytest.MonkeyPatch, standing: Standing, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(plan.units))
    if standing in set(Ruling):
        submit(workspace(), unit.code, ruling=Ruling(standing))
    register = read_register(workspace())
    entry = register.units[unit.code].model_copy(update={"standing": standing})
    shown = register.model_copy(update={"units": {unit.code: entry}})
    monkeypatch.setattr(session, "workspace", lambda *_: workspace())
    monkeypatch.setattr(command, "read_register", lambda *_, **__: shown)
    monkeypatch.setenv("COLUMNS", "300")
    for verb in ("show", "rebuild"):
        done = CliRunner().invoke(app, ["register", verb], catch_exceptions=False)
        (line,) = [line for line in done.stdout.splitlines() if unit.name in line]
        assert STANDINGS[standing].about("sơ kết").phrase in line
        assert "hết ngày" in line
        assert unit.code in line
    told = json.loads(CliRunner().invoke(app, ["register", "show", "--json"]).stdout)
    assert told["units"][unit.code]["standing"] == standing


@pytest.mark.parametrize(
    ("dropped", "words"),
    [
        ("2021-11-04 16:00", "đã gửi, đang kiểm tra"),
        ("2021-11-08 16:00", "đã gửi, đang kiểm tra (gửi muộn)"),
        (None, "chưa gửi (quá hạn)"),
    ],
)
def test_how_long_we_check_makes_nobody_late(
    workspace: Desk, plan: Plan, monkeypatch: pytest.MonkeyPatch, dropped: str | None, words: str
) -> None:
    unit = next(each for each in plan.units if each.owes is Duty.REPORT)
    if dropped:
        drop(workspace(dropped), unit.code)
    workspace("2021-11-09 08:00")
    monkeypatch.setattr(session, "workspace", lambda *_: workspace())
    monkeypatch.setenv("COLUMNS", "300")
    shown = CliRunner().invoke(app, ["register", "show"], catch_exceptions=False).stdout
    (line,) = [line for line in shown.splitlines() if unit.name in line]
    assert words in [cell.strip() for cell in line.split("│")]
