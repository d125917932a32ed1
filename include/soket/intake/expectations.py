"""Runs Great Expectations over stacked frames; started by `soket.intake.check_process` in a process of its own."""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import select
import signal
import socket
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import IO, Any, NoReturn

from soket.intake.check_process import READY, WARM, read_message, write_message
from soket.intake.validation import Check

# Great Expectations works without these where they are not installed, and here nothing needs them.
_OPTIONAL = ("sqlalchemy", "boto3", "botocore")
# It imports these for one expectation (KL divergence) and its charts; they load if anything ever touches them.
_SELDOM_USED = {"altair", "scipy.stats", "scipy.special"}


_LONGEST = 4000  # characters of a traceback
_LATER = 15.0  # seconds: a stack that is starting has more urgent things to load


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


def expectation_of(check: Check) -> Any:  # noqa: ANN401 - any of Great Expectations' own
    """Return a check as Great Expectations has it, with the rule's code and the check's name in its meta."""
    from great_expectations.expectations.core.expect_column_pair_values_a_to_be_greater_than_b import (
        ExpectColumnPairValuesAToBeGreaterThanB,
    )
    from great_expectations.expectations.core.expect_column_values_to_be_between import ExpectColumnValuesToBeBetween
    from great_expectations.expectations.core.expect_column_values_to_not_be_null import ExpectColumnValuesToNotBeNull
    from great_expectations.expectations.row_conditions import Column

    from soket.intake import own_expectations as own

    columns: list[str] = list(check.columns)
    limits: dict[str, Any] = dict(check.limits)
    shared: dict[str, Any] = {
        # Great Expectations knows no severity that refers to a person; the meta has the plan's word.
        "severity": check.severity if check.severity in ("critical", "info") else "warning",
        "meta": {
            "name": check.name,
            "code": check.code,
            "severity": check.severity,
        },
        # A suite keeps one of several that say the same; what tells them apart is its description, not its meta.
        "description": check.name,
    }
    if check.only:
        column, value = check.only
        shared["row_condition"] = Column(column) == value
    one: dict[str, Any] = {"column": columns[0]}
    pair: dict[str, Any] = dict(zip(("column_A", "column_B"), columns, strict=False))
    match check.expects:
        case "filled":
            return ExpectColumnValuesToNotBeNull(**one, **shared)
        case "whole":
            return own.ExpectColumnValuesToBeWhole(**one, **shared)
        case "between":
            return ExpectColumnValuesToBeBetween(**one, **limits, **shared)
        case "order":
            return ExpectColumnPairValuesAToBeGreaterThanB(
                **pair, or_equal=True, ignore_row_if="either_value_is_missing", **shared
            )
        case "ratio":
            return own.ExpectColumnPairRatioToBeWithin(**pair, **limits, **shared)
        case "restated":
            return own.ExpectColumnPairToDifferByShare(**pair, **limits, **shared)
        case "total":
            return own.ExpectTotalToEqualItsParts(column_list=columns, **limits, **shared)
        case "spread":
            return own.ExpectValueToBeNearQuartiles(column_list=columns, **limits, **shared)
    raise PipelineError(f"no expectation is called {check.expects}")


