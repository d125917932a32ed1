from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from conftest import Desk
from record.builders import drop, exempt, extend, nil_return, postpone, receive, submit
from soket.plan.model import Campaign, Duty, Plan, Unit
from soket.record.filing import file_stage_record
from soket.record.keeping import read_register
from soket.record.records import Ruling
from soket.record.stage_details import DraftTaken
from soket.record.workspace import Workspace
from soket.stages import conditions
from usual import with_stage

Open = Callable[..., Workspace]

BEFORE, LAST_MOMENT, DEADLINE = "2021-11-03 10:00", "2021-11-04 23:59", "2021-11-05 00:00"


def ask(workspace: Workspace, condition: str, **arguments: str) -> str | None:
    return conditions.Wait(condition, arguments).over(workspace, read_register(workspace))


@pytest.fixture
def block(plan: Plan) -> list[Unit]:
    """The units of a block that has at least four of them, all owing a report."""
    for block in plan.blocks:
        units = [unit for unit in plan.units if unit.block == block.code]
        if len(units) >= 4 and all(unit.owes in (Duty.REPORT, Duty.OWN_REVIEW) for unit in units):
            return units
    raise AssertionError("the plan has no such block")


def settled(workspace: Workspace, block: list[Unit]) -> str | None:
    return ask(workspace, "block_settled", stage="unit_reports", block=block[0].block)


def test_a_block_is_waited_for_until_its_last_unit(workspace: Open, block: list[Unit]) -> None:
    assert settled(workspace(BEFORE), block) is None
    for unit in block[:-1]:
        submit(workspace(), unit.code)
    assert settled(workspace(), block) is None
    submit(workspace(), block[-1].code, ruling=Ruling.ACCEPTED_WITH_WARNINGS)
    assert settled(workspace(), block) == f"Đủ {len(block)} đơn vị."


def test_units_that_owe_nothing_are_not_waited_for(workspace: Open, block: list[Unit]) -> None:
    exempt(workspace(BEFORE), block[0].code)
    nil_return(workspace(), block[1].code)
    for unit in block[2:]:
        submit(workspace(), unit.code)
    assert settled(workspace(), block) is not None


@pytest.mark.parametrize("ruling", [None, Ruling.RETURNED])
def test_a_returned_report_is_waited_for_like_a_missing_one(
    workspace: Open, block: list[Unit], ruling: Ruling | None
) -> None:
    for unit in block[1:]:
        submit(workspace(BEFORE), unit.code)
    if ruling:
        submit(workspace(), block[0].code, ruling=ruling)
    assert settled(workspace(LAST_MOMENT), block) is None
    note = settled(workspace(DEADLINE), block)
    assert note == f"Hết hạn, còn thiếu 1/{len(block)}: {block[0].name}."


def test_the_plan_says_whether_to_go_on_without(plan: Plan, campaign: Campaign, block: list[Unit]) -> None:
    assert plan.stage("unit_reports").at_deadline == "proceed"
    patient = Desk(with_stage(plan, "unit_reports", at_deadline="wait"), campaign)
    assert settled(patient("2021-12-01 09:00"), block) is None


def test_an_extended_unit_is_waited_for_until_its_own_date(workspace: Open, block: list[Unit]) -> None:
    extend(workspace(BEFORE), block[0].code, date(2021, 11, 8))
    for unit in block[1:]:
        submit(workspace(), unit.code)
    assert settled(workspace(DEADLINE), block) is None
    assert settled(workspace("2021-11-08 23:59"), block) is None
    assert settled(workspace("2021-11-09 00:00"), block) is not None


@pytest.mark.parametrize("received", [False, True])
def test_files_being_judged_are_waited_for_whatever_the_date(
    workspace: Open, block: list[Unit], received: bool
) -> None:
    for unit in block[1:]:
        submit(workspace(BEFORE), unit.code)
    drop(workspace(LAST_MOMENT), block[0].code)
    if received:
        receive(workspace(), block[0].code)
    assert settled(workspace("2021-11-05 00:01"), block) is None


