"""The audit trail on the board: what was taken back stays, struck through, with what took it back."""

from __future__ import annotations

from conftest import Desk
from record.builders import actor_for, first
from soket.plan.model import Plan
from soket.record.decision_lines import decision_lines
from soket.record.keeping import read_register
from soket.stages.actions import record_act

WHY = {"reason": "Ghi nhầm", "granted_by": "Đồng chí Trưởng ban"}


def enter(desk: Desk, entry: str, **form: str) -> str:
    note = record_act(desk(), form={**WHY, **form}, entry=entry, actor=actor_for(form))
    return note.partition("«")[2].partition("»")[0]


def test_an_undo_is_about_what_its_act_was_about(workspace: Desk, plan: Plan) -> None:
    unit = plan.unit(first(plan))
    workspace("2021-11-01 09:00")
    extension = enter(workspace, "1", act="extension", unit=unit.code, last_day="2021-11-09")
    workspace("2021-11-01 10:00")
    undo = enter(workspace, "2", act="undo", undoes=extension)
    workspace("2021-11-01 11:00")
    mute = enter(workspace, "3", act="mute", office=plan.roles.standing, last_day="2021-11-09")
    lines = decision_lines(plan, read_register(workspace()))
    assert [
        (line.act.id, line.kind, line.subject, line.unit, line.content, line.undone_by and line.undone_by.id)
        for line in lines
    ] == [
        (mute, "Tạm ngừng thư nhắc", plan.office(plan.roles.standing).name, None, "đến hết ngày 09/11/2021", None),
        (undo, "Hủy quyết định", unit.name, unit.code, "hủy “Gia hạn: đến hết ngày 09/11/2021”", None),
        (extension, "Gia hạn", unit.name, unit.code, "đến hết ngày 09/11/2021", undo),
    ]
