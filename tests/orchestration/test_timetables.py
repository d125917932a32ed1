from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pendulum
import pytest
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction
from hypothesis import given
from hypothesis import strategies as st

from soket.clock import VIETNAM, Clock, FrozenClock, Pace, ReplayClock, WallClock
from soket.orchestration.timetables import CampaignTimetable, Moment, WhileOpenTimetable, moment_of
from soket.plan.campaigns import date_of


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


END = day("2021-12-03")
DAYS = [day("2021-10-18"), day("2021-10-25T07:30"), day("2021-11-05")]
MOMENTS = [Moment(at, END) for at in DAYS]

BEFORE, BETWEEN, AFTER, OVER = day("2021-10-01"), day("2021-10-30"), day("2021-11-20"), day("2022-02-01")


def timetable(now: datetime, moments: list[Moment] = MOMENTS) -> CampaignTimetable:
    return CampaignTimetable(moments, FrozenClock(now).to_env())


def utc(moment: datetime) -> pendulum.DateTime:
    return pendulum.instance(moment).in_timezone("UTC")


def following(
    table: CampaignTimetable,
    last: datetime | None = None,
    *,
    catchup: bool = False,
    earliest: datetime | None = None,
    latest: datetime | None = None,
) -> DagRunInfo | None:
    return table.next_dagrun_info(
        last_automated_data_interval=DataInterval.exact(utc(last)) if last else None,
        restriction=TimeRestriction(earliest and utc(earliest), latest and utc(latest), catchup),
    )


def runs(table: CampaignTimetable, **options: Any) -> list[datetime]:
    """Return the moments of all runs, as a scheduler that never sleeps asks for them."""
    found: list[datetime] = []
    while (info := following(table, found[-1] if found else None, **options)) is not None:
        assert info.data_interval.start == info.data_interval.end
        found.append(info.data_interval.start)
        assert len(found) <= len(MOMENTS), "the timetable repeats itself"
    return found


@pytest.mark.parametrize("now", [BEFORE, BETWEEN, AFTER, OVER])
def test_with_catchup_every_moment_is_run(now: datetime) -> None:
    assert runs(timetable(now), catchup=True) == DAYS


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (BEFORE, DAYS),
        (DAYS[0], DAYS),  # the very moment
        (BETWEEN, DAYS[1:]),  # of two missed, the later is made up for
        (AFTER, DAYS[2:]),
        (OVER, []),  # the campaign is over: of no use any more
    ],
)
def test_without_catchup_only_the_last_missed_moment_still_of_use_is_run(
    now: datetime, expected: list[datetime]
) -> None:
    assert runs(timetable(now)) == expected


def test_an_opening_that_was_moved_after_it_came_does_not_come_again() -> None:
    since = day("2021-10-01")
    moved = [Moment(day("2021-10-20"), END, since), Moment(DAYS[2], END, since)]  # it was DAYS[0]
    assert runs(timetable(BEFORE, moved)) == [day("2021-10-20"), DAYS[2]]
    told = following(timetable(day("2021-10-19"), moved), DAYS[0])
    assert told is not None
    assert told.data_interval.start == DAYS[2]
    again = timetable(day("2021-10-19"), moved)
    kept = CampaignTimetable.deserialize(again.serialize())
    assert (kept.moments, kept.clock) == (again.moments, again.clock)
    # Of two campaigns that were open then, it may have been the other's.
    other = Moment(day("2021-10-25"), END, day("2021-10-10"))
    told = following(timetable(day("2021-10-19"), [*moved, other]), DAYS[0])
    assert told is not None
    assert told.data_interval.start == day("2021-10-20")
    next_year = Moment(day("2022-10-20"), day("2022-12-03"), day("2022-10-01"))
    told = following(timetable(day("2021-12-30"), [*moved, next_year]), DAYS[0])
    assert told is not None
    assert told.data_interval.start == next_year.at


def test_a_moment_of_no_use_any_more_does_not_hide_the_next() -> None:
    moments = [Moment(DAYS[0], DAYS[1]), Moment(DAYS[2], END)]
    assert runs(timetable(BETWEEN, moments)) == [DAYS[2]]


def test_a_moment_already_run_is_not_run_again() -> None:
    info = following(timetable(BETWEEN), DAYS[1])
    assert info is not None
    assert info.data_interval.start == DAYS[2]
    assert following(timetable(AFTER), DAYS[2]) is None


