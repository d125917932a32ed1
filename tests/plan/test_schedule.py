from __future__ import annotations

from datetime import date, time

from syrupy.assertion import SnapshotAssertion

from soket.clock import VIETNAM
from soket.plan.calendar import WorkingCalendar
from soket.plan.model import LadderStep, Plan, Recipient
from soket.plan.schedule import schedule, step_moment


def test_the_schedule_of_resolution_06(plan: Plan, snapshot: SnapshotAssertion) -> None:
    assert [campaign.model_dump(mode="json") for campaign in schedule(plan)] == snapshot


def test_a_step_falls_on_a_working_day_at_its_hour() -> None:
    step = LadderStep(at=-1, hour=time(14), kind="reminder", to=Recipient.UNIT)
    moment = step_moment(WorkingCalendar(), date(2021, 2, 16), step)
    assert moment.isoformat() == "2021-02-08T14:00:00+07:00"
    assert moment.tzinfo is VIETNAM
