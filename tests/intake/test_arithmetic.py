"""Plain arithmetic and the real process of Great Expectations find the same, whatever a frame holds."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator, Sequence
from math import inf, nan
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from soket.intake import arithmetic, check_process
from soket.intake.validation import Check, Expects, Frame, Row, Validator
from soket.plan.periods import PeriodId

FACTOR, SHARE, TOLERANCE = 3.0, 0.05, 0.5
PARTS = tuple(f"part{index}" for index in range(9))  # more than eight, which pandas adds up in another order
COLUMNS = ("value", "beside", "high", *PARTS)


def check(name: str, expects: Any, *columns: str, only: tuple[str, str | int] | None = None, **limits: float) -> Check:
    return Check(name, "R-1", "critical", expects, columns, limits, only)


CHECKS = (
    check("filled", "filled", "value"),
    check("filled of a form", "filled", "value", only=("form", "bieu_2")),
    check("whole", "whole", "value"),
    check("from", "between", "value", min_value=10.0),
    check("to", "between", "value", max_value=10.0),
    check("from and to", "between", "value", min_value=-1.5, max_value=100.0),
    check("at one", "between", "value", min_value=0.0, max_value=0.0),
    check("from, in a year", "between", "value", only=("year", 2021), min_value=10.0),
    check("from, in a part of one", "between", "value", only=("year", "2021-H1"), min_value=10.0),
    check("order", "order", "value", "beside"),
    check("order of a form", "order", "value", "beside", only=("form", "bieu_1")),
    check("total", "total", "value", "beside", "high", tolerance=0.0),
    check("total within", "total", "value", "beside", "high", tolerance=TOLERANCE),
    check("total of one", "total", "value", "beside", tolerance=0.0),
    check("total of many", "total", "value", *PARTS, tolerance=TOLERANCE),
    check("ratio", "ratio", "value", "beside", factor=FACTOR),
    check("ratio of a form", "ratio", "value", "beside", only=("form", "bieu_2"), factor=1.1),
    check("restated", "restated", "value", "beside", share=SHARE),
    check("restated as it was", "restated", "value", "beside", share=0.0),
    check("spread", "spread", "value", "beside", "high", factor=FACTOR),
    check("spread of a form", "spread", "value", "beside", "high", only=("form", "bieu_1"), factor=1.5),
)

plain = st.sampled_from(
    [0.0, -0.0, 1.0, -1.0, -1.5, 0.1, 10.0, 12.5, 100.0, 1e-7, -1e-7, 1e9 + 0.1, 1e15, 1e16, 2.0**53, 1e300, 1e-300]
)
numbers = st.one_of(plain, st.floats(allow_nan=False, allow_infinity=False), st.integers(-1000, 1000).map(float))
dust = st.sampled_from([0.0, 0.0, 0.0, 1e-7, -1e-7, 1e-6, -1e-6, 2e-6, -2e-6])


@st.composite
def lines(draw: Any) -> list[float | None]:
    """The values of one row: often just at a limit, or off it by dust, and sometimes missing."""
    beside, high = draw(numbers), draw(numbers)
    parts = [draw(numbers) for _ in PARTS]
    sums = (beside, beside + high, sum(parts), -beside)
    limits = (10.0, -1.5, 100.0, beside * FACTOR, beside / FACTOR, high * FACTOR, beside * 1.1, beside / 1.5)
    shares = (beside * (1 + SHARE), beside * (1 - SHARE), beside + TOLERANCE, beside + high - TOLERANCE)
    value = draw(st.one_of(numbers, st.sampled_from(sums + limits + shares))) + draw(dust)
    missing = draw(st.sets(st.integers(0, len(COLUMNS) - 1), max_size=2)) if draw(st.booleans()) else ()
    return [None if place in missing else each for place, each in enumerate((value, beside, high, *parts))]


@st.composite
def frames(draw: Any) -> Frame:
    """A frame of a few rows, of one or of two forms, of years and parts of a year."""
    values = draw(st.lists(lines(), min_size=1, max_size=20))
    years: list[PeriodId] = draw(st.lists(st.sampled_from([2020, 2021, "2021-H1"]), min_size=20, max_size=20))
    forms = draw(st.lists(st.sampled_from(draw(st.sampled_from([["bieu_1"], ["bieu_1", "bieu_2"]]))), min_size=20))
    rows = [((f"unit_{place}", 1), year) for place, (_, year) in enumerate(zip(values, years, strict=False))]
    columns = dict(zip(COLUMNS, map(list, zip(*values, strict=True)), strict=True))
    return Frame(rows, forms[: len(rows)], columns, CHECKS)


def frame_of(*values: float | None) -> Frame:
    """A frame of one row."""
    return frame_of_rows(values)


def frame_of_rows(*lines: Sequence[float | None]) -> Frame:
    """A frame of some rows of one form and year; parts that are not told are 0."""
    full = [(*line, *[0.0] * (len(COLUMNS) - len(line))) for line in lines]
    columns = dict(zip(COLUMNS, map(list, zip(*full, strict=True)), strict=True))
    rows: list[Row] = [((f"unit_{place}", 1), 2021) for place in range(len(full))]
    return Frame(rows, ["bieu_1"] * len(full), columns, CHECKS)


AT_LIMITS = frame_of_rows(
    (30.0, 10.0, 10.0),  # three times
    (10.0, 30.0, 30.0),  # a third
    (31.0, 10.0, 10.0),
    (9.0, 30.0, 30.0),
    (0.0, 3.0, 9.0),  # none, far below what is usual
    (-1.0, 3.0, 9.0),
    (3.0, 9.0, 1.0),
    (1e-6, 0.0, 0.0),  # just the dust that is let pass
    (1.4e-6, 0.0, 0.0),
    (105.0, 100.0, 5.0),
    (95.0, 100.0, -5.0),
    (-105.0, -100.0, -5.0),
    (0.5, 0.0, 0.0),
    (100.0, 100.0, 100.0),
    (-1.5, 0.0, 0.0),
    (1.0, 1.0, 0.0, 1e16, 1.0, -1e16),  # what is added up first is lost
    (0.0, 1.0, 0.0, 1e16, 1.0, -1e16),
)


@pytest.fixture(scope="module")
def validator(warm: tuple[subprocess.Popen[bytes], socket.socket]) -> Iterator[Validator]:
    """One process of Great Expectations for all frames."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check_process._Ahead, "control", warm[1])
        with Validator() as validator:
            yield validator