@pytest.mark.parametrize("catchup", [True, False])
def test_airflows_bounds_hold(catchup: bool) -> None:
    table = timetable(BEFORE)
    assert runs(table, catchup=catchup, earliest=DAYS[1]) == DAYS[1:]
    assert runs(table, catchup=catchup, latest=DAYS[1]) == DAYS[:2]
    assert runs(
        table, catchup=catchup, earliest=DAYS[0] + timedelta(seconds=1), latest=DAYS[2] - timedelta(seconds=1)
    ) == [DAYS[1]]
    assert runs(table, catchup=catchup, earliest=END) == []


def test_a_replay_says_when_its_moments_really_are() -> None:
    start = datetime(2030, 1, 1, tzinfo=UTC)
    clock = ReplayClock.starting(start, Pace.parse("2021-10-18 4, 2021-12-03"))
    info = following(CampaignTimetable(MOMENTS, clock.to_env()), DAYS[0])
    assert info is not None
    assert info.data_interval.start == DAYS[1]
    assert info.run_after == clock.real_time(DAYS[1])
    assert info.run_after.timezone_name == "UTC"


def test_in_production_a_run_starts_at_its_moment() -> None:
    info = following(timetable(BEFORE))
    assert info is not None
    assert info.run_after == DAYS[0]


def test_a_run_started_by_hand_is_of_the_campaigns_present() -> None:
    start = datetime(2030, 1, 1, tzinfo=UTC)
    clock = ReplayClock.starting(start, Pace.parse("2021-10-18 4, 2021-12-03"))
    table = CampaignTimetable(MOMENTS, clock.to_env())
    interval = table.infer_manual_data_interval(run_after=utc(clock.real_time(day("2021-10-20"))))
    assert interval == DataInterval.exact(utc(day("2021-10-20")))


times = st.timedeltas(timedelta(), timedelta(days=700)).map(lambda span: day("2021-01-01") + span)
moments = st.lists(
    st.builds(lambda at, use: Moment(at, at + use), times, st.timedeltas(timedelta(minutes=1), timedelta(days=60))),
    unique_by=lambda moment: moment.at,
    max_size=8,
)
clocks = st.sampled_from(
    [
        FrozenClock(BETWEEN),
        ReplayClock.starting(datetime(2030, 1, 1, tzinfo=UTC), Pace.parse("2021-10-18 4, 2021-12-03")),
    ]
)


@given(moments, clocks, st.booleans())
def test_the_scheduler_rebuilds_the_same_timetable(given_moments: list[Moment], clock: Clock, catchup: bool) -> None:
    table = CampaignTimetable(given_moments, clock.to_env())
    again = CampaignTimetable.deserialize(table.serialize())
    assert again.serialize() == table.serialize()
    assert again.summary == table.summary
    assert following(again, catchup=catchup) == following(table, catchup=catchup)


@given(moments, times)
def test_nothing_missed_is_run_twice_and_nothing_ahead_is_lost(given_moments: list[Moment], here: datetime) -> None:
    table = timetable(here, given_moments)
    found: list[datetime] = []
    while (info := following(table, found[-1] if found else None)) is not None:
        found.append(info.data_interval.start)
        assert len(found) <= len(given_moments)
    assert found == sorted(set(found))
    assert [each for each in found if each > here] == sorted(each.at for each in given_moments if each.at > here)
    assert len([each for each in found if each <= here]) <= 1


@pytest.mark.parametrize(
    ("count", "summary"),
    [(0, "Không có đợt nào"), (1, "18/10/2021"), (3, "3 lần, 18/10/2021 đến 05/11/2021")],
)
def test_the_schedule_reads_as_officials_write_it(count: int, summary: str) -> None:
    assert timetable(BEFORE, MOMENTS[:count]).summary == summary


OPEN = WhileOpenTimetable(
    [Moment(DAYS[0], DAYS[1])],
    ReplayClock.starting(datetime(2030, 1, 1, tzinfo=UTC), Pace.parse("2021-10-18 4, 2021-12-03")).to_env(),
)
ANYTHING = TimeRestriction(None, None, False)


def around_now(*, opens: timedelta, lasts: timedelta) -> WhileOpenTimetable:
    """Return a timetable in production, with one campaign that opens so long from now."""
    start = datetime.now(VIETNAM) + opens
    return WhileOpenTimetable([Moment(start, start + lasts)], "wall")


def test_while_a_campaign_is_open_a_run_is_due_now() -> None:
    info = around_now(opens=timedelta(hours=-1), lasts=timedelta(hours=2)).next_dagrun_info(
        last_automated_data_interval=None, restriction=ANYTHING
    )
    assert info is not None
    assert abs(info.run_after - datetime.now(UTC)) < timedelta(seconds=10)


