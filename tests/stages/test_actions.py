from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from conftest import Desk, moment
from record.builders import actor_for, appraise, first
from soket.plan.model import Plan
from soket.record.decisions import Undo
from soket.record.filing import file_decision, file_stage_record
from soket.record.keeping import read_register
from soket.record.refusals import refusals
from soket.record.register import Standing
from soket.stages.actions import ACTS, MOST_UNITS, record_act, record_acts
from soket.stages.refusing import Actor, ActRefusedError, NoRightError

WHY = {"reason": "Mưa lũ", "granted_by": "Đồng chí Phó Bí thư"}


def enter(desk: Desk, entry: str = "manual__1", **form: Any) -> str:
    return record_act(desk(), form={**WHY, **form}, entry=entry, actor=actor_for(form))


def close(workspace: Desk) -> None:
    """Let the units' stage be over, a while ago."""
    file_stage_record(workspace(), "unit_reports", 1, "done", "Khép lại.")
    workspace(f"{workspace().now + timedelta(hours=1):%Y-%m-%d %H:%M}")


def test_an_extension(workspace: Desk, plan: Plan) -> None:
    workspace("2021-11-03 09:00")
    unit = first(plan)
    note = enter(workspace, act="extension", unit=unit, last_day="2021-11-09", document_number="12-CV/TU")
    assert note.startswith(f"Đã ghi quyết định «extension-{unit}-")
    (decision,) = read_register(workspace()).decisions
    assert (decision.account, decision.granted_by, decision.document_number) == (
        "tuyen_giao",
        "Đồng chí Phó Bí thư",
        "12-CV/TU",
    )
    assert read_register(workspace()).units[unit].deadline.isoformat() == "2021-11-10T00:00:00+07:00"


@pytest.mark.parametrize(("act", "standing"), [("exemption", Standing.EXEMPT), ("nil_return", Standing.NIL_RETURN)])
def test_acts_on_what_a_unit_owes(workspace: Desk, plan: Plan, act: str, standing: Standing) -> None:
    enter(workspace, act=act, unit=first(plan))
    assert read_register(workspace()).units[first(plan)].standing is standing


def test_acts_on_a_stage(workspace: Desk) -> None:
    enter(workspace, "manual__1", act="postponement", stage="ubnd_draft", last_day="2021-11-15")
    with pytest.raises(ActRefusedError, match="chưa khép lại, không có gì để mở lại"):
        enter(workspace, "manual__2", act="reopening", stage="unit_reports")
    close(workspace)
    enter(workspace, "manual__3", act="reopening", stage="unit_reports")
    with pytest.raises(ActRefusedError, match="đã ghi mở lại, chờ người vận hành chạy"):
        enter(workspace, "manual__4", act="reopening", stage="unit_reports")
    register = read_register(workspace())
    assert register.stages["ubnd_draft"].deadline.isoformat() == "2021-11-16T00:00:00+07:00"
    assert {decision.kind for decision in register.decisions} == {"postponement", "reopening"}


def test_the_same_entry_is_filed_once_and_another_anew(workspace: Desk, plan: Plan) -> None:
    form = {"act": "extension", "unit": first(plan), "last_day": "2021-11-09"}
    assert enter(workspace, "manual__1", **form).startswith("Đã ghi")
    assert enter(workspace, "manual__1", **form).startswith("Đã có")
    assert enter(workspace, "manual__2", **form).startswith("Đã ghi")
    assert len(read_register(workspace()).decisions) == 2


