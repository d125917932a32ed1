from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.plan.calendar import WorkingCalendar
from soket.plan.doubts import press_after_the_conference
from soket.plan.model import Plan

NATION = WorkingCalendar()

days = st.dates(date(2017, 1, 1), date(2035, 12, 31))
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


@given(calendars, days, st.integers(0, 120))
def test_between_counts_day_by_day(calendar: WorkingCalendar, day: date, length: int) -> None:
    counted = sum(calendar.is_working_day(day + timedelta(days=offset)) for offset in range(1, length + 1))
    assert calendar.working_days_between(day, day + timedelta(days=length)) == counted
    assert calendar.working_days_between(day + timedelta(days=length), day) == -counted


@given(calendars, st.dates(date(2021, 1, 1), date(2021, 12, 31)))
def test_what_a_plan_says_wins(calendar: WorkingCalendar, day: date) -> None:
    expected = day in calendar.days_worked or (day not in calendar.days_off and NATION.is_working_day(day))
    assert calendar.is_working_day(day) is expected


@given(days)
def test_the_days_of_the_nation_that_never_move(day: date) -> None:
    fixed = [date(day.year, 1, 1), date(day.year, 4, 30), date(day.year, 5, 1), date(day.year, 9, 2)]
    assert not any(map(NATION.is_working_day, fixed))


@pytest.mark.parametrize("year", range(2017, 2036))
def test_a_year_has_as_many_working_days_as_it_may(year: int) -> None:
    # 52 weeks, less ten to twelve days off on weekdays, a few more where Tết is made longer.
    days = NATION.working_days_between(date(year - 1, 12, 31), date(year, 12, 31))
    assert 246 <= days <= 253


# Days that nobody disputes, as they were announced.
@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2018-12-31", False),  # exchanged for
        ("2019-01-05", True),  # this Saturday
        ("2019-02-04", False),  # 30 Tết
        ("2019-02-08", False),
        ("2019-02-11", True),
        ("2020-01-29", False),  # mồng Năm, for a weekend
        ("2021-02-16", False),
        ("2021-02-17", True),
        ("2021-04-21", False),  # Giỗ Tổ
        ("2021-05-03", False),  # for Saturday 1/5
        ("2021-09-03", False),
        ("2021-11-20", False),  # a Saturday
        ("2022-02-04", False),
        ("2022-04-11", False),  # Giỗ Tổ, a Sunday's substitute
        ("2023-01-26", False),
        ("2023-01-27", True),
        ("2024-04-29", False),  # exchanged for
        ("2024-05-04", True),  # this Saturday
        ("2025-05-02", False),  # exchanged for
        ("2025-04-26", True),  # this Saturday
    ],
)
def test_days_that_are_certain(day: str, worked: bool) -> None:
    assert NATION.is_working_day(date.fromisoformat(day)) is worked


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


def test_press_is_due_so_many_working_days_before_the_conference(plan: Plan) -> None:
    (campaign,) = plan.campaigns
    stage = plan.stage("communications")
    press = plan.units_of(stage)[0]
    assert plan.deadline_of(campaign, stage, press).last_day == date(2021, 11, 23)
    assert campaign.stages["conference"].last_day == date(2021, 11, 30)
    without = stage.model_copy(update={"after": ()})
    alone = plan.model_copy(update={"stages": tuple(without if each == stage else each for each in plan.stages)})
    assert alone.deadline_of(campaign, without, press).last_day == date(2021, 12, 3)


def test_press_that_is_due_after_the_conference_is_doubted(plan: Plan) -> None:
    (campaign,) = plan.campaigns
    assert not list(press_after_the_conference(plan))
    dates = campaign.stages["communications"].model_copy(update={"ahead": None})
    late = campaign.model_copy(update={"stages": {**campaign.stages, "communications": dates}})
    (found,) = press_after_the_conference(plan.model_copy(update={"campaigns": (late,)}))
    assert "đến hạn 03/12/2021, sau ngày cuối của hội nghị (30/11/2021)" in found.message
