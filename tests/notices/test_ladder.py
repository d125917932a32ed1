from __future__ import annotations

from datetime import date, time

import pytest

from soket.faults import Fault
from soket.notices.ladder import due
from soket.notices.ledger import Intent
from soket.notices.notice import Kind
from soket.notices.render import write
from soket.plan.model import Duty, LadderStep, Recipient, Severity
from soket.plan.schedule import ladder_moments, step_moment
from soket.record.decisions import Postponement
from soket.record.records import Ruling
from soket.record.register import Standing

from .plans import make_plan
from .world import World, moment


def ids(world: World) -> list[str]:
    return [notice.id for notice in due(world.workspace, world.register)]


def at(when: str, units: int = 1) -> World:
    world = World(make_plan(units))
    world.clock.set(when)
    return world


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2021-10-18 07:30", []),
        ("2021-10-28 07:29", []),
        ("2021-10-28 07:30", ["reminder.unit_00.unit-m5.2021-11-04"]),
        ("2021-11-02 07:30", ["reminder.unit_00.unit-m2.2021-11-04"]),
        ("2021-11-04 13:59", ["reminder.unit_00.unit-m2.2021-11-04"]),
        ("2021-11-04 14:00", ["reminder.unit_00.unit-d0.2021-11-04"]),
        ("2021-11-05 07:30", ["reminder.unit_00.unit-p1.2021-11-04", "escalation.unit_00.head-p1.2021-11-04"]),
        (
            "2021-11-08 07:30",
            [
                "reminder.unit_00.unit-p1.2021-11-04",
                "escalation.unit_00.head-p1.2021-11-04",
                "escalation.ubnd.2021-11-08",
            ],
        ),
        (
            "2021-11-12 09:00",
            [
                "reminder.unit_00.unit-p1.2021-11-04",
                "escalation.unit_00.head-p4.2021-11-04",
                "escalation.ubnd.2021-11-10",
                "escalation.tttu.2021-11-10",
            ],
        ),
        ("2021-12-04 00:00", []),
    ],
)
def test_the_ladder_of_a_silent_unit(when: str, expected: list[str]) -> None:
    plan = make_plan(1)
    quiet = plan.model_copy(update={"units": plan.units[:1]})
    world = World(quiet)
    world.clock.set(when)
    assert ids(world) == expected


@pytest.mark.parametrize("ruling", [Ruling.ACCEPTED, Ruling.ACCEPTED_WITH_WARNINGS, Ruling.REFERRED, None])
def test_nobody_who_sent_is_chased(ruling: Ruling | None) -> None:
    world = at("2021-11-12 09:00")
    world.send("unit_00", moment("2021-11-04 10:00"), ruling)
    assert not [each for each in ids(world) if "bao_ht" not in each]


def test_the_exempt_hear_nothing() -> None:
    world = at("2021-11-12 09:00")
    world.exempt("unit_00", moment("2021-10-20 10:00"))
    assert not [each for each in ids(world) if "bao_ht" not in each]


def test_files_in_the_inbox_stop_the_chase_before_they_are_judged() -> None:
    world = at("2021-11-05 07:30")
    world.store.put(world.workspace.keys.inbox_folder("unit_00") + "a.docx", b"x")
    assert world.register.units["unit_00"].standing is Standing.PENDING
    assert ids(world) == []


def test_an_extension_moves_the_ladder() -> None:
    world = at("2021-11-04 14:00")
    world.extend("unit_00", moment("2021-11-03 10:00"), date(2021, 11, 12))
    assert ids(world) == []
    world.clock.set("2021-11-05 07:30")
    assert ids(world) == ["reminder.unit_00.unit-m5.2021-11-12"]
    world.clock.set("2021-11-10 07:30")
    assert ids(world) == ["reminder.unit_00.unit-m2.2021-11-12"]
    world.clock.set("2021-11-15 07:30")
    assert ids(world) == ["reminder.unit_00.unit-p1.2021-11-12", "escalation.unit_00.head-p1.2021-11-12"]


def test_granting_an_extension_is_no_reason_to_remind() -> None:
    world = at("2021-11-03 16:00")
    world.extend("unit_00", moment("2021-11-03 10:00"), date(2021, 11, 8))
    # m5 and m2 of the new date are past already, and the unit was told of it this morning.
    assert ids(world) == []