REFUSED = [
    ({"act": "party"}, "Không có việc «party»"),
    ({}, "Không có việc"),
    ({"act": "extension"}, "Chưa điền: Đơn vị, Hạn mới"),
    ({"act": "exemption", "unit": "UNIT", "reason": ""}, "Chưa điền: Lý do"),
    ({"act": "exemption", "unit": "UNIT", "granted_by": None}, "Chưa điền: Người cho phép"),
    ({"act": "exemption", "unit": "huyện Can Lộc"}, "Không có đơn vị «huyện Can Lộc»"),
    ({"act": "reopening", "stage": "lunch"}, "Không có giai đoạn «lunch»"),
    ({"act": "extension", "unit": "UNIT", "last_day": "09/11/2021"}, "Điền chưa đúng: Hạn mới"),
    ({"act": "extension", "unit": "UNIT", "last_day": "2021-11-02"}, "phải từ 03/11/2021 đến 03/12/2021"),
    ({"act": "postponement", "stage": "conference", "last_day": "2021-12-04"}, "phải từ 03/11/2021 đến 03/12/2021"),
    ({"act": "exemption", "unit": "UNIT", "reason": "  \t"}, "Chưa điền: Lý do"),
    ({"act": "exemption", "unit": ["UNIT"]}, "Đơn vị phải là chữ"),
    ({"act": "mute", "last_day": "2021-11-09"}, "Chưa điền: Đơn vị hoặc Cơ quan"),
    ({"act": "mute", "unit": "UNIT", "office": "vptu", "last_day": "2021-11-09"}, "Chỉ điền một trong hai"),
    ({"act": "mute", "office": "lunch", "last_day": "2021-11-09"}, "Không có cơ quan «lunch»"),
    ({"act": "mute", "unit": "UNIT"}, "Chưa điền: Ngày cuối tạm ngừng thư"),
    (
        {"act": "mute", "unit": "UNIT", "last_day": "2021-11-02"},
        "thư 02/11/2021 phải từ 03/11/2021",
    ),
    (
        {"act": "exemption", "unit": "h_can_locc"},
        r"Không có đơn vị «h_can_locc»\. Có phải h_can_loc \(Huyện ủy Can Lộc\)?",
    ),
    ({"act": "exemption", "unit": "zzzzzz"}, "Xem mã ở bảng theo dõi"),
    ({"act": "review", "unit": "UNIT", "number": "một", "outcome": "accepted"}, "Lần nộp: «một» không phải số thứ tự"),
    ({"act": "review", "unit": "UNIT", "number": 0, "outcome": "accepted"}, "«0» không phải số thứ tự, từ 1"),
    (
        {"act": "review", "unit": "UNIT", "number": 1, "outcome": "ok"},
        r"kết quả xem xét «ok»\. Có: accepted \(Tiếp nhận\), returned \(Trả lại\)",
    ),
    ({"act": "exemption", "unit": "UNIT", "reason": "a" * 2001}, "Lý do: dài 2001 ký tự, chỉ được nhiều nhất 2000"),
    ({"act": "exemption", "unit": "UNIT", "granted_by": "a" * 201}, "Người cho phép: dài 201 ký tự"),
    ({"act": "exemption", "unit": "UNIT", "reason": "\ud800"}, "Lý do có ký tự hỏng"),
    ({"act": "\ud800"}, "act có ký tự hỏng"),
    ({"act": "message", "unit": "UNIT", "manner": "tells", "reason": ""}, r"^Chưa điền: Nội dung\.$"),
    (
        {"act": "message", "unit": "UNIT", "manner": "tells", "reason": "a" * 2001},
        "^Điền chưa đúng: Nội dung: dài 2001 ký tự",
    ),
    ({"act": "undo"}, "Chưa điền: Mã quyết định cần hủy"),
    ({"act": "undo", "undoes": "extension-x-1"}, "Không có quyết định «extension-x-1».*trang Quyết định"),
]


@pytest.mark.parametrize(("form", "complaint"), REFUSED)
def test_a_form_that_makes_no_decision_is_refused(
    workspace: Desk, plan: Plan, form: dict[str, Any], complaint: str
) -> None:
    workspace("2021-11-03 09:00")
    named = {key: first(plan) if value == "UNIT" else value for key, value in form.items()}
    with pytest.raises(ActRefusedError, match=complaint):
        enter(workspace, **named)
    assert not list(workspace.store.list(workspace().keys.decisions))


def test_the_last_day_may_be_today_and_the_campaigns_last(workspace: Desk, plan: Plan) -> None:
    workspace("2021-11-04 23:59")
    enter(workspace, "manual__1", act="extension", unit=first(plan), last_day="2021-11-04")
    enter(workspace, "manual__2", act="extension", unit=first(plan), last_day="2021-12-03")


def test_an_act_counts_from_when_it_was_entered(workspace: Desk, plan: Plan) -> None:
    entered = workspace("2021-11-03 14:00").clock.real_time(workspace.now)
    form = {**WHY, "act": "extension", "unit": first(plan), "last_day": "2021-11-09"}
    later = workspace("2021-11-04 01:57")
    record_act(later, form=form, entry="manual__1", actor=actor_for(form), entered_at=entered)
    (act,) = read_register(workspace()).decisions
    assert act.decided_at == moment("2021-11-03 14:00")


