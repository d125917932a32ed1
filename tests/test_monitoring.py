"""Alert rules and dashboard: each expression is PromQL, and asks for what soket measures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import promql_parser
import pytest
import yaml

from conftest import REPOSITORY
from soket.notices.measures import Measures

FOLDER = REPOSITORY / "docker" / "monitoring"
RULES: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((FOLDER / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
DASHBOARD: dict[str, Any] = json.loads((FOLDER / "dashboard.json").read_text(encoding="utf-8"))
MEASURED = {family.name: family for family in Measures().collect()}


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in RULES)
    for panel in DASHBOARD["panels"]:
        yield from (target["expr"] for target in panel["targets"])


@pytest.mark.parametrize("expression", sorted(set(expressions())))
def test_an_expression_asks_for_what_is_measured(expression: str) -> None:
    promql_parser.parse(expression)  # raises ValueError where it is none
    asked = set(re.findall(r"soket_\w+", expression))
    assert asked
    assert asked <= set(MEASURED)


def test_labels_are_those_of_the_measures() -> None:
    for expression in expressions():
        for metric, selectors in re.findall(r"(soket_\w+)\{([^}]*)\}", expression):
            assert set(re.findall(r"(\w+)\s*=", selectors)) <= set(MEASURED[metric]._labelnames)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_what_is_wrong_and_what_to_do(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in {"warning", "critical"}
    assert set(rule["annotations"]) == {"summary", "description"}
    named = set(re.findall(r"\$labels\.(\w+)", " ".join(rule["annotations"].values())))
    metric = re.findall(r"soket_\w+", rule["expr"])[0]
    assert named <= set(MEASURED[metric]._labelnames)
    runbook = (REPOSITORY / "docs" / "runbook.md").read_text(encoding="utf-8")
    assert f"`{rule['alert']}`" in runbook, "the runbook says what to do"


def test_every_measure_is_shown_or_woken_for() -> None:
    assert {name for expression in expressions() for name in re.findall(r"soket_\w+", expression)} == set(MEASURED)


def test_panels_have_numbers_of_their_own_and_do_not_overlap() -> None:
    panels = DASHBOARD["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    cells = [
        (x, y)
        for at in (panel["gridPos"] for panel in panels)
        for x in range(at["x"], at["x"] + at["w"])
        for y in range(at["y"], at["y"] + at["h"])
    ]
    assert len(set(cells)) == len(cells)
    assert max(x for x, _ in cells) < 24
