"""A unit is reminded at once because an official wants it: by one mail, and by no second within a day."""

from __future__ import annotations

import pytest

from conftest import Desk
from record.builders import extend, first, submit
from soket.notices.ledger import Ending, states
from soket.plan.model import Plan
from soket.record.keeping import read_register
from soket.stages.actions import record_act
from soket.stages.collect import answer_units
from soket.stages.monitor import chase
from soket.stages.refusing import Actor, ActRefusedError
from soket.stages.what_if import what_if

LEAD = Actor("tuyen_giao")


def remind(desk: Desk, unit: str, entry: str = "run") -> str:
    form = {"act": "urging", "unit": unit, "reason": "Sắp giao ban", "granted_by": "Đồng chí Trưởng ban"}
    return record_act(desk(), form=form, entry=entry, actor=LEAD)


def reminders(desk: Desk, unit: str) -> list[str]:
    return [each for each in states(desk()) if each.startswith((f"reminder.{unit}.", f"escalation.{unit}."))]


def test_the_mail_is_shown_before_and_posted_once(workspace: Desk, plan: Plan) -> None:
    unit = first(plan)
    workspace("2021-11-01 09:00")
    answer_units(workspace())
    chase(workspace())
    before = reminders(workspace, unit)
    effect = what_if(workspace(), {"act": "urging", "unit": unit}, LEAD)
    (mailing,) = effect.mailings
    assert plan.unit(unit).contact.email in mailing.readers
    assert plan.unit(unit).name in mailing.text
    assert reminders(workspace, unit) == before
    remind(workspace, unit)
    answer_units(workspace())
    (posted,) = {*reminders(workspace, unit)} - {*before}
    chase(workspace())  # which neither withdraws nor doubles it
    answer_units(workspace("2021-11-01 09:01"))
    assert {*reminders(workspace, unit)} == {*before, posted}
    assert states(workspace())[posted].ending is None


def test_after_a_new_date_the_act_says_nothing_more(workspace: Desk, plan: Plan) -> None:
    unit = first(plan)
    workspace("2021-11-01 20:00")  # the mail waits for the morning
    remind(workspace, unit)
    answer_units(workspace())
    (posted,) = [each for each in reminders(workspace, unit) if "2021-11-04" in each and "unit-m" not in each]
    extend(workspace("2021-11-01 21:00"), unit, plan.campaigns[0].closes)
    chase(workspace())
    assert states(workspace())[posted].ending is Ending.WITHDRAWN


def test_what_makes_no_sense_is_refused(workspace: Desk, plan: Plan) -> None:
    unit, other = first(plan), plan.units[1].code
    workspace("2021-11-01 09:00")
    remind(workspace, unit, "one")
    with pytest.raises(ActRefusedError, match="đã được nhắc lúc 09:00 ngày 01/11/2021, chưa đủ 24 giờ"):
        remind(workspace, unit, "two")
    workspace("2021-11-02 09:00")
    assert remind(workspace, unit, "three").startswith("Đã ghi")
    form = {"unit": other, "last_day": "2021-11-03", "reason": "Bão", "granted_by": "Bí thư"}
    record_act(workspace(), form={"act": "promise", "person": "Chánh Văn phòng", **form}, entry="p", actor=LEAD)
    with pytest.raises(ActRefusedError, match="hẹn gửi trong ngày 03/11/2021"):
        remind(workspace, other, "four")
    record_act(workspace(), form={"act": "mute", **form}, entry="m", actor=LEAD)
    with pytest.raises(ActRefusedError, match="tạm ngừng thư đến hết ngày 03/11/2021"):
        remind(workspace, other, "five")
    submit(workspace("2021-11-03 10:00"), unit)
    with pytest.raises(ActRefusedError, match="không còn nợ"):
        remind(workspace, unit, "six")
    assert len([act for act in read_register(workspace()).decisions if act.kind == "urging"]) == 2
