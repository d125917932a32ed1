"""What units of a soaked plan do: most report in time, some late, some twice, some never."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from bench.plans import CAMPAIGN, write_plan
from demo.scenario import load
from soak.script import script, write_script
from soket.plan import loader
from soket.plan.model import Duty
from soket.record.standing import Standing

OPENS = date(2025, 3, 3)


def test_a_script_is_drawn_for_any_plan_and_can_be_played(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = write_plan(tmp_path / "plans", 60, name="plan_000", opens=OPENS)
    assert plan.campaign(CAMPAIGN).opens == OPENS
    drawn = script(plan, 3)
    reporting = {unit.code for unit in plan.units if unit.owes is Duty.REPORT}
    ends = Counter(end for unit, end in drawn.expected(plan).items() if unit in reporting)
    assert ends == {Standing.ACCEPTED: 54, Standing.NOT_SENT: 3, Standing.RETURNED: 3}
    drops = drawn.drops(plan)
    assert Counter(drop.number for drop in drops if drop.owner in reporting) == {1: 57, 2: 9}
    late = [drop for drop in drops if drop.owner in reporting and drop.at.date() >= OPENS + timedelta(days=18)]
    assert len(late) == 6
    monkeypatch.setenv(loader.ENVIRONMENT_VARIABLE, str(tmp_path / "plans"))
    assert load(write_script(tmp_path / "script", drawn)) == drawn
