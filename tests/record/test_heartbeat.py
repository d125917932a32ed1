"""The monitor's sign of life against its calendar."""

from __future__ import annotations

from conftest import Desk, moment
from soket.record.heartbeat import Silence, beat, silence
from soket.stages.monitor import count_mail


def test_a_monitor_that_runs_at_its_moments_is_not_silent(workspace: Desk) -> None:
    for when in ("2021-11-01 07:30", "2021-11-02 07:30"):
        workspace(when)
        count_mail(workspace())
        assert silence(workspace()) is None
    assert silence(workspace("2021-11-03 07:29")) is None
    assert silence(workspace("2021-11-03 07:30")) == Silence(
        expected=moment("2021-11-03 07:30"), last=moment("2021-11-02 07:30")
    )


def test_a_monitor_that_never_ran_is_silent_from_its_first_moment_on(workspace: Desk) -> None:
    assert silence(workspace("2021-10-18 07:29")) is None
    assert silence(workspace("2021-10-18 07:30")) == Silence(expected=moment("2021-10-18 07:30"), last=None)


def test_nothing_is_owed_on_days_off(workspace: Desk) -> None:
    workspace("2021-10-22 07:31")
    beat(workspace())
    assert silence(workspace("2021-10-24 23:59")) is None  # a weekend
    assert silence(workspace("2021-10-25 07:30")) is not None


def test_a_campaign_that_is_over_or_not_begun_owes_nothing(workspace: Desk) -> None:
    assert silence(workspace("2021-10-17 23:59")) is None
    assert silence(workspace("2021-12-04 00:00")) is None


def test_a_backfill_is_no_sign_of_life(workspace: Desk) -> None:
    workspace("2021-11-01 07:31")
    count_mail(workspace(rerun=True))
    assert silence(workspace()) is not None