def test_a_postponement_moves_the_gate(workspace: Open, block: list[Unit]) -> None:
    postpone(workspace(BEFORE), "unit_reports", date(2021, 11, 9))
    assert settled(workspace("2021-11-09 23:59"), block) is None
    assert settled(workspace("2021-11-10 00:00"), block) is not None


def test_a_closed_stage_holds_nobody_up(workspace: Open, block: list[Unit]) -> None:
    file_stage_record(workspace(BEFORE), "unit_reports", 1, "done", "Khép lại.")
    assert settled(workspace(), block) == "Giai đoạn đã khép lại."


def test_another_block_is_of_no_concern(workspace: Open, plan: Plan, block: list[Unit]) -> None:
    for unit in block:
        submit(workspace(BEFORE), unit.code)
    others = {unit.block for unit in plan.units if unit.owes in (Duty.REPORT, Duty.OWN_REVIEW)} - {block[0].block}
    assert others
    assert all(ask(workspace(), "block_settled", stage="unit_reports", block=other) is None for other in others)


def test_the_draft_waits_for_the_close_and_for_its_own_date(workspace: Open, plan: Plan) -> None:
    stage = "unit_reports"
    assert ask(workspace("2021-11-05 09:00"), "inputs_there", stage="ubnd_draft") is None
    file_stage_record(workspace(BEFORE), stage, 1, "opened", "Mở.")
    file_stage_record(workspace(), stage, 1, "done", "Xong.")
    assert ask(workspace(), "inputs_there", stage="ubnd_draft") is None  # closed early: the draft opens on 05/11
    closed = f"{plan.stage(stage).title}: khép lại vòng 1."
    assert ask(workspace("2021-11-05 09:00"), "inputs_there", stage="ubnd_draft") == closed
    file_stage_record(workspace(), stage, 2, "opened", "Mở.")
    assert ask(workspace(), "inputs_there", stage="ubnd_draft") is None


def test_an_official_draft_is_a_word_file_that_no_round_has_seen(workspace: Open, plan: Plan) -> None:
    drafter, stage = plan.playing("drafter")[0], "ubnd_draft"
    at = workspace("2021-11-09 10:00")
    file_stage_record(at, stage, 1, "opened", "Mở.")
    drop(at, drafter, "ghi-chu.txt")
    drop(at, plan.playing("appraiser")[0], "du-thao.docx")
    assert ask(at, "official_draft_dropped", stage="ubnd_draft") is None
    key = drop(at, drafter, "DỰ THẢO.DOCX")
    assert (
        ask(at, "official_draft_dropped", stage="ubnd_draft")
        == "Dự thảo chính thức đến lúc 10 giờ 00, ngày 09/11/2021."
    )

    (found,) = [file for file in at.store.list(key) if file.key == key]
    details = DraftTaken(inbox_key=key, etag=found.etag, arrived_at=at.now)
    file_stage_record(at, stage, 1, f"refused-{found.etag}", "Không đọc được.", details=details)
    assert ask(at, "official_draft_dropped", stage="ubnd_draft") is None
    drop(workspace("2021-11-09 15:00"), drafter, "DỰ THẢO.DOCX", b"better")
    assert ask(workspace(), "official_draft_dropped", stage="ubnd_draft") is not None


def test_every_condition_goes_by_the_name_that_triggers_carry() -> None:
    assert set(conditions.CONDITIONS) == {
        "block_settled",
        "inputs_there",
        "report_counted",
        "official_draft_dropped",
    }
    assert conditions.until(conditions.report_counted, stage="a") == conditions.Wait("report_counted", {"stage": "a"})
    with pytest.raises(TypeError, match="report_counted takes its arguments by name"):
        conditions.until(conditions.report_counted, "a")  # type: ignore[call-arg]