def test_more_time_is_never_less(workspace: Desk, plan: Plan) -> None:
    workspace("2021-11-03 09:00")
    unit, stage = first(plan), "unit_reports"
    with pytest.raises(ActRefusedError, match=r"Hạn mới 03/11/2021 sớm hơn hạn đang có, hết ngày 04/11/2021"):
        enter(workspace, act="extension", unit=unit, last_day="2021-11-03")
    enter(workspace, "manual__1", act="extension", unit=unit, last_day="2021-11-12")
    with pytest.raises(ActRefusedError, match=r"hết ngày 12/11/2021.*hủy quyết định ấy ở trang Quyết định"):
        enter(workspace, "manual__2", act="extension", unit=unit, last_day="2021-11-11")
    enter(workspace, "manual__3", act="postponement", stage=stage, last_day="2021-11-15")
    for form in ({"act": "extension", "unit": unit}, {"act": "postponement", "stage": stage}):
        with pytest.raises(ActRefusedError, match="hết ngày 15/11/2021"):
            enter(workspace, "manual__4", **form, last_day="2021-11-14")
    assert len(read_register(workspace()).decisions) == 2


def id_in(note: str) -> str:
    return note.partition("«")[2].partition("»")[0]


def deadline(desk: Desk, unit: str) -> str:
    return read_register(desk()).units[unit].deadline.date().isoformat()


def test_an_undo_takes_back_and_an_undo_of_it_restores(workspace: Desk, plan: Plan) -> None:
    workspace("2021-11-01 09:00")
    unit = first(plan)
    extension = id_in(enter(workspace, "manual__1", act="extension", unit=unit, last_day="2021-11-09"))
    assert deadline(workspace, unit) == "2021-11-10"
    undo = id_in(enter(workspace, "manual__2", act="undo", undoes=extension, reason="Ghi nhầm đơn vị"))
    assert deadline(workspace, unit) == "2021-11-05"
    assert read_register(workspace()).units[unit].extension is None
    enter(workspace, "manual__3", act="undo", undoes=undo)
    assert deadline(workspace, unit) == "2021-11-10"
    assert len(read_register(workspace()).decisions) == 3  # nothing is ever deleted
    assert read_register(workspace(), use_snapshot=False).decisions == read_register(workspace()).decisions


def test_undo_reaches_every_kind_of_act(workspace: Desk, plan: Plan) -> None:
    workspace("2021-11-01 09:00")
    close(workspace)
    before = read_register(workspace())
    forms: dict[str, dict[str, str]] = {
        "extension": {"unit": first(plan), "last_day": "2021-11-09"},
        "exemption": {"unit": first(plan)},
        "nil_return": {"unit": first(plan)},
        "postponement": {"stage": "unit_reports", "last_day": "2021-11-09"},
        "reopening": {"stage": "unit_reports"},
        "mute": {"unit": first(plan), "last_day": "2021-11-09"},
        "promise": {"unit": first(plan), "last_day": "2021-11-09", "person": "Chánh Văn phòng"},
    }
    # A review is answered by another one, a retry and a reminder are over when entered, a link taken back stays shut.
    # A commendation is of a proposal: test_commending; an opinion of a question: test_undecided; what was said is said.
    others = {"review", "retry", "link_renewal", "urging", "commendation", "opinion", "message", "request_refusal"}
    assert {*forms, "undo", *others} == set(ACTS)
    for act, form in forms.items():
        done = id_in(enter(workspace, f"do {act}", act=act, **form))
        enter(workspace, f"undo {act}", act="undo", undoes=done)
    after = read_register(workspace())
    assert (after.units, after.stages) == (before.units, before.stages)
    assert after.acts.mute_of(first(plan), workspace().now) is None
    assert after.acts.promise_of(first(plan)) is None


def test_what_is_taken_back_is_not_taken_back_again(workspace: Desk, plan: Plan) -> None:
    act = id_in(enter(workspace, "manual__1", act="exemption", unit=first(plan)))
    assert enter(workspace, "manual__2", act="undo", undoes=act).startswith("Đã ghi")
    assert enter(workspace, "manual__2", act="undo", undoes=act).startswith("Đã có")  # the step ran again
    with pytest.raises(ActRefusedError, match=r"đã bị hủy bằng «undo-exemption-.*Muốn khôi phục thì hủy «undo-"):
        enter(workspace, "manual__3", act="undo", undoes=act)


