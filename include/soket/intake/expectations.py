"""Runs Great Expectations over one stacked frame; started by `soket.intake.validation` in a process of its own."""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

INDEX = ["unit", "number", "year"]

# Great Expectations works without these where they are not installed, and here nothing needs them.
_OPTIONAL = ("sqlalchemy", "boto3", "botocore")
# It imports these for one expectation (KL divergence) and its charts; they load if anything ever touches them.
_SELDOM_USED = {"altair", "scipy.stats", "scipy.special"}


class PipelineError(RuntimeError):
    """An expectation could not be evaluated, or a result cannot be traced to its check."""


class _LoadedWhenUsed:
    """Finds modules that are seldom used, and puts their loading off until something of them is asked for."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, _target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path) if name in _SELDOM_USED else None
        if spec is not None and spec.loader is not None:
            spec.loader = importlib.util.LazyLoader(spec.loader)
        return spec


def import_lightly() -> None:
    """Import Great Expectations without what this process does not use: a third of the time."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    for name in _OPTIONAL:
        sys.modules[name] = None  # type: ignore[assignment]  # makes an import of it fail
    sys.meta_path.insert(0, _LoadedWhenUsed)
    # Imports make long-lived objects only; collecting among them is time for nothing.
    gc.disable()
    import great_expectations  # noqa: F401 - for its time

    gc.freeze()
    gc.enable()


def broken_checks(rows: list[dict[str, Any]], checks: list[dict[str, Any]]) -> dict[str, list[list[Any]]]:
    """Return, by check column, the (unit, number, year) of the rows that break it; raise PipelineError."""
    import great_expectations as gx
    import pandas as pd
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.expectations.core.expect_column_values_to_be_between import ExpectColumnValuesToBeBetween
    from great_expectations.expectations.core.expect_column_values_to_not_be_null import ExpectColumnValuesToNotBeNull
    from great_expectations.expectations.row_conditions import Column

    frame = pd.DataFrame(rows)
    for check in checks:
        values = frame.get(check["column"])
        # A column of nothing has no type of its own; every column is one of numbers.
        frame[check["column"]] = pd.Series(values, index=frame.index, dtype="float64")
    context = gx.get_context(mode="ephemeral")  # before the suite, which looks for one
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    suite = gx.ExpectationSuite(name="plan")
    for check in checks:
        shared = {
            "column": check["column"],
            "severity": check["severity"],
            "meta": {"code": check["code"], "column": check["column"]},
        }
        if check["required_in"]:
            suite.add_expectation(
                ExpectColumnValuesToNotBeNull(row_condition=Column("form") == check["required_in"], **shared)
            )
        else:
            suite.add_expectation(
                ExpectColumnValuesToBeBetween(min_value=check["low"], max_value=check["high"], **shared)
            )
    batch = (
        context.data_sources.add_pandas("submissions")
        .add_dataframe_asset("figures")
        .add_batch_definition_whole_dataframe("batch")
        .get_batch(batch_parameters={"dataframe": frame})
    )
    outcome = batch.validate(
        suite,
        result_format={
            "result_format": "COMPLETE",
            "unexpected_index_column_names": INDEX,
            "return_unexpected_index_query": False,
        },
    )
    return _places(outcome.results, len(checks))


def _places(results: Sequence[Any], expected: int) -> dict[str, list[list[Any]]]:
    if len(results) != expected:
        raise PipelineError(f"{expected} checks were asked for, {len(results)} answered")
    broken = {}
    for result in results:
        name = result.expectation_config.meta["column"]
        if result.exception_info and _raised(result.exception_info):
            raise PipelineError(f"{name}: {result.exception_info}")
        if not result.success:
            places = result.result["unexpected_index_list"]
            broken[name] = [[place["unit"], int(place["number"]), int(place["year"])] for place in places]
            if not broken[name]:
                raise PipelineError(f"{name} fails, and nothing is named that breaks it")
    return broken


def _raised(info: dict[str, Any]) -> bool:
    """Return whether an expectation raised; Great Expectations tells it flat, or once for each metric."""
    return any(each.get("raised_exception") for each in (info, *info.values()) if isinstance(each, dict))


def main() -> None:
    """Answer one frame on standard input with what breaks its checks."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    import_lightly()
    request = sys.stdin.buffer.read()
    if not request:  # there was nothing to check after all
        return
    frame = json.loads(request)
    answers.write(json.dumps(broken_checks(frame["rows"], frame["checks"])).encode())
    answers.flush()


if __name__ == "__main__":
    main()
