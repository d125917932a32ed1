"""What is reckoned of an indicator holds whatever the order, the gaps and the figures; shares are never added up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.documents.indicators import IndicatorSummary, leaders, with_parts
from soket.documents.sentences import headline, indicator_sentence
from soket.documents.year_figures import UnitValue, YearFigure, total_of
from soket.plan.model import Indicator, Unit
from soket.plan.periods import PeriodId
from soket.text import upper_first

from .builders import make_plan

YEARS: tuple[PeriodId, ...] = (2017, 2018, 2019, 2020, 2021)
UNITS = make_plan({f"huyen_{letter}": f"Huyện {letter.upper()}" for letter in "abcdefg"}).units[:7]

figures = st.one_of(st.none(), st.integers(0, 2_000_000).map(float))
tables = st.lists(st.lists(figures, min_size=len(YEARS), max_size=len(YEARS)), min_size=1, max_size=len(UNITS))


def indicator(**changes: Any) -> Indicator:
    given = {"code": "CT01", "name": "Tổng lượt khách", "unit_of_measure": "lượt", "nature": "flow"} | changes
    return Indicator.model_validate(given)


def summed(
    told: Indicator,
    rows: Sequence[Sequence[float | None]],
    years: tuple[PeriodId, ...] = YEARS,
    weights: Sequence[float] | None = None,
    estimated: tuple[PeriodId, ...] = (),
) -> IndicatorSummary:
    units: tuple[Unit, ...] = UNITS[: len(rows)]
    weighed = None if weights is None else dict(zip((unit.code for unit in units), weights, strict=True))
    made = []
    for column, year in enumerate(years):
        values = tuple(
            UnitValue(unit, value, 1, "bieu.xlsx", f"D{number}")
            for number, (unit, row) in enumerate(zip(units, rows, strict=True), 5)
            if (value := row[column]) is not None
        )
        total = total_of(told, {each.unit.code: each.value for each in values}, weighed)
        missing = tuple(unit for unit in units if unit not in [each.unit for each in values])
        made.append(YearFigure(year, total, values, missing, weighed, year in estimated))
    return IndicatorSummary(told, tuple(made))


@given(st.dictionaries(st.text(min_size=1), st.floats(0, 1e12), min_size=1), st.randoms(use_true_random=False))
@pytest.mark.parametrize("aggregate", ["sum", "mean"])
def test_a_total_is_the_same_in_whatever_order(aggregate: str, given: dict[str, float], random: Any) -> None:
    told, codes = indicator(aggregate=aggregate), list(given)
    random.shuffle(codes)
    weights: Mapping[str, float] = {code: 1 + len(code) for code in given}
    for by in (None, weights):
        assert total_of(told, given, by) == total_of(told, {code: given[code] for code in codes}, by)


@given(tables)
def test_a_flow_over_its_course_is_what_its_periods_say(rows: list[list[float | None]]) -> None:
    item = summed(indicator(), rows)
    if item.period_sum is not None:
        assert item.period_sum == sum(value for row in rows for value in row if value is not None)
    else:
        assert (
            any(all(row[column] is None for row in rows) for column in range(1, len(YEARS) - 1)) or len(item.course) < 2
        )


@given(tables, st.sampled_from(["share", "stock"]))
def test_only_flows_are_added_up_over_periods(rows: list[list[float | None]], nature: str) -> None:
    shares = nature == "share"
    told = indicator(nature=nature, unit_of_measure="%" if shares else "người", aggregate="mean" if shares else "sum")
    item = summed(told, rows)
    assert item.period_sum is None
    assert "Cả giai đoạn" not in indicator_sentence(item)


@given(tables, st.lists(st.floats(0, 1e6), min_size=7, max_size=7))
def test_a_mean_lies_among_its_figures_and_is_no_sum_of_them(rows: list[list[float | None]], by: list[float]) -> None:
    item = summed(indicator(nature="share", unit_of_measure="%"), rows, weights=by[: len(rows)])
    for year in item.years:
        if year.total is not None:
            among = list(year.counted.values())
            assert min(among) - 1e-6 <= year.total <= max(among) + 1e-6
        else:
            assert not year.counted


@given(tables)
def test_growth_is_of_the_same_units_and_never_from_nought(rows: list[list[float | None]]) -> None:
    item = summed(indicator(), rows)
    if (growth := item.growth) is not None:
        first, last = (YEARS.index(each) for each in (growth.first, growth.last))
        both = [(row[first], row[last]) for row in rows if row[first] is not None and row[last] is not None]
        assert growth.units == len(both)
        assert growth.difference == sum((after or 0) - (before or 0) for before, after in both)
        assert (growth.share is None) == (growth.before == 0)
    said = indicator_sentence(item)
    assert "inf" not in said
    assert "nan" not in said


@given(tables)
def test_a_peak_is_one_among_all_and_among_the_units_that_gave_every_period(rows: list[list[float | None]]) -> None:
    item = summed(indicator(), rows)
    if (peak := item.peak) is None:
        return
    assert peak.total == max(each.total for each in item.course if each.total is not None)
    same = [row for row in rows if all(value is not None for value in row)]
    if len(item.course) == len(YEARS) and same:
        totals = [math.fsum(row[column] or 0 for row in same) for column in range(len(YEARS))]
        assert totals[YEARS.index(peak.year)] == max(totals)
        assert totals.count(max(totals)) == 1


@given(st.lists(st.integers(0, 5).map(float), min_size=1, max_size=7), st.randoms(use_true_random=False))
def test_the_first_units_are_no_more_than_can_be_told_from_the_next(values: list[float], random: Any) -> None:
    figure = summed(indicator(), [[value] for value in values], (2021,)).years[0]
    shuffled = list(figure.values)
    random.shuffle(shuffled)
    first = leaders(figure)
    assert first == leaders(YearFigure(2021, figure.total, tuple(shuffled), ()))
    assert len(first) <= 3
    rest = [each.value for each in figure.values if each not in first]
    assert all(each.value > max(rest, default=-1) for each in first)


def test_a_mean_is_weighed_by_what_the_plan_says() -> None:
    rate = indicator(nature="share", unit_of_measure="%")
    assert summed(rate, [[50.0], [80.0]], (2021,), weights=[900, 100]).years[0].total == 53
    assert summed(rate, [[50.0], [80.0]], (2021,)).years[0].total == 65
    unweighed = summed(rate, [[50.0], [80.0]], (2021,), weights=[900, 0]).years[0]
    assert (unweighed.total, list(unweighed.counted)) == (50, ["huyen_a"])


@pytest.mark.parametrize(
    ("changes", "years", "rows", "said"),
    [
        (
            {},
            (2017, 2019, 2021),
            [[100, 160, 75]],
            (
                "năm 2019 đạt mức cao nhất với 160 lượt, tăng 60% so với năm 2017; năm 2021 ước đạt 75 "
                "lượt, bằng 46,9% so với năm 2019"
            ),
        ),
        ({}, (2017, 2021), [[0, 15]], ("năm 2021 ước đạt 15 lượt (năm 2017 chưa có)")),
        ({}, (2017, 2021), [[15, 0]], ("năm 2021 ước không phát sinh (năm 2017 là 15 lượt)")),
        ({}, (2017, 2021), [[10, 45]], ("năm 2021 ước đạt 45 lượt, gấp 4,5 lần năm 2017")),
        ({}, (2017, 2021), [[10, 10]], ("năm 2021 ước đạt 10 lượt, không thay đổi so với năm 2017")),
        ({}, (2021,), [[10]], ("năm 2021 ước đạt 10 lượt")),
        ({}, ("2030-Q1", "2030-Q2"), [[10, 12]], ("quý II/2030 đạt 12 lượt, tăng 20% so với quý I/2030")),
        (
            {},
            (2028, 2029, "2030-06-30"),
            [[10, 12, 7]],
            ("năm 2029 đạt 12 lượt, tăng 20% so với năm 2028; lũy kế đến 30/06/2030 đạt 7 lượt"),
        ),
        (
            {"nature": "stock"},
            (2028, 2029, "2030-06-30"),
            [[10, 12, 14]],
            ("đến 30/06/2030 là 14 lượt, tăng 4 lượt (40%) so với năm 2028"),
        ),
        ({"nature": "stock"}, ("2030-Q1",), [[10]], ("đến hết quý I/2030 là 10 lượt")),
        (
            {"nature": "share", "unit_of_measure": "%"},
            (2017, 2021),
            [[40.5, 57.25]],
            ("năm 2021 ước đạt bình quân 57,3%, tăng 16,8 điểm phần trăm so với năm 2017"),
        ),
        (
            {},
            (2017, 2021),
            [[10, 20], [None, 70]],
            ("năm 2021 ước đạt 90 lượt, gấp 2 lần năm 2017 (so sánh trên 1 đơn vị có đủ số liệu)"),
        ),
        ({}, (2017, 2021), [[10, None], [None, 70]], ("năm 2021 ước đạt 70 lượt")),
        (
            {"target": {"year": 2025, "value": 20}},
            (2021,),
            [[15]],
            ("năm 2021 ước đạt 15 lượt, bằng 75% mục tiêu năm 2025 (20 lượt)"),
        ),
        (
            {"target": {"year": 2025, "value": 15}},
            (2021,),
            [[15]],
            ("năm 2021 ước đạt 15 lượt, đạt mục tiêu năm 2025 (15 lượt)"),
        ),
        ({"target": {"year": 2025, "value": 20, "example": True}}, (2021,), [[15]], ("năm 2021 ước đạt 15 lượt")),
        (
            {"nature": "share", "unit_of_measure": "%", "target": {"year": 2025, "value": 60}},
            (2021,),
            [[57.5]],
            ("năm 2021 ước đạt bình quân 57,5%, thấp hơn mục tiêu năm 2025 (60%) 2,5 điểm phần trăm"),
        ),
    ],
)
def test_headlines(
    changes: dict[str, Any], years: tuple[PeriodId, ...], rows: list[list[float | None]], said: str
) -> None:
    item = summed(indicator(**changes), rows, years, estimated=(2021,))
    assert headline(item) == f"Tổng lượt khách {said}"


def test_parts_are_told_within_their_whole() -> None:
    parts = [
        summed(indicator(code="CT01.1", name="Trong đó, khách nội địa"), [[90.0]], (2021,)),
        summed(indicator(code="CT01.2", name="Khách quốc tế"), [[10.0]], (2021,)),
        summed(indicator(code="CT01.3", name="Khách lưu trú", unit_of_measure="ngày khách"), [[30.0]], (2021,)),
    ]
    whole = with_parts([summed(indicator(), [[100.0]], (2021,)), *parts])[0]
    assert indicator_sentence(whole) == (
        "Tổng lượt khách năm 2021 đạt 100 lượt; trong đó khách nội địa 90 lượt (chiếm 90%), khách quốc tế 10 lượt "
        "(chiếm 10%), khách lưu trú 30 ngày khách; tính trên 1/1 đơn vị có số liệu."
    )


def test_a_part_that_other_units_gave_has_no_share() -> None:
    whole = summed(indicator(), [[100.0], [50.0]], (2021,))
    part = summed(indicator(code="CT01.1"), [[90.0], [None]], (2021,))
    assert part.share_in(whole, 2021) is None


def test_who_is_first_is_said_to_be_so_without_the_figures_that_nobody_confirmed() -> None:
    item = summed(indicator(), [[10.0 * (row + 1)] * len(YEARS) for row in range(7)])
    first = "nhiều nhất là Huyện G (70 lượt), Huyện F (60 lượt), Huyện E (50 lượt)."
    assert indicator_sentence(item).endswith(f". {upper_first(first)} Cả giai đoạn 2017 - 2021 đạt 1.400 lượt.")
    *years, last = item.years
    odd = replace(last.values[0], value=900.0, doubtful=True)
    doubted = replace(item, years=(*years, replace(last, values=(odd, *last.values[1:]))))
    assert f". Chưa kể số chưa được xác nhận, {first} " in indicator_sentence(doubted)
