from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from soket.plan.dates import say_deadline
from soket.plan.model import Deadline, StageDates
from soket.text import format_day

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(days)
def test_before_a_day_ends_as_the_day_begins(day: date) -> None:
    deadline = Deadline(before=day)
    assert deadline.moment == datetime(day.year, day.month, day.day, tzinfo=HANOI)
    assert deadline.last_day == day - timedelta(days=1)


@given(days)
def test_by_a_day_ends_as_the_day_does(day: date) -> None:
    deadline = Deadline(by=day)
    assert deadline.last_day == day
    assert deadline.moment == Deadline(before=day + timedelta(days=1)).moment


@given(days)
def test_the_moment_is_the_first_after_the_last_day(day: date) -> None:
    for deadline in (Deadline(before=day), Deadline(by=day)):
        assert deadline.moment.date() == deadline.last_day + timedelta(days=1)
        assert (deadline.moment - timedelta(microseconds=1)).date() == deadline.last_day


@pytest.mark.parametrize("words", [{}, {"before": "2021-11-05", "by": "2021-11-04"}])
def test_a_deadline_is_one_of_the_two(words: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="ghi một trong hai"):
        Deadline.model_validate(words)


def test_a_stage_may_open_on_its_last_day_and_no_later() -> None:
    StageDates(opens=date(2021, 11, 4), before=date(2021, 11, 5))
    with pytest.raises(ValidationError, match="mở ngày 05/11/2021, sau ngày cuối là 04/11/2021"):
        StageDates(opens=date(2021, 11, 5), before=date(2021, 11, 5))


def test_deadlines_state_the_last_moment_they_mean() -> None:
    assert (
        say_deadline(Deadline(before=date(2021, 11, 5)))
        == "trước ngày 05/11/2021 (muộn nhất 24 giờ 00, ngày 04/11/2021)"
    )
    assert say_deadline(Deadline(by=date(2021, 11, 30))) == "muộn nhất 24 giờ 00, ngày 30/11/2021"


def test_days_are_named() -> None:
    named = [format_day(date(2021, 11, day)) for day in (4, 19, 20, 21)]
    assert named == ["Thứ Năm, 04/11/2021", "Thứ Sáu, 19/11/2021", "Thứ Bảy, 20/11/2021", "Chủ nhật, 21/11/2021"]