def found_in(frame: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the outcomes of a frame as `Frame.to_json` tells it."""
    checks = [Check(**each | {"only": each["only"] and tuple(each["only"])}) for each in frame["checks"]]
    return outcomes(frame["columns"], checks)


def outcomes(columns: dict[str, list[Any]], checks: list[Check]) -> dict[str, dict[str, Any]]:
    """Return, by check name, how many rows were looked at and the places, from 0, of those that break it.

    Checks of the same rows, all or those of a form or a year, are one batch: Great Expectations would look for these
    rows anew for every check, which takes longer than the checks.
    """
    import great_expectations as gx
    import pandas as pd
    from great_expectations.data_context.types.base import ProgressBarsConfig

    # A column of nothing has no type of its own; every column of a check is one of numbers.
    numbers = {column for check in checks for column in check.columns}
    frame = pd.DataFrame(
        {name: pd.Series(values, dtype="float64" if name in numbers else None) for name, values in columns.items()}
    )
    context = gx.get_context(mode="ephemeral")  # before the suites, which look for one
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    whole = (
        context.data_sources.add_pandas("submissions")
        .add_dataframe_asset("figures")
        .add_batch_definition_whole_dataframe("batch")
    )
    found: dict[str, dict[str, Any]] = {}
    for only, alike in _by_rows(checks).items():
        rows = frame if only is None else frame[frame[only[0]] == only[1]]
        outcome = whole.get_batch(batch_parameters={"dataframe": rows}).validate(
            gx.ExpectationSuite("plan", [expectation_of(replace(check, only=None)) for check in alike]),
            # Rows are told by their place: naming them by columns takes a look-up for each row and column.
            result_format={"result_format": "COMPLETE", "return_unexpected_index_query": False},
        )
        if len(outcome.results) != len(alike):
            raise PipelineError(f"{len(alike)} checks were asked for, {len(outcome.results)} answered")
        results: list[Any] = outcome.results
        found |= {(name := each.expectation_config.meta["name"]): _outcome(name, each) for each in results}
    return found


def _by_rows(checks: list[Check]) -> dict[tuple[str, str | int] | None, list[Check]]:
    """Return the checks by the rows that they are for; None: all."""
    found: dict[tuple[str, str | int] | None, list[Check]] = {}
    for check in checks:
        found.setdefault(check.only, []).append(check)
    return found


def _outcome(name: str, result: Any) -> dict[str, Any]:  # noqa: ANN401 - Great Expectations' own
    if result.exception_info and _raised(result.exception_info):
        raise PipelineError(f"{name}: {result.exception_info}")
    found = result.result
    places = () if result.success else found["unexpected_index_list"]
    if not result.success and not places:
        raise PipelineError(f"{name} fails, and nothing is named that breaks it")
    return {
        "looked_at": found["element_count"] - found.get("missing_count", 0),
        "broken": list(map(int, places)),
    }


def _raised(info: dict[str, Any]) -> bool:
    """Return whether an expectation raised; Great Expectations tells it flat, or once for each metric."""
    return any(each.get("raised_exception") for each in (info, *info.values()) if isinstance(each, dict))


def main() -> None:
    """Answer what is asked on standard input or, kept warm, have it answered by a fork for each that asks there."""
    given = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if WARM in sys.argv:
        _keep_warm()
    else:
        import_lightly()
        _answer(given, answers)


def _answer(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer frame after frame with what breaks its checks, until there is none any more or one fails."""
    while (request := read_message(requests)) is not None:
        frame = json.loads(request)
        try:
            told = {"found": found_in(frame)}
        except Exception:
            write_message(answers, json.dumps({"raised": traceback.format_exc()[-_LONGEST:]}).encode())
            return
        write_message(answers, json.dumps(told).encode())


def _keep_warm() -> None:
    """Load everything, and be forked for whoever asks, until nobody is left who could."""
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    select.select([control], [], [], _LATER)
    import_lightly()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a fork ended
    while (descriptors := socket.recv_fds(control, 16, 1)[1]) != []:
        with socket.socket(fileno=descriptors[0]) as connection:
            if os.fork() == 0:
                control.close()
                _serve(connection)


def _serve(connection: socket.socket) -> NoReturn:
    """Be a fork: hand over a descriptor of this process, answer, and end."""
    try:
        itself = os.pidfd_open(os.getpid())
        socket.send_fds(connection, [READY], [itself])
        os.close(itself)
        with connection.makefile("rb") as requests, connection.makefile("wb") as answers:
            _answer(requests, answers)
    except ConnectionError:  # whoever asked has gone
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
