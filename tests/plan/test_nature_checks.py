"""What indicators are by nature: what holds where a plan does not say, and what campaigns leave out."""

from __future__ import annotations

from typing import Any

import pytest

from soket.plan.model import Indicator, Target
from soket.plan.nature_checks import check_estimates, check_weights


def form(**rate: object) -> dict[str, Any]:
    rooms = {"code": "CT01", "name": "Buồng", "unit_of_measure": "buồng"}
    use = {"code": "CT02", "name": "Công suất", "unit_of_measure": "%", "weight_by": "CT01", **rate}
    return {"code": "bieu", "years": [2029, "quý I/2030"], "indicators": [rooms, use]}


def plan(own: dict[str, Any]) -> dict[str, Any]:
    return {"forms": [form()], "campaigns": [{"own": {"forms": {"bieu": own}}}]}


@pytest.mark.parametrize(
    ("measure", "nature", "aggregate"), [("lượt", "stock", "sum"), ("%", "share", "mean"), ("‰", "share", "mean")]
)
def test_a_plan_that_says_nothing_adds_up_what_adds_up(measure: str, nature: str, aggregate: str) -> None:
    made = Indicator(code="CT01", name="Chỉ tiêu", unit_of_measure=measure)
    assert (made.nature, made.aggregate, made.weight_by) == (nature, aggregate, None)


def test_plans_that_call_the_total_the_provinces_still_load() -> None:
    assert Target.model_validate({"year": 2030, "value": 5, "scope": "province"}).scope == "total"


def test_a_campaign_asks_for_the_weight_of_what_it_asks_for() -> None:
    assert [each.path for each in check_weights(plan({"without": ["CT01"]}))] == [
        ("campaigns", 0, "own", "forms", "bieu", "without", 0)
    ]
    assert list(check_weights(plan({"without": ["CT01", "CT02"]}))) == []


def test_a_campaign_estimates_a_period_that_it_asks_for() -> None:
    data = plan({"years": ["quý II/2030"]})
    data["campaigns"][0]["own"]["estimated_years"] = ["quý II/2030", "quý I/2030"]
    assert [each.path[-1] for each in check_estimates(data)] == [1]
    data["estimated_years"] = ["2029", "quý II/2030", 2031]
    assert next(each.path for each in check_estimates(data)) == ("estimated_years", 2)
