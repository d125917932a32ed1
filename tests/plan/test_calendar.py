from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.plan.calendar import WorkingCalendar
from soket.plan.model import Plan

NATION = WorkingCalendar()

days = st.dates(date(2017, 4, 1), date(2030, 9, 30))
numbers = st.integers(-40, 40)
calendars = st.builds(
    WorkingCalendar,
    st.frozensets(st.dates(date(2021, 1, 1), date(2021, 12, 31)), max_size=8),
    st.frozensets(st.dates(date(2021, 1, 1), date(2021, 12, 31)), max_size=8),
)


@given(calendars, days, numbers)
def test_a_count_never_lands_on_a_day_off(calendar: WorkingCalendar, day: date, number: int) -> None:
    assert calendar.is_working_day(calendar.add_working_days(day, number))


@given(calendars, days, numbers)
def test_counting_back_undoes_counting_on(calendar: WorkingCalendar, day: date, number: int) -> None:
    there = calendar.add_working_days(day, number)
    assert calendar.add_working_days(there, -number) == calendar.add_working_days(day, 0)


@given(calendars, days, numbers, numbers)
def test_counts_add_up(calendar: WorkingCalendar, day: date, one: int, other: int) -> None:
    in_two = calendar.add_working_days(calendar.add_working_days(day, one), other)
    assert in_two == calendar.add_working_days(day, one + other)


@given(calendars, days, st.integers(0, 30), numbers)
def test_a_later_day_never_gives_an_earlier_one(calendar: WorkingCalendar, day: date, later: int, number: int) -> None:
    after = day + timedelta(days=later)
    assert calendar.add_working_days(day, number) <= calendar.add_working_days(after, number)


@given(calendars, days, numbers)
def test_a_larger_count_gives_a_later_day(calendar: WorkingCalendar, day: date, number: int) -> None:
    assert calendar.add_working_days(day, number) < calendar.add_working_days(day, number + 1)


@given(calendars, days, numbers)
def test_between_measures_what_add_counts(calendar: WorkingCalendar, day: date, number: int) -> None:
    assert calendar.working_days_between(day, calendar.add_working_days(day, number)) == number


@given(calendars, days, days, days)
def test_between_adds_up(calendar: WorkingCalendar, one: date, two: date, three: date) -> None:
    through = calendar.working_days_between(one, two) + calendar.working_days_between(two, three)
    assert through == calendar.working_days_between(one, three)


def test_the_20th_of_november_2021_is_a_saturday() -> None:
    saturday = date(2021, 11, 20)
    assert saturday.weekday() == 5
    assert not NATION.is_working_day(saturday)
    assert NATION.add_working_days(saturday, 0) == date(2021, 11, 19)
    assert NATION.add_working_days(saturday, -1) == date(2021, 11, 18)
    assert NATION.add_working_days(saturday, 1) == date(2021, 11, 22)


def test_tet_2021() -> None:
    tet = [date(2021, 2, day) for day in range(10, 17)]
    assert not any(map(NATION.is_working_day, tet))
    assert NATION.add_working_days(date(2021, 2, 9), 1) == date(2021, 2, 17)
    assert NATION.add_working_days(date(2021, 2, 14), 0) == date(2021, 2, 9)


def test_a_swapped_saturday_is_worked() -> None:
    assert NATION.is_working_day(date(2019, 5, 4))
    assert not NATION.is_working_day(date(2019, 4, 29))


def test_a_plan_overrides_the_nation(plan: Plan) -> None:
    friday, saturday = date(2021, 11, 19), date(2021, 11, 20)
    swapped = plan.model_copy(update={"holidays": {friday: "Nghỉ"}, "workdays": {saturday: "Làm bù"}})
    calendar = WorkingCalendar.of(swapped)
    assert not calendar.is_working_day(friday)
    assert calendar.is_working_day(saturday)
    assert calendar.add_working_days(date(2021, 11, 18), 1) == saturday


@pytest.mark.parametrize(
    ("number", "day"),
    [(-7, "2021-10-26"), (-3, "2021-11-01"), (-1, "2021-11-03"), (1, "2021-11-05"), (2, "2021-11-08")],
)
def test_the_ladder_of_the_seed(number: int, day: str) -> None:
    assert NATION.add_working_days(date(2021, 11, 4), number) == date.fromisoformat(day)
