"""Figures in words: rounded as people round, and never said to be nearly or over what they are not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.documents.quantities import say_amount, say_over, say_percent, say_points, say_times
from soket.narrative.quantities.amounts import AMOUNT, about_after, read_amount
from soket.narrative.quantities.measures import measure_of
from soket.text import fold

MEASURES = ("lượt khách", "cơ sở", "tỷ đồng", "triệu đồng", "%")


@pytest.mark.parametrize(
    ("value", "measure", "said"),
    [
        (246, "cơ sở", "trên 246 cơ sở"),
        (99_999, "lượt", "trên 99.999 lượt"),
        (3_016_900, "lượt khách", "trên 3,01 triệu lượt khách"),
        (943_999, "lượt khách", "trên 943 nghìn lượt khách"),
        (423.99, "tỷ đồng", "trên 423 tỷ đồng"),
        (1396.94, "tỷ đồng", "trên 1.396 tỷ đồng"),
        (12.29, "tỷ đồng", "trên 12,2 tỷ đồng"),
        (0.5678, "tỷ đồng", "trên 567 triệu đồng"),
        (15.29, "tiêu chí", "trên 15,2 tiêu chí"),
    ],
)
def test_what_a_sum_is_not_below_is_rounded_down(value: float, measure: str, said: str) -> None:
    assert say_over(value, measure) == said


@pytest.mark.parametrize(
    ("value", "measure", "said"),
    [
        (246, "cơ sở", "246 cơ sở"),
        (30426, "lượt", "30.426 lượt"),
        (1374853, "lượt khách", "trên 1,37 triệu lượt khách"),
        (943703, "lượt khách", "gần 944 nghìn lượt khách"),
        (999999, "lượt khách", "gần 1 triệu lượt khách"),
        (1200000, "lượt khách", "1,2 triệu lượt khách"),
        (2_530_000_000, "lượt", "2,53 tỷ lượt"),
        (1396.94, "tỷ đồng", "1.396,9 tỷ đồng"),
        (12.25, "tỷ đồng", "12,3 tỷ đồng"),
        (0.5, "tỷ đồng", "500 triệu đồng"),
        (41700, "triệu đồng", "41,7 tỷ đồng"),
        (0, "tỷ đồng", "0 tỷ đồng"),
        (57.27, "%", "57,3%"),
        (15.236, "tiêu chí", "15,2 tiêu chí"),
        (12.5, "nghìn lượt", "12,5 nghìn lượt"),
        (-250_000, "người", "-250 nghìn người"),
    ],
)
def test_amounts(value: float, measure: str, said: str) -> None:
    assert say_amount(value, measure) == said


def test_shares_points_and_times() -> None:
    assert [say_percent(each) for each in (0.469, 0.9997, 1.0004, 1.0)] == ["46,9%", "gần 100%", "trên 100%", "100%"]
    assert say_points(-22.15) == "22,2 điểm phần trăm"
    assert [say_times(each) for each in (1.99, 2, 4.46)] == [None, "gấp 2 lần", "gấp 4,5 lần"]


@given(st.floats(0, 1e10), st.sampled_from(MEASURES))
def test_whoever_reads_a_figure_takes_it_for_what_it_is(value: float, measure: str) -> None:
    value = round(value, 2) if measure != "lượt khách" else float(round(value))
    said = fold(say_amount(value, measure))
    found = re.search(AMOUNT, said)
    assert found is not None
    amount = read_amount(found, about=about_after(("", said[: found.start()].strip())))
    assert amount is not None
    unit = 1.0 if measure == "%" else measure_of(measure).factor
    few = measure == "%" and abs(amount.value - value) <= 0.05 + 1e-9  # of a small share, one decimal is much
    assert few or amount.agrees(value * unit, unit)