def test_whoever_owes_again_is_told_by_another_mail_and_its_superiors_the_morning_after() -> None:
    world = at("2021-11-10 16:00")
    world.exempt("unit_00", moment("2021-11-01 10:00"))
    assert ids(world) == []
    world.undo(moment("2021-11-10 10:00"))  # all steps of its ladder have come, and none of them was taken
    assert ids(world) == []
    world.clock.set("2021-11-11 07:30")
    assert [(notice.kind, notice.addressee) for notice in due(world.workspace, world.register)] == [
        (Kind.ESCALATION, "unit_00"),  # its head
        (Kind.ESCALATION, "ubnd"),
        (Kind.ESCALATION, "tttu"),
    ]


def test_a_postponement_moves_every_ladder() -> None:
    world = at("2021-11-05 07:30", units=2)
    world.decisions.append(
        Postponement(
            id="p",
            decided_at=moment("2021-11-01 10:00"),
            account="a",
            granted_by="b",
            reason="c",
            stage="unit_reports",
            last_day=date(2021, 11, 12),
        )
    )
    assert {each.rpartition("unit-")[2] for each in ids(world)} == {"m5.2021-11-12"}
    world.clock.set("2021-11-15 07:30")
    assert {each.rpartition(".")[2] for each in ids(world)} == {"2021-11-12"}


def test_whoever_had_an_extension_is_not_escalated_before_those_who_had_none() -> None:
    world = at("2021-11-10 07:30", units=2)
    world.extend("unit_00", moment("2021-11-03 10:00"), date(2021, 11, 8))
    world.postpone(moment("2021-11-04 10:00"), date(2021, 11, 12))
    assert {notice.kind for notice in due(world.workspace, world.register)} == {Kind.REMINDER}
    assert {each.rpartition(".")[2] for each in ids(world)} == {"2021-11-12"}


def test_a_returned_report_is_owed_again_but_its_return_was_the_reminder() -> None:
    world = at("2021-11-03 10:00")
    world.send("unit_00", moment("2021-11-02 09:00"), Ruling.RETURNED)
    assert ids(world) == []
    world.clock.set("2021-11-04 14:00")
    (notice,) = due(world.workspace, world.register)
    assert notice.id == "reminder.unit_00.unit-d0.2021-11-04"
    assert notice.context["returned"] is True
    assert notice.context["faults"] == ["Tổng không khớp."]


def test_a_reminder_tells_each_kind_of_fault_once_and_where() -> None:
    world = at("2021-11-04 14:00")
    world.send("unit_00", moment("2021-11-02 09:00"), Ruling.RETURNED)
    sums = [
        Fault(code="SL-13", severity=Severity.CRITICAL, file="a.xlsx", place=f"ô F{row}", message=f"Tổng là {row}.")
        for row in range(7, 47)
    ]
    empty = [
        Fault(code="SL-05", severity=Severity.CRITICAL, file="a.xlsx", place=f"ô G{row}", message="Ô chưa được tính.")
        for row in (7, 8)
    ]
    world.verdicts[0] = world.verdicts[0].model_copy(update={"faults": (*sums, *empty)})
    (notice,) = due(world.workspace, world.register)
    assert notice.context["faults"] == [
        "Ô F7: Tổng là 7. Còn chỗ khác, xem phiếu trả lại.",
        "Ô G7, G8: Ô chưa được tính.",
    ]


def test_superiors_hear_of_a_late_return_the_next_working_morning() -> None:
    world = at("2021-11-19 12:00")
    world.send("unit_00", moment("2021-11-19 09:00"), Ruling.RETURNED)  # a Friday, long after every step
    assert ids(world) == []
    world.clock.set("2021-11-22 07:30")
    assert ids(world) == [
        "escalation.unit_00.head-p4.2021-11-04",
        "escalation.ubnd.2021-11-22",
        "escalation.tttu.2021-11-22",
    ]


