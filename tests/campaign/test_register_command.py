"""`soket register show`, whatever there is to show."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from conftest import Desk
from soket.campaign.reading import read_register
from soket.campaign.register import Standing
from soket.cli import register as command
from soket.cli import session
from soket.cli.main import app
from soket.notices.wording import STANDINGS
from soket.plan.model import Plan


@pytest.mark.parametrize("standing", Standing)
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(late=st.booleans(), data=st.data())
def test_every_standing_is_shown(
    workspace: Desk, plan: Plan, monkeypatch: pytest.MonkeyPatch, standing: Standing, late: bool, data: st.DataObject
) -> None:
    register = read_register(workspace())
    unit = data.draw(st.sampled_from(plan.units))
    entry = register.units[unit.code].model_copy(update={"standing": standing, "late": late})
    shown = register.model_copy(update={"units": {unit.code: entry}})
    monkeypatch.setattr(session, "workspace", lambda *_: workspace())
    monkeypatch.setattr(command, "read_register", lambda *_, **__: shown)
    monkeypatch.setenv("COLUMNS", "300")
    for verb in ("show", "rebuild"):
        done = CliRunner().invoke(app, ["register", verb], catch_exceptions=False)
        (line,) = [line for line in done.stdout.splitlines() if unit.name in line]
        assert STANDINGS[standing] in line
        assert late == ("gửi muộn" in line or "quá hạn" in line)
        assert "hết ngày" in line
    told = json.loads(CliRunner().invoke(app, ["register", "show", "--json"]).stdout)
    assert told["units"][unit.code]["standing"] == standing
