"""What the demonstration's units send gets the verdicts that its script tells of, judged file by file, in turns."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

import pytest

from conftest import REPOSITORY, Desk
from demo.samples.sending import files_of
from demo.scenario import load
from intake.turns import InlineReaders, turn
from intake.turns import drop as put
from soket.plan.model import Campaign, Plan
from soket.record.keeping import read_register

SCRIPT = REPOSITORY / "samples" / "nq06_du_lich" / "scenario.yaml"


def test_every_unit_ends_as_its_story_says(plan: Plan, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.intake.contents.ReaderPool", InlineReaders)
    scenario = load(SCRIPT)
    desk = Desk(plan, campaign)
    for _, drops in groupby(scenario.drops(plan), key=lambda each: each.at.date()):
        for each in drops:
            put(desk, each.owner, files_of(plan, each, scenario.seed), each.at)
        turn(desk(desk.now + timedelta(hours=1)))
    units = read_register(desk()).units
    assert {unit: entry.standing for unit, entry in units.items()} == scenario.expected(plan)
    told = {(unit, fault.code) for unit, entry in units.items() for each in entry.verdicts for fault in each.faults}
    # The peers of a plausible world are alike; only the figure that is steep on purpose is far from theirs.
    assert {unit for unit, code in told if code.startswith("PB-")} == {"h_cam_xuyen"}
    # What the script spoils is what is found in the words: one section left out, and no report like another's.
    assert {pair for pair in told if pair[1][:2] in ("DC", "GN")} == {("h_huong_khe", "DC-01")}