def test_a_superior_gets_one_digest_of_all_late_units_below() -> None:
    world = at("2021-11-10 07:30", units=5)
    world.send("unit_02", moment("2021-11-04 10:00"))
    world.extend("unit_04", moment("2021-11-03 10:00"), date(2021, 11, 19))
    digests = {each.addressee: each for each in due(world.workspace, world.register) if each.context["superior"]}
    late = {code: len(notice.context["late_units"]) for code, notice in digests.items()}  # type: ignore[arg-type]
    assert late == {"ubnd": 1, "btg": 2, "tttu": 3}
    told = {code: (notice.context["within"], notice.context["late_in_all"]) for code, notice in digests.items()}
    mine = {"ubnd": "khối các huyện ủy", "btg": "khối các sở, ngành"}
    assert told == {"ubnd": (mine["ubnd"], 3), "btg": (mine["btg"], 3), "tttu": (None, 3)}
    mail = write(world.workspace, Intent(notice=digests["ubnd"], posted_at=world.workspace.now))
    assert f"1 đơn vị quá hạn ({mine['ubnd']})" in mail.subject
    assert f"còn 1 đơn vị quá hạn thuộc {mine['ubnd']} (toàn đợt: 3)" in mail.text


def test_a_superior_is_told_whether_the_units_are_reminded_any_more() -> None:
    def told(when: str) -> str:
        world = at(when)
        notice = next(each for each in reversed(due(world.workspace, world.register)) if each.kind is Kind.ESCALATION)
        return " ".join(write(world.workspace, Intent(notice=notice, posted_at=moment(when))).text.split())

    assert "và người đứng đầu được nhắc bằng thư riêng." in told("2021-11-08 07:30")  # the head is, on the tenth
    last = "và người đứng đầu đã được nhắc bằng thư riêng; hệ thống không tự nhắc nữa."
    assert last in told("2021-11-12 09:00")


def test_a_leader_who_is_the_standing_board_too_gets_one_digest() -> None:
    plan = make_plan(3)
    blocks = tuple(block.model_copy(update={"leader": "tttu"}) for block in plan.blocks)
    world = World(plan.model_copy(update={"blocks": blocks}))
    world.clock.set("2021-11-10 07:30")
    superiors = [each for each in due(world.workspace, world.register) if each.context["superior"]]
    assert [each.id for each in superiors] == ["escalation.tttu.2021-11-10"]
    assert len(superiors[0].context["late_units"]) == 3  # type: ignore[arg-type]


def test_nobody_is_chased_before_the_stage_opens() -> None:
    world = at("2021-11-05 07:30")
    assert not [each for each in ids(world) if "bao_ht" in each]  # communications open on 08/11
    world.clock.set("2021-11-26 07:30")
    assert "reminder.bao_ht.unit-m5.2021-12-03" in ids(world)


@pytest.mark.parametrize(
    ("last_day", "step", "expected"),
    [
        (date(2021, 11, 4), 0, date(2021, 11, 4)),
        (date(2021, 11, 4), -4, date(2021, 10, 29)),
        (date(2021, 11, 4), 2, date(2021, 11, 8)),
        (date(2021, 11, 7), 0, date(2021, 11, 5)),  # a Sunday: the Friday before it
        (date(2021, 11, 7), -1, date(2021, 11, 4)),
        (date(2021, 11, 7), 1, date(2021, 11, 8)),
    ],
)
def test_steps_fall_on_working_days(last_day: date, step: int, expected: date) -> None:
    world = World()
    ladder_step = LadderStep(at=step, kind="reminder", to=Recipient.UNIT)
    assert step_moment(world.workspace.calendar, last_day, ladder_step).date() == expected


def test_the_monitor_wakes_whenever_a_step_may_fall_due() -> None:
    plan = make_plan()
    moments = ladder_moments(plan, plan.campaigns[0])
    assert moments == sorted(set(moments))
    assert {each.time() for each in moments} == {time(7, 30), time(14)}
    assert moments[0] == moment("2021-10-18 07:30")
    assert moments[-1] == moment("2021-12-03 14:00")
    assert not [each for each in moments if each.weekday() > 4]
    assert len(moments) == 2 * 35


