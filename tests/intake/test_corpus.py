from __future__ import annotations

import pytest

from conftest import Desk
from intake.cases import Case, all_cases
from intake.turns import codes, judged

CASES = dict(all_cases())


@pytest.mark.usefixtures("inline")
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_what_units_send_gets_its_verdict(desk: Desk, case: Case) -> None:
    case.given(desk)
    verdict = judged(desk, case.unit, dict(case.files()))
    assert (verdict.ruling, sorted(codes(verdict))) == (case.ruling, sorted(case.codes))
