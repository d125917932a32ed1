"""The checks by plain arithmetic: what Great Expectations finds in a frame, found without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from math import isnan
from operator import add
from typing import Any

from soket.intake.validation import Check, CheckOutcome, Frame

DUST = 1e-6
"""Sums and shares of decimals carry dust in their last digits."""


def outcomes(frame: Frame) -> dict[str, CheckOutcome]:
    """Return what each check finds, by its name: as many rows looked at, and the same broken in the same order."""
    columns = {name: [_number(value) for value in values] for name, values in frame.columns.items()}
    return {check.name: _outcome(check, frame, columns) for check in frame.checks} if frame.rows else {}


def _number(value: float | None) -> float | None:
    """Return a value as Great Expectations has it: of no type but one, and missing where it is no number."""
    number = None if value is None else float(value)
    return None if number is None or isnan(number) else number


def _outcome(check: Check, frame: Frame, columns: Mapping[str, Sequence[float | None]]) -> CheckOutcome:
    looked_at, broken = 0, []
    for row, form, *values in zip(frame.rows, frame.forms, *(columns[name] for name in check.columns), strict=True):
        if check.only not in (None, ("form", form), ("year", row[1])):
            continue
        if None in values and check.expects != "filled":
            continue
        looked_at += 1
        if not _holds(check, values):
            broken.append(row)
    return CheckOutcome(looked_at, tuple(broken))


def _holds(check: Check, values: Sequence[Any]) -> bool:
    """Whether one row keeps a check; `own_expectations` says the same of whole columns."""
    limits: Mapping[str, Any] = check.limits
    match check.expects, values:
        case "filled", [value]:
            return value is not None
        case "whole", [value]:
            return bool(value.is_integer())
        case "between", [value]:
            low, high = limits.get("min_value"), limits.get("max_value")
            return (low is None or value >= low) and (high is None or value <= high)
        case "order", [larger, smaller]:
            return bool(larger >= smaller)
        case "total", [total, *parts]:
            return bool(abs(total - reduce(add, parts)) <= limits["tolerance"] + DUST)
        case "ratio", [value, before]:
            return bool(value <= 0 or before <= 0 or 1 / limits["factor"] <= value / before <= limits["factor"])
        case "restated", [value, before]:
            return bool(abs(value - before) <= limits["share"] * abs(before) + DUST)
        case "spread", [value, low, high]:
            return bool(value <= 0 or low / limits["factor"] <= value <= high * limits["factor"])
    raise ValueError(f"no check of {len(values)} columns is called {check.expects}")
