"""The page's check before sending, the command line and intake say the same of the same files.

A case in twenty of the corpus; all of them by `make parity`.
"""

from __future__ import annotations

import os

import pytest

from conftest import Desk
from intake.cases import Case, all_cases
from intake.turns import IN_TIME, PlainValidator, judged
from soket.cli import report
from soket.page.bench import Bench
from soket.page.trial import try_out
from soket.record.keeping import read_register
from soket.record.records import Verdict

CASES = dict(all_cases())
EVERY = int(os.environ.get("PARITY_EVERY", "20"))
SOME = dict(list(CASES.items())[::EVERY])


def told(verdict: Verdict) -> tuple[object, ...]:
    return verdict.ruling, verdict.kind, verdict.faults


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("case", SOME.values(), ids=SOME)
def test_page_command_line_and_intake_give_one_verdict(desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("soket.page.bench.Validator", PlainValidator)
    monkeypatch.setattr("soket.cli.report.Validator", PlainValidator)
    case.given(desk)
    alone = not desk.store.objects  # the command line knows no bucket
    files = dict(case.files())
    _, tried = try_out(desk(IN_TIME), read_register(desk(), keep=False), case.unit, files, Bench())
    received = judged(desk, case.unit, files)
    assert told(tried) == told(received)
    if alone:
        offline = report.judge_offline(desk.plan, desk.campaign, desk.plan.unit(case.unit), files).verdict
        assert told(offline) == told(received)