@given(frames())
@example(frame_of(*[None] * len(COLUMNS)))
@example(AT_LIMITS)
@example(frame_of(nan, nan, 1.0, *[1.0] * len(PARTS)))
@example(frame_of(inf, 1.0, inf, *[inf] * len(PARTS)))
@example(frame_of(1e10, 1e10, 0.0, 1e10 / 3, 0.1, 1e10 / 7, 0.2, 1e9 / 3, 0.3, 1e8 / 7, 1e7 / 3, 0.7))
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_arithmetic_finds_what_great_expectations_finds(validator: Validator, frame: Frame) -> None:
    assert arithmetic.outcomes(frame) == validator.run(frame)


@pytest.mark.parametrize("expects", Expects.__args__)  # type: ignore[attr-defined]
def test_every_kind_of_check_is_among_them(expects: str) -> None:
    assert expects in {each.expects for each in CHECKS}


def test_nothing_to_check_is_nothing_found() -> None:
    assert arithmetic.outcomes(Frame((), (), {}, CHECKS)) == {}


def test_a_check_of_no_known_kind_is_told() -> None:
    frame = Frame([(("unit", 1), 2021)], ["bieu_1"], {"x": [1.0]}, (check("x", "miracle", "x"),))
    with pytest.raises(ValueError, match="miracle"):
        arithmetic.outcomes(frame)