def test_a_ladder_may_write_to_the_head_before_the_date() -> None:
    world = World(make_plan(1, ladder=[{"at": -1, "kind": "reminder", "to": "head"}]))
    world.clock.set("2021-11-03 07:30")
    (notice,) = due(world.workspace, world.register)
    assert notice.id == "reminder.unit_00.head-m1.2021-11-04"
    assert notice.context["addressed"] == "Đồng chí Nguyễn Văn 0, Bí thư"
    assert notice.kind is Kind.REMINDER


def test_a_step_names_its_tone_its_variant_and_its_copies() -> None:
    step = {"at": -1, "kind": "reminder", "to": "unit", "tone": "urgent", "template": "press", "cc": ["vptu", "btg"]}
    world = World(make_plan(1, ladder=[step]))
    world.clock.set("2021-11-03 07:30")
    (notice,) = due(world.workspace, world.register)
    assert notice.context["tone"] == "urgent"
    assert notice.variant == "press"
    assert [contact.email for contact in notice.cc] == ["vptu@hatinh.example", "btg@hatinh.example"]


def test_a_digest_of_late_units_takes_the_strongest_tone_and_every_copy() -> None:
    world = World(
        make_plan(
            2,
            ladder=[
                {"at": 1, "kind": "escalation", "to": "leader", "tone": "urgent", "cc": ["vptu", "tttu"]},
                {"at": 2, "kind": "escalation", "to": "standing_board", "cc": ["tttu", "btg"]},
            ],
        )
    )
    blocks = tuple(block.model_copy(update={"leader": "tttu"}) for block in world.plan.blocks)
    world = World(world.plan.model_copy(update={"blocks": blocks}))
    world.clock.set("2021-11-08 07:30")
    (notice,) = due(world.workspace, world.register)
    assert notice.id == "escalation.tttu.2021-11-08"
    assert notice.context["tone"] == "urgent"
    assert [contact.email for contact in notice.cc] == ["vptu@hatinh.example", "btg@hatinh.example"]


def test_the_lead_office_hears_of_all_late_units() -> None:
    world = World(make_plan(3, ladder=[{"at": 2, "kind": "escalation", "to": "lead"}]))
    world.clock.set("2021-11-08 07:30")
    (notice,) = due(world.workspace, world.register)
    assert notice.id == "escalation.btg.2021-11-08"
    assert len(notice.context["late_units"]) == 3  # type: ignore[arg-type]


def test_a_block_may_remind_by_what_is_owed() -> None:
    plan = make_plan(2, ladder=[{"at": -1, "kind": "reminder", "to": "unit"}])
    other = make_plan(1, ladder=[{"at": -3, "kind": "reminder", "to": "unit"}]).ladders["chung"]
    blocks = tuple(block.model_copy(update={"ladder_for": {Duty.OWN_REVIEW: "rieng"}}) for block in plan.blocks)
    own_review = plan.units[0].model_copy(update={"owes": Duty.OWN_REVIEW})
    ladders = {**plan.ladders, "rieng": other}
    world = World(plan.model_copy(update={"units": (own_review, plan.units[1]), "blocks": blocks, "ladders": ladders}))
    world.clock.set("2021-11-03 08:00")
    assert ids(world) == ["reminder.unit_00.unit-m3.2021-11-04", "reminder.unit_01.unit-m1.2021-11-04"]


def test_what_a_superior_heard_in_the_morning_is_not_what_it_hears_in_the_afternoon() -> None:
    plan = make_plan(2, ladder=[{"at": 1, "kind": "escalation", "to": "standing_board"}])
    later = make_plan(1, ladder=[{"at": 1, "hour": "14:00", "kind": "escalation", "to": "standing_board"}])
    blocks = tuple(
        block.model_copy(update={"ladder": "chieu"}) if block.code == "so" else block for block in plan.blocks
    )
    ladders = {**plan.ladders, "chieu": later.ladders["chung"]}
    world = World(plan.model_copy(update={"units": plan.units[:2], "blocks": blocks, "ladders": ladders}))
    world.clock.set("2021-11-05 07:30")
    assert ids(world) == ["escalation.tttu.2021-11-05"]
    world.clock.set("2021-11-05 14:00")
    assert ids(world) == ["escalation.tttu.2021-11-05-1400"]
