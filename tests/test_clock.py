from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soket.clock import VIETNAM, FrozenClock, Pace, ReplayClock, StoppedClock, WallClock, from_environment, parse

PACE = "2021-10-18 4, 2021-11-10 8, 2021-12-03"
START = datetime(2030, 1, 1, 12, 0, tzinfo=UTC)
CLOCK = ReplayClock.starting(START, Pace.parse(PACE))


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


moments = st.timedeltas(timedelta(), timedelta(days=150)).map(lambda span: day("2021-09-01") + span)


@st.composite
def paces(draw: st.DrawFn) -> Pace:
    first = draw(st.dates(date(2020, 1, 1), date(2030, 1, 1)))
    lengths = draw(st.lists(st.integers(1, 60), min_size=1, max_size=5))
    seconds = draw(st.lists(st.floats(0.01, 200), min_size=len(lengths), max_size=len(lengths)))
    days = [first + timedelta(days=sum(lengths[:index])) for index in range(len(lengths) + 1)]
    return Pace(tuple(zip(days[:-1], seconds, strict=True)), days[-1])


@given(paces(), st.floats(-100, 400))
def test_campaign_time_and_real_time_undo_each_other(pace: Pace, days: float) -> None:
    clock = ReplayClock.starting(START, pace)
    there = datetime.combine(pace.stretches[0][0], datetime.min.time(), VIETNAM) + timedelta(days=days)
    # Real time has microseconds: at the fastest, at weekends, one of them is so much campaign time.
    grain = timedelta(microseconds=2) * max(864000 / seconds for _, seconds in pace.stretches)
    assert abs(clock.campaign_time(clock.real_time(there)) - there) <= max(grain, timedelta(microseconds=2))


@given(moments, moments)
def test_later_stays_later(one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))
    assert CLOCK.real_time(earlier) <= CLOCK.real_time(later)


@given(moments)
def test_a_clock_survives_being_written_down(there: datetime) -> None:
    for clock in (CLOCK, FrozenClock(there), WallClock()):
        again = parse(clock.to_env())
        assert again == clock
        assert again.real_time(there) == clock.real_time(there)


WEEKEND = 2 * 4 * 0.1


@pytest.mark.parametrize(
    ("there", "seconds"),
    [
        ("2021-10-18", 0),
        ("2021-10-19", 4),
        ("2021-10-23", 5 * 4),
        ("2021-10-25", 5 * 4 + WEEKEND),
        ("2021-11-10", 17 * 4 + 3 * WEEKEND),
        ("2021-11-11", 17 * 4 + 3 * WEEKEND + 8),
    ],
)
def test_each_stretch_has_its_own_pace(there: str, seconds: float) -> None:
    assert (CLOCK.real_time(day(there)) - START).total_seconds() == pytest.approx(seconds)


def test_nights_pass_in_a_moment() -> None:
    begins = CLOCK.real_time(day("2021-11-11"))
    dawn, dusk, ends = (CLOCK.real_time(day(at)) for at in ("2021-11-11T07:00", "2021-11-11T18:00", "2021-11-12"))
    assert (dusk - dawn).total_seconds() == pytest.approx(0.9 * 8)
    assert (ends - begins).total_seconds() == pytest.approx(8)
    assert dawn - begins < timedelta(seconds=0.5)


def test_a_stopped_clock_still_translates() -> None:
    stopped = StoppedClock(CLOCK.campaign_time(START + timedelta(seconds=30)), CLOCK)
    assert stopped.now() == CLOCK.campaign_time(START + timedelta(seconds=30))
    assert stopped.campaign_time(START) == day("2021-10-18")
    assert stopped.real_time(day("2021-10-18")) == START
    assert parse(stopped.to_env()) == CLOCK


def test_outside_the_replay_time_runs_at_its_own_pace() -> None:
    hour = timedelta(hours=1)
    end = datetime(2021, 12, 3, tzinfo=VIETNAM)
    assert CLOCK.campaign_time(START - hour) == datetime(2021, 10, 17, 23, tzinfo=VIETNAM)
    assert CLOCK.real_time(end + hour) - CLOCK.real_time(end) == hour


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("2021-10-18 4", "cần ngày và số giây thật"),
        ("2021-12-03", "cần một ngày đầu"),
        ("2021-10-18, 2021-12-03", "cần ngày và số giây thật"),
        ("2021-10-18 4, 2021-12-03 4", "cần ngày và số giây thật"),
        ("2021-12-18 4, 2021-12-03", "ngày sau phải sau ngày trước"),
        ("2021-10-18 0, 2021-12-03", "dài trên 0 giây"),
        ("2021-10-18 inf, 2021-12-03", "dài trên 0 giây"),
        ("2021-10-18 nan, 2021-12-03", "dài trên 0 giây"),
        ("2021-10-18 vier, 2021-12-03", "đang là «2021-10-18 vier, 2021-12-03»"),
        ("18/10/2021 4, 2021-12-03", "đang là «18/10/2021 4, 2021-12-03»"),
        ("", "cần ngày và số giây thật"),
    ],
)
def test_a_pace_that_makes_no_sense_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Pace.parse(text)


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert from_environment() == WallClock()
    monkeypatch.setenv("SOKET_CLOCK", CLOCK.to_env())
    assert from_environment() == CLOCK
    file = tmp_path / "clock"
    monkeypatch.setenv("SOKET_CLOCK", f"file {file}")
    assert from_environment() == WallClock()
    file.write_text(CLOCK.to_env())
    assert from_environment() == CLOCK
    monkeypatch.setenv("SOKET_CLOCK", "sundial")
    with pytest.raises(ValueError, match="sundial"):
        from_environment()


def test_all_clocks_speak_vietnam_time() -> None:
    noon = datetime(2021, 11, 4, 5, 0, tzinfo=UTC)
    for clock in (WallClock(), FrozenClock(noon), CLOCK):
        assert clock.campaign_time(noon).tzinfo is VIETNAM
        assert clock.now().tzinfo is VIETNAM
    assert FrozenClock(noon).now().hour == 12