def test_no_two_runs_claim_one_moment() -> None:
    table = around_now(opens=timedelta(hours=-1), lasts=timedelta(hours=2))
    last = DataInterval.exact(utc(datetime.now(UTC) + timedelta(seconds=30)))  # a clock that was set back
    info = table.next_dagrun_info(last_automated_data_interval=last, restriction=ANYTHING)
    assert info is not None
    assert info.data_interval.start > last.end


def test_before_a_campaign_the_run_waits_for_its_opening_and_after_it_there_is_none() -> None:
    table = around_now(opens=timedelta(hours=1), lasts=timedelta(hours=1))
    info = table.next_dagrun_info(last_automated_data_interval=None, restriction=ANYTHING)
    assert info is not None
    assert info.run_after == table.spans[0].at
    over = around_now(opens=timedelta(hours=-2), lasts=timedelta(hours=1))
    assert over.next_dagrun_info(last_automated_data_interval=None, restriction=ANYTHING) is None


def test_a_replayed_campaign_opens_when_its_clock_says() -> None:
    info = WhileOpenTimetable.deserialize(OPEN.serialize()).next_dagrun_info(
        last_automated_data_interval=None, restriction=ANYTHING
    )
    assert info is not None
    assert info.run_after == datetime(2030, 1, 1, tzinfo=UTC)
    assert OPEN.serialize() == WhileOpenTimetable.deserialize(OPEN.serialize()).serialize()


# A coming, a past and a present campaign, played now; and no replay at all.
COMING = ReplayClock.starting(datetime(2026, 1, 5, 3, tzinfo=UTC), Pace.parse("2030-10-18 4, 2030-12-03"))
PAST = ReplayClock.starting(datetime(2026, 1, 5, 3, tzinfo=UTC), Pace.parse("2021-10-18 4, 2021-12-03"))
SPANNING = ReplayClock.starting(datetime(2026, 11, 20, 3, tzinfo=UTC), Pace.parse("2026-11-02 4, 2027-01-04"))
CLOCKS = [COMING, PAST, SPANNING, WallClock()]
campaign_moments = st.timedeltas(timedelta(), timedelta(days=4000)).map(lambda span: day("2021-01-01") + span)


@given(campaign_moments, st.sampled_from(CLOCKS))
def test_no_run_is_dated_in_the_future_and_its_date_tells_its_moment(at: datetime, clock: Clock) -> None:
    date = date_of(clock, at)
    assert date <= clock.real_time(at)
    assert abs(moment_of(clock, date) - at) < timedelta(seconds=1)  # a microsecond of the machine is more of a campaign


@given(st.lists(campaign_moments, min_size=2, max_size=2, unique=True), st.sampled_from(CLOCKS))
def test_dates_of_runs_rise_with_their_moments(given_moments: list[datetime], clock: Clock) -> None:
    earlier, later = sorted(given_moments)
    assert date_of(clock, earlier) <= date_of(clock, later)


@pytest.mark.parametrize("clock", [COMING, SPANNING])
def test_a_coming_campaign_is_played_moment_by_moment(clock: ReplayClock) -> None:
    opens = clock.points[0][1]
    due = [Moment(opens + timedelta(days=days, hours=7), opens + timedelta(days=90)) for days in range(40)]
    table = CampaignTimetable(due, clock.to_env())
    first = utc(date_of(clock, opens))
    played, last = [], None
    while info := table.next_dagrun_info(
        last_automated_data_interval=last, restriction=TimeRestriction(first, None, True)
    ):
        last = info.data_interval
        assert last.start <= info.run_after, "Airflow starts no step of a run dated in the future"
        played.append(info.run_after)
    assert played == [clock.real_time(moment.at) for moment in due]


def test_intake_of_a_coming_campaign_is_dated_by_the_machine_and_of_a_past_one_by_the_campaign() -> None:
    def info(clock: ReplayClock, last: DataInterval | None = None) -> DagRunInfo | None:
        begins, ends = clock.points[0][1], clock.points[-1][1]
        table = WhileOpenTimetable([Moment(begins, ends)], clock.to_env())
        return table.next_dagrun_info(last_automated_data_interval=last, restriction=ANYTHING)

    began = datetime.now(UTC) - timedelta(seconds=40)
    coming = info(ReplayClock.starting(began, Pace.parse("2130-10-18 4, 2130-12-03")))
    assert coming is not None
    assert began < coming.data_interval.start <= datetime.now(UTC)
    past = info(clock := ReplayClock.starting(began, Pace.parse("2021-10-18 4, 2021-12-03")))
    assert past is not None
    assert day("2021-10-18") < past.data_interval.start <= clock.now()
    again = info(clock, past.data_interval)
    assert again is not None
    assert again.data_interval.start > past.data_interval.end
