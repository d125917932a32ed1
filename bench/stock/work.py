"""The work as the stock DAG is told it: whose table to wait for, and what Great Expectations is to expect of it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.plans import CAMPAIGN
from soket.intake.form_rules import FormRule, rules_of
from soket.plan.model import IndicatorForm, OrderRule, Plan, RangeRule, SumRule, TargetRule, YearlyJumpRule
from soket.store.keys import Keys

TABLE = "so-lieu.xlsx"

# A row blank in every year: nothing else is as strict as one year of them all.
_ANY = 0.01


def write_work(plan: Plan, codes: Mapping[str, Collection[str]], bucket: str, path: Path) -> None:
    """Write down what the DAG file reads: each DAG's units with the keys of their tables, and each form's suite."""
    forms = {form.code: {"years": form.years, "suite": suite_of(form)} for form in plan.forms}
    dags = {dag: _units(plan, own) for dag, own in codes.items()}
    path.write_text(json.dumps({"bucket": bucket, "dags": dags, "forms": forms}, ensure_ascii=False), encoding="utf-8")


def _units(plan: Plan, codes: Collection[str]) -> list[dict[str, str | None]]:
    keys = Keys(plan.id, CAMPAIGN)
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "email": unit.contact.email,
            "key": keys.inbox_folder(unit.code) + TABLE,
            "form": form.code,
        }
        for unit in plan.units
        if unit.code in codes and (form := plan.form_of(unit)) is not None
    ]


def suite_of(form: IndicatorForm) -> list[dict[str, Any]]:
    """Return a form's rules as Great Expectations keeps a suite, without those that ask for other reports."""
    return [
        {
            "type": kind,
            "kwargs": kwargs,
            "meta": {"code": rule.code, "severity": rule.severity.value, "about": rule.about},
        }
        for rule in rules_of(form)
        if not rule.trial
        for kind, kwargs in _expected(rule)
    ]


def _expected(rule: FormRule) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a rule as an expectation of a frame with a row a year and a column an indicator."""
    code = rule.indicator.code if rule.indicator else ""
    match rule.rule:
        case "blank_row":
            yield "expect_column_values_to_not_be_null", {"column": code, "mostly": _ANY}
        case "blank":
            yield "expect_column_values_to_not_be_null", {"column": code}
        case "integer":
            yield "expect_column_values_to_be_whole", {"column": code}
        case RangeRule(min=low, max=high):
            yield "expect_column_values_to_be_between", {"column": code, "min_value": low, "max_value": high}
        case TargetRule():
            assert rule.indicator is not None  # noqa: S101 - an indicator's rule
            assert rule.indicator.target is not None  # noqa: S101 - the plan's check refuses it without one
            goal = rule.indicator.target.value
            yield "expect_column_values_to_be_between", {"column": f"{code} last", "min_value": goal}
        case YearlyJumpRule(factor=factor):
            pair = {"column_A": code, "column_B": f"{code} before"}
            yield "expect_column_pair_ratio_to_be_within", {**pair, "factor": factor}
        case OrderRule(larger=larger, smaller=smaller):
            yield (
                "expect_column_pair_values_a_to_be_greater_than_b",
                {
                    "column_A": larger,
                    "column_B": smaller,
                    "or_equal": True,
                    "ignore_row_if": "either_value_is_missing",
                },
            )
        case SumRule(total=total, parts=parts, tolerance=tolerance):
            columns = [total, *parts]
            yield "expect_total_to_equal_its_parts", {"column_list": columns, "tolerance": tolerance}