def test_what_a_stage_decided_is_not_taken_back_here(workspace: Desk) -> None:
    appraise(workspace(), 1, "approved")
    (decision,) = read_register(workspace()).decisions
    with pytest.raises(ActRefusedError, match="mở lại giai đoạn"):
        enter(workspace, act="undo", undoes=decision.id)


def test_two_records_that_name_each_other_do_not_hang(workspace: Desk, plan: Plan) -> None:
    for mine, other in (("undo-a", "undo-b"), ("undo-b", "undo-a")):
        act = Undo(id=mine, decided_at=workspace().now, account="", granted_by="", reason="", undoes=other)
        file_decision(workspace(), act)
    assert read_register(workspace()).units[first(plan)].standing is Standing.NOT_SENT


def test_the_longest_mute_counts_and_ends_with_its_day(workspace: Desk, plan: Plan) -> None:
    workspace("2021-11-03 09:00")
    enter(workspace, "manual__1", act="mute", unit=first(plan), last_day="2021-11-05")
    longest = id_in(enter(workspace, "manual__2", act="mute", unit=first(plan), last_day="2021-11-08"))
    enter(workspace, "manual__3", act="mute", office=plan.roles.standing, last_day="2021-11-09")
    acts = read_register(workspace()).acts
    found = acts.mute_of(first(plan), moment("2021-11-08 23:59"))
    assert found is not None
    assert found.id == longest
    assert acts.mute_of(first(plan), moment("2021-11-09 00:00")) is None
    assert acts.mute_of(plan.roles.standing, moment("2021-11-09 00:00")) is not None


def test_a_record_of_another_version_stops_nothing_and_is_named(workspace: Desk, plan: Plan) -> None:
    key = workspace().keys.decision("extension-x-broken")
    workspace.store.create(key, b'{"kind": "holiday", "id": "extension-x-broken"}')
    enter(workspace, act="exemption", unit=first(plan))
    register = read_register(workspace())
    assert (register.unreadable, register.spoilt) == ((key,), ())
    assert register.units[first(plan)].standing is Standing.EXEMPT


def enter_for(desk: Desk, units: list[str], account: str = "tuyen_giao", **form: Any) -> list[tuple[str, bool]]:
    """Enter an act for several units; return for each whether it was refused."""
    filled = {**WHY, "act": "extension", "last_day": "2021-11-09", "units": ", ".join(units), **form}
    found = record_acts(desk(), form=filled, entry=f"run of {account}", actor=Actor(account))
    return [(each.entry.unit, each.refused) for each in found]


def test_an_act_for_several_units_is_a_record_for_each_and_what_is_refused_is_told_by_unit(
    workspace: Desk, plan: Plan
) -> None:
    workspace("2021-11-03 09:00")
    one, other = plan.units[0].code, plan.units[1].code
    enter(workspace, "before", act="extension", unit=other, last_day="2021-11-12")
    for _ in range(2):
        assert enter_for(workspace, [one, other, one, "lunch"]) == [(one, False), (other, True), ("lunch", True)]
    register = read_register(workspace())
    assert sorted(act.unit for act in register.decisions) == sorted([one, other])  # type: ignore[union-attr]
    assert {each.why.partition(".")[0] for each in refusals(workspace())} == {
        "Hạn mới 09/11/2021 sớm hơn hạn đang có, hết ngày 12/11/2021: gia hạn, lùi hạn không rút ngắn thời hạn",
        "Không có đơn vị «lunch»",
    }


def test_an_act_for_several_units_of_which_nothing_is_entered_is_refused(workspace: Desk, plan: Plan) -> None:
    units = [unit.code for unit in plan.units[:3]]
    with pytest.raises(ActRefusedError, match=r"^Chưa điền: Lý do\.$"):
        enter_for(workspace, units, reason="")
    with pytest.raises(NoRightError):
        enter_for(workspace, units, account="ban_can_su")
    assert [each.no_right for each in refusals(workspace())].count(True) == 1  # one alert to the operator, not three
    with pytest.raises(ActRefusedError, match=f"nhiều nhất {MOST_UNITS} đơn vị"):
        enter_for(workspace, [f"unit_{number}" for number in range(MOST_UNITS + 1)])
