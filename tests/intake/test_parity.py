"""The page's check before sending, the command line and intake say the same of the same files.

A case in eight of the corpus that is made by code, a set in eight of the field's; all of them by `make parity`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest

from conftest import Desk
from intake.cases import Case, all_cases
from intake.folders import CAMPAIGN, FIELD, PLAN, Folder, folders
from intake.turns import IN_TIME, PlainValidator, judged
from soket.cli import report
from soket.page.bench import Bench
from soket.page.trial import try_out
from soket.plan.loader import load_all
from soket.plan.model import Duty
from soket.record.keeping import read_register
from soket.record.records import Verdict

CASES = dict(all_cases())
EVERY = int(os.environ.get("PARITY_EVERY", "8"))
SOME = dict(list(CASES.items())[::EVERY])
SETS = list(folders(FIELD))[::EVERY]


def told(verdict: Verdict) -> tuple[object, ...]:
    return verdict.ruling, verdict.kind, verdict.faults


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("case", SOME.values(), ids=SOME)
def test_page_command_line_and_intake_give_one_verdict(desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.page.bench.Validator", PlainValidator)
    monkeypatch.setattr("soket.cli.report.Validator", PlainValidator)
    case.given(desk)
    one_verdict(desk, case.unit, case.files())


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("each", SETS, ids=[each.name for each in SETS])
def test_so_they_do_of_what_the_field_sends(each: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.page.bench.Validator", PlainValidator)
    monkeypatch.setattr("soket.cli.report.Validator", PlainValidator)
    plan = next(plan for plan in load_all()[0] if plan.id == PLAN)
    unit = next(unit for unit in plan.units if unit.owes is Duty.REPORT and plan.form_of(unit) is not None)
    one_verdict(Desk(plan, plan.campaign(str(CAMPAIGN))), unit.code, each.files())


def one_verdict(desk: Desk, unit: str, sent: Mapping[str, bytes]) -> None:
    """Hold the three against each other."""
    alone = not desk.store.objects  # the command line knows no bucket
    files = dict(sent)
    _, tried = try_out(desk(IN_TIME), read_register(desk(), keep=False), unit, files, Bench())
    received = judged(desk, unit, files)
    assert told(tried) == told(received)
    if alone:
        offline = report.judge_offline(desk.plan, desk.campaign, desk.plan.unit(unit), files).verdict
        assert told(offline) == told(received)
